-- Files that left, how far each may travel.
alter table statistics_form add column sensitivity text not null default 'internal';

alter table evidence_file add column sensitivity text not null default 'internal';

create table export_record (
    id bigint not null,
    at bigint not null,
    user_id bigint not null,
    organisation_id bigint not null,
    route text not null,
    file_name text not null,
    sha256 text not null,
    size bigint not null,
    sensitivity text not null,
    primary key (id),
    foreign key (user_id) references user_account (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create index ix_export_record_user_id_id on export_record (user_id, id);

create index ix_export_record_at on export_record (at);

create index ix_export_record_organisation_id on export_record (organisation_id);

-- Who reads on in the notices.
create table notice_digest (
    user_id bigint not null,
    address text not null,
    daily boolean not null,
    last_notice_id bigint not null,
    last_day date,
    sent_at bigint,
    failures integer not null,
    retry_at bigint,
    last_error text,
    claimed_until bigint,
    version bigint not null,
    primary key (user_id),
    foreign key (user_id) references user_account (id) on delete restrict
);

create table notice_webhook (
    id bigint not null,
    organisation_id bigint not null,
    url text not null,
    secret text not null,
    ended_at bigint,
    last_notice_id bigint not null,
    last_day date,
    sent_at bigint,
    failures integer not null,
    retry_at bigint,
    last_error text,
    claimed_until bigint,
    version bigint not null,
    primary key (id),
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create index ix_notice_webhook_organisation_id on notice_webhook (organisation_id);
