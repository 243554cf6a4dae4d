import assert from 'node:assert/strict'
import { test } from 'node:test'
import { account, accepted, head, later, person, refused, reporter, station, system } from '../testing/given.ts'
import { approved, arrive, arrived, ask, givenCase, leave, orally, suspect, summon } from '../testing/inquiry.ts'

const force = { kind: 'forceSummon', person: suspect.id, forceGround: 'evades' } as const
const longer = (longGround: 'manyInvolved' | 'identityUnknown' | 'complexDetention') =>
  ({ kind: 'lengthen', person: suspect.id, longGround }) as const

test('a summons in writing is approved by the head of the department, and followed by eight hours from arrival', () => {
  const record = givenCase()
  record.do(ask(summon))
  assert.deepEqual([record.row.requests[0]?.level, record.row.requests[0]?.article], ['departmentHead', 'PSL25 96; AP 67, 68'])
  refused('summon-first', () => record.do(arrive()), 'PSL25 96; AP 67, 68')
  assert.deepEqual(record.do({ type: 'approve', data: { request: 1 } }, { who: head }).at(-1), {
    type: 'summoned',
    data: { person: suspect.id, place: '执法办案管理中心', summons: 'written' },
  })
  refused('summoned-already', () => record.do(ask(summon)), 'AP 69; PSL25 139(2)')
  record.do(arrive({ arrived: later(1) }), { at: later(2) })
  assert.deepEqual(record.matter.books.inquiry.summonses, [])
  const [limit] = record.row.limits.slice(-1)
  assert.deepEqual(
    [limit?.limit.rule, limit?.limit.due, limit?.subject, limit?.limit.article],
    ['q-8h', later(9), suspect.id, 'PSL25 97; AP 69, 70'],
  )
})

test('only a suspect of the case is summoned, orally with the police card shown', () => {
  const record = givenCase()
  refused('not-suspect', () => record.do(ask({ ...summon, person: reporter.id })), 'PSL25 96; AP 67, 68')
  refused('person-unknown', () => record.do(orally({ person: account(1) })))
  refused('show-card', () => record.do(orally({ cardShown: false })), 'PSL25 96; AP 67, 68')
  refused('not-handling', () => record.do(orally(), { who: person('caseOfficer', station, 8) }), 'AP 52')
  refused('not-handling', () => accepted().do(orally(), { who: person('caseOfficer', station, 8) }))
  record.do(orally())
  assert.equal(record.matter.books.inquiry.summonses[0]?.summons, 'oral')
})

test('made to come is who was summoned and does not', () => {
  const record = givenCase()
  refused('summon-first', () => record.do(ask(force)), 'PSL25 96; AP 67')
  record.do(orally())
  assert.deepEqual(approved(record, force).at(-1), {
    type: 'summoned',
    data: { person: suspect.id, forceGround: 'evades', summons: 'forced' },
  })
  refused('summoned-already', () => record.do(ask(force)))
  record.do(arrive())
  assert.equal(record.matter.books.inquiry.stays[0]?.arrival, 'forced')
})

test('no chain of summonses: again only after a time, for something new, and in writing', () => {
  const record = arrived()
  const chain = 'AP 69; PSL25 139(2)'
  refused('stays-already', () => record.do(ask(summon)), chain)
  refused('stays-already', () => record.do(arrive({ arrival: 'surrender' })), chain)
  record.do(leave(), { at: later(6) })
  refused('no-chain', () => record.do(ask({ ...summon, afresh: '新发现监控' }), { at: later(29) }), chain)
  refused('stays-already', () => record.do(arrive({ arrival: 'surrender', arrived: later(5) }), { at: later(7) }), chain)
  refused('afresh-needed', () => record.do(ask(summon), { at: later(31) }), chain)
  refused('afresh-needed', () => record.do(orally(), { at: later(31) }), chain)
  approved(record, { ...summon, afresh: '新发现监控' }, 31)
  record.do(arrive(), { at: later(32) })
  assert.equal(record.row.limits.find(({ limit }) => limit.rule === 'q-8h')?.limit.due, later(40))
})

test('who comes by himself or is handed over needs no summons, and has the same eight hours', () => {
  const record = givenCase()
  refused('in-future', () => record.do(arrive({ arrival: 'handOver', arrived: later(1) })))
  record.do(arrive({ arrival: 'handOver' }))
  assert.deepEqual([record.limits['q-8h'], record.matter.books.inquiry.stays[0]?.arrival], ['running', 'handOver'])
})

test('twelve and twenty-four hours by approval, from the same arrival, before the end', () => {
  const record = arrived()
  record.do(ask(longer('manyInvolved')), { at: later(7) })
  // The law names nobody who approves: the strict reading is the head of county level.
  assert.deepEqual([record.row.requests[0]?.level, record.row.requests[0]?.article], ['countyHead', 'PSL25 97'])
  refused('level-too-low', () => record.do({ type: 'approve', data: { request: 1 } }, { who: head, at: later(7) }), 'PSL25 97')
  const mild = { settings: { standardVenue: 0, departmentHeadApproves: 1 } } as never
  record.do({ type: 'withdrawRequest', data: { request: 1, reason: '-' } }, { at: later(7) })
  record.do(ask(longer('manyInvolved')), { at: later(7), facts: mild })
  assert.equal(record.row.requests[0]?.level, 'departmentHead')
  record.do({ type: 'approve', data: { request: 2 } }, { who: head, at: later(7), facts: mild })
  assert.equal(record.row.limits.find(({ limit }) => limit.rule === 'q-12h')?.limit.due, later(12))
  assert.deepEqual([record.limits['q-8h'], record.limits['q-12h']], ['met', 'running'])
  refused('long-already', () => record.do(ask(longer('identityUnknown')), { at: later(8) }), 'PSL25 97')
  approved(record, longer('complexDetention'), 11)
  assert.equal(record.row.limits.find(({ limit }) => limit.rule === 'q-24h')?.limit.due, later(24))
  refused('long-already', () => record.do(ask(longer('complexDetention')), { at: later(12) }))
})

test('what was asked for too late, or is approved too late, is not lengthened', () => {
  const late = arrived()
  refused('time-over', () => late.do(ask(longer('complexDetention')), { at: later(9) }), 'PSL25 97; AP 69, 70')
  late.do(ask(longer('complexDetention')), { at: later(7) })
  refused('time-over', () => late.do({ type: 'approve', data: { request: 1 } }, { who: person('unitHead', '110105', 4), at: later(9) }))
  const untold = givenCase()
  refused('not-here', () => untold.do(ask(longer('manyInvolved'))))
  untold.do(arrive({ arrival: 'surrender' }))
  refused('family-first', () => untold.do(ask(longer('manyInvolved'))), 'PSL25 97; AP 55, 67, 70')
})

test('until 2025 there were eight hours and twenty-four, and no twelve', () => {
  const day = (hours: number) => new Date(Date.parse('2025-12-30T01:00:00.000Z') + hours * 3_600_000).toISOString()
  const record = givenCase({}, [], day(0))
  const at = { at: day(1) }
  record.do(arrive({ arrival: 'surrender' }), at)
  record.do({ type: 'tellFamily', data: { person: suspect.id, untold: 'noContact' } }, at)
  refused('no-such-length', () => record.do(ask(longer('manyInvolved')), at), 'PSL12 83; AP 69, 70')
  record.do(ask(longer('complexDetention')), at)
  record.do({ type: 'approve', data: { request: 1 } }, { ...at, who: person('unitHead', '110105', 4) })
  const { limit } = record.row.limits.find((one) => one.limit.rule === 'q-24h') ?? {}
  assert.deepEqual([limit?.article, limit?.due], ['PSL12 83; AP 69', day(25)])
})

test('that somebody was kept too long stays on record when he comes again', () => {
  const record = arrived()
  record.do(leave(), { at: later(9) })
  record.do(arrive({ arrival: 'surrender', arrived: later(40) }), { at: later(40) })
  const stays = () => record.row.limits.filter(({ limit }) => limit.rule === 'q-8h').map(({ state, limit }) => [state, limit.due])
  assert.deepEqual(stays(), [
    ['late', later(8)],
    ['running', later(48)],
  ])
  const early = { rule: 'q-8h', subject: suspect.id, point: 'breach', due: later(48) } as const
  record.do({ type: 'passLimit', data: { ...early, point: 'warn', due: later(47) } }, { who: system, at: later(47) })
  record.do({ type: 'passLimit', data: early }, { who: system, at: later(48) })
  record.do(leave(), { at: later(49) })
  assert.deepEqual(stays(), [
    ['late', later(8)],
    ['late', later(48)],
  ])
})
