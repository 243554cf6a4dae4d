import type { Command, Event } from '../contract.ts'
import type { Act } from '../contract/acts.ts'
import { account, filed, type Record, reporter } from './given.ts'

export const id = (n: number): string => `50000000-0000-4000-8000-0000000000${String(n).padStart(2, '0')}`
export const [first, again, measure] = [id(10), id(11), id(80)]
export const suspect = { id: account(7), roles: ['suspect' as const], described: '灰色棉衣男子' }
export const cup = { id: id(1), evidenceKind: 'physical' as const, thingName: '玉镯', count: 1, measureWord: '只', owner: suspect.id }

export const order = (more: object = {}): Command => ({
  type: 'orderAppraisal',
  data: { appraisal: first, appraisalKind: 'injury', person: reporter.id, agency: '市公安司法鉴定中心', issue: '损伤程度', ...more },
})
export const opinion = (more: object = {}): Command => ({
  type: 'receiveOpinion',
  data: { appraisal: first, opinion: '构成轻微伤', ...more },
})
export const copy = (to: string, appraisal = first): Command => ({ type: 'copyOpinion', data: { appraisal, person: to, way: 'inPerson' } })
export const anew = (more: object = {}): Command => {
  const act: Act = { kind: 'reappraise', appraisal: first, order: again, agency: '另一鉴定机构', doubt: 'unfounded', ...more }
  return { type: 'requestApproval', data: { act, reason: '对鉴定意见有异议' } }
}
export const decline = (request: number): Command => ({ type: 'declineApproval', data: { request, reason: '依据充分' } })
export const note = (injuryGrounds: ('lightInjury' | 'victimAsks' | 'dispute')[], of = reporter.id): Command => ({
  type: 'noteInjury',
  data: { person: of, injuryGrounds },
})
export const tell: Command = { type: 'tellRefusal', data: { appraisal: first, way: 'posted' } }
export const withdraw: Command = { type: 'withdrawAppraisal', data: { appraisal: first, withdrawReason: 'victimRefused' } }

export const withSuspect = (): Record => filed({ persons: [reporter, suspect] })
export const limitOf = (record: Record, rule: string, subject: string | null) =>
  record.row.limits.find((one) => one.limit.rule === rule && one.subject === subject)
export const types = (events: readonly Event[]) => events.map(({ type }) => type)
export const row = (record: Record) => record.matter.books.evidence.appraisals[0]
