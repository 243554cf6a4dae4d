-- What is measured of an incident beside its lines, one narrow row each: how long until somebody was there, and from then until the feedback. As with the
-- lines a time that a person gave counts from when the server had it. An interval whose beginning only a person knows is not measured: `…_left` says why
-- one is left out. `…_source`: how the end of one that counts is known. Imported incidents have a row as well, so that they can be asked for alone.
create table dispatch.measured (
  incident text primary key,
  bureau text not null,
  sub_bureau text,
  station text,
  kind text not null,
  received timestamptz(3) not null,
  received_source text not null,
  imported boolean not null,
  cancelled boolean not null,
  arrival integer,
  arrival_source text,
  arrival_left text,
  feedback integer,
  feedback_source text,
  feedback_left text
);

create function dispatch.interval_of(begun jsonb, ended jsonb, imported boolean) returns table (took integer, source text, remains text)
language sql immutable set search_path = '' as $$
  select case when why is null then least(span, 2147483647)::integer end, case when why is null then ended ->> 'source' end, why
  from (select extract(epoch from (ended ->> case ended ->> 'source' when 'typed' then 'at' else 'time' end)::timestamptz - (begun ->> 'time')::timestamptz) * 1000 as span) one,
    lateral (select case when ended is null then null when begun is null then 'missing'
      when (begun ->> 'source' = 'imported') <> imported or (ended ->> 'source' = 'imported') <> imported then 'mixed'
      when begun ->> 'source' = 'typed' then 'typed' when span < 0 then 'disorder' end as why) two
  where ended is not null
$$;

-- The same as `measuredOf` in measured.ts says, of what there was before.
insert into dispatch.measured
select i.id, i.bureau, i.sub_bureau, i.station, i.row ->> 'kind', (i.row -> 'received' ->> 'time')::timestamptz, i.row -> 'received' ->> 'source',
  (i.row ->> 'imported')::boolean, i.row ->> 'phase' = 'cancelled',
  arrival.took, arrival.source, arrival.remains, feedback.took, feedback.source, feedback.remains
from dispatch.incident i
  left join lateral dispatch.interval_of(i.row -> 'received', i.row -> 'milestones' -> 'arrived', (i.row ->> 'imported')::boolean) arrival on true
  left join lateral dispatch.interval_of(i.row -> 'milestones' -> 'arrived', i.row -> 'milestones' -> 'reported', (i.row ->> 'imported')::boolean) feedback on true;

drop function dispatch.interval_of(jsonb, jsonb, boolean);

create index on dispatch.measured (bureau, received);
create index on dispatch.measured (sub_bureau, received);
create index on dispatch.measured (station, received);

alter table dispatch.measured enable row level security;
create policy reader on dispatch.measured for select using (
  bureau = any ((select kernel.scope())::text[]) or sub_bureau = any ((select kernel.scope())::text[]) or station = any ((select kernel.scope())::text[]) or '*' = any ((select kernel.scope())::text[])
);
create policy road_insert on dispatch.measured for insert with check ('*' = any ((select kernel.scope())::text[]));
create policy road_update on dispatch.measured for update using ('*' = any ((select kernel.scope())::text[])) with check ('*' = any ((select kernel.scope())::text[]));
grant select, insert, update on dispatch.measured to plumbline_app, plumbline_worker;

-- The type of its incident beside every line: a month of a city is more than a million lines, too many to look each up.
alter table dispatch.line add column kind text;
update dispatch.line l set kind = i.row ->> 'kind' from dispatch.incident i where i.id = l.incident;
