import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Act } from '../contract/acts.ts'
import { account, county, head, later, type Record, refused } from '../testing/given.ts'
import { ask, arrive, begin, family, givenCase, leave, safety, suspect } from '../testing/inquiry.ts'
import { banned, bring, unfiled, act } from '../testing/continuing.ts'

function approve(record: Record, paper: Act, hours: number, who = county) {
  record.do(ask(paper), { at: later(hours) })
  return record.do({ type: 'approve', data: { request: record.matter.books.approvals.last } }, { who, at: later(hours) })
}
const dueOf = (record: Record, rule: string) => record.row.limits.find(({ limit }) => limit.rule === rule)?.limit.due

test('twelve, twenty-four, forty-eight hours from arrival, one after the other, each by a higher head', () => {
  const record = unfiled()
  record.do(bring({ arrived: later(0) }), { at: later(1) })
  assert.equal(dueOf(record, 'cq-12'), later(12))
  refused('cq-approve', () => sessionOf(record), 'CQ 11, 13; AP 57')
  refused('cq-step', () => record.do(ask(act('cq-24'))), 'CQ 11, 17')
  record.do(ask(act('cq-12')), { at: later(1) })
  assert.equal(record.row.requests[0]?.level, 'stationHead')
  record.do({ type: 'approve', data: { request: 1 } }, { who: head, at: later(1) })
  record.do(family(), { at: later(1) })
  record.do(begin(), { at: later(2) })
  record.do({ type: 'endSession', data: { person: suspect.id, signature: 'signed', identityAsked: true } }, { at: later(3) })
  refused('cq-step', () => record.do(ask(act('cq-48')), { at: later(4) }), 'CQ 11, 17; POL 9')
  record.do(ask(act('cq-24', 'notCleared')), { at: later(11) })
  assert.equal(record.row.requests[0]?.level, 'countyDutyHead')
  refused('level-too-low', () => record.do({ type: 'approve', data: { request: 2 } }, { who: head, at: later(11) }), 'CQ 11, 17')
  record.do({ type: 'approve', data: { request: 2 } }, { who: county, at: later(11) })
  assert.deepEqual([dueOf(record, 'cq-24'), record.limits['cq-12']], [later(24), 'met'])
  refused('cq-identity', () => record.do(ask(act('cq-48', 'notCleared')), { at: later(20) }), 'CQ 11, 17; POL 9')
  approve(record, act('cq-48'), 20)
  assert.equal(dueOf(record, 'cq-48'), later(48))
  record.do(leave(), { at: later(40) })
  assert.equal(record.limits['cq-48'], 'met')
})
function sessionOf(record: Record) {
  record.do(safety(), { at: later(1) })
  return record.do(begin(), { at: later(1) })
}

test('what is over is not continued', () => {
  const record = unfiled()
  refused('not-here', () => record.do(ask(act('cq-12'))), 'CQ 11, 13; AP 57')
  record.do(bring())
  refused('stays-already', () => record.do(bring()))
  refused('not-here', () => record.do({ type: 'restrain', data: { person: account(1), reason: '-' } }))
  refused('limit-no-pause', () => record.do({ type: 'restrain', data: { person: suspect.id, reason: '-' } }))
  refused('time-over', () => record.do(ask(act('cq-12')), { at: later(13) }), 'CQ 11, 13; AP 57')
  const kept = unfiled()
  kept.do(bring())
  approve(kept, act('cq-12'), 1, head)
  refused('time-over', () => kept.do(ask(act('cq-24')), { at: later(13) }))
  kept.do(leave(), { at: later(13) })
  assert.equal(kept.limits['cq-12'], 'late')
})

test('four hours for whom the law spares, who is fetched or brought home at night', () => {
  for (const more of [{ situations: ['pregnant' as const] }, { born: '2010-11-28' }, { born: '1956-11-27' }]) {
    const record = unfiled(more)
    record.do(bring())
    assert.equal(dueOf(record, 'cq-vulnerable'), later(4))
    approve(record, act('cq-12'), 1, head)
    refused('cq-four-hours', () => record.do(ask(act('cq-24')), { at: later(2) }), 'CQ 10')
    // The start is two in the afternoon in Beijing: four hours on it is no night yet.
    record.do(leave(), { at: later(4) })
    assert.equal(record.limits['cq-vulnerable'], 'met')
  }
  for (const born of ['2010-11-27', '1956-11-28']) {
    const record = unfiled({ born })
    record.do(bring())
    assert.equal(dueOf(record, 'cq-12'), later(12))
  }
  const night = unfiled({ situations: ['nursing'] })
  night.do(bring(), { at: later(6) })
  refused('cq-escort', () => night.do(leave(), { at: later(7) }), 'CQ 10')
  refused('cq-escort', () => night.do(leave(), { at: later(16.9) }), 'CQ 10')
  night.do(leave({ escort: '丈夫接回' }), { at: later(8) })
})

test('whom and when it is forbidden for', () => {
  const record = unfiled()
  refused('cq-unchecked', () => record.do(bring({ onTheSpot: false })), banned)
  refused('cq-fetched', () => record.do(bring({ stopped: 'home' })), banned)
  refused('cq-no-detention', () => record.do(bring({ detainable: false })), banned)
  refused('in-future', () => record.do(bring({ arrived: later(1) })))
  refused('cq-ill', () => unfiled({ situations: ['graveIllness'] }).do(bring()), banned)
  refused('cq-surrender', () => unfiled({}, { source: 'surrender' }).do(bring()), banned)
  refused('cq-filed', () => givenCase().do(bring()), banned)
  record.do(bring())
  // Nobody is lengthened by the other law.
  refused('file-first', () => record.do(ask({ kind: 'lengthen', person: suspect.id, longGround: 'complexDetention' })))
  refused('stays-already', () => record.do(arrive({ arrival: 'handOver' })))
})
