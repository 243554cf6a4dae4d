-- What is looked for in incidents: their words, apart from the row that every receipt rewrites. Chinese has no spaces, so a run of Han is kept as its pairs
-- of neighbours (a word of any length is the pairs in it) and its last character; everything else as whole words and numbers. Both of folded text:
-- full width is half width, and case is none.
create function dispatch.folded(content text) returns text language sql immutable parallel safe set search_path = '' as $$
  select lower(normalize(content, NFKC))
$$;
create function dispatch.words_of(content text) returns tsvector language sql immutable parallel safe set search_path = '' as $$
  select coalesce(array_to_tsvector(array_agg(distinct word)), '') from (
    select substr(run[1], i, 2) as word
      from regexp_matches(content, '[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]+', 'g') run, generate_series(1, length(run[1])) i
    union all
    select left(run[1], 60) from regexp_matches(content, '[0-9a-z\u00c0-\u024f]+', 'g') run
  ) words
$$;

create table dispatch.word (
  id text primary key,
  bureau text not null,
  sub_bureau text,
  station text,
  open boolean not null,
  kind text not null,
  received timestamptz(3) not null,
  content text not null,
  words tsvector not null
);

insert into dispatch.word (id, bureau, sub_bureau, station, open, kind, received, content, words)
select id, bureau, sub_bureau, station, open, row ->> 'kind', (row -> 'received' ->> 'time')::timestamptz, content, dispatch.words_of(content)
from dispatch.incident, lateral (select dispatch.folded(concat_ws(' ', row ->> 'narrative', row -> 'place' ->> 'text'))) made (content);

create index on dispatch.word using gin (words);
create index on dispatch.word (bureau, received desc, id desc);
create index on dispatch.word (sub_bureau, received desc, id desc);
create index on dispatch.word (station, received desc, id desc);
create index on dispatch.word (bureau, kind, received desc, id desc);
create index on dispatch.word (sub_bureau, kind, received desc, id desc);
create index on dispatch.word (bureau, received desc, id desc) where open;
create index on dispatch.word (sub_bureau, received desc, id desc) where open;

alter table dispatch.word enable row level security;
create policy reader on dispatch.word for select using (
  bureau = any ((select kernel.scope())::text[]) or sub_bureau = any ((select kernel.scope())::text[]) or station = any ((select kernel.scope())::text[]) or '*' = any ((select kernel.scope())::text[])
);
create policy road_insert on dispatch.word for insert with check ('*' = any ((select kernel.scope())::text[]));
create policy road_update on dispatch.word for update using ('*' = any ((select kernel.scope())::text[])) with check ('*' = any ((select kernel.scope())::text[]));
grant select, insert, update on dispatch.word to plumbline_app, plumbline_worker;
revoke all on function dispatch.words_of(text), dispatch.folded(text) from public;
grant execute on function dispatch.words_of(text), dispatch.folded(text) to plumbline_app, plumbline_worker;

-- The callers' numbers, by their digits alone.
create index call_digits on dispatch.call (regexp_replace(row ->> 'number', '\D', '', 'g')) where row ->> 'number' is not null;

-- The incidents of a unit, newest first, that have all of what is asked for; null asks for nothing. A policy would keep the word index from being used, because
-- what it compares could tell of rows that are not the reader's; so this runs as its owner and looks at the scope itself. The statement is made for
-- what is asked: a rare word is found by its index, a common one by walking the unit's newest.
create function dispatch.search(
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
  return query execute
    'select w.id, w.received from dispatch.word w where w.'
    || case home.kind when 'station' then 'station' when 'subBureau' then 'sub_bureau' else 'bureau' end || ' = $1'
    || case when the_words is null then '' else ' and w.words @@ $2::tsquery and (select bool_and(position(part in w.content) > 0) from unnest($3) part)' end
    || case when the_kinds is null then '' else ' and w.kind = any ($4)' end
    || case when is_open is null then '' when is_open then ' and w.open' else ' and not w.open' end
    || case when since is null then '' else ' and w.received >= $5' end
    || case when until is null then '' else ' and w.received < $6' end
    || case when before_time is null then '' else ' and (w.received, w.id) < ($7, $8)' end
    || ' order by w.received desc, w.id desc limit $9'
  using the_unit, the_words, the_content, the_kinds, since, until, before_time, before_id, most;
end
$$;
revoke all on function dispatch.search(text, text, text[], text[], boolean, timestamptz, timestamptz, timestamptz, text, int) from public;
grant execute on function dispatch.search(text, text, text[], text[], boolean, timestamptz, timestamptz, timestamptz, text, int) to plumbline_app;
