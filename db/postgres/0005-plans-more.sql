-- The unit that answers for an indicator, and the part of the plan it measures.

alter table indicator add column area text;

alter table indicator add column owner_id bigint references organisation (id) on delete restrict;

alter table indicator add column owner_name text;

create index ix_indicator_owner_id on indicator (owner_id);

-- Action, special and annual plans under a plan, and the measure of the plan above that a measure carries on.

alter table plans_plan add column kind text;

alter table plans_plan add column parent_id bigint references plans_plan (id) on delete restrict;

alter table plans_measure add column carries_id bigint references plans_measure (id) on delete restrict;

create index ix_plans_plan_parent_id on plans_plan (parent_id);

create index ix_plans_measure_carries_id on plans_measure (carries_id);

create table plans_working_group (
    id bigint not null,
    plan_id bigint not null,
    code text not null,
    kind text not null,
    name text not null,
    host_id bigint not null,
    host_name text not null,
    person text not null,
    phone text not null,
    version bigint not null,
    primary key (id),
    foreign key (plan_id) references plans_plan (id) on delete restrict,
    foreign key (host_id) references organisation (id) on delete restrict
);

create index ix_plans_working_group_host_id on plans_working_group (host_id);

create unique index ix_plans_working_group_plan_id_code on plans_working_group (plan_id, code);

create table plans_group_member (
    group_id bigint not null,
    unit_id bigint not null,
    unit_name text not null,
    place integer not null,
    primary key (group_id, unit_id),
    foreign key (group_id) references plans_working_group (id) on delete restrict,
    foreign key (unit_id) references organisation (id) on delete restrict
);

create index ix_plans_group_member_unit_id on plans_group_member (unit_id);

create table plans_unit_contact (
    id bigint not null,
    plan_id bigint not null,
    unit_id bigint not null,
    unit_name text not null,
    person text not null,
    phone text not null,
    version bigint not null,
    primary key (id),
    foreign key (plan_id) references plans_plan (id) on delete restrict,
    foreign key (unit_id) references organisation (id) on delete restrict
);

create unique index ix_plans_unit_contact_plan_id_unit_id on plans_unit_contact (plan_id, unit_id);

create index ix_plans_unit_contact_unit_id on plans_unit_contact (unit_id);

create table plans_carry_over (
    id bigint not null,
    plan_id bigint not null,
    milestone_id bigint not null,
    from_quarter integer not null,
    to_quarter integer not null,
    reason text not null,
    at bigint not null,
    user_id bigint not null,
    primary key (id),
    foreign key (plan_id) references plans_plan (id) on delete restrict,
    foreign key (milestone_id) references plans_milestone (id) on delete restrict
);

create index ix_plans_carry_over_plan_id on plans_carry_over (plan_id);

create index ix_plans_carry_over_milestone_id on plans_carry_over (milestone_id);

create table plans_evaluation (
    id bigint not null,
    plan_id bigint not null,
    kind text not null,
    title text not null,
    counted_to date not null,
    figures text not null,
    findings text not null,
    advice text not null,
    case_id bigint not null,
    consulted_on date,
    submitted_on date,
    issued_on date,
    document_number text,
    opinions text,
    version bigint not null,
    primary key (id),
    foreign key (plan_id) references plans_plan (id) on delete restrict,
    foreign key (case_id) references case_file (id) on delete restrict
);

create index ix_plans_evaluation_plan_id on plans_evaluation (plan_id);

create unique index ix_plans_evaluation_case_id on plans_evaluation (case_id);

create table plans_evaluation_opinion (
    id bigint not null,
    evaluation_id bigint not null,
    organisation_id bigint not null,
    unit_name text not null,
    text text not null,
    answer text,
    at bigint not null,
    user_id bigint not null,
    version bigint not null,
    primary key (id),
    foreign key (evaluation_id) references plans_evaluation (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create index ix_plans_evaluation_opinion_evaluation_id on plans_evaluation_opinion (evaluation_id);

create index ix_plans_evaluation_opinion_organisation_id on plans_evaluation_opinion (organisation_id);
