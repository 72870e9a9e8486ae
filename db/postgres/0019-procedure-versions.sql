-- Each table of lawful moves as it was when a version of the product first ran here.
create table procedure_version (
    code text not null,
    number integer not null,
    hash text not null,
    content text not null,
    recorded_at bigint not null,
    primary key (code, number)
);
