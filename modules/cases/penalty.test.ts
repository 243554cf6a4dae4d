import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { ok, type Seat, server, type TestServer } from '#kernel/testing/server.ts'
import { verify } from '#kernel/verify.ts'
import { modules } from '../../modules.ts'
import type { Views } from './contract.ts'

let house: TestServer
let officer: Seat
let second: Seat
let head: Seat
let county: Seat
let reviewer: Seat

before(async () => {
  house = await server(modules, { at: '2026-11-27T06:00:00.000Z' })
  await house.unit('B1', { kind: 'bureau', name: '市局' })
  await house.unit('S1', { kind: 'subBureau', name: '一分局', parent: 'B1' })
  await house.unit('A1', { kind: 'station', name: 'A1', parent: 'S1' })
  officer = await house.seat('caseOfficer', 'A1')
  second = await house.seat('caseOfficer', 'A1')
  head = await house.seat('unitHead', 'A1')
  county = await house.seat('unitHead', 'S1')
  reviewer = await house.seat('legalReviewer', 'S1')
})
after(() => house.stop())

const does = async (seat: Seat, id: string, type: string, data: object = {}) => ok(await seat.command('cases', id, type, data))
const whole = async (seat: Seat, id: string) => (await seat.view<Views['matter']>('cases', 'matter', { id })).data
const victim = { id: randomUUID(), roles: ['reporter', 'victim'], personName: '𠮷田䶮' }

/** A filed case with one suspect. */
async function filed(suspect: string): Promise<string> {
  const id = randomUUID()
  const persons = [
    { ...victim, id: randomUUID() },
    { id: suspect, roles: ['suspect'], personName: '周某某' },
  ]
  const told = { unit: 'A1', source: 'counter', nature: 'administrative', cause: '殴打他人', narrative: '周某某在东门外打人', persons }
  await does(officer, id, 'takeReport', told)
  await does(officer, id, 'accept')
  await does(officer, id, 'proposeFiling', { outcome: 'file', caseKind: 'administrative', reason: '有违法事实' })
  await does(head, id, 'approveFiling')
  return id
}

test('from the filing to the close by officer, reviewer and heads: the page says at each step what is next, and the record is sealed', async () => {
  const person = randomUUID()
  const id = await filed(person)
  const first = (await whole(officer, id)).penalties[0]
  assert.deepEqual([first?.person, first?.penalty, first?.can.draftPenalty], [person, null, true])
  assert.deepEqual(first?.can['act:decidePenalty'], { rule: 'draft-first', values: {}, article: 'AP 172' })
  const penalty = { penalties: ['detention', 'fine'], days: 5, fine: 500, article: '《治安管理处罚法》第五十一条', facts: '殴打他人' }
  await does(officer, id, 'draftPenalty', { person, ...penalty })
  const drafted = (await whole(officer, id)).penalties[0]
  assert.deepEqual(
    [drafted?.can.noticePenalty, drafted?.can['act:decidePenalty']],
    [true, { rule: 'notice-first', values: {}, article: 'PSL25 112; PEN 44, 45, 62; AP 167' }],
  )
  await does(officer, id, 'noticePenalty', { person, path: 'told' })
  await does(officer, id, 'recordDefence', { person, said: 'statement', statement: '对方先动手', recheck: '监控证实' })
  await does(officer, id, 'askReview', { person })
  assert.equal((await whole(reviewer, id)).penalties[0]?.can.reviewPenalty, true)
  assert.equal((await officer.command('cases', id, 'reviewPenalty', { person, conclusion: 'passed', findings: [] })).status, 403)
  await does(reviewer, id, 'reviewPenalty', { person, conclusion: 'passed', findings: [] })
  await does(officer, id, 'requestApproval', { act: { kind: 'decidePenalty', person }, reason: '事实清楚' })
  assert.equal((await head.command('cases', id, 'approve', { request: 1 })).status, 409)
  const answers = await Promise.all(Array.from({ length: 20 }, () => county.command('cases', id, 'approve', { request: 1 })))
  assert.deepEqual(
    answers.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, ...Array.from({ length: 19 }, () => 409)],
  )
  assert.equal((await whole(officer, id)).row.phase, 'decided')
  await does(officer, id, 'serveDecision', { person, service: 'announced' })
  const { persons } = await whole(officer, id)
  const to = persons.find(({ roles }) => roles.includes('victim'))?.id
  await does(officer, id, 'serveDecision', { person, to, service: 'handed' })
  await does(officer, id, 'tellOfDetention', { person, family: 'told', whom: '其妻' })
  await does(officer, id, 'deliverDetainee', { person, house: '市拘留所', receipt: '第12号' })
  await does(officer, id, 'payFine', { person, amount: 500, receipt: '京财0012345' })
  assert.equal((await whole(officer, id)).can.closeCase, true)
  await does(officer, id, 'closeCase', { closing: 'executed', reason: '已执行' })
  const own = await whole(officer, id)
  assert.deepEqual([own.row.phase, own.row.sealed, own.penalties.length], ['closed', true, 1])
  const other = await whole(second, id)
  assert.deepEqual([other.narrative, other.penalties, other.persons.find((one) => one.id === person)?.personName], ['', [], undefined])
  assert.ok(!JSON.stringify([other.trace, other.persons]).includes('周某某'))
  const found = async (q: string) => (await second.view<Views['search']>('cases', 'search', { unit: 'A1', q })).data.rows.length
  assert.deepEqual([await found('周某某'), await found('东门外'), await found('殴打他人')], [0, 0, 1])
})

test('what turns out to be a crime draws the next number of criminal cases, once', async () => {
  const id = await filed(randomUUID())
  await does(officer, id, 'requestApproval', { act: { kind: 'toCriminal' }, reason: '伤情鉴定为轻伤' })
  await does(county, id, 'approve', { request: 1 })
  const { row } = await whole(county, id)
  assert.deepEqual([row.caseKind, row.caseNumber, row.phase], ['criminal', 'A1-2026-S00001', 'filed'])
})

test('every view is what its events make of it', async () => {
  assert.deepEqual((await verify(house.database.owner, modules)).differences, [])
})
