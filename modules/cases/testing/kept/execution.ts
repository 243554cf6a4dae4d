import assert from 'node:assert/strict'
import type { Command } from '../../contract.ts'
import { close, detained, of, pay, suspend } from '../execution.ts'
import { county, type Record } from '../given.ts'
import { counted, type Kept, kept, soughtIn } from '../kept.ts'
import { approve, ask, at, copy, decided, serve, suspected, suspectId } from '../penalty.ts'

const served = (): Record => {
  const record = decided(suspected())
  record.do(serve(), at(2))
  record.do(copy, at(2))
  return record
}
const waiting = (): Record => {
  const record = detained()
  record.do(suspend, at(3))
  return record
}
const bonded = (bond: number): Command => ask({ kind: 'suspendDetention', person: suspectId, guarantee: 'bond', bond })
const suspended = (): Record => {
  const record = waiting()
  record.do(bonded(1000), at(4))
  record.do(approve(2), { who: county, ...at(4) })
  return record
}
const doubted = (): Record => {
  const record = detained()
  record.do(of('recordDoubt', { doubt: '决定书日期有误' }), at(3))
  return record
}
/** A case closed with a fine paid. */
const closed = (): Record => {
  const record = served()
  record.do(pay(500), at(3))
  record.do(close(), at(3))
  return record
}

/** 执行、封存. The start is Friday, 27 November 2026, 14:00. */
export const executionKept: readonly Kept[] = [
  counted('ex-fine.pay', {
    begins: served,
    hand: '28 to 12, Saturday; 14 Monday',
    due: '2026-12-14',
    does: (record, ask) => record.do(pay(500), ask),
    // Three percent for the day begun.
    late: (record, ask) => record.do(pay(515), ask),
  }),
  // An hour after the end, 418 hours after the start.
  kept(
    'ex-fine.late',
    'payment-differs',
    () => served().do(pay(515), at(419)),
    () => served().do(pay(500), at(419)),
  ),
  counted('ex-suspend.decide', {
    begins: waiting,
    hand: 'the same minute of Saturday',
    due: '2026-11-28 17:00',
    does: (record, ask) => record.do(of('refuseSuspension', { reason: '可能逃跑' }), { who: county, ...ask }),
  }),
  // Two hundred for each of five days.
  kept(
    'ex-suspend.bond',
    'bond-small',
    () => waiting().do(bonded(1000), at(4)),
    () => waiting().do(bonded(999), at(4)),
    'AP 222-224, 231; PSL25 126',
  ),
  counted('ex-suspend.bank', {
    begins: suspended,
    hand: '28, 29, 30 Monday',
    due: '2026-11-30',
    does: (record, ask) => record.do(of('bankBond', { account: '代收银行专户' }), ask),
  }),
  counted('ex-wrong', {
    begins: doubted,
    hand: 'the same minute of Saturday',
    due: '2026-11-28 17:00',
    does: (record, ask) => record.do(of('answerDoubt', { answer: '决定无误' }), ask),
  }),
  // Who was penalised is found by his name until the case is closed.
  {
    rule: 'ex-seal',
    keeps: () => assert.match(soughtIn(served(), 'reported'), /周某/),
    breaks: () => assert.doesNotMatch(soughtIn(closed(), 'caseClosed'), /周某/),
  },
]
