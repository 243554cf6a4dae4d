-- Demonstration only: the seats that visitors have taken, and until when a simulation counts as running. Every server of the demonstration knows them.
create table kernel.signal_seat (
  login text primary key,
  until timestamptz not null
);
create table kernel.signal_simulation (
  one boolean primary key default true check (one),
  until timestamptz not null
);
grant select, insert, update, delete on kernel.signal_seat to plumbline_app;
grant select, insert, update on kernel.signal_simulation to plumbline_app;
