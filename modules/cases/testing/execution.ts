import type { Command } from '../contract.ts'
import type { closings, executionCommands } from '../contract/execution.ts'
import { later } from './given.ts'
import { copy, decided, draft, serve, suspect, suspected, suspectId } from './penalty.ts'

export type OnPerson = Exclude<keyof typeof executionCommands, 'closeCase'>
export const of = (type: OnPerson, data: object): Command => ({ type, data: { person: suspectId, ...data } }) as Command
export const at = (hours: number) => ({ at: later(hours) })
export const day = 24
export const detention = draft({ penalties: ['detention'], fine: undefined, days: 5 })
export const close = (closing: (typeof closings)[number] = 'executed'): Command => ({
  type: 'closeCase',
  data: { closing, reason: '处罚决定已执行' },
})
export const pay = (amount: number) => of('payFine', { amount, receipt: '京财0012345' })
export const deliver = of('deliverDetainee', { house: '市拘留所', receipt: '执行回执第12号' })
export const family = of('tellOfDetention', { family: 'told', whom: '其妻' })
export const suspend = of('askSuspension', { suspension: 'remedy', reason: '已申请行政复议' })
export const due = (record: ReturnType<typeof suspected>, rule: string) =>
  record.row.limits.find((one) => one.limit.rule === rule)?.limit.due
/** Decided by the county, announced. */
export const detained = (more: object = {}, who = suspect) => {
  const record = decided(suspected([who]), draft({ penalties: ['detention'], fine: undefined, days: 5, ...more }))
  record.do(serve(), at(2))
  record.do(copy, at(2))
  return record
}
