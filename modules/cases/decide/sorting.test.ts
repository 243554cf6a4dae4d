import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Command } from '../contract.ts'
import {
  accepted,
  account,
  bureau,
  county,
  duty,
  foreign,
  foreignHead,
  head,
  later,
  officer,
  other,
  person,
  propose,
  type Record,
  refused,
  station,
  subBureau,
  taken,
  unit,
} from '../testing/given.ts'

const elsewhere = (more: object = {}): Command => ({
  type: 'proposeTransfer',
  data: { destination: { to: 'unit', unit: other }, reason: '案发地在海淀', ...more },
})
const transfer: Command = { type: 'transfer', data: {} }
const there = { facts: { unit: unit(other) } }
const passedOn = (record: Record): Record => {
  record.do(elsewhere({ urgent: '已送医' }), there)
  record.do(transfer, { who: duty, ...there, at: later(2) })
  return record
}

test('accepted by who takes it on: an officer has it at once, the desk leaves it to be assigned', () => {
  const record = taken()
  assert.deepEqual(record.do({ type: 'accept', data: {} }), [
    { type: 'accepted', data: { officers: [{ account: account(2), name: 'caseOfficer 2' }] } },
  ])
  assert.equal(record.row.phase, 'accepted')
  refused('not-at-this-step', () => record.do({ type: 'accept', data: {} }), 'AP 61')
  const desk = taken()
  desk.do({ type: 'accept', data: {} }, { who: duty })
  assert.deepEqual(desk.row.officers, [])
  const assign = (caseOfficers: string[]): Command => ({ type: 'assign', data: { caseOfficers } })
  refused('not-case-officer', () => desk.do(assign([account(1)]), { who: head }))
  desk.do(assign([account(8), account(2)]), { who: head })
  assert.deepEqual(
    desk.row.officers.map(({ name }) => name),
    ['caseOfficer 2', 'caseOfficer 8'],
  )
  refused('nothing-amended', () => desk.do(assign([account(2), account(8)]), { who: head }))
  refused('not-at-this-step', () => taken().do(assign([account(2)]), { who: head }), 'AP 52')
})

test('nobody sends a reporter on before he has his receipt', () => {
  const letter = taken({ source: 'mail', persons: [] })
  refused('receipt-first', () => letter.do(elsewhere(), there), 'RF 4')
  refused('receipt-first', () => letter.do({ type: 'turnAway', data: { where: '-' } }), 'RF 4')
  refused('receipt-first', () => letter.do({ type: 'leaveUndetermined', data: { reason: '-' } }), 'RF 4')
})

test('unclear whose: three days, then it is sorted', () => {
  const record = taken()
  record.do({ type: 'leaveUndetermined', data: { reason: '案发地不明' } }, { at: later(3) })
  const limit = record.row.limits.find((one) => one.limit.rule === 'intake-undetermined')?.limit
  assert.deepEqual([record.row.phase, limit?.from, limit?.due], ['undetermined', later(3), '2026-11-30T16:00:00.000Z'])
  refused('not-at-this-step', () => record.do({ type: 'leaveUndetermined', data: { reason: '-' } }), 'RF 8')
  record.do({ type: 'accept', data: {} })
  assert.equal(record.limits['intake-undetermined'], 'met')
})

test('no business of the police: told where to go, in writing to who objects; a suspected crime never is', () => {
  const away = (more: object = {}): Command => ({ type: 'turnAway', data: { where: '劳动监察大队', ...more } })
  refused('police-matter', () => taken({ nature: 'criminal' }).do(away()), 'RF 7')
  refused('objection-in-writing', () => taken().do(away({ objected: true })), 'AP 61')
  const record = taken()
  assert.deepEqual(record.do(away({ objected: true, inWriting: true })), [
    { type: 'turnedAway', data: { where: '劳动监察大队', objected: true, inWriting: true } },
  ])
  refused('matter-over', () => record.do({ type: 'accept', data: {} }))
  record.do({ type: 'note', data: { text: '来电询问' } })
})

test('another unit’s is passed on within a day, and its limits begin there anew', () => {
  const record = taken()
  refused('unit-unknown', () => record.do(elsewhere(), { facts: { unit: null } }))
  refused('same-unit', () => record.do(elsewhere(), { facts: { unit: unit(station) } }))
  refused('no-transfer', () => record.do(transfer, { who: head, ...there }))
  refused('no-transfer', () => record.do({ type: 'declineTransfer', data: { reason: '-' } }, { who: head }))
  record.do(elsewhere(), there)
  assert.equal(record.row.limits.find((one) => one.limit.rule === 'intake-transfer-24h')?.limit.due, later(24))
  record.do({ type: 'declineTransfer', data: { reason: '案发地就在本辖区' } }, { who: head })
  assert.deepEqual([record.row.phase, record.limits['intake-transfer-24h']], ['reported', 'met'])
  record.do(elsewhere(), there)
  refused('unit-unknown', () => record.do(transfer, { who: head, facts: { unit: null } }))
  record.do(transfer, { who: head, ...there, at: later(2) })
  const { row } = record
  assert.deepEqual([row.phase, row.unit, row.first, row.path], ['reported', other, station, [bureau, '110108', other]])
  assert.equal(row.limits.find((one) => one.limit.rule === 'intake-admin-file.review')?.limit.due, later(26))
  refused('with-other-unit', () => record.do({ type: 'accept', data: {} }), 'RF 8')
  record.do({ type: 'accept', data: {} }, { who: foreign })
})

test('what was passed on once is not passed on again, unless the superior assigns it', () => {
  const record = passedOn(taken())
  record.do({ type: 'proposeTransfer', data: { destination: { to: 'unit', unit: station }, reason: '-' } }, { who: foreign })
  refused('passed-on', () => record.do(transfer, { who: foreignHead }), 'RF 13')
  record.do(transfer, { who: person('unitHead', '110108', 8) })
  assert.deepEqual([record.row.unit, record.row.transfers], [station, 2])
})

test('of a suspected crime the head of county level decides, and not who proposed it', () => {
  const record = taken({ nature: 'criminal' })
  record.do({ type: 'proposeTransfer', data: { destination: { to: 'agency', agency: '铁路公安处' }, reason: '发生在列车上' } })
  refused('county-head', () => record.do(transfer, { who: head }), 'CP 175')
  const both = { by: officer.by, as: [{ role: 'unitHead', unit: subBureau } as const] }
  refused('four-eyes', () => record.do(transfer, { who: both }), 'CP 175')
  record.do(transfer, { who: county })
  assert.deepEqual([record.row.phase, record.row.unit], ['handedOver', station])
})

test('an accepted one is passed on as well, a proposed one is not', () => {
  const record = accepted()
  record.do(elsewhere(), there)
  assert.equal(record.row.phase, 'transferring')
  record.do({ type: 'declineTransfer', data: { reason: '-' } }, { who: head })
  assert.equal(record.row.phase, 'accepted')
  record.do(propose())
  refused('not-at-this-step', () => record.do(elsewhere(), there), 'AP 61')
})

test('the reporter is told within three days where it went, by who handed it over or who has it now', () => {
  const tell: Command = { type: 'tellTransfer', data: { way: 'inPerson' } }
  refused('nothing-to-tell', () => taken().do(tell), 'RF 13')
  const record = passedOn(taken())
  const limit = () => record.row.limits.find((one) => one.limit.rule === 'intake-jurisdiction')
  // Friday; three days without the first: Monday, 30 November.
  assert.deepEqual([limit()?.unit, limit()?.limit.due, limit()?.state], [station, '2026-11-30T16:00:00.000Z', 'running'])
  assert.deepEqual(record.do(tell, { who: duty, at: later(3) }), [{ type: 'transferTold', data: { way: 'inPerson' } }])
  assert.equal(limit()?.state, 'met')
  refused('nothing-to-tell', () => record.do(tell, { who: duty }))
  const there = passedOn(taken())
  there.do(tell, { who: foreign, at: later(3) })
  // Of a matter that left the force too; nobody is told of what nobody reported.
  const away = taken()
  away.do({ type: 'proposeTransfer', data: { destination: { to: 'agency', agency: '铁路公安处' }, reason: '-' } })
  away.do(transfer, { who: duty })
  away.do(tell, { who: duty })
  assert.deepEqual([away.row.phase, away.limits['intake-jurisdiction']], ['handedOver', 'met'])
  const found = taken({ source: 'discovered', persons: [] })
  passedOn(found)
  assert.equal(found.limits['intake-jurisdiction'], undefined)
})
