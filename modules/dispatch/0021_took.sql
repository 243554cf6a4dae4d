-- How long a line was waited for, in milliseconds, kept beside it: a day of a city is 44,000 lines, and intervals are dear to compare. Null while it waits.
alter table dispatch.line add column took integer
  generated always as (
    case when signed is not null or ended is not null then least(extract(epoch from coalesce(signed, ended) - sent) * 1000, 2147483647)::integer end
  ) stored;

drop function dispatch.wall_lines(text, timestamptz, timestamptz, interval[]);

-- Every line that was sent today, by how long it was waited for: those that were signed, and those that were not for longer than the first band.
-- `bands`: where each ends, in milliseconds. Those that still wait are few, and are read from their own index.
create function dispatch.wall_lines(the_unit text, moment timestamptz, day timestamptz, bands integer[])
returns table (counts bigint[], reached bigint, mean float8, p90 float8)
language plpgsql stable security definer set search_path = '' as $$
declare own record;
begin
  select * into own from dispatch.reached(the_unit);
  if own is null then return; end if;
  return query execute format(
    'select array[ended.first + waiting.first, ended.second + waiting.second, ended.third + waiting.third, ended.last + waiting.last], ended.reached, mean, p90
     from (
       select count(*) filter (where took <= $4[1] and signed is not null) as first, count(*) filter (where took > $4[1] and took <= $4[2]) as second,
         count(*) filter (where took > $4[2] and took <= $4[3]) as third, count(*) filter (where took > $4[3]) as last,
         count(reached) as reached, avg(reached)::float8 as mean, percentile_cont(0.9) within group (order by reached) as p90
       from dispatch.line where %1$I = $1 and sent >= $3
     ) ended, (
       select 0 as first, count(*) filter (where took <= $4[2]) as second, count(*) filter (where took > $4[2] and took <= $4[3]) as third,
         count(*) filter (where took > $4[3]) as last
       from (
         select extract(epoch from $2 - sent) * 1000 as took from dispatch.line
         where bureau = $5 and signed is null and ended is null and %1$I = $1 and sent >= $3
       ) line where took > $4[1]
     ) waiting', own.line_column)
  using the_unit, moment, day, bands, own.bureau;
end
$$;
revoke all on function dispatch.wall_lines(text, timestamptz, timestamptz, integer[]) from public;
grant execute on function dispatch.wall_lines(text, timestamptz, timestamptz, integer[]) to plumbline_app;
