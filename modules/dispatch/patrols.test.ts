import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from '#kernel/testing/notes.ts'
import { type Seat, server, type TestServer } from '#kernel/testing/server.ts'
import { verify } from '#kernel/verify.ts'
import { modules } from '../../modules.ts'
import type { Views } from './contract.ts'

const at = '2026-11-22T06:32:10.000Z'
let house: TestServer
let patrol: Seat
let seats: Record<'dutyA' | 'dutyB' | 'sub' | 'city', Seat>

before(async () => {
  house = await server(modules, { at })
  await house.unit('B1', { kind: 'bureau', name: '市局' })
  await house.unit('S1', { kind: 'subBureau', name: '一分局', parent: 'B1' })
  await house.unit('A1', { kind: 'station', name: '甲所', parent: 'S1' })
  await house.unit('A2', { kind: 'station', name: '乙所', parent: 'S1' })
  patrol = await house.seat('patrolOfficer', 'A1')
  seats = {
    dutyA: await house.seat('stationDuty', 'A1'),
    dutyB: await house.seat('stationDuty', 'A2'),
    sub: await house.seat('subBureauDuty', 'S1'),
    city: await house.seat('citySupervisor', 'B1'),
  }
})
after(() => house.stop())

const say = async (input: object) => (await patrol.ask('POST', '/signal/dispatch/position', input)).status
const seen = async (seat: Seat, unit: string) => (await seat.view<Views['patrols']>('dispatch', 'patrols', { unit })).data.rows
const rows = async () => ({
  own: await seen(seats.dutyA, 'A1'),
  neighbour: await seen(seats.dutyB, 'A2'),
  above: await seen(seats.sub, 'S1'),
  city: await seen(seats.city, 'B1'),
})
const told = (more: object) => ({ account: patrol.account, name: 'patrolOfficer 1', unit: 'A1', at, incident: null, ...more })
const openAt = async (station: string): Promise<string> => {
  const taker = await house.seat('callTaker', 'B1')
  const id = randomUUID()
  const call = { id: randomUUID(), channel: 'voice' }
  await taker.command('dispatch', id, 'open', { call, narrative: '-', place: { kind: 'unknown' }, kind: 'noise', unit: station })
  return id
}

test('a position is seen by its station and everybody above it, by no neighbour, and only the last one is kept', async () => {
  assert.equal(await say({ lon: 116.4, lat: 39.9 }), 200)
  assert.equal(await say({ lon: 116.41, lat: 39.91 }), 200)
  const row = told({ lon: 116.41, lat: 39.91 })
  assert.deepEqual(await rows(), { own: [row], neighbour: [], above: [row], city: [row] })
  assert.equal((await seats.dutyB.ask('GET', '/view/dispatch/patrols?unit=A1')).status, 404)
})

test('the incident a patrol is on is told while it is open, and only to those who may see it', async () => {
  const id = await openAt('A1')
  assert.equal(await say({ lon: 116.4, lat: 39.9, incident: id }), 200)
  const on = told({ lon: 116.4, lat: 39.9, incident: id })
  assert.deepEqual((await rows()).above, [on])
  await seats.city.command('dispatch', id, 'cancel', { reason: '-' })
  assert.deepEqual((await rows()).above, [{ ...on, incident: null }])
  const foreign = await openAt('A2')
  assert.equal(await say({ lon: 116.4, lat: 39.9, incident: foreign }), 200)
  const { own, above } = await rows()
  assert.deepEqual([own[0]?.incident, above[0]?.incident], [null, foreign])
})

test('wrong input names the field and changes nothing; a position is no event', async () => {
  const before = await rows()
  for (const [input, path] of [
    [{ lon: 181, lat: 0 }, 'lon'],
    [{ lon: 0, lat: '0' }, 'lat'],
    [{ lon: 0, lat: 0, incident: 'x' }, 'incident'],
    [{ lon: 0, lat: 0, speed: 3 }, 'speed'],
  ] as const) {
    const { status, body } = await patrol.ask('POST', '/signal/dispatch/position', input)
    assert.deepEqual([status, (body as { error: { fields: { path: string }[] } }).error.fields[0]?.path], [422, path])
  }
  assert.deepEqual(await rows(), before)
  const kept = await sql<{ amount: number }>(house.database.owner, `select count(*)::int as amount from kernel.content where data ? 'lon'`)
  assert.equal(kept[0]?.amount, 0)
  assert.deepEqual((await verify(house.database.owner, modules)).differences, [])
})

test('an old position stands on no map', async () => {
  house.clock?.pass(59 * 60)
  assert.equal((await rows()).own.length, 1)
  house.clock?.pass(61)
  assert.equal((await rows()).own.length, 0)
})
