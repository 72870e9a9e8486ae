alter table approval add column version integer not null default 0;
