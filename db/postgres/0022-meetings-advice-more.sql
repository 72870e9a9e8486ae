-- Of two who change a meeting, a matter or an inquiry at once only one succeeds; papers keep what they said; a reworked text gets opinions of its own.
alter table meeting_meeting add column version bigint not null default 0;
alter table meeting_meeting add column serial_year integer;
alter table meeting_meeting add column present_names text not null default '';
alter table meeting_meeting add column absent_names text not null default '';
alter table meeting_unit add column name text not null default '';
alter table meeting_resolution add column due_on date;
alter table meeting_matter add column version bigint not null default 0;
alter table meeting_matter add column round integer not null default 1;
alter table meeting_matter_opinion add column round integer not null default 1;
alter table advice_inquiry add column version bigint not null default 0;
alter table advice_inquiry add column round integer not null default 1;
alter table advice_assignment add column round integer not null default 1;

update meeting_meeting set serial_year = extract(year from issued_on)::integer where serial is not null;
update meeting_unit set name = (select o.name from organisation o where o.id = meeting_unit.organisation_id);
update meeting_meeting set
    present_names = coalesce((select string_agg(u.name, '、' order by o.code) from meeting_unit u join organisation o on o.id = u.organisation_id
        where u.meeting_id = meeting_meeting.id and u.present), ''),
    absent_names = coalesce((select string_agg(u.name, '、' order by o.code) from meeting_unit u join organisation o on o.id = u.organisation_id
        where u.meeting_id = meeting_meeting.id and not u.present), '')
where held_on is not null;
update meeting_resolution set due_on = order_due_on;

drop index ix_meeting_matter_opinion_matter_id_unit_id;
create unique index ix_meeting_matter_opinion_matter_id_unit_id_round on meeting_matter_opinion (matter_id, unit_id, round);
drop index ix_advice_assignment_inquiry_id_expert_id;
create unique index ix_advice_assignment_inquiry_id_expert_id_round on advice_assignment (inquiry_id, expert_id, round);
create unique index ix_meeting_meeting_city_id_serial_year_serial on meeting_meeting (city_id, serial_year, serial);
