import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, afterEach, before, test } from 'node:test'
import { sql } from '#kernel/testing/notes.ts'
import { Receiver } from '#kernel/testing/receiver.ts'
import { type Clock, ok, type Seat, server, type TestServer } from '#kernel/testing/server.ts'
import { verify } from '#kernel/verify.ts'
import { modules } from '../../modules.ts'
import type { Views } from './contract.ts'

/** A house that does not know how it is reached. */
let house: TestServer
let clock: Clock
let receiver: Receiver
let seats: Record<'taker' | 'duty' | 'city' | 'admin', Seat>

before(async () => {
  house = await server(modules, { at: '2026-11-24T16:00:00.000Z' })
  assert.ok(house.clock)
  clock = house.clock
  receiver = await Receiver.open()
  await house.unit('B1', { kind: 'bureau', name: '市局' })
  await house.unit('S1', { kind: 'subBureau', name: '一分局', parent: 'B1' })
  await house.unit('A1', { kind: 'station', name: '东门派出所', parent: 'S1' })
  await house.unit('A2', { kind: 'station', name: '西门派出所', parent: 'S1' })
  seats = {
    taker: await house.seat('callTaker', 'B1'),
    duty: await house.seat('stationDuty', 'A1'),
    city: await house.seat('citySupervisor', 'B1'),
    admin: await house.seat('systemAdministrator', 'B1'),
  }
})
after(async () => {
  await house.stop()
  await receiver.close()
})
const taking: Receiver['answering'] = (_, response) => response.writeHead(204).end()
const failing: Receiver['answering'] = (_, response) => response.writeHead(503).end('no')
afterEach(async () => {
  receiver.answering = taking
  for (const { code } of (await seats.admin.view<Views['bells']>('dispatch', 'bells', { unit: 'B1' })).data.rows)
    await seats.admin.command('dispatch', `bell:${code}`, 'retireBell', { reason: '-' })
  await pass(3600)
  await pass(60)
  await pass(1)
  receiver.got.length = 0
  assert.deepEqual((await verify(house.database.owner, modules)).differences, [])
})

const set = async (code: string, unit: string, more: object = {}) =>
  ok(
    await seats.admin.command('dispatch', `bell:${code}`, 'setBell', {
      unit,
      channel: 'webhook',
      target: receiver.url(`/${code}`),
      ...more,
    }),
  )
async function open(): Promise<string> {
  const id = randomUUID()
  const data = { call: { id: randomUUID(), channel: 'voice' }, narrative: '持刀', place: { kind: 'unknown' }, kind: 'noise', unit: 'A1' }
  ok(await seats.taker.command('dispatch', id, 'open', data))
  return id
}
const does = async (id: string, type: string, data: object = {}) => ok(await seats.duty.command('dispatch', id, type, data))
async function drill(unit = 'B1', limitSeconds = 60): Promise<string> {
  const id = randomUUID()
  ok(await seats.city.command('dispatch', `drill:${id}`, 'planDrill', { unit, limitSeconds, reason: '抽查' }))
  return id
}
async function pass(seconds: number): Promise<void> {
  clock.pass(seconds)
  await house.house.sweep.sweep()
  await house.house.effects.pass()
}
/** The second as Beijing has it. */
const local = (time: string) => new Date(Date.parse(time) + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
interface Body {
  readonly type: string
  readonly timestamp: string
  readonly data: Record<string, unknown>
}
/** By address, and at each in the order in which they came. */
const bodies = () =>
  receiver.got
    .map(({ path, text }) => ({ path, ...(JSON.parse(text) as Body) }))
    .toSorted((one, other) => one.path.localeCompare(other.path))
const said = () => bodies().map(({ path, type, data }) => [path, type, data['rung'] ?? data['wait'] ?? data['unit'], data['rings']])
const report = async (id: string) => (await seats.city.view<Views['drill']>('dispatch', 'drill', { id })).data
const outcomes = async (id: string) =>
  (
    await sql<{ data: { bell: string; outcome: string; delivered: boolean; tries: number } }>(
      house.database.owner,
      `select c.data from kernel.event e join kernel.content c using (position) where e.stream = $1 and e.type = 'drillBelled' order by e.n`,
      [`drill:${id}`],
    )
  ).map(({ data: { bell, outcome, delivered, tries } }) => [bell, outcome, delivered, tries])

test('what is late rings in its own name and words, at the bells that ring for it; no link where the house knows no address', async () => {
  await set('all', 'S1')
  await set('ladder', 'A1', { rungs: ['ring', 'assign', 'city'] })
  await set('arrivals', 'B1', { rungs: ['lateArrival'] })
  const id = await open()
  await does(id, 'sign')
  await pass(300)
  await pass(1)
  const { row, trace } = (await seats.city.view<Views['incident']>('dispatch', 'incident', { id })).data
  const due = new Date(Date.parse(clock.now()) - 1000).toISOString()
  const [first] = bodies()
  assert.deepEqual(first, {
    path: '/all',
    type: 'dispatch.late',
    timestamp: due,
    data: {
      effect: first?.data['effect'],
      bell: 'all',
      number: row.number,
      unit: 'A1',
      wait: 'assignment',
      due,
      rings: true,
      text: '东门派出所签收后一直没有派警：提醒所和分局',
    },
  })
  assert.deepEqual(
    trace.flatMap(({ type, data }) => (type === 'belled' ? [(data as { rung: string }).rung] : [])),
    ['lateAssignment'],
  )
  await does(id, 'assign', { handlers: ['王某'] })
  await pass(180)
  await pass(1800)
  await pass(1)
  await does(id, 'arrive')
  await does(id, 'clear')
  await pass(1800)
  await pass(1)
  const waits = (path: string) => said().flatMap((one) => (one[0] === path ? [one[2]] : []))
  assert.deepEqual(
    [waits('/all'), waits('/arrivals'), waits('/ladder')],
    [['assignment', 'departure', 'arrival', 'feedback'], ['arrival'], []],
  )
  assert.deepEqual(new Set(bodies().map(({ type, data }) => `${type} ${data['rings'] === true}`)), new Set(['dispatch.late true']))
})

test('what is no longer late, or too old, is posted and rings no more', async () => {
  await set('one', 'S1', { rungs: ['lateAssignment'] })
  receiver.answering = failing
  const id = await open()
  await does(id, 'sign')
  await pass(300)
  await does(id, 'assign', { handlers: ['王某'] })
  receiver.answering = taking
  await pass(60)
  assert.deepEqual(
    bodies().map(({ data }) => data['rings']),
    [true, false],
  )
})

test('a drill rings the bells of its units, says that it is one, and its report says how far each channel came', async () => {
  await set('station', 'A1')
  await set('sub', 'S1', { rungs: ['drill'] })
  await set('bureau', 'B1', { rungs: ['drill'] })
  await set('without', 'A2', { rungs: ['assign'] })
  const id = await drill()
  await pass(1)
  const until = new Date(Date.parse(clock.now()) + 59_000).toISOString()
  const [first] = bodies()
  assert.deepEqual(first, {
    path: '/station',
    type: 'dispatch.drill',
    timestamp: new Date(Date.parse(clock.now()) - 1000).toISOString(),
    data: {
      effect: first?.data['effect'],
      bell: 'station',
      drill: id,
      unit: 'A1',
      until,
      rings: true,
      text: `演练，不是警情：请东门派出所在 ${local(until)} 前到屏幕上签收`,
    },
  })
  assert.deepEqual(said(), [
    ['/station', 'dispatch.drill', 'A1', true],
    ['/sub', 'dispatch.drill', 'S1', true],
  ])
  const marks = (await report(id)).units.map(({ unit, bells, delivered }) => [unit, bells, delivered])
  const reached = (by: string) => [{ at: clock.now(), by, channel: 'webhook' }]
  assert.deepEqual(marks, [
    ['A1', ['webhook'], reached('station')],
    ['A2', undefined, []],
    ['S1', ['webhook'], reached('sub')],
  ])
  const bells = (await seats.admin.view<Views['bells']>('dispatch', 'bells', { unit: 'B1' })).data.rows
  assert.deepEqual(new Set(bells.map(({ waiting, last }) => [waiting, last].join())), new Set([',']))
})

test('what is in earnest goes first: a drill waits behind it, and what fails for a drill delays no call', async () => {
  await set('one', 'A1', { rungs: ['ring', 'drill'] })
  receiver.answering = failing
  const id = await drill('S1', 600)
  await pass(1)
  for (const seconds of [1, 2, 4, 8, 16]) await pass(seconds)
  const tried = receiver.got.length
  assert.ok(tried >= 5, `${tried} attempts`)
  receiver.got.length = 0
  await open()
  // Both fail: only what is in earnest is tried.
  await pass(30)
  for (const seconds of [1, 2, 4, 8, 16]) await pass(seconds)
  assert.deepEqual(new Set(said().map(([, type]) => type)), new Set(['dispatch.bell']))
  receiver.got.length = 0
  receiver.answering = taking
  await pass(60)
  await pass(60)
  assert.deepEqual(said(), [
    ['/one', 'dispatch.bell', 'ring', true],
    ['/one', 'dispatch.drill', 'A1', true],
  ])
  const [outcome] = await outcomes(id)
  assert.deepEqual(outcome?.slice(0, 3), ['one', 'rung', true])
  const [bell] = (await seats.admin.view<Views['bells']>('dispatch', 'bells', { unit: 'B1' })).data.rows
  assert.equal(bell?.last?.rung, 'ring')
})

test('after its limit a drill rings no more, half an hour later or called off nothing is sent', async () => {
  await set('late', 'A1', { rungs: ['drill'] })
  receiver.answering = failing
  const late = await drill('S1')
  await pass(1)
  receiver.answering = taking
  await pass(70)
  assert.deepEqual(
    bodies().map(({ data }) => data['rings']),
    [true, false],
  )
  assert.deepEqual(await outcomes(late), [['late', 'expired', true, 2]])
  const [unit] = (await report(late)).units.filter((one) => one.unit === 'A1')
  assert.ok((unit?.delivered[0]?.at ?? '') > ((await report(late)).row.until ?? ''))
  receiver.answering = failing
  const [gone, off] = [await drill('S1'), await drill('S1')]
  await pass(1)
  ok(await seats.city.command('dispatch', `drill:${off}`, 'cancelDrill', { reason: '-' }))
  await pass(1861)
  await pass(60)
  assert.deepEqual(
    [(await outcomes(gone)).map((one) => one.slice(1, 3)), (await outcomes(off)).map((one) => one.slice(1, 3))],
    [[['expired', false]], [['expired', false]]],
  )
})

test('a drill that a series holds rings the bells, too', async () => {
  await set('weekly', 'A1', { rungs: ['drill'] })
  const next = new Date(Date.parse(clock.now()) + 3_600_000)
  const time = local(next.toISOString()).slice(11, 16)
  const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
  const until = local(new Date(next.getTime() + 86_400_000).toISOString()).slice(0, 10)
  const stream = `drill-series:${randomUUID()}`
  ok(await seats.city.command('dispatch', stream, 'planSeries', { unit: 'S1', weekdays, time, limitSeconds: 60, reason: '每周', until }))
  next.setUTCSeconds(0, 0)
  await pass((next.getTime() - Date.parse(clock.now())) / 1000)
  await pass(1)
  assert.deepEqual(said(), [['/weekly', 'dispatch.drill', 'A1', true]])
  ok(await seats.city.command('dispatch', stream, 'endSeries', { reason: '-' }))
})
