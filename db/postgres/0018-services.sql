-- Services: the lists with their versions and changes; service cases, their materials, opinions and hand-overs; the hall; the efficiency record.
create table catalogue_entry (
    id bigint not null,
    code text not null,
    city_id bigint not null,
    list text not null,
    department_id bigint not null,
    department_name text not null,
    came_from text not null,
    primary key (id),
    foreign key (city_id) references organisation (id) on delete restrict,
    foreign key (department_id) references organisation (id) on delete restrict
);

create table catalogue_version (
    id bigint not null,
    entry_id bigint not null,
    version integer not null,
    state text not null,
    in_force_from date not null,
    change text not null,
    reason text not null,
    name text not null,
    kind text not null,
    statutory_days integer not null,
    promised_days integer not null,
    definition text not null,
    primary key (id),
    foreign key (entry_id) references catalogue_entry (id) on delete restrict
);

create table catalogue_change (
    id bigint not null,
    organisation_id bigint not null,
    kind text not null,
    codes text not null,
    texts text not null,
    reason text not null,
    proposed_by bigint not null,
    proposed_at bigint not null,
    in_force_from date,
    case_id bigint not null,
    primary key (id),
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table hall_window (
    id bigint not null,
    hall_id bigint not null,
    city_id bigint not null,
    hall_name text not null,
    code text not null,
    name text not null,
    places integer not null,
    closed_on date,
    primary key (id),
    foreign key (hall_id) references organisation (id) on delete restrict
);

create table hall_slot (
    window_id bigint not null,
    day date not null,
    slot integer not null,
    taken integer not null,
    version bigint not null,
    primary key (window_id, day, slot),
    foreign key (window_id) references hall_window (id) on delete restrict
);

create table hall_ticket (
    id bigint not null,
    hall_id bigint not null,
    day date not null,
    number integer not null,
    slot integer,
    taken_at bigint not null,
    called_at bigint,
    ended_at bigint,
    window_id bigint,
    called_by bigint,
    state text not null,
    version bigint not null,
    primary key (id),
    foreign key (hall_id) references organisation (id) on delete restrict,
    foreign key (window_id) references hall_window (id) on delete restrict
);

create table hall_appointment (
    id bigint not null,
    organisation_id bigint not null,
    window_id bigint not null,
    day date not null,
    slot integer not null,
    booked_by bigint not null,
    booked_at bigint not null,
    cancelled_at bigint,
    ticket_id bigint,
    primary key (id),
    foreign key (window_id) references hall_window (id) on delete restrict,
    foreign key (ticket_id) references hall_ticket (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table service_case (
    id bigint not null,
    organisation_id bigint not null,
    entry_id bigint not null,
    version_id bigint not null,
    item_code text not null,
    item_name text not null,
    licence boolean not null,
    department_id bigint not null,
    department_name text not null,
    enterprise_name text not null,
    channel text not null,
    window_id bigint,
    window_name text not null,
    filed_by bigint not null,
    received_on date not null,
    materials_on date not null,
    first_contact bigint,
    keeper bigint,
    accepted_on date,
    deemed boolean not null,
    special_days integer,
    special_kind text,
    decided_on date,
    granted boolean,
    delivered_on date,
    rating integer,
    rating_text text not null,
    case_id bigint not null,
    primary key (id),
    foreign key (version_id) references catalogue_version (id) on delete restrict,
    foreign key (window_id) references hall_window (id) on delete restrict,
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table service_material (
    id bigint not null,
    organisation_id bigint not null,
    service_case_id bigint not null,
    code text not null,
    name text not null,
    grade text not null,
    state text not null,
    required boolean not null,
    evidence_id bigint,
    reused_from bigint,
    brought_on date,
    valid_until date,
    asked boolean not null,
    asked_text text not null,
    pledge_kept boolean,
    pledge_text text not null,
    pledge_checked_on date,
    primary key (id),
    foreign key (service_case_id) references service_case (id) on delete restrict,
    foreign key (evidence_id) references evidence_file (id) on delete restrict,
    foreign key (reused_from) references service_material (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table service_opinion (
    service_case_id bigint not null,
    department_id bigint not null,
    organisation_id bigint not null,
    department_name text not null,
    asked_on date not null,
    given_on date,
    agrees boolean,
    text text not null,
    given_by bigint,
    version bigint not null,
    primary key (service_case_id, department_id),
    foreign key (service_case_id) references service_case (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table service_hand_over (
    id bigint not null,
    organisation_id bigint not null,
    service_case_id bigint not null,
    from_user bigint not null,
    to_user bigint not null,
    reason text not null,
    offered_at bigint not null,
    taken_at bigint,
    declined_at bigint,
    primary key (id),
    foreign key (service_case_id) references service_case (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table efficiency_question (
    id bigint not null,
    organisation_id bigint not null,
    user_id bigint not null,
    service_case_id bigint not null,
    number text not null,
    reason text not null,
    upheld boolean not null,
    case_id bigint not null,
    primary key (id),
    foreign key (service_case_id) references service_case (id) on delete restrict,
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table efficiency_sheet (
    id bigint not null,
    organisation_id bigint not null,
    period integer not null,
    revision integer not null,
    due integer not null,
    in_promise integer not null,
    late integer not null,
    net_tenths integer,
    rated integer not null,
    satisfied integer not null,
    corrected integer not null,
    confirmed_by bigint not null,
    confirmed_at bigint not null,
    primary key (id),
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create unique index ix_catalogue_entry_city_id_code on catalogue_entry (city_id, code);

create index ix_catalogue_entry_department_id on catalogue_entry (department_id);

create unique index ix_catalogue_version_entry_id_version on catalogue_version (entry_id, version);

create unique index ix_catalogue_change_case_id on catalogue_change (case_id);

create index ix_catalogue_change_organisation_id on catalogue_change (organisation_id);

create unique index ix_hall_window_hall_id_code on hall_window (hall_id, code);

create unique index ix_hall_ticket_hall_id_day_number on hall_ticket (hall_id, day, number);

create index ix_hall_ticket_window_id on hall_ticket (window_id);

create index ix_hall_appointment_window_id_day_slot on hall_appointment (window_id, day, slot);

create index ix_hall_appointment_ticket_id on hall_appointment (ticket_id);

create index ix_hall_appointment_organisation_id on hall_appointment (organisation_id);

create unique index ix_service_case_case_id on service_case (case_id);

create index ix_service_case_department_id_received_on on service_case (department_id, received_on);

create index ix_service_case_version_id on service_case (version_id);

create index ix_service_case_window_id on service_case (window_id);

create index ix_service_case_organisation_id on service_case (organisation_id);

create unique index ix_service_material_service_case_id_code on service_material (service_case_id, code);

create index ix_service_material_organisation_id_code on service_material (organisation_id, code);

create index ix_service_material_evidence_id on service_material (evidence_id);

create index ix_service_material_reused_from on service_material (reused_from);

create index ix_service_opinion_department_id on service_opinion (department_id);

create index ix_service_opinion_organisation_id on service_opinion (organisation_id);

create index ix_service_hand_over_to_user on service_hand_over (to_user);

create index ix_service_hand_over_service_case_id on service_hand_over (service_case_id);

create index ix_service_hand_over_organisation_id on service_hand_over (organisation_id);

create unique index ix_efficiency_question_case_id on efficiency_question (case_id);

create unique index ix_efficiency_question_user_id_service_case_id on efficiency_question (user_id, service_case_id);

create index ix_efficiency_question_service_case_id on efficiency_question (service_case_id);

create index ix_efficiency_question_organisation_id on efficiency_question (organisation_id);

create unique index ix_efficiency_sheet_organisation_id_period_revision on efficiency_sheet (organisation_id, period, revision);
