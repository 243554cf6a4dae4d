import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { type Seat, server, type TestServer } from '#kernel/testing/server.ts'
import { verify } from '#kernel/verify.ts'
import { modules } from '../../modules.ts'
import type { Views } from './contract.ts'

let house: TestServer
let seats: Record<'taker' | 'duty' | 'sub' | 'first' | 'second' | 'foreign', Seat>

before(async () => {
  house = await server(modules)
  await house.unit('B1', { kind: 'bureau', name: '市局' })
  await house.unit('S1', { kind: 'subBureau', name: '一分局', parent: 'B1' })
  for (const code of ['A1', 'A2']) await house.unit(code, { kind: 'station', name: code, parent: 'S1' })
  seats = {
    taker: await house.seat('callTaker', 'B1'),
    duty: await house.seat('stationDuty', 'A1'),
    sub: await house.seat('subBureauDuty', 'S1'),
    first: await house.seat('patrolOfficer', 'A1'),
    second: await house.seat('patrolOfficer', 'A1'),
    foreign: await house.seat('patrolOfficer', 'A2'),
  }
})
after(() => house.stop())

const open = async (station = 'A1'): Promise<string> => {
  const id = randomUUID()
  const call = { id: randomUUID(), channel: 'voice' }
  const data = { call, narrative: '-', place: { kind: 'unknown' }, kind: 'noise', unit: station }
  assert.equal((await seats.taker.command('dispatch', id, 'open', data)).status, 200)
  return id
}
const assign = async (id: string, data: object, seat = seats.duty) => {
  const { status, body } = await seat.command('dispatch', id, 'assign', data)
  return status === 200 ? 'done' : ((body as { error: { rule?: string; code: string } }).error.rule ?? status)
}
const own = async (seat: Seat) =>
  (await seat.view<Views['duty']>('dispatch', 'duty')).data.rows.filter((row) => row.officers?.includes(seat.account)).map(({ id }) => id)
const shown = async (seat: Seat) => (await seat.view<Views['duty']>('dispatch', 'duty')).data.rows.map(({ id }) => id)
const officers = async (seat: Seat, unit: string) => (await seat.view<Views['officers']>('dispatch', 'officers', { unit })).data.rows

test('an officer finds what names him and what else his station has open, nobody else’s; the neighbour’s officer nothing of it', async () => {
  const [mine, ours, theirs] = [await open(), await open(), await open('A2')]
  assert.equal(await assign(mine, { officers: [seats.first.account] }), 'done')
  assert.deepEqual([await own(seats.first), await own(seats.second)], [[mine], []])
  assert.deepEqual((await shown(seats.first)).toSorted(), [mine, ours].toSorted())
  assert.deepEqual(await shown(seats.foreign), [theirs])
  await seats.sub.command('dispatch', mine, 'transfer', { station: 'A2', reason: '-' })
  assert.deepEqual([await own(seats.first), (await shown(seats.foreign)).toSorted()], [[], [mine, theirs].toSorted()])
  for (const id of [mine, ours, theirs]) await seats.taker.command('dispatch', id, 'cancel', { reason: '-' })
  assert.deepEqual([await shown(seats.first), await shown(seats.foreign)], [[], []])
})

test('who is on another incident is asked about and keeps it; once that is cleared he is free', async () => {
  const [before, next] = [await open(), await open()]
  const data = { officers: [seats.first.account, seats.second.account] }
  assert.equal(await assign(before, { officers: [seats.first.account] }), 'done')
  const busy = new Map((await officers(seats.duty, 'A1')).map(({ account, incident }) => [account, incident]))
  assert.deepEqual([busy.get(seats.first.account), busy.get(seats.second.account)], [before, null])
  assert.equal(await assign(next, data), 'officer-busy')
  assert.equal(await assign(next, { ...data, busyToo: true }), 'done')
  assert.deepEqual((await own(seats.first)).toSorted(), [before, next].toSorted())
  for (const id of [before, next]) await seats.first.command('dispatch', id, 'clear', {})
  assert.deepEqual(
    (await officers(seats.duty, 'A1')).map(({ incident }) => incident),
    [null, null],
  )
  assert.equal(await assign(await open(), data), 'done')
})

test('only an officer of a unit that has the incident can be sent; wrong input names the field', async () => {
  const id = await open()
  for (const account of [seats.foreign.account, seats.duty.account, randomUUID()])
    assert.equal(await assign(id, { officers: [account] }), 'not-its-officer')
  assert.equal(await assign(id, {}), 'nobody-assigned')
  assert.equal(await assign(id, { officers: ['x'] }), 422)
  assert.equal(await assign(id, { officers: [] }), 422)
  assert.deepEqual(await own(seats.foreign), [])
})

test('the station sees its own officers, the level above those of every station below, a neighbour’s are nobody’s', async () => {
  const names = async (seat: Seat, unit: string) => (await officers(seat, unit)).map(({ account }) => account).toSorted()
  const [a1, all] = [[seats.first.account, seats.second.account].toSorted(), [seats.first, seats.second, seats.foreign]]
  assert.deepEqual(await names(seats.duty, 'A1'), a1)
  assert.deepEqual(await names(seats.sub, 'S1'), all.map(({ account }) => account).toSorted())
  assert.equal((await seats.duty.ask('GET', '/view/dispatch/officers?unit=A2')).status, 404)
  await seats.first.ask('POST', '/signal/dispatch/position', { lon: 116.4, lat: 39.9 })
  const at = (await officers(seats.duty, 'A1')).find(({ account }) => account === seats.first.account)?.at
  assert.ok(at !== null && at !== undefined && Math.abs(Date.parse(at) - Date.now()) < 60_000)
})

test('who is on what is built anew as it stands', async () => {
  assert.deepEqual((await verify(house.database.owner, modules)).differences, [])
})
