-- What a force has set for itself: dated rows, made from the events of the streams `setting:<key>`. `n` is the place in that stream.
create table access.setting (
  key text not null,
  n integer not null,
  unit text not null,
  value double precision,
  from_at timestamptz(3) not null,
  by text not null,
  reason text not null,
  at timestamptz(3) not null,
  primary key (key, n)
);
grant select, insert on access.setting to plumbline_app, plumbline_worker;
