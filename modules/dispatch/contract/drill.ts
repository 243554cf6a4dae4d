import { z } from 'zod'
import type { Refusal } from '#kernel/decider.ts'
import { instant, text, unitCode, uuid } from '#kernel/text.ts'
import { bellChannels, bellOutcomes } from './bells.ts'
import { drillChannels, type DrillChannel, drillLimit, drillSeconds, drillStart } from '../rules/drill.ts'

/** The stream of a drill: its UUID after `drill:`. */
export const drillStream = z.string().regex(/^drill:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, { error: 'stream' })

export const limitSeconds = z.int().min(drillSeconds.least).max(drillSeconds.most)
const channel = z.enum(drillChannels)
const receipt = z.strictObject({ unit: unitCode, channel, account: uuid, name: z.string(), time: instant })
/** `late`: no server was there in time; `down`: the same, of a series; `nobody`: there is no unit below. */
export const whyMissed = z.enum(['late', 'down', 'nobody'])

export const drillCommands = {
  /** Plans a drill of all units below `unit`; without `at` it starts at once. */
  planDrill: z.strictObject({ unit: unitCode, at: instant.optional(), limitSeconds, reason: text(200) }),
  cancelDrill: z.strictObject({ reason: text(500) }),
  /** The receipt of one of the giver's units. */
  signDrill: z.strictObject({ unit: unitCode }),
  /** By the system: one of its clocks has come to its point. */
  passDrill: z.strictObject({ clock: z.enum([drillStart, drillLimit]), due: instant }),
  /** By the system, from the screens: which units have it before them. */
  deliverDrill: z.strictObject({ receipts: z.array(receipt).min(1) }),
} as const

/** A bell that it rings beyond the screens, of one of its units. */
const bell = { bell: z.string(), unit: unitCode, channel: z.enum(bellChannels) }
const target = z.strictObject({ unit: unitCode, level: z.enum(['station', 'subBureau']), subBureau: unitCode })

export const drillEvents = {
  /** `path`: the units from the root to `unit`. `start`: when it is to begin. */
  drillPlanned: z.strictObject({
    unit: unitCode,
    path: z.array(unitCode),
    bureau: unitCode,
    start: instant,
    limitSeconds: z.int(),
    reason: z.string(),
    /** Of which series it is a run, and who had planned that. */
    series: z.strictObject({ id: uuid, by: z.string() }).optional(),
  }),
  /** With the units that there were at that moment, and those of their bells that ring for drills. Who signs until `until` signs within the limit. */
  drillStarted: z.strictObject({
    due: instant,
    late: z.boolean(),
    until: instant,
    units: z.array(target),
    bells: z.array(z.strictObject(bell)).min(1).optional(),
  }),
  drillDelivered: z.strictObject({ receipts: z.array(receipt) }),
  /** What the ringing of a bell came to, as `belled` has it for an incident. */
  drillBelled: z.strictObject({
    ...bell,
    effect: z.string(),
    target: z.string(),
    outcome: z.enum(bellOutcomes),
    delivered: z.boolean(),
    tries: z.int(),
    error: z.string().nullable(),
  }),
  drillSigned: z.strictObject({ unit: unitCode, channel, late: z.boolean() }),
  drillEnded: z.strictObject({ due: instant, late: z.boolean() }),
  drillCancelled: z.strictObject({ reason: z.string() }),
  /** It did not take place. */
  drillMissed: z.strictObject({ due: instant, why: whyMissed }),
} as const

/** `POST /signal/dispatch/acknowledgeDrill`: what a screen has painted, for which of the reader's units. */
export const drillSignal = z.strictObject({
  drills: z
    .array(z.strictObject({ drill: uuid, unit: unitCode }))
    .min(1)
    .max(50),
})

export const drillPhases = ['planned', 'running', 'ended', 'cancelled', 'missed'] as const
export type DrillPhase = (typeof drillPhases)[number]

/** A drill without its units. Instants of the server. */
export interface DrillRow {
  readonly id: string
  readonly unit: string
  readonly path: readonly string[]
  readonly bureau: string
  readonly phase: DrillPhase
  readonly limitSeconds: number
  readonly reason: string
  readonly planned: { readonly at: string; readonly by: string }
  readonly start: string
  readonly started: { readonly at: string; readonly late: boolean } | null
  readonly until: string | null
  readonly cancelled: { readonly at: string; readonly by: string; readonly reason: string } | null
  readonly missed: z.infer<typeof whyMissed> | null
  /** The series that it is a run of; not there where it was planned for itself. */
  readonly series?: string
}

/** Where and when a unit was reached, or signed, and by whom, or by which bell; an instant of the server. */
export interface DrillMark {
  readonly at: string
  readonly by: string
  readonly channel: DrillChannel
}

/** One unit of a drill. `delivered`: one mark a channel, the first. `signed` null: it is silent. `bells`: the channels beyond the screens that ring it; not there where none does. */
export interface DrillUnit {
  readonly unit: string
  readonly level: 'station' | 'subBureau'
  readonly subBureau: string
  readonly delivered: readonly DrillMark[]
  readonly bells?: readonly DrillChannel[] | undefined
  readonly signed: (DrillMark & { readonly late: boolean }) | null
}

/** Of the units that the list is for. */
export interface DrillCounts {
  readonly units: number
  readonly delivered: number
  readonly within: number
  readonly late: number
}

/** What a unit is shown of a drill that it is in. */
export type DrillNow = Pick<DrillRow, 'id' | 'unit' | 'phase' | 'limitSeconds' | 'reason'> & {
  readonly until: string
  readonly own: DrillUnit
}

type Said = true | Pick<Refusal, 'rule' | 'values'>

export interface DrillViews {
  /** `?unit=` at or below one of the reader's units: drills that it has planned or is in, newest first; at most `drillRows`. */
  drills: { readonly rows: readonly (DrillRow & { readonly counts: DrillCounts })[] }
  /** `?id=`: one drill with those of its units that the reader sees, and what he may do; `unit`: the one of his that is to sign. */
  drill: {
    readonly row: DrillRow
    readonly units: readonly DrillUnit[]
    readonly unit: string | null
    readonly can: { readonly signDrill?: Said; readonly cancelDrill?: Said }
  }
  /** `?unit=`, one of the reader's own: drills that run there, and those whose limit has passed within `shownAfterMs` and that it has not signed. */
  drillsNow: { readonly rows: readonly DrillNow[] }
}
