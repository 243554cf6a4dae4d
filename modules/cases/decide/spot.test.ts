import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Command } from '../contract.ts'
import { account, filed, later, type Record, refused, reporter } from '../testing/given.ts'
import { aged, at, copy, decided, limitOf, noticed, suspect, suspected, suspectId, types } from '../testing/penalty.ts'
import { of, impose, warning, taken } from '../testing/spot.ts'

const due = (record: Record, rule: string) => limitOf(record, rule)?.limit.due
const close: Command = { type: 'closeCase', data: { closing: 'executed', reason: '已执行' } }
const day = 24
const cap = 'PSL25 119; AP 37'
const steps = 'AP 38; PSL25 120'
/** A case of the day, filed at ten in the morning. */
const on = (moment: string, suspects = [suspect]) => filed({ persons: [reporter, ...suspects] }, {}, { at: moment })

test('told, heard, decided, handed over and paid in one moment; reported, handed in, banked, and closed', () => {
  const record = suspected()
  const events = record.do(impose(taken), at(1))
  assert.deepEqual(types(events), [
    'penaltyDrafted',
    'penaltyNoticeGiven',
    'defenceRecorded',
    'penaltyDecided',
    'decisionServed',
    'finePaid',
    'imposedOnTheSpot',
  ])
  const decision = events.find((event) => event.type === 'penaltyDecided')
  // Against it one asks for a review first (REV 23); nobody has approved it.
  assert.deepEqual(decision?.data.remedies, [{ rule: 'rev-apply', term: 'P60D', article: 'REV 20, 23' }])
  assert.equal(decision.data.level, undefined)
  assert.deepEqual([record.row.phase, record.limits['dec-limit'], record.limits['ex-fine.pay']], ['served', 'met', 'met'])
  // Friday, 27 November, 15:00: the same minute of Saturday; two calendar days, Sunday the 29th, so to Monday's end.
  assert.deepEqual([due(record, 'spot-file.usual'), due(record, 'ex-fine-spot.turnIn')], [later(25), '2026-11-30T16:00:00.000Z'])
  record.do(copy, at(2))
  refused('spot-report-first', () => record.do(close, at(2)), 'PSL25 120; AP 39')
  record.do(of('reportOnTheSpot'), at(20))
  refused('spot-reported', () => record.do(of('reportOnTheSpot'), at(21)), 'PSL25 120; AP 39')
  refused('spot-bank-first', () => record.do(close, at(21)), 'PSL25 123-125')
  refused('no-money', () => record.do(of('bankFine', { receipt: '1' }), at(21)), 'PSL25 123-125')
  record.do(of('turnInFine', { receipt: '所收001' }), at(2 * day))
  // Handed in on Sunday, 29 November: two days, Tuesday, 1 December.
  assert.equal(due(record, 'ex-fine-spot.bank'), '2026-12-01T16:00:00.000Z')
  refused('no-money', () => record.do(of('turnInFine', { receipt: '所收001' }), at(2 * day)))
  record.do(of('bankFine', { receipt: '银行001' }), at(3 * day))
  record.do(close, at(3 * day))
  assert.ok(
    Object.values(record.limits).every((state) => state === 'met'),
    JSON.stringify(record.limits),
  )
  refused('not-on-the-spot', () => suspected().do(of('reportOnTheSpot')))
})

test('a warning or a fine of so much, by the day on which it was imposed: 200 until 2025, 500 since', () => {
  const old = '2025-12-30T02:00:00.000Z'
  const now = '2026-01-05T02:00:00.000Z'
  const given = (moment: string, fine: number) => on(moment).do(impose({ fine }), { at: moment })
  given(old, 200)
  refused('spot-over', () => given(old, 201), 'AP 37')
  given(now, 500)
  refused('spot-over', () => given(now, 501), cap)
  // Imposed in the old year and recorded in the new one: the law of the moment in which it was imposed.
  const across = on(old)
  refused('spot-over', () => across.do(impose({ fine: 300, imposed: '2025-12-31T15:59:00Z' }), { at: '2025-12-31T16:30:00.000Z' }), 'AP 37')
  across.do(impose({ fine: 300, imposed: '2025-12-31T16:00:00Z' }), { at: '2025-12-31T16:30:00.000Z' })
  // Twenty-four hours from when it was imposed, whenever it was recorded.
  assert.equal(due(across, 'spot-file.usual'), '2026-01-01T16:00:00.000Z')
  refused('in-future', () => suspected().do(impose({ imposed: later(2) }), at(1)))
  refused('fine-amount', () => suspected().do(warning({ fine: 100 }), at(1)))
  refused('fine-amount', () => suspected().do(impose({ fine: undefined }), at(1)))
})

test('not where the facts are unclear, of what is shut out, in another course, or of whom no penalty reaches', () => {
  const record = suspected()
  refused('spot-unclear', () => record.do(impose({ clearFacts: undefined })), cap)
  refused('spot-vice', () => record.do(impose({ noVice: undefined })), cap)
  refused('too-young', () => suspected([aged(13)]).do(warning()), 'PSL25 12')
  refused('notice-guardian', () => suspected([aged(17)]).do(warning()))
  suspected([aged(17)]).do(warning({ guardian: '其母' }))
  refused('ordinary-runs', () => noticed(suspected()).do(impose(), at(2)), cap)
  refused('decided-already', () => {
    const twice = suspected()
    twice.do(warning(), at(1))
    twice.do(of('imposeOnTheSpot', { ...warning().data, person: suspectId }), at(2))
  })
  refused('decided-already', () => decided(suspected()).do(impose(), at(2)))
  const settling = suspected()
  settling.do({
    type: 'openMediation',
    data: { person: suspectId, mediationCause: 'quarrel', minorAct: true, noneExcluded: true, bothWilling: true },
  })
  refused('mediation-runs', () => settling.do(impose(), at(1)))
})

test('the steps: card, rights, hand-over; alone only undisputed and, since 2026, recorded', () => {
  const record = suspected()
  refused('spot-card', () => record.do(impose({ cardShown: undefined })), steps)
  refused('spot-rights', () => record.do(impose({ rightsTold: undefined })), steps)
  refused('hand-over', () => record.do(impose({ handedOver: undefined })), steps)
  refused('recording-needed', () => record.do(impose({ recorded: undefined })), 'PSL25 120')
  const says = { said: 'statement', statement: '是对方先插队', recheck: '监控证实其先推人' }
  refused('spot-disputed', () => record.do(impose(says)), steps)
  refused('recheck-needed', () => record.do(impose({ ...says, recheck: undefined, second: account(8) })))
  refused('not-second', () => record.do(impose({ ...says, second: account(2) })))
  record.do(impose({ ...says, recorded: undefined, second: account(8) }))
  assert.equal(record.matter.books.spot[suspectId]?.officers.length, 2)
  const old = { at: '2025-12-30T02:00:00.000Z' }
  on(old.at).do(impose({ recorded: undefined }), old)
})

test('a fine is taken on the spot up to 200 undisputed (50 until 2025), or of whom no bank or home is near; else he has fifteen days', () => {
  const take = (fine: number, more: object = {}, moment = '2026-01-05T02:00:00.000Z') =>
    on(moment).do(impose({ fine, ...taken, ...more }), { at: moment })
  take(200)
  refused('collect-over', () => take(201), 'PSL25 123-125')
  take(50, {}, '2025-12-30T02:00:00.000Z')
  refused('collect-over', () => take(51, {}, '2025-12-30T02:00:00.000Z'), 'PSL12 104-106')
  take(500, { collection: 'noHome' })
  take(500, { collection: 'remote' })
  refused('collect-receipt', () => take(100, { receipt: undefined }), 'PSL25 123-125')
  refused('collect-disputed', () => take(100, { said: 'statement', statement: '不服', recheck: '属实', second: account(8) }))
  refused('no-fine', () => suspected().do(warning(taken)))
  const record = suspected()
  record.do(impose(), at(1))
  // Served on Friday, 27 November: fifteen days, Saturday, 12 December, so Monday.
  assert.deepEqual([due(record, 'ex-fine.pay'), record.matter.books.spot[suspectId]?.money], ['2026-12-14T16:00:00.000Z', null])
  refused('no-money', () => record.do(of('turnInFine', { receipt: '1' }), at(2)))
})
