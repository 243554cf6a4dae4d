import { z } from 'zod'
import { statutoryLimit } from '#kernel/statute/stored.ts'
import { instant, text, uuid } from '#kernel/text.ts'
import { defences } from './decision.ts'
import { officer } from './parts.ts'

/** PSL25 119: what may be imposed on the spot at all. */
export const spotPenalties = ['warning', 'fine'] as const
/** PSL25 123: why a fine is taken on the spot: it is small and nobody disputes it; he asks for it where the bank is hard to reach; he has no fixed home here. */
export const collections = ['undisputed', 'remote', 'noHome'] as const

const person = uuid

export const spotCommands = {
  /** 当场处罚, all of it at once: what an officer has imposed, told, heard and handed over where he found it. */
  imposeOnTheSpot: z.strictObject({
    person,
    /** When that was; just now, where nothing is said. */
    imposed: instant.optional(),
    penalty: z.enum(spotPenalties),
    fine: z.int().min(1).max(1_000_000).optional(),
    article: text(200),
    facts: text(4000),
    clearFacts: z.boolean().optional(),
    noVice: z.boolean().optional(),
    cardShown: z.boolean().optional(),
    rightsTold: z.boolean().optional(),
    guardian: text(60).optional(),
    guardianAbsent: text(300).optional(),
    said: z.enum(defences),
    statement: text(4000).optional(),
    recheck: text(2000).optional(),
    second: uuid.optional(),
    recorded: z.boolean().optional(),
    handedOver: z.boolean().optional(),
    collection: z.enum(collections).optional(),
    receipt: text(100).optional(),
  }),
  /** 备案: reported to the agency whose officer imposed it. */
  reportOnTheSpot: z.strictObject({ person }),
  /** What was collected, handed in to the agency, and by it to the bank. */
  turnInFine: z.strictObject({ person, receipt: text(100) }),
  bankFine: z.strictObject({ person, receipt: text(100) }),
} as const

const limits = z.array(statutoryLimit)

export const spotEvents = {
  /** Beside the events of the same moment: drafted, told, heard, decided, served and, where it was collected, paid. */
  imposedOnTheSpot: z.strictObject({
    person,
    imposed: z.string(),
    recorded: z.boolean().optional(),
    officers: z.array(officer),
    collection: z.enum(collections).optional(),
    limits,
  }),
  reportedOnTheSpot: spotCommands.reportOnTheSpot,
  fineTurnedIn: spotCommands.turnInFine.extend({ limits }),
  fineBanked: spotCommands.bankFine,
} as const

/** What is left of a penalty that was imposed on the spot. `money`: of a fine that was collected. */
export const spotState = z.object({
  imposed: z.string(),
  officers: z.array(officer),
  reported: z.boolean(),
  collection: z.enum(collections).nullable(),
  money: z.enum(['collected', 'turnedIn', 'banked']).nullable(),
})
export type Spot = z.infer<typeof spotState>
