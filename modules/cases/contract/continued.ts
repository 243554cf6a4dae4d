import { z } from 'zod'
import { statutoryLimit } from '#kernel/statute/stored.ts'
import { instant, uuid } from '#kernel/text.ts'

/** Why somebody may be questioned on at the police (POL 9). */
export const continueGrounds = ['accused', 'atScene', 'identityUnclear', 'stolenGoods'] as const
/** Where he was stopped. From home or work nobody is taken (CQ 9). */
export const stoppedAt = ['street', 'venue', 'home', 'workplace'] as const
export const continueLevels = ['cq-12', 'cq-24', 'cq-48'] as const
export type ContinueLevel = (typeof continueLevels)[number]
/** Why it is not cleared yet; only who withholds name, address or origin is kept for 48 hours. */
export const unclearWhy = ['notCleared', 'identityWithheld'] as const

const person = uuid
export const continuedActs = [
  z.strictObject({ kind: z.literal('continueQuestioning'), person, continueLevel: z.enum(continueLevels), unclear: z.enum(unclearWhy) }),
] as const

const brought = { person, continueGround: z.enum(continueGrounds), stopped: z.enum(stoppedAt) }
export const continuedCommands = {
  /** 带至公安机关继续盘问. `onTheSpot`: he was questioned and checked where he was stopped; `detainable`: the act may be punished with detention. */
  bringIn: z.strictObject({
    ...brought,
    onTheSpot: z.boolean().optional(),
    detainable: z.boolean().optional(),
    arrived: instant.optional(),
  }),
} as const

export const continuedEvents = {
  broughtIn: z.strictObject({ ...brought, arrived: z.string(), limit: statutoryLimit }),
  /** `limit`: where it has become longer. */
  questioningContinued: z.strictObject({
    person,
    continueLevel: z.enum(continueLevels),
    unclear: z.enum(unclearWhy),
    limit: statutoryLimit.optional(),
  }),
} as const
