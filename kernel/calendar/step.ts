import type { Day } from './day.ts'
import type { Term } from './term.ts'
import type { Off, Year } from './year.ts'

/** Who allowed it, and when: an instant in UTC. */
export interface Approval {
  readonly by: string
  readonly at: string
}

/** Why time does not count. AP 35 (travel), 58 (restraint until sober), 165; PSL25 118; CP 257. Words: `limit.pause.<reason>`. */
export const pauseReasons = ['appraisal', 'psychiatricAppraisal', 'hearing', 'publicNotice', 'restraint', 'travel'] as const
export type PauseReason = (typeof pauseReasons)[number]

/** Instants in UTC; `to` null: it still goes on. */
export interface Pause {
  readonly from: string
  readonly to: string | null
  readonly reason: PauseReason
  readonly approval: Approval | null
}

/** So much more, counted as the limit is. */
export interface Extension {
  readonly term: string
  readonly approval: Approval
}

/** Why a limit is counted anew. AP 62, 185; CP 152. Words: `limit.restart.<reason>`. */
export const restartReasons = ['transfer', 'mediationFailed', 'agreementBroken', 'identityFound'] as const
export type RestartReason = (typeof restartReasons)[number]

export interface Restart {
  readonly from: string
  readonly reason: RestartReason
  readonly approval: Approval | null
}

/** How a due moment came about, in data: one thing that the count did. Days are those where the force is, instants in UTC. */
export type Step =
  /** The count that was given up for a new one: when it had begun and when it would have ended, null where it stood still or could not be counted. */
  | { readonly is: 'restarted'; readonly from: string; readonly due: string | null; readonly restart: Restart }
  /** Hours run from the exact minute: the stricter reading of "the starting hour is not counted". */
  | { readonly is: 'beginsMinute'; readonly at: string }
  /** The day of the trigger is not counted. */
  | { readonly is: 'beginsDay'; readonly at: string; readonly first: Day }
  /** One day of prior restraint is one day (PSL25 110; AP 163). */
  | { readonly is: 'offset'; readonly days: number }
  | { readonly is: 'extended'; readonly term: Term; readonly approval: Approval }
  /** Where the term with its extensions ends, before pauses and days off; in working days after them. */
  | { readonly is: 'countedHours'; readonly term: Term; readonly until: string }
  | { readonly is: 'countedDays'; readonly term: Term; readonly last: Day }
  /** Time out of the limit, what an earlier pause had taken out not counted again. 0: it came when the limit was over, or began and ended on one day. */
  | { readonly is: 'pausedHours'; readonly pause: Pause; readonly minutes: number }
  | { readonly is: 'pausedDays'; readonly pause: Pause; readonly days: number }
  /** No working day, not counted or moved over. */
  | { readonly is: 'skipped'; readonly day: Day; readonly why: Off }
  /** A Saturday or Sunday on which one works: counted. */
  | { readonly is: 'swapped'; readonly day: Day }
  | { readonly is: 'movedOn'; readonly from: Day; readonly to: Day }
  /** Liberty: the last day stays the last, whatever day it is. */
  | { readonly is: 'notMoved'; readonly day: Day; readonly why: Off }
  /** Whether this day is a day off is not published yet. */
  | { readonly is: 'unsettled'; readonly day: Day; readonly year: number }
  /** The table of a year that was looked at. */
  | ({ readonly is: 'table' } & Pick<Year, 'year' | 'source' | 'verified' | 'n'>)
  /** `day`: at the end of it. */
  | { readonly is: 'due'; readonly at: string; readonly day: Day | null }
