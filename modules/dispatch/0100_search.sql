-- What other modules look for in the same way is the kernel's: what is left here is whose incidents they are and what they are narrowed by. As before, it runs as
-- its owner and looks at the scope itself.
create or replace function dispatch.search(
  the_unit text, the_words text, the_content text[], the_kinds text[], is_open boolean, since timestamptz, until timestamptz,
  before_time timestamptz, before_id text, most int
) returns table (id text, received timestamptz) language plpgsql stable security definer set search_path = '' as $$
declare
  reach text[] := kernel.scope();
  home record;
begin
  select u.kind, u.path into home from access.unit_of(the_unit) u;
  if home is null or not (home.path && reach or '*' = any (reach)) then
    return;
  end if;
  return query select * from kernel.newest(
    'dispatch.word', 'received',
    format('w.%I = %L', case home.kind when 'station' then 'station' when 'subBureau' then 'sub_bureau' else 'bureau' end, the_unit)
      || case when the_kinds is null then '' else format(' and w.kind = any (%L)', the_kinds) end
      || case when is_open is null then '' when is_open then ' and w.open' else ' and not w.open' end
      || case when since is null then '' else format(' and w.received >= %L', since) end
      || case when until is null then '' else format(' and w.received < %L', until) end,
    the_words, the_content, before_time, before_id, most);
end
$$;
drop function dispatch.words_of(text), dispatch.folded(text);
