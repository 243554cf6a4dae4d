-- What the heads of the agency are to discuss stands on their desks, and of a case that is over no review or hearing does; for what stood before, as
-- decide/tasks.ts says it.
select set_config('plumbline.scope', '*', true);
delete from cases.task t using cases.matter m
where m.id = t.id and t.act in ('review', 'hearing')
  and (m.phase in ('closed', 'terminated') or m.row ->> 'caseKind' is distinct from 'administrative');
insert into cases.task (id, act, key, who, apart, path, due, row)
select m.id, 'discuss', p.person, 'unitHead@' || c.code, coalesce(l.apart, '{}'), m.path, l.due,
  coalesce(l.row, jsonb_build_object(
    'of', 'matter', 'id', m.id, 'number', m.case_number, 'cause', m.row ->> 'cause', 'unit', m.row ->> 'unit', 'rule', null, 'due', null, 'state', 'running'))
    || jsonb_build_object('act', 'discuss', 'key', p.person, 'detail', null, 'asked', null)
from cases.matter m
cross join lateral (
  select t.data ->> 'person' as person from kernel.trace('cases', m.id) t
  where t.type in ('penaltyDrafted', 'reviewAsked', 'penaltyReviewed', 'penaltyDiscussed', 'penaltyDecided')
  group by 1
  having max(t.n) filter (where t.type = 'penaltyReviewed' and t.data ->> 'conclusion' = 'passed')
    > greatest(max(t.n) filter (where t.type in ('penaltyDrafted', 'reviewAsked')), max(t.n) filter (where t.type in ('penaltyDiscussed', 'penaltyDecided')))
    and (array_agg(t.data ->> 'complex' order by t.n desc) filter (where t.type = 'penaltyDrafted'))[1] = 'true'
) p
cross join lateral (
  select u.code from unnest(m.path) with ordinality o (code, n) cross join lateral access.unit_of(o.code) u
  where u.kind in ('subBureau', 'bureau') order by o.n desc limit 1
) c
left join lateral (
  select t.apart, t.due, t.row from cases.task t where t.id = m.id and t.act = 'limit' and t.due is not null order by t.due limit 1
) l on true
where m.row ->> 'caseKind' = 'administrative' and m.phase not in ('closed', 'terminated');
