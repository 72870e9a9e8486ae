alter table approval add column version bigint not null default 0;
