-- Notices: one to a person leads to the part of the matter that is that person's.
alter table notice add column place text null;
