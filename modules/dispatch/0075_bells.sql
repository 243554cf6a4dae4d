-- The bells of a unit beyond its screens, and what each ringing came to.
create table dispatch.bell (
  code text primary key,
  -- The units from the root to its own.
  path text[] not null,
  unit text not null,
  channel text not null,
  target text not null,
  rungs text[] not null,
  retired boolean not null
);
create index on dispatch.bell (unit) where not retired;

create table dispatch.belled (
  incident uuid not null,
  n integer not null,
  bell text not null,
  number text not null,
  rung text not null,
  outcome text not null,
  delivered boolean not null,
  tries integer not null,
  error text,
  at timestamptz(3) not null,
  primary key (incident, n)
);
create index on dispatch.belled (bell, at desc);
grant select, insert, update on dispatch.bell to plumbline_app, plumbline_worker;
grant select, insert on dispatch.belled to plumbline_app, plumbline_worker;
