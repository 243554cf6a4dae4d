import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Command } from '../contract.ts'
import { account, accepted, bureau, county, filed, head, later, officer, person, refused, station } from '../testing/given.ts'

const ask: Command = { type: 'requestApproval', data: { act: { kind: 'extendCase' }, reason: '案情复杂，尚需取证' } }
const approve = (request = 1): Command => ({ type: 'approve', data: { request } })
const decline = (request = 1): Command => ({ type: 'declineApproval', data: { request, reason: '理由不足' } })
const withdraw = (request = 1): Command => ({ type: 'withdrawRequest', data: { request, reason: '不再需要' } })
const above = person('unitHead', bureau, 5)
const both = { by: officer.by, as: [{ role: 'unitHead', unit: bureau } as const] }
const day = 24

test('filing an administrative case begins the thirty days in which it is decided', () => {
  const record = filed()
  const [limit] = record.row.limits.filter(({ limit: { rule } }) => rule === 'dec-limit')
  assert.deepEqual([limit?.state, limit?.limit.article, limit?.limit.version], ['running', 'PSL25 118', '2026-01-01'])
  // Filed on 27 November, which is not counted: thirty days on is 27 December, a Sunday, so Monday.
  assert.equal(limit?.limit.due, '2026-12-28T16:00:00.000Z')
})

test('a longer limit is asked for by who handles the case and approved by the agency above, twice at most', () => {
  const record = filed()
  for (const [n, due] of [
    [1, '2027-01-26T16:00:00.000Z'],
    [2, '2027-02-25T16:00:00.000Z'],
  ] as const) {
    record.do(ask, { at: later(n * day) })
    assert.deepEqual(
      record.row.requests.map(({ request, level, article }) => [request, level, article]),
      [[n, 'nextHigher', 'PSL25 118']],
    )
    refused('level-too-low', () => record.do(approve(n), { who: head, at: later(n * day) }), 'PSL25 118')
    refused('level-too-low', () => record.do(approve(n), { who: county, at: later(n * day) }), 'PSL25 118')
    refused('four-eyes', () => record.do(approve(n), { who: both, at: later(n * day) }), 'PSL25 118')
    const events = record.do(approve(n), { who: above, at: later(n * day) })
    assert.deepEqual(
      events.map(({ type }) => type),
      ['approved', 'limitExtended'],
    )
    assert.equal(record.row.limits.find(({ limit: { rule } }) => rule === 'dec-limit')?.limit.due, due)
    assert.deepEqual(record.row.requests, [])
  }
  refused('limit-extended', () => record.do(ask, { at: later(3 * day) }), 'PSL25 118')
})

test('a request that was overtaken by the end of the limit is not approved any more', () => {
  const record = filed()
  record.do(ask)
  refused('limit-over', () => record.do(approve(), { who: above, at: later(40 * day) }))
  refused('limit-over', () => record.do(ask, { at: later(40 * day) }))
})

test('declined or withdrawn it is gone, and only who has asked withdraws it', () => {
  const record = filed()
  record.do(ask)
  record.do(ask)
  refused('four-eyes', () => record.do(decline(), { who: both }))
  refused('not-requester', () => record.do(withdraw(2), { who: person('caseOfficer', station, 8) }))
  record.do(decline(), { who: above })
  record.do(withdraw(2))
  assert.deepEqual([record.row.requests, record.matter.books.approvals], [[], { last: 2, acts: {} }])
  for (const command of [approve(), decline(), withdraw(3)]) refused('no-request', () => record.do(command, { who: above }))
})

test('nothing is asked for before filing, nor by who does not handle the case', () => {
  refused('file-first', () => accepted().do(ask), 'PSL25 90')
  refused('not-handling', () => filed().do(ask, { who: person('caseOfficer', station, 8) }), 'AP 52')
  const criminal = filed({ nature: 'criminal' }, { caseKind: 'criminal' })
  refused('no-limit-runs', () => criminal.do(ask, { who: officer }), 'PSL25 118')
  assert.equal(criminal.row.officers[0]?.account, account(2))
})
