-- Statistics in daily life: signatures and scans, late entry by exception, reminders, questions on a term.
alter table statistics_form add column signing text not null default 'none';

alter table statistics_form add column closes_after_workdays integer null;

create table statistics_return_scan (
    id integer not null primary key,
    return_id integer not null,
    organisation_id integer not null,
    signed_step integer not null,
    evidence_id integer not null,
    attached_by integer not null,
    attached_at integer not null,
    foreign key (return_id) references statistics_return (id) on delete restrict,
    foreign key (evidence_id) references evidence_file (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table statistics_late_entry (
    id integer not null primary key,
    form_id integer not null,
    organisation_id integer not null,
    period integer not null,
    reason text not null,
    until text not null,
    case_id integer not null,
    foreign key (form_id) references statistics_form (id) on delete restrict,
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table statistics_reminder (
    id integer not null primary key,
    form_id integer not null,
    organisation_id integer not null,
    period integer not null,
    day text not null,
    note text null,
    case_id integer not null,
    foreign key (form_id) references statistics_form (id) on delete restrict,
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table statistics_term_question (
    id integer not null primary key,
    indicator_id integer not null,
    organisation_id integer not null,
    question text not null,
    asked_by integer not null,
    asked_at integer not null,
    answer text null,
    answered_by integer null,
    answered_at integer null,
    case_id integer not null,
    foreign key (indicator_id) references indicator (id) on delete restrict,
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table statistics_term_note (
    id integer not null primary key,
    indicator_id integer not null,
    question text not null,
    answer text not null,
    published_at integer not null,
    foreign key (indicator_id) references indicator (id) on delete restrict
);

create index ix_statistics_return_scan_return_id on statistics_return_scan (return_id);

create index ix_statistics_return_scan_evidence_id on statistics_return_scan (evidence_id);

create index ix_statistics_return_scan_organisation_id on statistics_return_scan (organisation_id);

create unique index ix_statistics_late_entry_case_id on statistics_late_entry (case_id);

create index ix_statistics_late_entry_form_id_organisation_id_period on statistics_late_entry (form_id, organisation_id, period);

create index ix_statistics_late_entry_organisation_id on statistics_late_entry (organisation_id);

create unique index ix_statistics_reminder_case_id on statistics_reminder (case_id);

create unique index ix_statistics_reminder_form_id_organisation_id_period_day on statistics_reminder (form_id, organisation_id, period, day);

create index ix_statistics_reminder_organisation_id on statistics_reminder (organisation_id);

create unique index ix_statistics_term_question_case_id on statistics_term_question (case_id);

create index ix_statistics_term_question_indicator_id on statistics_term_question (indicator_id);

create index ix_statistics_term_question_organisation_id on statistics_term_question (organisation_id);

create index ix_statistics_term_note_indicator_id on statistics_term_note (indicator_id);
