import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Command } from '../contract.ts'
import {
  accepted,
  account,
  county,
  duty,
  foreign,
  head,
  later,
  officer,
  person,
  propose,
  refused,
  station,
  taken,
} from '../testing/given.ts'

const approve: Command = { type: 'approveFiling', data: {} }
const caseNumber = '110105001-2026-X00001'

test('filed by the head of the unit on the officer’s proposal, under the next number', () => {
  const record = accepted()
  record.do(propose())
  refused('proposed-already', () => record.do(propose()))
  const [event] = record.do(approve, { who: head, facts: { number: caseNumber } })
  assert.deepEqual([event?.type, event?.data], ['filed', { ...event?.data, caseNumber, caseKind: 'administrative' }])
  const { row, limits } = record
  assert.deepEqual(
    [row.phase, row.caseNumber, limits],
    ['filed', caseNumber, { 'intake-admin-file.review': 'met', 'intake-admin-file.hard': 'met', 'dec-limit': 'running' }],
  )
  refused('nothing-proposed', () => record.do(approve, { who: head }))
  refused('accept-first', () => record.do(propose()), 'PSL25 90')
})

test('nothing is filed that was not accepted, nor by who does not handle it', () => {
  refused('accept-first', () => taken().do(propose()), 'PSL25 90')
  refused('nothing-proposed', () => taken().do(approve, { who: head }), 'PSL25 90')
  refused('not-handling', () => accepted().do(propose(), { who: person('caseOfficer', station, 8) }), 'AP 52')
  refused('with-other-unit', () => accepted().do(propose(), { who: foreign }))
  refused('ground-needed', () => accepted().do(propose({ outcome: 'refuse' })), 'PSL25 90')
  refused('suspicion-stands', () => accepted({ nature: 'criminal' }).do(propose()), 'AP 65')
})

test('whoever handles the case or has proposed does not approve it', () => {
  const record = accepted()
  record.do(propose())
  const both = { by: officer.by, as: [{ role: 'unitHead', unit: station } as const] }
  refused('four-eyes', () => record.do(approve, { who: both }), 'PSL25 90')
  record.do({ type: 'assign', data: { caseOfficers: [account(8)] } }, { who: head })
  // No longer its officer, but it is his proposal.
  refused('four-eyes', () => record.do(approve, { who: both }), 'PSL25 90')
  refused('four-eyes', () => record.do({ type: 'returnProposal', data: { reason: '-' } }, { who: both }))
  record.do({ type: 'returnProposal', data: { reason: '证据不足，补充询问' } }, { who: head })
  assert.deepEqual([record.row.phase, record.row.proposal], ['accepted', null])
})

test('a crime is filed by the head of county level', () => {
  const record = accepted({ nature: 'unclear' })
  record.do(propose({ caseKind: 'criminal' }))
  refused('county-head', () => record.do(approve, { who: head }), 'CP 178')
  record.do(approve, { who: county, facts: { number: '110105001-2026-S00001' } })
  assert.deepEqual([record.row.caseKind, record.row.caseNumber], ['criminal', '110105001-2026-S00001'])
})

test('refused with reasons and remedies, and the reporter is told; withdrawing is no ground', () => {
  const record = accepted()
  record.do({ type: 'recordWithdrawal', data: { reason: '不想追究了' } })
  record.do(propose({ outcome: 'refuse', ground: 'noFacts', reason: '监控显示未发生' }))
  const [event] = record.do(approve, { who: head })
  assert.deepEqual(event, {
    type: 'fileRefused',
    data: {
      caseKind: 'administrative',
      ground: 'noFacts',
      reason: '监控显示未发生',
      remedies: [
        { rule: 'rev-apply', term: 'P60D', article: 'REV 20' },
        { rule: 'lit-term', term: 'P6M', article: 'LIT 46' },
      ],
      limits: [],
    },
  })
  const notice: Command = { type: 'giveNotice', data: { way: 'inPerson' } }
  record.do(notice, { who: duty })
  assert.deepEqual([record.row.phase, record.row.noticed], ['refused', true])
  refused('notice-given', () => record.do(notice))
  refused('nothing-refused', () => accepted().do(notice))
})

test('the notice of a refused criminal case has three days', () => {
  const record = accepted({ nature: 'criminal' })
  record.do(propose({ outcome: 'refuse', caseKind: 'criminal', ground: 'notLiable' }))
  record.do(approve, { who: county, at: later(3) })
  assert.equal(record.limits['crim-nofile'], 'running')
  record.do({ type: 'giveNotice', data: { way: 'posted', note: '挂号信' } }, { at: later(20) })
  assert.equal(record.limits['crim-nofile'], 'met')
})
