create table audit_record (
    id integer not null primary key autoincrement,
    reference integer not null,
    at integer not null,
    user_id integer not null,
    on_behalf_of integer null,
    organisation_id integer not null,
    action text not null,
    subject_kind text not null,
    subject_id integer not null,
    before text null,
    after text null,
    digest text not null
);

create table audit_seal (
    position integer not null primary key,
    record_id integer not null,
    chain text not null,
    sealed_at integer not null
);

create table calendar_notice (
    year integer not null primary key,
    days text not null,
    source text not null,
    imported_at integer not null
);

create table data_protection_key (
    id integer not null primary key autoincrement,
    friendly_name text null,
    xml text null
);

create table id_block (
    name text not null primary key,
    next integer not null
);

create table indicator (
    id integer not null primary key,
    code text not null,
    name text not null,
    unit text not null,
    decimals integer not null,
    aggregation text not null,
    direction text not null,
    frequency integer not null,
    purpose text not null,
    explanation text not null,
    version integer not null
);

create table loaded_pack (
    code text not null primary key,
    loaded_at integer not null
);

create table notice_read (
    notice_id integer not null,
    user_id integer not null,
    at integer not null,
    primary key (user_id, notice_id)
);

create table organisation (
    id integer not null primary key,
    code text not null,
    name text not null,
    kind text not null,
    parent_id integer null,
    path text collate binary not null,
    credit_code text null,
    credit_code_override text null,
    closed_on text null,
    version integer not null,
    foreign key (parent_id) references organisation (id) on delete restrict
);

create table request_key (
    user_id integer not null,
    key text not null,
    request_hash text not null,
    status integer not null,
    answer text not null,
    at integer not null,
    primary key (user_id, key)
);

create table user_account (
    id integer not null primary key,
    display_name text not null,
    closed_at integer null,
    user_name text null,
    normalized_user_name text null,
    email text null,
    normalized_email text null,
    email_confirmed integer not null,
    password_hash text null,
    security_stamp text null,
    concurrency_stamp text null,
    phone_number text null,
    phone_number_confirmed integer not null,
    two_factor_enabled integer not null,
    lockout_end integer null,
    lockout_enabled integer not null,
    access_failed_count integer not null
);

create table user_claim (
    id integer not null primary key autoincrement,
    user_id integer not null,
    claim_type text null,
    claim_value text null
);

create table user_login (
    login_provider text not null,
    provider_key text not null,
    provider_display_name text null,
    user_id integer not null,
    primary key (login_provider, provider_key)
);

create table user_token (
    user_id integer not null,
    login_provider text not null,
    name text not null,
    value text null,
    primary key (user_id, login_provider, name)
);

create table indicator_version (
    indicator_id integer not null,
    version integer not null,
    definition text not null,
    reason text not null,
    valid_from integer not null,
    primary key (indicator_id, version),
    foreign key (indicator_id) references indicator (id) on delete restrict
);

create table case_file (
    id integer not null primary key,
    procedure text not null,
    stage text not null,
    version integer not null,
    organisation_id integer not null,
    subject_kind text not null,
    subject_id integer not null,
    title text not null,
    opened_at integer not null,
    stage_since integer not null,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table evidence_file (
    id integer not null primary key,
    organisation_id integer not null,
    sha256 text not null,
    name text not null,
    media_type text not null,
    size integer not null,
    stored_at integer not null,
    stored_by integer not null,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table succession (
    id integer not null primary key,
    kind text not null,
    organisation_id integer not null,
    successor_id integer null,
    effective_on text not null,
    former_name text null,
    basis text not null,
    recorded_at integer not null,
    foreign key (organisation_id) references organisation (id) on delete restrict,
    foreign key (successor_id) references organisation (id) on delete restrict
);

create table target (
    id integer not null primary key,
    indicator_id integer not null,
    organisation_id integer not null,
    period integer not null,
    version integer not null,
    value integer not null,
    set_at integer not null,
    foreign key (indicator_id) references indicator (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table api_token (
    id integer not null primary key,
    user_id integer not null,
    hash text not null,
    created_at integer not null,
    expires_at integer not null,
    revoked_at integer null,
    foreign key (user_id) references user_account (id) on delete restrict
);

create table delegation (
    id integer not null primary key,
    owner_id integer not null,
    deputy_id integer not null,
    organisation_id integer not null,
    role text not null,
    starts_on text not null,
    ends_on text not null,
    reason text not null,
    revoked_at integer null,
    foreign key (organisation_id) references organisation (id) on delete restrict,
    foreign key (deputy_id) references user_account (id) on delete restrict,
    foreign key (owner_id) references user_account (id) on delete restrict
);

create table membership (
    id integer not null primary key,
    user_id integer not null,
    organisation_id integer not null,
    role text not null,
    starts_on text null,
    ends_on text null,
    foreign key (organisation_id) references organisation (id) on delete restrict,
    foreign key (user_id) references user_account (id) on delete restrict
);

create table approval (
    id integer not null primary key,
    case_id integer not null,
    workflow text not null,
    level integer not null,
    final integer not null,
    organisation_id integer not null,
    period integer not null,
    granted_at integer not null,
    granted_by integer not null,
    withdrawn_at integer null,
    withdrawn_by integer null,
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table case_step (
    id integer not null primary key,
    case_id integer not null,
    follows integer not null,
    organisation_id integer not null,
    action text not null,
    from_stage text not null,
    to_stage text not null,
    user_id integer not null,
    on_behalf_of integer null,
    at integer not null,
    note text null,
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table notice (
    id integer not null primary key autoincrement,
    organisation_id integer not null,
    role text not null,
    kind text not null,
    case_id integer not null,
    title text not null,
    at integer not null,
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table observation (
    id integer not null primary key,
    indicator_id integer not null,
    organisation_id integer not null,
    period integer not null,
    revision integer not null,
    value integer not null,
    case_id integer not null,
    predecessor_id integer null,
    reason text null,
    recorded_at integer not null,
    recorded_by integer not null,
    hash text not null,
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (indicator_id) references indicator (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create unique index ix_api_token_hash on api_token (hash);

create index ix_api_token_user_id on api_token (user_id);

create unique index ix_approval_case_id_level on approval (case_id, level) where withdrawn_at is null;

create index ix_approval_organisation_id_period on approval (organisation_id, period);

create unique index ix_audit_record_reference on audit_record (reference);

create unique index ix_audit_seal_record_id on audit_seal (record_id);

create index ix_case_file_organisation_id_stage on case_file (organisation_id, stage);

create index ix_case_file_procedure_stage on case_file (procedure, stage);

create index ix_case_file_subject_kind_subject_id on case_file (subject_kind, subject_id);

create unique index ix_case_step_case_id_follows on case_step (case_id, follows);

create index ix_case_step_organisation_id on case_step (organisation_id);

create index ix_delegation_deputy_id on delegation (deputy_id);

create index ix_delegation_organisation_id on delegation (organisation_id);

create index ix_delegation_owner_id on delegation (owner_id);

create index ix_evidence_file_organisation_id on evidence_file (organisation_id);

create index ix_evidence_file_sha256 on evidence_file (sha256);

create unique index ix_indicator_code on indicator (code);

create index ix_membership_organisation_id on membership (organisation_id);

create index ix_membership_user_id_organisation_id_role on membership (user_id, organisation_id, role);

create index ix_notice_case_id on notice (case_id);

create index ix_notice_organisation_id on notice (organisation_id);

create index ix_notice_role_id on notice (role, id);

create index ix_observation_case_id on observation (case_id);

create unique index ix_observation_indicator_id_organisation_id_period_revision on observation (indicator_id, organisation_id, period, revision);

create index ix_observation_organisation_id on observation (organisation_id);

create unique index ix_organisation_code on organisation (code);

create unique index ix_organisation_credit_code on organisation (credit_code);

create index ix_organisation_parent_id on organisation (parent_id);

create unique index ix_organisation_path on organisation (path);

create index ix_succession_organisation_id on succession (organisation_id);

create index ix_succession_successor_id on succession (successor_id);

create unique index ix_target_indicator_id_organisation_id_period_version on target (indicator_id, organisation_id, period, version);

create index ix_target_organisation_id on target (organisation_id);

create unique index ix_user_account_normalized_user_name on user_account (normalized_user_name);

insert into id_block (name, next) values ('all', 1000);
