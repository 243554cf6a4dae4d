import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Command } from '../contract.ts'
import { account, county, filed, head, later, officer, type Record, refused, reporter } from '../testing/given.ts'
import {
  aged,
  approve,
  ask,
  at,
  decide,
  decided,
  draft,
  limitOf,
  noticed,
  otherId,
  suspect,
  suspected,
  suspectId,
  types,
} from '../testing/penalty.ts'
import { open, agree, fail, keep, broken } from '../testing/mediation.ts'

const close = (closing: 'settled' | 'noPenalty' | 'executed'): Command => ({ type: 'closeCase', data: { closing, reason: '已办结' } })
const accept = (more: object = {}): Command =>
  ask({
    kind: 'acceptSettlement',
    person: suspectId,
    settledBy: 'reconciled',
    mediationCause: 'quarrel',
    minorAct: true,
    noneExcluded: true,
    terms: '已赔偿并道歉',
    bothAsk: true,
    performed: true,
    ...more,
  })
const day = 24
const due = (record: Record, rule: string) => limitOf(record, rule)?.limit.due

test('agreed before one recorded officer, kept, and closed as settled: no penalty, and nothing is sealed', () => {
  const record = suspected()
  record.do(open(), at(1))
  assert.deepEqual(types(record.do(agree(), at(2))), ['agreed'])
  // Ten days after Friday, 27 November: Monday, 7 December, to its end. What is to be decided waits until it is broken.
  assert.deepEqual([due(record, 'med-settle.kept'), record.limits['dec-limit']], ['2026-12-07T16:00:00.000Z', 'met'])
  refused('undecided', () => record.do(close('settled'), at(3)), 'AP 258-263')
  record.do(keep(), at(3 * day))
  assert.deepEqual([record.limits['med-settle.kept'], record.row.phase], ['met', 'filed'])
  refused('settled-already', () => record.do(draft(), at(3 * day)), 'AP 185, 186')
  refused('settled-already', () => record.do(open(), at(3 * day)))
  refused('other-closing', () => record.do(close('noPenalty'), at(3 * day)), 'AP 258-263')
  refused('closes-instead', () => record.do(ask({ kind: 'terminate', termination: 'noFacts' }), at(3 * day)))
  assert.deepEqual(record.do(close('settled'), at(3 * day)), [{ type: 'caseClosed', data: { closing: 'settled', reason: '已办结' } }])
  assert.deepEqual([record.row.phase, record.row.sealed], ['closed', false])
})

test('what may not be settled, and by which article on which day', () => {
  const record = suspected()
  refused('not-minor-act', () => record.do(open({ minorAct: undefined })), 'AP 178-181; PSL25 9')
  refused('mediation-excluded', () => record.do(open({ noneExcluded: undefined })), 'AP 178-181; PSL25 9')
  refused('both-willing', () => record.do(open({ bothWilling: undefined })), 'AP 178-181; PSL25 9')
  refused('not-a-suspect', () => record.do(open({}, reporter.id)))
  refused('no-victim', () => filed({ persons: [{ ...reporter, roles: ['reporter'] }, suspect] }).do(open()), 'AP 178-181; PSL25 9')
  refused('not-handling', () =>
    record.do(open(), { who: { ...officer, by: { account: account(8), name: '乙', unit: '110105001', grants: [] } } }),
  )
  const before = { at: '2025-12-30T02:00:00.000Z' }
  const old = filed({ persons: [reporter, suspect] }, {}, before)
  refused('both-willing', () => old.do(open({ bothWilling: undefined }), before), 'AP 178-181')
  old.do(open(), before)
  refused('suit-untold', () => old.do(fail({ suitTold: undefined }), before), 'AP 185, 186')
  refused('decided-already', () => decided(suspected()).do(open(), at(2)))
  const waits = noticed(suspected())
  waits.do(decide(), at(2))
  refused('awaits-approval', () => waits.do(open(), at(3)))
})

test('how it is held: two officers or one who records, a guardian for a minor of either side, both signatures', () => {
  const record = suspected()
  refused('no-mediation', () => record.do(agree(), at(1)), 'PSL25 9; AP 185, 186')
  record.do(open(), at(1))
  refused('recording-needed', () => record.do(agree({ recorded: undefined }), at(2)), 'AP 52')
  refused('agreement-unsigned', () => record.do(agree({ bothSigned: undefined }), at(2)), 'AP 184, 185')
  refused('not-second', () => record.do(agree({ second: account(2) }), at(2)))
  record.do(agree({ recorded: undefined, second: account(8) }), at(2))
  assert.equal(record.matter.books.mediation[suspectId]?.officers.length, 2)
  const minor = (years: number, more: object = {}) => {
    const one = suspected([aged(years)])
    one.do(open(), at(1))
    return one.do(agree(more), at(2))
  }
  refused('mediation-guardian', () => minor(17), 'AP 181')
  refused('mediation-guardian', () => minor(15, { ownIncome: true }), 'AP 181')
  minor(16, { ownIncome: true })
  minor(15, { guardian: '其父' })
  const young = filed({ persons: [reporter, { ...aged(15), id: otherId, roles: ['victim'] }, suspect] })
  young.do(open(), at(1))
  refused('mediation-guardian', () => young.do(agree(), at(2)))
})

test('failed: the penalty goes on, its time counted from then, and once more within seven working days', () => {
  const record = suspected()
  // Filed on Friday, 27 November: thirty days, 27 December is a Sunday, so Monday.
  assert.equal(due(record, 'dec-limit'), '2026-12-28T16:00:00.000Z')
  record.do(open(), at(day))
  refused('mediation-runs', () => record.do(open(), at(day)))
  record.do(draft(), at(day))
  refused('mediation-runs', () => noticed(record, draft(), later(day)).do(decide(), at(day)), 'PSL25 9; AP 185, 186')
  refused('suit-untold', () => record.do(fail({ suitTold: undefined }), at(5 * day)), 'PSL25 9; AP 185, 186')
  record.do(fail(), at(5 * day))
  // It failed on Wednesday, 2 December: thirty days, Friday, 1 January; the holidays of that year are not published.
  assert.equal(limitOf(record, 'dec-limit')?.limit.restarts[0]?.reason, 'mediationFailed')
  const first = due(record, 'dec-limit')
  assert.equal(first, '2027-01-01T16:00:00.000Z')
  record.do(open(), at(6 * day))
  // From Thursday, 3 December: 3, 4, 7, 8, 9, 10, Friday 11.
  assert.equal(due(record, 'med-times'), '2026-12-11T16:00:00.000Z')
  record.do(fail(), at(8 * day))
  assert.deepEqual([due(record, 'dec-limit'), record.limits['med-times']], [first, 'met'])
  refused('mediation-twice', () => record.do(open(), at(9 * day)), 'AP 183')
  record.do(decide(), at(9 * day))
  record.do(approve(1), { who: head, ...at(9 * day) })
  assert.equal(record.row.phase, 'decided')
})

test('no second round too late, nor after a new act or a flight', () => {
  const record = suspected()
  record.do(open(), at(1))
  record.do(fail(), at(1))
  refused('mediation-late', () => record.do(open(), at(12 * day)), 'AP 183')
  for (const failure of ['newAct', 'fled']) {
    const over = suspected()
    over.do(open(), at(1))
    over.do(fail({ failure }), at(2))
    refused('mediation-over', () => over.do(open(), at(3)), 'AP 178-181; PSL25 9')
  }
})

test('an agreement that is broken: the time to decide is counted from then', () => {
  const record = suspected()
  refused('no-agreement', () => record.do(keep(), at(1)), 'PSL25 9; AP 185, 186')
  record.do(open(), at(1))
  record.do(agree({ performDays: 0 }), at(2))
  assert.equal(due(record, 'med-settle.kept'), undefined)
  refused('mediation-runs', () => noticed(record).do(decide(), at(3)))
  refused('suit-untold', () => record.do(broken({ suitTold: undefined }), at(3)), 'PSL25 9; AP 185, 186')
  record.do(broken(), at(3 * day))
  const limit = limitOf(record, 'dec-limit')
  // Broken on Monday, 30 November: thirty days, Wednesday, 30 December.
  assert.deepEqual(
    [limit?.state, limit?.limit.restarts[0]?.reason, limit?.limit.due],
    ['running', 'agreementBroken', '2026-12-30T16:00:00.000Z'],
  )
  refused('mediation-twice', () => record.do(open(), at(4 * day)), 'AP 183')
  record.do(decide(), at(4 * day))
})

test('one of two settles: the other is decided on, and the time of the case is not counted anew for him', () => {
  const other = { ...suspect, id: otherId, personName: '吴某' }
  const record = suspected([suspect, other])
  record.do(open(), at(1))
  record.do(fail(), at(day))
  assert.equal(limitOf(record, 'dec-limit')?.limit.restarts.length, 0)
  record.do(open(), at(2 * day))
  record.do(agree({ performDays: 0 }), at(2 * day))
  assert.equal(record.limits['dec-limit'], 'running')
  record.do(keep(), at(2 * day))
  refused('undecided', () => record.do(close('settled'), at(3 * day)))
  record.do(draft({ penalties: ['none'], fine: undefined }, otherId), at(3 * day))
  record.do(decide(otherId), at(3 * day))
  record.do(approve(1), { who: head, ...at(3 * day) })
  assert.deepEqual([record.row.phase, record.limits['dec-limit']], ['decided', 'met'])
  record.do({ type: 'serveDecision', data: { person: otherId, service: 'announced' } }, at(4 * day))
  record.do({ type: 'serveDecision', data: { person: otherId, to: reporter.id, service: 'handed' } }, at(4 * day))
  refused('other-closing', () => record.do(close('noPenalty'), at(5 * day)))
  record.do(close('settled'), at(5 * day))
})

test('settled by themselves and kept, asked for in writing: accepted by the agency, before a decision', () => {
  const record = suspected()
  refused('settlement-writing', () => record.do(accept({ bothAsk: undefined }), at(1)), 'PSL25 9; AP 185, 186')
  refused('settlement-unkept', () => record.do(accept({ performed: undefined }), at(1)), 'PSL25 9; AP 185, 186')
  refused('not-minor-act', () => record.do(accept({ minorAct: undefined }), at(1)))
  noticed(record)
  record.do(accept(), at(2))
  assert.equal(record.row.requests[0]?.level, 'agencyHead')
  refused('level-too-low', () => record.do(approve(1), { who: head, ...at(3) }))
  record.do(approve(1), { who: county, ...at(3) })
  // What was drafted and told comes to nothing.
  assert.deepEqual([record.matter.books.decision, record.row.phase, record.limits['dec-limit']], [{}, 'filed', 'met'])
  record.do(close('settled'), at(4))
  refused('decided-already', () => decided(suspected()).do(accept(), at(2)))
  const open2 = suspected()
  open2.do(open(), at(1))
  refused('mediation-runs', () => open2.do(accept(), at(2)))
})
