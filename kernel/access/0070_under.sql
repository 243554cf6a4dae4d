-- The open units strictly below one, from the top down.
create function access.under(the_unit text) returns table (code text, kind text, parent text)
language sql stable security definer set search_path = '' as $$
  select u.code, u.kind, u.parent from access.unit u
  where u.path @> array[$1] and u.code <> $1 and not u.closed
  order by array_length(u.path, 1), u.code
$$;
revoke all on function access.under(text) from public;
grant execute on function access.under(text) to plumbline_app, plumbline_worker;
