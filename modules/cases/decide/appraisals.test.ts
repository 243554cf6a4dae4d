import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Command } from '../contract.ts'
import { accepted, account, county, head, later, person, refused, reporter, station, taken } from '../testing/given.ts'
import {
  id,
  first,
  again,
  measure,
  suspect,
  cup,
  order,
  opinion,
  copy,
  anew,
  decline,
  note,
  tell,
  withdraw,
  withSuspect,
  limitOf,
  types,
  row,
} from '../testing/appraisals.ts'

const day = 24
const approve = (request: number): Command => ({ type: 'approve', data: { request } })

test('a light injury is sent to be appraised within a day of the acceptance; who asks for it later has a day from then', () => {
  const record = accepted({ persons: [reporter, suspect] })
  record.do(note(['lightInjury', 'victimAsks']), { at: later(5) })
  assert.equal(limitOf(record, 'ev-injury-24h.order', reporter.id)?.limit.due, later(24))
  record.do(note(['dispute'], suspect.id), { at: later(30) })
  assert.equal(limitOf(record, 'ev-injury-24h.order', suspect.id)?.limit.due, later(54))
  refused('injury-noted', () => record.do(note(['dispute'])), 'AP 90, 91')
  refused('accept-first', () => taken().do(note(['dispute'])))
  refused('person-unknown', () => record.do(note(['dispute'], account(6))))
  refused('not-handling', () => record.do(note(['dispute']), { who: person('caseOfficer', station, 8) }), 'AP 52')
  record.do(order(), { at: later(6) })
  assert.equal(limitOf(record, 'ev-injury-24h.order', reporter.id)?.state, 'met')
})

test('an injury that can be judged at once: the opinion within a day, its paper within three', () => {
  const record = withSuspect()
  record.do(order(), { at: later(1) })
  const due = (rule: string) => limitOf(record, rule, first)?.limit.due
  // Friday; three days without the first: Monday, 30 November.
  assert.deepEqual([due('ev-injury-24h.opinion'), due('ev-injury-24h.paper')], [later(25), '2026-11-30T16:00:00.000Z'])
  assert.deepEqual(types(record.do(opinion({ oral: true }), { at: later(4) })), ['opinionTold'])
  assert.deepEqual([record.limits['ev-injury-24h.opinion'], record.limits['ev-injury-24h.paper']], ['met', 'running'])
  refused('appraisal-state', () => record.do(opinion({ oral: true })), 'AP 97, 98')
  record.do(opinion(), { at: later(5) })
  assert.equal(record.limits['ev-injury-24h.paper'], 'met')
})

test('a complex one has seven days, one that has not settled none yet', () => {
  const complex = withSuspect()
  complex.do(order({ injuryState: 'complex' }))
  assert.equal(limitOf(complex, 'ev-injury-24h.complex', first)?.limit.due, '2026-12-04T16:00:00.000Z')
  const unstable = withSuspect()
  unstable.do(order({ injuryState: 'unstable' }))
  assert.deepEqual(
    unstable.row.limits.filter(({ subject }) => subject === first),
    [],
  )
})

test('the time to decide stands still from the order to the opinion', () => {
  const record = withSuspect()
  assert.deepEqual(types(record.do(order(), { at: later(day) })), ['appraisalOrdered', 'limitExtended'])
  assert.equal(limitOf(record, 'dec-limit', null)?.limit.standing, true)
  const second = order({ appraisal: id(12), appraisalKind: 'toxicology', person: suspect.id })
  assert.deepEqual(types(record.do(second, { at: later(2 * day) })), ['appraisalOrdered'])
  // The other one is still out.
  assert.deepEqual(types(record.do(opinion(), { at: later(6 * day) })), ['opinionReceived'])
  const last: Command = { type: 'withdrawAppraisal', data: { appraisal: id(12), withdrawReason: 'notNeeded' } }
  assert.deepEqual(types(record.do(last, { at: later(11 * day) })), ['appraisalWithdrawn', 'limitExtended'])
  // Filed on 27 November, thirty days, ten of them out: 6 January.
  assert.deepEqual([limitOf(record, 'dec-limit', null)?.limit.due], ['2027-01-06T16:00:00.000Z'])
})

test('what a thing is seized for stands still as well, and its holder is told so', () => {
  const record = withSuspect()
  const seized = { measure, holder: suspect.id, things: [cup], known: [], spotReason: 'urgent' as const }
  record.do({
    type: 'seizeOnTheSpot',
    data: { ...seized, second: account(8), signed: 'signed', attestor: '王某', recorded: true },
  })
  const price = order({ appraisalKind: 'price', person: undefined, sample: cup.id })
  assert.deepEqual(types(record.do(price, { at: later(day) })), ['appraisalOrdered', 'limitExtended', 'limitExtended'])
  assert.deepEqual(
    [limitOf(record, 'ev-seize-30', measure)?.limit.standing, record.matter.books.evidence.measures[0]?.untold],
    [true, ['appraisal']],
  )
  record.do(opinion({ opinion: '价值三千元' }), { at: later(6 * day) })
  // Thirty days from 27 November are 27 December; five of them out: 1 January, of a year whose holidays nobody knows yet.
  const { due, standing, provisional } = limitOf(record, 'ev-seize-30', measure)?.limit ?? {}
  assert.deepEqual([due, standing, provisional], ['2027-01-01T16:00:00.000Z', false, true])
})

test('a limit that is over is not stopped any more, and the appraisal is ordered all the same', () => {
  const record = withSuspect()
  assert.deepEqual(types(record.do(order(), { at: later(40 * day) })), ['appraisalOrdered'])
})

test('suspect and victim have their copies within five days each', () => {
  const record = withSuspect()
  record.do(order())
  refused('appraisal-state', () => record.do(copy(reporter.id)), 'AP 97, 98')
  record.do(opinion(), { at: later(1) })
  const state = (of: string) => limitOf(record, 'ev-appraisal.copy', of)?.state
  assert.equal(limitOf(record, 'ev-appraisal.copy', reporter.id)?.limit.due, '2026-12-02T16:00:00.000Z')
  record.do(copy(reporter.id), { at: later(2) })
  assert.deepEqual([state(reporter.id), state(suspect.id)], ['met', 'running'])
  refused('no-copy-due', () => record.do(copy(reporter.id)), 'AP 97, 98')
})

test('of two opinions that somebody has not got, the older one runs first and then the other', () => {
  const record = withSuspect()
  record.do(order())
  record.do(order({ appraisal: id(12), appraisalKind: 'other', issue: '致伤工具' }))
  record.do(opinion(), { at: later(1) })
  record.do(opinion({ appraisal: id(12), opinion: '棍棒伤' }), { at: later(2 * day) })
  const due = () => limitOf(record, 'ev-appraisal.copy', reporter.id)?.limit.due
  assert.equal(due(), '2026-12-02T16:00:00.000Z')
  record.do(copy(reporter.id), { at: later(2 * day) })
  assert.deepEqual([due(), limitOf(record, 'ev-appraisal.copy', reporter.id)?.state], ['2026-12-04T16:00:00.000Z', 'running'])
  record.do(copy(reporter.id, id(12)), { at: later(2 * day) })
  assert.equal(limitOf(record, 'ev-appraisal.copy', reporter.id)?.state, 'met')
})

test('a new appraisal once, asked for within three days of the copy, approved by county level', () => {
  const record = withSuspect()
  record.do(order())
  refused('appraisal-state', () => record.do(anew()), 'AP 97, 98')
  record.do(opinion(), { at: later(1) })
  refused('copy-first', () => record.do(anew({ asker: suspect.id })), 'AP 97, 98')
  record.do(copy(suspect.id), { at: later(2) })
  refused('in-future', () => record.do(anew({ asker: suspect.id, askedAt: later(90) }), { at: later(3) }))
  refused('asked-late', () => record.do(anew({ asker: suspect.id }), { at: later(5 * day) }), 'AP 97, 98')
  // Asked in time, passed on later.
  record.do(anew({ asker: suspect.id, askedAt: later(30) }), { at: later(5 * day) })
  refused('level-too-low', () => record.do(approve(1), { who: head, at: later(5 * day) }), 'AP 97, 98')
  assert.deepEqual(types(record.do(approve(1), { who: county, at: later(6 * day) })), ['approved', 'appraisalOrdered', 'limitExtended'])
  refused('appraised-again', () => record.do(anew({ order: id(13) })), 'AP 97, 98')
  record.do({ type: 'receiveOpinion', data: { appraisal: again, opinion: '构成轻微伤' } }, { at: later(7 * day) })
  refused('appraised-again', () => record.do(anew({ appraisal: again, order: id(13) })), 'AP 97, 98')
})

test('who has asked in vain is told within three days', () => {
  const record = withSuspect()
  record.do(order())
  record.do(opinion(), { at: later(1) })
  refused('nothing-to-tell', () => record.do(tell), 'AP 97, 98')
  record.do(anew())
  assert.deepEqual(types(record.do(decline(1), { who: county })), ['approvalDeclined'])
  record.do(copy(suspect.id), { at: later(2) })
  record.do(anew({ asker: suspect.id }), { at: later(3) })
  assert.deepEqual(types(record.do(decline(2), { who: county, at: later(4) })), ['approvalDeclined', 'reappraisalRefused'])
  assert.equal(limitOf(record, 'ev-appraisal.refused', first)?.limit.due, '2026-11-30T16:00:00.000Z')
  record.do(tell, { at: later(5) })
  assert.deepEqual(
    [limitOf(record, 'ev-appraisal.refused', first)?.state, row(record)?.refused],
    ['met', { person: suspect.id, told: true }],
  )
})

test('the injured who does not go: withdrawn, decided on the facts there are', () => {
  const record = withSuspect()
  record.do(order())
  assert.deepEqual(types(record.do(withdraw, { at: later(3) })), ['appraisalWithdrawn', 'limitExtended'])
  assert.deepEqual(
    [row(record)?.state, record.limits['ev-injury-24h.opinion'], record.limits['ev-injury-24h.paper']],
    ['withdrawn', 'met', 'met'],
  )
  refused('appraisal-state', () => record.do(withdraw))
  refused('no-appraisal', () => record.do(opinion({ appraisal: id(40) })), 'AP 97, 98')
})

test('it is of somebody or something that the case knows', () => {
  const record = withSuspect()
  refused('appraise-what', () => record.do(order({ person: undefined })))
  refused('appraise-what', () => record.do(order({ person: undefined, appraisalKind: 'price' })))
  refused('person-unknown', () => record.do(order({ person: account(6) })))
  refused('thing-unknown', () => record.do(order({ sample: id(44) })))
  record.do(order())
  refused('appraisal-exists', () => record.do(order()))
})
