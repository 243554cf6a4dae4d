import { isPerson, Refusal } from '#kernel/decider.ts'
import type { Event } from '../contract.ts'
import type { Penalty } from '../contract/decision.ts'
import { nameOf } from './events.ts'
import { handling } from './handling.ts'
import { type Asked, fromCounty, giverOf, type Of } from './asked.ts'
import { type About, pending } from './penalty.ts'
import { lawOn } from './law.ts'
import type { Matter } from './matter.ts'

/** PSL25 114; PEN 58: without it nothing is decided of what is hard, touches the public, or was heard in a hearing. */
export const reviewDue = ({ draft, hearing }: Penalty): boolean =>
  draft.complex === true || draft.publicInterest === true || hearing?.state === 'held'

export function askReview(matter: Matter, data: Of<'askReview'>, asked: Asked): Event[] {
  handling(matter, asked)
  const { review } = pending(matter, data.person)
  const article = lawOn(asked, 'dec-legal-review').article
  if (review?.state === 'asked') throw new Refusal('review-runs', { article })
  if (review?.state === 'passed') throw new Refusal('reviewed-already', { article })
  if (review?.state === 'returned' && data.corrected === undefined)
    throw new Refusal('corrections-needed', { field: 'data.corrected', article: lawOn(asked, 'dec-review-list').article })
  return [{ type: 'reviewAsked', data: { ...data, round: (review?.round ?? 0) + 1 } }]
}

/** By a legal reviewer who handles nothing of it; what is returned says which item and why. */
export function reviewPenalty(matter: Matter, data: Of<'reviewPenalty'>, asked: Asked): Event[] {
  const { review } = pending(matter, data.person)
  const article = lawOn(asked, 'dec-review-list').article
  if (review?.state !== 'asked') throw new Refusal('no-review-asked', { article })
  const account = giverOf(asked)?.account
  if (matter.row.officers.some((one) => one.account === account)) throw new Refusal('reviewer-handles', { article })
  if (data.conclusion === 'returned' && data.findings.length === 0) throw new Refusal('finding-needed', { field: 'data.findings', article })
  return [{ type: 'penaltyReviewed', data }]
}

/** 集体讨论: the heads of the agency, together, of what is complex or heavy (PEN 57). */
export function discussPenalty(matter: Matter, data: Of<'discussPenalty'>, asked: Asked): Event[] {
  const { discussed } = pending(matter, data.person)
  const article = lawOn(asked, 'dec-legal-review').article
  if (!fromCounty(matter, asked)) throw new Refusal('agency-heads', { article })
  if (discussed !== null) throw new Refusal('discussed-already', { article })
  return [{ type: 'penaltyDiscussed', data }]
}

export function reviewed(before: Penalty, event: About<'reviewAsked' | 'penaltyReviewed'>): Penalty {
  if (event.data === null) return before
  if (event.type === 'reviewAsked') {
    const { round, corrected = null } = event.data
    const { findings, reviewer } = before.review ?? { findings: [], reviewer: null }
    return { ...before, review: { state: 'asked', round, asked: event.at, by: nameOf(event), corrected, findings, reviewer } }
  }
  const { conclusion, findings } = event.data
  const reviewer = isPerson(event.by) ? { account: event.by.account, name: event.by.name } : null
  return { ...before, review: before.review && { ...before.review, state: conclusion, findings, reviewer } }
}
