-- Meetings: quarterly meetings with agenda and resolutions, matters for deliberation with opinions, half-yearly reports.
create table meeting_meeting (
    id bigint not null,
    city_id bigint not null,
    period integer not null,
    case_id bigint not null,
    due_on date not null,
    provisional boolean not null,
    called_at bigint,
    starts_at bigint,
    place text not null,
    chair text not null,
    unit_names text not null,
    held_on date,
    minutes text not null,
    serial integer,
    issued_on date,
    primary key (id),
    foreign key (city_id) references organisation (id) on delete restrict,
    foreign key (case_id) references case_file (id) on delete restrict
);

create table meeting_unit (
    meeting_id bigint not null,
    organisation_id bigint not null,
    case_id bigint not null,
    answer text not null,
    present boolean,
    primary key (meeting_id, organisation_id),
    foreign key (meeting_id) references meeting_meeting (id) on delete restrict,
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table meeting_matter (
    id bigint not null,
    city_id bigint not null,
    unit_id bigint not null,
    unit_name text not null,
    title text not null,
    text text not null,
    proposal text not null,
    proposed_by bigint not null,
    opinions_due_on date,
    meeting_id bigint,
    case_id bigint not null,
    primary key (id),
    foreign key (city_id) references organisation (id) on delete restrict,
    foreign key (unit_id) references organisation (id) on delete restrict,
    foreign key (meeting_id) references meeting_meeting (id) on delete restrict,
    foreign key (case_id) references case_file (id) on delete restrict
);

create table meeting_matter_opinion (
    id bigint not null,
    matter_id bigint not null,
    unit_id bigint not null,
    unit_name text not null,
    case_id bigint not null,
    position text not null,
    text text not null,
    given_at bigint,
    primary key (id),
    foreign key (matter_id) references meeting_matter (id) on delete restrict,
    foreign key (unit_id) references organisation (id) on delete restrict,
    foreign key (case_id) references case_file (id) on delete restrict
);

create table meeting_agenda_line (
    id bigint not null,
    meeting_id bigint not null,
    fact text not null,
    kind text not null,
    ordinal integer,
    text text not null,
    standing text not null,
    href text not null,
    dropped_because text,
    matter_id bigint,
    primary key (id),
    foreign key (meeting_id) references meeting_meeting (id) on delete restrict,
    foreign key (matter_id) references meeting_matter (id) on delete restrict
);

create table meeting_resolution (
    id bigint not null,
    meeting_id bigint not null,
    ordinal integer not null,
    text text not null,
    lead_code text not null,
    lead_name text not null,
    support_codes text not null,
    support_names text not null,
    workdays integer not null,
    matter_id bigint,
    order_id bigint,
    order_number text not null,
    order_due_on date,
    primary key (id),
    foreign key (meeting_id) references meeting_meeting (id) on delete restrict,
    foreign key (matter_id) references meeting_matter (id) on delete restrict,
    foreign key (order_id) references supervision_order (id) on delete restrict
);

create table meeting_half_report (
    id bigint not null,
    organisation_id bigint not null,
    period integer not null,
    case_id bigint not null,
    due_on date not null,
    provisional boolean not null,
    problems text not null,
    next_steps text not null,
    figures text not null,
    primary key (id),
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
