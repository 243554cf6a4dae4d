-- The figures of the statistics. As with the wall they run as their owner and look at the scope themselves: of a unit that is not the reader's they tell
-- nothing. Percentiles are nearest ranks: always a value that was measured. One row with `whole` is the unit's own, the others are of one key each.

-- An array of counts of a column by the bands of a parameter, one more than it has ends.
create function dispatch.counts_of(the_column text, parameter text, ends integer) returns text
language sql immutable set search_path = '' as $$
  select 'array[' || string_agg(format('count(*) filter (where %1$s)', concat_ws(' and ',
    case when n > 1 then format('%I > %s[%s]', the_column, parameter, n - 1) end,
    case when n <= ends then format('%I <= %s[%s]', the_column, parameter, n) end)), ', ' order by n) || ']'
  from generate_series(1, ends + 1) n
$$;

create function dispatch.spread_of(the_column text) returns text
language sql immutable set search_path = '' as $$
  select format('avg(%1$I)::float8, percentile_disc(array[0.5, 0.9, 0.99]) within group (order by %1$I)', the_column)
$$;

-- By what the figures are broken down, as an expression; `moment`: the column of the time that says to which hour and day a row belongs. Texts are dear to
-- make: they are made of what was grouped, by `said_of`.
create function dispatch.key_of(breakdown text, moment text, unit_column text) returns text
language sql immutable set search_path = '' as $$
  select case breakdown when 'subBureau' then 'sub_bureau' when 'station' then unit_column when 'kind' then 'kind'
    when 'hour' then format('extract(hour from %I at time zone ''Asia/Shanghai'')::integer', moment)
    when 'day' then format('(%I at time zone ''Asia/Shanghai'')::date', moment) end
$$;
create function dispatch.said_of(breakdown text) returns text
language sql immutable set search_path = '' as $$
  select case breakdown when 'hour' then 'lpad(key::text, 2, ''0'')' when 'day' then 'to_char(key, ''YYYY-MM-DD'')' else 'key' end
$$;

-- How many incidents there are, by when the call came: of those that are asked for, imported ones or the house's own; `others` are of the other sort.
-- `unheard`: sent to a station, but when the call came is not known by the server's own clock.
create function dispatch.statistics_incidents(the_unit text, since timestamptz, until timestamptz, breakdown text, only_imported boolean)
returns table (whole boolean, key text, incidents bigint, others bigint, cancelled bigint, unheard bigint)
language plpgsql stable security definer set search_path = '' set work_mem = '64MB' as $$
declare own record;
begin
  select * into own from dispatch.reached(the_unit);
  if own is null then return; end if;
  return query execute format(
    'select grouping(key) = 1, ' || dispatch.said_of(breakdown) || ', count(*) filter (where imported = $4), count(*) filter (where imported <> $4),
       count(*) filter (where imported = $4 and cancelled),
       count(*) filter (where imported = $4 and station is not null and received_source not in (''system'', ''imported''))
     from (select %2$s as key, imported, cancelled, station, received_source from dispatch.measured where %1$I = $1 and received >= $2 and received < $3) incident
     group by grouping sets ((key), ())',
    own.record_column, dispatch.key_of(breakdown, 'received', 'station'))
  using the_unit, since, until, only_imported;
end
$$;

-- Lines by when they were sent. Unsigned ones count as long as they were waited for, once that is longer than the first band; the others are `spared`.
create function dispatch.statistics_receipts(the_unit text, since timestamptz, until timestamptz, breakdown text, moment timestamptz, bands integer[])
returns table (whole boolean, key text, counts bigint[], mean float8, ranks integer[], signed bigint, spared bigint)
language plpgsql stable security definer set search_path = '' set work_mem = '64MB' as $$
declare own record;
begin
  select * into own from dispatch.reached(the_unit);
  if own is null then return; end if;
  return query execute format(
    'select grouping(key) = 1, ' || dispatch.said_of(breakdown) || ', %3$s, %4$s, count(*) filter (where signed), count(*) filter (where wait is null)
     from (
       select %2$s as key, signed is not null as signed, case when signed is not null or took > $5[1] then took end as wait
       from (
         select sub_bureau, unit, kind, sent, signed, coalesce(took, least(extract(epoch from $4 - sent) * 1000, 2147483647)::integer) as took
         from dispatch.line where %1$I = $1 and sent >= $2 and sent < $3
       ) line
     ) line group by grouping sets ((key), ())',
    own.line_column, dispatch.key_of(breakdown, 'sent', 'unit'), dispatch.counts_of('wait', '$5', cardinality(bands)), dispatch.spread_of('wait'))
  using the_unit, since, until, moment, bands;
end
$$;

-- From the call to both levels, of the lines of stations, by when they were sent.
create function dispatch.statistics_reached(the_unit text, since timestamptz, until timestamptz, breakdown text)
returns table (whole boolean, key text, reached bigint, mean float8, ranks integer[])
language plpgsql stable security definer set search_path = '' set work_mem = '64MB' as $$
declare own record;
begin
  select * into own from dispatch.reached(the_unit);
  if own is null then return; end if;
  return query execute format(
    'select grouping(key) = 1, ' || dispatch.said_of(breakdown) || ', count(reached), %3$s
     from (select %2$s as key, reached from dispatch.line where %1$I = $1 and sent >= $2 and sent < $3 and level = ''station'') line group by grouping sets ((key), ())',
    own.line_column, dispatch.key_of(breakdown, 'sent', 'unit'), dispatch.spread_of('reached'))
  using the_unit, since, until;
end
$$;

-- Arrivals or feedback, as `span` says, by when the call came. `sources`: how the end is known, in the order of system, position, radio, typed, imported;
-- `remains`: what is in no figure because of missing, typed, mixed, disorder.
create function dispatch.statistics_intervals(
  the_unit text, since timestamptz, until timestamptz, breakdown text, only_imported boolean, span text, bands integer[]
)
returns table (whole boolean, key text, counts bigint[], mean float8, ranks integer[], sources bigint[], remains bigint[])
language plpgsql stable security definer set search_path = '' set work_mem = '64MB' as $$
declare own record;
begin
  select * into own from dispatch.reached(the_unit);
  if own is null then return; end if;
  return query execute format(
    'select grouping(key) = 1, ' || dispatch.said_of(breakdown) || ', %3$s, %4$s,
       array[count(*) filter (where source = ''system''), count(*) filter (where source = ''position''), count(*) filter (where source = ''radio''),
         count(*) filter (where source = ''typed''), count(*) filter (where source = ''imported'')],
       array[count(*) filter (where remains = ''missing''), count(*) filter (where remains = ''typed''), count(*) filter (where remains = ''mixed''),
         count(*) filter (where remains = ''disorder'')]
     from (
       select %2$s as key, %5$I as took, %6$I as source, %7$I as remains
       from dispatch.measured where %1$I = $1 and received >= $2 and received < $3 and imported = $4 and (%5$I is not null or %7$I is not null)
     ) one group by grouping sets ((key), ())',
    own.record_column, dispatch.key_of(breakdown, 'received', 'station'), dispatch.counts_of('took', '$5', cardinality(bands)),
    dispatch.spread_of('took'), span, span || '_source', span || '_left')
  using the_unit, since, until, only_imported, bands;
end
$$;

-- How often the most frequent whole second comes among them.
create function dispatch.statistics_repeated(the_unit text, since timestamptz, until timestamptz, breakdown text, only_imported boolean, span text)
returns table (whole boolean, key text, times bigint)
language plpgsql stable security definer set search_path = '' set work_mem = '64MB' as $$
declare own record;
begin
  select * into own from dispatch.reached(the_unit);
  if own is null then return; end if;
  return query execute format(
    'with often as materialized (
       select %2$s as key, %3$I / 1000 as second, count(*) as times from dispatch.measured
       where %1$I = $1 and received >= $2 and received < $3 and imported = $4 and %3$I is not null group by 1, 2
     )
     select false, ' || dispatch.said_of(breakdown) || ', max(times) from often group by key
     union all select true, null, max(times)::bigint from (select sum(times) as times from often group by second) every',
    own.record_column, dispatch.key_of(breakdown, 'received', 'station'), span)
  using the_unit, since, until, only_imported;
end
$$;

revoke all on function
  dispatch.counts_of,
  dispatch.spread_of,
  dispatch.key_of,
  dispatch.said_of,
  dispatch.statistics_incidents,
  dispatch.statistics_receipts,
  dispatch.statistics_reached,
  dispatch.statistics_intervals,
  dispatch.statistics_repeated
from public;
grant execute on function
  dispatch.statistics_incidents,
  dispatch.statistics_receipts,
  dispatch.statistics_reached,
  dispatch.statistics_intervals,
  dispatch.statistics_repeated
to plumbline_app;
