import assert from 'node:assert/strict'
import type { Command } from '../../contract.ts'
import { close, deliver, detained, family } from '../execution.ts'
import { county, filed, head, later, officer, type Record, reporter } from '../given.ts'
import { answer, arrange, end, high } from '../hearing.ts'
import { counted, type Kept, kept, waited, within } from '../kept.ts'
import {
  aged,
  approve,
  ask,
  askReview,
  at,
  copy as copied,
  decide,
  decided,
  defend,
  draft,
  noticed,
  review,
  reviewer,
  serve,
  stateOf,
  suspect,
  suspected,
  suspectId,
  tell,
  wish,
} from '../penalty.ts'

type At = { readonly at: string }
const detention = (more: object = {}): Command => draft({ penalties: ['detention'], fine: undefined, days: 5, ...more })
const drafted = (given: Command, record: Record = suspected()): Record => {
  record.do(given)
  return record
}
const asked = (record: Record): Record => {
  record.do(decide(), at(1))
  return record
}
const deputy = { ...suspect, situations: ['deputy' as const] }
/** Of that age detained, and brought to the lock-up house. */
const brought = (years: number, bar: 'young' | 'first' | 'old'): unknown => {
  const record = suspected([aged(years)])
  record.do(detention())
  record.do(tell({ guardian: '其父' }))
  record.do(defend())
  asked(record)
  record.do(approve(1), { who: county, ...at(1) })
  record.do(serve(), at(2))
  const withheld = stateOf(record).decided?.withheld ?? null
  assert.ok(withheld === null || withheld === bar)
  return record.do(deliver, at(3))
}
/** What was done on 27 May, reported and drafted then. */
const reportedOn = (_record: Record, ask: At): unknown =>
  filed({ persons: [reporter, suspect], happened: { from: '2026-05-27T06:00:00Z' } }, {}, ask).do(draft(), ask)
/** Asked for at the start. */
const heard = (): Record => {
  const record = high()
  record.do(wish())
  return record
}
const returned = (findings: readonly object[]): unknown => {
  const record = noticed(suspected())
  record.do(askReview(), at(1))
  return record.do(review('returned', { findings }), { who: reviewer, ...at(1) })
}
const closed = (told: boolean): unknown => {
  const record = detained()
  if (told) record.do(family, at(3))
  record.do(deliver, at(3))
  return record.do(close(), at(4))
}
const paid = (record: Record): Record => {
  record.do(serve(), at(2))
  record.do(copied, at(2))
  return record
}
const pay: Command = { type: 'payFine', data: { person: suspectId, amount: 500, receipt: '京财0012345' } }
const terminate = ask({ kind: 'terminate', termination: 'noFacts' })
const executed: Command = { type: 'recordExecution', data: { person: suspectId, note: '许可证已收缴' } }
const licence = draft({ penalties: ['revocation'], fine: undefined, licence: '特种行业许可证' })

/** 告知、决定、送达. The start is Friday, 27 November 2026, 14:00. */
export const decisionKept: readonly Kept[] = [
  counted('dec-limit', {
    begins: () => suspected(),
    hand: 'three days of November, 27 of December: Sunday; 28 Monday',
    due: '2026-12-28',
    does: (record, { at: moment }) => decided(record, draft(), moment),
  }),
  kept(
    'dec-notice',
    'notice-first',
    () => asked(noticed(suspected())),
    () => asked(drafted(draft())),
  ),
  waited('dec-notice-public', 'notice-runs', {
    begins: () => {
      const record = drafted(draft())
      record.do(tell({ path: 'publicNotice' }))
      return record
    },
    hand: '28 to 4, Friday',
    due: '2026-12-04',
    does: (record, ask) => record.do(defend(), ask),
  }),
  kept(
    'dec-legal-review',
    'review-first',
    () => asked(noticed(suspected())),
    () => asked(noticed(suspected(), draft({ publicInterest: true }))),
  ),
  kept(
    'dec-review-list',
    'finding-needed',
    () => returned([{ item: 'facts', finding: '缺少证人询问笔录' }]),
    () => returned([]),
  ),
  kept(
    'dec-level.station',
    'level-too-low',
    () => asked(noticed(suspected(), draft({ fine: 1000 }))).do(approve(1), { who: head, ...at(1) }),
    () => asked(noticed(suspected(), draft({ fine: 1001 }))).do(approve(1), { who: head, ...at(1) }),
  ),
  kept(
    'dec-level.detention',
    'level-too-low',
    () => asked(noticed(suspected(), detention())).do(approve(1), { who: county, ...at(1) }),
    () => asked(noticed(suspected(), detention())).do(approve(1), { who: head, ...at(1) }),
  ),
  kept(
    'dec-deputy.leave',
    'leave-first',
    () => asked(noticed(suspected([deputy]), detention({ leave: '区人大常委会许可〔2026〕3号' }))),
    () => asked(noticed(suspected([deputy]), detention())),
  ),
  kept(
    'dec-content',
    'nothing-to-execute',
    () => {
      const record = noticed(suspected(), licence)
      record.do(wish('waives'))
      asked(record).do(approve(1), { who: county, ...at(1) })
      paid(record).do(executed, at(3))
    },
    () => paid(decided(suspected())).do(executed, at(3)),
  ),
  kept(
    'dec-serve.announced',
    'serve-first',
    () => paid(decided(suspected())).do(pay, at(3)),
    () => decided(suspected()).do(pay, at(3)),
  ),
  counted('dec-serve.absent', {
    begins: () => decided(suspected()),
    hand: '28, 29 Sunday; 30 Monday',
    due: '2026-11-30',
    does: (record, ask) => record.do(serve(), ask),
    subject: suspectId,
  }),
  waited('dec-serve-other', 'service-runs', {
    begins: () => {
      const record = decided(suspected())
      record.do(serve({ service: 'publicNotice' }), at(2))
      return record
    },
    hand: 'three days of November, 31 of December, 26 of January',
    due: '~2027-01-26',
    does: (record, ask) => record.do(pay, ask),
  }),
  kept(
    'dec-family',
    'detention-family-first',
    () => closed(true),
    () => closed(false),
  ),
  counted('dec-foreign', {
    begins: () => {
      const record = detained({}, { ...suspect, situations: ['foreigner'] })
      record.do(deliver, at(3))
      return record
    },
    hand: '17:00 and two days',
    due: '2026-11-29 17:00',
    does: (record, ask) => record.do({ type: 'reportForeigner', data: { person: suspectId, note: '已报市局' } }, ask),
  }),
  within('dec-limitation.security', 'time-barred', {
    begins: () => suspected(),
    hand: 'six months from 27 May: 27 November',
    due: '2026-11-27',
    does: reportedOn,
  }),
  kept(
    'dec-detention.combined',
    'detention-long',
    () => drafted(detention({ days: 20 })),
    () => drafted(detention({ days: 21 })),
  ),
  kept(
    'dec-detention.young',
    'detention-withheld',
    () => brought(18, 'young'),
    () => brought(15, 'young'),
  ),
  kept(
    'dec-detention.first',
    'detention-withheld',
    () => brought(18, 'first'),
    () => brought(17, 'first'),
  ),
  kept(
    'dec-detention.old',
    'detention-withheld',
    () => brought(69, 'old'),
    () => brought(70, 'old'),
  ),
  kept(
    'dec-age',
    'too-young',
    () => drafted(draft(), suspected([aged(14)])),
    () => drafted(draft(), suspected([aged(13)])),
  ),
  kept(
    'dec-adult',
    'notice-guardian',
    () => drafted(draft(), suspected([aged(18)])).do(tell()),
    () => drafted(draft(), suspected([aged(17)])).do(tell()),
    'PSL25 112; PEN 44, 45, 62; AP 167',
  ),
  kept(
    'close-case',
    'fine-unpaid',
    () => {
      const record = paid(decided(suspected()))
      record.do(pay, at(3))
      record.do(close(), at(3))
    },
    () => paid(decided(suspected())).do(close(), at(3)),
  ),
  kept(
    'close-case.terminated',
    'closes-instead',
    () => {
      const record = suspected()
      record.do(terminate)
      record.do(approve(1), { who: head })
    },
    () => decided(suspected()).do(terminate, at(2)),
  ),
]

/** 听证. */
export const hearingKept: readonly Kept[] = [
  kept(
    'hear-scope',
    'no-hearing-right',
    () => noticed(suspected(), licence, later(0)).do(wish()),
    () => noticed(suspected(), detention(), later(0)).do(wish()),
  ),
  kept(
    'hear-scope.person',
    'no-hearing-right',
    () => noticed(suspected(), draft({ fine: 4000 }), later(0)).do(wish()),
    () => noticed(suspected(), draft({ fine: 3999 }), later(0)).do(wish()),
    'PSL25 117; AP 123; PEN 63',
  ),
  within('hear-request', 'hearing-late', {
    begins: high,
    hand: '30, 1, 2, 3, 4 Friday',
    due: '2026-12-04',
    does: (record, ask) => record.do(wish(), ask),
  }),
  counted('hear-steps.accept', {
    begins: heard,
    hand: '28, 29 Sunday; 30 Monday',
    due: '2026-11-30',
    does: (record, ask) => record.do(answer(), { who: reviewer, ...ask }),
    // Silence is a yes: all that is left to do is to arrange it.
    late: (record, ask) => record.do(arrange('2026-12-18T02:00:00.000Z'), { who: reviewer, ...ask }),
  }),
  // Seven working days from the start: 30, 1, 2, 3, 4, 7, 8.
  kept(
    'hear-steps.notice',
    'hearing-soon',
    () => heard().do(arrange('2026-12-08T16:01:00.000Z'), { who: reviewer }),
    () => heard().do(arrange('2026-12-08T15:59:00.000Z'), { who: reviewer }),
  ),
  counted('hear-steps.hold', {
    begins: heard,
    hand: '28 to 7, Monday',
    due: '2026-12-07',
    does: (record, ask) => record.do(end('withdrawn'), { who: reviewer, ...ask }),
  }),
  kept(
    'hear-form',
    'chair-investigates',
    () => heard().do(answer(), { who: reviewer }),
    () => heard().do(answer(), { who: { by: officer.by, as: reviewer.as } }),
  ),
]
