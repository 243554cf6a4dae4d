import pg from 'pg'
import { endServer, openServer } from './dispatch/children.ts'
import { ask } from './dispatch/messages.ts'
import { bureau, loginOf, password, stations, subBureaus, supervisor } from './dispatch/plan.ts'
import { dayOf } from '#kernel/day.ts'
import type { Result } from './result.ts'

const [past, today] = [1_000_000, 22_000]
const pastDays = 45
const times = 200
const limit = 50
/** A month’s statistics are asked for now and then, a wall all the time. */
const [monthDays, monthTimes, monthLimit] = [30, 10, 3000]

/** Ten to midnight where the force is: the day is as full as it becomes. */
const moment = new Date(Math.floor((Date.now() + 8 * 3_600_000) / 86_400_000) * 86_400_000 + 15 * 3_600_000 + 50 * 60_000).toISOString()
const now = `'${moment}'::timestamptz`
const start = `(${now} - interval '1430 minutes')`
/** One incident in every two hundred is never signed, one in thirty after the first band; what came within ninety minutes is open. */
const made = `
  create temp table made as
  select gen_random_uuid()::text as id, gen_random_uuid()::text as call, n, (array['theft', 'noise', 'dispute', 'missing', 'collision', 'fraud'])[1 + n % 6] as kind,
    unit.code as station, unit.sub_bureau,
    case when n <= ${today} then ${start} + random() * (${now} - ${start}) else ${start} - random() * interval '${pastDays} days' end as came,
    random() as luck, 116.1 + random() * 0.6 as lon, 39.7 + random() * 0.45 as lat
  from generate_series(1, ${past + today}) n
  join unnest($1::text[], $2::text[]) with ordinality unit (code, sub_bureau, at) on unit.at = 1 + n % cardinality($1::text[])
  order by came`
const stamp = `jsonb_build_object('time', came, 'source', 'system', 'at', came, 'by', 'taker')`
const narrative = '报警人称在小区三号楼门口与邻居因停车发生争执，对方有两人，情绪激动，请派人到场处理。'
const open = `came > ${now} - interval '90 minutes'`
/** The rows of every view that the wall reads, as wide as the road writes them; the index of words is not the wall's, so it is left out. */
const fill = [
  'drop index dispatch.word_words_idx',
  `insert into dispatch.incident (id, number, bureau, sub_bureau, station, taker, open, lon, lat, opened_at, row)
   select id, 'bench-' || n, '${bureau}', sub_bureau, station, 'taker', ${open}, lon, lat, came, jsonb_build_object('id', id, 'narrative', '${narrative}', 'kind', kind,
     'received', ${stamp}, 'place', jsonb_build_object('kind', 'point', 'lon', lon, 'lat', lat), 'lines', jsonb_build_array(
       jsonb_build_object('line', 1, 'unit', station, 'sent', ${stamp}, 'delivered', ${stamp}, 'seen', ${stamp}, 'signed', ${stamp}),
       jsonb_build_object('line', 2, 'unit', sub_bureau, 'sent', ${stamp}, 'delivered', ${stamp}, 'seen', ${stamp}, 'signed', ${stamp})))
   from made`,
  `insert into dispatch.word (id, bureau, sub_bureau, station, open, kind, received, content, words)
   select id, '${bureau}', sub_bureau, station, ${open}, kind, came, '${narrative}', words from made, kernel.words_of('${narrative}') words`,
  `insert into dispatch.call (id, incident, row) select call, id, jsonb_build_object('id', call, 'channel', 'voice', 'received',
     ${stamp} || jsonb_build_object('time', to_char(came at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))) from made`,
  `insert into dispatch.measured (incident, bureau, sub_bureau, station, kind, received, received_source, imported, cancelled, arrival, arrival_source, feedback,
     feedback_source)
   select id, '${bureau}', sub_bureau, station, kind, came, 'system', false, false, 60000 + (luck * 900000)::integer, 'system', 300000 + (luck * 3600000)::integer, 'system'
   from made`,
  `insert into dispatch.line (incident, line, bureau, sub_bureau, unit, level, sent, signed, reached, kind)
   select id, line, '${bureau}', sub_bureau, case line when 1 then station else sub_bureau end, case line when 1 then 'station' else 'subBureau' end, came,
     case when came > ${now} - interval '20 seconds' or luck < 0.005 and ${open} then null else came + interval '1 second' * (3 + luck * 28) end,
     case line when 1 then 20 + (luck * 60)::integer end, kind
   from made, generate_series(1, 2) line`,
  'analyze',
]

/** The dearest figure: every line of a city's day. */
const dearest = `
  select count(*) filter (where took <= 30000 and signed is not null) as first, count(*) filter (where took > 30000 and took <= 60000) as second,
    count(*) filter (where took > 60000 and took <= 180000) as third, count(*) filter (where took > 180000) as last,
    count(reached) as reached, avg(reached)::float8 as mean, percentile_cont(0.9) within group (order by reached) as p90
  from dispatch.line where bureau = '${bureau}' and sent >= ${start}`

/** A month by stations without bands. */
const month = `
  select unit, count(*), avg(took), percentile_disc(array[0.5, 0.9, 0.99]) within group (order by took)
  from dispatch.line where bureau = '${bureau}' and sent >= ${now} - interval '${monthDays} days' group by grouping sets ((unit), ())`

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
const rounded = (value: number): number => Math.round(value * 100) / 100

/** Milliseconds of each of so many runs, sorted; the first few, which fill caches, are left out. */
async function timed(work: () => Promise<unknown>, runs = times): Promise<readonly number[]> {
  for (let run = 0; run < Math.min(runs, 10); run++) await work()
  const found: number[] = []
  for (let run = 0; run < runs; run++) {
    const begun = performance.now()
    await work()
    found.push(performance.now() - begun)
  }
  return found.sort((a, b) => a - b)
}

async function viewTimes(port: number, login: string, view: string, runs?: number): Promise<readonly number[]> {
  const url = `http://127.0.0.1:${port}`
  const session = await fetch(`${url}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password }),
  })
  if (!session.ok) throw new Error(`log-in of ${login}: ${session.status}`)
  const cookie = session.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  return timed(async () => {
    const answer = await fetch(`${url}/view/dispatch/${view}`, { headers: { cookie } })
    if (!answer.ok) throw new Error(`${view}: ${answer.status}`)
    await answer.json()
  }, runs)
}

/** The wall's view over a past of a million incidents and a day of 22,000, asked for over HTTP, beside the bare statement of its dearest figure. */
export async function wall(say: (text: string) => void): Promise<Result[]> {
  const server = openServer({ args: ['--moment', moment] })
  try {
    const { port, owner } = await ask<{ port: number; owner: string }>(server, 'start')
    const client = new pg.Client({ connectionString: owner })
    await client.connect()
    const begun = performance.now()
    await client.query(made, [stations.map(({ code }) => code), stations.map(({ subBureau }) => subBureau)])
    for (const text of fill) await client.query(text)
    say(`${past + today} incidents in ${((performance.now() - begun) / 1000).toFixed(0)} s`)
    const bare = await timed(() => client.query({ name: 'dearest', text: dearest }))
    const bareMonth = await timed(() => client.query({ name: 'month', text: month }), monthTimes)
    await client.end()
    const [subBureau = '', station] = [subBureaus[0], stations[0]]
    const of = `of ${today} incidents today and ${past} before`
    const results: Result[] = []
    for (const [name, login, unit] of [
      ['city', supervisor, bureau],
      ['sub-bureau', loginOf(subBureau), subBureau],
      ['station', loginOf(station?.code ?? ''), station?.code ?? ''],
    ] as const) {
      const found = await viewTimes(port, login, `wall?unit=${unit}`)
      const p95 = rounded(at(found, 0.95))
      results.push({ name: `wall of a ${name}, ${of}: p50`, value: rounded(at(found, 0.5)), unit: 'ms', limit: null, ok: true })
      results.push({ name: `wall of a ${name}, ${of}: p95`, value: p95, unit: 'ms', limit, ok: p95 <= limit })
    }
    const period = new URLSearchParams({ from: dayOf(Date.parse(moment) - (monthDays - 1) * 86_400_000), until: dayOf(moment) }).toString()
    for (const by of ['station', 'hour']) {
      const found = await viewTimes(port, supervisor, `statistics?unit=${bureau}&of=receipt&by=${by}&${period}`, monthTimes)
      const worst = rounded(found.at(-1) ?? Number.NaN)
      results.push({
        name: `receipts of a city’s month by ${by}, the slowest of ${monthTimes}`,
        value: worst,
        unit: 'ms',
        limit: monthLimit,
        ok: worst <= monthLimit,
      })
    }
    return [
      ...results,
      { name: 'a month’s lines by station by bare SQL: p50', value: rounded(at(bareMonth, 0.5)), unit: 'ms', limit: null, ok: true },
      { name: 'the city’s lines alone by bare SQL: p50', value: rounded(at(bare, 0.5)), unit: 'ms', limit: null, ok: true },
      { name: 'the city’s lines alone by bare SQL: p95', value: rounded(at(bare, 0.95)), unit: 'ms', limit: null, ok: true },
    ]
  } finally {
    await endServer(server)
  }
}
