-- Services: the lists with their versions and changes; service cases, their materials, opinions and hand-overs; the hall; the efficiency record.
create table catalogue_entry (
    id bigint not null,
    code text not null,
    city_id bigint not null,
    list text not null,
    department_id bigint not null,
    department_name text not null,
    came_from text not null,
    primary key (id),
    foreign key (city_id) references organisation (id) on delete restrict,
    foreign key (department_id) references organisation (id) on delete restrict
);

create table catalogue_version (
    id bigint not null,
    entry_id bigint not null,
    version integer not null,
    state text not null,
    in_force_from date not null,
    change text not null,
    reason text not null,
    name text not null,
    kind text not null,
    statutory_days integer not null,
    promised_days integer not null,
    definition text not null,
    primary key (id),
    foreign key (entry_id) references catalogue_entry (id) on delete restrict
);

create table catalogue_change (
    id bigint not null,
    organisation_id bigint not null,
    kind text not null,
    codes text not null,
    texts text not null,
    reason text not null,
    proposed_by bigint not null,
    proposed_at bigint not null,
    in_force_from date,
    case_id bigint not null,
    primary key (id),
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create unique index ix_catalogue_entry_city_id_code on catalogue_entry (city_id, code);

create index ix_catalogue_entry_department_id on catalogue_entry (department_id);

create unique index ix_catalogue_version_entry_id_version on catalogue_version (entry_id, version);

create unique index ix_catalogue_change_case_id on catalogue_change (case_id);

create index ix_catalogue_change_organisation_id on catalogue_change (organisation_id);
