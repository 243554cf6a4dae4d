-- The views of the tests' own module.
create schema probe;
grant usage on schema probe to plumbline_app, plumbline_worker;

create table probe.note (
  id text primary key,
  unit text not null,
  slug text constraint slug_taken unique,
  amount integer constraint amount_even check (amount % 2 = 0),
  row jsonb not null
);
alter table probe.note enable row level security;
create policy reader on probe.note for select using (
  unit = any ((select kernel.scope())::text[]) or 'B1' = any ((select kernel.scope())::text[]) or '*' = any ((select kernel.scope())::text[])
);
create policy road_insert on probe.note for insert with check ('*' = any ((select kernel.scope())::text[]));
create policy road_update on probe.note for update using ('*' = any ((select kernel.scope())::text[])) with check ('*' = any ((select kernel.scope())::text[]));
grant select, insert, update on probe.note to plumbline_app, plumbline_worker;

-- While a word stands here the reaction to it fails.
create table probe.blocked (
  word text primary key
);
grant select on probe.blocked to plumbline_app, plumbline_worker;
