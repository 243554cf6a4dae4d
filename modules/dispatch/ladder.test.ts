import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from '#kernel/testing/notes.ts'
import { type Another, type Clock, type Seat, server, type TestServer } from '#kernel/testing/server.ts'
import { verify } from '#kernel/verify.ts'
import { modules } from '../../modules.ts'
import type { Views } from './contract.ts'

let house: TestServer
let second: Another
let clock: Clock
let seats: Record<'taker' | 'duty' | 'sub' | 'city' | 'security', Seat>

before(async () => {
  house = await server(modules, { at: '2026-11-24T16:00:00.000Z' })
  assert.ok(house.clock)
  clock = house.clock
  await house.unit('B1', { kind: 'bureau', name: '市局' })
  await house.unit('S1', { kind: 'subBureau', name: '一分局', parent: 'B1' })
  await house.unit('A1', { kind: 'station', name: 'A1', parent: 'S1' })
  seats = {
    taker: await house.seat('callTaker', 'B1'),
    duty: await house.seat('stationDuty', 'A1'),
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

const open = async (more: object = {}, occurred?: object): Promise<string> => {
  const id = randomUUID()
  const data = {
    call: { id: randomUUID(), channel: 'voice' },
    narrative: '-',
    place: { kind: 'unknown' },
    kind: 'noise',
    unit: 'A1',
    ...more,
  }
  const { status, body } = await seats.taker.command('dispatch', id, 'open', data, occurred === undefined ? {} : { occurred })
  assert.equal(status, 200, JSON.stringify(body))
  return id
}
/** Both servers look at the same moment. */
const sweep = () => Promise.all([house.house.sweep.sweep(), second.house.sweep.sweep()])
const passed = async (seconds: number) => {
  clock.pass(seconds)
  await sweep()
}
type Entry = { rung: string; due: string; late: boolean; rings: boolean }
const climbed = async (id: string): Promise<Entry[]> =>
  (await seats.city.view<Views['incident']>('dispatch', 'incident', { id })).data.trace
    .filter(({ type }) => type === 'climbed')
    .map(({ data }) => data as Entry)
const rungs = async (id: string) => (await climbed(id)).map(({ rung }) => rung)
const kept = (id: string) =>
  sql(house.database.owner, `select id, unit, point, due from kernel.clock where stream = $1 and rule = 'receipt'`, [id])
const isClean = async () => assert.deepEqual((await verify(house.database.owner, modules)).differences, [])

test('nobody signs and no browser is open: two servers climb each rung once, at its moment, to the finding', async () => {
  const ids = await Promise.all(Array.from({ length: 40 }, () => open()))
  const history: string[][] = []
  for (const seconds of [29, 1, 29, 1, 120, 1619, 1]) {
    await passed(seconds)
    const all = await Promise.all(ids.map(rungs))
    for (const one of all) assert.deepEqual(one, all[0])
    history.push(all[0] ?? [])
  }
  assert.deepEqual(history, [
    [],
    ['ring'],
    ['ring'],
    ['ring', 'assign'],
    ['ring', 'assign', 'city'],
    ['ring', 'assign', 'city'],
    ['ring', 'assign', 'city', 'finding'],
  ])
  for (const id of ids) {
    assert.deepEqual(
      (await climbed(id)).map(({ rung, late, rings }) => [late, rings === (rung !== 'finding')]),
      Array.from({ length: 4 }, () => [false, true]),
    )
    assert.deepEqual(await kept(id), [])
  }
  const { row } = (await seats.city.view<Views['incident']>('dispatch', 'incident', { id: ids[0] ?? '' })).data
  assert.equal(row.findings, 1)
  await isClean()
})

test('no server between the rungs: what fell due meanwhile comes once, in order, marked late, without a bell that is too old', async () => {
  const id = await open()
  await passed(31)
  await second.close()
  await house.reopen(async () => clock.pass(7200))
  second = await house.another()
  seats.city = await seats.city.again()
  seats.taker = await seats.taker.again()
  seats.duty = await seats.duty.again()
  seats.sub = await seats.sub.again()
  await sweep()
  assert.deepEqual(
    (await climbed(id)).map(({ rung, late, rings }) => [rung, late, rings]),
    [
      ['ring', false, true],
      ['assign', true, false],
      ['city', true, false],
      ['finding', true, false],
    ],
  )
  await isClean()
})

test('the clock stands beside the record while it runs, says when it is due, and goes with the receipt', async () => {
  const sent = clock.now()
  const id = await open()
  const due = new Date(Date.parse(sent) + 30_000).toISOString()
  assert.deepEqual(await kept(id), [{ id: 'receipt-1', unit: 'A1', point: 'ring', due: new Date(due) }])
  assert.equal((await seats.duty.command('dispatch', id, 'sign', {})).status, 200)
  assert.deepEqual(await kept(id), [])
  await passed(7200)
  assert.deepEqual(await climbed(id), [])
  const imported = await open({}, { time: '2026-11-24T15:00:00.000Z', source: 'typed' })
  assert.equal((await kept(imported)).length, 1)
  assert.equal((await seats.taker.command('dispatch', imported, 'cancel', { reason: '-' })).status, 200)
  assert.deepEqual(await kept(imported), [])
  await isClean()
})

test('a receipt and a rung at one moment: one is first, the other finds it so, nothing is said twice', async () => {
  const ids = await Promise.all(Array.from({ length: 20 }, () => open()))
  clock.pass(30)
  const [signed] = await Promise.all([
    Promise.all(ids.map(async (id) => (await seats.duty.command('dispatch', id, 'sign', {})).status)),
    sweep(),
  ])
  assert.deepEqual(new Set(signed), new Set([200]))
  await passed(1800)
  for (const id of ids) {
    const { trace } = (await seats.city.view<Views['incident']>('dispatch', 'incident', { id })).data
    const order = trace.map(({ type }) => type).filter((type) => type === 'climbed' || type === 'signed')
    assert.ok(['climbed,signed', 'signed'].includes(order.join()), order.join())
  }
  await isClean()
})

test('a force’s own rungs count from the moment they are set, for what is sent afterwards', async () => {
  const before = await open()
  const set = { unit: 'S1', value: 90, reason: '夜间人少' }
  assert.equal((await seats.security.command('dispatch', 'setting:ringSeconds3', 'setSetting', set)).status, 200)
  const after = await open()
  await passed(60)
  assert.deepEqual([await rungs(before), await rungs(after)], [['ring', 'assign'], ['assign']])
  await passed(30)
  assert.deepEqual(await rungs(after), ['assign', 'ring'])
  await isClean()
})
