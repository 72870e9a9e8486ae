-- Accountability: matters for which units are held to account, and the late orders they rest on.
create table accountability_matter (
    id integer not null primary key,
    organisation_id integer not null,
    city_id integer not null,
    year integer not null,
    serial integer not null,
    title text not null,
    measure text null,
    case_id integer not null,
    foreign key (city_id) references organisation (id) on delete restrict,
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table accountability_fact (
    matter_id integer not null,
    order_id integer not null,
    organisation_id integer not null,
    workdays_late integer not null,
    primary key (matter_id, order_id),
    foreign key (matter_id) references accountability_matter (id) on delete restrict,
    foreign key (order_id) references supervision_order (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create unique index ix_accountability_matter_city_id_year_serial on accountability_matter (city_id, year, serial);

create unique index ix_accountability_matter_case_id on accountability_matter (case_id);

create index ix_accountability_matter_organisation_id on accountability_matter (organisation_id);

create index ix_accountability_fact_order_id on accountability_fact (order_id);

create index ix_accountability_fact_organisation_id on accountability_fact (organisation_id);
