import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { accountOf, type DemoAccount, demoAccounts, Person, type Reply, Screen } from './clients.ts'
import { asOwner, wrongIn } from './recorded.ts'
import { openCity } from './seeded.ts'
import { type Server, until } from './server.ts'

const subBureaus = 16
const stations = 145
/** Incidents a second, ten times what Beijing's busiest published hour has. */
const rate = 30

let server: Server
let accounts: readonly DemoAccount[]
let screens: Screen[]

/** At most so many of them at once. */
async function each<Item>(items: readonly Item[], atOnce: number, work: (item: Item) => Promise<void>): Promise<void> {
  const left = items.values()
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const item of left) await work(item)
    }),
  )
}

before(async () => {
  server = await openCity()
  accounts = await demoAccounts(server.url)
  const of = (role: DemoAccount['role'], amount: number) => accounts.filter((account) => account.role === role).slice(0, amount)
  const duty = [...of('subBureauDuty', subBureaus), ...of('stationDuty', stations)]
  assert.equal(duty.length, subBureaus + stations)
  screens = []
  await each(duty, 8, async (account) => {
    screens.push(new Screen(server.url, await Person.logIn(server.url, account), account.unit))
  })
  for (const screen of screens) screen.open()
  await until('every board is connected', () => screens.every((screen) => screen.connections > 0))
})

after(async () => {
  await Promise.all(screens.map((screen) => screen.close()))
  await server.clean()
})

interface Sent {
  readonly incident: string
  readonly unit: string
}

/** Opens incidents at the rate for so many seconds; each keeps its id and is sent until it has been answered. Gives those answered 2xx. */
async function write(seconds: number): Promise<{ sent: readonly Sent[]; refused: readonly string[] }> {
  const taker = await Person.logIn(server.url, accountOf(accounts, 'callTaker'))
  const units = screens.filter((screen) => screen.unit.length > 6).map((screen) => screen.unit)
  const sent: Sent[] = []
  const refused: string[] = []
  const open = async (index: number): Promise<void> => {
    const [incident, unit] = [randomUUID(), units[(index * 37) % units.length] ?? '']
    const call = { id: randomUUID(), channel: 'voice' }
    const data = { call, narrative: `第 ${index} 起`, place: { kind: 'unknown' }, kind: 'theft', unit }
    const { status, body } = await taker.answered(`/command/dispatch/${incident}`, { id: randomUUID(), type: 'open', data })
    if (status === 200) sent.push({ incident, unit })
    else refused.push(`${status} ${JSON.stringify(body)}`)
  }
  const begun = Date.now()
  const under: Promise<void>[] = []
  for (let index = 0; index < seconds * rate; index++) {
    await sleep(Math.max(0, begun + (index * 1000) / rate - Date.now()))
    under.push(open(index))
  }
  await Promise.all(under)
  return { sent, refused }
}

/** What the event table says of these incidents, by stream and type. */
async function counted(
  incidents: readonly string[],
): Promise<{ opened: Map<string, number>; delivered: Map<string, number>; lines: number }> {
  return asOwner(server.data, async (client) => {
    const { rows } = await client.query<{ key: string; type: string; amount: number }>(
      `select e.stream || coalesce('/' || (c.data ->> 'line'), '') as key, e.type, count(*)::int as amount
       from kernel.event e join kernel.content c using (position)
       where e.module = 'dispatch' and e.stream = any ($1) and e.type in ('opened', 'delivered') group by 1, 2`,
      [incidents],
    )
    const of = (type: string) => new Map(rows.filter((row) => row.type === type).map((row) => [row.key, row.amount]))
    const lines = await client.query<{ amount: number }>(
      `select coalesce(sum(jsonb_array_length(row -> 'lines')), 0)::int as amount from dispatch.incident where id = any ($1)`,
      [incidents],
    )
    return { opened: of('opened'), delivered: of('delivered'), lines: lines.rows[0]?.amount ?? 0 }
  })
}

const receivers = (unit: string): readonly string[] => [unit, unit.slice(0, 6)]

/** Everything that was promised for a run with a kill in it. */
async function whole({ sent, refused }: { sent: readonly Sent[]; refused: readonly string[] }, amount: number): Promise<void> {
  assert.deepEqual(refused, [])
  assert.equal(sent.length, amount)
  const byUnit = new Map(screens.map((screen) => [screen.unit, screen]))
  const missing = () =>
    sent.flatMap(({ incident, unit }) =>
      receivers(unit)
        .filter((one) => !byUnit.get(one)?.shown.has(incident))
        .map((one) => `${one} ${incident}`),
    )
  await until(
    () => `every board has every incident of its unit; not yet: ${missing().join(', ')}`,
    () => missing().length === 0,
    60_000,
    200,
  )
  await until('every line is acknowledged', () => screens.every((screen) => screen.settled), 60_000, 100)
  assert.deepEqual(
    screens.flatMap((screen) => screen.faults),
    [],
  )
  const { opened, delivered, lines } = await counted(sent.map(({ incident }) => incident))
  assert.deepEqual(opened, new Map(sent.map(({ incident }) => [incident, 1])))
  assert.equal(lines, sent.length * 2)
  assert.deepEqual(delivered, new Map(sent.flatMap(({ incident }) => [1, 2].map((line) => [`${incident}/${line}`, 1] as const))))
  assert.deepEqual(await wrongIn(server.data), [])
}

test('kill -9 of the server under load: what was answered stands once, every line is delivered once, nobody misses or sees twice', async () => {
  const seconds = 12
  const connections = screens.map((screen) => screen.connections)
  const writing = write(seconds)
  await sleep(4000)
  await server.killServer()
  await server.start()
  await whole(await writing, seconds * rate)
  assert.ok(
    screens.every((screen, index) => screen.connections > (connections[index] ?? 0)),
    'every board has come back',
  )
})

test('kill -9 of PostgreSQL under load: the server brings it back and goes on', async () => {
  const seconds = 12
  const { pid } = server
  const writing = write(seconds)
  await sleep(4000)
  const before = server.postmaster()
  await server.killDatabase()
  await whole(await writing, seconds * rate)
  assert.notEqual(server.postmaster(), before)
  assert.equal(server.pid, pid)
  assert.match(server.said, /the database is back/)
})

interface Answered {
  readonly who: Person
  readonly path: string
  readonly body: { readonly id: string; readonly type: string; readonly data: object }
  readonly reply: Reply
}
const atOnce = 20

/** So many at once take reports and bring each to a notice of its penalty, until they are told to stop; every command that was answered. */
async function handle(stop: AbortSignal): Promise<readonly Answered[]> {
  const account = accountOf(accounts, 'caseOfficer')
  const chief = accounts.find(({ role, unit }) => role === 'unitHead' && unit === account.unit)
  assert.ok(chief)
  const [officer, head] = await Promise.all([Person.logIn(server.url, account), Person.logIn(server.url, chief)])
  const given: Answered[] = []
  const act = async (who: Person, stream: string, type: string, data: object = {}): Promise<void> => {
    const [path, body] = [`/command/cases/${stream}`, { id: randomUUID(), type, data }]
    given.push({ who, path, body, reply: await who.answered(path, body) })
  }
  const one = async (): Promise<void> => {
    const [stream, person] = [randomUUID(), randomUUID()]
    const persons = [{ id: person, roles: ['suspect'], personName: '郑某巳' }]
    const told = { source: 'discovered', nature: 'administrative', cause: '赌博', narrative: '巡逻中发现有人聚众赌博。', persons }
    await act(officer, stream, 'takeReport', { unit: account.unit, ...told })
    await act(officer, stream, 'accept')
    await act(officer, stream, 'proposeFiling', { outcome: 'file', caseKind: 'administrative', reason: '违法事实清楚' })
    await act(head, stream, 'approveFiling')
    const penalty = { penalties: ['fine'], fine: 500, article: '《治安管理处罚法》关于赌博的规定', facts: '参与赌博。' }
    await act(officer, stream, 'draftPenalty', { person, ...penalty })
    await act(officer, stream, 'noticePenalty', { person, path: 'told' })
  }
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (!stop.aborted) await one()
    }),
  )
  return given
}

test('kill -9 in the middle of case commands, 20 at once: nothing is half stored, and each is answered again with the same answer', async () => {
  const stop = new AbortController()
  const handling = handle(stop.signal)
  await sleep(3000)
  await server.killServer()
  await server.start()
  await sleep(2000)
  stop.abort()
  const given = await handling
  assert.ok(given.length > 10 * atOnce, `${given.length} commands`)
  assert.deepEqual(
    given.filter(({ reply }) => reply.status !== 200).map(({ reply, body }) => [body.type, reply.body]),
    [],
  )
  await each(given, atOnce, async ({ who, path, body, reply }) => {
    assert.deepEqual(await who.ask('POST', path, body), reply)
  })
  const streams = new Set(given.map(({ path }) => path.slice('/command/cases/'.length)))
  await asOwner(server.data, async (client) => {
    const { rows } = await client.query<{ id: string; amount: number }>(
      `select command_id as id, count(*)::int as amount from kernel.event where module = 'cases' and stream = any ($1) group by 1`,
      [[...streams]],
    )
    const counts = given.map(({ body, reply }) => [body.id, (reply.body as { count: number }).count] as const)
    assert.deepEqual(new Map(rows.map(({ id, amount }) => [id, amount])), new Map(counts))
    // Every case has a number of its own, and none between them is missing: what was begun and not stored has given its number back.
    const numbers = await client.query<{ numbers: number; span: number }>(
      `select count(distinct n)::int as numbers, (max(n) - min(n) + 1)::int as span
       from (select substring(case_number from '[0-9]+$')::int as n from cases.matter where id = any ($1)) as numbered`,
      [[...streams]],
    )
    assert.deepEqual(numbers.rows, [{ numbers: streams.size, span: streams.size }])
  })
  assert.deepEqual(await wrongIn(server.data), [])
})
