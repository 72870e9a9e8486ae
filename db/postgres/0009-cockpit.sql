create table cockpit_map_tile (
    organisation_id bigint not null,
    tile_column integer not null,
    tile_row integer not null,
    primary key (organisation_id),
    foreign key (organisation_id) references organisation (id) on delete restrict
);
