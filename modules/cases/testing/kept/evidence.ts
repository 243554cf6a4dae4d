import type { Command } from '../../contract.ts'
import {
  anew,
  copy,
  decline,
  first,
  note,
  opinion,
  order as appraise,
  suspect as doubter,
  tell,
  withSuspect as appraised,
} from '../appraisals.ts'
import { gather } from '../evidence.ts'
import { accepted, county, type Record } from '../given.ts'
import { counted, type Kept, kept, waited, within } from '../kept.ts'
import { approve, ask, back, claim, id, knife, measure, order, out, seized, spot, withSuspect } from '../measures.ts'

type At = { readonly at: string }
const after = (record: Record, ...commands: readonly Command[]): Record => {
  for (const command of commands) record.do(command)
  return record
}
const ordered = (): Record => {
  const record = after(withSuspect(), ask(order()))
  record.do(approve(1), { who: county })
  return record
}
const onTheSpot = (): Record => after(withSuspect(), spot())
const returned = (record: Record, ask: At): unknown => record.do(back([knife.id]), ask)
const injured = (): Record => after(accepted(), note(['lightInjury']))
const sent = (record: Record, ask: At): unknown => record.do(appraise(), ask)
/** An opinion that has come at the start, and one whose suspect has his copy. */
const opined = (): Record => after(appraised(), appraise(), opinion())
const copied = (): Record => after(opined(), copy(doubter.id))
const electronic = { id: id(2), evidenceKind: 'electronic', thingName: '微信聊天记录截图', count: 6, measureWord: '张' }

/** 证据保全、鉴定. The start is Friday, 27 November 2026, 14:00. */
export const evidenceKept: readonly Kept[] = [
  kept(
    'ev-seize',
    'no-attestor',
    () => ordered().do(out()),
    () => ordered().do(out({ attestor: undefined })),
  ),
  kept(
    'ver-av.seizure',
    'must-record',
    () => withSuspect().do(spot()),
    () => withSuspect().do(spot({ recorded: false })),
  ),
  counted('ev-seize-spot.report', {
    begins: onTheSpot,
    hand: 'the same minute of Saturday',
    due: '2026-11-28 14:00',
    does: (record, at) => {
      record.do(ask({ kind: 'confirmSeizure', measure }), at)
      record.do(approve(1), { who: county, ...at })
    },
  }),
  counted('ev-seize-30', {
    begins: () => seized(),
    hand: 'three days of November, 27 of December: Sunday; 28 Monday',
    due: '2026-12-28',
    does: returned,
  }),
  counted('ev-save-7', {
    begins: () => seized(order({ preserved: 'keeping' })),
    hand: '28 to 4, Friday',
    due: '2026-12-04',
    does: returned,
    // It is free by itself.
    late: () => undefined,
  }),
  kept(
    'ev-return.now',
    'thing-gone',
    () => onTheSpot().do(back([knife.id])),
    () => after(onTheSpot(), back([knife.id])).do(back([knife.id], { list: id(96) })),
  ),
  waited('ev-return.unclaimed', 'claim-waits', {
    begins: () => after(onTheSpot(), claim),
    hand: 'six months: 27 May, a Thursday of a year whose notice is to come',
    due: '~2027-05-27',
    does: (record, at) => record.do(ask({ kind: 'disposeUnclaimed', claim: id(70), destiny: 'treasury' }), at),
  }),
  counted('ev-appraisal.copy', {
    begins: opined,
    hand: '28, 29, 30, 1, 2 Wednesday',
    due: '2026-12-02',
    does: (record, at) => record.do(copy(doubter.id), at),
    subject: doubter.id,
  }),
  within('ev-appraisal.again', 'asked-late', {
    begins: copied,
    hand: '28, 29, 30 Monday',
    due: '2026-11-30',
    does: (record, at) => record.do(anew({ asker: doubter.id }), at),
  }),
  counted('ev-appraisal.refused', {
    begins: () => {
      const record = after(copied(), anew({ asker: doubter.id }))
      record.do(decline(1), { who: county })
      return record
    },
    hand: '28, 29, 30 Monday',
    due: '2026-11-30',
    does: (record, at) => record.do(tell, at),
  }),
  counted('ev-injury-must', {
    begins: injured,
    hand: 'the same minute of Saturday',
    due: '2026-11-28 14:00',
    does: sent,
    limit: 'ev-injury-24h.order',
  }),
  counted('ev-injury-24h.order', { begins: injured, hand: 'the same minute of Saturday', due: '2026-11-28 14:00', does: sent }),
  counted('ev-injury-24h.opinion', {
    begins: () => after(appraised(), appraise()),
    hand: 'the same minute of Saturday',
    due: '2026-11-28 14:00',
    does: (record, at) => record.do(opinion({ oral: true }), at),
  }),
  counted('ev-injury-24h.paper', {
    begins: () => after(appraised(), appraise()),
    hand: '28, 29, 30 Monday',
    due: '2026-11-30',
    does: (record, at) => record.do(opinion(), at),
  }),
  counted('ev-injury-24h.complex', {
    begins: () => after(appraised(), appraise({ injuryState: 'complex' })),
    hand: '28 to 4, Friday',
    due: '2026-12-04',
    does: (record, at) => record.do(opinion(), at),
    subject: first,
  }),
  kept(
    'ev-edata',
    'fixing-needed',
    () => accepted().do(gather({ things: [{ ...electronic, fixed: 'printed', fixing: '现场打印并核对' }] })),
    () => accepted().do(gather({ things: [electronic] })),
  ),
]
