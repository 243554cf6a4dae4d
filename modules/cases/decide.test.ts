import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Command, commands } from './contract.ts'
import { narrativeMost } from './contract/parts.ts'
import { checks } from './decide/identity.ts'
import {
  account,
  bureau,
  duty,
  foreign,
  incident,
  later,
  matter,
  officer,
  person,
  Record,
  refused,
  report,
  reporter,
  start,
  station,
  subBureau,
  taken,
  unit,
} from './testing/given.ts'

test('a report at the counter is accepted, registered and given a receipt at once', () => {
  const record = new Record()
  const events = record.do(report())
  assert.deepEqual(
    events.map(({ type }) => type),
    ['reported', 'receiptIssued'],
  )
  assert.deepEqual(events[1]?.data, { contact: 'handed', code: 'ABCDEFGHJK' })
  const { row } = record
  assert.deepEqual([row.phase, row.number, row.receipt, row.received], ['reported', '110105001-2026-J00001', start, start])
  assert.deepEqual([row.path, row.persons], [[bureau, subBureau, station], { reporter: 1, victim: 1 }])
  assert.equal(record.matter.code, 'ABCDEFGHJK')
})

test('its limits are counted from when it came: a day to look, three days that end on the next working day', () => {
  const record = taken()
  // Friday 14:00 in Beijing. 24 hours: Saturday 14:00. Three days without the first: Monday, 30 November, at 24:00.
  assert.deepEqual(
    record.row.limits.map(({ limit }) => [limit.rule, limit.due]),
    [
      ['intake-admin-file.review', '2026-11-28T06:00:00.000Z'],
      ['intake-admin-file.hard', '2026-11-30T16:00:00.000Z'],
    ],
  )
  const late = taken({ received: later(-48) })
  // Wednesday 14:00, three days: Saturday, moved on to Monday.
  assert.equal(late.row.limits[1]?.limit.due, '2026-11-30T16:00:00.000Z')
})

test('nothing can be reported before it happened, and nothing in the future', () => {
  refused('report-before-incident', () => taken({ received: later(-5), happened: { from: later(-4) } }))
  refused('in-future', () => taken({ received: later(1) }))
  refused('in-future', () => taken({ happened: { from: later(1) } }))
  refused('in-future', () => taken({ happened: { from: later(-1), until: later(1) } }))
  refused('ends-before', () => taken({ happened: { from: later(-1), until: later(-2) } }))
  const record = taken({ happened: { from: '2026-11-27T12:00:00+08:00', until: '2026-11-27T13:00:00+08:00' } })
  assert.equal(record.row.happened?.from, '2026-11-27T12:00:00+08:00')
})

test('it is taken by a unit that takes reports and that one works for', () => {
  refused('unit-unknown', () => new Record().do(report(), { facts: { unit: null } }))
  refused('unit-unknown', () => new Record().do(report(), { facts: { unit: unit(station, { closed: true }) } }))
  refused('foreign-unit', () => new Record().do(report(), { who: foreign }))
  const bureaus = { facts: { unit: unit(bureau, { kind: 'bureau', path: [bureau] }) }, who: person('stationDuty', bureau, 1) }
  refused('unit-takes-none', () => new Record().do(report(), bureaus), 'RF 7')
  refused('matter-exists', () => taken().do(report()))
  refused('not-a-matter', () => new Record().do(report(), {}, `question:${incident}`))
  refused('not-a-matter', () => new Record().do({ type: 'accept', data: {} }))
})

test('each source brings what belongs to it', () => {
  refused('incident-needed', () => taken({ source: 'incident' }))
  refused('sender-needed', () => taken({ source: 'transfer' }), 'AP 61')
  refused('reporter-needed', () => taken({ persons: [] }), 'AP 60')
  refused('suspect-needed', () => taken({ source: 'surrender' }), 'AP 60')
  const known = { id: matter, number: '110105001-2026-J00009', phase: 'reported' as const }
  refused('incident-reported', () => taken({ source: 'incident', incident }, { facts: { ofIncident: known } }))
  assert.equal(taken({ source: 'incident', incident, persons: [] }).row.incident, incident)
  assert.equal(taken({ source: 'transfer', sender: '市场监督管理局', persons: [] }).row.sender, '市场监督管理局')
  assert.equal(taken({ source: 'surrender', persons: [{ ...reporter, roles: ['suspect'] }] }).row.phase, 'reported')
  const found = taken({ source: 'discovered', persons: [] })
  assert.equal(found.row.receipt, null)
  refused('no-reporter', () => found.do({ type: 'issueReceipt', data: { contact: 'handed' } }))
})

test('a letter is registered within three days, its writer sought out, and then given the receipt', () => {
  const record = taken({ source: 'mail', received: later(-30), persons: [] })
  assert.equal(record.limits['intake-by-mail'], 'running')
  refused('receipt-first', () => record.do({ type: 'accept', data: {} }), 'RF 4')
  const receipt: Command = { type: 'issueReceipt', data: { contact: 'reached' } }
  assert.deepEqual(record.do(receipt), [{ type: 'receiptIssued', data: { contact: 'reached', code: 'ABCDEFGHJK' } }])
  assert.equal(record.limits['intake-by-mail'], 'met')
  refused('receipt-issued', () => record.do(receipt))
  const late = new Record().do(report({ source: 'mail', received: later(-24 * 9), persons: [] }))
  assert.deepEqual(late.at(-1), { type: 'found', data: { rule: 'late-register', detail: later(-24 * 9) } })
})

test('persons have a name or are described, once each; a wrong check digit is said and not refused', () => {
  refused('person-unnamed', () => taken({ persons: [{ id: account(9), roles: ['reporter'] }] }))
  refused('person-twice', () => taken({ persons: [reporter, reporter] }))
  const unknown = { id: account(8), roles: ['suspect' as const], described: '身高一米八，穿灰色棉衣' }
  const numbered = { ...reporter, idType: 'residentId' as const, idNumber: '11010519491231002X' }
  const record = taken({ persons: [numbered, unknown] })
  assert.deepEqual([record.row.findings, record.row.persons], [0, { reporter: 1, victim: 1, suspect: 1 }])
  const wrong = { ...numbered, idNumber: '110105194912310021' }
  const found = { type: 'found', data: { rule: 'id-check-digit', person: reporter.id } }
  assert.deepEqual(record.do({ type: 'correctPerson', data: { person: wrong, reason: '核对证件', seen: 1 } }).at(-1), found)
  assert.equal(record.row.findings, 1)
  refused('nothing-amended', () => record.do({ type: 'correctPerson', data: { person: wrong, reason: '-', seen: 1 } }))
  refused('person-unknown', () =>
    record.do({ type: 'correctPerson', data: { person: { ...wrong, id: account(7) }, reason: '-', seen: 1 } }),
  )
  refused('person-twice', () => record.do({ type: 'addPerson', data: { person: wrong } }))
  const named = { id: account(6), roles: ['witness' as const], personName: 'caseOfficer 2' }
  assert.deepEqual(record.do({ type: 'addPerson', data: { person: named } }), [{ type: 'personAdded', data: { person: named } }])
})

test('a party who is called like the officer is a reason to look at recusal', () => {
  const events = new Record().do(report({ persons: [{ ...reporter, personName: 'caseOfficer 2' }] }))
  assert.deepEqual(events.at(-1), { type: 'found', data: { rule: 'like-officer', person: reporter.id, detail: 'caseOfficer 2' } })
})

test('check digits of GB 11643', () => {
  const given = ['11010519491231002X', '11010519491231002x', '440524188001010014', '110105194912310021', '1101051949', 'x'.repeat(18)]
  assert.deepEqual(given.map(checks), [true, true, true, false, false, false])
})

test('what was recorded is amended, never overwritten, and stays in order', () => {
  const record = taken()
  const amend = (more: object): Command => ({ type: 'amend', data: { reason: '补充询问', seen: 2, ...more } })
  refused('nothing-amended', () => record.do(amend({ cause: '殴打他人' })))
  refused('report-before-incident', () => record.do(amend({ happened: { from: later(1) } }), { at: later(2) }))
  assert.deepEqual(record.do(amend({ nature: 'criminal', narrative: '伤情鉴定为轻伤' })), [
    { type: 'amended', data: { reason: '补充询问', nature: 'criminal', narrative: '伤情鉴定为轻伤' } },
  ])
  assert.deepEqual([record.row.nature, record.row.gist, record.matter.narrative], ['criminal', '伤情鉴定为轻伤', '伤情鉴定为轻伤'])
  record.do({ type: 'note', data: { text: '已通知家属' } }, { who: duty })
  record.do({ type: 'recordWithdrawal', data: { reason: '双方已和好' } })
  assert.deepEqual([record.row.withdrawn, record.row.phase], [true, 'reported'])
  refused('withdrawal-noted', () => record.do({ type: 'recordWithdrawal', data: { reason: '-' } }))
  refused('with-other-unit', () => record.do({ type: 'note', data: { text: '-' } }, { who: foreign }), 'RF 8')
})

test('the points of its limits are passed when they have come, and once', () => {
  const record = taken()
  const pass = (rule: string, point: 'warn' | 'breach', due: string): Command => ({ type: 'passLimit', data: { rule, point, due } })
  const [review] = record.row.limits
  const due = review?.limit.due ?? ''
  refused('limit-not-due', () => record.do(pass('intake-admin-file.review', 'breach', due), { at: due }))
  const warn = new Date(Date.parse(due) - 4 * 3_600_000).toISOString()
  refused('limit-not-due', () => record.do(pass('intake-admin-file.review', 'warn', warn), { at: start }))
  record.do(pass('intake-admin-file.review', 'warn', warn), { at: warn })
  assert.equal(record.limits['intake-admin-file.review'], 'warned')
  const said = { rule: 'intake-admin-file.review', unit: station, due }
  assert.deepEqual(record.do(pass('intake-admin-file.review', 'breach', due), { at: due }), [{ type: 'limitBreached', data: said }])
  refused('limit-not-due', () => record.do(pass('intake-admin-file.review', 'breach', due), { at: due }))
  refused('limit-not-due', () => new Record().do(pass('intake-admin-file.review', 'breach', due)))
  record.do({ type: 'turnAway', data: { where: '社区居委会' } }, { who: officer, at: later(30) })
  assert.deepEqual(record.limits, { 'intake-admin-file.review': 'late', 'intake-admin-file.hard': 'met' })
})

test('danger first: what was handled before it was registered, and a day for the paper', () => {
  const urgent = { urgent: '控制持刀男子，疏散群众', received: later(-30) }
  const record = taken({ ...urgent, handled: later(-20) })
  const events = new Record().do(report({ ...urgent, handled: later(-25) }))
  assert.deepEqual(events.at(-1), { type: 'found', data: { rule: 'late-urgent', detail: later(-25) } })
  assert.deepEqual([record.row.findings, record.row.phase], [0, 'reported'])
  refused('handled-needed', () => taken(urgent), 'RO 二(一)3')
  refused('handled-needed', () => taken({ handled: later(-20) }))
  refused('in-future', () => taken({ ...urgent, handled: later(1) }))
  refused('ends-before', () => taken({ ...urgent, handled: later(-31) }))
})

test('a report is told in twenty thousand characters at most, rare ones counted once each; what is longer is said to be', () => {
  const told = (narrative: string) => commands.takeReport.safeParse({ ...report().data, narrative })
  assert.equal(told('𠮷'.repeat(narrativeMost)).success, true)
  const { error } = told('一'.repeat(narrativeMost + 1))
  assert.deepEqual(
    error?.issues.map(({ path, message }) => [path, message]),
    [[['narrative'], `long:${narrativeMost}`]],
  )
})
