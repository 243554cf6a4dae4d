import type pg from 'pg'
import { bureau, caseStation, stations } from '../dispatch/plan.ts'
import { drawn, inBulk, inChunks, textTable, vocabulary, wrongWords } from '../search/million.ts'

const causes = ['殴打他人', '盗窃', '诈骗', '故意损毁财物', '寻衅滋事', '赌博', '非法侵入住宅', '扰乱公共秩序', '阻碍执行职务', '散布谣言']
const names = [...'赵钱孙李周吴郑王冯陈'].flatMap((family) =>
  [...'伟芳娜敏静丽强磊军洋'].flatMap((given) => [...'明华平安'].map((last) => family + given + last)),
)
export const caseVocabulary = { ...vocabulary, causes, names }

/** Of a thousand matters so many are open, each with two limits: 30,000 of a million. */
const openOfThousand = 15
export const openAmong = (rows: number): number => Math.ceil((rows * openOfThousand) / 1000)
const years = 5
/** Of those that are open one in so many waits for its head. */
const proposedEvery = 5
const plateEvery = 50

/** Three matters that went their way over HTTP; every other one is like one of them. */
export interface Templates {
  readonly closed: string
  readonly accepted: string
  readonly proposed: string
}

const templatesSql = `
  create temp table template as select kind, m.phase, m.source, m.row, t.persons
  from unnest($1::text[], $2::text[]) given (kind, id) join cases.matter m using (id) join cases.told t using (id);
  create temp table limit_template as select kind, d.rule, d.row, row_number() over (partition by kind order by d.due) - 1 as at
  from unnest($1::text[], $2::text[]) given (kind, id) join cases.due d using (id);
  create temp table task_template as select kind, k.act, k.key, split_part(k.who, '@', 1) as role, k.who, k.apart, k.row
  from unnest($1::text[], $2::text[]) given (kind, id) join cases.task k using (id)`

/** The rows `$1` to `$2` of the views as the road would have written them; `$3` is when the first was registered, `$4` now, `$5` the last one that is closed. */
const rowsSql = (rows: number) => `
with drawn as (
  select i, md5('matter ' || i)::uuid::text as id, $3::timestamptz + i * interval '${(years * 365 * 86_400) / rows} seconds' as registered,
    $4::timestamptz + (abs(hashint8extended(i, 20)) % 4320 - 800) * interval '1 minute' as due,
    ${drawn(1, stations.length)} as station, ${drawn(2, vocabulary.leads.length)} as lead, ${drawn(3, vocabulary.details.length)} as detail,
    ${drawn(4, vocabulary.objects.length)} as object, ${drawn(5, vocabulary.streets.length)} as street, ${drawn(6, 400)} + 1 as door,
    ${drawn(7, causes.length)} as cause, ${drawn(8, names.length)} as name,
    case when i % ${plateEvery} = 0 then lower('A' || lpad(${drawn(9, 100_000)}::text, 5, '0')) end as plate,
    case when i <= $5 then 'closed' when i % ${proposedEvery} = 0 then 'proposed' else 'accepted' end as kind
  from generate_series($1::bigint, $2::bigint) i
), made as materialized (
  select d.*, s.code, array['${bureau}', s.sub_bureau, s.code] as path, c.text as cause_text, n.text as name_text,
    s.code || '-' || to_char(d.registered at time zone 'Asia/Shanghai', 'YYYY') || '-J' || 1000000 + i as number,
    to_char(d.registered at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as time,
    case s.code when '${caseStation}' then $6 else md5('officer ' || s.code)::uuid::text end as account,
    l.text || '，' || e.text || '，' || o.text || coalesce('，车牌 ' || upper(d.plate), '') as narrative, a.text || ' ' || d.door || ' 号' as place,
    l.words || e.words || o.words || a.words || c.words || n.words || array_to_tsvector(array[d.door::text, '号'])
      || case when d.plate is null then ''::tsvector else array_to_tsvector(array['车牌', '牌', d.plate]) end as words
  from drawn d join lead l on l.n = d.lead join detail e on e.n = d.detail join object o on o.n = d.object join street a on a.n = d.street
    join cause c on c.n = d.cause join name n on n.n = d.name join station s on s.n = d.station
), matters as (
  insert into cases.matter (id, number, case_number, incident, phase, source, path, readers, registered, row)
  select m.id, m.number, null, null, t.phase, t.source, m.path, m.path, m.registered, t.row || jsonb_build_object(
    'id', m.id, 'number', m.number, 'unit', m.code, 'path', m.path, 'first', m.code, 'cause', m.cause_text, 'gist', left(m.narrative, 120), 'place', m.place,
    'received', m.time, 'registered', m.time, 'officers', jsonb_build_array(jsonb_build_object('account', m.account, 'name', '办案民警')))
  from made m join template t using (kind)
), words as (
  insert into cases.word (id, path, registered, content, words)
  select id, path, registered, kernel.folded(concat_ws(E'\\n', narrative, cause_text, place, name_text)), words from made
), limits as (
  insert into cases.due (id, rule, path, due, state, row)
  select m.id, t.rule, m.path, ends, state, t.row || jsonb_build_object('id', m.id, 'number', m.number, 'cause', m.cause_text, 'unit', m.code, 'from', m.time,
    'due', to_char(ends at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'state', state)
  from made m join limit_template t using (kind), lateral (select m.due + t.at * interval '2 days' as ends) ended,
    lateral (select case when ends < $4 then 'breached' when ends < $4::timestamptz + interval '4 hours' then 'warned' else 'running' end as state) stands
), tasks as (
  insert into cases.task (id, act, key, who, apart, path, due, row)
  select m.id, t.act, t.key, case when t.role = t.who then m.account else t.role || '@' || m.code end, case when t.apart = '{}' then t.apart else array[m.account] end,
    m.path, m.due, t.row || jsonb_build_object('id', m.id, 'number', m.number, 'cause', m.cause_text, 'unit', m.code,
      'due', to_char(m.due at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'state', case when m.due < $4 then 'breached' else 'running' end)
  from made m join task_template t using (kind)
)
insert into cases.told (id, narrative, persons, code, receipt_by)
select m.id, m.narrative, jsonb_set(t.persons, '{0,personName}', to_jsonb(m.name_text)), 'ABCDEFGHJK', m.account from made m join template t using (kind)`

const tables = ['matter', 'told', 'word', 'due', 'task']

interface Given {
  readonly url: string
  readonly rows: number
  /** Now, in milliseconds since 1970. */
  readonly now: number
  readonly templates: Templates
  /** The account of the station's officer. */
  readonly officer: string
}

/** Gathers as many matters as these into a scratch database, over five years up to now; the newest are open. */
export const fillCases = ({ url, rows, now, templates, officer }: Given): Promise<{ wrong: number; limits: number }> =>
  inBulk(
    url,
    tables.map((table) => `cases.${table}`),
    async (client) => {
      await textTable(client, 'cause', causes)
      await textTable(client, 'name', names)
      await readTemplates(client, templates)
      const first = new Date(now - years * 365 * 86_400_000).toISOString()
      const values = [first, new Date(now).toISOString(), rows - 1 - openAmong(rows), officer]
      const text = rowsSql(rows)
      await inChunks(rows, (from, to) => client.query(text, [from, to, ...values]))
      const { rows: counted } = await client.query<{ limits: number }>('select count(*)::int as limits from cases.due')
      return { wrong: await wrongWords(client, 'cases.word'), limits: counted[0]?.limits ?? 0 }
    },
  )

async function readTemplates(client: pg.Client, templates: Templates): Promise<void> {
  for (const text of templatesSql.split(';')) await client.query(text, [Object.keys(templates), Object.values(templates)])
}
