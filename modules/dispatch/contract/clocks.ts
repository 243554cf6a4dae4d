import { z } from 'zod'
import type { Clock } from '#kernel/clock.ts'
import { instant, unitCode } from '#kernel/text.ts'
import { type Rung, rungs } from '../rules/ladder.ts'
import { type WaitPoint, waitPoints, type WaitRule, waitRules } from '../rules/waiting.ts'

/** A setting as it was when a clock began; `unit` null: the module's own value. */
const given = z.strictObject({ key: z.string(), value: z.number(), unit: unitCode.nullable() })
/** Not there on what was recorded before settings were kept with their points. */
const set = z.array(given).optional()
/** When each rung comes, in milliseconds after the lines were sent, as it was set then. Not there on what never climbs. */
export const ladder = z.array(z.strictObject({ name: z.enum(rungs), after: z.int(), set })).optional()
/** What the event begins to wait for: when each point is due, in milliseconds after it, and the settings that say so. */
export const limits = z
  .array(
    z.strictObject({
      rule: z.enum(waitRules),
      points: z.array(z.strictObject({ name: z.enum(waitPoints), after: z.int(), set: z.array(given) })).min(1),
    }),
  )
  .optional()
export type Limits = NonNullable<z.infer<typeof limits>>
/** How far they have to go as the crow flies, to the next hundred metres, from the nearest patrol that is sent or else from its station, and how fast anybody gets there. Where they were is not kept. */
export const way = z.strictObject({ of: z.enum(['patrol', 'station']), metres: z.int(), most: given }).optional()
export type Way = NonNullable<z.infer<typeof way>>

export const clockCommands = {
  /** By the system: a rung of the receipt ladder is due. */
  climb: z.strictObject({ clock: z.string(), rung: z.enum(rungs), due: instant }),
  /** By the system: a point of what is waited for is due. */
  lapse: z.strictObject({ clock: z.enum(waitRules), point: z.enum(waitPoints), due: instant }),
} as const

/** The bells beyond the screens that it rings, by their codes; not there where it rings none. */
const bells = z.array(z.string()).optional()

export const clockEvents = {
  /** A rung of the ladder of this line: when it was due, whether it came late, and whether it is still worth a bell. */
  climbed: z.strictObject({
    clock: z.string(),
    line: z.int(),
    unit: unitCode,
    rung: z.enum(rungs),
    due: instant,
    late: z.boolean(),
    rings: z.boolean(),
    bells,
  }),
  /** What was waited for has not come: when it was due, whether this is recorded late, and whether it is still worth a bell. */
  lapsed: z.strictObject({
    clock: z.enum(waitRules),
    point: z.enum(waitPoints),
    unit: unitCode,
    due: instant,
    late: z.boolean(),
    rings: z.boolean(),
    bells,
  }),
} as const

export const findingRules = ['stamps-out-of-order', 'never-signed', 'never-assigned', 'never-departed', 'too-fast'] as const

/** How far a line without a receipt has climbed. `clock` null: the last rung is behind it. `rung` null: none yet. */
export interface Climb {
  readonly line: number
  readonly clock: Clock | null
  readonly rung: { readonly name: Rung; readonly at: string; readonly rings: boolean } | null
}

/** Something that is waited for. `clock` null: its last point is behind it. `last` null: none yet. */
export interface Wait {
  readonly rule: WaitRule
  readonly clock: Clock | null
  readonly last: { readonly point: WaitPoint; readonly at: string; readonly rings: boolean } | null
}
