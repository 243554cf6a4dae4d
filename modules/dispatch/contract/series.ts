import { z } from 'zod'
import type { Refusal } from '#kernel/decider.ts'
import { instant, text, unitCode, uuid } from '#kernel/text.ts'
import { weekdays } from '../rules/series.ts'
import { limitSeconds, whyMissed } from './drill.ts'

/** The stream of a series of drills: its UUID after `drill-series:`. */
export const seriesStream = z
  .string()
  .regex(/^drill-series:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, { error: 'stream' })

const day = z.iso.date({ error: 'day' })
const weekly = {
  weekdays: z.array(z.enum(weekdays)).min(1, { error: 'required' }).max(weekdays.length),
  /** HH:MM where the force is. */
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'timeOfDay' }),
}

export const seriesCommands = {
  /** Has all units below `unit` drilled at this time of these weekdays; `from` is today when it is left out, both days are whole. */
  planSeries: z.strictObject({ unit: unitCode, ...weekly, limitSeconds, reason: text(200), from: day.optional(), until: day }),
  endSeries: z.strictObject({ reason: text(500) }),
  /** By the system: its moment has come; `drill` derives from the unit and the moment. */
  runSeries: z.strictObject({ drill: uuid, due: instant }),
} as const

export const seriesEvents = {
  /** `path`: the units from the root to `unit`. `next`: when it rings first. */
  seriesPlanned: z.strictObject({
    unit: unitCode,
    path: z.array(unitCode),
    bureau: unitCode,
    ...weekly,
    limitSeconds: z.int(),
    reason: z.string(),
    from: day,
    until: day,
    next: instant,
  }),
  /** `missed` null: the drill has started. `next` null: that was the last. */
  seriesRan: z.strictObject({ drill: uuid, due: instant, missed: whyMissed.nullable(), next: instant.nullable() }),
  seriesEnded: z.strictObject({ reason: z.string() }),
} as const

/** A series as lists show it. `next` null: it is over, by its last day or because it was ended. */
export interface SeriesRow
  extends Pick<
    z.infer<typeof seriesEvents.seriesPlanned>,
    'unit' | 'bureau' | 'weekdays' | 'time' | 'limitSeconds' | 'reason' | 'from' | 'until'
  > {
  readonly id: string
  readonly path: readonly string[]
  readonly planned: { readonly at: string; readonly by: string }
  readonly next: string | null
  /** How often its moment has come, and how often it rang nobody then. */
  readonly ran: number
  readonly missed: number
  readonly ended: { readonly at: string; readonly by: string; readonly reason: string } | null
}

export interface SeriesViews {
  /** `?unit=` at or below one of the reader's units: its series, what rings next first, at most `seriesRows`. Units below are not told: who expects a drill is not drilled. */
  drillSeries: {
    readonly rows: readonly (SeriesRow & { readonly can: { readonly endSeries?: true | Pick<Refusal, 'rule' | 'values'> } })[]
  }
}
