-- Which arrivals were faster there than the way allows. Of what there was before nothing is known of the way, so nothing is asked about.
alter table dispatch.measured add column arrival_fast boolean not null default false;

-- How many arrivals of a unit were, by when the call came.
create function dispatch.statistics_fast(the_unit text, since timestamptz, until timestamptz, breakdown text, only_imported boolean)
returns table (whole boolean, key text, times bigint)
language plpgsql stable security definer set search_path = '' set work_mem = '64MB' as $$
declare own record;
begin
  select * into own from dispatch.reached(the_unit);
  if own is null then return; end if;
  return query execute format(
    'select grouping(key) = 1, ' || dispatch.said_of(breakdown) || ', count(*)
     from (
       select %2$s as key from dispatch.measured
       where %1$I = $1 and received >= $2 and received < $3 and imported = $4 and arrival_fast and arrival is not null
     ) one group by grouping sets ((key), ())',
    own.record_column, dispatch.key_of(breakdown, 'received', 'station'))
  using the_unit, since, until, only_imported;
end
$$;

revoke all on function dispatch.statistics_fast from public;
grant execute on function dispatch.statistics_fast to plumbline_app;
