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

-- By what the figures are broken down, as an expression; `moment`: the column of the time that says to which hour and day a row belongs.
create function dispatch.key_of(breakdown text, moment text, unit_column text) returns text
language sql immutable set search_path = '' as $$
  select case breakdown when 'subBureau' then 'sub_bureau' when 'station' then unit_column when 'kind' then 'kind'
    when 'hour' then format('to_char(%I at time zone ''Asia/Shanghai'', ''HH24'')', moment)
    when 'day' then format('to_char(%I at time zone ''Asia/Shanghai'', ''YYYY-MM-DD'')', moment) end
$$;

-- Lines by when they were sent. Unsigned ones count as long as they were waited for, once that is longer than the first band; the others are `spared`.
create function dispatch.statistics_lines(the_unit text, since timestamptz, until timestamptz, moment timestamptz, breakdown text, bands integer[])
returns table (whole boolean, key text, counts bigint[], mean float8, ranks integer[], signed bigint, spared bigint,
  reached bigint, reached_mean float8, reached_ranks integer[])
language plpgsql stable security definer set search_path = '' set work_mem = '64MB' as $$
declare own record;
begin
  select * into own from dispatch.reached(the_unit);
  if own is null then return; end if;
  return query execute format(
    'select grouping(key) = 1, key, %3$s, %4$s, count(*) filter (where signed), count(*) filter (where wait is null), count(reached), %5$s
     from (
       select %2$s as key, signed is not null as signed, reached, case when signed is not null or took > $5[1] then took end as wait
       from (
         select sub_bureau, unit, kind, sent, signed, reached,
           coalesce(took, least(extract(epoch from $4 - sent) * 1000, 2147483647)::integer) as took
         from dispatch.line where %1$I = $1 and sent >= $2 and sent < $3
       ) line
     ) line group by grouping sets ((key), ())',
    own.line_column, dispatch.key_of(breakdown, 'sent', 'unit'), dispatch.counts_of('wait', '$5', cardinality(bands)),
    dispatch.spread_of('wait'), dispatch.spread_of('reached'))
  using the_unit, since, until, moment, bands;
end
$$;

-- Incidents by when the call came. Of those that are asked for, imported ones or the house's own; `others` is how many of the other sort there are.
-- `…_sources`: by how the end is known, in the order of system, position, radio, typed, imported; `…_left`: missing, typed, mixed, disorder.
create function dispatch.statistics_incidents(
  the_unit text, since timestamptz, until timestamptz, breakdown text, only_imported boolean, arrivals integer[], feedbacks integer[]
)
returns table (whole boolean, key text, incidents bigint, others bigint, cancelled bigint, unheard bigint,
  arrivals_counts bigint[], arrivals_mean float8, arrivals_ranks integer[], arrivals_sources bigint[], arrivals_left bigint[],
  feedbacks_counts bigint[], feedbacks_mean float8, feedbacks_ranks integer[], feedbacks_sources bigint[], feedbacks_left bigint[])
language plpgsql stable security definer set search_path = '' set work_mem = '64MB' as $$
declare
  own record;
  grouped text := 'array[count(*) filter (where @_source = ''system''), count(*) filter (where @_source = ''position''), count(*) filter (where @_source = ''radio''),
    count(*) filter (where @_source = ''typed''), count(*) filter (where @_source = ''imported'')],
    array[count(*) filter (where @_left = ''missing''), count(*) filter (where @_left = ''typed''), count(*) filter (where @_left = ''mixed''),
    count(*) filter (where @_left = ''disorder'')]';
begin
  select * into own from dispatch.reached(the_unit);
  if own is null then return; end if;
  return query execute format(
    'select grouping(key) = 1, key, count(*) filter (where asked), count(*) filter (where not asked), count(*) filter (where asked and cancelled),
       count(*) filter (where asked and unheard), %3$s, %4$s, %5$s, %6$s, %7$s, %8$s
     from (
       select %2$s as key, imported = $4 as asked, cancelled, station is not null and received_source not in (''system'', ''imported'') as unheard,
         case when imported = $4 then arrival end as arrival, case when imported = $4 then arrival_source end as arrival_source,
         case when imported = $4 then arrival_left end as arrival_left,
         case when imported = $4 then feedback end as feedback, case when imported = $4 then feedback_source end as feedback_source,
         case when imported = $4 then feedback_left end as feedback_left
       from dispatch.measured where %1$I = $1 and received >= $2 and received < $3
     ) incident group by grouping sets ((key), ())',
    own.record_column, dispatch.key_of(breakdown, 'received', 'station'),
    dispatch.counts_of('arrival', '$5', cardinality(arrivals)), dispatch.spread_of('arrival'), replace(grouped, '@', 'arrival'),
    dispatch.counts_of('feedback', '$6', cardinality(feedbacks)), dispatch.spread_of('feedback'), replace(grouped, '@', 'feedback'))
  using the_unit, since, until, only_imported, arrivals, feedbacks;
end
$$;

-- How often the most frequent whole second comes among what was measured.
create function dispatch.statistics_repeated(the_unit text, since timestamptz, until timestamptz, breakdown text, only_imported boolean)
returns table (whole boolean, key text, arrival bigint, feedback bigint)
language plpgsql stable security definer set search_path = '' set work_mem = '64MB' as $$
declare own record;
begin
  select * into own from dispatch.reached(the_unit);
  if own is null then return; end if;
  return query execute format(
    'select whole, key, coalesce(max(times) filter (where name = ''arrival''), 0), coalesce(max(times) filter (where name = ''feedback''), 0)
     from (
       select grouping(key) = 1 as whole, key, name, count(*) as times
       from (
         select %2$s as key, name, took / 1000 as second
         from dispatch.measured m, lateral (values (''arrival'', m.arrival), (''feedback'', m.feedback)) one (name, took)
         where %1$I = $1 and received >= $2 and received < $3 and imported = $4 and took is not null
       ) interval group by grouping sets ((key, name, second), (name, second))
     ) often group by 1, 2',
    own.record_column, dispatch.key_of(breakdown, 'received', 'station'))
  using the_unit, since, until, only_imported;
end
$$;

revoke all on function
  dispatch.counts_of,
  dispatch.spread_of,
  dispatch.key_of,
  dispatch.statistics_lines,
  dispatch.statistics_incidents,
  dispatch.statistics_repeated
from public;
grant execute on function
  dispatch.statistics_lines,
  dispatch.statistics_incidents,
  dispatch.statistics_repeated
to plumbline_app;
