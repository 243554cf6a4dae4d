-- Shifts at the desks of units: each desk has one that runs, at most. `silent`: since when nothing has been heard of a running one.
create table dispatch.shift (
  id text primary key,
  unit text not null,
  path text[] not null,
  running boolean not null,
  since timestamptz(3) not null,
  silent timestamptz(3),
  row jsonb not null
);
create unique index one_shift_a_desk on dispatch.shift (unit) where running;
create index on dispatch.shift (unit, since desc);
create index on dispatch.shift using gin (path);

-- Who is on a running shift now: nobody is at two desks.
create table dispatch.on_shift (
  account text not null constraint one_desk_a_person primary key,
  shift text not null
);
create index on dispatch.on_shift (shift);

-- Which screens of a desk say that they are there: a signal, last value only. No event, nothing to rebuild.
create table dispatch.signal_screen (
  unit text not null,
  account text not null,
  screen text not null,
  path text[] not null,
  at timestamptz(3) not null,
  visible boolean not null,
  primary key (unit, account, screen)
);
create index on dispatch.signal_screen (unit, at);
create index on dispatch.signal_screen (at);

alter table dispatch.shift enable row level security;
create policy reader on dispatch.shift for select using (
  path && (select kernel.scope())::text[] or '*' = any ((select kernel.scope())::text[])
);
create policy road_insert on dispatch.shift for insert with check ('*' = any ((select kernel.scope())::text[]));
create policy road_update on dispatch.shift for update using ('*' = any ((select kernel.scope())::text[])) with check ('*' = any ((select kernel.scope())::text[]));
grant select, insert, update on dispatch.shift to plumbline_app, plumbline_worker;

alter table dispatch.on_shift enable row level security;
create policy reader on dispatch.on_shift for select using ('*' = any ((select kernel.scope())::text[]));
create policy road_insert on dispatch.on_shift for insert with check ('*' = any ((select kernel.scope())::text[]));
create policy road_delete on dispatch.on_shift for delete using ('*' = any ((select kernel.scope())::text[]));
grant select, insert, delete on dispatch.on_shift to plumbline_app, plumbline_worker;

alter table dispatch.signal_screen enable row level security;
create policy reader on dispatch.signal_screen for select using (
  path && (select kernel.scope())::text[] or '*' = any ((select kernel.scope())::text[])
);
create policy signal_insert on dispatch.signal_screen for insert with check ('*' = any ((select kernel.scope())::text[]));
create policy signal_update on dispatch.signal_screen for update using ('*' = any ((select kernel.scope())::text[])) with check ('*' = any ((select kernel.scope())::text[]));
create policy signal_delete on dispatch.signal_screen for delete using ('*' = any ((select kernel.scope())::text[]));
grant select, insert, update, delete on dispatch.signal_screen to plumbline_app;
grant select on dispatch.signal_screen to plumbline_worker;
