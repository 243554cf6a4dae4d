import assert from 'node:assert/strict'
import type { Command } from '../contract.ts'
import type { Act } from '../contract/acts.ts'
import type { Person } from '../contract/parts.ts'
import { county, filed, head, later, person, type Record, reporter, station, subBureau } from './given.ts'

export const suspectId = '50000000-0000-4000-8000-000000000001'
export const otherId = '50000000-0000-4000-8000-000000000002'
/** A man of forty, by his number. */
export const suspect: Person = {
  id: suspectId,
  roles: ['suspect'],
  personName: '周某',
  idType: 'residentId',
  idNumber: numbered('11010519861103001'),
}
export const reviewer = person('legalReviewer', subBureau, 5)

/** A number of a resident with the sign that belongs to its first seventeen digits. */
export function numbered(first: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  return (
    first +
    ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'][weights.reduce((sum, weight, at) => sum + weight * Number(first[at]), 0) % 11]
  )
}
/** As many years old on the day of the tests, whose birthday was in spring. */
export const aged = (years: number, more: Partial<Person> = {}): Person => ({
  ...suspect,
  idNumber: numbered(`110105${2026 - years}0315001`),
  ...more,
})

/** A filed case with these suspects. */
export const suspected = (suspects: readonly Person[] = [suspect], more: object = {}): Record =>
  filed({ persons: [reporter, ...suspects], ...more })

export const draft = (more: object = {}, who = suspectId): Command => ({
  type: 'draftPenalty',
  data: {
    person: who,
    penalties: ['fine'],
    fine: 500,
    article: '《治安管理处罚法》第五十一条第一款',
    facts: '殴打他人，致轻微伤',
    ...more,
  },
})
export const tell = (more: object = {}, who = suspectId): Command => ({
  type: 'noticePenalty',
  data: { person: who, path: 'told', ...more },
})
export const defend = (said: 'nothing' | 'statement' | 'waived' = 'nothing', more: object = {}, who = suspectId): Command => ({
  type: 'recordDefence',
  data: { person: who, said, ...(said === 'statement' && { statement: '对方先动手', recheck: '监控证实其先动手' }), ...more },
})
export const ask = (act: Act, reason = '呈请审批'): Command => ({ type: 'requestApproval', data: { act, reason } })
export const decide = (who = suspectId): Command => ask({ kind: 'decidePenalty', person: who })
export const approve = (request: number): Command => ({ type: 'approve', data: { request } })
export const wish = (answer: 'asks' | 'waives' = 'asks', who = suspectId): Command => ({
  type: 'hearingWish',
  data: { person: who, wish: answer },
})
export const review = (conclusion: 'passed' | 'returned' = 'passed', more: object = {}): Command => ({
  type: 'reviewPenalty',
  data: {
    person: suspectId,
    conclusion,
    findings: conclusion === 'passed' ? [] : [{ item: 'facts', finding: '缺少证人询问笔录' }],
    ...more,
  },
})
export const askReview = (corrected?: string): Command => ({
  type: 'askReview',
  data: { person: suspectId, ...(corrected !== undefined && { corrected }) },
})
export const serve = (more: object = {}): Command => ({ type: 'serveDecision', data: { person: suspectId, service: 'announced', ...more } })
export const copy = serve({ to: reporter.id, service: 'handed' })

/** Told and heard, with nothing to say. */
export function noticed(record: Record, given: Command = draft(), at = later(1)): Record {
  record.do(given, { at })
  record.do(tell(), { at })
  record.do(defend(), { at })
  return record
}
/** Decided by the head whom it is for. */
export function decided(record: Record, given: Command = draft(), at = later(1)): Record {
  noticed(record, given, at)
  record.do(decide(), { at })
  const [request] = record.row.requests
  record.do(approve(request?.request ?? 0), { at, who: request?.level === 'stationHead' ? head : county })
  return record
}
export const stranger = person('caseOfficer', station, 8)

export const at = (hours: number) => ({ at: later(hours) })
/** How far it has come with the suspect. */
export function stateOf(record: Record) {
  const found = record.matter.books.decision[suspectId]
  assert.ok(found)
  return found
}
export const limitOf = (record: Record, rule: string) => record.row.limits.find((one) => one.limit.rule === rule)
export const types = (events: readonly { readonly type: string }[]): readonly string[] => events.map(({ type }) => type)
