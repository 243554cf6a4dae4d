-- How places are found. The planner takes the beginning of a word for a common thing and would read the whole table for each key that is typed; it is
-- told not to, once and for every question. Places change seldom and are looked for all day: their index is always whole.
alter index dispatch.place_keys_idx set (fastupdate = off);
select gin_clean_pending_list('dispatch.place_keys_idx');

-- `sought`: the key that is looked for, as the beginning of a word. `names`: what may stand within an address. Rank 0: it is this, 1: it begins so,
-- 2: something in it begins so, 3: its name stands within what is asked.
create function dispatch.places_found(
  the_bureau text, asked text, sought text, names text[], near_lon float8, near_lat float8, most int
) returns table (code text, name text, kind text, unit text, lon float8, lat float8, schematic boolean, stem text, rank int)
language sql stable set search_path = '' set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
  select p.code, p.name, p.kind, p.unit, p.lon, p.lat, p.schematic, p.stem, found.rank
  from dispatch.place p
  cross join lateral (
    select case
      when asked in (p.folded, p.pinyin, p.initials) then 0
      when starts_with(p.folded, asked) or starts_with(p.pinyin, asked) or starts_with(p.initials, asked) then 1
      when p.keys @@ sought::tsquery then 2 else 3 end as rank
  ) found
  where p.path && array[the_bureau] and (p.keys @@ sought::tsquery or p.stem = any (names))
  order by found.rank, case when p.stem = any (names) then length(p.stem) else 0 end desc,
    power((p.lon - near_lon) * cos(radians(near_lat)), 2) + power(p.lat - near_lat, 2), length(p.name), p.name, p.code
  limit most
$$;
revoke all on function dispatch.places_found(text, text, text, text[], float8, float8, int) from public;
grant execute on function dispatch.places_found(text, text, text, text[], float8, float8, int) to plumbline_app;
