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
