import { momentOf } from '#kernel/day.ts'
import { Refusal } from '#kernel/decider.ts'
import { pauseLimit, resumeLimit } from '#kernel/statute.ts'
import type { Event, MatterRow } from '../contract.ts'
import type { Penalty } from '../contract/decision.ts'
import type { Running } from '../contract/parts.ts'
import { isMinor, suspectOf } from './about.ts'
import { handling } from './handling.ts'
import { type Asked, giverOf, type Of } from './asked.ts'
import { begin } from './counting.ts'
import { nameOf } from './events.ts'
import { begun, isOpen, met } from './limits.ts'
import { type About, pending } from './penalty.ts'
import { lawOn } from './law.ts'
import type { Matter } from './matter.ts'

/** From the request to its end. */
const underWay: ReadonlySet<string> = new Set(['asked', 'accepted', 'arranged'])
export const hearingRuns = ({ hearing }: Penalty): boolean => hearing !== null && underWay.has(hearing.state)

const caseLimit = ({ row }: Matter): Running | undefined => row.limits.find((one) => one.limit.rule === 'dec-limit' && isOpen(one))
const counting = ({ facts, at }: Asked) => ({ calendar: facts.calendar, now: at })

/** The time of a hearing is no part of the time of the case, by the law of 2025 (PSL25 118); what is over already stays over. */
function standStill(matter: Matter, asked: Asked): Event[] {
  const limit = caseLimit(matter)?.limit
  if (limit === undefined || !limit.stops.includes('hearing') || asked.at >= limit.due) return []
  if (limit.pauses.some(({ reason, to }) => reason === 'hearing' && to === null)) return []
  return [
    { type: 'limitExtended', data: { limit: pauseLimit(limit, { from: asked.at, reason: 'hearing', approval: null }, counting(asked)) } },
  ]
}
/** It runs on when no other suspect's hearing is under way. */
function runOn(matter: Matter, person: string, asked: Asked): Event[] {
  const limit = caseLimit(matter)?.limit
  const others = Object.entries(matter.books.decision).some(([id, one]) => id !== person && hearingRuns(one))
  if (limit === undefined || others || !limit.pauses.some(({ reason, to }) => reason === 'hearing' && to === null)) return []
  return [{ type: 'limitExtended', data: { limit: resumeLimit(limit, 'hearing', asked.at, counting(asked)) } }]
}

/** The suspect asks for a hearing or does without, within the time that the law gives him. */
export function hearingWish(matter: Matter, { person, wish }: Of<'hearingWish'>, asked: Asked): Event[] {
  handling(matter, asked)
  const { notice, hearing } = pending(matter, person)
  if (notice === null || !notice.hearing) throw new Refusal('no-hearing-right', { article: lawOn(asked, 'hear-scope').article })
  const article = lawOn(asked, 'hear-request').article
  if (hearing !== null && (hearing.state !== 'waived' || wish === 'waives')) throw new Refusal('hearing-answered', { article })
  if (notice.askUntil !== null && asked.at >= notice.askUntil)
    throw new Refusal('hearing-late', { article, values: { due: momentOf(notice.askUntil) } })
  if (wish === 'waives') return [{ type: 'hearingWished', data: { person, wish, limits: [] } }]
  const limits = [begin(asked, 'hear-steps.accept'), begin(asked, 'hear-steps.hold')]
  return [{ type: 'hearingWished', data: { person, wish, limits } }, ...standStill(matter, asked)]
}

/** The legal department holds it, and never who has investigated (PEN 64). */
function hearingOf(matter: Matter, person: string, states: readonly string[], asked: Asked): Penalty {
  const found = pending(matter, person)
  const article = lawOn(asked, 'hear-form').article
  const account = giverOf(asked)?.account
  if (matter.row.officers.some((one) => one.account === account)) throw new Refusal('chair-investigates', { article })
  if (found.hearing === null || !states.includes(found.hearing.state)) throw new Refusal('no-hearing', { article })
  return found
}

export function answerHearing(matter: Matter, data: Of<'answerHearing'>, asked: Asked): Event[] {
  hearingOf(matter, data.person, ['asked'], asked)
  return [{ type: 'hearingAnswered', data }, ...(data.answer === 'refused' ? runOn(matter, data.person, asked) : [])]
}

/** Told so long before it is held (PEN 64); one that was arranged is postponed the same way. */
export function arrangeHearing(matter: Matter, data: Of<'arrangeHearing'>, asked: Asked): Event[] {
  const { person, on, open = false } = data
  hearingOf(matter, person, ['asked', 'accepted', 'arranged'], asked)
  if (open && isMinor(suspectOf(matter, person), asked))
    throw new Refusal('hearing-closed', { field: 'data.open', article: lawOn(asked, 'hear-form').article })
  const limit = begin(asked, 'hear-steps.notice')
  if (new Date(on).toISOString() < limit.due)
    throw new Refusal('hearing-soon', { field: 'data.on', article: limit.article, values: { due: momentOf(limit.due) } })
  return [{ type: 'hearingArranged', data: { ...data, limits: [limit] } }]
}

/** Held, given up, or not come to: what was said in it is what the decision rests on (PEN 65). */
export function endHearing(matter: Matter, data: Of<'endHearing'>, asked: Asked): Event[] {
  const states = data.course === 'withdrawn' ? [...underWay] : ['arranged']
  const { hearing } = hearingOf(matter, data.person, states, asked)
  if (data.course !== 'withdrawn' && hearing?.on && asked.at < hearing.on)
    throw new Refusal('hearing-not-yet', { article: lawOn(asked, 'hear-form').article, values: { due: momentOf(hearing.on) } })
  return [{ type: 'hearingEnded', data }, ...runOn(matter, data.person, asked)]
}

type HearingEvent = About<'hearingWished' | 'hearingAnswered' | 'hearingArranged' | 'hearingEnded'>
export function heard(before: Penalty, event: HearingEvent): Penalty {
  if (event.data === null) return before
  const hearing = before.hearing ?? { state: 'asked' as const, on: null, place: null, chair: null }
  switch (event.type) {
    case 'hearingWished':
      return { ...before, hearing: { ...hearing, state: event.data.wish === 'asks' ? 'asked' : 'waived' } }
    case 'hearingAnswered':
      return { ...before, hearing: { ...hearing, state: event.data.answer } }
    case 'hearingArranged': {
      const { on, place } = event.data
      return { ...before, hearing: { state: 'arranged', on: new Date(on).toISOString(), place, chair: nameOf(event) } }
    }
    case 'hearingEnded':
      return { ...before, hearing: { ...hearing, state: event.data.course } }
  }
}

export function hearingRow({ row }: Matter, event: HearingEvent): Partial<MatterRow> {
  if (event.data === null) return {}
  const { person } = event.data
  switch (event.type) {
    case 'hearingWished':
      return { limits: begun(met(row.limits, ['hear-request'], person), event.data.limits, row.unit, person) }
    case 'hearingAnswered': {
      const done = event.data.answer === 'refused' ? ['hear-steps.accept', 'hear-steps.hold'] : ['hear-steps.accept']
      return { limits: met(row.limits, done, person) }
    }
    case 'hearingArranged':
      return { limits: begun(met(row.limits, ['hear-steps.accept'], person), event.data.limits, row.unit, person) }
    case 'hearingEnded':
      return { limits: met(row.limits, ['hear-steps.accept', 'hear-steps.hold', 'hear-steps.notice'], person) }
  }
}
