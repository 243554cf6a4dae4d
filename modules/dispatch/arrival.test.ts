import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from '#kernel/testing/notes.ts'
import { type Clock, type Seat, server, type TestServer } from '#kernel/testing/server.ts'
import { verify } from '#kernel/verify.ts'
import { modules } from '../../modules.ts'
import type { Views } from './contract.ts'

const start = '2026-11-24T16:00:00.000Z'
const spot = { kind: 'point', lon: 116.46, lat: 39.92 } as const
let house: TestServer
let clock: Clock
let seats: Record<'taker' | 'duty' | 'other' | 'patrol' | 'sub' | 'city' | 'security', Seat>

before(async () => {
  house = await server(modules, { at: start })
  assert.ok(house.clock)
  clock = house.clock
  await house.unit('B1', { kind: 'bureau', name: '市局' })
  await house.unit('S1', { kind: 'subBureau', name: '一分局', parent: 'B1' })
  // About nine kilometres from the spot; the other has no position.
  await house.unit('A1', { kind: 'station', name: 'A1', parent: 'S1', position: [116.36, 39.9] })
  await house.unit('A2', { kind: 'station', name: 'A2', parent: 'S1' })
  seats = {
    taker: await house.seat('callTaker', 'B1'),
    duty: await house.seat('stationDuty', 'A1'),
    other: await house.seat('stationDuty', 'A2'),
    patrol: await house.seat('patrolOfficer', 'A1'),
    sub: await house.seat('subBureauDuty', 'S1'),
    city: await house.seat('citySupervisor', 'B1'),
    security: await house.seat('securityAdministrator', 'B1'),
  }
})
after(() => house.stop())

async function act(seat: Seat, stream: string, type: string, data: object = {}, occurred?: object): Promise<void> {
  const { status, body } = await seat.command('dispatch', stream, type, data, occurred === undefined ? {} : { occurred })
  assert.equal(status, 200, `${type}: ${JSON.stringify(body)}`)
}
async function open(unit = 'A1', more: object = {}): Promise<string> {
  const id = randomUUID()
  const data = { call: { id: randomUUID(), channel: 'voice' }, narrative: '-', place: spot, kind: 'noise', priority: 1, unit, ...more }
  await act(seats.taker, id, 'open', data)
  return id
}
async function passed(seconds: number): Promise<void> {
  clock.pass(seconds)
  await house.house.sweep.sweep()
}
const incident = async (id: string) => (await seats.city.view<Views['incident']>('dispatch', 'incident', { id })).data
type Told = { clock: string; point: string; unit: string; late: boolean; rings: boolean; rule: string; detail: string }
/** What the clocks have said of it, and what stays as a finding. */
const told = async (id: string) =>
  (await incident(id)).trace
    .filter(({ type }) => type === 'lapsed' || type === 'found')
    .map(({ type, data }) => {
      const { clock, point, unit, late, rings, rule, detail } = data as Told
      return type === 'found' ? [rule, detail] : [`${clock}-${point}`, unit, late, rings]
    })
const kept = async (id: string) =>
  (
    await sql<{ id: string; point: string; due: Date }>(
      house.database.owner,
      'select id, point, due from kernel.clock where stream = $1 order by id',
      [id],
    )
  ).map(({ id: clockId, point, due }) => [clockId, point, (due.getTime() - Date.parse(clock.now())) / 1000])
const isClean = async () => assert.deepEqual((await verify(house.database.owner, modules)).differences, [])
const feedback = { result: 'handled', injured: 0, persons: 0, measures: ['none'], text: '-' }

test('from the receipt to the feedback one wait follows the other, each is late at its moment, and none is left', async () => {
  const id = await open('A2')
  await act(seats.other, id, 'sign')
  assert.deepEqual(await kept(id), [['assignment', 'late', 300]])
  await passed(300)
  assert.deepEqual(await told(id), [['assignment-late', 'A2', false, true]])
  await act(seats.other, id, 'assign', { handlers: ['王某'] })
  assert.deepEqual(await kept(id), [
    ['arrival', 'warn', 240],
    ['departure', 'late', 180],
  ])
  await passed(179)
  assert.equal((await told(id)).length, 1)
  await passed(1)
  await act(seats.other, id, 'depart')
  await passed(120)
  assert.deepEqual((await told(id)).slice(1), [
    ['departure-late', 'A2', false, true],
    ['arrival-warn', 'A2', true, false],
    ['arrival-late', 'A2', false, true],
  ])
  const { rows } = (await seats.sub.view<Views['board']>('dispatch', 'board', { unit: 'S1' })).data
  assert.deepEqual(rows.find((row) => row.id === id)?.waits, [
    { rule: 'arrival', clock: null, last: { point: 'late', at: clock.now(), rings: true } },
  ])
  await act(seats.other, id, 'arrive', {}, { source: 'typed', time: start })
  assert.equal((await told(id)).at(-2)?.[0], 'arrival-late')
  await act(seats.other, id, 'clear')
  assert.deepEqual(await kept(id), [['feedback', 'late', 1800]])
  await passed(1800)
  assert.deepEqual((await told(id)).at(-1), ['feedback-late', 'A2', false, true])
  await act(seats.other, id, 'feedback', feedback)
  const { row } = await incident(id)
  assert.deepEqual([row.waits, await kept(id)], [undefined, []])
  await isClean()
})

test('work that is abandoned stays as a finding, however long nobody swept', async () => {
  const [signed, sent] = [await open(), await open()]
  await act(seats.duty, signed, 'sign')
  await act(seats.duty, sent, 'assign', { handlers: ['王某'] })
  await house.reopen(async () => clock.pass(7200))
  for (const name of Object.keys(seats) as (keyof typeof seats)[]) seats[name] = await seats[name].again()
  await house.house.sweep.sweep()
  assert.deepEqual(await told(signed), [
    ['assignment-late', 'A1', true, false],
    ['assignment-finding', 'A1', true, false],
    ['never-assigned', 'A1'],
  ])
  assert.deepEqual(
    (await told(sent)).map(([what]) => what),
    ['departure-late', 'arrival-warn', 'arrival-late', 'departure-finding', 'never-departed'],
  )
  assert.deepEqual([await kept(signed), await kept(sent)], [[], []])
  await isClean()
})

test('an administrator makes a station one of the outskirts; the settings of the moment stay with the assignment', async () => {
  const before = await open('A2')
  await act(seats.other, before, 'assign', { handlers: ['王某'] })
  await act(seats.security, 'setting:outskirts', 'setSetting', { unit: 'A2', value: 1, reason: '城郊' })
  const after = await open('A2')
  await act(seats.other, after, 'assign', { handlers: ['王某'] })
  const arrivals = async (id: string) => (await kept(id)).filter(([rule]) => rule === 'arrival')
  assert.deepEqual([await arrivals(before), await arrivals(after)], [[['arrival', 'warn', 240]], [['arrival', 'warn', 540]]])
  const { trace } = await incident(after)
  const data = trace.find(({ type }) => type === 'assigned')?.data as {
    limits: { rule: string; points: { set: unknown }[] }[]
    way?: unknown
  }
  assert.deepEqual(data.limits.find(({ rule }) => rule === 'arrival')?.points[0]?.set, [
    { key: 'arrivalMinutesOutskirts1', value: 10, unit: null },
    { key: 'outskirts', value: 1, unit: 'A2' },
    { key: 'arrivalWarnSeconds', value: 60, unit: null },
  ])
  assert.equal(data.way, undefined)
  await isClean()
})

test('faster there than the way allows: from the patrol’s last position, else from its station; a finding, and a doubt in the statistics', async () => {
  const doubts = async () =>
    (await seats.city.view<Views['statistics']>('dispatch', 'statistics', { unit: 'B1', of: 'arrival', by: 'station' })).data.rows.map(
      ({ key, flags }) => [key, flags],
    )
  const arrives = async (id: string, seconds: number, data: object, occurred?: object) => {
    await act(seats.duty, id, 'assign', { ...data, busyToo: true })
    clock.pass(seconds)
    await act(seats.duty, id, 'arrive', {}, occurred)
    const found = (await told(id)).filter(([rule]) => rule === 'too-fast')
    const way = (await incident(id)).row.way
    return [way?.of, way?.metres, found]
  }
  const officer = { officers: [seats.patrol.account] }
  assert.deepEqual(await arrives(await open(), 60, { handlers: ['王某'] }), ['station', 8800, [['too-fast', '8.8 km, 60 s']]])
  assert.deepEqual(await doubts(), [
    ['A1', [{ rule: 'tooFast', of: 'arrival', values: { times: 1, count: 1 } }]],
    ['A2', []],
  ])
  assert.deepEqual(await arrives(await open(), 300, { handlers: ['王某'] }), ['station', 8800, []])
  assert.equal((await seats.patrol.ask('POST', '/signal/dispatch/position', { lon: 116.47, lat: 39.92 })).status, 200)
  assert.deepEqual(await arrives(await open(), 30, officer), ['patrol', 900, []])
  assert.deepEqual(await arrives(await open(), 20, officer), ['patrol', 900, [['too-fast', '0.9 km, 20 s']]])
  assert.deepEqual(await arrives(await open(), 30, officer, { source: 'typed', time: clock.now() }), ['patrol', 900, []])
  const described = await open('A1', { place: { kind: 'described', text: '东门' } })
  assert.deepEqual(await arrives(described, 1, officer), [undefined, undefined, []])
  // A position is kept for the map alone: an hour later nobody knows any more where the patrol is.
  clock.pass(3601)
  assert.deepEqual(await arrives(await open(), 1, officer), ['station', 8800, [['too-fast', '8.8 km, 1 s']]])
  assert.deepEqual((await doubts())[0], ['A1', [{ rule: 'tooFast', of: 'arrival', values: { times: 3, count: 7 } }]])
  await isClean()
})
