import { z } from 'zod'
import type { Occurred, Refusal } from '#kernel/decider.ts'
import { limitPoints } from '#kernel/statute.ts'
import { statutoryLimit } from '#kernel/statute/stored.ts'
import { instant, text, unitCode, uuid } from '#kernel/text.ts'
import {
  contacts,
  destination,
  type Destination,
  grounds,
  happened,
  kinds,
  narrativeMost,
  natures,
  type Nature,
  noticeWays,
  officer,
  type Officer,
  officersMost,
  outcomes,
  person,
  type Person,
  type Phase,
  type PersonRole,
  personsMost,
  type Running,
  type Source,
  sources,
} from './contract/parts.ts'
import { type Act, approvalCommands, approvalEvents, type RequestRow } from './contract/acts.ts'
import type { BoardViews } from './contract/board.ts'
import { checkCommands, checkEvents, type Checks } from './contract/checks.ts'
import { continuedCommands, continuedEvents } from './contract/continued.ts'
import { inquiryCommands, inquiryEvents, type Inquiry } from './contract/inquiry.ts'
import { recusalCommands, recusalEvents, type RecusalRow } from './contract/recusal.ts'
import { appraisalCommands, appraisalEvents } from './contract/appraisals.ts'
import { type EvidenceRow, registerCommands, registerEvents } from './contract/evidence.ts'
import { measureCommands, measureEvents } from './contract/measures.ts'
import { decisionCommands, decisionEvents, type Penalty } from './contract/decision.ts'
import { type Mediation, mediationCommands, mediationEvents } from './contract/mediation.ts'
import { type Execution, executionCommands, executionEvents } from './contract/execution.ts'
import { type Spot, spotCommands, spotEvents } from './contract/spot.ts'
import { questionCommands, questionEvents, type QuestionRow, questionStream } from './contract/question.ts'

/** A stream of this module: a matter by its UUID, from the report to the end, or the question what became of an incident. */
export const stream = z.union([uuid, questionStream], { error: 'stream' })

/** The `n` of the record that the giver had before him. */
const seen = z.int().min(0)
const what = {
  nature: z.enum(natures),
  cause: text(60),
  narrative: text(narrativeMost),
  happened: happened.optional(),
  place: text(200).optional(),
}

/** The input of every command, by type. All travel as `{id, type, data}` to `/command/cases/<matter>`. */
export const commands = {
  /** 接报案: accept, register, receipt, all at once (RF 4). */
  takeReport: z.strictObject({
    unit: unitCode,
    source: z.enum(sources),
    incident: uuid.optional(),
    /** Who sent it: of a letter as far as known, of a transfer the agency. */
    sender: text(100).optional(),
    /** When it came to the police, where that was not just now. */
    received: instant.optional(),
    /** What was done before it could be registered, and when that was over (RO 二(一)3). */
    urgent: text(500).optional(),
    handled: instant.optional(),
    ...what,
    persons: z.array(person).max(personsMost),
  }),
  issueReceipt: z.strictObject({ contact: z.enum(contacts) }),
  leaveUndetermined: z.strictObject({ reason: text(500) }),
  /** To another unit or agency; carried out by `transfer`. `urgent`: what was done before it left. */
  proposeTransfer: z.strictObject({ destination, reason: text(500), urgent: text(500).optional() }),
  transfer: z.strictObject({}),
  declineTransfer: z.strictObject({ reason: text(500) }),
  /** No business of the police: told where to go. */
  turnAway: z.strictObject({ where: text(300), objected: z.boolean().optional(), inWriting: z.boolean().optional() }),
  accept: z.strictObject({}),
  assign: z.strictObject({ caseOfficers: z.array(uuid).min(1).max(officersMost) }),
  proposeFiling: z.strictObject({
    outcome: z.enum(outcomes),
    caseKind: z.enum(kinds),
    ground: z.enum(grounds).optional(),
    reason: text(2000),
  }),
  approveFiling: z.strictObject({}),
  returnProposal: z.strictObject({ reason: text(500) }),
  giveNotice: z.strictObject({ way: z.enum(noticeWays), note: text(300).optional() }),
  /** 告知报案人: who has it now (RF 13). */
  tellTransfer: z.strictObject({ way: z.enum(noticeWays), note: text(300).optional() }),
  recordWithdrawal: z.strictObject({ reason: text(500) }),
  addPerson: z.strictObject({ person }),
  correctPerson: z.strictObject({ person, reason: text(500), seen }),
  amend: z.strictObject({
    nature: what.nature.optional(),
    cause: what.cause.optional(),
    narrative: what.narrative.optional(),
    happened: what.happened,
    place: what.place,
    reason: text(500),
    seen,
  }),
  note: z.strictObject({ text: text(1000) }),
  /** By the system: a point of one of the stream's limits has come. */
  passLimit: z.strictObject({ rule: z.string(), subject: uuid.optional(), point: z.enum(limitPoints), due: instant }),
  ...approvalCommands,
  ...inquiryCommands,
  ...continuedCommands,
  ...checkCommands,
  ...recusalCommands,
  ...registerCommands,
  ...measureCommands,
  ...decisionCommands,
  ...executionCommands,
  ...mediationCommands,
  ...spotCommands,
  ...appraisalCommands,
  ...questionCommands,
} as const

export type CommandType = keyof typeof commands
export type Command = { [Type in CommandType]: { readonly type: Type; readonly data: z.infer<(typeof commands)[Type]> } }[CommandType]

/** What can be found about a record that a reader should know. */
export const findingRules = ['id-check-digit', 'id-birth', 'like-officer', 'late-register', 'late-urgent'] as const

const path = z.array(unitCode).min(1)

/** Every event, by type. */
export const events = {
  /** `path`: the units from the root to the one that took it; `county`: the nearest of county level at or above it. */
  reported: z.strictObject({
    number: z.string(),
    unit: unitCode,
    path,
    county: unitCode,
    source: z.enum(sources),
    incident: uuid.optional(),
    sender: z.string().optional(),
    received: z.string(),
    urgent: z.string().optional(),
    handled: z.string().optional(),
    ...what,
    persons: z.array(person),
    limits: z.array(statutoryLimit),
  }),
  /** `code`: what the reporter asks for news with. */
  receiptIssued: z.strictObject({ contact: z.enum(contacts), code: z.string() }),
  leftUndetermined: z.strictObject({ reason: z.string(), limit: statutoryLimit }),
  transferProposed: z.strictObject({ destination, reason: z.string(), urgent: z.string().optional(), limit: statutoryLimit }),
  /** `path` null: it has left this force. */
  transferred: z.strictObject({
    destination,
    path: path.nullable(),
    county: unitCode.nullable(),
    assigned: z.boolean(),
    limits: z.array(statutoryLimit),
  }),
  transferDeclined: z.strictObject({ reason: z.string() }),
  turnedAway: z.strictObject({ where: z.string(), objected: z.boolean(), inWriting: z.boolean() }),
  accepted: z.strictObject({ officers: z.array(officer) }),
  assigned: z.strictObject({ officers: z.array(officer) }),
  filingProposed: z.strictObject({
    outcome: z.enum(outcomes),
    caseKind: z.enum(kinds),
    ground: z.enum(grounds).optional(),
    reason: z.string(),
  }),
  /** `limits`: within which it must be decided. */
  filed: z.strictObject({ caseNumber: z.string(), caseKind: z.enum(kinds), limits: z.array(statutoryLimit).optional() }),
  /** `remedies`: what may be done against it, until how long after the notice. `limits`: of the notice. */
  fileRefused: z.strictObject({
    caseKind: z.enum(kinds),
    ground: z.enum(grounds),
    reason: z.string(),
    remedies: z.array(z.strictObject({ rule: z.string(), term: z.string(), article: z.string() })),
    limits: z.array(statutoryLimit),
  }),
  proposalReturned: z.strictObject({ reason: z.string() }),
  transferTold: z.strictObject({ way: z.enum(noticeWays), note: z.string().optional() }),
  noticeGiven: z.strictObject({ way: z.enum(noticeWays), note: z.string().optional() }),
  withdrawalNoted: z.strictObject({ reason: z.string() }),
  personAdded: z.strictObject({ person }),
  personCorrected: z.strictObject({ person, reason: z.string() }),
  amended: commands.amend.omit({ seen: true }),
  noted: z.strictObject({ text: z.string() }),
  found: z.strictObject({ rule: z.enum(findingRules), person: uuid.optional(), detail: z.string().optional() }),
  limitWarned: z.strictObject({ rule: z.string(), subject: uuid.optional(), unit: unitCode, due: z.string() }),
  limitBreached: z.strictObject({ rule: z.string(), subject: uuid.optional(), unit: unitCode, due: z.string() }),
  /** A limit of the case has become another: longer, standing still, or running on. */
  limitExtended: z.strictObject({ limit: statutoryLimit, subject: uuid.optional() }),
  ...approvalEvents,
  ...inquiryEvents,
  ...continuedEvents,
  ...checkEvents,
  ...recusalEvents,
  ...registerEvents,
  ...measureEvents,
  ...decisionEvents,
  ...executionEvents,
  ...mediationEvents,
  ...spotEvents,
  ...appraisalEvents,
  ...questionEvents,
} as const

export type EventType = keyof typeof events
export type Event = {
  [Type in EventType]: {
    readonly type: Type
    readonly data: z.infer<(typeof events)[Type]>
    readonly stream?: string
    readonly occurred?: Occurred
  }
}[EventType]

/** Nothing more is to be done by this force. */
export const overPhases: ReadonlySet<Phase> = new Set(['notPolice', 'handedOver', 'refused', 'closed', 'terminated'])

/** One matter as lists show it: nothing of its persons but how many there are. Instants in UTC. */
export interface MatterRow {
  readonly id: string
  readonly n: number
  readonly number: string
  readonly caseNumber: string | null
  readonly phase: Phase
  readonly unit: string
  /** From the root to `unit`. */
  readonly path: readonly string[]
  /** The unit that took it first. */
  readonly first: string
  readonly source: Source
  readonly incident: string | null
  readonly sender: string | null
  readonly nature: Nature
  readonly caseKind: (typeof kinds)[number] | null
  readonly cause: string
  /** The beginning of what was told. */
  readonly gist: string
  readonly happened: z.infer<typeof happened> | null
  readonly place: string | null
  readonly received: string
  readonly registered: string
  readonly registrar: Officer | null
  readonly receipt: string | null
  readonly officers: readonly Officer[]
  readonly persons: Readonly<Partial<Record<PersonRole, number>>>
  readonly transfer: {
    readonly destination: Destination
    readonly reason: string
    readonly by: string
    readonly account: string
    readonly back: Phase
  } | null
  /** How often it was passed on within this force. */
  readonly transfers: number
  readonly proposal: {
    readonly outcome: (typeof outcomes)[number]
    readonly caseKind: (typeof kinds)[number]
    readonly ground: (typeof grounds)[number] | null
    readonly reason: string
    readonly by: string
    readonly account: string
  } | null
  /** What waits for somebody's approval. */
  readonly requests: readonly RequestRow[]
  readonly withdrawn: boolean
  readonly noticed: boolean
  /** Closed with a penalty: who he was is for those who handle or check it (PSL25 136). */
  readonly sealed: boolean
  readonly findings: number
  readonly limits: readonly Running[]
}

/** A command, or the request that one act be approved. */
export type CanKey = CommandType | `act:${Act['kind']}`
/** What a dry run of the decision says for this reader. Commands missing here are not for the reader's roles. */
export type Can = Readonly<Partial<Record<CanKey, true | Pick<Refusal, 'rule' | 'values' | 'article'>>>>

/** A person as the reader may see him: of a hidden one neither name, number, phone nor address. */
export type PersonRow = Omit<Person, 'hideName'> & { readonly hidden: boolean }

/** One entry of the trace; what would tell a hidden person or the query code is left out of `data`. */
export interface TraceEntry {
  readonly n: number
  readonly type: EventType
  readonly at: string
  readonly by: string | null
  readonly unit: string | null
  readonly data: unknown
}

/** Commands that are given of one suspect. */
export type OnSuspect =
  | keyof typeof decisionCommands
  | Exclude<keyof typeof executionCommands, 'closeCase'>
  | keyof typeof mediationCommands
  | keyof typeof spotCommands

/** What is to be imposed on one suspect, how far it has come, and what may be done next with it. */
export interface PenaltyRow {
  readonly person: string
  readonly penalty: Penalty | null
  readonly execution: Execution | null
  readonly mediation: Mediation | null
  readonly spot: Spot | null
  readonly can: Can
}

export interface StaffRow {
  readonly account: string
  readonly name: string
  readonly unit: string
}

/** The answer of every view, by name: `GET /view/cases/<name>?…` → `{position, data}`. */
export interface Views extends BoardViews {
  /** `?id=`: one matter whole. `code`: the query code, for who handles it or has given the receipt. */
  matter: {
    readonly row: MatterRow
    readonly narrative: string
    readonly persons: readonly PersonRow[]
    readonly code: string | null
    readonly inquiry: Inquiry
    readonly recusal: readonly RecusalRow[]
    readonly checks: Checks
    /** What each open request asks for, by its number. */
    readonly acts: Readonly<Record<number, Act>>
    readonly trace: readonly TraceEntry[]
    readonly can: Can
    /** What there is of evidence and property. */
    readonly evidence: EvidenceRow
    /** Of each measure and notice of it, by its id. */
    readonly onEvidence: Readonly<Record<string, Can>>
    /** Of each open request, by its number. */
    readonly requests: Readonly<Record<number, Can>>
    readonly penalties: readonly PenaltyRow[]
  }
  /** `?unit=` at or below one of the reader's units, and any of `phase`, `source`, `before` (the last answer's `next`). Newest first. */
  list: { readonly rows: readonly MatterRow[]; readonly next: string | null }
  /** `?unit=&q=`: by the number of a matter or of its case, or by words of the report or a name; newest first; `before`: the last answer's `next`. */
  search: { readonly rows: readonly MatterRow[]; readonly next: string | null }
  /** `?unit=`: incidents of a case type that nobody has answered for, the next to fall due first; `can` of each. */
  questions: { readonly rows: readonly { readonly row: QuestionRow; readonly can: Can }[] }
  /** Officers who can be given a matter of `?unit=`, and the heads at and above it. */
  officers: { readonly rows: readonly StaffRow[]; readonly heads: readonly StaffRow[] }
  /** `?incident=`: what was reported of this incident; null: nothing. */
  ofIncident: { readonly row: Pick<MatterRow, 'id' | 'number' | 'phase'> | null }
}
