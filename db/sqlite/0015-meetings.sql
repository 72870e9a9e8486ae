-- Meetings: quarterly meetings with agenda and resolutions, matters for deliberation with opinions, half-yearly reports.
create table meeting_meeting (
    id integer not null primary key,
    city_id integer not null,
    period integer not null,
    case_id integer not null,
    due_on text not null,
    provisional integer not null,
    called_at integer null,
    starts_at integer null,
    place text not null,
    chair text not null,
    unit_names text not null,
    held_on text null,
    minutes text not null,
    serial integer null,
    issued_on text null,
    foreign key (city_id) references organisation (id) on delete restrict,
    foreign key (case_id) references case_file (id) on delete restrict
);

create table meeting_unit (
    meeting_id integer not null,
    organisation_id integer not null,
    case_id integer not null,
    answer text not null,
    present integer null,
    primary key (meeting_id, organisation_id),
    foreign key (meeting_id) references meeting_meeting (id) on delete restrict,
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table meeting_matter (
    id integer not null primary key,
    city_id integer not null,
    unit_id integer not null,
    unit_name text not null,
    title text not null,
    text text not null,
    proposal text not null,
    proposed_by integer not null,
    opinions_due_on text null,
    meeting_id integer null,
    case_id integer not null,
    foreign key (city_id) references organisation (id) on delete restrict,
    foreign key (unit_id) references organisation (id) on delete restrict,
    foreign key (meeting_id) references meeting_meeting (id) on delete restrict,
    foreign key (case_id) references case_file (id) on delete restrict
);

create table meeting_matter_opinion (
    id integer not null primary key,
    matter_id integer not null,
    unit_id integer not null,
    unit_name text not null,
    case_id integer not null,
    position text not null,
    text text not null,
    given_at integer null,
    foreign key (matter_id) references meeting_matter (id) on delete restrict,
    foreign key (unit_id) references organisation (id) on delete restrict,
    foreign key (case_id) references case_file (id) on delete restrict
);

create table meeting_agenda_line (
    id integer not null primary key,
    meeting_id integer not null,
    fact text not null,
    kind text not null,
    ordinal integer null,
    text text not null,
    standing text not null,
    href text not null,
    dropped_because text null,
    matter_id integer null,
    foreign key (meeting_id) references meeting_meeting (id) on delete restrict,
    foreign key (matter_id) references meeting_matter (id) on delete restrict
);

create table meeting_resolution (
    id integer not null primary key,
    meeting_id integer not null,
    ordinal integer not null,
    text text not null,
    lead_code text not null,
    lead_name text not null,
    support_codes text not null,
    support_names text not null,
    workdays integer not null,
    matter_id integer null,
    order_id integer null,
    order_number text not null,
    order_due_on text null,
    foreign key (meeting_id) references meeting_meeting (id) on delete restrict,
    foreign key (matter_id) references meeting_matter (id) on delete restrict,
    foreign key (order_id) references supervision_order (id) on delete restrict
);

create table meeting_half_report (
    id integer not null primary key,
    organisation_id integer not null,
    period integer not null,
    case_id integer not null,
    due_on text not null,
    provisional integer not null,
    problems text not null,
    next_steps text not null,
    figures text not null,
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create unique index ix_meeting_meeting_city_id_period on meeting_meeting (city_id, period);

create unique index ix_meeting_meeting_case_id on meeting_meeting (case_id);

create unique index ix_meeting_unit_case_id on meeting_unit (case_id);

create index ix_meeting_unit_organisation_id on meeting_unit (organisation_id);

create unique index ix_meeting_matter_case_id on meeting_matter (case_id);

create index ix_meeting_matter_city_id on meeting_matter (city_id);

create index ix_meeting_matter_unit_id on meeting_matter (unit_id);

create index ix_meeting_matter_meeting_id on meeting_matter (meeting_id);

create unique index ix_meeting_matter_opinion_matter_id_unit_id on meeting_matter_opinion (matter_id, unit_id);

create unique index ix_meeting_matter_opinion_case_id on meeting_matter_opinion (case_id);

create index ix_meeting_matter_opinion_unit_id on meeting_matter_opinion (unit_id);

create unique index ix_meeting_agenda_line_meeting_id_fact on meeting_agenda_line (meeting_id, fact);

create index ix_meeting_agenda_line_matter_id on meeting_agenda_line (matter_id);

create unique index ix_meeting_resolution_meeting_id_ordinal on meeting_resolution (meeting_id, ordinal);

create index ix_meeting_resolution_matter_id on meeting_resolution (matter_id);

create index ix_meeting_resolution_order_id on meeting_resolution (order_id);

create unique index ix_meeting_half_report_organisation_id_period on meeting_half_report (organisation_id, period);

create unique index ix_meeting_half_report_case_id on meeting_half_report (case_id);
