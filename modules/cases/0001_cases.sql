-- Views of the streams of reports and cases. `row` is the record as lists show it (contract.ts, MatterRow); the columns beside it are for finding it.
create schema cases;
grant usage on schema cases to plumbline_app, plumbline_worker;

create table cases.matter (
  id text primary key,
  number text not null,
  case_number text,
  incident text,
  phase text not null,
  source text not null,
  -- From the root to the unit that has it, and every unit that may read it: of the first one, too.
  path text[] not null,
  readers text[] not null,
  registered timestamptz(3) not null,
  row jsonb not null
);
create unique index matter_number on cases.matter (number);
create unique index matter_case_number on cases.matter (case_number) where case_number is not null;
create unique index matter_incident on cases.matter (incident) where incident is not null;
create index on cases.matter ((path[1]), registered desc, id desc);
create index on cases.matter ((path[2]), registered desc, id desc);
create index on cases.matter ((path[3]), registered desc, id desc);
create index on cases.matter ((path[4]), registered desc, id desc);

-- What was told and who is in it: personal data, apart from the row of the lists, read only with the whole record. `words`: folded, for searching, without hidden names.
create table cases.told (
  id text primary key,
  narrative text not null,
  persons jsonb not null,
  code text,
  receipt_by text,
  words text not null
);

create table cases.question (
  id text primary key,
  path text[] not null,
  phase text not null,
  closed timestamptz(3) not null,
  due timestamptz(3),
  row jsonb not null
);
create index on cases.question ((path[1]), due) where phase in ('open', 'explained');
create index on cases.question ((path[2]), due) where phase in ('open', 'explained');
create index on cases.question ((path[3]), due) where phase in ('open', 'explained');

-- The limits that run, of matters and of questions.
create table cases.due (
  id text not null,
  rule text not null,
  path text[] not null,
  due timestamptz(3) not null,
  row jsonb not null,
  primary key (id, rule)
);
create index on cases.due ((path[1]), due);
create index on cases.due ((path[2]), due);
create index on cases.due ((path[3]), due);
create index on cases.due ((path[4]), due);

alter table cases.matter enable row level security;
alter table cases.told enable row level security;
alter table cases.question enable row level security;
alter table cases.due enable row level security;
create policy reader on cases.matter for select using (readers && (select kernel.scope()) or '*' = any ((select kernel.scope())::text[]));
create policy road_insert on cases.matter for insert with check ('*' = any ((select kernel.scope())::text[]));
create policy road_update on cases.matter for update using ('*' = any ((select kernel.scope())::text[])) with check ('*' = any ((select kernel.scope())::text[]));
create policy reader on cases.told for select using (exists (select from cases.matter m where m.id = told.id) or '*' = any ((select kernel.scope())::text[]));
create policy road_insert on cases.told for insert with check ('*' = any ((select kernel.scope())::text[]));
create policy road_update on cases.told for update using ('*' = any ((select kernel.scope())::text[])) with check ('*' = any ((select kernel.scope())::text[]));
create policy reader on cases.question for select using (path && (select kernel.scope()) or '*' = any ((select kernel.scope())::text[]));
create policy road_insert on cases.question for insert with check ('*' = any ((select kernel.scope())::text[]));
create policy road_update on cases.question for update using ('*' = any ((select kernel.scope())::text[])) with check ('*' = any ((select kernel.scope())::text[]));
create policy reader on cases.due for select using (path && (select kernel.scope()) or '*' = any ((select kernel.scope())::text[]));
create policy road_insert on cases.due for insert with check ('*' = any ((select kernel.scope())::text[]));
create policy road_delete on cases.due for delete using ('*' = any ((select kernel.scope())::text[]));
grant select, insert, update on cases.matter, cases.told, cases.question to plumbline_app, plumbline_worker;
grant select, insert, delete on cases.due to plumbline_app, plumbline_worker;

-- What a force has set for itself: dated rows, made from the events of the streams `setting:<key>`. `n` is the place in that stream.
create table cases.setting (
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
grant select, insert on cases.setting to plumbline_app, plumbline_worker;

-- The last number of each unit, series and year. Whoever draws one holds the row until the end of his transaction: a number that was refused was never drawn,
-- so there is neither a gap nor a double.
create table cases.counter (
  unit text not null,
  series text not null,
  year integer not null,
  last integer not null,
  primary key (unit, series, year)
);
create function cases.next_number(the_unit text, the_series text, moment timestamptz) returns text language sql security definer set search_path = '' as $$
  insert into cases.counter as c (unit, series, year, last)
  values ($1, $2, extract(year from $3 at time zone 'Asia/Shanghai')::int, 1)
  on conflict (unit, series, year) do update set last = c.last + 1
  returning unit || '-' || year || '-' || series || lpad(last::text, 5, '0')
$$;
revoke all on function cases.next_number(text, text, timestamptz) from public;
grant execute on function cases.next_number(text, text, timestamptz) to plumbline_app, plumbline_worker;
