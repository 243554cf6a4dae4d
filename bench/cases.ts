import pg from 'pg'
import { Bare, commandTimes, type Cookies, giver, makeTemplates, steps, type Times } from './cases/commands.ts'
import { fillCases, openAmong } from './cases/million.ts'
import { type Ask, asks, type Question, questions } from './cases/questions.ts'
import { endServer, openServer } from './dispatch/children.ts'
import { ask } from './dispatch/messages.ts'
import { head, officer, supervisor } from './dispatch/plan.ts'
import { logIn } from './person.ts'
import { figure, quantile, type Result } from './result.ts'

const seed = 20_261_128
const rounds = 200
const amount = 100
/** Of the city's board of limits, as the page asks for it: the rows and the counts together. */
const boardLimit = 300

interface Options {
  readonly rows: number
  readonly say: (text: string) => void
}

interface Timed {
  readonly question: Question
  readonly http: number
  readonly bare: number
  readonly same: boolean
}

type Asking = Cookies & { readonly supervisor: string }

async function overHttp(url: string, cookie: string, { path, answers }: Question): Promise<{ ms: number; ids: readonly string[] }> {
  const begun = performance.now()
  const answer = await fetch(url + path, { headers: { cookie } })
  const body = await answer.text()
  const ms = performance.now() - begun
  // A fault is an answer, too: no plain statement gives the same.
  return { ms, ids: answer.ok ? answers((JSON.parse(body) as { data: never }).data) : [`${answer.status}`] }
}

async function asked(url: string, client: pg.Client, cookies: Asking, question: Question): Promise<Timed> {
  const { ms, ids } = await overHttp(url, cookies[question.who], question)
  const begun = performance.now()
  const { rows } = await client.query<{ id: string }>(question.text, [...question.values])
  const bare = performance.now() - begun
  return { question, http: ms, bare, same: ids.join() === rows.map(({ id }) => id).join() }
}

/** The board of the city whole: what its page asks for at once. */
async function boards(url: string, cookie: string): Promise<number[]> {
  const whole = questions(1, seed, { officer: '', head: '' }).filter((one) => one.ask === 'limits' || one.ask === 'limitCounts')
  const times: number[] = []
  for (let at = 0; at < amount; at++) {
    const begun = performance.now()
    await Promise.all(whole.map((one) => overHttp(url, cookie, one)))
    times.push(performance.now() - begun)
  }
  return times
}

const beside = (name: string, http: readonly number[], bare: readonly number[]): Result[] => [
  figure(`(f) ${name}: p50`, quantile(http, 0.5), 'ms'),
  figure(`(f) ${name}: p95`, quantile(http, 0.95), 'ms'),
  figure(`(f) ${name}, bare SQL: p95`, quantile(bare, 0.95), 'ms'),
  figure(`(f) ${name}, ratio of the p95`, quantile(http, 0.95) / quantile(bare, 0.95), ''),
]

const called: Readonly<Record<Ask, string>> = {
  desk: 'my desk',
  list: 'list of cases',
  search: 'search of cases',
  limits: 'rows of the city’s limits',
  limitCounts: 'counts of the city’s limits',
}

function figures(times: Times, timed: readonly Timed[], board: readonly number[]): Result[] {
  const all = steps.flatMap((step) => times[step].http)
  const bare = steps.flatMap((step) => times[step].bare)
  return [
    ...steps.flatMap((step) => beside(`command ${step}`, times[step].http, times[step].bare)),
    ...beside('every command of a case', all, bare),
    ...asks.flatMap((kind) => {
      const of = timed.filter(({ question }) => question.ask === kind)
      return beside(
        called[kind],
        of.map(({ http }) => http),
        of.map((one) => one.bare),
      )
    }),
    figure('(f) the city’s board of limits whole: p95', quantile(board, 0.95), 'ms', boardLimit),
    figure('(f) questions answered otherwise than by bare SQL', timed.filter(({ same }) => !same).length, '', 0),
  ]
}

async function accountOf(url: string, cookie: string): Promise<string> {
  const answer = await fetch(`${url}/session`, { headers: { cookie } })
  return ((await answer.json()) as { account: string }).account
}

async function measure(url: string, owner: string, { rows, say }: Options): Promise<Result[]> {
  const [one, two, three] = await Promise.all([officer, head, supervisor].map((login) => logIn(url, login)))
  const cookies: Asking = { officer: one ?? '', head: two ?? '', supervisor: three ?? '' }
  const accounts = { officer: await accountOf(url, cookies.officer), head: await accountOf(url, cookies.head) }
  const give = giver(url)
  const templates = await makeTemplates(give, cookies)
  const begun = performance.now()
  const { wrong, limits } = await fillCases({ url: owner, rows, now: Date.now(), templates, officer: accounts.officer })
  say(
    `(f) ${rows.toLocaleString('en')} matters, ${openAmong(rows).toLocaleString('en')} of them open, with ${limits.toLocaleString('en')} limits`,
  )
  say(`(f) filled in ${((performance.now() - begun) / 1000).toFixed(0)} s`)
  if (wrong !== 0) throw new Error(`${wrong} of the sampled rows have words that are not those of their text`)
  const config: pg.ClientConfig & { pipeline: true } = { connectionString: owner, pipeline: true }
  const client = new pg.Client(config)
  await client.connect()
  try {
    const bare = new Bare(client)
    await bare.prepare()
    // Another seed warms the caches without answering what will be asked.
    for (const question of questions(Math.ceil(amount / 5), seed + 1, accounts)) await asked(url, client, cookies, question)
    const timed: Timed[] = []
    for (const question of questions(amount, seed, accounts)) timed.push(await asked(url, client, cookies, question))
    for (const { question } of timed.filter(({ same }) => !same).slice(0, 5))
      say(`(f) answered otherwise than the bare statement: ${question.path}`)
    const board = await boards(url, cookies.supervisor)
    await commandTimes(give, bare, cookies, Math.ceil(rounds / 10))
    const times = await commandTimes(give, bare, cookies, rounds)
    return [figure('(f) matters', rows, ''), figure('(f) limits that run', limits, ''), ...figures(times, timed, board)]
  } finally {
    await client.end()
  }
}

/** The figures of cases, on a server and a database of their own with five years of a city; nothing of it stays. */
export async function cases(options: Options): Promise<Result[]> {
  const server = openServer()
  try {
    const { port, owner } = await ask<{ port: number; owner: string }>(server, 'start')
    return await measure(`http://127.0.0.1:${port}`, owner, options)
  } finally {
    await endServer(server)
  }
}
