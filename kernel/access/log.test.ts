import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { appendFile, readFile, stat } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { type Seat, server, type TestServer } from '../testing/server.ts'
import { connected, sql } from '../testing/notes.ts'
import { until } from '../testing/until.ts'
import { verify } from '../verify.ts'
import { modules } from '../../modules.ts'

const at = '2026-11-22T23:59:50.000Z'
let house: TestServer
let duty: Seat
let security: Seat
let incident: string
let call: string
before(async () => {
  house = await server(modules, { at })
  await house.unit('B1', { kind: 'bureau', name: '市局' })
  await house.unit('S1', { kind: 'subBureau', name: '分局', parent: 'B1' })
  for (const code of ['A1', 'A2']) await house.unit(code, { kind: 'station', name: code, parent: 'S1' })
  duty = await house.seat('stationDuty', 'A1')
  security = await house.seat('securityAdministrator', 'B1')
  const taker = await house.seat('callTaker', 'B1')
  ;[incident, call] = [randomUUID(), randomUUID()]
  const data = { call: { id: call, channel: 'voice' }, narrative: 'x', place: { kind: 'unknown' }, kind: 'noise', unit: 'A1' }
  assert.equal((await taker.command('dispatch', incident, 'open', data)).status, 200)
})
after(() => house.stop())

interface Entry {
  readonly stream: string
  readonly n: number
  readonly by: { account: string; name: string; unit: string }
  readonly at: string
  readonly readings: readonly { time: string; view: string; streams: readonly string[]; denied?: true }[]
}
/** The read log of one person as it stands in the table. */
const entries = async (seat: Seat): Promise<Entry[]> =>
  sql<Entry>(
    house.database.owner,
    `select e.stream, e.n, e.by, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, c.data -> 'readings' as readings
     from kernel.event e join kernel.content c using (position)
     where e.module = 'access' and e.by ->> 'account' = $1 order by e.position`,
    [seat.account],
  )
const readings = async (seat: Seat) => (await entries(seat)).flatMap((entry) => entry.readings)
const views = async (seat: Seat) => (await readings(seat)).map(({ view, streams, denied }) => [view, streams, denied ?? false])
const written = () => house.house.log.flush()
const openIncident = (seat: Seat, id = incident) => seat.ask('GET', `/view/dispatch/incident?id=${id}`)
const openAccounts = (seat: Seat) => seat.ask('GET', '/view/staff/accounts?unit=A1')
const spooled = () => readFile(house.spool, 'utf8').catch(() => '')

test('an opening is written with who, when, view and streams; a board is not', async () => {
  assert.equal((await duty.ask('GET', '/view/dispatch/board?unit=A1')).status, 200)
  assert.equal((await duty.ask('GET', '/view/staff/units')).status, 200)
  assert.equal((await openIncident(duty)).status, 200)
  await written()
  const reading = { time: at, view: 'dispatch.incident', streams: [incident, call] }
  const by = { account: duty.account, name: 'stationDuty 1', unit: 'A1' }
  assert.deepEqual(await entries(duty), [{ stream: `${duty.account}/2026-11-22`, n: 1, by, at, readings: [reading] }])
})

test('attempts that were denied are written: another’s record, another’s role, another’s command', async () => {
  const other = await house.seat('stationDuty', 'A2')
  const none = randomUUID()
  const tries: [string, string, unknown?][] = [
    ['GET', `/view/dispatch/incident?id=${incident}`],
    ['GET', '/view/dispatch/board?unit=A1'],
    ['GET', '/view/staff/accounts?unit=A1'],
    ['POST', `/command/dispatch/${incident}`, { id: randomUUID(), type: 'sign', data: {} }],
    ['POST', `/command/dispatch/${none}`, { id: randomUUID(), type: 'open', data: {} }],
    ['GET', '/view/dispatch/nothing'],
  ]
  const statuses = []
  for (const [method, path, body] of tries) statuses.push((await other.ask(method, path, body)).status)
  assert.deepEqual(statuses, [404, 404, 403, 404, 403, 404])
  await written()
  assert.deepEqual(await views(other), [
    ['dispatch.incident', [], true],
    ['dispatch.board', [], true],
    ['staff.accounts', [], true],
    ['dispatch.command', [incident], true],
    ['dispatch.command', [none], true],
    ['dispatch.nothing', [], true],
  ])
})

test('what comes within a second is one event; a new day is a new stream', async () => {
  const seat = await house.seat('stationDuty', 'A1')
  const replies = await Promise.all(Array.from({ length: 10 }, () => openIncident(seat)))
  assert.deepEqual(new Set(replies.map(({ status }) => status)), new Set([200]))
  await until('the second to pass', async () => (await readings(seat)).length === 10 || null)
  const amounts = (await entries(seat)).map((entry) => entry.readings.length)
  assert.ok(amounts.length <= 2, `10 readings at once are ${amounts.length} events`)
  house.clock?.pass(20)
  await openIncident(seat)
  await written()
  assert.deepEqual((await entries(seat)).at(-1)?.stream, `${seat.account}/2026-11-23`)
  assert.deepEqual((await entries(seat)).at(-1)?.n, 1)
})

test('signs that the table cannot hold in a denied attempt do not stop the log', async () => {
  const seat = await house.seat('patrolOfficer', 'A1')
  for (const stream of ['%00', 'a%00b', encodeURIComponent(`${'x'.repeat(70)}𠮷`), "';drop"])
    await seat.ask('POST', `/command/dispatch/${stream}`, { id: randomUUID(), type: 'open', data: {} })
  for (const path of ['/command/%00/x', '/view/%00/%00', '/view/dispatch/%00', '/signal/dispatch/%00'])
    await seat.ask(path.startsWith('/view') ? 'GET' : 'POST', path, path.startsWith('/view') ? undefined : {})
  await written()
  assert.equal(await spooled(), '')
  assert.equal((await views(seat)).filter(([, , denied]) => denied).length, 8)
})

test('when the table cannot be written dispatch answers and spools, the rest refuses; later the spool goes into the table', async () => {
  const seat = await house.seat('stationDuty', 'A1')
  await written()
  await sql(house.database.owner, 'revoke execute on function kernel.append(jsonb) from plumbline_app')
  const [before, mine] = [await readings(security), await readings(seat)]
  try {
    assert.equal((await openIncident(seat)).status, 200)
    assert.equal((await openAccounts(security)).status, 500)
    await assert.rejects(written())
    const lines = (await spooled())
      .trim()
      .split(/\n+/)
      .map((line) => JSON.parse(line) as { view: string; account: string })
    assert.deepEqual(lines.map(({ view, account }) => `${view} ${account}`).toSorted(), [
      `dispatch.incident ${seat.account}`,
      `staff.accounts ${security.account}`,
    ])
    assert.equal((await stat(house.spool)).mode & 0o777, 0o600)
    assert.deepEqual([await readings(security), await readings(seat)], [before, mine])
    assert.equal((await openIncident(seat)).status, 200)
  } finally {
    await sql(house.database.owner, 'grant execute on function kernel.append(jsonb) to plumbline_app')
  }
  await until('the spool to be written', async () => (await readings(seat)).length === mine.length + 2 || null)
  assert.equal((await openAccounts(security)).status, 200)
  await until('the spool to be empty', async () => (await spooled()) === '' || null)
  assert.deepEqual(
    (await views(seat)).slice(mine.length),
    Array.from({ length: 2 }, () => ['dispatch.incident', [incident, call], false]),
  )
})

test('a lock on the table holds nobody up who opens an incident', async () => {
  const seat = await house.seat('stationDuty', 'A1')
  await written()
  await connected(house.database.owner, async (owner) => {
    await owner.query('begin')
    await owner.query('lock table kernel.content in exclusive mode')
    const begun = performance.now()
    assert.equal((await openIncident(seat)).status, 200)
    assert.equal((await openIncident(seat)).status, 200)
    assert.ok(performance.now() - begun < 2000)
    await owner.query('rollback')
  })
  await until('the readings', async () => (await readings(seat)).length === 2 || null)
})

test('a spool that a crash cut in the middle of a line loses that line only', async () => {
  const line = JSON.stringify({
    account: duty.account,
    name: 'stationDuty 1',
    unit: 'A1',
    at,
    view: 'dispatch.incident',
    streams: ['before the crash'],
  })
  await house.reopen(() => appendFile(house.spool, `${line}\n${line.slice(0, 40)}`))
  assert.equal((await openIncident(duty)).status, 200)
  await until('the readings', async () => (await readings(duty)).some(({ streams }) => streams[0] === 'before the crash') || null)
  await until(
    'the opening after it',
    async () => (await readings(duty)).filter(({ streams }) => streams[0] === incident).length === 2 || null,
  )
  assert.equal(await spooled(), '')
})

test('after all this the database is what its events say', async () => {
  await written()
  assert.deepEqual((await verify(house.database.owner, modules)).differences, [])
})
