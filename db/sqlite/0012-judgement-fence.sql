-- A judgement and a freeze at the same instant: one of them is stale.
alter table assessment_round add column judgements integer not null default 0;
