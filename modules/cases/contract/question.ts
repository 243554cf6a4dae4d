import { z } from 'zod'
import { statutoryLimit } from '#kernel/statute/stored.ts'
import { text, unitCode, uuid } from '#kernel/text.ts'
import type { Running } from './parts.ts'

/** The stream of a question: the incident's id after `question:`. */
export const questionStream = z
  .string()
  .regex(/^question:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, { error: 'stream' })

/** Why an incident of a case type came to no case, as a station may say; its sub-bureau confirms or does not. */
export const explanations = ['noCase', 'mediatedOnSpot', 'falseReport', 'duplicate', 'otherUnit'] as const

const about = z.strictObject({
  incident: uuid,
  incidentNumber: z.string(),
  incidentKind: z.string(),
  /** As the call taker has written it, and the place in words where there are any. */
  narrative: z.string(),
  place: z.string().nullable(),
  station: unitCode,
  closed: z.string(),
})

const limits = z.array(statutoryLimit)

export const questionCommands = {
  /** By the system, from dispatch: an incident of a case type was closed. */
  ask: about,
  /** By the system: a report of this incident was accepted. */
  answer: z.strictObject({ matter: uuid, matterNumber: z.string() }),
  explain: z.strictObject({ explanation: z.enum(explanations), reason: text(1000) }),
  confirmExplanation: z.strictObject({}),
  rejectExplanation: z.strictObject({ reason: text(500) }),
} as const

export const questionEvents = {
  /** `path`: the units from the root to the station. */
  asked: z.strictObject({ ...about.shape, path: z.array(unitCode), limits }),
  answered: z.strictObject({ matter: uuid, matterNumber: z.string() }),
  explained: z.strictObject({ explanation: z.enum(explanations), reason: z.string(), limits }),
  explanationConfirmed: z.strictObject({}),
  explanationRejected: z.strictObject({ reason: z.string(), limits }),
} as const

export const questionPhases = ['open', 'explained', 'answered', 'confirmed'] as const

export interface QuestionRow {
  readonly id: string
  readonly n: number
  readonly incident: string
  readonly incidentNumber: string
  readonly incidentKind: string
  readonly narrative: string
  readonly place: string | null
  readonly station: string
  readonly path: readonly string[]
  readonly closed: string
  readonly phase: (typeof questionPhases)[number]
  /** The station's word while its sub-bureau has not decided, and after it has agreed. */
  readonly explained: {
    readonly explanation: (typeof explanations)[number]
    readonly reason: string
    readonly by: string
    readonly account: string
    readonly at: string
  } | null
  readonly rejected: { readonly reason: string; readonly by: string; readonly at: string } | null
  readonly matter: { readonly id: string; readonly number: string } | null
  readonly limits: readonly Running[]
}
