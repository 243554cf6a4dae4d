import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Command } from '../contract.ts'
import {
  account,
  accepted,
  bureau,
  county,
  filed,
  head,
  later,
  officer,
  person,
  refused,
  reporter,
  station,
  subBureau,
} from '../testing/given.ts'
import { ask, begin, givenCase } from '../testing/inquiry.ts'

const rule = 'AP 19-24'
const heads = [
  { account: account(3), name: 'unitHead 3', unit: station },
  { account: account(4), name: 'unitHead 4', unit: subBureau },
]
const ofParty = { kind: 'recuse', account: account(2), recusalGround: 'interest', person: reporter.id } as const
const { person: _person, ...own } = ofParty
const decide = (type: 'approve' | 'declineApproval'): Command =>
  type === 'approve' ? { type, data: { request: 1 } } : { type, data: { request: 1, reason: '无利害关系' } }
const tell: Command = { type: 'tellRecusal', data: { request: 1, told: '当面告知申请人' } }
const top = person('unitHead', bureau, 5)
const second = person('caseOfficer', station, 8)

test('a party asks, the agency decides within two days and tells; until then the work goes on', () => {
  const record = filed()
  refused('person-unknown', () => record.do(ask({ ...ofParty, person: account(1) })))
  refused('not-in-case', () => record.do(ask({ ...ofParty, account: account(8) })), rule)
  record.do(ask(ofParty), { who: second })
  const [limit] = record.row.limits.slice(-1)
  // Friday to Sunday, which moves on to Monday: the limit is none of liberty.
  assert.deepEqual([limit?.limit.rule, limit?.subject, limit?.limit.due], ['q-recusal', account(2), '2026-11-30T16:00:00.000Z'])
  refused('recusal-asked', () => record.do(ask(ofParty)), rule)
  record.do({ type: 'note', data: { text: '继续走访' } })
  refused('recusal-stands', () => record.do({ type: 'withdrawRequest', data: { request: 1, reason: '-' } }, { who: second }), rule)
  refused('decide-first', () => record.do(tell), rule)
  refused('no-recusal', () => record.do({ type: 'tellRecusal', data: { request: 2, told: '-' } }))
  refused('level-too-low', () => record.do(decide('approve'), { who: head }), rule)
  assert.deepEqual(
    record.do(decide('approve'), { who: county }).map(({ type }) => type),
    ['approved', 'officerRecused'],
  )
  assert.deepEqual([record.row.officers, record.limits['q-recusal']], [[], 'running'])
  record.do(tell, { who: second, at: later(5) })
  assert.equal(record.limits['q-recusal'], 'met')
  refused('recusal-told', () => record.do(tell, { who: second }), rule)
})

test('who was recused gives no command of the case, is not assigned again and sits in no questioning', () => {
  const record = givenCase()
  record.do(ask(own))
  record.do(decide('approve'), { who: county })
  for (const command of [{ type: 'note', data: { text: '-' } }, ask(own), tell] as const) refused('recused', () => record.do(command), rule)
  const assign = (n: number): Command => ({ type: 'assign', data: { caseOfficers: [account(n)] } })
  refused('recused', () => record.do(assign(2), { who: head }), rule)
  record.do(assign(8), { who: head })
  refused('recused', () => record.do(begin({ person: reporter.id, venue: 'named', second: account(2) }), { who: second }), rule)
  refused('recused', () => record.do(ask(own), { who: second }), rule)
})

test('declined, he stays; who asks for himself may take it back', () => {
  const record = accepted()
  record.do(ask(own))
  record.do({ type: 'withdrawRequest', data: { request: 1, reason: '弄错了人' } })
  assert.deepEqual([record.limits['q-recusal'], record.matter.books.recusal[0]?.outcome], ['met', 'withdrawn'])
  const other = filed()
  other.do(ask(own))
  other.do(decide('declineApproval'), { who: county })
  assert.deepEqual([other.row.officers.length, other.limits['q-recusal'], other.matter.books.recusal[0]?.outcome], [1, 'met', 'kept'])
})

test('of the head of a station the agency decides, of its own head the one above, and never he himself', () => {
  const record = filed()
  record.do(ask({ ...own, account: account(3) }), { facts: { heads } })
  assert.equal(record.row.requests[0]?.level, 'agencyHead')
  const agency = filed()
  agency.do(ask({ ...own, account: account(4) }), { facts: { heads } })
  assert.equal(agency.row.requests[0]?.level, 'nextHigher')
  const himself = { by: county.by, as: [{ role: 'unitHead', unit: bureau } as const] }
  refused('four-eyes', () => agency.do(decide('approve'), { who: himself, facts: { heads } }), rule)
  agency.do(decide('approve'), { who: top, facts: { heads } })
  refused('recused', () => agency.do(ask({ kind: 'extendCase' }), { who: county }), rule)
  assert.equal(
    agency.row.officers.some(({ account: one }) => 'account' in officer.by && one === officer.by.account),
    true,
  )
})
