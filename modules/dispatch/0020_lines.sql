-- The lines of dispatches as they are measured: by the server's own moments alone, whatever time a person gave. What was imported is not measured and has
-- no row. `ended`: when an unsigned line was no longer waited for. `reached`: on the standing line of a station, the milliseconds from the call until both
-- levels had it; null while one has not, and for ever where the call's own time was typed.
create table dispatch.line (
  incident text not null,
  line integer not null,
  bureau text not null,
  sub_bureau text not null,
  unit text not null,
  level text not null,
  sent timestamptz(3) not null,
  signed timestamptz(3),
  ended timestamptz(3),
  reached integer,
  primary key (incident, line)
);

-- The same as `measured` in lines.ts says, of what there was before.
insert into dispatch.line
select record.id, line.number, record.bureau,
  case line.level when 'subBureau' then line.unit else coalesce(
    (select o ->> 'unit' from jsonb_array_elements(record.lines) o
     where o ->> 'level' = 'subBureau' and (o -> 'sent' ->> 'at')::timestamptz <= line.sent order by (o ->> 'line')::integer desc limit 1),
    line.unit) end,
  line.unit, line.level, line.sent, line.signed,
  coalesce(line.ended, case record.phase when 'cancelled' then line.sent when 'closed' then record.closed end),
  case when line.level = 'station' and line.ended is null and record.source = 'system' then (
    select case when count(*) = count(o -> 'delivered' ->> 'time') and count(distinct o ->> 'level') = 2
      then round(extract(epoch from max((o -> 'delivered' ->> 'time')::timestamptz) - record.received) * 1000)::integer end
    from jsonb_array_elements(record.lines) o where o ->> 'ended' is null) end
from (
  select id, bureau, row -> 'lines' as lines, row ->> 'phase' as phase, row -> 'received' ->> 'source' as source,
    (row -> 'received' ->> 'time')::timestamptz as received, (row -> 'milestones' -> 'closed' ->> 'at')::timestamptz as closed
  from dispatch.incident where not (row ->> 'imported')::boolean
) record, lateral (
  select (o ->> 'line')::integer as number, o ->> 'unit' as unit, o ->> 'level' as level, (o -> 'sent' ->> 'at')::timestamptz as sent,
    (o -> 'signed' ->> 'at')::timestamptz as signed, (o ->> 'ended')::timestamptz as ended
  from jsonb_array_elements(record.lines) o
) line;

create index on dispatch.line (bureau, sent);
create index on dispatch.line (sub_bureau, sent);
create index on dispatch.line (unit, sent);
create index waiting on dispatch.line (bureau, sent) where signed is null and ended is null;

alter table dispatch.line enable row level security;
create policy reader on dispatch.line for select using (
  bureau = any ((select kernel.scope())::text[]) or sub_bureau = any ((select kernel.scope())::text[]) or unit = any ((select kernel.scope())::text[]) or '*' = any ((select kernel.scope())::text[])
);
create policy road_insert on dispatch.line for insert with check ('*' = any ((select kernel.scope())::text[]));
create policy road_update on dispatch.line for update using ('*' = any ((select kernel.scope())::text[])) with check ('*' = any ((select kernel.scope())::text[]));
grant select, insert, update on dispatch.line to plumbline_app, plumbline_worker;

-- Calls by when they came: an instant is kept as text that sorts as it passes.
create index call_received on dispatch.call ((row -> 'received' ->> 'time') collate "C");

-- The figures of the wall. Ranges under a policy use no index, so these run as their owner, as dispatch.search does, and look at the scope themselves:
-- of a unit that is not the reader's they tell nothing. The statements are made for the unit's level, each read from the index of its column.
create function dispatch.reached(the_unit text) returns table (bureau text, record_column text, line_column text)
language sql stable security definer set search_path = '' as $$
  select u.bureau, case u.kind when 'station' then 'station' when 'subBureau' then 'sub_bureau' else 'bureau' end,
    case u.kind when 'station' then 'unit' when 'subBureau' then 'sub_bureau' else 'bureau' end
  from access.unit_of(the_unit) u where u.path && kernel.scope() or '*' = any (kernel.scope())
$$;

create function dispatch.wall_calls(the_unit text, since timestamptz) returns bigint
language plpgsql stable security definer set search_path = '' as $$
declare
  own record;
  amount bigint;
begin
  select * into own from dispatch.reached(the_unit);
  if own is null then return null; end if;
  execute format(
    'select count(*) from dispatch.call c join dispatch.word w on w.id = c.incident
     where (c.row -> ''received'' ->> ''time'') collate "C" > $2 and w.%I = $1', own.record_column)
  into amount using the_unit, to_char(since at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
  return amount;
end
$$;

create function dispatch.wall_kinds(the_unit text, hour timestamptz, day timestamptz)
returns table (kind text, in_hour bigint, in_day bigint, over bigint) language plpgsql stable security definer set search_path = '' as $$
declare own record;
begin
  select * into own from dispatch.reached(the_unit);
  if own is null then return; end if;
  return query execute format(
    'select w.kind, count(*) filter (where w.received > $2), count(*) filter (where w.received >= $3), count(*) filter (where w.received >= $3 and not w.open)
     from dispatch.word w where w.%I = $1 and w.received >= least($2, $3) group by 1', own.record_column)
  using the_unit, hour, day;
end
$$;

-- Every line that was sent today, by how long it was waited for: those that were signed, and those that were not for longer than the first band.
create function dispatch.wall_lines(the_unit text, moment timestamptz, day timestamptz, bands interval[])
returns table (band_1 bigint, band_2 bigint, band_3 bigint, band_4 bigint, reached bigint, mean float8, p90 float8)
language plpgsql stable security definer set search_path = '' as $$
declare own record;
begin
  select * into own from dispatch.reached(the_unit);
  if own is null then return; end if;
  return query execute format(
    'select count(*) filter (where signed is not null and wait <= $4[1]), count(*) filter (where wait > $4[1] and wait <= $4[2]),
       count(*) filter (where wait > $4[2] and wait <= $4[3]), count(*) filter (where wait > $4[3]),
       count(reached), avg(reached)::float8, percentile_cont(0.9) within group (order by reached)
     from (select signed, reached, coalesce(signed, ended, $2) - sent as wait from dispatch.line where %I = $1 and sent >= $3) line', own.line_column)
  using the_unit, moment, day, bands;
end
$$;

create function dispatch.wall_waiting(the_unit text)
returns table (lines bigint, since timestamptz, lon float8, lat float8) language plpgsql stable security definer set search_path = '' as $$
declare own record;
begin
  select * into own from dispatch.reached(the_unit);
  if own is null then return; end if;
  return query execute format(
    'with waiting as materialized (select incident, sent from dispatch.line where bureau = $2 and signed is null and ended is null and %I = $1)
     select (select count(*) from waiting), first.sent, round(i.lon::numeric, 3)::float8, round(i.lat::numeric, 3)::float8
     from (select * from waiting order by sent, incident limit 1) first join dispatch.incident i on i.id = first.incident', own.line_column)
  using the_unit, own.bureau;
end
$$;

-- The slowest line of each unit, of those that wait and those that were sent since.
create function dispatch.wall_slowest(the_unit text, moment timestamptz, since timestamptz, most int)
returns table (unit text, level text, sent timestamptz, signed timestamptz, ended timestamptz) language plpgsql stable security definer set search_path = '' as $$
declare own record;
begin
  select * into own from dispatch.reached(the_unit);
  if own is null then return; end if;
  return query execute format(
    'select unit, level, sent, signed, ended from (
       select distinct on (unit) * from (
         select unit, level, sent, signed, ended, coalesce(signed, ended, $2) - sent as wait from dispatch.line
         where %1$I = $1 and sent > $3
         union all
         select unit, level, sent, signed, ended, $2 - sent from dispatch.line
         where bureau = $5 and signed is null and ended is null and %1$I = $1 and sent <= $3
       ) line order by unit, wait desc, sent
     ) slowest order by wait desc, unit limit $4', own.line_column)
  using the_unit, moment, since, most, own.bureau;
end
$$;

-- Where what is open lies, to about a hundred metres: a dot for the room, no address.
create function dispatch.wall_spots(the_unit text, most int) returns table (lon float8, lat float8)
language plpgsql stable security definer set search_path = '' as $$
declare own record;
begin
  select * into own from dispatch.reached(the_unit);
  if own is null then return; end if;
  return query execute format(
    'select round(lon::numeric, 3)::float8, round(lat::numeric, 3)::float8 from dispatch.incident
     where open and %I = $1 and lon is not null order by opened_at desc limit $2', own.record_column)
  using the_unit, most;
end
$$;

revoke all on function
  dispatch.reached,
  dispatch.wall_calls,
  dispatch.wall_kinds,
  dispatch.wall_lines,
  dispatch.wall_waiting,
  dispatch.wall_slowest,
  dispatch.wall_spots
from public;
grant execute on function
  dispatch.reached,
  dispatch.wall_calls,
  dispatch.wall_kinds,
  dispatch.wall_lines,
  dispatch.wall_waiting,
  dispatch.wall_slowest,
  dispatch.wall_spots
to plumbline_app;
