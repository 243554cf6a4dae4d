-- How texts are found by their words. Chinese has no spaces, so a run of Han is kept as its pairs of neighbours (a word of any length is the pairs in it) and its
-- last character; everything else as whole words and numbers. Both of folded text: full width is half width, and case is none.
create function kernel.folded(content text) returns text language sql immutable parallel safe set search_path = '' as $$
  select lower(normalize(content, NFKC))
$$;
create function kernel.words_of(content text) returns tsvector language sql immutable parallel safe set search_path = '' as $$
  select coalesce(array_to_tsvector(array_agg(distinct word)), '') from (
    select substr(run[1], i, 2) as word
      from regexp_matches(content, '[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]+', 'g') run, generate_series(1, length(run[1])) i
    union all
    select left(run[1], 60) from regexp_matches(content, '[0-9a-z\u00c0-\u024f]+', 'g') run
  ) words
$$;

-- The newest rows of a table of words that hold all of what is asked (kernel/search.ts, queryOf); null asks for nothing. The table has `id`, `words` and `content`
-- beside its time; `narrowed` is a condition on `w`, made by format(). A common word stands on the newest rows, a rare one is found by its index; which of the
-- two a word is, the planner cannot tell: it takes the pairs of characters of one word for independent and reads the whole of a common word. So the newest are
-- looked through first, and the index is asked only for what is older, when the page is not full by then. The answer is the same.
-- For functions that look at the reader's scope themselves and run as the owner: nobody else may call it.
create function kernel.newest(
  the_table regclass, the_time name, narrowed text, the_words text, parts text[], before_time timestamptz, before_id text, most int
) returns table (id text, at timestamptz) language plpgsql stable set search_path = '' as $$
declare
  looked_through constant int := 3000;
  asked constant text := format(' from %s w where %s', the_table, narrowed)
    || case when before_time is null then '' else format(' and (w.%I, w.id) < ($1, $2)', the_time) end;
  columns constant text := format('select w.id, w.%I as at', the_time);
  ordered constant text := format(' order by w.%I desc, w.id desc limit ', the_time);
  worded constant text := ' w.words @@ $3::tsquery and (select bool_and(position(part in w.content) > 0) from unnest($4) part)';
  found bigint := 0;
  edge record;
begin
  if the_words is null then
    return query execute columns || asked || ordered || '$5' using before_time, before_id, the_words, parts, most;
    return;
  end if;
  return query execute columns || ' from (select w.*' || asked || ordered || looked_through || ') w where' || worded || ordered || '$5'
    using before_time, before_id, the_words, parts, most;
  get diagnostics found = row_count;
  if found >= most then
    return;
  end if;
  execute columns || asked || format(' order by w.%I desc, w.id desc offset %s limit 1', the_time, looked_through - 1) into edge
    using before_time, before_id;
  if edge.id is null then
    return;
  end if;
  return query execute columns || asked || format(' and (w.%I, w.id) < ($6, $7) and', the_time) || worded || ordered || '$5'
    using before_time, before_id, the_words, parts, most - found, edge.at, edge.id;
end
$$;
revoke all on function kernel.folded(text), kernel.words_of(text) from public;
revoke all on function kernel.newest(regclass, name, text, text, text[], timestamptz, text, int) from public;
grant execute on function kernel.folded(text), kernel.words_of(text) to plumbline_app, plumbline_worker;
