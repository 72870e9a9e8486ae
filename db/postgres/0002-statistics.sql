create table statistics_form (
    id bigint not null,
    code text not null,
    name text not null,
    document_number text not null,
    authority text not null,
    approval_number text not null,
    valid_until date not null,
    frequency integer not null,
    due_workdays integer not null,
    identities text not null,
    primary key (id)
);

create table statistics_form_indicator (
    form_id bigint not null,
    indicator_id bigint not null,
    line integer not null,
    primary key (form_id, indicator_id),
    foreign key (indicator_id) references indicator (id) on delete restrict,
    foreign key (form_id) references statistics_form (id) on delete restrict
);

create table statistics_form_reporter (
    form_id bigint not null,
    organisation_id bigint not null,
    primary key (form_id, organisation_id),
    foreign key (organisation_id) references organisation (id) on delete restrict,
    foreign key (form_id) references statistics_form (id) on delete restrict
);

create table statistics_return (
    id bigint not null,
    form_id bigint not null,
    organisation_id bigint not null,
    period integer not null,
    case_id bigint not null,
    primary key (id),
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict,
    foreign key (form_id) references statistics_form (id) on delete restrict
);

create table statistics_cell_explanation (
    return_id bigint not null,
    indicator_id bigint not null,
    organisation_id bigint not null,
    text text not null,
    written_at bigint not null,
    written_by bigint not null,
    primary key (return_id, indicator_id),
    foreign key (indicator_id) references indicator (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict,
    foreign key (return_id) references statistics_return (id) on delete restrict
);

create table statistics_cell_query (
    id bigint not null,
    return_id bigint not null,
    indicator_id bigint not null,
    organisation_id bigint not null,
    question text not null,
    asked_by bigint not null,
    asked_at bigint not null,
    answer text,
    answered_by bigint,
    answered_at bigint,
    primary key (id),
    foreign key (indicator_id) references indicator (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict,
    foreign key (return_id) references statistics_return (id) on delete restrict
);

create table statistics_correction (
    id bigint not null,
    return_id bigint not null,
    number integer not null,
    indicator_id bigint not null,
    organisation_id bigint not null,
    case_id bigint not null,
    cause_kind text not null,
    cause_id bigint not null,
    observation_id bigint not null,
    reason text not null,
    opened_at bigint not null,
    primary key (id),
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (indicator_id) references indicator (id) on delete restrict,
    foreign key (observation_id) references observation (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict,
    foreign key (return_id) references statistics_return (id) on delete restrict
);

create index ix_statistics_cell_explanation_indicator_id on statistics_cell_explanation (indicator_id);

create index ix_statistics_cell_explanation_organisation_id on statistics_cell_explanation (organisation_id);

create index ix_statistics_cell_query_indicator_id on statistics_cell_query (indicator_id);

create index ix_statistics_cell_query_organisation_id on statistics_cell_query (organisation_id);

create index ix_statistics_cell_query_return_id on statistics_cell_query (return_id);

create unique index ix_statistics_correction_case_id on statistics_correction (case_id);

create index ix_statistics_correction_cause_kind_cause_id on statistics_correction (cause_kind, cause_id);

create index ix_statistics_correction_indicator_id on statistics_correction (indicator_id);

create index ix_statistics_correction_observation_id on statistics_correction (observation_id);

create index ix_statistics_correction_organisation_id on statistics_correction (organisation_id);

create unique index ix_statistics_correction_return_id_number on statistics_correction (return_id, number);

create unique index ix_statistics_form_code on statistics_form (code);

create index ix_statistics_form_indicator_indicator_id on statistics_form_indicator (indicator_id);

create index ix_statistics_form_reporter_organisation_id on statistics_form_reporter (organisation_id);

create unique index ix_statistics_return_case_id on statistics_return (case_id);

create unique index ix_statistics_return_form_id_organisation_id_period on statistics_return (form_id, organisation_id, period);

create index ix_statistics_return_organisation_id on statistics_return (organisation_id);
