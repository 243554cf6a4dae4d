import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from '#kernel/decider.ts'
import type { terminations } from '../contract/execution.ts'
import { account, county, filed, head, later, officer, refused, station } from '../testing/given.ts'
import {
  aged,
  approve,
  ask,
  copy,
  decide,
  decided,
  defend,
  draft,
  serve,
  suspected,
  suspectId,
  tell,
  wish,
  suspect,
} from '../testing/penalty.ts'
import { of, at, day, detention, close, pay, deliver, family, suspend, due, detained } from '../testing/execution.ts'

test('announced, the fine paid in time, the victim given a copy: closed, and sealed', () => {
  const record = decided(suspected())
  refused('serve-first', () => record.do(pay(500), at(1)), 'PSL25 116; AP 36, 172')
  const [event] = record.do(serve(), at(2))
  assert.equal(event?.type, 'decisionServed')
  assert.deepEqual([record.row.phase, record.limits['dec-serve.absent'], record.limits['ex-fine.pay']], ['served', 'met', 'running'])
  // Served on Friday, 27 November; fifteen days without the first: Saturday, 12 December, so Monday.
  assert.equal(due(record, 'ex-fine.pay'), '2026-12-14T16:00:00.000Z')
  refused('served-already', () => record.do(serve(), at(3)))
  refused('payment-differs', () => record.do(pay(499), at(3)), 'PEN 66, 67, 72, 73')
  refused('victim-first', () => record.do(close(), at(3)), 'PSL25 116; AP 36, 172')
  record.do(copy, at(3))
  refused('served-already', () => record.do(copy, at(3)))
  refused('not-a-victim', () => record.do(serve({ to: account(7) }), at(3)))
  refused('fine-unpaid', () => record.do(close(), at(3)), 'AP 258-263')
  record.do(pay(500), at(4))
  refused('paid-already', () => record.do(pay(500), at(4)))
  refused('other-closing', () => record.do(close('noPenalty'), at(5)), 'AP 258-263')
  assert.deepEqual(record.do(close(), at(5)), [
    { type: 'caseClosed', data: { closing: 'executed', reason: '处罚决定已执行', sealed: 'PSL25 136' } },
  ])
  assert.deepEqual([record.row.phase, record.row.sealed], ['closed', true])
  refused('matter-over', () => record.do(draft(), at(6)))
})

test('not served by wire without his consent, and by public notice only after sixty days', () => {
  const record = decided(suspected())
  refused('consent-needed', () => record.do(serve({ service: 'electronic' }), at(2)), 'AP 36; PEN 61')
  record.do(serve({ service: 'publicNotice' }), at(2))
  // Sixty days after 27 November: 26 January; the time to pay begins then.
  assert.deepEqual([due(record, 'dec-serve-other'), due(record, 'ex-fine.pay')], ['2027-01-26T16:00:00.000Z', '2027-02-11T16:00:00.000Z'])
  refused('service-runs', () => record.do(pay(500), at(50 * day)), 'AP 36; PEN 61')
  record.do(pay(500), at(62 * day))
  const wire = decided(suspected())
  wire.do(serve({ service: 'electronic', consent: true }), at(2))
})

test('paid late it costs three percent a day, never more than the fine itself; it may be put off', () => {
  /** What is asked for at that moment, as a payment that differs is told. */
  const owed = (hours: number) => {
    const record = decided(suspected())
    record.do(serve(), at(2))
    let told: unknown
    assert.throws(
      () => record.do(pay(1), at(hours)),
      (error) => {
        assert.ok(error instanceof Refusal)
        told = error.values['owed']
        return true
      },
    )
    return told
  }
  // Due on 14 December at 24:00, that is 418 hours after the start.
  assert.deepEqual([418, 419, 418 + 25, 418 + 40 * day].map(owed), [500, 515, 530, 1000])
  const behind = decided(suspected())
  behind.do(serve(), at(2))
  assert.deepEqual(behind.do(pay(515), at(419))[0]?.data, { person: suspectId, amount: 515, receipt: '京财0012345', late: 15 })
  const record = decided(suspected())
  refused('serve-first', () => record.do(ask({ kind: 'deferFine', person: suspectId, days: 90 }), at(2)))
  record.do(serve(), at(2))
  record.do(ask({ kind: 'deferFine', person: suspectId, days: 90 }), at(3))
  assert.equal(record.row.requests.at(-1)?.level, 'agencyHead')
  record.do(approve(2), { who: county, ...at(4) })
  // Ninety days after 27 November.
  assert.equal(due(record, 'ex-fine.pay'), '2027-02-25T16:00:00.000Z')
  refused('limit-over', () => record.do(ask({ kind: 'deferFine', person: suspectId, days: 9 }), at(100 * day)))
  const warned = decided(suspected(), draft({ penalties: ['warning'], fine: undefined }))
  warned.do(serve(), at(2))
  refused('no-fine', () => warned.do(pay(500), at(3)))
})

test('a detention: the lock-up house signs for him, and his family is told', () => {
  const record = detained()
  refused('no-detention', () => decided(suspected()).do(family, at(2)), 'PSL25 116, 134; AP 176')
  refused('detention-family-first', () => record.do(close(), at(3)), 'PSL25 116, 134; AP 176')
  record.do(family, at(3))
  refused('detention-family-told', () => record.do(family, at(3)))
  refused('detention-open', () => record.do(close(), at(3)), 'AP 258-263')
  record.do(deliver, at(3))
  refused('delivered-already', () => record.do(deliver, at(3)))
  refused('not-foreigner', () => record.do(of('reportForeigner', { note: '-' }), at(4)), 'AP 254')
  record.do(close(), at(5))
  const fined = decided(suspected())
  fined.do(serve(), at(2))
  refused('no-detention', () => fined.do(deliver, at(3)))
  refused('no-detention', () => fined.do(of('reportForeigner', { note: '-' }), at(3)))
})

test('a foreigner who is detained is reported within 48 hours', () => {
  const record = detained({}, { ...suspect, situations: ['foreigner'] })
  record.do(family, at(3))
  const [event] = record.do(deliver, at(3))
  assert.equal(event?.type, 'detaineeDelivered')
  assert.equal(due(record, 'dec-foreign'), later(51))
  refused('foreigner-first', () => record.do(close(), at(4)), 'AP 254')
  record.do(of('reportForeigner', { note: '已报市局出入境管理部门' }), at(4))
  refused('foreigner-reported', () => record.do(of('reportForeigner', { note: '-' }), at(4)), 'AP 254')
  assert.equal(record.limits['dec-foreign'], 'met')
  record.do(close(), at(5))
})

test('what age forbids is decided and not carried out', () => {
  const record = suspected([aged(71)])
  record.do(detention, at(1))
  record.do(tell(), at(1))
  record.do(defend(), at(1))
  record.do(decide(), at(1))
  record.do(approve(1), { who: county, ...at(1) })
  record.do(serve(), at(2))
  record.do(copy, at(2))
  refused('detention-withheld', () => record.do(deliver, at(3)), 'PSL25 16, 23')
  record.do(family, at(3))
  record.do(close(), at(4))
})

test('put off: asked for, answered within a day, against a guarantor or a bond of two hundred a day, and never both', () => {
  const record = detained()
  const guarded = (more: object) => ask({ kind: 'suspendDetention', person: suspectId, guarantee: 'bond', bond: 1000, ...more })
  refused('no-suspension-asked', () => record.do(guarded({}), at(3)), 'AP 222-224, 231; PSL25 126')
  record.do(suspend, at(3))
  assert.equal(due(record, 'ex-suspend.decide'), later(27))
  refused('suspension-open', () => record.do(suspend, at(3)))
  refused('suspension-open', () => record.do(deliver, at(3)), 'AP 222-224, 231; PSL25 126')
  refused('bond-small', () => record.do(guarded({ bond: 999 }), at(3)), 'AP 222-224, 231; PSL25 126')
  refused('one-guarantee', () => record.do(guarded({ guarantor: '其兄' }), at(3)))
  refused('one-guarantee', () => record.do(guarded({ guarantee: 'guarantor' }), at(3)))
  record.do(guarded({}), at(3))
  refused('level-too-low', () => record.do(approve(2), { who: head, ...at(4) }))
  record.do(approve(2), { who: county, ...at(4) })
  assert.deepEqual([record.limits['ex-suspend.decide'], record.limits['ex-suspend.bank']], ['met', 'running'])
  const bank = of('bankBond', { receipt: '银行回单7' })
  record.do(bank, at(5))
  refused('no-bond', () => record.do(bank, at(5)), 'AP 222-224, 231')
  record.do(of('endSuspension', { reason: '复议维持' }), at(60 * day))
  refused('not-suspended', () => record.do(of('endSuspension', { reason: '-' }), at(60 * day)))
  record.do(deliver, at(60 * day))
})

test('or refused by the head of the agency, and then he is brought', () => {
  const record = detained()
  const no = of('refuseSuspension', { reason: '可能逃避' })
  refused('no-suspension-asked', () => record.do(no, { who: county, ...at(3) }))
  record.do(suspend, at(3))
  refused('agency-heads', () => record.do(no, { who: head, ...at(4) }))
  record.do(no, { who: county, ...at(4) })
  assert.equal(record.limits['ex-suspend.decide'], 'met')
  record.do(deliver, at(5))
})

test('the lock-up house doubts: answered within a day', () => {
  const record = detained()
  const doubt = of('recordDoubt', { reason: '决定书日期有误' })
  const answer = of('answerDoubt', { reason: '已更正' })
  refused('no-doubt', () => record.do(answer, at(3)), 'JLS 12')
  record.do(doubt, at(3))
  assert.equal(due(record, 'ex-wrong'), later(27))
  refused('doubt-open', () => record.do(doubt, at(3)))
  record.do(answer, { who: head, ...at(4) })
  assert.equal(record.limits['ex-wrong'], 'met')
})

test('a licence taken away is recorded before the case is closed', () => {
  const record = suspected()
  record.do(draft({ penalties: ['revocation'], fine: undefined, licence: '特种行业许可证' }), at(1))
  record.do(tell(), at(1))
  record.do(defend(), at(1))
  record.do(wish('waives'), at(1))
  record.do(decide(), at(1))
  record.do(approve(1), { who: county, ...at(1) })
  record.do(serve(), at(2))
  record.do(copy, at(2))
  refused('execution-open', () => record.do(close(), at(3)))
  const done = of('recordExecution', { note: '许可证已收缴' })
  record.do(done, at(3))
  refused('nothing-to-execute', () => record.do(done, at(3)), 'PSL25 115; AP 175')
  record.do(close(), at(4))
})

test('closed without a penalty, or because nothing can be carried out; never while somebody is undecided', () => {
  refused('undecided', () => filed().do(close('noPenalty')), 'AP 258-263')
  const none = decided(suspected(), draft({ fine: undefined, penalties: ['warning'] }))
  refused('not-decided', () => suspected().do(serve()), 'AP 175')
  none.do(serve(), at(2))
  none.do(close('cannotExecute'), at(3))
  const free = suspected()
  free.do(draft({ penalties: ['none'], fine: undefined }))
  free.do(decide())
  free.do(approve(1), { who: head })
  free.do(serve(), at(1))
  free.do(copy, at(1))
  assert.deepEqual(free.do(close('noPenalty'), at(2)), [{ type: 'caseClosed', data: { closing: 'noPenalty', reason: '处罚决定已执行' } }])
})

const terminate = (termination: (typeof terminations)[number] = 'noFacts') => ask({ kind: 'terminate', termination })

test('terminated on one of four grounds, by a head; taken up again by one, with a limit of its own', () => {
  const record = suspected()
  refused('not-terminated', () => record.do(ask({ kind: 'reopen' })), 'AP 258-263')
  record.do(terminate())
  record.do(ask({ kind: 'extendCase' }))
  record.do(approve(1), { who: head, ...at(1) })
  assert.deepEqual([record.row.phase, record.limits['dec-limit']], ['terminated', 'met'])
  refused('matter-over', () => record.do(approve(2), { who: head, ...at(2) }))
  refused('matter-over', () => record.do(draft(), at(2)))
  record.do(ask({ kind: 'reopen' }), at(day))
  const both = { by: officer.by, as: [{ role: 'unitHead', unit: station } as const] }
  refused('four-eyes', () => record.do(approve(3), { who: both, ...at(day) }))
  record.do(approve(3), { who: head, ...at(day) })
  assert.deepEqual([record.row.phase, record.limits['dec-limit']], ['filed', 'running'])
  // Saturday, 28 November; thirty days on: Monday, 28 December.
  assert.equal(due(record, 'dec-limit'), '2026-12-28T16:00:00.000Z')
  refused('closes-instead', () => decided(suspected()).do(terminate()), 'AP 258-263')
})

test('what turns out to be a crime goes on as a criminal case under a number of its own, by the head of county level', () => {
  const record = suspected()
  record.do(draft())
  record.do(ask({ kind: 'toCriminal' }))
  refused('level-too-low', () => record.do(approve(1), { who: head }), 'AP 65; CP 174')
  record.do(approve(1), { who: county, facts: { number: '110105001-2026-S00001' } })
  const { row, books } = record.matter
  assert.deepEqual([row.phase, row.caseKind, row.caseNumber, books.decision], ['filed', 'criminal', '110105001-2026-S00001', {}])
  assert.equal(record.limits['dec-limit'], 'met')
  refused('criminal-case', () => record.do(terminate()))
  refused('criminal-case', () => record.do(close()))
})
