import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { ok, type Seat, server, type TestServer } from '#kernel/testing/server.ts'
import { withClient } from '#kernel/database/roles.ts'
import { verify } from '#kernel/verify.ts'
import { modules } from '../../modules.ts'
import type { Waiting } from './contract/board.ts'

const at = '2026-11-27T06:00:00.000Z'
let house: TestServer
const seats = {} as Record<'officer' | 'head' | 'county' | 'chief' | 'foreign' | 'reviewer' | 'local', Seat>

before(async () => {
  house = await server(modules, { at })
  await house.unit('B1', { kind: 'bureau', name: '市局' })
  for (const code of ['S1', 'S2']) await house.unit(code, { kind: 'subBureau', name: code, parent: 'B1' })
  for (const [code, parent] of Object.entries({ A1: 'S1', C1: 'S2' })) await house.unit(code, { kind: 'station', name: code, parent })
  seats.officer = await house.seat('caseOfficer', 'A1')
  seats.head = await house.seat('unitHead', 'A1')
  seats.county = await house.seat('unitHead', 'S1')
  seats.chief = await house.seat('unitHead', 'B1')
  seats.foreign = await house.seat('unitHead', 'C1')
  seats.reviewer = await house.seat('legalReviewer', 'S1')
  seats.local = await house.seat('legalReviewer', 'A1')
})
after(() => house.stop())

const does = async (seat: Seat, id: string, type: string, data: object = {}) => ok(await seat.command('cases', id, type, data))
const suspect = randomUUID()
async function accepted(by: Seat = seats.officer): Promise<string> {
  const id = randomUUID()
  const persons = [{ id: suspect, roles: ['suspect'], personName: '𠮷田䶮' }]
  const report = { unit: 'A1', source: 'discovered', nature: 'administrative', cause: '殴打他人', narrative: '在东门外打人', persons }
  await does(by, id, 'takeReport', report)
  await does(by, id, 'accept')
  return id
}
const propose = (by: Seat, id: string, more: object = {}) =>
  does(by, id, 'proposeFiling', { outcome: 'file', caseKind: 'administrative', reason: '有违法事实', ...more })
async function filed(): Promise<string> {
  const id = await accepted()
  await propose(seats.officer, id)
  await does(seats.head, id, 'approveFiling')
  return id
}
const desk = async (seat: Seat, of = 'approvals') => (await seat.view<Waiting>('cases', of)).data
const rowsOf = async (seat: Seat, id: string, of?: string) => (await desk(seat, of)).rows.filter((row) => row.id === id)
/** How each head stands to what waits in a case. */
const standing = async (id: string) => {
  const heads = ['head', 'county', 'chief', 'foreign'] as const
  const found = await Promise.all(
    heads.map(
      async (who) => [who, (await rowsOf(seats[who], id)).map(({ act, stands, decider }) => [act, stands, decider].join(' '))] as const,
    ),
  )
  return Object.fromEntries(found.filter(([, rows]) => rows.length > 0))
}

test('what waits for a head stands on his desk with who asks for it, since when and why; whoever is above has none of it', async () => {
  const id = await accepted()
  await propose(seats.officer, id)
  const [row] = await rowsOf(seats.head, id)
  assert.deepEqual(row, {
    of: 'matter',
    id,
    act: 'approveFiling',
    key: 'intake-admin-file.review',
    detail: null,
    rule: 'intake-admin-file.review',
    number: row?.number,
    cause: '殴打他人',
    unit: 'A1',
    due: '2026-11-28T06:00:00.000Z',
    state: 'running',
    asked: { by: 'caseOfficer 1', at, reason: '有违法事实', level: null, article: null },
    stands: 'mine',
    decider: 'A1',
  })
  assert.deepEqual(await standing(id), { head: ['approveFiling mine A1'] })
})

test('what the law gives to a head above stands on the desk of the unit’s own head too, as not his to decide', async () => {
  const id = await filed()
  await does(seats.officer, id, 'requestApproval', { act: { kind: 'extendCase' }, reason: '证人在外地' })
  assert.deepEqual(await standing(id), { head: ['approve above B1'], chief: ['approve mine B1'] })
  const [row] = await rowsOf(seats.chief, id)
  assert.deepEqual([row?.detail, row?.asked?.level, row?.asked?.article], ['act.extendCase', 'nextHigher', 'PSL25 118'])
  assert.equal((await seats.head.command('cases', id, 'approve', { request: 1 })).status, 409)
  await does(seats.chief, id, 'approve', { request: 1 })
  assert.deepEqual(await standing(id), {})
})

test('whoever handles a case or has asked himself sees that it is for somebody else', async () => {
  const both = await house.seat('unitHead', 'A1')
  await house.staff(both.account, 'grant', { role: 'caseOfficer', unit: 'A1' })
  const id = await accepted(both)
  await propose(both, id)
  const stands = async (seat: Seat) => (await rowsOf(seat, id)).map((row) => row.stands)
  assert.deepEqual([await stands(both), await stands(seats.head)], [['barred'], ['mine']])
  assert.equal((await both.command('cases', id, 'approveFiling', {})).status, 409)
})

test('a draft waits for the reviewers of its unit and above, in its second round with what was done about the first', async () => {
  const id = await filed()
  const penalty = { penalties: ['fine'], fine: 500, article: '《治安管理处罚法》第五十一条', facts: '殴打他人' }
  await does(seats.officer, id, 'draftPenalty', { person: suspect, ...penalty })
  await does(seats.officer, id, 'askReview', { person: suspect })
  const [first] = await rowsOf(seats.reviewer, id, 'reviews')
  assert.deepEqual(first?.asked, { by: 'caseOfficer 1', at, reason: null, level: null, article: null })
  assert.deepEqual(
    [first?.act, first?.key, first?.decider, (await rowsOf(seats.local, id, 'reviews'))[0]?.decider],
    ['review', suspect, 'S1', 'A1'],
  )
  const returned = { person: suspect, conclusion: 'returned', findings: [{ item: 'facts', finding: '缺少证人询问笔录' }] }
  await does(seats.reviewer, id, 'reviewPenalty', returned)
  assert.deepEqual(await rowsOf(seats.reviewer, id, 'reviews'), [])
  house.clock?.pass(3600)
  await does(seats.officer, id, 'askReview', { person: suspect, corrected: '已补充证人笔录' })
  const [second] = await rowsOf(seats.reviewer, id, 'reviews')
  assert.deepEqual([second?.asked?.reason, second?.asked?.at], ['已补充证人笔录', '2026-11-27T07:00:00.000Z'])
})

test('what stood on the desks before they said who asks says it after the migration', async () => {
  const transferring = await accepted()
  await does(seats.officer, transferring, 'proposeTransfer', {
    destination: { to: 'agency', agency: '铁路公安处' },
    reason: '发生在列车上',
  })
  const asked = await filed()
  await does(seats.officer, asked, 'requestApproval', { act: { kind: 'extendCase' }, reason: '-' })
  const migration = await readFile(new URL('0051_waiting.sql', import.meta.url), 'utf8')
  await withClient(house.database.owner, async (client) => {
    await client.query("update cases.task set row = row - 'asked'")
    await client.query(`begin; ${migration}; commit`)
  })
  const [row] = await rowsOf(seats.head, transferring)
  assert.deepEqual([row?.act, row?.asked?.reason], ['transfer', '发生在列车上'])
  assert.deepEqual((await verify(house.database.owner, modules)).differences, [])
})

test('what the heads are to discuss waits for the one of county level, also where it stood there before the migration', async () => {
  const id = await filed()
  const said = { person: suspect, penalties: ['fine'], fine: 500, article: '《治安管理处罚法》第五十一条第一款', facts: '殴打他人' }
  await does(seats.officer, id, 'draftPenalty', { ...said, complex: true })
  await does(seats.officer, id, 'noticePenalty', { person: suspect, path: 'told' })
  await does(seats.officer, id, 'recordDefence', { person: suspect, said: 'nothing' })
  await does(seats.officer, id, 'askReview', { person: suspect })
  assert.deepEqual(await standing(id), {})
  await does(seats.reviewer, id, 'reviewPenalty', { person: suspect, conclusion: 'passed', findings: [] })
  const waits = await standing(id)
  assert.deepEqual(waits, { head: ['discuss above S1'], county: ['discuss mine S1'] })
  const migration = await readFile(new URL('0061_discuss.sql', import.meta.url), 'utf8')
  await withClient(house.database.owner, async (client) => {
    await client.query("delete from cases.task where act = 'discuss'")
    await client.query(`begin; ${migration}; commit`)
  })
  assert.deepEqual(await standing(id), waits)
  assert.deepEqual((await verify(house.database.owner, modules)).differences, [])
  await does(seats.county, id, 'discussPenalty', { person: suspect, present: '局长、副局长、法制大队长', agreed: '同意' })
  assert.deepEqual(await standing(id), {})
})
