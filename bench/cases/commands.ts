// What officers and heads do with a case, over HTTP, and the same rows by plain statements beside it.
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { Templates } from './million.ts'
import { caseStation } from '../dispatch/plan.ts'

export const steps = ['takeReport', 'accept', 'proposeFiling', 'approveFiling'] as const
export type Step = (typeof steps)[number]

export interface Cookies {
  readonly officer: string
  readonly head: string
}

type Give = (stream: string, type: string, data: object, cookie: string) => Promise<number>

/** Gives a command and says how long its answer took, in milliseconds. @throws when it is refused */
export const giver =
  (url: string): Give =>
  async (stream, type, data, cookie) => {
    const body = JSON.stringify({ id: randomUUID(), type, data })
    const begun = performance.now()
    const answer = await fetch(`${url}/command/cases/${stream}`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body,
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${type}: ${answer.status} ${text}`)
    return performance.now() - begun
  }

const report = () => ({
  unit: caseStation,
  source: 'counter',
  nature: 'administrative',
  cause: '殴打他人',
  narrative: '昨晚八时许在东门外与一男子因排队发生争执，被对方持木棍击打头部，当场流血，围观群众报警后对方离开。',
  place: '王府井大街 138 号东门',
  persons: [
    { id: randomUUID(), roles: ['reporter', 'victim'], personName: '周某丙', phone: '138 0000 2071' },
    { id: randomUUID(), roles: ['suspect'], described: '男，三十岁上下，灰色棉衣' },
  ],
})
const filing = { outcome: 'file', caseKind: 'administrative', reason: '有伤情照片和监控，违法事实清楚' }

/** One matter on its way to each state that a bench's own are copies of. */
export async function makeTemplates(give: Give, { officer, head }: Cookies): Promise<Templates> {
  const taken = async () => {
    const id = randomUUID()
    await give(id, 'takeReport', report(), officer)
    await give(id, 'accept', {}, officer)
    return id
  }
  const [accepted, proposed, closed] = [await taken(), await taken(), await taken()]
  await give(proposed, 'proposeFiling', filing, officer)
  await give(closed, 'proposeFiling', { ...filing, outcome: 'refuse', ground: 'noFacts' }, officer)
  await give(closed, 'approveFiling', {}, head)
  await give(closed, 'giveNotice', { way: 'inPerson' }, officer)
  return { closed, accepted, proposed }
}

/** What a command writes, by table, with what it is found by: the stream, and the position before. */
const written = {
  'kernel.event': 'stream = $1 and position > $2',
  'kernel.content': 'position in (select position from kernel.event where stream = $1 and position > $2)',
  'kernel.clock': 'stream = $1 and $2 >= 0',
  'cases.matter': 'id = $1 and $2 >= 0',
  'cases.told': 'id = $1 and $2 >= 0',
  'cases.word': 'id = $1 and $2 >= 0',
  'cases.due': 'id = $1 and $2 >= 0',
  'cases.task': 'id = $1 and $2 >= 0',
} as const
type Table = keyof typeof written
const tables = Object.keys(written) as readonly Table[]
/** Views are written where they are, among all the others; what the road and the clocks look at is not to be disturbed. */
const placeOf = (table: Table): string => (table.startsWith('kernel.') ? table.replace('kernel.', 'bare.') : table)
/** By what the rows of before are taken away; events and contents only grow. */
const replaced: Readonly<Partial<Record<Table, string>>> = {
  'kernel.clock': 'stream',
  'cases.matter': 'id',
  'cases.told': 'id',
  'cases.word': 'id',
  'cases.due': 'id',
  'cases.task': 'id',
}

/** The same rows as a command has written, as another matter's, with the same driver, in one packet and one commit: no decision, no lock, no order. */
export class Bare {
  readonly #client: pg.Client
  constructor(client: pg.Client) {
    this.#client = client
  }
  async prepare(): Promise<void> {
    await this.#client.query('create schema bare')
    for (const table of ['event', 'content', 'clock'])
      await this.#client.query(`create table bare.${table} (like kernel.${table} including all)`)
  }
  async position(): Promise<number> {
    const { rows } = await this.#client.query<{ position: string }>('select position from kernel.counter')
    return Number(rows[0]?.position ?? 0)
  }
  async #rows(table: Table, stream: string, since: number, other: string): Promise<string> {
    const text = `select coalesce(jsonb_agg(to_jsonb(t)), '[]')::text as rows from ${table} t where ${written[table]}`
    const { rows } = await this.#client.query<{ rows: string }>(text, [stream, since])
    return (rows[0]?.rows ?? '[]').replaceAll(stream, other).replaceAll(/"((?:case_)?number)": "([^"]+)"/g, '"$1": "$2-B"')
  }
  /** Milliseconds that it takes to write once more what this stream has since then. */
  async again(stream: string, since: number, other: string): Promise<number> {
    const rows = new Map<Table, string>()
    for (const table of tables) rows.set(table, await this.#rows(table, stream, since, other))
    const begun = performance.now()
    await Promise.all([
      this.#client.query({ name: 'begin', text: 'begin' }),
      ...tables.flatMap((table) => {
        const [place, column] = [placeOf(table), replaced[table]]
        const put = {
          name: `put ${table}`,
          text: `insert into ${place} select * from jsonb_populate_recordset(null::${place}, $1::jsonb)`,
          values: [rows.get(table)],
        }
        const clear = { name: `clear ${table}`, text: `delete from ${place} where ${column} = $1`, values: [other] }
        return (column === undefined ? [put] : [clear, put]).map((statement) => this.#client.query(statement))
      }),
      this.#client.query({ name: 'commit', text: 'commit' }),
    ])
    return performance.now() - begun
  }
}

export type Times = Readonly<Record<Step, { readonly http: number[]; readonly bare: number[] }>>

/** So many cases from the report to the filing, each command once over HTTP and its rows once more by plain statements. */
export async function commandTimes(give: Give, bare: Bare, { officer, head }: Cookies, rounds: number): Promise<Times> {
  const times: Times = {
    takeReport: { http: [], bare: [] },
    accept: { http: [], bare: [] },
    proposeFiling: { http: [], bare: [] },
    approveFiling: { http: [], bare: [] },
  }
  for (let round = 0; round < rounds; round++) {
    const [stream, other] = [randomUUID(), randomUUID()]
    const data: Readonly<Record<Step, object>> = { takeReport: report(), accept: {}, proposeFiling: filing, approveFiling: {} }
    for (const step of steps) {
      const since = await bare.position()
      times[step].http.push(await give(stream, step, data[step], step === 'approveFiling' ? head : officer))
      times[step].bare.push(await bare.again(stream, since, other))
    }
  }
  return times
}
