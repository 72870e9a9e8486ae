-- Services: a material as it was received, accepted without, checked and pledged; one open offer a case, one called number a window.
alter table service_material add column received_state text null;

alter table service_material add column gap_on text null;

alter table service_material add column checked_by integer null;

alter table service_material add column checked_on text null;

alter table service_material add column pledged_text text null;

update service_material set received_state = case
    when brought_on is null or brought_on > (select c.received_on from service_case c where c.id = service_material.service_case_id) then 'missing' else state end;

update service_material set gap_on = (select c.accepted_on from service_case c where c.id = service_material.service_case_id) where state = 'gap';

update service_hand_over set declined_at = offered_at where taken_at is null and declined_at is null and id < (
    select max(o.id) from service_hand_over o where o.service_case_id = service_hand_over.service_case_id and o.taken_at is null and o.declined_at is null);

update hall_ticket set state = 'served', ended_at = called_at where state = 'called' and id < (
    select max(t.id) from hall_ticket t where t.window_id = hall_ticket.window_id and t.day = hall_ticket.day and t.state = 'called');

create unique index ix_service_hand_over_open on service_hand_over (service_case_id) where taken_at is null and declined_at is null;

create unique index ix_hall_ticket_called on hall_ticket (window_id, day) where state = 'called';
