-- What a place is found by: its name, pinyin and initials, folded and without spaces, and every beginning of a character or word in them as a key
-- (rules/finding.ts). `stem`: the name as it is said within an address. Places are no secret: who reads is shown those of his own bureau.
create table dispatch.place (
  code text primary key,
  path text[] not null,
  unit text not null,
  kind text not null,
  name text not null,
  lon double precision not null,
  lat double precision not null,
  schematic boolean not null,
  folded text not null,
  pinyin text not null,
  initials text not null,
  stem text not null,
  keys tsvector not null
);
create index on dispatch.place using gin (keys);
create index on dispatch.place (stem);
grant select, insert, update, delete on dispatch.place to plumbline_app, plumbline_worker;
