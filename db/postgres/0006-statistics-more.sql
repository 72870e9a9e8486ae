create table statistics_import_mapping (
    id bigint not null,
    organisation_id bigint not null,
    code text not null,
    name text not null,
    layout text not null,
    version integer not null,
    saved_at bigint not null,
    primary key (id),
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table statistics_import (
    id bigint not null,
    organisation_id bigint not null,
    kind text not null,
    layout text not null,
    source text not null,
    encoding text,
    file_name text not null,
    evidence_id bigint not null,
    refused_id bigint,
    sheet_rows integer not null,
    fresh_cells integer not null,
    changed_cells integer not null,
    same_cells integer not null,
    refused_rows integer not null,
    first_refusals text not null,
    checked_at bigint not null,
    checked_by bigint not null,
    stored_at bigint,
    withdrawn_at bigint,
    primary key (id),
    foreign key (evidence_id) references evidence_file (id) on delete restrict,
    foreign key (refused_id) references evidence_file (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table statistics_history_year (
    id bigint not null,
    import_id bigint not null,
    organisation_id bigint not null,
    year integer not null,
    case_id bigint not null,
    primary key (id),
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict,
    foreign key (import_id) references statistics_import (id) on delete restrict
);

create unique index ix_statistics_history_year_case_id on statistics_history_year (case_id);

create index ix_statistics_history_year_import_id on statistics_history_year (import_id);

create index ix_statistics_history_year_organisation_id on statistics_history_year (organisation_id);

create index ix_statistics_import_evidence_id on statistics_import (evidence_id);

create index ix_statistics_import_organisation_id on statistics_import (organisation_id);

create index ix_statistics_import_refused_id on statistics_import (refused_id);

create unique index ix_statistics_import_mapping_organisation_id_code on statistics_import_mapping (organisation_id, code);

create index ix_approval_granted_at on approval (granted_at);

create index ix_approval_withdrawn_at on approval (withdrawn_at);
