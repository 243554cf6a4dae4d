import assert from 'node:assert/strict'
import type { Command } from '../../contract.ts'
import {
  accepted,
  account,
  bureau,
  county,
  duty,
  head,
  later,
  other,
  person,
  propose,
  Record,
  report,
  reporter,
  start,
  taken,
  unit,
} from '../given.ts'
import { counted, type Kept, kept, soughtIn } from '../kept.ts'
import { spot, suspect } from '../measures.ts'
import { receive, gather } from '../evidence.ts'

const accept: Command = { type: 'accept', data: {} }
const transfer: Command = { type: 'transfer', data: {} }
const there = { facts: { unit: unit(other) } }
const elsewhere: Command = { type: 'proposeTransfer', data: { destination: { to: 'unit', unit: other }, reason: '案发地在海淀' } }
const away = (more: object = {}): Command => ({ type: 'turnAway', data: { where: '劳动监察大队', objected: true, ...more } })
const letter = (): Record => taken({ source: 'mail', persons: [] })
const passedOn = (more: object = {}): Record => {
  const record = taken(more)
  record.do(elsewhere, there)
  return record
}
const refuse = (more: object = {}): Command => propose({ outcome: 'refuse', reason: '没有违法事实', ...more })
const filing = (record: Record, ask: { readonly at: string }): void => {
  record.do(accept, ask)
  record.do(propose(), ask)
  record.do({ type: 'approveFiling', data: {} }, { ...ask, who: county })
}
/** Danger over at the start, registered so long after it. */
const urgent = (hours: number) =>
  new Record().do(report({ received: start, urgent: '先行救治伤者', handled: start }), { at: later(hours) }).map(({ data }) => data)
const late = { rule: 'late-urgent', detail: start }

/** 接报案、立案. The start is Friday, 27 November 2026, 14:00. */
export const intakeKept: readonly Kept[] = [
  kept(
    'intake-three-on-spot',
    'receipt-first',
    () => taken().do(accept),
    () => letter().do(accept),
  ),
  kept(
    'intake-first-unit',
    'unit-takes-none',
    () => taken(),
    () =>
      new Record().do(report(), {
        facts: { unit: unit(bureau, { kind: 'bureau', path: [bureau] }) },
        who: person('stationDuty', bureau, 1),
      }),
  ),
  kept(
    'intake-register',
    'reporter-needed',
    () => taken(),
    () => taken({ persons: [] }),
    'AP 60',
  ),
  counted('intake-transfer-24h', {
    begins: () => passedOn(),
    hand: 'the same minute of Saturday, no working day or not',
    due: '2026-11-28 14:00',
    does: (record, ask) => record.do(transfer, { ...ask, ...there, who: head }),
  }),
  kept(
    'intake-transfer-24h.criminal',
    'county-head',
    () => passedOn({ nature: 'criminal' }).do(transfer, { ...there, who: county }),
    () => passedOn({ nature: 'criminal' }).do(transfer, { ...there, who: head }),
  ),
  counted('intake-undetermined', {
    begins: () => {
      const record = taken()
      record.do({ type: 'leaveUndetermined', data: { reason: '案发地不明' } })
      return record
    },
    hand: '28, 29, 30 Monday',
    due: '2026-11-30',
    does: (record, ask) => record.do(accept, ask),
  }),
  kept(
    'intake-not-police',
    'objection-in-writing',
    () => taken().do(away({ inWriting: true })),
    () => taken().do(away()),
    'AP 61',
  ),
  counted('intake-by-mail', {
    begins: letter,
    hand: '28, 29, 30 Monday',
    due: '2026-11-30',
    does: (record, ask) => record.do({ type: 'issueReceipt', data: { contact: 'reached' } }, ask),
  }),
  {
    rule: 'intake-urgent',
    keeps: () =>
      assert.equal(
        urgent(24 - 1 / 60).some((data) => JSON.stringify(data) === JSON.stringify(late)),
        false,
      ),
    breaks: () => assert.deepEqual(urgent(24 + 1 / 60).at(-1), late),
  },
  kept(
    'intake-admin-file.now',
    'ground-needed',
    () => accepted().do(refuse({ ground: 'noFacts' })),
    () => accepted().do(refuse()),
    'PSL25 90',
  ),
  counted('intake-admin-file.review', {
    begins: () => taken(),
    hand: 'the same minute of Saturday',
    due: '2026-11-28 14:00',
    does: filing,
  }),
  counted('intake-admin-file.hard', { begins: () => taken(), hand: '28, 29, 30 Monday', due: '2026-11-30', does: filing }),
  counted('intake-jurisdiction', {
    begins: () => {
      const record = passedOn()
      record.do(transfer, { ...there, who: head })
      return record
    },
    hand: '28, 29, 30 Monday',
    due: '2026-11-30',
    does: (record, ask) => record.do({ type: 'tellTransfer', data: { way: 'inPerson' } }, { ...ask, who: duty }),
  }),
  // Who has reported is found by his name, unless he wants it hidden.
  {
    rule: 'intake-protect',
    keeps: () => assert.match(soughtIn(taken(), 'reported'), /𠮷田䶮/),
    breaks: () => assert.doesNotMatch(soughtIn(taken({ persons: [{ ...reporter, hideName: true }] }), 'reported'), /𠮷田䶮/),
  },
  kept(
    'intake-mixed',
    'file-first',
    () => accepted({ persons: [reporter, suspect] }).do(spot()),
    () => accepted({ persons: [reporter, suspect], nature: 'criminal' }).do(spot()),
  ),
  kept(
    'intake-one-officer',
    'not-second',
    () => taken().do(receive(), { who: duty }),
    () => accepted().do(gather({ second: account(2) })),
    'PSL25 108; AP 52',
  ),
  counted('crim-nofile', {
    begins: () => {
      const record = accepted({ nature: 'criminal' })
      record.do(refuse({ caseKind: 'criminal', ground: 'noFacts' }))
      record.do({ type: 'approveFiling', data: {} }, { who: county })
      return record
    },
    hand: '28, 29, 30 Monday',
    due: '2026-11-30',
    does: (record, ask) => record.do({ type: 'giveNotice', data: { way: 'inPerson' } }, ask),
  }),
]
