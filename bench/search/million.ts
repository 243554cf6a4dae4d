import pg from 'pg'
import { kinds } from '#modules/dispatch/rules/kinds.ts'
import { bureau, stations } from '../dispatch/plan.ts'

/** Texts are put together from these, so that a word is common, seldom or once in a city; a lead belongs to its kind of incident. */
const leads = [
  '邻居因停车发生争执，双方情绪激动',
  '两名男子在饭店门口持木棍互殴，一人头部流血',
  '手机在地铁站出站口被扒窃，嫌疑人往北走',
  '楼上装修持续到深夜，多次劝说无效',
  '出租车与电动自行车相撞，骑车人腿部擦伤',
  '八十二岁老人晨练未归，身穿灰色棉衣',
  '租客与房东因押金争执，要求民警到场调解',
  '接到自称客服的电话，被骗转账',
  '夜里听到隔壁摔东西和哭喊声',
  '商店卷帘门被撬，柜台内香烟被盗',
  '醉酒男子躺在路边，呼叫不醒',
  '广场舞音响声音太大，孩子无法写作业',
]
const details = [
  '现场有人围观',
  '报警人在东门等候',
  '对方有两人',
  '已拨打急救电话',
  '监控可以看到经过',
  '嫌疑人已经离开',
  '孩子在哭',
  '没有人受伤',
  '车辆堵住消防通道',
  '物业正在劝阻',
]
const objects = [...'红橙黄绿青蓝紫黑白灰'].flatMap((colour) =>
  ['轿车', '背包', '外套', '电动车', '雨伞'].map((thing) => `${colour}色${thing}`),
)
const streets = ['建国', '朝阳', '东直', '西直', '安定', '德胜', '广渠', '崇文', '宣武', '和平'].flatMap((name) =>
  ['门大街', '里东路', '里西街', '北巷', '南胡同', '桥东路', '园路', '市场街'].map((end) => name + end),
)
export const vocabulary = { leads, details, objects, streets, kinds: kinds.map(({ code }) => code) }

/** Incidents of one day; a chunk is what one statement writes. */
export const perDay = 22_000
const chunk = 50_000
const openAtEnd = 800
const plateEvery = 50

/** A number below `end` that belongs to row `i` and this salt: every fill is the same. */
export const drawn = (salt: number, end: string | number): string => `(abs(hashint8extended(i, ${salt})) % ${end})::int`

/** A table of this connection with these texts, numbered from 0, and their words. */
export const textTable = (client: pg.Client, name: string, texts: readonly string[]) =>
  client.query(
    `create temp table ${name} as select n::int - 1 as n, text, kernel.words_of(kernel.folded(text)) as words from unnest($1::text[]) with ordinality as list (text, n)`,
    [texts],
  )

/**
 * The rows `from` to `to` as the views would have written them. A text's words are those of its parts put together: the parts never touch, a comma or a space
 * stands between them.
 */
const rowsSql = `
with drawn as (
  select i, md5('incident ' || i)::uuid::text as id, md5('call ' || i)::uuid::text as call,
    $3::timestamptz + (i / ${perDay}) * interval '1 day' + (i % ${perDay}) * interval '3.9 seconds' as received,
    ${drawn(1, stations.length)} as station, ${drawn(2, leads.length)} as lead, ${drawn(3, details.length)} as detail, ${drawn(4, objects.length)} as object,
    ${drawn(5, streets.length)} as street, ${drawn(6, 400)} + 1 as door, ${drawn(7, kinds.length)} as kind, ${drawn(8, 100_000_000)} as phone,
    case when i % ${plateEvery} = 0 then lower('A' || lpad(${drawn(9, 100_000)}::text, 5, '0')) end as plate, i > $4 as open
  from generate_series($1::bigint, $2::bigint) i
), made as materialized (
  select d.*, s.code, s.sub_bureau, k.code as kind_code,
    to_char(d.received at time zone 'Asia/Shanghai', 'YY-MMDD-') || lpad((i % ${perDay} + 1)::text, 5, '0') as number,
    to_char(d.received at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as time,
    l.text || '，' || e.text || '，' || o.text || coalesce('，车牌 ' || upper(d.plate), '') as narrative, a.text || ' ' || d.door || ' 号' as place,
    l.words || e.words || o.words || a.words || array_to_tsvector(array[d.door::text, '号'])
      || case when d.plate is null then ''::tsvector else array_to_tsvector(array['车牌', '牌', d.plate]) end as words
  from drawn d join lead l on l.n = d.lead join detail e on e.n = d.detail join object o on o.n = d.object join street a on a.n = d.street
    join station s on s.n = d.station join kind k on k.n = d.kind
), incidents as (
  insert into dispatch.incident (id, number, bureau, sub_bureau, station, taker, open, lon, lat, opened_at, row)
  select id, number, '${bureau}', sub_bureau, code, 'taker', open, null, null, received, jsonb_build_object(
    'id', id, 'number', number, 'n', 9, 'phase', case when open then 'arrived' else 'closed' end, 'kind', kind_code, 'priority', 3, 'narrative', narrative,
    'place', jsonb_build_object('kind', 'described', 'text', place), 'bureau', '${bureau}', 'subBureau', sub_bureau, 'station', code,
    'received', stamp, 'opened', time, 'imported', false, 'handlers', jsonb_build_array('王某'), 'urged', 0, 'findings', 0, 'calls', 1, 'taker', 'taker',
    'milestones', jsonb_build_object('assigned', stamp, 'underWay', stamp, 'arrived', stamp),
    'lines', jsonb_build_array(
      jsonb_build_object('line', 1, 'unit', code, 'level', 'station', 'sent', stamp, 'delivered', stamp, 'seen', stamp, 'signed', stamp, 'ended', null),
      jsonb_build_object('line', 2, 'unit', sub_bureau, 'level', 'subBureau', 'sent', stamp, 'delivered', stamp, 'seen', stamp, 'signed', stamp, 'ended', null)))
  from made, lateral (select jsonb_build_object('time', time, 'source', 'system', 'at', time, 'by', '王某') as stamp) stamped
), words as (
  insert into dispatch.word (id, bureau, sub_bureau, station, open, kind, received, content, words)
  select id, '${bureau}', sub_bureau, code, open, kind_code, received, kernel.folded(narrative || ' ' || place), words from made
)
insert into dispatch.call (id, incident, row)
select call, id, jsonb_build_object('id', call, 'channel', 'voice', 'number', '139' || lpad(phone::text, 8, '0'), 'name', '周某', 'text', null,
  'received', jsonb_build_object('time', time, 'source', 'system', 'at', time, 'by', '王某'))
from made`

const tables = ['incident', 'word', 'call']

/** What texts and units are drawn from, as tables of this connection: lead, detail, object, street with their words, and station. */
async function vocabularyTables(client: pg.Client): Promise<void> {
  for (const [name, texts] of Object.entries({ lead: leads, detail: details, object: objects, street: streets }))
    await textTable(client, name, texts)
  await client.query(
    `create temp table station as select n::int - 1 as n, code, sub_bureau from unnest($1::text[], $2::text[]) with ordinality as list (code, sub_bureau, n)`,
    [stations.map(({ code }) => code), stations.map(({ subBureau }) => subBureau)],
  )
}

/** Writes into these tables of a scratch database as fast as it can be done: without a log, the indexes made when the rows are there. */
export async function inBulk<Done>(url: string, tables: readonly string[], write: (client: pg.Client) => Promise<Done>): Promise<Done> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    await client.query(`set maintenance_work_mem = '512MB'; set work_mem = '256MB'`)
    await vocabularyTables(client)
    const indexes = await client.query<{ name: string; definition: string }>(
      `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i
       where i.indrelid = any ($1::regclass[]) and not i.indisprimary`,
      [tables],
    )
    for (const table of tables) await client.query(`alter table ${table} set unlogged`)
    for (const { name } of indexes.rows) await client.query(`drop index ${name}`)
    const done = await write(client)
    for (const { definition } of indexes.rows) await client.query(definition)
    for (const table of tables) await client.query(`vacuum analyze ${table}`)
    return done
  } finally {
    await client.end()
  }
}

/** Writes rows `0` to `rows - 1`, one statement for each chunk of them. */
export async function inChunks(rows: number, write: (from: number, to: number) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < rows; from += chunk) await write(from, Math.min(rows, from + chunk) - 1)
}

/** How many of a sample of a table of words have others than those of their text. */
export async function wrongWords(client: pg.Client, table: string): Promise<number> {
  const checked = await client.query<{ wrong: number }>(
    `select count(*) filter (where words <> kernel.words_of(content))::int as wrong from ${table} tablesample bernoulli (0.5)`,
  )
  return checked.rows[0]?.wrong ?? -1
}

/** Gathers as many incidents as these into a scratch database. */
export const fill = (url: string, rows: number, first: string): Promise<{ wrong: number }> =>
  inBulk(
    url,
    tables.map((table) => `dispatch.${table}`),
    async (client) => {
      await client.query(
        `create temp table kind as select n::int - 1 as n, code from unnest($1::text[]) with ordinality as list (code, n)`,
        [vocabulary.kinds],
      )
      await inChunks(rows, (from, to) => client.query(rowsSql, [from, to, first, rows - 1 - openAtEnd]))
      return { wrong: await wrongWords(client, 'dispatch.word') }
    },
  )
