-- A common word stands on the unit's newest incidents, a rare one is found by its index; which of the two a word is, the planner cannot tell: it takes the pairs of
-- characters of one word for independent and reads the whole of a common word. So the newest are looked through first, and the index is asked only for what is
-- older, when the page is not full by then. The answer is the same.
create or replace function dispatch.search(
  the_unit text, the_words text, the_content text[], the_kinds text[], is_open boolean, since timestamptz, until timestamptz,
  before_time timestamptz, before_id text, most int
) returns table (id text, received timestamptz) language plpgsql stable security definer set search_path = '' as $$
declare
  reach text[] := kernel.scope();
  home record;
  newest constant int := 3000;
  asked text;
  worded constant text := ' w.words @@ $2::tsquery and (select bool_and(position(part in w.content) > 0) from unnest($3) part)';
  ordered constant text := ' order by w.received desc, w.id desc limit ';
  found bigint := 0;
  edge record;
begin
  select u.kind, u.path into home from access.unit_of(the_unit) u;
  if home is null or not (home.path && reach or '*' = any (reach)) then
    return;
  end if;
  asked := ' from dispatch.word w where w.'
    || case home.kind when 'station' then 'station' when 'subBureau' then 'sub_bureau' else 'bureau' end || ' = $1'
    || case when the_kinds is null then '' else ' and w.kind = any ($4)' end
    || case when is_open is null then '' when is_open then ' and w.open' else ' and not w.open' end
    || case when since is null then '' else ' and w.received >= $5' end
    || case when until is null then '' else ' and w.received < $6' end
    || case when before_time is null then '' else ' and (w.received, w.id) < ($7, $8)' end;
  if the_words is null then
    return query execute 'select w.id, w.received' || asked || ordered || '$9'
      using the_unit, the_words, the_content, the_kinds, since, until, before_time, before_id, most;
    return;
  end if;
  return query execute
    'select w.id, w.received from (select w.id, w.received, w.words, w.content' || asked || ordered || newest || ') w where' || worded || ordered || '$9'
    using the_unit, the_words, the_content, the_kinds, since, until, before_time, before_id, most;
  get diagnostics found = row_count;
  if found >= most then
    return;
  end if;
  execute 'select w.received, w.id' || asked || ' order by w.received desc, w.id desc offset ' || newest - 1 || ' limit 1' into edge
    using the_unit, the_words, the_content, the_kinds, since, until, before_time, before_id;
  if edge.id is null then
    return;
  end if;
  return query execute 'select w.id, w.received' || asked || ' and (w.received, w.id) < ($10, $11) and' || worded || ordered || '$9'
    using the_unit, the_words, the_content, the_kinds, since, until, before_time, before_id, most - found, edge.received, edge.id;
end
$$;
