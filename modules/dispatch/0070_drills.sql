-- Alert drills, apart from everything that is counted: no figure of receipts, of the wall or of incidents reads these tables. `row` of a drill is `DrillRow`,
-- of a unit `DrillUnit` (contract/drill.ts); a unit has a row from the moment at which the drill started.
create table dispatch.drill (
  id text primary key,
  unit text not null,
  bureau text not null,
  phase text not null,
  start timestamptz(3) not null,
  row jsonb not null
);
create index on dispatch.drill (bureau, start desc);
create index on dispatch.drill (unit, start desc);

create table dispatch.drill_unit (
  drill text not null,
  unit text not null,
  sub_bureau text not null,
  bureau text not null,
  row jsonb not null,
  primary key (drill, unit)
);
create index on dispatch.drill_unit (unit);
create index on dispatch.drill_unit (sub_bureau);

alter table dispatch.drill enable row level security;
alter table dispatch.drill_unit enable row level security;
create policy reader on dispatch.drill_unit for select using (
  bureau = any ((select kernel.scope())::text[]) or sub_bureau = any ((select kernel.scope())::text[]) or unit = any ((select kernel.scope())::text[]) or '*' = any ((select kernel.scope())::text[])
);
create policy road_insert on dispatch.drill_unit for insert with check ('*' = any ((select kernel.scope())::text[]));
create policy road_update on dispatch.drill_unit for update using ('*' = any ((select kernel.scope())::text[])) with check ('*' = any ((select kernel.scope())::text[]));
-- A unit below is told of a drill when it starts, not when it is planned.
create policy reader on dispatch.drill for select using (
  bureau = any ((select kernel.scope())::text[]) or unit = any ((select kernel.scope())::text[]) or '*' = any ((select kernel.scope())::text[])
  or exists (select 1 from dispatch.drill_unit u where u.drill = id)
);
create policy road_insert on dispatch.drill for insert with check ('*' = any ((select kernel.scope())::text[]));
create policy road_update on dispatch.drill for update using ('*' = any ((select kernel.scope())::text[])) with check ('*' = any ((select kernel.scope())::text[]));
grant select, insert, update on dispatch.drill, dispatch.drill_unit to plumbline_app, plumbline_worker;
