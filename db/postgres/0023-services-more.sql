-- Services: a material as it was received, accepted without, checked and pledged; the day an extension reached; one open offer a case, one called number a window, one appointment a day.
alter table service_material add column received_state text;

alter table service_material add column gap_on date;

alter table service_material add column checked_by bigint;

alter table service_material add column checked_on date;

alter table service_material add column pledged_text text;

update service_material set received_state = case
    when brought_on is null or brought_on > (select c.received_on from service_case c where c.id = service_material.service_case_id) then 'missing' else state end;

update service_material set gap_on = (select c.accepted_on from service_case c where c.id = service_material.service_case_id) where state = 'gap';

update service_hand_over set declined_at = offered_at where taken_at is null and declined_at is null and id < (
    select max(o.id) from service_hand_over o where o.service_case_id = service_hand_over.service_case_id and o.taken_at is null and o.declined_at is null);

update hall_ticket set state = 'served', ended_at = called_at where state = 'called' and id < (
    select max(t.id) from hall_ticket t where t.window_id = hall_ticket.window_id and t.day = hall_ticket.day and t.state = 'called');

create unique index ix_service_hand_over_open on service_hand_over (service_case_id) where taken_at is null and declined_at is null;

create unique index ix_hall_ticket_called on hall_ticket (window_id, day) where state = 'called';

alter table service_case add column extended_to date;

update service_case set extended_to = (select k.due_on from case_clock k where k.case_id = service_case.case_id and k.name = 'statutory')
    where exists (select 1 from case_step s where s.case_id = service_case.case_id and s.action = 'extend');

update hall_appointment set cancelled_at = booked_at where cancelled_at is null and ticket_id is null and id > (
    select min(o.id) from hall_appointment o where o.organisation_id = hall_appointment.organisation_id and o.day = hall_appointment.day and o.cancelled_at is null and o.ticket_id is null);

create unique index ix_hall_appointment_day on hall_appointment (organisation_id, day) where cancelled_at is null and ticket_id is null;
