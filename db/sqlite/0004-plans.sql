create table plans_plan (
    id integer not null primary key,
    code text not null,
    name text not null,
    document_number text not null,
    city_id integer not null,
    first_quarter integer not null,
    last_quarter integer not null,
    foreign key (city_id) references organisation (id) on delete restrict
);

create table plans_objective (
    id integer not null primary key,
    plan_id integer not null,
    code text not null,
    chapter text not null,
    section text not null,
    title text not null,
    weight integer not null,
    removed_on text null,
    foreign key (plan_id) references plans_plan (id) on delete restrict
);

create table plans_project (
    id integer not null primary key,
    plan_id integer not null,
    code text not null,
    name text not null,
    organisation_id integer not null,
    park_id integer not null,
    chain_position text not null,
    investment_fen integer not null,
    foreign key (organisation_id) references organisation (id) on delete restrict,
    foreign key (park_id) references organisation (id) on delete restrict,
    foreign key (plan_id) references plans_plan (id) on delete restrict
);

create table plans_revision (
    id integer not null primary key,
    plan_id integer not null,
    kind text not null,
    code text not null,
    at integer not null,
    user_id integer not null,
    reason text null,
    state text null,
    foreign key (plan_id) references plans_plan (id) on delete restrict
);

create table plans_measure (
    id integer not null primary key,
    plan_id integer not null,
    objective_id integer not null,
    code text not null,
    section text not null,
    title text not null,
    text text not null,
    lead_id integer not null,
    lead_name text not null,
    support_names text not null,
    benefit text not null,
    kind text not null,
    weight integer not null,
    removed_on text null,
    version integer not null,
    foreign key (lead_id) references organisation (id) on delete restrict,
    foreign key (objective_id) references plans_objective (id) on delete restrict,
    foreign key (plan_id) references plans_plan (id) on delete restrict
);

create table plans_project_step (
    id integer not null primary key,
    project_id integer not null,
    organisation_id integer not null,
    stage integer not null,
    reached_on text not null,
    note text null,
    foreign key (organisation_id) references organisation (id) on delete restrict,
    foreign key (project_id) references plans_project (id) on delete restrict
);

create table plans_duty (
    id integer not null primary key,
    measure_id integer not null,
    organisation_id integer not null,
    part text not null,
    since text not null,
    ended_on text null,
    foreign key (organisation_id) references organisation (id) on delete restrict,
    foreign key (measure_id) references plans_measure (id) on delete restrict
);

create table plans_milestone (
    id integer not null primary key,
    plan_id integer not null,
    measure_id integer not null,
    code text not null,
    quarter integer not null,
    title text not null,
    weight integer not null,
    case_id integer null,
    reported_on text null,
    confirmed_on text null,
    removed_on text null,
    version integer not null,
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (measure_id) references plans_measure (id) on delete restrict,
    foreign key (plan_id) references plans_plan (id) on delete restrict
);

create table plans_problem (
    id integer not null primary key,
    measure_id integer not null,
    case_id integer not null,
    text text not null,
    raised_by_name text not null,
    asked_name text not null,
    at integer not null,
    reply text null,
    replied_at integer null,
    answer text null,
    answered_at integer null,
    closed_on text null,
    version integer not null,
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (measure_id) references plans_measure (id) on delete restrict
);

create table plans_progress_report (
    id integer not null primary key,
    milestone_id integer not null,
    organisation_id integer not null,
    text text not null,
    evidence_id integer null,
    at integer not null,
    user_id integer not null,
    foreign key (evidence_id) references evidence_file (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict,
    foreign key (milestone_id) references plans_milestone (id) on delete restrict
);

create table plans_problem_party (
    problem_id integer not null,
    organisation_id integer not null,
    asked integer not null,
    primary key (problem_id, organisation_id),
    foreign key (organisation_id) references organisation (id) on delete restrict,
    foreign key (problem_id) references plans_problem (id) on delete restrict
);

create index ix_plans_duty_measure_id on plans_duty (measure_id);

create index ix_plans_duty_organisation_id on plans_duty (organisation_id);

create index ix_plans_measure_lead_id on plans_measure (lead_id);

create index ix_plans_measure_objective_id on plans_measure (objective_id);

create unique index ix_plans_measure_plan_id_code on plans_measure (plan_id, code);

create unique index ix_plans_milestone_case_id on plans_milestone (case_id);

create index ix_plans_milestone_measure_id on plans_milestone (measure_id);

create unique index ix_plans_milestone_plan_id_code on plans_milestone (plan_id, code);

create unique index ix_plans_objective_plan_id_code on plans_objective (plan_id, code);

create index ix_plans_plan_city_id on plans_plan (city_id);

create unique index ix_plans_plan_code on plans_plan (code);

create unique index ix_plans_problem_case_id on plans_problem (case_id);

create index ix_plans_problem_measure_id on plans_problem (measure_id);

create index ix_plans_problem_party_organisation_id on plans_problem_party (organisation_id);

create index ix_plans_progress_report_evidence_id on plans_progress_report (evidence_id);

create index ix_plans_progress_report_milestone_id on plans_progress_report (milestone_id);

create index ix_plans_progress_report_organisation_id on plans_progress_report (organisation_id);

create index ix_plans_project_organisation_id on plans_project (organisation_id);

create index ix_plans_project_park_id on plans_project (park_id);

create unique index ix_plans_project_plan_id_code on plans_project (plan_id, code);

create index ix_plans_project_step_organisation_id on plans_project_step (organisation_id);

create unique index ix_plans_project_step_project_id_stage on plans_project_step (project_id, stage);

create index ix_plans_revision_plan_id_at on plans_revision (plan_id, at);

create index ix_plans_revision_plan_id_kind_code_id on plans_revision (plan_id, kind, code, id);
