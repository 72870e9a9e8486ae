-- Bulletins: contributions, bulletins and their pieces; policy documents with versions, checks and comments; what was published, copied for its readers.
create table bulletins_contribution (
    id bigint not null,
    organisation_id bigint not null,
    title text not null,
    text text not null,
    sensitivity text not null,
    evidence_id bigint,
    adopted_on date,
    submitted_on date,
    case_id bigint not null,
    version bigint not null,
    primary key (id),
    foreign key (evidence_id) references evidence_file (id) on delete restrict,
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table bulletins_bulletin (
    id bigint not null,
    organisation_id bigint not null,
    title text not null,
    sensitivity text not null,
    year integer,
    serial integer,
    edition integer not null,
    published_edition integer not null,
    published_on date,
    correction text not null,
    case_id bigint not null,
    version bigint not null,
    primary key (id),
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table bulletins_item (
    id bigint not null,
    bulletin_id bigint not null,
    edition integer not null,
    ordinal integer not null,
    organisation_id bigint not null,
    contribution_id bigint,
    credit text not null,
    heading text not null,
    text text not null,
    primary key (id),
    foreign key (bulletin_id) references bulletins_bulletin (id) on delete restrict,
    foreign key (contribution_id) references bulletins_contribution (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table bulletins_policy (
    id bigint not null,
    organisation_id bigint not null,
    title text not null,
    ordinal integer not null,
    issued_ordinal integer not null,
    number text not null,
    meeting text not null,
    in_force_from date,
    expires_on date,
    supersedes_id bigint,
    asks_public boolean not null,
    comments_until date,
    case_id bigint not null,
    version bigint not null,
    primary key (id),
    foreign key (supersedes_id) references bulletins_policy (id) on delete restrict,
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table bulletins_policy_version (
    policy_id bigint not null,
    ordinal integer not null,
    organisation_id bigint not null,
    title text not null,
    text text not null,
    written_at bigint not null,
    frozen_at bigint,
    issued_on date,
    primary key (policy_id, ordinal),
    foreign key (policy_id) references bulletins_policy (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table bulletins_policy_check (
    id bigint not null,
    policy_id bigint not null,
    ordinal integer not null,
    organisation_id bigint not null,
    kind text not null,
    finding text not null,
    by text not null,
    opinion text not null,
    checked_on date not null,
    primary key (id),
    foreign key (policy_id) references bulletins_policy (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table bulletins_policy_comment (
    id bigint not null,
    organisation_id bigint not null,
    policy_id bigint not null,
    ordinal integer not null,
    title text not null,
    draft text not null,
    due_on date not null,
    text text not null,
    answer text not null,
    case_id bigint not null,
    primary key (id),
    foreign key (policy_id) references bulletins_policy (id) on delete restrict,
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table bulletins_public_comment (
    id bigint not null,
    organisation_id bigint not null,
    policy_id bigint not null,
    ordinal integer not null,
    name text not null,
    text text not null,
    at bigint not null,
    outcome text not null,
    answer text not null,
    version bigint not null,
    primary key (id),
    foreign key (policy_id) references bulletins_policy (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table bulletins_public_text (
    kind text not null,
    subject_id bigint not null,
    ordinal integer not null,
    city_id bigint not null,
    city_name text not null,
    current boolean not null,
    number text not null,
    title text not null,
    sections text not null,
    correction text not null,
    published_at bigint not null,
    in_force_from date,
    until date,
    comments integer not null,
    primary key (kind, subject_id, ordinal),
    foreign key (city_id) references organisation (id) on delete restrict
);

create table bulletins_internal_text (
    kind text not null,
    subject_id bigint not null,
    ordinal integer not null,
    city_id bigint not null,
    city_name text not null,
    current boolean not null,
    number text not null,
    title text not null,
    sections text not null,
    correction text not null,
    published_at bigint not null,
    in_force_from date,
    until date,
    comments integer not null,
    primary key (kind, subject_id, ordinal),
    foreign key (city_id) references organisation (id) on delete restrict
);

create unique index ix_bulletins_contribution_case_id on bulletins_contribution (case_id);

create index ix_bulletins_contribution_adopted_on on bulletins_contribution (adopted_on);

create index ix_bulletins_contribution_evidence_id on bulletins_contribution (evidence_id);

create index ix_bulletins_contribution_organisation_id on bulletins_contribution (organisation_id);

create unique index ix_bulletins_bulletin_case_id on bulletins_bulletin (case_id);

create unique index ix_bulletins_bulletin_organisation_id_year_serial on bulletins_bulletin (organisation_id, year, serial);

create index ix_bulletins_item_bulletin_id_edition on bulletins_item (bulletin_id, edition);

create index ix_bulletins_item_contribution_id on bulletins_item (contribution_id);

create index ix_bulletins_item_organisation_id on bulletins_item (organisation_id);

create unique index ix_bulletins_policy_case_id on bulletins_policy (case_id);

create index ix_bulletins_policy_expires_on on bulletins_policy (expires_on);

create index ix_bulletins_policy_supersedes_id on bulletins_policy (supersedes_id);

create index ix_bulletins_policy_organisation_id on bulletins_policy (organisation_id);

create index ix_bulletins_policy_version_organisation_id on bulletins_policy_version (organisation_id);

create index ix_bulletins_policy_check_policy_id on bulletins_policy_check (policy_id);

create index ix_bulletins_policy_check_organisation_id on bulletins_policy_check (organisation_id);

create unique index ix_bulletins_policy_comment_case_id on bulletins_policy_comment (case_id);

create unique index ix_bulletins_policy_comment_policy_id_ordinal_organisation_id on bulletins_policy_comment (policy_id, ordinal, organisation_id);

create index ix_bulletins_policy_comment_organisation_id on bulletins_policy_comment (organisation_id);

create index ix_bulletins_public_comment_policy_id on bulletins_public_comment (policy_id);

create index ix_bulletins_public_comment_organisation_id on bulletins_public_comment (organisation_id);

create index ix_bulletins_public_text_published_at on bulletins_public_text (published_at);

create index ix_bulletins_public_text_city_id on bulletins_public_text (city_id);

create index ix_bulletins_internal_text_published_at on bulletins_internal_text (published_at);

create index ix_bulletins_internal_text_city_id on bulletins_internal_text (city_id);
