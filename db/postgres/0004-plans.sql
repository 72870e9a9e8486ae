create table plans_plan (
    id bigint not null,
    code text not null,
    name text not null,
    document_number text not null,
    city_id bigint not null,
    first_quarter integer not null,
    last_quarter integer not null,
    primary key (id),
    foreign key (city_id) references organisation (id) on delete restrict
);

create table plans_objective (
    id bigint not null,
    plan_id bigint not null,
    code text not null,
    chapter text not null,
    section text not null,
    title text not null,
    weight integer not null,
    removed_on date,
    primary key (id),
    foreign key (plan_id) references plans_plan (id) on delete restrict
);

create table plans_project (
    id bigint not null,
    plan_id bigint not null,
    code text not null,
    name text not null,
    organisation_id bigint not null,
    park_id bigint not null,
    chain_position text not null,
    investment_fen bigint not null,
    primary key (id),
    foreign key (organisation_id) references organisation (id) on delete restrict,
    foreign key (park_id) references organisation (id) on delete restrict,
    foreign key (plan_id) references plans_plan (id) on delete restrict
);

create table plans_revision (
    id bigint not null,
    plan_id bigint not null,
    kind text not null,
    code text not null,
    at bigint not null,
    user_id bigint not null,
    reason text,
    state text,
    primary key (id),
    foreign key (plan_id) references plans_plan (id) on delete restrict
);

create table plans_measure (
    id bigint not null,
    plan_id bigint not null,
    objective_id bigint not null,
    code text not null,
    section text not null,
    title text not null,
    text text not null,
    lead_id bigint not null,
    lead_name text not null,
    support_names text not null,
    benefit text not null,
    kind text not null,
    weight integer not null,
    removed_on date,
    version bigint not null,
    primary key (id),
    foreign key (lead_id) references organisation (id) on delete restrict,
    foreign key (objective_id) references plans_objective (id) on delete restrict,
    foreign key (plan_id) references plans_plan (id) on delete restrict
);

create table plans_project_step (
    id bigint not null,
    project_id bigint not null,
    organisation_id bigint not null,
    stage integer not null,
    reached_on date not null,
    note text,
    primary key (id),
    foreign key (organisation_id) references organisation (id) on delete restrict,
    foreign key (project_id) references plans_project (id) on delete restrict
);

create table plans_duty (
    id bigint not null,
    measure_id bigint not null,
    organisation_id bigint not null,
    part text not null,
    since date not null,
    ended_on date,
    primary key (id),
    foreign key (organisation_id) references organisation (id) on delete restrict,
    foreign key (measure_id) references plans_measure (id) on delete restrict
);

create table plans_milestone (
    id bigint not null,
    plan_id bigint not null,
    measure_id bigint not null,
    code text not null,
    quarter integer not null,
    title text not null,
    weight integer not null,
    case_id bigint,
    reported_on date,
    confirmed_on date,
    removed_on date,
    version bigint not null,
    primary key (id),
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (measure_id) references plans_measure (id) on delete restrict,
    foreign key (plan_id) references plans_plan (id) on delete restrict
);

create table plans_problem (
    id bigint not null,
    measure_id bigint not null,
    case_id bigint not null,
    text text not null,
    raised_by_name text not null,
    asked_name text not null,
    at bigint not null,
    reply text,
    replied_at bigint,
    answer text,
    answered_at bigint,
    closed_on date,
    version bigint not null,
    primary key (id),
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (measure_id) references plans_measure (id) on delete restrict
);

create table plans_progress_report (
    id bigint not null,
    milestone_id bigint not null,
    organisation_id bigint not null,
    text text not null,
    evidence_id bigint,
    at bigint not null,
    user_id bigint not null,
    primary key (id),
    foreign key (evidence_id) references evidence_file (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict,
    foreign key (milestone_id) references plans_milestone (id) on delete restrict
);

create table plans_problem_party (
    problem_id bigint not null,
    organisation_id bigint not null,
    asked boolean not null,
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
