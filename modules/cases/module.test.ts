import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { ok, type Seat, server, type TestServer } from '#kernel/testing/server.ts'
import { until } from '#kernel/testing/until.ts'
import { verify } from '#kernel/verify.ts'
import { modules } from '../../modules.ts'
import type { Views } from './contract.ts'

const at = '2026-11-27T06:00:00.000Z'
let house: TestServer
let desk: Seat
let officer: Seat
let second: Seat
let head: Seat
let county: Seat
let sub: Seat
let foreign: Seat
let taker: Seat

before(async () => {
  house = await server(modules, { at })
  await house.unit('B1', { kind: 'bureau', name: '市局' })
  await house.unit('S1', { kind: 'subBureau', name: '一分局', parent: 'B1' })
  await house.unit('S2', { kind: 'subBureau', name: '二分局', parent: 'B1' })
  for (const [code, parent] of [
    ['A1', 'S1'],
    ['A2', 'S1'],
    ['C1', 'S2'],
  ] as const)
    await house.unit(code, { kind: 'station', name: code, parent })
  desk = await house.seat('stationDuty', 'A1')
  officer = await house.seat('caseOfficer', 'A1')
  second = await house.seat('caseOfficer', 'A1')
  head = await house.seat('unitHead', 'A1')
  county = await house.seat('unitHead', 'S1')
  sub = await house.seat('subBureauDuty', 'S1')
  foreign = await house.seat('caseOfficer', 'C1')
  taker = await house.seat('callTaker', 'B1')
})
after(() => house.stop())

const reporter = (more: object = {}) => ({ id: randomUUID(), roles: ['reporter'], personName: '𠮷田䶮', ...more })
const reportData = (more: object = {}) => ({
  unit: 'A1',
  source: 'counter',
  nature: 'administrative',
  cause: '殴打他人',
  narrative: "昨晚在东门外被打伤 '; drop table x; -- <script>alert(1)</script>",
  persons: [reporter()],
  ...more,
})
async function taken(seat: Seat = officer, more: object = {}): Promise<string> {
  const id = randomUUID()
  ok(await seat.command('cases', id, 'takeReport', reportData(more)))
  return id
}
const does = async (seat: Seat, id: string, type: string, data: object = {}) => ok(await seat.command('cases', id, type, data))
const whole = async (seat: Seat, id: string) => (await seat.view<Views['matter']>('cases', 'matter', { id })).data
const counts = (numbers: readonly string[]): number[] => numbers.map((number) => Number(number.slice(-5))).toSorted((a, b) => a - b)

test('from the report to the filing, each by whom it is for; the page says what is next and what is missing by which article', async () => {
  const id = await taken(desk)
  const first = await whole(desk, id)
  assert.match(first.row.number, /^A1-2026-J\d{5}$/)
  assert.match(first.code ?? '', /^[2-9A-Z]{10}$/)
  assert.equal(first.can.accept, true)
  const [none, approve] = [(await whole(officer, id)).can.proposeFiling, (await whole(head, id)).can.approveFiling]
  assert.deepEqual(none, { rule: 'accept-first', values: { phase: 'reported' }, article: 'PSL25 90' })
  assert.deepEqual(approve, { rule: 'nothing-proposed', values: {}, article: 'PSL25 90' })
  await does(officer, id, 'accept')
  await does(officer, id, 'proposeFiling', { outcome: 'file', caseKind: 'administrative', reason: '有违法事实' })
  const wrong = await officer.command('cases', id, 'approveFiling', {})
  assert.equal(wrong.status, 403)
  await does(head, id, 'approveFiling')
  const { row, trace } = await whole(head, id)
  assert.deepEqual([row.phase, row.caseNumber], ['filed', 'A1-2026-X00001'])
  assert.deepEqual(
    trace.map(({ type }) => type),
    ['reported', 'receiptIssued', 'accepted', 'filingProposed', 'filed'],
  )
  assert.ok(!JSON.stringify(trace).includes('田'), 'no person in the trace')
})

test('twenty file at once: one does, the others are told; twenty reports at once: no number twice, none left out', async () => {
  const [last = 0] = counts([(await whole(officer, await taken())).row.number])
  const ids = await Promise.all(Array.from({ length: 20 }, () => taken(officer)))
  const numbers = counts(await Promise.all(ids.map(async (id) => (await whole(officer, id)).row.number)))
  assert.deepEqual(
    numbers,
    Array.from({ length: 20 }, (_, n) => last + 1 + n),
  )
  // Refused: the number that it drew is the next one's.
  const refused = await officer.command('cases', randomUUID(), 'takeReport', reportData({ persons: [] }))
  assert.equal(refused.status, 409)
  const next = (await whole(officer, await taken())).row.number
  assert.deepEqual(counts([next]), [last + 21])
  const [id = ''] = ids
  await does(officer, id, 'accept')
  await does(officer, id, 'proposeFiling', { outcome: 'file', caseKind: 'criminal', reason: '-' })
  const answers = await Promise.all(Array.from({ length: 20 }, () => county.command('cases', id, 'approveFiling', {})))
  assert.deepEqual(
    answers.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, ...Array.from({ length: 19 }, () => 409)],
  )
  assert.equal((await whole(county, id)).row.caseNumber, 'A1-2026-S00001')
})

test('two write one record: the second is told what happened since and loses nothing; another part is no conflict', async () => {
  const id = await taken()
  const { row } = await whole(officer, id)
  const amend = (seat: Seat, data: object) => seat.command('cases', id, 'amend', { reason: '补充', seen: row.n, ...data })
  await does(second, id, 'note', { text: '已联系报案人' })
  ok(await amend(officer, { cause: '故意伤害' }))
  const { status, body } = await amend(second, { place: '东门外' })
  assert.equal(status, 409)
  const { error } = body as { error: { code: string; since: { n: number; type: string; at: string }[] } }
  assert.deepEqual([error.code, error.since], ['stale', [{ n: row.n + 2, type: 'amended', at }]])
  ok(await second.command('cases', id, 'amend', { reason: '补充', seen: row.n + 2, place: '东门外' }))
  const after = (await whole(officer, id)).row
  assert.deepEqual([after.cause, after.place], ['故意伤害', '东门外'])
})

test('a hidden name is for who handles the case and who approves it, and is found by nobody else’s words', async () => {
  const id = await taken(officer, { persons: [reporter({ personName: '慕容某', phone: '138 0000 2071', hideName: true })] })
  const names = async (seat: Seat) => (await whole(seat, id)).persons.map(({ personName = null, hidden }) => [personName, hidden])
  assert.deepEqual([await names(officer), await names(head)], [[['慕容某', true]], [['慕容某', true]]])
  assert.deepEqual([await names(second), await names(sub)], [[[null, true]], [[null, true]]])
  assert.equal((await whole(second, id)).code, null)
  const found = async (q: string) =>
    (await second.view<Views['search']>('cases', 'search', { unit: 'A1', q })).data.rows.map((one) => one.id)
  assert.deepEqual(await found('慕容某'), [])
  assert.ok((await found('打伤 东门')).includes(id))
  const { number } = (await whole(second, id)).row
  assert.deepEqual(await found(number.toLowerCase()), [id])
})

test('another unit’s matter is none of ours; what was passed on is read by the first and handled by the next', async () => {
  const id = await taken()
  assert.equal((await foreign.ask('GET', `/view/cases/matter?id=${id}`)).status, 404)
  assert.equal((await foreign.command('cases', id, 'note', { text: '-' })).status, 404)
  await does(officer, id, 'proposeTransfer', { destination: { to: 'unit', unit: 'C1' }, reason: '案发地在丙所' })
  await does(head, id, 'transfer')
  assert.equal((await whole(foreign, id)).row.unit, 'C1')
  assert.equal((await whole(officer, id)).row.phase, 'reported')
  assert.equal((await officer.command('cases', id, 'accept', {})).status, 409)
  await does(foreign, id, 'accept')
  const rows = async (seat: Seat, unit: string) =>
    (await seat.view<Views['list']>('cases', 'list', { unit })).data.rows.map((row) => row.id)
  assert.ok((await rows(foreign, 'C1')).includes(id))
  assert.ok(!(await rows(officer, 'A1')).includes(id))
})

/** An incident of the station that ends with a feedback. */
async function closedIncident(kind: string): Promise<string> {
  const id = randomUUID()
  const call = { id: randomUUID(), channel: 'voice' }
  ok(
    await taker.command('dispatch', id, 'open', {
      call,
      narrative: '有人打架',
      place: { kind: 'described', text: '东门' },
      kind,
      unit: 'A1',
    }),
  )
  const feedback = { result: 'handled', injured: 0, persons: 2, measures: ['warned'], text: '双方已分开' }
  ok(await desk.command('dispatch', id, 'feedback', feedback))
  ok(await desk.command('dispatch', id, 'close', {}))
  return id
}
const asked = async (incident: string) =>
  (await sub.view<Views['questions']>('cases', 'questions', { unit: 'S1' })).data.rows.find(({ row }) => row.incident === incident)

test('an incident of a case type that ends without an acceptance is a question; it climbs, and an acceptance answers it', async () => {
  const helped = await closedIncident('lost-property')
  const incident = await closedIncident('assault')
  const question = await until('the question', () => asked(incident))
  assert.equal(await asked(helped), undefined)
  assert.deepEqual([question.row.station, question.row.incidentKind, question.row.place], ['A1', 'assault', '东门'])
  house.clock?.pass(24 * 3600 + 1)
  await until('the climb', async () => (await asked(incident))?.row.limits[0]?.state === 'breached' || null)
  const rows = (await sub.view<Views['limits']>('cases', 'limits', { unit: 'S1' })).data.rows
  assert.ok(rows.some(({ id, state }) => id === `question:${incident}` && state === 'breached'))
  const id = await taken(officer, { source: 'incident', incident })
  await does(officer, id, 'accept')
  await until('the answer', async () => (await asked(incident)) === undefined || null)
  const twice = await officer.command('cases', randomUUID(), 'takeReport', reportData({ source: 'incident', incident }))
  assert.equal(twice.status, 409)
})

test('or a reason that the sub-bureau confirms', async () => {
  const incident = await closedIncident('theft')
  const question = (await until('the question', () => asked(incident))).row.id
  await does(desk, question, 'explain', { explanation: 'falseReport', reason: '物品在家中找到' })
  assert.equal((await asked(incident))?.can.confirmExplanation, true)
  await does(sub, question, 'rejectExplanation', { reason: '没有询问笔录' })
  await does(desk, question, 'explain', { explanation: 'falseReport', reason: '已补询问' })
  await does(county, question, 'confirmExplanation')
  assert.equal(await asked(incident), undefined)
})

test('every view is what its events make of it, clocks included', async () => {
  assert.deepEqual((await verify(house.database.owner, modules)).differences, [])
})
