import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { pdfOf } from '#kernel/documents/documents.ts'
import { type Clock, type Seat, server, type TestServer } from '#kernel/testing/server.ts'
import { sql } from '#kernel/testing/notes.ts'
import { Receiver } from '#kernel/testing/receiver.ts'
import { until } from '#kernel/testing/until.ts'
import { verify } from '#kernel/verify.ts'
import type { Views } from '#modules/dispatch/contract.ts'
import { slipForm } from '#modules/dispatch/slip.ts'
import { modules } from '../modules.ts'
import { Cups } from './cups.ts'

const uuid = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'
let cups: Cups
let house: TestServer
let clock: Clock
let seats: Record<'taker' | 'city' | 'admin', Seat>

before(async () => {
  cups = await Cups.open()
  process.env['CUPS_SERVER'] = cups.address
  house = await server(modules, { at: '2026-11-24T16:00:00.000Z', effectTimeoutMs: 10_000 })
  assert.ok(house.clock)
  clock = house.clock
  await house.unit('B1', { kind: 'bureau', name: '市局' })
  await house.unit('S1', { kind: 'subBureau', name: '东城分局', parent: 'B1' })
  await house.unit('A1', { kind: 'station', name: '东华门派出所', parent: 'S1' })
  seats = {
    taker: await house.seat('callTaker', 'B1'),
    city: await house.seat('citySupervisor', 'B1'),
    admin: await house.seat('systemAdministrator', 'B1'),
  }
})
after(async () => {
  await house.stop()
  await cups.stop()
})

const ok = ({ status, body }: { status: number; body: unknown }) => assert.equal(status, 200, JSON.stringify(body))
const set = async (target: string, more: object = {}) =>
  ok(await seats.admin.command('dispatch', 'bell:printer', 'setBell', { unit: 'S1', channel: 'printer', target, ...more }))
async function open(): Promise<string> {
  const id = randomUUID()
  const data = {
    call: { id: randomUUID(), channel: 'voice', number: '138 0000 2071', name: '周某' },
    narrative: '两人持棍互殴 #set text(red) $x$ "引号"',
    place: { kind: 'described', text: '王府井大街 138 号东门' },
    kind: 'assault',
    answers: [{ question: 'weapon', answer: 'yes' }],
    note: '报警人在对面便利店',
    unit: 'A1',
  }
  ok(await seats.taker.command('dispatch', id, 'open', data))
  return id
}
async function pass(seconds: number): Promise<void> {
  clock.pass(seconds)
  await house.house.sweep.sweep()
  await house.house.effects.pass()
}
const recordOf = async (id: string) => (await seats.city.view<Views['incident']>('dispatch', 'incident', { id })).data
const belled = async (id: string) =>
  (await recordOf(id)).trace.flatMap(({ type, data }) => {
    if (type !== 'belled') return []
    const { outcome, delivered, tries, error } = data as Record<string, unknown>
    return [{ outcome, delivered, tries, error }]
  })

test('a rung prints the slip in the duty room; a queue that is not there yet is a failure that is tried again', async () => {
  await set('slips')
  const id = await open()
  await pass(60)
  const [bell] = (await seats.admin.view<Views['bells']>('dispatch', 'bells', { unit: 'S1' })).data.rows
  assert.equal(bell?.waiting?.tries, 1)
  assert.match(bell?.waiting?.error ?? '', /printer or class does not exist/)
  await cups.queue('slips')
  await pass(2)
  const [came, ...more] = await belled(id)
  assert.deepEqual([came?.outcome, came?.delivered, came?.tries, more], ['rung', true, 2, []])
  const { row } = await recordOf(id)
  const [slip] = await until('the queue has printed', async () => [await cups.printed('slips')].find(({ length }) => length > 0), 20_000)
  assert.match(slip?.title ?? '', new RegExp(`^${row.number} ${uuid}$`))
  assert.equal(await cups.given('slips'), 1)
  const words = await cups.words(slip?.file ?? '')
  for (const wanted of [
    row.number,
    '警情单',
    '2026-11-25 00:00:00',
    '王府井大街 138 号东门',
    '两人持棍互殴 #set text(red) $x$ "引号"',
    '138 0000 2071 周某',
    '报警人在对面便利店',
    '东华门派出所',
    '持有器械 是',
  ])
    assert.ok(words.includes(wanted), `${wanted} is not on the slip:\n${words}`)
})

/** While this goes on no outcome can be recorded, as when a server is gone before it has. */
async function unrecorded(work: () => Promise<void>): Promise<void> {
  const owner = (text: string) => sql(house.database.owner, text)
  await owner(`create function kernel.lost() returns trigger language plpgsql as $$ begin raise exception 'lost'; end $$`)
  await owner('create trigger lost before delete on kernel.effect for each row execute function kernel.lost()')
  await work()
  await owner('drop function kernel.lost cascade')
}

test('a server that is gone after the paper and before the record: another asks the queue, prints nothing, and records it', async () => {
  await cups.queue('once')
  await set('once')
  const id = await open()
  const second = await house.another()
  await unrecorded(async () => {
    await pass(60)
    await until('the queue has printed', async () => (await cups.printed('once')).length > 0 || null, 20_000)
    assert.deepEqual(await belled(id), [])
    // Once more while nothing can be recorded: it was printed by then, and not before.
    await pass(5)
  })
  clock.pass(60)
  await second.house.effects.pass()
  await second.close()
  assert.deepEqual(
    (await belled(id)).map(({ outcome, delivered }) => [outcome, delivered]),
    [['rung', true]],
  )
  assert.deepEqual([(await cups.printed('once')).length, await cups.given('once')], [1, 1])
})

test('what is late and a drill are printed as what they are; of the drill a webhook is told, too, and the report has both', async () => {
  await cups.queue('kinds')
  const receiver = await Receiver.open()
  const siren = { unit: 'A1', channel: 'webhook', target: receiver.url(), rungs: ['drill'] }
  ok(await seats.admin.command('dispatch', 'bell:siren', 'setBell', siren))
  await set('kinds', { unit: 'A1', rungs: ['lateAssignment', 'drill'] })
  const id = await open()
  const duty = await house.seat('stationDuty', 'A1')
  ok(await duty.command('dispatch', id, 'sign', {}))
  await pass(300)
  const drill = randomUUID()
  ok(await seats.city.command('dispatch', `drill:${drill}`, 'planDrill', { unit: 'B1', limitSeconds: 60, reason: '夜间抽查' }))
  await pass(1)
  const [late, exercise] = await until('both', async () => [await cups.printed('kinds')].find(({ length }) => length === 2) ?? null, 20_000)
  const [lateWords, drillWords] = await Promise.all([late, exercise].map((slip) => cups.words(slip?.file ?? '')))
  for (const wanted of ['警情单', '东华门派出所签收后一直没有派警', '王府井大街 138 号东门'])
    assert.ok(lateWords?.includes(wanted), `${wanted} is not on the slip:\n${lateWords}`)
  for (const wanted of ['演练单', '演练 · 非真实警情', '演练，不是警情：请东华门派出所在', '夜间抽查', '市局'])
    assert.ok(drillWords?.includes(wanted), `${wanted} is not on the slip:\n${drillWords}`)
  assert.doesNotMatch(drillWords ?? '', /警情单/)
  assert.match(exercise?.title ?? '', /^演练单 /)
  const [unit] = (await seats.city.view<Views['drill']>('dispatch', 'drill', { id: drill })).data.units
  assert.deepEqual(
    [unit?.bells, unit?.delivered.map(({ channel }) => channel).toSorted()],
    [
      ['webhook', 'printer'],
      ['printer', 'webhook'],
    ],
  )
  assert.deepEqual(
    receiver.got.map(({ text }) => (JSON.parse(text) as { type: string }).type),
    ['dispatch.drill'],
  )
  await receiver.close()
})

test('what comes too late to ring, or after the receipt, is not printed any more', async () => {
  await set('elsewhere')
  const id = await open()
  await pass(60)
  await pass(601)
  await cups.queue('elsewhere')
  await pass(60)
  const [came] = await belled(id)
  assert.deepEqual([came?.outcome, came?.delivered], ['expired', false])
  assert.equal(await cups.given('elsewhere'), 0)
  assert.deepEqual((await verify(house.database.owner, modules)).differences, [])
})

test('a slip is the same bytes for the same data, and a template that fails says why', async () => {
  const slip = { title: '警情单', house: '准绳', alarm: '𠮷䶮', lines: [['地点', '东门']], printed: '-' }
  const [first, second, other] = await Promise.all([
    pdfOf(slipForm, slip),
    pdfOf(slipForm, slip),
    pdfOf(slipForm, { ...slip, printed: '+' }),
  ])
  assert.ok(Buffer.from(first).equals(Buffer.from(second)))
  assert.ok(!Buffer.from(first).equals(Buffer.from(other)))
  await assert.rejects(pdfOf(slipForm, {}), /title/)
})
