create table cockpit_map_tile (
    organisation_id integer not null primary key,
    tile_column integer not null,
    tile_row integer not null,
    foreign key (organisation_id) references organisation (id) on delete restrict
);
