import assert from 'node:assert/strict'
import { test } from 'node:test'
import { county, officer, propose, refused, reporter, subBureau, taken } from '../testing/given.ts'
import {
  aged,
  approve,
  at,
  decide,
  defend,
  draft,
  limitOf,
  noticed,
  otherId,
  reviewer,
  stateOf,
  suspect,
  suspected,
  suspectId,
  tell,
  types,
  wish,
} from '../testing/penalty.ts'
import { passAll, high, answer, arrange, end } from '../testing/hearing.ts'

const day = 24

test('a high fine, a licence, a closure, a minor’s detention that may be carried out: a hearing may be asked for within five working days', () => {
  const right = (more: object, years = 40) => {
    const record = suspected([aged(years)])
    record.do(draft(more))
    record.do(tell({ guardian: '其父' }))
    return stateOf(record).notice?.hearing
  }
  assert.deepEqual([right({ fine: 3999 }), right({ fine: 4000 })], [false, true])
  assert.equal(right({ penalties: ['revocation'], fine: undefined, licence: '特种行业许可证' }), true)
  assert.equal(right({ penalties: ['closure'], fine: undefined }), true)
  const detention = { penalties: ['detention'], fine: undefined, days: 5 }
  assert.deepEqual([right(detention), right(detention, 17), right({ ...detention, exception: 'repeated' }, 17)], [false, false, true])
})

test('nothing is decided while he may still ask for a hearing, unless he does without', () => {
  const record = high()
  // Five working days: 30 November to 4 December.
  const due = '2026-12-04T16:00:00.000Z'
  assert.equal(stateOf(record).notice?.askUntil, due)
  assert.equal(limitOf(record, 'hear-request')?.limit.is, 'wait')
  refused('hearing-window', () => record.do(decide(), at(day)), 'PEN 64; AP 133')
  refused('hearing-late', () => record.do(wish(), { at: due }), 'PEN 64; AP 133')
  record.do(decide(), { at: due })
  const waived = high()
  waived.do(wish('waives'))
  refused('hearing-answered', () => waived.do(wish('waives')))
  waived.do(decide())
  // He may think better of it while the time runs.
  waived.do(wish('asks'), at(day))
  refused('hearing-answered', () => waived.do(wish('asks'), at(day)))
  refused('hearing-runs', () => waived.do(approve(1), { who: county, ...at(day) }), 'PSL25 117; AP 123; PEN 63')
  refused('no-hearing-right', () => noticed(suspected()).do(wish()), 'PSL25 117; AP 123; PEN 63')
})

test('a hearing: asked for, accepted, told seven working days before, held by a chair who has not investigated; the case stands still', () => {
  const record = high()
  assert.deepEqual(types(record.do(wish(), at(72))), ['hearingWished', 'limitExtended'])
  assert.equal(limitOf(record, 'dec-limit')?.limit.standing, true)
  // Asked for on Monday, 30 November: to be accepted until Wednesday, held until Thursday, 10 December.
  assert.deepEqual(
    ['hear-steps.accept', 'hear-steps.hold'].map((rule) => limitOf(record, rule)?.limit.due),
    ['2026-12-02T16:00:00.000Z', '2026-12-10T16:00:00.000Z'],
  )
  refused('no-hearing', () => high().do(answer(), { who: reviewer }), 'AP 124, 127; PSL25 117; PEN 63-65')
  const both = { by: officer.by, as: [{ role: 'legalReviewer', unit: subBureau } as const] }
  refused('chair-investigates', () => record.do(answer(), { who: both, ...at(73) }))
  record.do(answer(), { who: reviewer, ...at(74) })
  assert.equal(record.limits['hear-steps.accept'], 'met')
  // Told on Monday: seven working days are 1 to 9 December.
  refused('hearing-soon', () => record.do(arrange('2026-12-09T02:00:00Z'), { who: reviewer, ...at(74) }), 'AP 135-138; PEN 64')
  record.do(arrange('2026-12-10T02:00:00Z', { open: true }), { who: reviewer, ...at(74) })
  refused('hearing-not-yet', () => record.do(end(), { who: reviewer, ...at(80) }))
  refused('hearing-runs', () => record.do(decide(), at(80)))
  record.do(end(), { who: reviewer, at: '2026-12-10T04:00:00.000Z' })
  assert.deepEqual([record.limits['hear-steps.hold'], limitOf(record, 'dec-limit')?.limit.standing], ['met', false])
  // 30 November to 10 December are out: ten days later than the 27th of December, no Sunday any more.
  assert.equal(limitOf(record, 'dec-limit')?.limit.due, '2027-01-06T16:00:00.000Z')
  // What was heard in a hearing is reviewed before it is decided, and made no heavier.
  refused('review-first', () => record.do(decide(), at(400)), 'PSL25 113, 114; PEN 57, 58')
  refused('heavier-for-defence', () => record.do(draft({ fine: 5000 }), at(400)))
})

test('silence of the legal department is a yes; a refusal or a withdrawal ends it, and the case goes on', () => {
  const silent = high()
  silent.do(wish())
  passAll(silent, 'hear-steps.accept')
  assert.equal(stateOf(silent).hearing?.state, 'accepted')
  const no = high()
  no.do(wish())
  assert.deepEqual(types(no.do(answer('refused'), { who: reviewer, ...at(4) })), ['hearingAnswered', 'limitExtended'])
  no.do(decide(), at(5))
  const back = high()
  back.do(wish())
  refused('no-hearing', () => back.do(end('absent'), { who: reviewer }))
  back.do(end('withdrawn'), { who: reviewer, ...at(4) })
  back.do(decide(), at(5))
})

test('the hearing of a minor is not open', () => {
  const record = suspected([aged(17)])
  record.do(draft({ penalties: ['detention'], fine: undefined, days: 5, exception: 'grave' }))
  record.do(tell({ guardian: '其父' }))
  record.do(wish())
  refused(
    'hearing-closed',
    () => record.do(arrange('2026-12-20T02:00:00Z', { open: true }), { who: reviewer }),
    'AP 124, 127; PSL25 117; PEN 63-65',
  )
  record.do(arrange('2026-12-20T02:00:00Z'), { who: reviewer })
})

test('a case of 2025 runs on through its hearing, one of 2026 stands still', () => {
  const standing = (day: string) => {
    const when = { at: `${day}T06:00:00.000Z` }
    const record = taken({ persons: [reporter, suspect] }, when)
    for (const command of [{ type: 'accept' as const, data: {} }, propose()]) record.do(command, when)
    record.do({ type: 'approveFiling', data: {} }, { who: county, ...when })
    record.do(draft({ fine: 4000 }), when)
    record.do(tell(), when)
    record.do(wish(), when)
    const running = limitOf(record, 'dec-limit')?.limit
    return [running?.version, running?.standing]
  }
  assert.deepEqual(standing('2025-12-30'), ['2020-08-06', false])
  assert.deepEqual(standing('2026-01-05'), ['2026-01-01', true])
})

test('two suspects’ hearings: the case stands still until the last of them is over', () => {
  const record = suspected([suspect, { ...suspect, id: otherId, personName: '吴某' }])
  for (const who of [suspectId, otherId]) {
    record.do(draft({ fine: 4000 }, who))
    record.do(tell({}, who))
    record.do(wish('asks', who), at(who === otherId ? 1 : 0))
  }
  assert.deepEqual(types(record.do(end('withdrawn'), { who: reviewer, ...at(24) })), ['hearingEnded'])
  record.do({ type: 'endHearing', data: { person: otherId, course: 'withdrawn', record: '-' } }, { who: reviewer, ...at(48) })
  assert.equal(limitOf(record, 'dec-limit')?.limit.standing, false)
  for (const who of [suspectId, otherId]) {
    record.do(defend('nothing', {}, who), at(48))
    record.do(decide(who), at(48))
  }
  record.do(approve(1), { who: county, ...at(49) })
  assert.deepEqual([record.row.phase, record.limits['dec-limit']], ['noticed', 'running'])
  record.do(approve(2), { who: county, ...at(49) })
  assert.deepEqual([record.row.phase, record.limits['dec-limit']], ['decided', 'met'])
})

test('the days to ask for a hearing are not guessed in a year whose holidays nobody has published', () => {
  const told = (moment: string) => {
    const record = suspected()
    record.do(draft({ fine: 4000 }), { at: moment })
    return record.do(tell(), { at: moment })
  }
  // Five working days from Thursday, 10 December: 11, 14, 15, 16, 17; from Friday, 25: 28 to 31, and one of January.
  told('2026-12-10T02:00:00.000Z')
  refused('limit-unpublished', () => told('2026-12-25T02:00:00.000Z'), 'PEN 64; AP 133')
})
