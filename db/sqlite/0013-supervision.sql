-- Supervision: orders, their clocks, the rungs of the reminder ladder, the lights a city shows.
create table supervision_order (
    id integer not null primary key,
    organisation_id integer not null,
    city_id integer not null,
    year integer not null,
    serial integer not null,
    part integer not null,
    parent_id integer null,
    title text not null,
    demand text not null,
    source text not null,
    basis text not null,
    sign_workdays integer not null,
    finish_workdays integer not null,
    progress integer not null,
    sign_due_on text not null,
    first_due_on text not null,
    due_on text null,
    provisional integer not null,
    asked_until text null,
    evidence_id integer null,
    case_id integer not null,
    foreign key (parent_id) references supervision_order (id) on delete restrict,
    foreign key (evidence_id) references evidence_file (id) on delete restrict,
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table supervision_clock_line (
    order_id integer not null,
    ordinal integer not null,
    organisation_id integer not null,
    day text not null,
    event integer not null,
    workdays integer not null,
    primary key (order_id, ordinal),
    foreign key (order_id) references supervision_order (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table supervision_rung (
    order_id integer not null,
    rung text not null,
    due_on text not null,
    organisation_id integer not null,
    fired_on text not null,
    primary key (order_id, rung, due_on),
    foreign key (order_id) references supervision_order (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table supervision_palette (
    city_id integer not null primary key,
    palette text not null,
    foreign key (city_id) references organisation (id) on delete restrict
);

create unique index ix_supervision_order_city_id_year_serial_part on supervision_order (city_id, year, serial, part);

create unique index ix_supervision_order_case_id on supervision_order (case_id);

create index ix_supervision_order_due_on on supervision_order (due_on);

create index ix_supervision_order_parent_id on supervision_order (parent_id);

create index ix_supervision_order_evidence_id on supervision_order (evidence_id);

create index ix_supervision_order_organisation_id on supervision_order (organisation_id);

create index ix_supervision_clock_line_organisation_id on supervision_clock_line (organisation_id);

create index ix_supervision_rung_organisation_id on supervision_rung (organisation_id);
