import { Refusal } from '#kernel/decider.ts'
import { dayOf, hourOf } from '#kernel/day.ts'
import { pauseLimit, resumeLimit, ruleOn } from '#kernel/statute.ts'
import type { Event } from '../contract.ts'
import type { Arrival, StayRow } from '../contract/inquiry.ts'
import type { Running } from '../contract/parts.ts'
import { nights } from '../rules/continued.ts'
import { rules } from '../rules/rows.ts'
import type { Asked, Of } from './asked.ts'
import { vulnerable } from './continuing.ts'
import { begin } from './counting.ts'
import type { Matter } from './matter.ts'
import { hereOf, openSession, staysOf, summonsOf } from './stays.ts'
import { articleOf, familyLaw, keptUnder, suspectOf } from './summoning.ts'

/** Of one who was summoned, how; who comes of his own accord or is brought by others needs no summons (AP 70). */
function arrivalOf(matter: Matter, { person, arrival }: Of<'recordArrival'>, at: string): Arrival {
  if (arrival !== 'summoned') return arrival
  const summons = summonsOf(matter, person)
  if (summons === undefined) throw new Refusal('summon-first', { field: 'data.arrival', article: articleOf('sum-summon', at) })
  return summons.summons
}

/** From the moment he came, whenever it is recorded. */
export function recordArrival(matter: Matter, data: Of<'recordArrival'>, asked: Asked): Event[] {
  const { person } = data
  suspectOf(matter, person, asked.at)
  const arrived = new Date(data.arrived ?? asked.at).toISOString()
  if (arrived > asked.at) throw new Refusal('in-future', { field: 'data.arrived' })
  const last = staysOf(matter, person).at(-1)
  if (last !== undefined && (last.left === null || arrived < last.left))
    throw new Refusal('stays-already', { article: articleOf('q-no-chain', asked.at) })
  const arrival = arrivalOf(matter, data, asked.at)
  return [{ type: 'arrived', data: { person, arrival, arrived, limit: begin(asked, 'q-8h', arrived) } }]
}

function kept(matter: Matter, person: string, at: string): { readonly stay: StayRow; readonly limit: Running } {
  const stay = hereOf(matter, person)
  const limit = keptUnder(matter, person)
  if (stay === undefined || limit === undefined) throw new Refusal('not-here', { field: 'data.person', article: articleOf('q-8h', at) })
  return { stay, limit }
}

export function tellFamily(matter: Matter, data: Of<'tellFamily'>, { at }: Asked): Event[] {
  const { stay } = kept(matter, data.person, at)
  if (stay.family !== null && stay.family.told !== null) throw new Refusal('family-told')
  if ((data.told === undefined) === (data.untold === undefined))
    throw new Refusal('told-or-why-not', { field: 'data.told', article: familyLaw(stay, at) })
  return [{ type: 'familyTold', data }]
}

export function checkSafety(matter: Matter, data: Of<'checkSafety'>, { at }: Asked): Event[] {
  const { stay } = kept(matter, data.person, at)
  const article = articleOf('q-safety-check', at)
  if (stay.checked) throw new Refusal('checked-already', { article })
  if (suspectOf(matter, data.person, at).sex === 'female' && data.byWomen !== true)
    throw new Refusal('by-women', { field: 'data.byWomen', article })
  return [{ type: 'safetyChecked', data }]
}

export function restrain(matter: Matter, { person, reason }: Of<'restrain'>, { at, facts: { calendar } }: Asked): Event[] {
  const { limit } = kept(matter, person, at)
  if (openSession(matter, person) !== undefined) throw new Refusal('session-open', { article: articleOf('q-drunk', at) })
  const pause = { from: at, reason: 'restraint', approval: null } as const
  return [{ type: 'restrained', data: { person, reason, limit: pauseLimit(limit.limit, pause, { calendar, now: at }) } }]
}

export function sober(matter: Matter, { person }: Of<'sober'>, { at, facts: { calendar } }: Asked): Event[] {
  const { limit } = kept(matter, person, at)
  return [{ type: 'sobered', data: { person, limit: resumeLimit(limit.limit, 'restraint', at, { calendar, now: at }) } }]
}

const leavingLaw = ({ arrival }: StayRow, at: string): string =>
  arrival === 'continued' ? ruleOn(rules, 'cq-end', dayOf(at)).article : articleOf('sum-summon', at)

/** Nothing keeps anybody from leaving but the record of what he is being asked. */
export function recordDeparture(matter: Matter, data: Of<'recordDeparture'>, { at }: Asked): Event[] {
  const { person, signature, note } = data
  const { stay, limit } = kept(matter, person, at)
  const left = new Date(data.left ?? at).toISOString()
  if (left > at) throw new Refusal('in-future', { field: 'data.left' })
  if (left < stay.arrived) throw new Refusal('ends-before', { field: 'data.left' })
  if (openSession(matter, person) !== undefined) throw new Refusal('session-open', { article: articleOf('q-sign', at) })
  if (signature !== 'signed' && note === undefined)
    throw new Refusal('refusal-noted', { field: 'data.note', article: leavingLaw(stay, at) })
  escorted(matter, data, left)
  return [...overtime(limit, left), { type: 'departed', data: { ...data, left } }]
}

/** At night somebody fetches or brings home whom the law spares the waiting room (CQ 10). */
function escorted(matter: Matter, { person, escort }: Of<'recordDeparture'>, left: string): void {
  if (escort !== undefined || hereOf(matter, person)?.arrival !== 'continued') return
  const hour = hourOf(left)
  if ((hour >= nights.from || hour < nights.until) && vulnerable(suspectOf(matter, person, left), left))
    throw new Refusal('cq-escort', { field: 'data.escort', article: ruleOn(rules, 'cq-vulnerable', dayOf(left)).article })
}

/** Who was kept too long was so whatever the clocks have come to. */
function overtime({ limit, subject, unit, state }: Running, left: string): Event[] {
  const { rule, due, standing } = limit
  if (standing || state === 'breached' || left <= due || subject === null) return []
  return [{ type: 'limitBreached', data: { rule, subject, unit, due } }]
}
