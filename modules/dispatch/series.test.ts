import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from '#kernel/testing/notes.ts'
import { Screen } from '#kernel/testing/screen.ts'
import { type Another, type Clock, type Seat, server, type TestServer } from '#kernel/testing/server.ts'
import { until } from '#kernel/testing/until.ts'
import { verify } from '#kernel/verify.ts'
import { modules } from '../../modules.ts'
import type { Views } from './contract.ts'

/** 07:59 of a Tuesday where the force is. */
const start = '2026-11-23T23:59:00.000Z'
const dayMs = 86_400_000

let house: TestServer
let second: Another
let clock: Clock
let city: Seat
let sub: Seat
let duty: Seat

before(async () => {
  house = await server(modules, { at: start })
  assert.ok(house.clock)
  clock = house.clock
  await house.unit('B1', { kind: 'bureau', name: '市局' })
  await house.unit('S1', { kind: 'subBureau', name: '一分局', parent: 'B1' })
  await house.unit('A1', { kind: 'station', name: '一所', parent: 'S1' })
  city = await house.seat('citySupervisor', 'B1')
  sub = await house.seat('subBureauDuty', 'S1')
  duty = await house.seat('stationDuty', 'A1')
  second = await house.another()
})
after(async () => {
  await second.close()
  await house.stop()
})

const sweep = () => Promise.all([house.house.sweep.sweep(), second.house.sweep.sweep()])
const passed = async (seconds: number) => {
  clock.pass(seconds)
  await sweep()
}
async function plan(seat: Seat, unit: string, more: object = {}): Promise<string> {
  const id = randomUUID()
  const data = { unit, weekdays: ['tue', 'wed'], time: '08:00', limitSeconds: 60, reason: '早间抽查', until: '2026-12-31', ...more }
  const { status, body } = await seat.command('dispatch', `drill-series:${id}`, 'planSeries', data)
  assert.equal(status, 200, JSON.stringify(body))
  return id
}
const end = (seat: Seat, id: string) => seat.command('dispatch', `drill-series:${id}`, 'endSeries', { reason: '-' })
const list = async (seat: Seat, unit: string) => (await seat.view<Views['drillSeries']>('dispatch', 'drillSeries', { unit })).data.rows
const runs = async (id: string) =>
  (await city.view<Views['drills']>('dispatch', 'drills', { unit: 'B1' })).data.rows
    .filter(({ series }) => series === id)
    .map(({ start: at, phase, missed }) => [at, phase, missed])
    .toReversed()
const rings = async () => (await duty.view<Views['drillsNow']>('dispatch', 'drillsNow', { unit: 'A1' })).data.rows.map(({ id }) => id)
const at = (days: number) => new Date(Date.parse(start) + 60_000 + days * dayMs).toISOString()
const outage = async (seconds: number) => {
  await second.close()
  await house.reopen(async () => clock.pass(seconds))
  second = await house.another()
  ;[city, sub, duty] = [await city.again(), await sub.again(), await duty.again()]
}

test('two houses start the drill of a moment once, the screens of its units ring, and the next moment stands', async () => {
  const id = await plan(city, 'B1')
  assert.deepEqual(
    (await list(city, 'B1')).map(({ next, can }) => [next, can]),
    [[at(0), { endSeries: true }]],
  )
  const screen = await Screen.open(house.url, city.cookie)
  await passed(59)
  assert.deepEqual([await runs(id), await rings()], [[], []])
  await passed(1)
  assert.deepEqual(await runs(id), [[at(0), 'running', null]])
  assert.equal((await rings()).length, 1)
  await until('the frame of the series', () => screen.of('change').find(({ data }) => data['type'] === 'seriesRan') ?? null)
  screen.close()
  assert.deepEqual(
    (await list(city, 'B1')).map(({ next, ran }) => [next, ran]),
    [[at(1), 1]],
  )
  await passed(60)
  assert.deepEqual(await runs(id), [[at(0), 'ended', null]])
  await end(city, id)
  await passed(2 * 86_400)
  assert.equal((await runs(id)).length, 1)
})

test('twenty others that name a moment’s drill while two houses sweep: one drill is made of it', async () => {
  const at = new Date(Date.parse(clock.now()) + 60_000)
  const time = new Date(at.getTime() + 8 * 3_600_000).toISOString()
  const weekday = (['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const)[new Date(time).getUTCDay()]
  const id = await plan(sub, 'S1', { weekdays: [weekday], time: time.slice(11, 16) })
  const next = (await list(sub, 'S1'))[0]?.next
  clock.pass(61)
  const give = (drill: string) =>
    house.house.road
      .take({
        module: 'dispatch',
        stream: `drill-series:${id}`,
        id: randomUUID(),
        type: 'runSeries',
        data: { drill, due: next },
        by: { system: 'clocks', because: 0 },
        as: [],
      })
      .then(
        () => 'taken',
        () => 'refused',
      )
  const given = await Promise.all([...Array.from({ length: 20 }, () => give(randomUUID())), sweep().then(() => 'swept')])
  assert.ok(given.filter((one) => one === 'taken').length <= 1)
  assert.deepEqual(
    (await runs(id)).map(([start]) => start),
    [next],
  )
  await end(sub, id)
})

test('what fell due while no server ran is shown as missed and rings nobody; the next moment rings', async () => {
  const id = await plan(city, 'B1', { weekdays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] })
  const [{ next } = { next: null }] = await list(city, 'B1')
  assert.ok(next)
  const away = (Date.parse(next) - Date.parse(clock.now())) / 1000
  // Back a minute and a second after the second of its moments.
  await outage(away + 86_400 + 61)
  await sweep()
  const day = (n: number) => new Date(Date.parse(next) + n * dayMs).toISOString()
  assert.deepEqual(await runs(id), [
    [day(0), 'missed', 'down'],
    [day(1), 'missed', 'down'],
  ])
  assert.deepEqual(await rings(), [])
  const [row] = await list(city, 'B1')
  assert.deepEqual([row?.next, row?.ran, row?.missed], [day(2), 2, 2])
  await passed(86_400 - 61)
  assert.deepEqual((await runs(id)).at(-1), [day(2), 'running', null])
  assert.equal((await rings()).length, 1)
  assert.deepEqual((await verify(house.database.owner, modules)).differences, [])
  assert.equal((await end(city, id)).status, 200)
  const left = await sql(house.database.owner, `select id from kernel.clock where stream = $1`, [`drill-series:${id}`])
  assert.deepEqual(left, [])
})

test('two series of a unit that come to the same moment ring its units once', async () => {
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
  const [one, other] = [await plan(city, 'B1', { weekdays: days }), await plan(city, 'B1', { weekdays: days })]
  const next = (await list(city, 'B1'))[0]?.next ?? ''
  await passed((Date.parse(next) - Date.parse(clock.now())) / 1000)
  assert.deepEqual([[...(await runs(one)), ...(await runs(other))], (await rings()).length], [[[next, 'running', null]], 1])
  const rows = (await list(city, 'B1')).filter(({ next: coming }) => coming !== null)
  assert.deepEqual(
    rows.map(({ ran, missed }) => [ran, missed]),
    [
      [1, 0],
      [1, 0],
    ],
  )
  for (const id of [one, other]) await end(city, id)
})

test('a series is seen by its own unit and those above it, never by those that it drills', async () => {
  const [ofCity, ofSub] = [await plan(city, 'B1'), await plan(sub, 'S1')]
  const ids = async (seat: Seat, unit: string) => (await list(seat, unit)).filter(({ next }) => next !== null).map((row) => row.id)
  assert.deepEqual(
    [(await ids(city, 'B1')).toSorted(), await ids(city, 'S1'), await ids(sub, 'S1')],
    [[ofCity, ofSub].toSorted(), [ofSub], [ofSub]],
  )
  assert.deepEqual(
    (await list(city, 'S1')).filter(({ next }) => next !== null).map(({ can }) => can),
    [{ endSeries: true }],
  )
  assert.equal((await duty.ask('GET', '/view/dispatch/drillSeries?unit=A1')).status, 403)
  assert.equal((await sub.ask('GET', '/view/dispatch/drillSeries?unit=B1')).status, 404)
  assert.equal((await end(sub, ofCity)).status, 404)
  assert.equal((await end(city, ofSub)).status, 200)
  assert.equal((await end(city, ofSub)).status, 409)
})
