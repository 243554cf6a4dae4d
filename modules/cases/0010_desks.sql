-- What is looked for in reports and cases: their words, apart from the row that every step rewrites. As kernel/search.ts and its functions have it.
create table cases.word (
  id text primary key,
  path text[] not null,
  registered timestamptz(3) not null,
  content text not null,
  words tsvector not null
);
insert into cases.word (id, path, registered, content, words)
select m.id, m.path, m.registered, content, kernel.words_of(content)
from cases.matter m join cases.told t using (id), kernel.folded(t.words) content;
alter table cases.told drop column words;

create index on cases.word using gin (words);
create index on cases.word ((path[1]), registered desc, id desc);
create index on cases.word ((path[2]), registered desc, id desc);
create index on cases.word ((path[3]), registered desc, id desc);
create index on cases.word ((path[4]), registered desc, id desc);

alter table cases.word enable row level security;
create policy reader on cases.word for select using (path && (select kernel.scope()) or '*' = any ((select kernel.scope())::text[]));
create policy road_insert on cases.word for insert with check ('*' = any ((select kernel.scope())::text[]));
create policy road_update on cases.word for update using ('*' = any ((select kernel.scope())::text[])) with check ('*' = any ((select kernel.scope())::text[]));
grant select, insert, update on cases.word to plumbline_app, plumbline_worker;

-- The matters of a unit that hold all of what is asked, newest first. It runs as its owner, for no policy lets the word index be used, and looks at the scope itself.
create function cases.search(the_unit text, the_words text, parts text[], before_time timestamptz, before_id text, most int)
returns table (id text, at timestamptz) language plpgsql stable security definer set search_path = '' as $$
declare
  reach text[] := kernel.scope();
  home text[];
begin
  select u.path into home from access.unit_of(the_unit) u;
  if home is null or not (home && reach or '*' = any (reach)) then
    return;
  end if;
  return query select * from kernel.newest(
    'cases.word', 'registered', format('(w.path[%s]) = %L', cardinality(home), the_unit), the_words, parts, before_time, before_id, most);
end
$$;
revoke all on function cases.search(text, text, text[], timestamptz, text, int) from public;
grant execute on function cases.search(text, text, text[], timestamptz, text, int) to plumbline_app;

-- How each limit on the boards stands: running, warned or breached; for the counts at their head, which read no row.
alter table cases.due add column state text;
update cases.due d set state = one ->> 'state'
from (select id, row from cases.matter union all select id, row from cases.question) r, jsonb_array_elements(r.row -> 'limits') one
where r.id = d.id and concat_ws(':', one -> 'limit' ->> 'rule', one ->> 'subject') = d.rule;
update cases.due set row = row - 'breached' || jsonb_build_object('state', state);
alter table cases.due alter column state set not null;

-- What is to be done in a matter or a question and by whom: an account, or `<role>@<unit>` for whoever holds the role at this very unit. `apart`: the accounts
-- that may not, because they handle or have proposed it themselves. `row`: Chore (contract/board.ts). `due` null: no limit runs for it.
create table cases.task (
  id text not null,
  act text not null,
  key text not null,
  who text not null,
  apart text[] not null,
  path text[] not null,
  due timestamptz(3),
  row jsonb not null,
  primary key (id, act, key, who)
);
create index on cases.task (who, due, id);
alter table cases.task enable row level security;
create policy reader on cases.task for select using (path && (select kernel.scope()) or '*' = any ((select kernel.scope())::text[]));
create policy road_insert on cases.task for insert with check ('*' = any ((select kernel.scope())::text[]));
create policy road_delete on cases.task for delete using ('*' = any ((select kernel.scope())::text[]));
grant select, insert, delete on cases.task to plumbline_app, plumbline_worker;
-- What stood before, as decide/tasks.ts says it.
with matter as (
  select m.id, m.path, m.phase, m.row, m.row ->> 'unit' as unit,
    (select c.code from unnest(m.path) with ordinality p (code, n) cross join lateral access.unit_of(p.code) c
      where c.kind in ('subBureau', 'bureau') order by p.n desc limit 1) as county,
    array(select one ->> 'account' from jsonb_array_elements(m.row -> 'officers') one) as accounts,
    jsonb_build_object('of', 'matter', 'id', m.id, 'number', coalesce(m.case_number, m.number), 'cause', m.row -> 'cause', 'unit', m.row -> 'unit') as about
  from cases.matter m
), question as (
  select q.id, q.path, q.phase, q.row, q.row ->> 'station' as station, coalesce((q.path)[cardinality(q.path) - 1], q.row ->> 'station') as over,
    jsonb_build_object('of', 'question', 'id', q.id, 'number', q.row -> 'incidentNumber', 'cause', q.row -> 'incidentKind', 'unit', q.row -> 'station') as about
  from cases.question q
), runs as (
  select id, one -> 'limit' ->> 'rule' as rule, concat_ws(':', one -> 'limit' ->> 'rule', one ->> 'subject') as key,
    split_part(one -> 'limit' ->> 'rule', '.', 1) || ' ' || coalesce(one ->> 'subject', '') as kind, one -> 'limit' ->> 'due' as due, one ->> 'state' as state
  from (select id, row from cases.matter union all select id, row from cases.question) r, jsonb_array_elements(r.row -> 'limits') one
  where one ->> 'state' in ('running', 'warned', 'breached') and not (one -> 'limit' ->> 'standing')::boolean
), first as (
  select distinct on (id) * from runs order by id, due
), own as (
  select distinct on (m.id, r.kind) m.id, m.path, m.about, 'limit' as act, r.rule, r.key, null::text as detail, r.due, r.state, '{}'::text[] as apart,
    case when m.accounts = '{}' then array['stationDuty@' || m.unit, 'caseOfficer@' || m.unit] else m.accounts end as who
  from matter m join runs r using (id) where r.rule <> 'intake-transfer-24h' order by m.id, r.kind, r.due
), given as (
  select * from own
  union all
  select m.id, m.path, m.about, 'transfer', r.rule, coalesce(r.key, ''), null, r.due, coalesce(r.state, 'running'),
    case when m.row ->> 'nature' = 'criminal' then array[m.row -> 'transfer' ->> 'account'] else '{}' end,
    case when m.row ->> 'nature' = 'criminal' or (m.row ->> 'transfers')::int > 0 then array['unitHead@' || m.county]
      else array['stationDuty@' || m.unit, 'unitHead@' || m.unit] end
  from matter m left join runs r on r.id = m.id and r.rule = 'intake-transfer-24h' where m.phase = 'transferring'
  union all
  select m.id, m.path, m.about, case m.phase when 'accepted' then 'proposeFiling' else 'giveNotice' end, f.rule, coalesce(f.key, ''), null, f.due, coalesce(f.state, 'running'), '{}',
    case when m.accounts = '{}' then array['stationDuty@' || m.unit, 'caseOfficer@' || m.unit] else m.accounts end
  from matter m left join first f using (id)
  where (m.phase = 'accepted' or (m.phase = 'refused' and not (m.row ->> 'noticed')::boolean)) and not exists (select from own o where o.id = m.id)
  union all
  select m.id, m.path, m.about, 'approveFiling', f.rule, coalesce(f.key, ''), null, f.due, coalesce(f.state, 'running'),
    array(select distinct one from unnest(m.row -> 'proposal' ->> 'account' || m.accounts) one order by one),
    array['unitHead@' || case when m.row -> 'proposal' ->> 'caseKind' = 'criminal' then m.county else m.unit end]
  from matter m left join first f using (id) where m.phase = 'proposed'
  union all
  select m.id, m.path, m.about, 'approve', f.rule, asked ->> 'request', 'act.' || (asked ->> 'kind'), f.due, coalesce(f.state, 'running'),
    array(select distinct one from unnest(asked ->> 'account' || m.accounts) one order by one),
    array['unitHead@' || case when asked ->> 'level' in ('stationHead', 'departmentHead') then m.unit when asked ->> 'level' <> 'nextHigher' then m.county
      else coalesce(m.path[array_position(m.path, m.county) - 1], m.county) end]
  from matter m left join first f using (id), jsonb_array_elements(coalesce(m.row -> 'requests', '[]')) asked
  union all
  select q.id, q.path, q.about, 'confirmExplanation', f.rule, coalesce(f.key, ''), null, f.due, coalesce(f.state, 'running'), array[q.row -> 'explained' ->> 'account'],
    array['subBureauDuty@' || q.over, 'unitHead@' || q.over, 'legalReviewer@' || q.over]
  from question q left join first f using (id) where q.phase = 'explained'
  union all
  select q.id, q.path, q.about, 'explain', f.rule, coalesce(f.key, ''), null, f.due, coalesce(f.state, 'running'), '{}',
    array['stationDuty@' || q.station, 'caseOfficer@' || q.station, 'unitHead@' || q.station]
  from question q left join first f using (id) where q.phase = 'open'
  union all
  select q.id, q.path, q.about, 'climbed', r.rule, coalesce(r.key, ''), null, r.due, coalesce(r.state, 'running'), '{}',
    array['subBureauDuty@' || q.over, 'unitHead@' || q.over, 'legalReviewer@' || q.over]
  from question q left join runs r on r.id = q.id and r.rule = 'question-climbed'
  where q.phase = 'open' and exists (select from jsonb_array_elements(q.row -> 'limits') one where one ->> 'state' = 'breached')
)
insert into cases.task (id, act, key, who, apart, path, due, row)
select id, act, key, one, apart, path, due::timestamptz,
  about || jsonb_build_object('act', act, 'key', key, 'detail', detail, 'rule', rule, 'due', due, 'state', state)
from given, unnest(who) one;
