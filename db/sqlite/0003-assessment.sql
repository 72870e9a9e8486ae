-- Assessment: schemes, rounds, runs with their inputs, appeals.
create table assessment_scheme (
    id integer not null primary key,
    code text not null,
    version integer not null,
    content text not null,
    made_at integer not null,
    made_by integer not null
);

create table assessment_round (
    id integer not null primary key,
    scheme_id integer not null,
    period integer not null,
    city_id integer not null,
    case_id integer not null,
    run_id integer null,
    released_at integer null,
    released_step integer null,
    foreign key (scheme_id) references assessment_scheme (id) on delete restrict,
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (city_id) references organisation (id) on delete restrict
);

create table assessment_appeal (
    id integer not null primary key,
    round_id integer not null,
    organisation_id integer not null,
    criterion text not null,
    observation_id integer null,
    ground text not null,
    reason text not null,
    ordinal integer not null,
    filed_by integer not null,
    filed_at integer not null,
    case_id integer not null,
    correction_case_id integer null,
    moved text null,
    foreign key (round_id) references assessment_round (id) on delete restrict,
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table assessment_round_unit (
    round_id integer not null,
    organisation_id integer not null,
    code text not null,
    primary key (round_id, organisation_id),
    foreign key (round_id) references assessment_round (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table assessment_run (
    id integer not null primary key,
    round_id integer not null,
    ordinal integer not null,
    appeal_id integer null,
    inputs text not null,
    results text not null,
    sha256 text not null,
    at integer not null,
    foreign key (round_id) references assessment_round (id) on delete restrict
);

create table assessment_score_input (
    run_id integer not null,
    organisation_id integer not null,
    criterion text not null,
    observation_id integer not null,
    hash text not null,
    primary key (run_id, organisation_id, criterion, observation_id),
    foreign key (run_id) references assessment_run (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create index ix_assessment_appeal_case_id on assessment_appeal (case_id);

create unique index ix_assessment_appeal_correction_case_id on assessment_appeal (correction_case_id);

create unique index ix_assessment_appeal_judgement on assessment_appeal (round_id, organisation_id, criterion, ordinal) where observation_id is null;

create index ix_assessment_appeal_organisation_id on assessment_appeal (organisation_id);

create unique index ix_assessment_appeal_value on assessment_appeal (round_id, organisation_id, criterion, observation_id, ordinal) where observation_id is not null;

create index ix_assessment_round_case_id on assessment_round (case_id);

create index ix_assessment_round_city_id on assessment_round (city_id);

create index ix_assessment_round_run_id on assessment_round (run_id);

create index ix_assessment_round_scheme_id on assessment_round (scheme_id);

create index ix_assessment_round_unit_organisation_id on assessment_round_unit (organisation_id);

create unique index ix_assessment_run_round_id_ordinal on assessment_run (round_id, ordinal);

create unique index ix_assessment_scheme_code_version on assessment_scheme (code, version);

create index ix_assessment_score_input_observation_id_run_id on assessment_score_input (observation_id, run_id);

create index ix_assessment_score_input_organisation_id on assessment_score_input (organisation_id);
