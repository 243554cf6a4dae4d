import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Event } from '../contract.ts'
import {
  accepted,
  account,
  bureau,
  county,
  head,
  later,
  officer,
  person,
  type Record,
  refused,
  reporter,
  station,
  system,
} from '../testing/given.ts'
import {
  id,
  measure,
  second,
  holder,
  suspect,
  knife,
  phone,
  ask,
  order,
  approve,
  out,
  spot,
  byTwo,
  back,
  told,
  claim,
  withSuspect,
  seized,
  limitOf,
} from '../testing/measures.ts'

const mine = { account: account(2), name: 'caseOfficer 2' }
const other = { account: second, name: 'caseOfficer 8' }
const day = 24
const states = (record: Record) => record.matter.books.evidence.things.map(({ thingName, state }) => [thingName, state])
const types = (events: readonly Event[]) => events.map(({ type }) => type)
const pass = (record: Record, rule: string, subject: string, point: 'warn' | 'breach' | 'early' | 'reached'): Event[] => {
  const clock = record.row.limits.find((one) => one.limit.rule === rule && one.subject === subject)?.clock
  assert.ok(clock)
  const found = clock.points.find(({ name }) => name === point)
  assert.ok(found)
  const due = new Date(Date.parse(clock.started) + found.after).toISOString()
  return record.do({ type: 'passLimit', data: { rule, subject, point, due } }, { who: system, at: due })
}

test('seized when the head of county level has approved it, by two officers, counted with a witness; thirty days', () => {
  const record = withSuspect()
  record.do(ask(order()))
  assert.deepEqual(
    record.row.requests.map(({ kind, level, article }) => [kind, level, article]),
    [['preserve', 'agencyHead', 'PSL25 105; AP 107, 111']],
  )
  refused('level-too-low', () => record.do(approve(1), { who: head }))
  assert.deepEqual(types(record.do(approve(1), { who: county, at: later(1) })), ['approved', 'measureOrdered'])
  assert.deepEqual(states(record), [['折叠刀', 'ordered']])
  refused('no-attestor', () => record.do(out({ attestor: undefined })), 'PSL25 105; AP 107, 111')
  refused('not-second', () => record.do(out({ second: account(2) })))
  const [event] = record.do(out(), { at: later(2) })
  assert.deepEqual([event?.type, event?.type === 'measureCarriedOut' && event.data.officers], ['measureCarriedOut', [mine, other]])
  const running = limitOf(record, 'ev-seize-30')
  // 27 November is not counted: thirty days on is 27 December, a Sunday, so Monday.
  assert.deepEqual([running?.subject, running?.state, running?.limit.due], [measure, 'running', '2026-12-28T16:00:00.000Z'])
  assert.deepEqual(states(record), [['折叠刀', 'held']])
  assert.deepEqual(
    record.matter.books.evidence.lists.map(({ list, kind, number, giver }) => [list, kind, number, giver]),
    [[measure, 'seizure', 1, holder]],
  )
  refused('carried-out', () => record.do(out()))
  refused('no-measure', () => record.do(out({ measure: id(81) })))
})

test('what may be a victim’s, or was registered as in good faith, is never taken away', () => {
  const record = withSuspect()
  refused('only-registered', () => record.do(ask(order({ things: [phone] }))), 'PSL25 105; AP 107, 111')
  const { owner: _owner, ...unowned } = phone
  const list = { list: id(90), giver: holder, ownerKind: 'goodFaith' as const, things: [unowned] }
  record.do({ type: 'registerProperty', data: { ...list, ...byTwo } })
  refused('only-registered', () => record.do(ask(order({ things: [], known: [phone.id] }))))
  // It may be kept in its place all the same, so that it is not lost before somebody has decided.
  record.do(ask(order({ preserved: 'keeping', things: [], known: [phone.id] })))
  refused('no-things', () => record.do(ask(order({ things: [] }))))
  refused('thing-unknown', () => record.do(ask(order({ known: [id(9)] }))))
  refused('person-unknown', () => record.do(ask(order({ holder: account(6) }))))
})

test('one thing is under one measure, and one measure is ordered once', () => {
  const record = seized()
  refused('measure-exists', () => record.do(ask(order({ things: [], known: [knife.id] }))))
  refused('thing-held', () => record.do(ask(order({ measure: id(81), things: [], known: [knife.id] }))))
  refused('thing-twice', () => record.do(ask(order({ measure: id(81) }))))
})

test('seized on the spot: recorded whole, reported and approved within a day', () => {
  const record = withSuspect()
  refused('must-record', () => record.do(spot({ recorded: false })), 'PSL25 105')
  refused('in-future', () => record.do(spot({ actedAt: later(1) })))
  assert.deepEqual(types(record.do(spot({ actedAt: '2026-11-27T13:00:00+08:00' }))), ['seizedOnTheSpot'])
  // From the act, an hour before it was recorded.
  assert.equal(limitOf(record, 'ev-seize-spot.report')?.limit.due, later(23))
  const confirm = ask({ kind: 'confirmSeizure', measure })
  record.do(confirm)
  assert.deepEqual(record.row.requests[0]?.article, 'AP 56; COE 19, 20')
  assert.deepEqual(types(record.do(approve(1), { who: county, at: later(3) })), ['approved', 'measureConfirmed'])
  assert.deepEqual([limitOf(record, 'ev-seize-spot.report')?.state, limitOf(record, 'ev-seize-30')?.state], ['met', 'running'])
  refused('nothing-to-confirm', () => record.do(confirm))
})

test('before the law of 2025 nobody had to record it', () => {
  const record = withSuspect()
  record.do(spot({ recorded: false }), { at: '2025-12-30T06:00:00.000Z' })
  assert.equal(record.matter.books.evidence.measures[0]?.state, 'standing')
})

test('what is not approved afterwards must be lifted, and its limits are over with it', () => {
  const record = withSuspect()
  record.do(spot())
  record.do(ask({ kind: 'confirmSeizure', measure }))
  const declined = record.do({ type: 'declineApproval', data: { request: 1, reason: '与案件无关' } }, { who: county })
  assert.deepEqual(types(declined), ['approvalDeclined', 'measureRejected'])
  refused('nothing-to-confirm', () => record.do(ask({ kind: 'confirmSeizure', measure })))
  record.do(back([knife.id], { returnReason: 'lifted' }), { at: later(5) })
  assert.deepEqual(states(record), [['折叠刀', 'returned']])
  assert.deepEqual([record.matter.books.evidence.measures[0]?.state, record.limits['ev-seize-spot.report']], ['ended', 'met'])
  refused('thing-gone', () => record.do(back([knife.id], { list: id(96) })), 'AP 115, 197; COE 28; PSL25 105')
  refused('list-exists', () => record.do(back([knife.id])))
})

test('of what may be a crime nothing is seized before it is filed; otherwise what was accepted is enough', () => {
  const persons = [reporter, suspect]
  refused('file-first', () => accepted({ nature: 'criminal', persons }).do(spot()), 'AP 65; CP 174')
  accepted({ persons }).do(spot())
  refused('file-first', () => accepted({ persons }).do(ask(order())), 'PSL25 90')
  refused('not-handling', () => accepted({ persons }).do(spot(), { who: person('caseOfficer', station, 8) }))
})

test('longer once, by county level, and the holder is told in writing', () => {
  const record = seized()
  const more = ask({ kind: 'extendMeasure', subject: measure })
  refused('nothing-to-tell', () => record.do(told('extension')), 'AP 112; COE 25')
  record.do(more, { at: later(20 * day) })
  assert.equal(record.row.requests[0]?.level, 'countyHead')
  assert.deepEqual(types(record.do(approve(2), { who: county, at: later(21 * day) })), ['approved', 'limitExtended'])
  assert.equal(limitOf(record, 'ev-seize-30')?.limit.due, '2027-01-26T16:00:00.000Z')
  assert.deepEqual(record.matter.books.evidence.measures[0]?.untold, ['extension'])
  refused('limit-extended', () => record.do(more, { at: later(30 * day) }))
  record.do(told('extension'), { at: later(22 * day) })
  assert.deepEqual(record.matter.books.evidence.measures[0]?.untold, [])
  refused('no-measure-runs', () => record.do(ask({ kind: 'extendMeasure', subject: id(81) })))
})

test('kept in its place for seven days, then free by itself', () => {
  const record = seized(order({ preserved: 'keeping' }))
  assert.deepEqual(states(record), [['折叠刀', 'kept']])
  const limit = limitOf(record, 'ev-save-7')?.limit
  assert.deepEqual([limit?.due, limit?.article], ['2026-12-04T16:00:00.000Z', 'AP 110; PEN 56'])
  pass(record, 'ev-save-7', measure, 'warn')
  assert.deepEqual(types(pass(record, 'ev-save-7', measure, 'breach')), ['limitBreached', 'measureLapsed'])
  assert.deepEqual(states(record), [['折叠刀', 'left']])
  assert.deepEqual([record.matter.books.evidence.measures[0]?.state, record.limits['ev-save-7']], ['ended', 'late'])
})

test('what is kept is seized, and the keeping is over with it', () => {
  const record = seized(order({ preserved: 'keeping' }))
  record.do(ask(order({ measure: id(81), things: [], known: [knife.id] })), { at: later(day) })
  record.do(approve(2), { who: county, at: later(day) })
  record.do(out({ measure: id(81) }), { at: later(day) })
  assert.deepEqual([record.limits['ev-save-7'], record.limits['ev-seize-30']], ['met', 'running'])
  assert.deepEqual(
    record.matter.books.evidence.measures.map(({ way, state }) => [way, state]),
    [
      ['keeping', 'ended'],
      ['seizure', 'standing'],
    ],
  )
})

test('given back by whoever has the matter, to somebody of the case', () => {
  const record = seized()
  refused('not-handling', () => record.do(back([knife.id]), { who: person('caseOfficer', station, 8) }), 'AP 52')
  refused('person-unknown', () => record.do(back([knife.id], { receiver: account(6) })))
  refused('unattested', () => record.do(back([knife.id], { signed: 'refused', attestor: undefined })))
  const [event] = record.do(back([knife.id]))
  assert.deepEqual(event?.type === 'thingsReturned' && [event.data.number, event.data.officers], [2, [mine, other]])
  assert.equal(limitOf(record, 'ev-seize-30')?.state, 'met')
})

test('what nobody fetches within six months goes to the treasury, when the head has approved it', () => {
  const record = seized()
  const dispose = ask({ kind: 'disposeUnclaimed', claim: id(70), destiny: 'treasury' })
  refused('no-claim', () => record.do(dispose), 'AP 115, 197')
  record.do(claim)
  refused('claim-runs', () => record.do(claim))
  assert.equal(limitOf(record, 'ev-return.unclaimed')?.limit.due, '2027-05-27T16:00:00.000Z')
  refused('claim-waits', () => record.do(dispose, { at: later(100 * day) }), 'AP 115, 197')
  record.do(ask({ kind: 'extendMeasure', subject: id(70) }), { at: later(100 * day) })
  record.do(approve(2), { who: county, at: later(101 * day) })
  assert.equal(limitOf(record, 'ev-return.unclaimed')?.limit.extensions.length, 1)
  const over = later(300 * day)
  record.do(dispose, { at: over })
  assert.deepEqual(types(record.do(approve(3), { who: county, at: over })), ['approved', 'thingsDisposed'])
  assert.deepEqual([states(record), record.limits['ev-return.unclaimed']], [[['折叠刀', 'disposed']], 'met'])
})

test('only its officers ask for a measure, and nobody approves his own', () => {
  const record = withSuspect()
  refused('not-handling', () => record.do(ask(order()), { who: person('caseOfficer', station, 8) }), 'AP 52')
  record.do(ask(order()))
  const both = { by: officer.by, as: [{ role: 'unitHead', unit: bureau } as const] }
  refused('four-eyes', () => record.do(approve(1), { who: both }))
})

test('what the police still hold is given back or disposed of, whatever has become of the matter; a seizure before filing is approved as well', () => {
  const record = accepted({ persons: [reporter, suspect] })
  record.do(spot())
  record.do(ask({ kind: 'confirmSeizure', measure }))
  record.do(approve(1), { who: county })
  record.do({ type: 'proposeFiling', data: { outcome: 'refuse', caseKind: 'administrative', ground: 'noFacts', reason: '-' } })
  record.do({ type: 'approveFiling', data: {} }, { who: head })
  assert.equal(record.row.phase, 'refused')
  refused('matter-over', () => record.do(spot({ measure: id(81) })))
  record.do(claim)
  record.do(ask({ kind: 'extendMeasure', subject: id(70) }), { at: later(day) })
  record.do({ type: 'declineApproval', data: { request: 2, reason: '-' } }, { who: county, at: later(day) })
  record.do(back([knife.id], { returnReason: 'decided' }), { at: later(2 * day) })
  assert.deepEqual([states(record), record.limits['ev-return.unclaimed']], [[['折叠刀', 'returned']], 'met'])
})
