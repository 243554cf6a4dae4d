import assert from 'node:assert/strict'
import { createPublicKey, randomUUID, verify as fits } from 'node:crypto'
import { after, afterEach, before, test } from 'node:test'
import { sql } from '#kernel/testing/notes.ts'
import { type Got, Receiver } from '#kernel/testing/receiver.ts'
import { type Another, type Clock, ok, type Seat, server, type TestServer } from '#kernel/testing/server.ts'
import { verify } from '#kernel/verify.ts'
import { modules } from '../../modules.ts'
import type { Views } from './contract.ts'

let house: TestServer
let second: Another
let clock: Clock
let receiver: Receiver
let seats: Record<'taker' | 'duty' | 'city' | 'admin', Seat>

before(async () => {
  house = await server(modules, { at: '2026-11-24T16:00:00.000Z', origin: 'https://plumbline.example' })
  assert.ok(house.clock)
  clock = house.clock
  receiver = await Receiver.open()
  await house.unit('B1', { kind: 'bureau', name: '市局' })
  await house.unit('S1', { kind: 'subBureau', name: '一分局', parent: 'B1' })
  await house.unit('A1', { kind: 'station', name: 'A1', parent: 'S1' })
  seats = {
    taker: await house.seat('callTaker', 'B1'),
    duty: await house.seat('stationDuty', 'A1'),
    city: await house.seat('citySupervisor', 'B1'),
    admin: await house.seat('systemAdministrator', 'B1'),
  }
  second = await house.another()
})
after(async () => {
  await second.close()
  await house.stop()
  await receiver.close()
})
const taking: Receiver['answering'] = (_, response) => response.writeHead(204).end()
const failing: Receiver['answering'] = (_, response) => response.writeHead(503).end('no')
afterEach(async () => {
  receiver.answering = taking
  receiver.got.length = 0
  for (const { code } of await rows()) await seats.admin.command('dispatch', `bell:${code}`, 'retireBell', { reason: '-' })
  await pass(600)
  await pass(1)
  assert.deepEqual((await verify(house.database.owner, modules)).differences, [])
})

const set = async (code: string, target: string, more: object = {}) =>
  ok(await seats.admin.command('dispatch', `bell:${code}`, 'setBell', { unit: 'S1', channel: 'webhook', target, ...more }))
async function open(): Promise<string> {
  const id = randomUUID()
  const data = { call: { id: randomUUID(), channel: 'voice' }, narrative: '持刀', place: { kind: 'unknown' }, kind: 'noise', unit: 'A1' }
  ok(await seats.taker.command('dispatch', id, 'open', data))
  return id
}
/** Both servers look at the same moment, at the clocks and then at what is to be delivered. */
async function pass(seconds: number): Promise<void> {
  clock.pass(seconds)
  const houses = [house.house, second.house]
  await Promise.all(houses.map(({ sweep }) => sweep.sweep()))
  await Promise.all(houses.map(({ effects }) => effects.pass()))
}
const dataOf = ({ text }: Got) => (JSON.parse(text) as { data: Record<string, unknown> }).data
type Belled = { bell: string; rung: string; outcome: string; delivered: boolean; tries: number; error: string | null }
const belled = async (id: string): Promise<Belled[]> =>
  (await seats.city.view<Views['incident']>('dispatch', 'incident', { id })).data.trace.flatMap(({ type, data }) =>
    type === 'belled' ? [data as Belled] : [],
  )
const short = async (id: string) =>
  (await belled(id)).map(({ bell, rung, outcome, delivered, tries }) => [bell, rung, outcome, delivered, tries])
const rows = async () => (await seats.admin.view<Views['bells']>('dispatch', 'bells', { unit: 'B1' })).data.rows
async function figure(name: string): Promise<number> {
  const text = await (await fetch(`${house.url}/metrics`)).text()
  return Number(new RegExp(`^plumbline_${name} (.*)$`, 'm').exec(text)?.[1])
}

test('a rung rings the bell of the sub-bureau: signed, with nothing of any person, and the record says so', async () => {
  await set('one', receiver.url('/bell?of=S1'))
  const id = await open()
  await pass(59)
  assert.equal(receiver.got.length, 0)
  await pass(1)
  await pass(300)
  assert.equal(receiver.got.length, 1)
  const [got] = receiver.got
  assert.ok(got)
  const { row } = (await seats.city.view<Views['incident']>('dispatch', 'incident', { id })).data
  const due = new Date(Date.parse(row.lines[0]?.sent.time ?? '') + 60_000).toISOString()
  assert.deepEqual(JSON.parse(got.text), {
    type: 'dispatch.bell',
    timestamp: due,
    data: {
      effect: dataOf(got)['effect'],
      bell: 'one',
      number: row.number,
      unit: 'A1',
      rung: 'assign',
      due,
      rings: true,
      text: 'A1仍未签收：分局须指派',
      link: `https://plumbline.example/incident/${id}`,
    },
  })
  assert.equal(got.path, '/bell?of=S1')
  assert.equal(got.timestamp, String(Date.parse(due) / 1000))
  const { key, origin } = (await (await fetch(`${house.url}/webhook-key`)).json()) as { key: string; origin: string | null }
  assert.equal(origin, 'https://plumbline.example')
  const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(key.slice('whpk_'.length), 'base64')])
  const publicKey = createPublicKey({ key: der, format: 'der', type: 'spki' })
  const signed = (text: string) =>
    fits(null, Buffer.from(`${got.id}.${got.timestamp}.${text}`), publicKey, Buffer.from(got.signature.slice('v1a,'.length), 'base64'))
  assert.deepEqual([signed(got.text), signed(got.text.replace('A1', 'A2'))], [true, false])
  assert.deepEqual(await short(id), [['one', 'assign', 'rung', true, 1]])
})

test('the receiver is down for an hour: then everything comes once, in order, paced; what is too old says that it rings no more', async () => {
  receiver.answering = failing
  await set('hour', receiver.url(), { rungs: ['ring', 'assign'] })
  const ids: string[] = []
  for (let step = 0; step < 360; step++) {
    if (step % 12 === 0 && step < 330) ids.push(await open())
    await pass(10)
  }
  const attempts = receiver.got.length
  assert.ok(attempts >= 55 && attempts <= 90, `${attempts} attempts in the hour`)
  assert.equal(new Set(receiver.got.map(({ id }) => id)).size, 1, 'only the first in line is tried')
  const wanted = await sql<{ number: string; rung: string }>(
    house.database.owner,
    `select c.data ->> 'rung' as rung, (select row ->> 'number' from dispatch.incident where id::text = e.stream) as number
     from kernel.event e join kernel.content c using (position)
     where e.type = 'climbed' and e.stream = any ($1) and c.data ? 'bells' order by e.position`,
    [ids],
  )
  assert.equal(wanted.length, ids.length * 2)
  assert.deepEqual([await figure('effects_waiting'), await figure('effects_failing')], [wanted.length, 1])
  const oldest = await figure('effects_oldest_seconds')
  assert.ok(oldest > 3500 && oldest <= 3600, `${oldest} s`)
  const [row] = await rows()
  assert.deepEqual(
    [row?.waiting?.count, row?.waiting?.error, row?.waiting?.tries, row?.last],
    [wanted.length, 'status 503', attempts, null],
  )

  const came: { at: number; got: Got }[] = []
  receiver.answering = (got, response) => {
    came.push({ at: Date.parse(clock.now()), got })
    response.writeHead(200).end()
  }
  await pass(60)
  for (let step = 0; step < 400; step++) await pass(0.05)
  assert.deepEqual(
    came.map(({ got }) => [dataOf(got)['number'], dataOf(got)['rung']]),
    wanted.map(({ number, rung }) => [number, rung]),
  )
  assert.equal(new Set(came.map(({ got }) => got.id)).size, wanted.length)
  const gaps = came.slice(1).map(({ at }, index) => at - (came[index]?.at ?? 0))
  assert.ok(Math.min(...gaps) >= 200, `two within ${Math.min(...gaps)} ms`)
  for (const { got } of came)
    assert.equal(dataOf(got)['rings'], Date.parse(clock.now()) - Date.parse(String(dataOf(got)['due'])) < 610_000, got.text)
  const outcomes = (await Promise.all(ids.map(belled))).flat()
  assert.deepEqual([outcomes.length, outcomes.every(({ delivered }) => delivered)], [wanted.length, true])
  assert.deepEqual(new Set(outcomes.map(({ outcome }) => outcome)), new Set(['rung', 'expired']))
  assert.equal(outcomes.filter(({ tries }) => tries > 1).length, 1)
  assert.deepEqual([await figure('effects_waiting'), await figure('effects_failing'), await figure('effects_oldest_seconds')], [0, 0, 0])
})

test('a refusal, a redirect, silence and a torn connection are failures and are tried again; a body without end after a 2xx is none', async () => {
  await set('ways', receiver.url('/here'))
  const ways: Receiver['answering'][] = [
    (_, response) => response.writeHead(500).end(),
    (_, response) => response.writeHead(302, { location: receiver.url('/elsewhere') }).end(),
    () => undefined,
    (_, __, request) => request.socket.destroy(),
    (_, response) => response.writeHead(200).write('and so on'),
  ]
  receiver.answering = (got, response, request) => ways[receiver.got.length - 1]?.(got, response, request)
  const id = await open()
  await pass(60)
  const errors: (string | null | undefined)[] = []
  for (const seconds of [1, 2, 4, 8, 16]) {
    errors.push((await rows())[0]?.waiting?.error)
    await pass(seconds)
  }
  const [, , , torn, none] = errors
  assert.deepEqual([errors[0], errors[1], errors[2], none], ['status 500', 'status 302', 'no answer in time', undefined])
  assert.match(torn ?? '', /^fetch failed: /)
  assert.deepEqual(
    receiver.got.map(({ path }) => path),
    Array.from({ length: 5 }, () => '/here'),
  )
  assert.equal(new Set(receiver.got.map((got) => got.id)).size, 1)
  assert.deepEqual(await short(id), [['ways', 'assign', 'rung', true, 5]])
})

test('a target that fails holds up no other; an address put right is used for what waits, a retired bell is withdrawn', async () => {
  await set('one', receiver.url('/one'))
  await set('two', receiver.url('/two'), { unit: 'A1' })
  await set('three', receiver.url('/three'), { unit: 'B1' })
  receiver.answering = (got, ...rest) => (got.path === '/two' ? taking : failing)(got, ...rest)
  const id = await open()
  await pass(60)
  assert.deepEqual(await short(id), [['two', 'assign', 'rung', true, 1]])
  await set('one', receiver.url('/two'))
  ok(await seats.admin.command('dispatch', 'bell:three', 'retireBell', { reason: '-' }))
  await pass(2)
  const outcomes = (await short(id)).toSorted(([a], [b]) => String(a).localeCompare(String(b)))
  assert.deepEqual(outcomes, [
    ['one', 'assign', 'rung', true, 2],
    ['three', 'assign', 'withdrawn', false, 1],
    ['two', 'assign', 'rung', true, 1],
  ])
})

test('after the receipt a bell that had not got through says that it rings no more', async () => {
  receiver.answering = failing
  await set('late', receiver.url())
  const id = await open()
  await pass(60)
  ok(await seats.duty.command('dispatch', id, 'sign', {}))
  receiver.answering = taking
  await pass(2)
  assert.deepEqual(await short(id), [['late', 'assign', 'expired', true, 2]])
  assert.deepEqual(
    receiver.got.map((got) => dataOf(got)['rings']),
    [true, false],
  )
})
