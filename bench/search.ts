import pg from 'pg'
import { queryOf } from '#kernel/search.ts'
import { digitsOf } from '#modules/dispatch/search.ts'
import { endServer, openServer } from './dispatch/children.ts'
import { ask } from './dispatch/messages.ts'
import { loginOf, taker } from './dispatch/plan.ts'
import { logIn } from './person.ts'
import { figure, quantile, type Result } from './result.ts'
import { fill } from './search/million.ts'
import { asks, type Question, questions, type Scope, scopes, seats } from './search/questions.ts'

const rows = 1_000_000
const amount = 400
const seed = 20_260_101
const limit = 50
/** Of a page; one more says whether there is a next. */
const page = 60

interface Timed {
  readonly question: Question
  readonly ms: number
  readonly ids: readonly string[]
}

async function overHttp(url: string, cookie: string, question: Question): Promise<Timed> {
  const path = `${url}/view/dispatch/search?${new URLSearchParams(question.query).toString()}`
  const begun = performance.now()
  const answer = await fetch(path, { headers: { cookie } })
  const body = await answer.text()
  const ms = performance.now() - begun
  // A fault is an answer, too: no bare statement gives the same.
  if (!answer.ok) return { question, ms, ids: [`${answer.status}`] }
  return { question, ms, ids: (JSON.parse(body) as { data: { rows: { id: string }[] } }).data.rows.map(({ id }) => id) }
}

const columns: Readonly<Record<Scope, string>> = { station: 'station', subBureau: 'sub_bureau', bureau: 'bureau' }

/** The same question as one plain statement by the owner of the tables: no session, no scope, no policy, no log. */
function bareSql({ ask: kind, scope, query }: Question): { text: string; values: unknown[] } {
  const { unit, q = '', since, until } = query
  const column = columns[scope]
  if (kind === 'incident number')
    return { text: `select id, row from dispatch.incident where number = $1 and ${column} = $2`, values: [q, unit] }
  if (kind === 'caller number')
    return {
      text: `select i.id, i.row from dispatch.call c join dispatch.incident i on i.id = c.incident
        where c.row ->> 'number' is not null and regexp_replace(c.row ->> 'number', '\\D', '', 'g') = $1 and i.${column} = $2`,
      values: [digitsOf(q), unit],
    }
  const asked: [string, unknown][] = [[`w.${column} = `, unit]]
  const words = q === '' ? null : queryOf(q)
  if (words) asked.push(['w.words @@ ', words.words])
  if (query['kinds'] !== undefined) asked.push(['w.kind = ', query['kinds']])
  if (since !== undefined) asked.push(['w.received >= ', since])
  if (until !== undefined) asked.push(['w.received < ', until])
  const state = query['state'] === undefined ? '' : query['state'] === 'open' ? ' and w.open' : ' and not w.open'
  // A tsquery finds its pairs of characters anywhere: that they stand together is looked at in the text.
  const together = words ? words.parts.map((part) => ` and position('${part}' in w.content) > 0`).join('') : ''
  const where = asked.map(([left], index) => `${left}$${index + 1}${left === 'w.words @@ ' ? '::tsquery' : ''}`).join(' and ')
  return {
    text: `select i.id, i.row from (select w.id, w.received from dispatch.word w where ${where}${state}${together}
      order by w.received desc, w.id desc limit ${page}) w join dispatch.incident i on i.id = w.id order by w.received desc, w.id desc`,
    values: asked.map(([, value]) => value),
  }
}

async function bare(client: pg.Client, question: Question): Promise<Timed> {
  const { text, values } = bareSql(question)
  const begun = performance.now()
  const found = await client.query<{ id: string }>(text, values)
  return { question, ms: performance.now() - begun, ids: found.rows.map(({ id }) => id) }
}

const at = (timed: readonly Timed[], share: number): number =>
  quantile(
    timed.map(({ ms }) => ms),
    share,
  )
const result = (name: string, value: number, unit: string, most: number | null = null): Result => figure(`(e) ${name}`, value, unit, most)

/** Each question once over HTTP and once as a bare statement, one after the other, so that both meet the same machine. */
async function measure(url: string, owner: string, first: number, say: (text: string) => void): Promise<Result[]> {
  const cookies = { station: loginOf(seats.station), subBureau: loginOf(seats.subBureau), bureau: taker }
  const cookie = Object.fromEntries(await Promise.all(scopes.map(async (scope) => [scope, await logIn(url, cookies[scope])] as const)))
  const client = new pg.Client(owner)
  await client.connect()
  const [over, under]: [Timed[], Timed[]] = [[], []]
  try {
    // Another seed warms the caches without answering what will be asked.
    for (const question of questions(84, seed + 1, rows, first)) await overHttp(url, cookie[question.scope] ?? '', question)
    for (const question of questions(amount, seed, rows, first)) {
      over.push(await overHttp(url, cookie[question.scope] ?? '', question))
      under.push(await bare(client, question))
    }
  } finally {
    await client.end()
  }
  for (const kind of asks)
    for (const scope of scopes) {
      const of = (timed: readonly Timed[]) => timed.filter(({ question }) => question.ask === kind && question.scope === scope)
      say(
        `(e) ${kind}, ${scope}: p50 ${at(of(over), 0.5).toFixed(1)} max ${at(of(over), 1).toFixed(1)} ms, bare max ${at(of(under), 1).toFixed(1)} ms`,
      )
    }
  const other = over.filter(({ ids }, index) => ids.join() !== under[index]?.ids.join())
  for (const { question } of other.slice(0, 5)) say(`(e) answered otherwise than the bare statement: ${JSON.stringify(question)}`)
  const name = `search of ${rows.toLocaleString('en')} incidents, ${amount} questions`
  return [
    result(`${name}: p50`, at(over, 0.5), 'ms'),
    result(`${name}: p95`, at(over, 0.95), 'ms', limit),
    result(`${name}: max`, at(over, 1), 'ms'),
    result('the same by bare SQL: p50', at(under, 0.5), 'ms'),
    result('the same by bare SQL: p95', at(under, 0.95), 'ms'),
    result('ratio of the p95', at(over, 0.95) / at(under, 0.95), ''),
    result('questions answered otherwise than by bare SQL', other.length, '', 0),
    result('questions that found nothing', over.filter(({ ids }) => ids.length === 0).length, ''),
  ]
}

/** The figures of the search, on a server and a database of their own with a year's worth of a large city's quarter; nothing of it stays. */
export async function search({ say }: { say: (text: string) => void }): Promise<Result[]> {
  const server = openServer()
  try {
    const { port, owner } = await ask<{ port: number; owner: string }>(server, 'start')
    const today = Math.floor((Date.now() + 8 * 3_600_000) / 86_400_000) * 86_400_000 - 8 * 3_600_000
    const first = today - Math.ceil(rows / 22_000) * 86_400_000
    const begun = performance.now()
    const { wrong } = await fill(owner, rows, new Date(first).toISOString())
    say(`(e) ${rows.toLocaleString('en')} incidents in ${((performance.now() - begun) / 1000).toFixed(0)} s`)
    if (wrong !== 0) throw new Error(`${wrong} of the sampled rows have words that are not those of their text`)
    return await measure(`http://127.0.0.1:${port}`, owner, first, say)
  } finally {
    await endServer(server)
  }
}
