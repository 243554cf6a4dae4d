-- Views of the dispatch streams. `row` is the record as boards show it (contract.ts, IncidentRow); the columns beside it are for finding it.
create schema dispatch;
grant usage on schema dispatch to plumbline_app, plumbline_worker;

create table dispatch.incident (
  id text primary key,
  number text not null,
  bureau text not null,
  sub_bureau text,
  station text,
  taker text not null,
  open boolean not null,
  lon double precision,
  lat double precision,
  opened_at timestamptz(3) not null,
  row jsonb not null
);
create unique index incident_number on dispatch.incident (number);
create index on dispatch.incident (bureau, opened_at desc) where open;
create index on dispatch.incident (sub_bureau, opened_at desc) where open;
create index on dispatch.incident (station, opened_at desc) where open;
create index on dispatch.incident (taker, opened_at desc);
create index unplaced on dispatch.incident (bureau) where open and station is null;

-- Personal data of callers: apart from the board's row, read only with the whole record.
create table dispatch.call (
  id text primary key,
  incident text not null,
  row jsonb not null
);
create index on dispatch.call (incident);

alter table dispatch.incident enable row level security;
alter table dispatch.call enable row level security;
create policy reader on dispatch.incident for select using (
  bureau = any ((select kernel.scope())::text[]) or sub_bureau = any ((select kernel.scope())::text[]) or station = any ((select kernel.scope())::text[]) or '*' = any ((select kernel.scope())::text[])
);
create policy road_insert on dispatch.incident for insert with check ('*' = any ((select kernel.scope())::text[]));
create policy road_update on dispatch.incident for update using ('*' = any ((select kernel.scope())::text[])) with check ('*' = any ((select kernel.scope())::text[]));
create policy reader on dispatch.call for select using (
  exists (select 1 from dispatch.incident i where i.id = incident) or '*' = any ((select kernel.scope())::text[])
);
create policy road_insert on dispatch.call for insert with check ('*' = any ((select kernel.scope())::text[]));
grant select, insert, update on dispatch.incident to plumbline_app, plumbline_worker;
grant select, insert on dispatch.call to plumbline_app, plumbline_worker;

-- Where a day's numbers begin: numbers are unique and never wait for one another; a rolled-back one leaves a gap.
create sequence dispatch.number;
create table dispatch.day (
  day date primary key,
  base bigint not null
);
create function dispatch.next_number(moment timestamptz) returns text language plpgsql security definer set search_path = '' as $$
declare
  today date := (moment at time zone 'Asia/Shanghai')::date;
  drawn bigint := nextval('dispatch.number');
  start bigint;
begin
  select base into start from dispatch.day where day = today;
  if start is null then
    insert into dispatch.day (day, base) values (today, drawn - 1) on conflict do nothing;
    select base into start from dispatch.day where day = today;
  end if;
  -- Drawn before the day's base was set by a rival: the rival's base may lie above it.
  if drawn <= start then
    drawn := nextval('dispatch.number');
  end if;
  return to_char(today, 'YY-MMDD-') || lpad((drawn - start)::text, 5, '0');
end
$$;
revoke all on function dispatch.next_number(timestamptz) from public;
grant execute on function dispatch.next_number(timestamptz) to plumbline_app, plumbline_worker;
