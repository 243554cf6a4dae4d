-- Who holds a role at a unit or below it, for a reader whose scope lies on the way to that unit; nobody for anybody else.
create function access.holders(the_role text, the_unit text) returns table (id uuid, name text, unit text)
language sql stable security definer set search_path = '' as $$
  select distinct on (a.id) a.id, a.name, g.unit
  from access.unit asked
    join access.unit u on u.path @> array[asked.code]
    join access.grant_ g on g.unit = u.code and g.role = $1
    join access.account a on a.id = g.account and not a.closed
  where asked.code = $2 and (asked.path && kernel.scope() or '*' = any (kernel.scope()))
  order by a.id, g.unit
$$;
grant execute on function access.holders(text, text) to plumbline_app, plumbline_worker;
