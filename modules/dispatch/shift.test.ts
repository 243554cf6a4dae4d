import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from '#kernel/testing/notes.ts'
import { type Another, type Clock, type Seat, server, type TestServer } from '#kernel/testing/server.ts'
import { verify } from '#kernel/verify.ts'
import { modules } from '../../modules.ts'
import type { Views } from './contract.ts'
import { equipment } from './rules/shift.ts'

let house: TestServer
let second: Another
let clock: Clock
let seats: Record<'taker' | 'early' | 'late' | 'other' | 'sub' | 'city' | 'security', Seat>

before(async () => {
  house = await server(modules, { at: '2026-11-24T16:00:00.000Z' })
  assert.ok(house.clock)
  clock = house.clock
  await house.unit('B1', { kind: 'bureau', name: '市局' })
  await house.unit('S1', { kind: 'subBureau', name: '一分局', parent: 'B1' })
  for (const code of ['A1', 'A2']) await house.unit(code, { kind: 'station', name: code, parent: 'S1' })
  seats = {
    taker: await house.seat('callTaker', 'B1'),
    early: await house.seat('stationDuty', 'A1'),
    late: await house.seat('stationDuty', 'A1'),
    other: await house.seat('stationDuty', 'A2'),
    sub: await house.seat('subBureauDuty', 'S1'),
    city: await house.seat('citySupervisor', 'B1'),
    security: await house.seat('securityAdministrator', 'B1'),
  }
  second = await house.another()
})
after(async () => {
  await second.close()
  await house.stop()
})

type Given = { readonly status: number; readonly body: { readonly error?: { readonly rule?: string } } }
const give = async (seat: Seat, stream: string, type: string, data: object = {}) => {
  const { status, body } = (await seat.command('dispatch', stream, type, data)) as Given
  return status === 200 ? 'ok' : (body.error?.rule ?? status)
}
const fresh = () => `shift:${randomUUID()}`
const list = equipment.map((item) => ({ item, ok: true }))
const begin = async (seat: Seat, unit: string): Promise<string> => {
  const stream = fresh()
  assert.equal(await give(seat, stream, 'startShift', { unit }), 'ok')
  return stream
}
const end = async (seat: Seat, stream: string) => assert.equal(await give(seat, stream, 'endShift', { reason: '换岗' }), 'ok')
const deskOf = async (seat: Seat, unit: string) => (await seat.view<Views['desk']>('dispatch', 'desk', { unit })).data
const staffing = async (seat: Seat, unit: string) => (await seat.view<Views['staffing']>('dispatch', 'staffing', { unit })).data.rows
const trace = async (stream: string) =>
  (await seats.city.view<Views['shift']>('dispatch', 'shift', { id: stream })).data.trace.map(({ type }) => type)
const onShift = async (seat: Seat) =>
  (await sql(house.database.owner, 'select account from kernel.on_shift where account = $1', [seat.account])).length === 1
const beat = async (seat: Seat, screen: string, visible = true) =>
  assert.equal((await seat.ask('POST', '/signal/dispatch/present', { screen, visible })).status, 200)
/** Both servers look at the same moment. */
const passed = async (seconds: number) => {
  clock.pass(seconds)
  await Promise.all([house.house.sweep.sweep(), second.house.sweep.sweep()])
}
const isClean = async () => assert.deepEqual((await verify(house.database.owner, modules)).differences, [])

test('of twenty that start a shift at one desk at once one has it, and is on shift for the whole house', async () => {
  const streams = Array.from({ length: 20 }, fresh)
  const found = await Promise.all(
    streams.map((stream, n) => give(n % 2 === 0 ? seats.early : seats.late, stream, 'startShift', { unit: 'A1' })),
  )
  assert.deepEqual(found.map(String).toSorted(), [...Array.from({ length: 19 }, () => 'desk-taken'), 'ok'])
  const won = found.indexOf('ok')
  const [winner, loser] = won % 2 === 0 ? [seats.early, seats.late] : [seats.late, seats.early]
  assert.deepEqual([await onShift(winner), await onShift(loser)], [true, false])
  await end(loser, streams[won] ?? '')
  assert.equal(await onShift(winner), false)
  await isClean()
})

test('nobody is at two desks, and a foreign unit’s shift does not exist', async () => {
  const stream = await begin(seats.early, 'A1')
  assert.equal(await give(seats.early, fresh(), 'startShift', { unit: 'A2' }), 'foreign-unit')
  await house.staff(seats.early.account, 'grant', { role: 'stationDuty', unit: 'A2' })
  const both = await seats.early.again()
  assert.equal(await give(both, fresh(), 'startShift', { unit: 'A2' }), 'on-other-shift')
  await house.staff(seats.early.account, 'revoke', { role: 'stationDuty', unit: 'A2', reason: '-' })
  for (const seat of [seats.other, seats.sub, seats.city]) assert.equal(await give(seat, stream, 'joinShift'), 404)
  assert.equal((await seats.other.ask('GET', `/view/dispatch/shift?id=${stream}`)).status, 404)
  assert.equal((await seats.other.ask('GET', '/view/dispatch/desk?unit=A1')).status, 404)
  await end(seats.early, stream)
})

test('a shift passes on when the incoming person signs at his own session what the outgoing one has offered', async () => {
  const incident = randomUUID()
  const data = { call: { id: randomUUID(), channel: 'voice' }, narrative: '-', place: { kind: 'unknown' }, kind: 'noise', unit: 'A1' }
  assert.equal((await seats.taker.command('dispatch', incident, 'open', data)).status, 200)
  const stream = await begin(seats.early, 'A1')
  const before = await deskOf(seats.late, 'A1')
  const { open, clocks } = before.hand
  assert.deepEqual(
    [open, before.hand.incidents.map(({ id }) => id), clocks.map(({ point, rule }) => [rule, point])],
    [1, [incident], [['receipt', 'ring']]],
  )
  assert.deepEqual(before.people.map(({ account }) => account).toSorted(), [seats.early.account, seats.late.account].toSorted())
  assert.deepEqual(before.can.takeOver, { rule: 'nothing-offered', values: {} })
  assert.equal(await give(seats.early, stream, 'handOver', { to: seats.other.account, equipment: list }), 'not-of-this-desk')
  assert.equal(await give(seats.early, stream, 'handOver', { to: seats.late.account, equipment: list, note: '东门积水' }), 'ok')
  const { shift, can } = await deskOf(seats.late, 'A1')
  assert.equal(can.takeOver, true)
  assert.deepEqual(
    [shift?.offer?.to.account, shift?.offer?.incidents, shift?.offer?.clocks],
    [seats.late.account, before.hand.incidents, clocks],
  )
  assert.deepEqual([await onShift(seats.early), await onShift(seats.late)], [true, false])
  const next = randomUUID()
  assert.equal(await give(seats.early, stream, 'takeOver', { offer: shift?.offer?.n, next }), 'not-offered-to-you')
  assert.equal(await give(seats.late, stream, 'takeOver', { offer: shift?.offer?.n, next }), 'ok')
  assert.deepEqual([await onShift(seats.early), await onShift(seats.late)], [false, true])
  assert.deepEqual(await trace(stream), ['shiftStarted', 'handOverOffered', 'shiftTakenOver'])
  const after = (await deskOf(seats.early, 'A1')).shift
  assert.deepEqual([after?.id, after?.after, after?.people.map(({ account }) => account)], [`shift:${next}`, stream, [seats.late.account]])
  await end(seats.late, `shift:${next}`)
  assert.equal((await seats.taker.command('dispatch', incident, 'cancel', { reason: '-' })).status, 200)
  await isClean()
})

test('a desk on shift without a screen for a minute alarms once with two servers, and is back when it is heard', async () => {
  const [stream, screen] = [await begin(seats.early, 'A1'), randomUUID()]
  await beat(seats.early, screen)
  await passed(59)
  assert.deepEqual(await trace(stream), ['shiftStarted'])
  const begun = clock.now()
  await beat(seats.early, screen, false)
  await passed(59)
  assert.deepEqual(await trace(stream), ['shiftStarted'])
  await passed(1)
  await passed(2)
  await passed(300)
  assert.deepEqual(await trace(stream), ['shiftStarted', 'deskSilent'])
  const at = async () => (await staffing(seats.sub, 'S1')).find(({ unit }) => unit === 'A1')
  const silent = await at()
  assert.deepEqual(
    [silent?.shift?.silent?.since, silent?.shift?.id, silent?.screens],
    [begun, stream, { alive: 0, visible: 0, seen: begun }],
  )
  await beat(seats.early, screen)
  const heard = clock.now()
  await passed(2)
  assert.deepEqual(await trace(stream), ['shiftStarted', 'deskSilent', 'deskBack'])
  assert.deepEqual([(await at())?.shift?.silent, (await at())?.screens], [null, { alive: 1, visible: 1, seen: heard }])
  await passed(60)
  assert.deepEqual(await trace(stream), ['shiftStarted', 'deskSilent', 'deskBack', 'deskSilent'])
  await end(seats.early, stream)
  await isClean()
})

test('a desk without a shift alarms nobody; a force sets its own limit; a server counts from when it has been there', async () => {
  await beat(seats.other, randomUUID())
  await passed(300)
  assert.deepEqual((await staffing(seats.city, 'B1')).find(({ unit }) => unit === 'A2')?.shift, null)
  const set = { unit: 'A2', value: 120, reason: '线路常断' }
  assert.equal((await seats.security.command('dispatch', 'setting:presenceSeconds', 'setSetting', set)).status, 200)
  const stream = await begin(seats.other, 'A2')
  await passed(119)
  assert.deepEqual(await trace(stream), ['shiftStarted'])
  await second.close()
  await house.reopen(async () => clock.pass(3600))
  second = await house.another()
  seats.city = await seats.city.again()
  await passed(119)
  assert.deepEqual(await trace(stream), ['shiftStarted'])
  await passed(2)
  assert.deepEqual(await trace(stream), ['shiftStarted', 'deskSilent'])
  await isClean()
})
