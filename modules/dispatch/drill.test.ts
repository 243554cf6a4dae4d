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
import type { DrillUnit } from './contract/drill.ts'

const start = '2026-11-24T16:00:00.000Z'
/** A city as large as Beijing: stations 22 or 21 to a sub-bureau. */
const subBureaus = Array.from({ length: 16 }, (_, index) => `S${String(index + 1).padStart(2, '0')}`)
const stations = Array.from({ length: 349 }, (_, index) => `A${String(index + 1).padStart(3, '0')}`)
const subOf = (station: string) => subBureaus[stations.indexOf(station) % subBureaus.length] ?? ''

let house: TestServer
let second: Another
let clock: Clock
let city: Seat
let sub: Seat
let duty: Seat
let taker: Seat
/** One person a sub-bureau who has the watch of all its units. */
const watch = new Map<string, Seat>()

before(async () => {
  house = await server(modules, { at: start })
  assert.ok(house.clock)
  clock = house.clock
  await house.unit('B1', { kind: 'bureau', name: '市局' })
  for (const code of subBureaus) await house.unit(code, { kind: 'subBureau', name: code, parent: 'B1' })
  for (const code of stations) await house.unit(code, { kind: 'station', name: code, parent: subOf(code) })
  await house.unit('Q1', { kind: 'squad', name: 'Q1', parent: 'S01' })
  for (const code of subBureaus) watch.set(code, await house.seat('subBureauDuty', code))
  for (const code of stations) await house.staff(watch.get(subOf(code))?.account ?? '', 'grant', { role: 'stationDuty', unit: code })
  city = await house.seat('citySupervisor', 'B1')
  taker = await house.seat('callTaker', 'B1')
  sub = await house.seat('subBureauDuty', 'S01')
  duty = await house.seat('stationDuty', 'A001')
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
const ahead = (seconds: number) => new Date(Date.parse(clock.now()) + seconds * 1000).toISOString()
async function plan(seat: Seat, unit: string, more: object = {}): Promise<string> {
  const id = randomUUID()
  const { status, body } = await seat.command('dispatch', `drill:${id}`, 'planDrill', { unit, limitSeconds: 60, reason: '抽查', ...more })
  assert.equal(status, 200, JSON.stringify(body))
  return id
}
const sign = (seat: Seat | undefined, id: string, unit: string) => seat?.command('dispatch', `drill:${id}`, 'signDrill', { unit })
const told = async (seat: Seat, id: string, unit: string): Promise<number> =>
  (await seat.ask('POST', '/signal/dispatch/acknowledgeDrill', { drills: [{ drill: id, unit }] })).status
const report = async (seat: Seat, id: string) => (await seat.view<Views['drill']>('dispatch', 'drill', { id })).data
const list = async (seat: Seat, unit: string) => (await seat.view<Views['drills']>('dispatch', 'drills', { unit })).data.rows
const now = async (seat: Seat, unit: string) => (await seat.view<Views['drillsNow']>('dispatch', 'drillsNow', { unit })).data.rows
const types = async (id: string) =>
  (await sql<{ type: string }>(house.database.owner, 'select type from kernel.event where stream = $1 order by n', [`drill:${id}`])).map(
    ({ type }) => type,
  )
const clocks = (id: string) => sql(house.database.owner, 'select id, unit, due from kernel.clock where stream = $1', [`drill:${id}`])
const isClean = async () => assert.deepEqual((await verify(house.database.owner, modules)).differences, [])
const again = async () => {
  for (const [code, seat] of watch) watch.set(code, await seat.again())
  ;[city, sub, duty, taker] = [await city.again(), await sub.again(), await duty.again(), await taker.again()]
}

test('a city of 16 and 349 units is rung at once and all sign at once: each once, within the limit, in far fewer events than a stream may have', async (t) => {
  const before = {
    wall: (await city.view<Views['wall']>('dispatch', 'wall', { unit: 'B1' })).data,
    statistics: (await city.view<Views['statistics']>('dispatch', 'statistics', { unit: 'B1', of: 'receipt', by: 'subBureau' })).data,
  }
  const id = await plan(city, 'B1')
  const all = [...subBureaus, ...stations]
  const of = (unit: string) => watch.get(unit.startsWith('S') ? unit : subOf(unit))
  const begun = performance.now()
  const delivered = await Promise.all(all.map((unit) => told(of(unit) ?? city, id, unit)))
  assert.deepEqual(new Set(delivered), new Set([200]))
  clock.pass(30)
  const signed = await Promise.all(all.map(async (unit) => (await sign(of(unit), id, unit))?.status))
  assert.deepEqual(new Set(signed), new Set([200]))
  t.diagnostic(`delivered and signed by 365 units in ${Math.round(performance.now() - begun)} ms`)
  const { units, row } = await report(city, id)
  const expected = (unit: string): DrillUnit => {
    const seat = of(unit)
    const by = units.find((one) => one.unit === unit)?.signed?.by ?? ''
    assert.ok(seat)
    return {
      unit,
      level: unit.startsWith('S') ? 'subBureau' : 'station',
      subBureau: unit.startsWith('S') ? unit : subOf(unit),
      delivered: [{ at: row.start, by, channel: 'screen' }],
      signed: { at: clock.now(), by, channel: 'screen', late: false },
    }
  }
  const order = (a: DrillUnit, b: DrillUnit) => (`${a.subBureau} ${a.unit}` < `${b.subBureau} ${b.unit}` ? -1 : 1)
  assert.deepEqual(units, all.map(expected).toSorted(order))
  const events = await types(id)
  t.diagnostic(`${events.length} events: ${events.filter((type) => type === 'drillDelivered').length} of deliveries`)
  assert.ok(events.length < 800, String(events.length))
  await passed(30)
  assert.deepEqual((await types(id)).slice(-1), ['drillEnded'])
  assert.deepEqual(
    (await list(city, 'B1')).map(({ phase, counts }) => [phase, counts]),
    [['ended', { units: 365, delivered: 365, within: 365, late: 0 }]],
  )
  assert.deepEqual(
    (await list(city, 'S02')).map(({ counts }) => counts),
    [{ units: 23, delivered: 23, within: 23, late: 0 }],
  )
  const wall = (await city.view<Views['wall']>('dispatch', 'wall', { unit: 'B1' })).data
  assert.deepEqual({ ...wall, now: before.wall.now }, before.wall)
  const statistics = (await city.view<Views['statistics']>('dispatch', 'statistics', { unit: 'B1', of: 'receipt', by: 'subBureau' })).data
  assert.deepEqual({ ...statistics, now: before.statistics.now }, before.statistics)
  const { rows } = (await city.view<Views['search']>('dispatch', 'search', { unit: 'B1' })).data
  assert.deepEqual(rows, [])
  await isClean()
})

test('two houses start a planned drill once and end it once; a unit hears of it when it starts, and not before', async () => {
  const id = await plan(city, 'S01', { at: ahead(600) })
  assert.deepEqual(await clocks(id), [{ id: 'drillStart', unit: 'S01', due: new Date(ahead(600)) }])
  assert.deepEqual([(await list(duty, 'A001')).length, (await list(sub, 'S01'))[0]?.phase], [1, 'planned'])
  assert.equal((await duty.ask('GET', `/view/dispatch/drill?id=${id}`)).status, 404)
  const screens = await Promise.all([duty, taker].map((seat) => Screen.open(house.url, seat.cookie)))
  await passed(599)
  assert.deepEqual(await types(id), ['drillPlanned'])
  await passed(1)
  assert.deepEqual(await types(id), ['drillPlanned', 'drillStarted'])
  const [atStation, atBureau] = screens
  await until('the frame', () => atStation?.of('change').find(({ data }) => data['stream'] === `drill:${id}`) ?? null)
  for (const screen of screens) screen.close()
  assert.ok(atBureau)
  const [shown] = await now(duty, 'A001')
  assert.deepEqual(shown, {
    id,
    unit: 'S01',
    phase: 'running',
    limitSeconds: 60,
    reason: '抽查',
    until: ahead(60),
    own: { unit: 'A001', level: 'station', subBureau: 'S01', delivered: [], signed: null },
  })
  assert.deepEqual(await now(sub, 'S01'), [])
  await passed(60)
  assert.deepEqual(await types(id), ['drillPlanned', 'drillStarted', 'drillEnded'])
  assert.equal((await now(duty, 'A001'))[0]?.phase, 'ended')
  clock.pass(5)
  assert.equal((await sign(duty, id, 'A001'))?.status, 200)
  assert.deepEqual(await now(duty, 'A001'), [])
  assert.deepEqual(
    (await report(duty, id)).units.map(({ unit, signed }) => [unit, signed?.late]),
    [['A001', true]],
  )
  assert.deepEqual((await list(duty, 'A001')).map(({ counts }) => counts).slice(0, 1), [{ units: 1, delivered: 0, within: 0, late: 1 }])
  await isClean()
})

test('a drill that nobody signs is shown half an hour after its limit and then no more', async () => {
  const id = await plan(sub, 'S01')
  await passed(60)
  clock.pass(1799)
  assert.deepEqual(
    (await now(duty, 'A001')).map((one) => one.id),
    [id],
  )
  clock.pass(1)
  assert.deepEqual(await now(duty, 'A001'), [])
})

test('a restart in the middle of the clock: the drill goes on, and ends once, late if it must', async () => {
  const first = await plan(city, 'S01')
  assert.equal((await sign(duty, first, 'A001'))?.status, 200)
  clock.pass(20)
  await second.close()
  await house.reopen(async () => clock.pass(20))
  second = await house.another()
  await again()
  assert.equal((await now(duty, 'A001'))[0]?.own.signed?.late, false)
  await passed(20)
  assert.deepEqual(await types(first), ['drillPlanned', 'drillStarted', 'drillSigned', 'drillEnded'])
  const stopped = await plan(city, 'S01')
  await second.close()
  await house.reopen(async () => clock.pass(3600))
  second = await house.another()
  await again()
  // Before anybody has swept: the receipt is late by the limit, not by the event that says so.
  assert.equal((await sign(duty, stopped, 'A001'))?.status, 200)
  await sweep()
  const [ended] = await sql<{ late: boolean }>(
    house.database.owner,
    `select (c.data ->> 'late')::boolean as late from kernel.event e join kernel.content c using (position) where e.stream = $1 and e.type = 'drillEnded'`,
    [`drill:${stopped}`],
  )
  assert.deepEqual([ended?.late, (await report(duty, stopped)).units[0]?.signed?.late], [true, true])
  await isClean()
})

test('planned during an outage: what is a little late starts and says so, what is too old is missed and rings nobody', async () => {
  const [late, missed] = [await plan(city, 'S01', { at: ahead(1500) }), await plan(city, 'S01', { at: ahead(60) })]
  await second.close()
  await house.reopen(async () => clock.pass(1800))
  second = await house.another()
  await again()
  await sweep()
  assert.deepEqual(
    [await types(late), await types(missed)],
    [
      ['drillPlanned', 'drillStarted'],
      ['drillPlanned', 'drillMissed'],
    ],
  )
  const rows = new Map((await list(city, 'S01')).map((row) => [row.id, row]))
  assert.deepEqual([rows.get(late)?.started?.late, rows.get(missed)?.missed, rows.get(missed)?.phase], [true, 'late', 'missed'])
  assert.deepEqual(
    (await now(duty, 'A001')).map(({ id }) => id),
    [late],
  )
  assert.equal((await sub.command('dispatch', `drill:${late}`, 'cancelDrill', { reason: '已知' })).status, 200)
  assert.deepEqual([await now(duty, 'A001'), await clocks(late)], [[], []])
  await isClean()
})

test('the units of a drill are those that there are when it starts', async () => {
  await house.unit('S90', { kind: 'subBureau', name: 'S90', parent: 'B1' })
  await house.unit('N01', { kind: 'station', name: 'N01', parent: 'S90' })
  const id = await plan(city, 'S90', { at: ahead(60) })
  await house.unit('N02', { kind: 'station', name: 'N02', parent: 'S90' })
  await house.staff('N01', 'closeUnit', { reason: '撤并' })
  await passed(60)
  await house.unit('N03', { kind: 'station', name: 'N03', parent: 'S90' })
  assert.deepEqual(
    (await report(city, id)).units.map(({ unit }) => unit),
    ['N02'],
  )
})

test('twenty receipts of one unit at once: one is taken; a foreign screen’s word delivers nothing', async () => {
  const id = await plan(city, 'S01')
  const statuses = await Promise.all(Array.from({ length: 20 }, async () => (await sign(duty, id, 'A001'))?.status))
  assert.deepEqual(statuses.map(String).toSorted(), ['200', ...Array.from({ length: 19 }, () => '409')])
  assert.equal(await told(duty, id, 'A017'), 200)
  assert.equal(await told(duty, randomUUID(), 'A001'), 200)
  const { units, can } = await report(sub, id)
  assert.deepEqual(
    units.flatMap(({ delivered }) => delivered),
    [],
  )
  assert.deepEqual(can, { cancelDrill: true })
  assert.deepEqual((await report(duty, id)).can, { signDrill: { rule: 'signed-already', values: { by: 'stationDuty 20' } } })
})

test('of a receipt the unit and those above it are told, of a start and an end everybody in it', async () => {
  const [own, other, above] = await Promise.all([duty, watch.get('S02') ?? city, sub].map((seat) => Screen.open(house.url, seat.cookie)))
  assert.ok(own && other && above)
  const id = await plan(city, 'S01')
  const told = (screen: Screen) =>
    screen
      .of('change')
      .filter(({ data }) => data['stream'] === `drill:${id}`)
      .map(({ data }) => data['type'])
  const hears = (type: string, ...screens: readonly Screen[]) =>
    until(`${type} is told`, () => screens.every((screen) => told(screen).includes(type)) || null)
  await hears('drillStarted', own, above)
  assert.equal((await sign(watch.get('S01'), id, 'A017'))?.status, 200)
  await hears('drillSigned', above)
  assert.equal((await city.command('dispatch', `drill:${id}`, 'cancelDrill', { reason: '-' })).status, 200)
  await hears('drillCancelled', own, above)
  assert.deepEqual(
    [told(own), told(above), told(other)],
    [['drillStarted', 'drillCancelled'], ['drillStarted', 'drillSigned', 'drillCancelled'], []],
  )
  for (const screen of [own, other, above]) screen.close()
})
