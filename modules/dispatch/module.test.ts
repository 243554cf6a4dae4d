import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { server, type Seat, type TestServer } from '#kernel/testing/server.ts'
import { verify } from '#kernel/verify.ts'
import { modules } from '../../modules.ts'
import type { IncidentRow, Views } from './contract.ts'

const at = '2026-11-22T06:32:10.000Z'
const square = (x: number, y: number, size = 1) => [
  [
    [
      [x, y],
      [x + size, y],
      [x + size, y + size],
      [x, y + size],
      [x, y],
    ],
  ],
]

let house: TestServer
let taker: Seat
let dutyA: Seat
let dutyB: Seat
let sub: Seat
let city: Seat
let foreign: Seat

before(async () => {
  house = await server(modules, { at })
  await house.unit('B1', { kind: 'bureau', name: '市局' })
  await house.unit('S1', { kind: 'subBureau', name: '一分局', parent: 'B1', boundary: square(0, 0, 2) })
  await house.unit('S2', { kind: 'subBureau', name: '二分局', parent: 'B1', boundary: square(2, 0, 2) })
  await house.unit('A1', { kind: 'station', name: '甲所', parent: 'S1', boundary: square(0, 0) })
  await house.unit('A2', { kind: 'station', name: '乙所', parent: 'S1', boundary: square(1, 0) })
  await house.unit('C1', { kind: 'station', name: '丙所', parent: 'S2', boundary: square(2, 0) })
  taker = await house.seat('callTaker', 'B1')
  dutyA = await house.seat('stationDuty', 'A1')
  dutyB = await house.seat('stationDuty', 'A2')
  sub = await house.seat('subBureauDuty', 'S1')
  city = await house.seat('citySupervisor', 'B1')
  foreign = await house.seat('stationDuty', 'C1')
})
after(() => house.stop())

const inA1 = { kind: 'point', lon: 0.5, lat: 0.5 }
const openData = (more: object = {}) => ({
  call: { id: randomUUID(), channel: 'voice', number: '138 0000 2071', name: '周某' },
  narrative: "𠮷䶮 '; drop table x; -- <script>alert(1)</script>",
  place: inA1,
  kind: 'assault',
  ...more,
})
const open = async (more: object = {}): Promise<string> => {
  const id = randomUUID()
  const { status, body } = await taker.command('dispatch', id, 'open', openData(more))
  assert.equal(status, 200, JSON.stringify(body))
  return id
}
const board = async (seat: Seat, unit: string): Promise<readonly IncidentRow[]> =>
  (await seat.view<Views['board']>('dispatch', 'board', { unit })).data.rows
const statuses = (replies: readonly { status: number }[]) => replies.map((reply) => reply.status).toSorted((a, b) => a - b)
const ids = (rows: readonly IncidentRow[]) => rows.map((row) => row.id)
const error = (reply: { body: unknown }) =>
  (reply.body as { error: { code: string; rule?: string; sentence: string; fields?: { path: string; sentence: string }[] } }).error

test('an incident stands on both boards at once, and on no other', async () => {
  const id = await open()
  assert.ok(ids(await board(dutyA, 'A1')).includes(id))
  assert.ok(ids(await board(sub, 'S1')).includes(id))
  assert.ok(ids(await board(city, 'B1')).includes(id))
  assert.ok(!ids(await board(dutyB, 'A2')).includes(id))
  assert.equal((await dutyB.ask('GET', `/view/dispatch/board?unit=A1`)).status, 404)
  assert.equal((await dutyB.ask('GET', `/view/dispatch/incident?id=${id}`)).status, 404)
  assert.equal((await foreign.command('dispatch', id, 'sign', {})).status, 404)
  const [row] = await board(dutyA, 'A1')
  assert.equal(row?.narrative, "𠮷䶮 '; drop table x; -- <script>alert(1)</script>")
  assert.match(row?.number ?? '', /^26-1122-\d{5}$/)
})

test('twenty sign at once, one wins', async () => {
  const id = await open()
  const replies = await Promise.all(Array.from({ length: 20 }, () => dutyA.command('dispatch', id, 'sign', {})))
  assert.deepEqual(statuses(replies), [200, ...Array.from({ length: 19 }, () => 409)])
  assert.deepEqual([...new Set(replies.filter((reply) => reply.status === 409).map((reply) => error(reply).rule))], ['signed-already'])
})

test('one command id twenty times is one incident and twenty equal answers', async () => {
  const id = randomUUID()
  const stream = randomUUID()
  const data = openData()
  const replies = await Promise.all(Array.from({ length: 20 }, () => taker.command('dispatch', stream, 'open', data, { id })))
  const [first] = replies
  for (const reply of replies) assert.deepEqual(reply, first)
  assert.equal(first?.status, 200)
  assert.deepEqual({ ...(first?.body as object), position: 0 }, { stream, position: 0, count: 3 })
  const changed = await taker.command('dispatch', stream, 'open', { ...data, narrative: 'another' }, { id })
  assert.deepEqual([changed.status, error(changed).code], [422, 'repeat'])
  const elsewhere = await taker.command('dispatch', randomUUID(), 'open', data, { id })
  assert.deepEqual([elsewhere.status, error(elsewhere).code], [422, 'repeat'])
})

test('a refusal is not remembered: the same command id may succeed later', async () => {
  const stream = await open()
  const id = randomUUID()
  assert.equal(error(await dutyA.command('dispatch', stream, 'close', {}, { id })).rule, 'feedback-first')
  await dutyA.command('dispatch', stream, 'feedback', { result: 'handled', injured: 0, persons: 1, measures: ['warned'], text: '已处置' })
  assert.equal((await dutyA.command('dispatch', stream, 'close', {}, { id })).status, 200)
})

test('two close at once, one wins', async () => {
  const id = await open()
  await dutyA.command('dispatch', id, 'feedback', { result: 'handled', injured: 0, persons: 1, measures: ['none'], text: '-' })
  const replies = await Promise.all([dutyA, sub].map((seat) => seat.command('dispatch', id, 'close', {})))
  assert.deepEqual(statuses(replies), [200, 409])
})

test('a screen’s acknowledgement makes delivered and seen once, for its own unit only', async () => {
  const id = await open()
  const acknowledge = (seat: Seat, line: number, seen: boolean) =>
    seat.ask('POST', '/signal/dispatch/acknowledge', { lines: [{ incident: id, line, seen }] })
  const replies = await Promise.all([
    acknowledge(dutyA, 1, true),
    acknowledge(dutyA, 1, false),
    acknowledge(sub, 2, false),
    acknowledge(foreign, 1, true),
    acknowledge(dutyA, 2, true),
  ])
  assert.deepEqual([...new Set(replies.map((reply) => reply.status))], [200])
  const { data } = await dutyA.view<Views['incident']>('dispatch', 'incident', { id })
  assert.deepEqual(
    data.trace
      .map((entry) => entry.type)
      .filter((type) => type === 'delivered' || type === 'seen')
      .toSorted(),
    ['delivered', 'delivered', 'seen'],
  )
  assert.deepEqual(
    data.row.lines.map((line) => [line.delivered !== null, line.seen !== null]),
    [
      [true, true],
      [true, false],
    ],
  )
  assert.equal(data.row.lines[0]?.delivered?.source, 'system')
})

test('what a foreign screen says of a line does not stand in for the word of its own unit', async () => {
  const id = await open()
  const mine = await open()
  const acknowledge = (seat: Seat, incident: string, line: number) => ({ seat, line: { incident, line, seen: true } })
  const tell = ({ seat, line }: ReturnType<typeof acknowledge>) => seat.ask('POST', '/signal/dispatch/acknowledge', { lines: [line] })
  // Together with a line that is recorded, so that the command is not refused as a whole.
  const first = await Promise.all([acknowledge(foreign, id, 1), acknowledge(dutyA, mine, 1)].map(tell))
  const then = await tell(acknowledge(dutyA, id, 1))
  assert.deepEqual(
    [...first, then].map(({ status }) => status),
    [200, 200, 200],
  )
  const { data } = await dutyA.view<Views['incident']>('dispatch', 'incident', { id })
  assert.notEqual(data.row.lines[0]?.seen, null)
})

test('the unknown place is a queue; a boundary drawn later sends out what waited', async () => {
  const unknown = await open({ place: { kind: 'unknown' } })
  const gap = await open({ place: { kind: 'point', lon: 1.5, lat: 1.5 } })
  const waiting = async (seat: Seat, unit: string) => ids((await seat.view<Views['unplaced']>('dispatch', 'unplaced', { unit })).data.rows)
  assert.deepEqual((await waiting(taker, 'B1')).toSorted(), [unknown, gap].toSorted())
  assert.deepEqual(await waiting(sub, 'S1'), [gap])
  await house.unit('A3', { kind: 'station', name: '丁所', parent: 'S1', boundary: square(1, 1) })
  for (let tries = 0; (await waiting(sub, 'S1')).length > 0; tries++) {
    assert.ok(tries < 100, 'the reaction has not come')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  const { data } = await sub.view<Views['incident']>('dispatch', 'incident', { id: gap })
  assert.deepEqual([data.row.station, data.trace.at(-1)?.by], ['A3', null])
  const located = await taker.command('dispatch', unknown, 'locate', { place: inA1 })
  assert.equal(located.status, 200)
  assert.ok(ids(await board(dutyA, 'A1')).includes(unknown))
})

test('what may be done is said before it is tried', async () => {
  const id = await open()
  const { data } = await dutyA.view<Views['incident']>('dispatch', 'incident', { id })
  assert.equal(data.can.sign, true)
  assert.deepEqual(data.can.close, { rule: 'feedback-first', values: {} })
  assert.equal(data.can.urge, undefined)
  assert.equal(data.calls[0]?.number, '138 0000 2071')
})

test('bad input is answered by field, in the user’s language, and leaves nothing', async () => {
  const stored = async () =>
    house.house.pool.read(
      '*',
      async (tx) => (await tx.query<{ count: number }>(`select count(*) from kernel.event where module = 'dispatch'`))[0]?.count,
    )
  const before = await stored()
  const cases: [unknown, number, string | null][] = [
    [openData({ extra: 1 }), 422, 'data.extra'],
    [openData({ narrative: 7 }), 422, 'data.narrative'],
    [openData({ narrative: 'x'.repeat(2001) }), 422, 'data.narrative'],
    [openData({ narrative: 'a\u0000b' }), 422, 'data.narrative'],
    [openData({ narrative: 'a\ud800b' }), 422, 'data.narrative'],
    [openData({ place: { kind: 'point', lon: 200, lat: 0 } }), 422, 'data.place.lon'],
    [openData({ place: { kind: 'point', lon: 0.5, lat: -91 } }), 422, 'data.place.lat'],
    [openData({ place: { kind: 'point', lon: 50, lat: 50 } }), 409, 'data.place'],
    [openData({ unit: 'NO-SUCH' }), 409, 'data.unit'],
    [openData({ kind: 'No Code' }), 422, 'data.kind'],
    [openData({ kind: 'nonsense' }), 409, 'data.kind'],
  ]
  for (const [data, status, path] of cases) {
    for (const language of ['zh-CN', 'en']) {
      const body = JSON.stringify({ id: randomUUID(), type: 'open', data })
      const reply = await taker.ask('POST', `/command/dispatch/${randomUUID()}`, body, { 'accept-language': language })
      assert.deepEqual([reply.status, error(reply).fields?.[0]?.path], [status, path], JSON.stringify(data))
      assert.doesNotMatch(error(reply).sentence + error(reply).fields?.[0]?.sentence, /^(error|invalid|refusal)\.|undefined|\{\{/)
    }
  }
  const send = (body: string, path = `/command/dispatch/${randomUUID()}`, type = 'application/json') =>
    taker.ask('POST', path, body, { 'content-type': type })
  assert.equal((await send('{"id": ')).status, 400)
  assert.equal((await send('x=1', undefined, 'text/plain')).status, 400)
  assert.equal((await send(JSON.stringify({ id: 'nonsense', type: 'open', data: openData() }))).status, 422)
  assert.equal(
    (
      await send(
        JSON.stringify({ id: randomUUID(), type: 'open', data: openData(), occurred: { time: '2026-11-22T06:40:00Z', source: 'typed' } }),
      )
    ).status,
    422,
  )
  assert.equal((await send(JSON.stringify({ id: randomUUID(), type: 'open', data: openData() }), '/command/dispatch/nonsense')).status, 422)
  assert.equal((await send(`"${'x'.repeat(10_000_000)}"`)).status, 413)
  assert.equal(await stored(), before)
})

test('after all this the database is what its events say', async () => {
  await house.house.log.flush()
  assert.deepEqual((await verify(house.database.owner, modules)).differences, [])
})
