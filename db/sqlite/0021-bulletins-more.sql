-- Bulletins: a document number is given once in a city; comments of the public are counted where they are.
create unique index ix_bulletins_policy_organisation_id_number on bulletins_policy (organisation_id, number) where number <> '';

alter table bulletins_public_text drop column comments;

alter table bulletins_internal_text drop column comments;
