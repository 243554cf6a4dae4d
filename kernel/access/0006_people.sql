-- Accounts at or below a unit, a page of them, for a reader whose scope lies on the way to that unit; nobody for anybody else. `words` are part of a login or
-- of a name, `spelled` are whole names; both empty: everybody. The first column counts all of them.
create function access.people(
  the_unit text, words text, spelled text[], the_role text, with_closed boolean, skipped integer, most integer
) returns table (
  total bigint, id uuid, login text, name text, unit text, grants jsonb, second_factor boolean, closed boolean
) language sql stable security definer set search_path = '' as $$
  with below as materialized (
    select u.code from access.unit asked join access.unit u on u.path @> array[asked.code]
    where asked.code = $1 and (asked.path && kernel.scope() or '*' = any (kernel.scope()))
  ), hit as materialized (
    select a.id, a.login from access.account a
    where a.unit in (select code from below) and ($5 or not a.closed)
      and ($2 = '' or position($2 in a.login) > 0 or position($2 in a.name) > 0 or a.name in (select unnest($3)))
      and ($4 is null or a.id in (select g.account from access.grant_ g where g.role = $4))
  )
  select (select count(*) from hit), a.id, a.login, a.name, a.unit, access.grants_of(a.id), a.factor is not null, a.closed
  from (select hit.id from hit order by hit.login offset $6 limit $7) page join access.account a on a.id = page.id
  order by a.login
$$;

-- Every name that somebody at or below the unit has, a line each, for the same readers.
create function access.names(the_unit text) returns text
language sql stable security definer set search_path = '' as $$
  select string_agg(name, chr(10)) from (
    select a.name
    from access.unit asked
      join access.unit u on u.path @> array[asked.code]
      join access.account a on a.unit = u.code
    where asked.code = $1 and (asked.path && kernel.scope() or '*' = any (kernel.scope()))
    group by a.name
  ) names
$$;

-- How many open accounts at or below the unit hold each of the three offices, for the same readers.
create function access.offices(the_unit text) returns table (role text, holders bigint)
language sql stable security definer set search_path = '' as $$
  select g.role, count(*)
  from access.unit asked
    join access.unit u on u.path @> array[asked.code]
    join access.account a on a.unit = u.code and not a.closed
    join access.grant_ g on g.account = a.id
  where asked.code = $1 and (asked.path && kernel.scope() or '*' = any (kernel.scope()))
    and g.role in ('systemAdministrator', 'securityAdministrator', 'auditAdministrator')
  group by g.role
$$;

revoke all on function access.people(text, text, text[], text, boolean, integer, integer), access.names(text), access.offices(text) from public;
grant execute on function access.people(text, text, text[], text, boolean, integer, integer), access.names(text), access.offices(text)
  to plumbline_app, plumbline_worker;
