-- Advice: the due day for which an expert has been reminded.
alter table advice_assignment add column reminded_for date;
