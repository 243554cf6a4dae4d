-- Who asks for what waits for a head or a reviewer, since when and why, on every row of cases.task; what stood before, as decide/tasks.ts says it.
select set_config('plumbline.scope', '*', true);
create function pg_temp.last_of(the_stream text, the_type text, the_person text) returns table (at text, by text, data jsonb) language sql as $$
  select to_char(t.at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), coalesce(t.by ->> 'name', t.by ->> 'system'), t.data
  from kernel.trace('cases', the_stream) t
  where t.type = the_type and (the_person is null or t.data ->> 'person' = the_person) order by t.n desc limit 1
$$;
update cases.task t set row = t.row || jsonb_build_object('asked', (
  select jsonb_build_object('by', asked ->> 'by', 'at', asked ->> 'at', 'reason', asked ->> 'reason', 'level', asked ->> 'level', 'article', asked ->> 'article')
  from (
    select one as asked from cases.matter m, jsonb_array_elements(m.row -> 'requests') one
    where t.act = 'approve' and m.id = t.id and one ->> 'request' = t.key
    union all
    select m.row -> 'proposal' || jsonb_build_object('at', l.at) from cases.matter m, pg_temp.last_of(m.id, 'filingProposed', null) l
    where t.act = 'approveFiling' and m.id = t.id
    union all
    select m.row -> 'transfer' || jsonb_build_object('at', l.at) from cases.matter m, pg_temp.last_of(m.id, 'transferProposed', null) l
    where t.act = 'transfer' and m.id = t.id
    union all
    select q.row -> 'explained' from cases.question q where t.act = 'confirmExplanation' and q.id = t.id
    union all
    select jsonb_build_object('by', l.by, 'at', l.at, 'reason', l.data -> 'corrected') from pg_temp.last_of(t.id, 'reviewAsked', t.key) l where t.act = 'review'
  ) found
));
drop function pg_temp.last_of(text, text, text);
