import { z } from 'zod'
import { statutoryLimit } from '#kernel/statute/stored.ts'
import { instant, text, uuid } from '#kernel/text.ts'
import type { ContinueLevel } from './continued.ts'
import { officer } from './parts.ts'

/** How somebody comes to the police: AP 67, 68, 70. `written`, `oral`, `forced`: summoned; on its own accord; handed over by others; brought in for continued questioning (继续盘问). */
export const arrivals = ['written', 'oral', 'forced', 'surrender', 'handOver', 'continued'] as const
export type Arrival = (typeof arrivals)[number]
export const summoned = ['written', 'oral', 'forced'] as const
/** Why a family cannot be told (PSL25 97). */
export const untold = ['identityUnknown', 'noContact', 'forceMajeure'] as const
/** Where somebody is questioned. `area`: the case-handling area (办案区); `remote`: by video, or by another agency. */
export const venues = ['area', 'residence', 'workplace', 'scene', 'named', 'remote'] as const
export const signatures = ['signed', 'refused', 'unable'] as const
export const departures = ['released', 'handedOver', 'detained', 'criminal'] as const
/** What twelve hours, and what twenty-four hours need (PSL25 97). */
export const longGrounds = ['manyInvolved', 'identityUnknown', 'complexDetention'] as const
export const forceGrounds = ['refuses', 'evades'] as const

/** Whom it is about: a person of the case. */
const person = uuid

/** What a superior approves: the paper says nothing more. */
export const inquiryActs = [
  /** 传唤证. `afresh`: what is new, where he was summoned in this case before. */
  z.strictObject({ kind: z.literal('summon'), person, place: text(200), appear: instant.optional(), afresh: text(500).optional() }),
  z.strictObject({ kind: z.literal('forceSummon'), person, forceGround: z.enum(forceGrounds) }),
  z.strictObject({ kind: z.literal('lengthen'), person, longGround: z.enum(longGrounds) }),
] as const

/** `escort`: who fetches him, or how he is brought home, at night. */
const departed = {
  person,
  departure: z.enum(departures),
  signature: z.enum(signatures),
  note: text(500).optional(),
  escort: text(200).optional(),
}
const session = {
  person,
  venue: z.enum(venues),
  recorded: z.boolean().optional(),
  /** The guardian or, where none can come (`whyNot`), another suitable adult. */
  adult: uuid.optional(),
  whyNot: text(500).optional(),
  interpreter: uuid.optional(),
}

export const inquiryCommands = {
  /** 口头传唤 of whom one meets at the scene, with the police card shown. */
  summonOrally: z.strictObject({ person, place: text(200), cardShown: z.boolean().optional() }),
  /** 到案. `arrived`: when, if not just now. */
  recordArrival: z.strictObject({ person, arrival: z.enum(['summoned', 'surrender', 'handOver']), arrived: instant.optional() }),
  tellFamily: z.strictObject({ person, told: text(300).optional(), untold: z.enum(untold).optional() }),
  /** 人身安全检查. `byWomen`: of a woman, by women. */
  checkSafety: z.strictObject({
    person,
    byWomen: z.boolean().optional(),
    seized: text(1000).optional(),
    belongings: text(1000).optional(),
  }),
  beginSession: z.strictObject({ ...session, second: uuid.optional(), rightsTold: z.boolean().optional() }),
  /** `identityAsked`: of the first one. `note`: why no signature stands under it. */
  endSession: z.strictObject({
    person,
    signature: z.enum(signatures),
    identityAsked: z.boolean().optional(),
    note: text(500).optional(),
    breaks: text(500).optional(),
    gist: text(4000).optional(),
  }),
  /** 约束至酒醒. */
  restrain: z.strictObject({ person, reason: text(500) }),
  sober: z.strictObject({ person }),
  /** `left`: when, if not just now. */
  recordDeparture: z.strictObject({ ...departed, left: instant.optional() }),
} as const

export const inquiryEvents = {
  summoned: z.strictObject({
    person,
    summons: z.enum(summoned),
    place: z.string().optional(),
    appear: z.string().optional(),
    afresh: z.string().optional(),
    forceGround: z.enum(forceGrounds).optional(),
  }),
  arrived: z.strictObject({ person, arrival: z.enum(arrivals), arrived: z.string(), limit: statutoryLimit }),
  familyTold: inquiryCommands.tellFamily,
  safetyChecked: inquiryCommands.checkSafety,
  /** `session`: its number within the case. `first`: of this person. */
  sessionBegun: z.strictObject({ ...session, session: z.int().min(1), officers: z.array(officer), first: z.boolean() }),
  sessionEnded: inquiryCommands.endSession.extend({ session: z.int().min(1) }),
  /** `limit`: what it has become; it stands still. */
  restrained: z.strictObject({ person, reason: z.string(), limit: statutoryLimit }),
  sobered: z.strictObject({ person, limit: statutoryLimit }),
  questioningLengthened: z.strictObject({ person, longGround: z.enum(longGrounds), limit: statutoryLimit }),
  departed: z.strictObject({ ...departed, left: z.string() }),
} as const

/** One stay of a person with the police, from arrival until he may leave. Instants in UTC. */
export interface StayRow {
  readonly person: string
  readonly arrival: Arrival
  readonly arrived: string
  readonly family: { readonly told: string | null; readonly untold: (typeof untold)[number] | null } | null
  readonly checked: boolean
  /** Of continued questioning, how far it was approved. */
  readonly continueLevel: ContinueLevel | null
  /** Since when he is restrained until sober; null: he is not. */
  readonly restrained: string | null
  readonly left: string | null
  readonly departure: (typeof departures)[number] | null
}
export interface SessionRow {
  readonly session: number
  readonly person: string
  readonly officers: readonly z.infer<typeof officer>[]
  readonly venue: (typeof venues)[number]
  readonly recorded: boolean
  readonly adult: string | null
  readonly interpreter: string | null
  readonly begun: string
  readonly ended: string | null
  readonly signature: (typeof signatures)[number] | null
  readonly note: string | null
  readonly gist: string | null
}
/** A summons that nobody has followed yet. */
export interface SummonsRow {
  readonly person: string
  readonly summons: (typeof summoned)[number]
  readonly place: string | null
  readonly appear: string | null
  readonly at: string
}
/** Who was summoned, who is there, and what he was asked; oldest first. What is shown is all that a case keeps of it. */
export interface Inquiry {
  readonly summonses: readonly SummonsRow[]
  readonly stays: readonly StayRow[]
  readonly sessions: readonly SessionRow[]
}
