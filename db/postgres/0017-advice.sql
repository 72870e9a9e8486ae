-- Advice: the advisory committee, its experts and what ties them; inquiries, opinions and answers; studies and their proposals.
create table advice_expert (
    id bigint not null,
    organisation_id bigint not null,
    user_id bigint not null,
    name text not null,
    employer text not null,
    employer_id bigint,
    fields text not null,
    term_from date not null,
    term_until date not null,
    version bigint not null,
    primary key (id),
    foreign key (user_id) references user_account (id) on delete restrict,
    foreign key (employer_id) references organisation (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table advice_expert_conflict (
    id bigint not null,
    expert_id bigint not null,
    organisation_id bigint not null,
    with_id bigint not null,
    with_name text not null,
    kind text not null,
    starts_on date not null,
    ends_on date,
    note text not null,
    primary key (id),
    foreign key (expert_id) references advice_expert (id) on delete restrict,
    foreign key (with_id) references organisation (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table advice_charter (
    organisation_id bigint not null,
    ordinal integer not null,
    text text not null,
    term_from date not null,
    term_until date not null,
    adopted_on date not null,
    primary key (organisation_id, ordinal),
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table advice_session (
    id bigint not null,
    organisation_id bigint not null,
    title text not null,
    day date not null,
    place text not null,
    minutes text not null,
    case_id bigint not null,
    primary key (id),
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table advice_inquiry (
    id bigint not null,
    organisation_id bigint not null,
    title text not null,
    text text not null,
    field text not null,
    evidence_id bigint,
    due_on date,
    answer_due_on date,
    case_id bigint not null,
    primary key (id),
    foreign key (evidence_id) references evidence_file (id) on delete restrict,
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table advice_inquiry_question (
    inquiry_id bigint not null,
    ordinal integer not null,
    organisation_id bigint not null,
    text text not null,
    primary key (inquiry_id, ordinal),
    foreign key (inquiry_id) references advice_inquiry (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table advice_inquiry_party (
    inquiry_id bigint not null,
    party_id bigint not null,
    name text not null,
    organisation_id bigint not null,
    primary key (inquiry_id, party_id),
    foreign key (inquiry_id) references advice_inquiry (id) on delete restrict,
    foreign key (party_id) references organisation (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table advice_opinion (
    id bigint not null,
    inquiry_id bigint not null,
    ordinal integer not null,
    organisation_id bigint not null,
    expert_name text not null,
    employer text not null,
    text text not null,
    outcome text not null,
    answer text not null,
    version bigint not null,
    primary key (id),
    foreign key (inquiry_id) references advice_inquiry (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table advice_assignment (
    id bigint not null,
    organisation_id bigint not null,
    inquiry_id bigint not null,
    expert_id bigint not null,
    user_id bigint not null,
    title text not null,
    text text not null,
    unit_name text not null,
    concerned_ids text not null,
    due_on date not null,
    given_at bigint,
    ended boolean not null,
    version bigint not null,
    primary key (id),
    foreign key (inquiry_id) references advice_inquiry (id) on delete restrict,
    foreign key (expert_id) references advice_expert (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table advice_assigned_question (
    assignment_id bigint not null,
    ordinal integer not null,
    organisation_id bigint not null,
    question text not null,
    opinion text not null,
    primary key (assignment_id, ordinal),
    foreign key (assignment_id) references advice_assignment (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table advice_study (
    id bigint not null,
    organisation_id bigint not null,
    title text not null,
    text text not null,
    evidence_id bigint,
    case_id bigint not null,
    primary key (id),
    foreign key (evidence_id) references evidence_file (id) on delete restrict,
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table advice_proposal (
    id bigint not null,
    study_id bigint not null,
    organisation_id bigint not null,
    text text not null,
    outcome text not null,
    reason text not null,
    plan_code text not null,
    measure_code text not null,
    indicator_code text not null,
    decided_on date,
    version bigint not null,
    primary key (id),
    foreign key (study_id) references advice_study (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create unique index ix_advice_expert_organisation_id_user_id on advice_expert (organisation_id, user_id);

create index ix_advice_expert_user_id on advice_expert (user_id);

create index ix_advice_expert_employer_id on advice_expert (employer_id);

create index ix_advice_expert_conflict_expert_id on advice_expert_conflict (expert_id);

create index ix_advice_expert_conflict_with_id on advice_expert_conflict (with_id);

create index ix_advice_expert_conflict_organisation_id on advice_expert_conflict (organisation_id);

create unique index ix_advice_session_case_id on advice_session (case_id);

create index ix_advice_session_organisation_id on advice_session (organisation_id);

create unique index ix_advice_inquiry_case_id on advice_inquiry (case_id);

create index ix_advice_inquiry_evidence_id on advice_inquiry (evidence_id);

create index ix_advice_inquiry_organisation_id on advice_inquiry (organisation_id);

create index ix_advice_inquiry_question_organisation_id on advice_inquiry_question (organisation_id);

create index ix_advice_inquiry_party_party_id on advice_inquiry_party (party_id);

create index ix_advice_inquiry_party_organisation_id on advice_inquiry_party (organisation_id);

create index ix_advice_opinion_inquiry_id on advice_opinion (inquiry_id);

create index ix_advice_opinion_organisation_id on advice_opinion (organisation_id);

create unique index ix_advice_assignment_inquiry_id_expert_id on advice_assignment (inquiry_id, expert_id);

create index ix_advice_assignment_user_id on advice_assignment (user_id);

create index ix_advice_assignment_expert_id on advice_assignment (expert_id);

create index ix_advice_assignment_organisation_id on advice_assignment (organisation_id);

create index ix_advice_assigned_question_organisation_id on advice_assigned_question (organisation_id);

create unique index ix_advice_study_case_id on advice_study (case_id);

create index ix_advice_study_evidence_id on advice_study (evidence_id);

create index ix_advice_study_organisation_id on advice_study (organisation_id);

create index ix_advice_proposal_study_id on advice_proposal (study_id);

create index ix_advice_proposal_organisation_id on advice_proposal (organisation_id);
