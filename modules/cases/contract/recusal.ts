import { z } from 'zod'
import { statutoryLimit } from '#kernel/statute/stored.ts'
import { text, uuid } from '#kernel/text.ts'
import { officer } from './parts.ts'

/** Why somebody may not handle a case (AP 17). */
export const recusalGrounds = ['party', 'interest', 'otherRelation'] as const
const asking = {
  /** Whose recusal: an officer of the case, or a head who would decide in it. */
  account: uuid,
  recusalGround: z.enum(recusalGrounds),
  /** The party that asks for it; without one he asks for himself, or the agency sees it. */
  person: uuid.optional(),
}

export const recusalActs = [z.strictObject({ kind: z.literal('recuse'), ...asking })] as const

export const recusalCommands = {
  /** Who has asked is told the decision. */
  tellRecusal: z.strictObject({ request: z.int().min(1), told: text(300) }),
} as const

export const recusalEvents = {
  recusalAsked: z.strictObject({ request: z.int().min(1), officer, limit: statutoryLimit, ...asking }),
  officerRecused: z.strictObject({ officer, request: z.int().min(1) }),
  recusalTold: recusalCommands.tellRecusal,
} as const

/** One recusal that was asked for. `told`: who has asked knows the outcome. */
export interface RecusalRow {
  readonly request: number
  readonly officer: z.infer<typeof officer>
  readonly recusalGround: (typeof recusalGrounds)[number]
  readonly person: string | null
  readonly at: string
  readonly outcome: (typeof recusalOutcomes)[number]
  readonly told: boolean
}
export const recusalOutcomes = ['open', 'recused', 'kept', 'withdrawn'] as const
