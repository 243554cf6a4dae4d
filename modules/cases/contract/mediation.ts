import { z } from 'zod'
import { statutoryLimit } from '#kernel/statute/stored.ts'
import { text, uuid } from '#kernel/text.ts'
import { officer } from './parts.ts'

/** AP 178: what makes it a matter that may be settled: a quarrel among those who know each other, the victim's own fault before, or that peace is made more easily so. */
export const mediationCauses = ['quarrel', 'victimFault', 'peace'] as const
/** Why it came to no agreement; with the last two mediation is over for good (AP 179). */
export const mediationFailures = ['noTerms', 'unwilling', 'newAct', 'fled'] as const
/** PSL25 9; AP 186: they settled it themselves, or before a people's mediation committee. */
export const privateWays = ['reconciled', 'committee'] as const
export const mediationStates = ['open', 'failed', 'agreed', 'kept', 'broken'] as const

/** The suspect whose act is settled with those who suffered by it. */
const person = uuid

/** AP 178, 179, each stated by the officer: a minor act (情节较轻), none of what shuts mediation out. */
const scope = { mediationCause: z.enum(mediationCauses), minorAct: z.boolean().optional(), noneExcluded: z.boolean().optional() }
/** Who was there and how it was held: the suspect himself, a victim or whom he has sent with a power. */
const held = {
  place: text(200),
  /** Another officer; without one it is recorded whole (AP 52). */
  second: uuid.optional(),
  recorded: z.boolean().optional(),
  /** Of a minor of either side (AP 181). */
  guardian: text(60).optional(),
  /** He lives by his own work and does not want them told. */
  ownIncome: z.boolean().optional(),
  /** Who helped to settle it, as of the residents' committee (AP 182). */
  helped: text(100).optional(),
  proxy: text(200).optional(),
} as const

/** 0: done on the spot. */
const performDays = z.int().min(0).max(180)

export const mediationCommands = {
  /** Both sides want it. */
  openMediation: z.strictObject({ person, ...scope, bothWilling: z.boolean().optional() }),
  /** 调解协议, signed by both sides: what is to be done, and within how many days. */
  agree: z.strictObject({ person, ...held, terms: text(4000), performDays, bothSigned: z.boolean().optional() }),
  /** `suitTold`: that the civil part may go to court. */
  failMediation: z.strictObject({ person, failure: z.enum(mediationFailures), reason: text(500), suitTold: z.boolean().optional() }),
  /** What shows that all of it has been done. */
  keepAgreement: z.strictObject({ person, proof: text(500) }),
  breakAgreement: z.strictObject({ person, reason: text(500), suitTold: z.boolean().optional() }),
} as const

/** 和解、人民调解, kept already and asked for in writing by both: approved by the agency. */
export const mediationActs = [
  z.strictObject({
    kind: z.literal('acceptSettlement'),
    person,
    settledBy: z.enum(privateWays),
    ...scope,
    terms: text(4000),
    bothAsk: z.boolean().optional(),
    performed: z.boolean().optional(),
  }),
] as const

const limits = z.array(statutoryLimit)
const { second: _second, ...wasHeld } = held

export const mediationEvents = {
  /** `round`: 2 for the second and last (AP 183). */
  mediationOpened: z.strictObject({ person, mediationCause: scope.mediationCause, round: z.int().min(1).max(2), limits }),
  /** `last`: nobody else of the case is left to be decided on. */
  agreed: z.strictObject({
    person,
    ...wasHeld,
    officers: z.array(officer),
    terms: z.string(),
    performDays,
    last: z.boolean(),
    limits,
  }),
  /** `limits`: to decide it, counted from here (AP 185). */
  mediationFailed: z.strictObject({ person, failure: z.enum(mediationFailures), reason: z.string(), limits }),
  agreementKept: mediationCommands.keepAgreement,
  agreementBroken: z.strictObject({ person, reason: z.string(), limits }),
  settlementAccepted: z.strictObject({
    person,
    settledBy: z.enum(privateWays),
    mediationCause: scope.mediationCause,
    terms: z.string(),
    last: z.boolean(),
  }),
} as const

/** How far it has come with one suspect. Instants in UTC; null: not so. */
export const mediationState = z.object({
  state: z.enum(mediationStates),
  mediationCause: scope.mediationCause,
  round: z.int(),
  /** When the first round came to nothing. */
  firstFailed: z.string().nullable(),
  failure: z.enum(mediationFailures).nullable(),
  terms: z.string().nullable(),
  performBy: z.string().nullable(),
  officers: z.array(officer),
  place: z.string().nullable(),
  guardian: z.string().nullable(),
  settledBy: z.enum(privateWays).nullable(),
})
export type Mediation = z.infer<typeof mediationState>
