-- Series of alert drills. `row` is `SeriesRow` (contract/series.ts); `next` null: it is over.
create table dispatch.drill_series (
  id text primary key,
  unit text not null,
  bureau text not null,
  next timestamptz(3),
  row jsonb not null
);
create index on dispatch.drill_series (bureau, next);
create index on dispatch.drill_series (unit, next);

alter table dispatch.drill_series enable row level security;
-- Units below are not told: who expects a drill is not drilled.
create policy reader on dispatch.drill_series for select using (
  bureau = any ((select kernel.scope())::text[]) or unit = any ((select kernel.scope())::text[]) or '*' = any ((select kernel.scope())::text[])
);
create policy road_insert on dispatch.drill_series for insert with check ('*' = any ((select kernel.scope())::text[]));
create policy road_update on dispatch.drill_series for update using ('*' = any ((select kernel.scope())::text[])) with check ('*' = any ((select kernel.scope())::text[]));
grant select, insert, update on dispatch.drill_series to plumbline_app, plumbline_worker;
