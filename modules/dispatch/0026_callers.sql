-- The incidents of a unit that a number has called about, newest first. As with the words: what a policy guards is looked for by an index only where the
-- owner of the tables asks, so this runs as the owner and looks at the scope itself. Without it every call of the city was read.
create function dispatch.search_caller(the_unit text, the_digits text[], most int) returns table (id text)
language plpgsql stable security definer set search_path = '' as $$
declare
  reach text[] := kernel.scope();
  home record;
begin
  select u.path into home from access.unit_of(the_unit) u;
  if home is null or not (home.path && reach or '*' = any (reach)) then
    return;
  end if;
  return query
    select i.id from dispatch.call c join dispatch.incident i on i.id = c.incident
    where c.row ->> 'number' is not null and regexp_replace(c.row ->> 'number', '\D', '', 'g') = any (the_digits)
      and the_unit in (i.bureau, i.sub_bureau, i.station)
    group by i.id, i.opened_at order by i.opened_at desc limit most;
end
$$;
revoke all on function dispatch.search_caller(text, text[], int) from public;
grant execute on function dispatch.search_caller(text, text[], int) to plumbline_app;
