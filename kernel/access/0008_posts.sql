-- The open stations and sub-bureaus of one bureau that have a position: where people come to, so modules find them as places.
create function access.posts(the_bureau text)
returns table (code text, kind text, name text, parent text, lon float8, lat float8, schematic boolean)
language sql stable security definer set search_path = '' as $$
  select u.code, u.kind, u.name, u.parent, (u.position)[0], (u.position)[1], u.schematic from access.unit u
  where u.bureau = $1 and u.kind in ('station', 'subBureau') and u.position is not null and not u.closed;
$$;
revoke all on function access.posts(text) from public;
grant execute on function access.posts(text) to plumbline_app, plumbline_worker;
