-- Where the patrols are: a signal, last value only. No event, nothing to rebuild. `path`: the units from the root to the patrol's own.
create table dispatch.signal_patrol (
  account text primary key,
  name text not null,
  unit text not null,
  path text[] not null,
  lon double precision not null,
  lat double precision not null,
  incident text,
  at timestamptz(3) not null
);
alter table dispatch.signal_patrol enable row level security;
create policy reader on dispatch.signal_patrol for select using (
  path && (select kernel.scope())::text[] or '*' = any ((select kernel.scope())::text[])
);
create policy signal_insert on dispatch.signal_patrol for insert with check ('*' = any ((select kernel.scope())::text[]));
create policy signal_update on dispatch.signal_patrol for update using ('*' = any ((select kernel.scope())::text[])) with check ('*' = any ((select kernel.scope())::text[]));
grant select, insert, update on dispatch.signal_patrol to plumbline_app;
grant select on dispatch.signal_patrol to plumbline_worker;
