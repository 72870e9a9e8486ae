-- One deadline engine: the clocks of cases with their ledgers, the rungs climbed, and what each change of the calendar moved.
create table case_clock (
    case_id integer not null,
    name text not null,
    organisation_id integer not null,
    budget integer not null,
    unit integer not null,
    state integer not null,
    started_on text not null,
    run_from text not null,
    left_days integer not null,
    late integer not null,
    first_due_on text not null,
    due_on text null,
    provisional integer not null,
    next_rung integer null,
    look_on text null,
    primary key (case_id, name),
    foreign key (case_id) references case_file (id) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table case_clock_entry (
    case_id integer not null,
    name text not null,
    ordinal integer not null,
    organisation_id integer not null,
    day text not null,
    event integer not null,
    days integer not null,
    primary key (case_id, name, ordinal),
    foreign key (case_id, name) references case_clock (case_id, name) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table case_rung (
    case_id integer not null,
    name text not null,
    rung text not null,
    due_on text not null,
    organisation_id integer not null,
    fired_on text not null,
    primary key (case_id, name, rung, due_on),
    foreign key (case_id, name) references case_clock (case_id, name) on delete restrict,
    foreign key (organisation_id) references organisation (id) on delete restrict
);

create table calendar_change (
    id integer not null primary key,
    year integer not null,
    source text not null,
    before text not null,
    after text not null,
    first_day text not null,
    at integer not null,
    moved integer not null,
    done_at integer null
);

create table calendar_shift (
    change_id integer not null,
    unit integer not null,
    run_from text not null,
    left_days integer not null,
    next_rung integer not null,
    due_on text not null,
    provisional integer not null,
    look_on text null,
    primary key (change_id, unit, run_from, left_days, next_rung),
    foreign key (change_id) references calendar_change (id) on delete restrict
);

-- Written a million at a time: what it names is looked up with its case, so no key of another table is checked line by line.
create table clock_move (
    case_id integer not null,
    name text not null,
    change_id integer not null,
    before_on text null,
    after_on text null,
    primary key (case_id, name, change_id)
);

create index ix_case_clock_look_on on case_clock (look_on);

create index ix_case_clock_organisation_id on case_clock (organisation_id);

create index ix_case_clock_entry_organisation_id on case_clock_entry (organisation_id);

create index ix_case_rung_organisation_id on case_rung (organisation_id);

-- The orders' own clocks become clocks of their cases. What only a calendar can tell is derived by the pass that is asked for at the end.
insert into case_clock (case_id, name, organisation_id, budget, unit, state, started_on, run_from, left_days, late, first_due_on, due_on, provisional, next_rung, look_on)
select o.case_id, 'finish', o.organisation_id, o.finish_workdays, 0,
    coalesce((select case l.event when 2 then 0 else l.event end from supervision_clock_line l
        where l.order_id = o.id and l.event <> 3 order by l.ordinal desc limit 1), 0),
    (select l.day from supervision_clock_line l where l.order_id = o.id and l.ordinal = 1),
    (select l.day from supervision_clock_line l where l.order_id = o.id and l.ordinal = 1),
    0, 0, o.first_due_on, o.due_on, o.provisional, null, null
from supervision_order o;

insert into case_clock_entry (case_id, name, ordinal, organisation_id, day, event, days)
select o.case_id, 'finish', l.ordinal, l.organisation_id, l.day, l.event, l.workdays
from supervision_clock_line l join supervision_order o on o.id = l.order_id;

-- Signing for it: begun with the last issue; ended by the signature, stopped while the duty is returned.
insert into case_clock (case_id, name, organisation_id, budget, unit, state, started_on, run_from, left_days, late, first_due_on, due_on, provisional, next_rung, look_on)
select o.case_id, 'sign', o.organisation_id, o.sign_workdays, 0,
    case f.stage when 'issued' then 0 when 'duty-returned' then 1 else 4 end, i.day, i.day, 0, 0, o.sign_due_on,
    case f.stage when 'duty-returned' then null else o.sign_due_on end, 0, null, null
from supervision_order o join case_file f on f.id = o.case_id
join (select s.case_id, date(max(s.at) / 1000000 + 28800, 'unixepoch') as day from case_step s where s.action in ('issue', 'reissue') group by s.case_id) i
    on i.case_id = o.case_id;

insert into case_clock_entry (case_id, name, ordinal, organisation_id, day, event, days)
select c.case_id, 'sign', 1, c.organisation_id, c.started_on, 0, 0 from case_clock c where c.name = 'sign';

insert into case_clock_entry (case_id, name, ordinal, organisation_id, day, event, days)
select c.case_id, 'sign', 2, c.organisation_id,
    max(c.started_on, coalesce((select date(min(s.at) / 1000000 + 28800, 'unixepoch') from case_step s
        where s.case_id = c.case_id and s.action in ('sign-for', 'return-duty', 'revoke')
            and s.id > (select max(b.id) from case_step b where b.case_id = c.case_id and b.action in ('issue', 'reissue'))), c.started_on)),
    c.state, 0
from case_clock c where c.name = 'sign' and c.state <> 0;

insert into case_rung (case_id, name, rung, due_on, organisation_id, fired_on)
select o.case_id, case r.rung when 'sign-late' then 'sign' else 'finish' end, r.rung, r.due_on, r.organisation_id, r.fired_on
from supervision_rung r join supervision_order o on o.id = r.order_id
where r.rung <> 'sign-late' or exists (select 1 from case_clock c where c.case_id = o.case_id and c.name = 'sign');

insert into calendar_change (id, year, source, before, after, first_day, at, moved, done_at)
select 0, 0, '', '', '', '2000-01-01', 0, 0, null where exists (select 1 from case_clock);

drop table supervision_rung;

drop table supervision_clock_line;

drop index ix_supervision_order_due_on;

alter table supervision_order drop column sign_due_on;

alter table supervision_order drop column first_due_on;

alter table supervision_order drop column due_on;

alter table supervision_order drop column provisional;
