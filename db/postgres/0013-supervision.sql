-- Supervision: orders, their clocks, the rungs of the reminder ladder, the lights a city shows.
create table supervision_order (
    id bigint not null,
    organisation_id bigint not null,
    city_id bigint not null,
    year integer not null,
    serial integer not null,
    part integer not null,
    parent_id bigint,
    title text not null,
    demand text not null,
    source text not null,
    basis text not null,
    sign_workdays integer not null,
    finish_workdays integer not null,
    progress integer not null,
    sign_due_on date not null,
    first_due_on date not null,
    due_on date,
    provisional boolean not null,
    asked_until date,
    evidence_id bigint,
    case_id bigint not null,
    primary key (id),
    foreign key (parent_id) references supervision_order (id) on delete restrict,
    foreign key (evidence_id) references evidence_file (id) on delete restrict,
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table supervision_clock_line (
    order_id bigint not null,
    ordinal integer not null,
    organisation_id bigint not null,
    day date not null,
    event integer not null,
    workdays integer not null,
    primary key (order_id, ordinal),
    foreign key (order_id) references supervision_order (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table supervision_rung (
    order_id bigint not null,
    rung text not null,
    due_on date not null,
    organisation_id bigint not null,
    fired_on date not null,
    primary key (order_id, rung, due_on),
    foreign key (order_id) references supervision_order (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table supervision_palette (
    city_id bigint not null,
    palette text not null,
    primary key (city_id),
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
