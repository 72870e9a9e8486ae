-- Assessment: comparable units, judgements, receipts, rectifications, rewards, opinions on the method.
alter table assessment_round_unit add column peers text;

create table assessment_judgement (
    id bigint not null,
    round_id bigint not null,
    organisation_id bigint not null,
    criterion text not null,
    points bigint not null,
    reason text not null,
    evidence_id bigint not null,
    judged_by bigint not null,
    judged_at bigint not null,
    primary key (id),
    foreign key (round_id) references assessment_round (id) on delete restrict,
    foreign key (evidence_id) references evidence_file (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table assessment_feedback (
    round_id bigint not null,
    organisation_id bigint not null,
    case_id bigint not null,
    primary key (round_id, organisation_id),
    foreign key (round_id) references assessment_round (id) on delete restrict,
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table assessment_rectification (
    id bigint not null,
    round_id bigint not null,
    organisation_id bigint not null,
    ordinal integer not null,
    vetoes text not null,
    case_id bigint not null,
    evidence_id bigint,
    primary key (id),
    foreign key (round_id) references assessment_round (id) on delete restrict,
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (evidence_id) references evidence_file (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table assessment_reward (
    id bigint not null,
    organisation_id bigint not null,
    year integer not null,
    scheme text not null,
    title text not null,
    amount_fen bigint not null,
    basis text not null,
    duty text not null,
    duty_due_on date not null,
    proposed_by bigint not null,
    case_id bigint not null,
    primary key (id),
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table assessment_opinion (
    id bigint not null,
    scheme_id bigint not null,
    organisation_id bigint not null,
    text text not null,
    answer text,
    answered_in bigint,
    filed_by bigint not null,
    filed_at bigint not null,
    case_id bigint not null,
    primary key (id),
    foreign key (scheme_id) references assessment_scheme (id) on delete restrict,
    foreign key (answered_in) references assessment_scheme (id) on delete restrict,
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create index ix_assessment_judgement_round_id_organisation_id_criterion on assessment_judgement (round_id, organisation_id, criterion);

create index ix_assessment_judgement_evidence_id on assessment_judgement (evidence_id);

create index ix_assessment_judgement_organisation_id on assessment_judgement (organisation_id);

create index ix_assessment_feedback_case_id on assessment_feedback (case_id);

create index ix_assessment_feedback_organisation_id on assessment_feedback (organisation_id);

create unique index ix_assessment_rectification_round_id_organisation_id_ordinal on assessment_rectification (round_id, organisation_id, ordinal);

create index ix_assessment_rectification_case_id on assessment_rectification (case_id);

create index ix_assessment_rectification_evidence_id on assessment_rectification (evidence_id);

create index ix_assessment_rectification_organisation_id on assessment_rectification (organisation_id);

create index ix_assessment_reward_case_id on assessment_reward (case_id);

create index ix_assessment_reward_organisation_id on assessment_reward (organisation_id);

create index ix_assessment_opinion_scheme_id on assessment_opinion (scheme_id);

create index ix_assessment_opinion_answered_in on assessment_opinion (answered_in);

create index ix_assessment_opinion_case_id on assessment_opinion (case_id);

create index ix_assessment_opinion_organisation_id on assessment_opinion (organisation_id);
