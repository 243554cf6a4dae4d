import { later, type Record } from '../given.ts'
import { counted, type Kept, kept } from '../kept.ts'
import { agree, fail, open } from '../mediation.ts'
import { aged, at, suspected } from '../penalty.ts'
import { impose, of, taken } from '../spot.ts'

const imposed = (more: object = {}): Record => {
  const record = suspected()
  record.do(impose(more), at(1))
  return record
}
const opened = (): Record => {
  const record = suspected()
  record.do(open(), at(1))
  return record
}
/** A minor of that age with an income of his own, without a guardian. */
const earning = (years: number): unknown => {
  const record = suspected([aged(years)])
  record.do(open(), at(1))
  return record.do(agree({ ownIncome: true }), at(2))
}
const day = 24

/** 当场处罚、治安调解. The start is Friday, 27 November 2026, 14:00. */
export const settlingKept: readonly Kept[] = [
  kept(
    'spot-cap.security',
    'spot-over',
    () => imposed({ fine: 500 }),
    () => imposed({ fine: 501 }),
  ),
  kept(
    'spot-steps',
    'hand-over',
    () => imposed(),
    () => imposed({ handedOver: undefined }),
  ),
  kept(
    'ver-av.onTheSpot',
    'recording-needed',
    () => imposed(),
    () => imposed({ recorded: undefined }),
  ),
  counted('spot-file.usual', {
    begins: () => imposed(),
    hand: 'the same minute of Saturday',
    due: '2026-11-28 15:00',
    does: (record, ask) => record.do(of('reportOnTheSpot'), ask),
  }),
  kept(
    'ex-fine-spot.cap',
    'collect-over',
    () => imposed({ fine: 200, ...taken }),
    () => imposed({ fine: 201, ...taken }),
  ),
  counted('ex-fine-spot.turnIn', {
    begins: () => imposed(taken),
    hand: '28, 29 Sunday; 30 Monday',
    due: '2026-11-30',
    does: (record, ask) => record.do(of('turnInFine', { receipt: '所收001' }), ask),
  }),
  counted('ex-fine-spot.bank', {
    begins: () => {
      const record = imposed(taken)
      record.do(of('turnInFine', { receipt: '所收001' }), at(2 * day))
      return record
    },
    hand: 'handed in on Sunday, 29; 30, 1 Tuesday',
    due: '2026-12-01',
    does: (record, ask) => record.do(of('bankFine', { receipt: '银行001' }), ask),
  }),
  kept(
    'med-scope',
    'not-minor-act',
    () => opened(),
    () => suspected().do(open({ minorAct: undefined }), at(1)),
  ),
  counted('med-times', {
    begins: () => {
      const record = opened()
      record.do(fail(), at(5 * day))
      record.do(open(), { at: later(6 * day) })
      return record
    },
    hand: 'failed on Wednesday, 2; 3, 4, 7, 8, 9, 10, 11 Friday',
    due: '2026-12-11',
    does: (record, ask) => record.do(fail(), ask),
  }),
  kept(
    'med-settle',
    'suit-untold',
    () => opened().do(fail(), at(2)),
    () => opened().do(fail({ suitTold: undefined }), at(2)),
  ),
  kept(
    'med-guardian',
    'mediation-guardian',
    () => earning(16),
    () => earning(15),
  ),
]
