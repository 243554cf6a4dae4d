import { momentOf } from '#kernel/day.ts'
import { Refusal } from '#kernel/decider.ts'
import type { Event, MatterRow } from '../contract.ts'
import type { Penalty } from '../contract/decision.ts'
import { isMinor, suspectOf } from './about.ts'
import { handling } from './handling.ts'
import type { Asked, Of } from './asked.ts'
import { begin, beginWindow } from './counting.ts'
import { begun } from './limits.ts'
import { type About, type Draft, has, penal, pending } from './penalty.ts'
import { amountOn } from './amounts.ts'
import { lawOn } from './law.ts'
import type { Matter } from './matter.ts'

/** Who may ask for a hearing (PSL25 117): of a licence, a closure, a high fine; a minor whose detention could be carried out. */
export function hearingRight({ draft }: { draft: Draft }, minor: boolean, asked: Asked): boolean {
  const most = amountOn(asked, 'hear-scope.person')
  const high = (draft.fine ?? 0) >= most.amount
  const young = minor && has(draft, 'detention') && draft.exception !== undefined
  return high || young || has(draft, 'revocation') || has(draft, 'closure')
}

export function noticePenalty(matter: Matter, data: Of<'noticePenalty'>, asked: Asked): Event[] {
  handling(matter, asked)
  const { person, path, guardian, guardianAbsent } = data
  const before = pending(matter, person)
  const article = lawOn(asked, 'dec-notice').article
  if (!penal(before.draft)) throw new Refusal('no-notice-due', { article })
  if (before.notice !== null) throw new Refusal('told-already', { article })
  const minor = isMinor(suspectOf(matter, person), asked)
  if (minor && guardian === undefined && guardianAbsent === undefined)
    throw new Refusal('notice-guardian', { field: 'data.guardian', article })
  const hearing = hearingRight(before, minor, asked)
  const limits = [
    ...(hearing ? [beginWindow(asked, 'hear-request')] : []),
    ...(path === 'publicNotice' ? [begin(asked, 'dec-notice-public')] : []),
  ]
  return [{ type: 'penaltyNoticeGiven', data: { ...data, hearing, limits } }]
}

/** 陈述申辩: heard, and what it says looked into again (PEN 45). */
export function recordDefence(matter: Matter, data: Of<'recordDefence'>, asked: Asked): Event[] {
  handling(matter, asked)
  const { person, said, statement, recheck } = data
  const { notice, defence } = pending(matter, person)
  const article = lawOn(asked, 'dec-notice').article
  if (notice === null) throw new Refusal('notice-first', { article })
  // What he has said stays said; more may be added.
  if (defence !== null && said !== 'statement') throw new Refusal('heard-already', { article })
  if (said === 'statement' && statement === undefined) throw new Refusal('statement-needed', { field: 'data.statement', article })
  if (said === 'statement' && recheck === undefined) throw new Refusal('recheck-needed', { field: 'data.recheck', article })
  if (said !== 'statement' && asked.at < notice.ready)
    throw new Refusal('notice-runs', { article: lawOn(asked, 'dec-notice-public').article, values: { due: momentOf(notice.ready) } })
  return [{ type: 'defenceRecorded', data }]
}

export function noticed(before: Penalty, { at, data }: About<'penaltyNoticeGiven'>): Penalty {
  if (data === null) return before
  const { path, guardian = null, hearing, limits } = data
  const due = (rule: string) => limits.find((one) => one.rule === rule)?.due ?? null
  const ready = due('dec-notice-public') ?? at
  return { ...before, notice: { at, path, ready, guardian, hearing, askUntil: due('hear-request') } }
}

export const noticeRow = ({ row }: Matter, { data }: About<'penaltyNoticeGiven'>): Partial<MatterRow> =>
  data === null ? {} : { limits: begun(row.limits, data.limits, row.unit, data.person) }

/** Whose time is over with the decision. */
export const windows = ['hear-request', 'dec-notice-public', 'hear-steps.notice']
