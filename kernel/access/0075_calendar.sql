-- What administrators have set of the days off and working weekends of a year, over those that the house comes with (kernel/calendar/years.ts). Made from the
-- events of the streams `calendar:<year>`; `n` is the place in that stream. Rows are only added: a version is in force until the next one is recorded.
create table access.calendar (
  year integer not null,
  n integer not null,
  by text not null,
  reason text not null,
  at timestamptz(3) not null,
  row jsonb not null,
  primary key (year, n)
);
grant select, insert on access.calendar to plumbline_app, plumbline_worker;
