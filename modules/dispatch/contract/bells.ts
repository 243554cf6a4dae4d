import { z } from 'zod'
import { instant, text, unitCode } from '#kernel/text.ts'

/** The stream of a bell: its code after `bell:`. */
export const bellStream = z.string().regex(/^bell:[0-9A-Za-z][0-9A-Za-z-]{0,39}$/, { error: 'stream' })

/** How a bell beyond the screens is reached. */
export const bellChannels = ['webhook', 'printer'] as const
/** The rungs of the receipt ladder that can ring one; the finding rings nobody. */
export const ladderRungs = ['ring', 'assign', 'city'] as const
export type LadderRung = (typeof ladderRungs)[number]
/** What a wait rings one for: that what it waits for is late. */
export const lateRungs = ['lateAssignment', 'lateDeparture', 'lateArrival', 'lateFeedback'] as const
export type LateRung = (typeof lateRungs)[number]
/** All that can ring one. A bell that was set before there was more than the ladder names rungs of the ladder only, and rings for these. */
export const bellRungs = [...ladderRungs, ...lateRungs, 'drill'] as const
export type BellRung = (typeof bellRungs)[number]
/** What a new bell rings for when nothing is chosen. */
export const usualRungs: readonly BellRung[] = ['assign', ...lateRungs, 'drill']
/** `rung`: in time. `expired`: too late to ring, or the receipt had come; `delivered` says whether it was sent all the same. `withdrawn`: the bell was retired. */
export const bellOutcomes = ['rung', 'expired', 'withdrawn'] as const

const about = { unit: unitCode, channel: z.enum(bellChannels), target: text(500) }
const rungs = z.array(z.enum(bellRungs)).min(1).max(bellRungs.length)

export const bellCommands = {
  /** Adds or changes the bell of this stream (`bell:<code>`): it rings for these of incidents of the unit and of those below it, and for drills that the unit is in. */
  setBell: z.strictObject({ ...about, rungs: rungs.optional() }),
  retireBell: z.strictObject({ reason: text(500) }),
  /** By the system, on the incident or the drill: what a bell's ringing has come to. `effect` as the event made it. */
  recordBell: z.strictObject({
    effect: z.string(),
    target: z.string(),
    outcome: z.enum(bellOutcomes),
    delivered: z.boolean(),
    tries: z.int(),
    error: z.string().nullable(),
  }),
} as const

export const bellEvents = {
  /** `path`: the units from the root to `unit`. */
  bellSet: z.strictObject({ ...about, target: z.string(), path: z.array(unitCode), rungs }),
  bellRetired: z.strictObject({ reason: z.string() }),
  /** On the incident: what the bell's ringing came to, at which address, after how many attempts; `error` of the last one that failed. */
  belled: z.strictObject({
    effect: z.string(),
    bell: z.string(),
    rung: z.enum(bellRungs),
    due: instant,
    target: z.string(),
    outcome: z.enum(bellOutcomes),
    delivered: z.boolean(),
    tries: z.int(),
    error: z.string().nullable(),
  }),
} as const

/** A bell as its administrator sees it. `waiting`: what is still to be delivered, `since` when; `tries`, `error` and `next` of what is first in line. */
export interface BellRow {
  readonly code: string
  readonly unit: string
  readonly channel: (typeof bellChannels)[number]
  readonly target: string
  readonly rungs: readonly BellRung[]
  readonly waiting: {
    readonly count: number
    readonly since: string
    readonly tries: number
    readonly error: string | null
    readonly next: string | null
  } | null
  readonly last: {
    readonly at: string
    readonly number: string
    readonly rung: BellRung
    readonly outcome: (typeof bellOutcomes)[number]
    readonly delivered: boolean
    readonly tries: number
    readonly error: string | null
  } | null
}
