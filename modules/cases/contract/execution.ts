import { z } from 'zod'
import { statutoryLimit } from '#kernel/statute/stored.ts'
import { text, uuid } from '#kernel/text.ts'

/** AP 36: how a decision comes to whom it is about. `leftBehind`: 留置; `publicNotice` is the last. */
export const serviceWays = ['announced', 'handed', 'leftBehind', 'posted', 'electronic', 'publicNotice'] as const
/** AP 176: what became of telling the family. */
export const familyContacts = ['told', 'noContact', 'refused'] as const
/** AP 222; PSL25 126: why a detention may wait. */
export const suspensionCauses = ['remedy', 'exam', 'birth', 'dyingRelative', 'otherCause'] as const
export const guarantees = ['guarantor', 'bond'] as const
/** AP 258: why a case is closed; that it becomes a criminal one is the fifth. */
export const closings = ['noPenalty', 'settled', 'executed', 'cannotExecute'] as const
/** AP 259. */
export const terminations = ['noFacts', 'timeBarred', 'suspectDead', 'otherReason'] as const

const person = uuid

export const executionCommands = {
  /** To the suspect, or a copy `to` a victim. */
  serveDecision: z.strictObject({
    person,
    to: uuid.optional(),
    service: z.enum(serviceWays),
    consent: z.boolean().optional(),
    note: text(300).optional(),
  }),
  tellOfDetention: z.strictObject({ person, family: z.enum(familyContacts), whom: text(200).optional() }),
  reportForeigner: z.strictObject({ person, note: text(300) }),
  /** Yuan, the late fee included. */
  payFine: z.strictObject({ person, amount: z.int().min(1), receipt: text(100) }),
  /** 拘留执行回执: of which lock-up house. */
  deliverDetainee: z.strictObject({ person, house: text(100), receipt: text(100) }),
  /** What else a decision asks for, such as a licence taken away. */
  recordExecution: z.strictObject({ person, note: text(500) }),
  askSuspension: z.strictObject({ person, suspension: z.enum(suspensionCauses), reason: text(500) }),
  refuseSuspension: z.strictObject({ person, reason: text(500) }),
  endSuspension: z.strictObject({ person, reason: text(500) }),
  bankBond: z.strictObject({ person, receipt: text(100) }),
  /** The lock-up house doubts the decision. */
  recordDoubt: z.strictObject({ person, reason: text(500) }),
  answerDoubt: z.strictObject({ person, reason: text(1000) }),
  closeCase: z.strictObject({ closing: z.enum(closings), reason: text(500) }),
} as const

const limits = z.array(statutoryLimit)

export const executionEvents = {
  /** `effective`: from when on it counts as served. */
  decisionServed: executionCommands.serveDecision.extend({ effective: z.string(), limits }),
  detentionTold: executionCommands.tellOfDetention,
  foreignerReported: executionCommands.reportForeigner,
  /** `late`: what of it is late fee. */
  finePaid: executionCommands.payFine.extend({ late: z.int().min(0) }),
  fineDeferred: z.strictObject({ person, limits }),
  /** `limits`: of reporting a foreigner. */
  detaineeDelivered: executionCommands.deliverDetainee.extend({ limits }),
  executionRecorded: executionCommands.recordExecution,
  suspensionAsked: executionCommands.askSuspension.extend({ limits }),
  suspensionRefused: executionCommands.refuseSuspension,
  detentionSuspended: z.strictObject({
    person,
    guarantee: z.enum(guarantees),
    guarantor: z.string().optional(),
    bond: z.int().optional(),
    limits,
  }),
  suspensionEnded: executionCommands.endSuspension,
  bondBanked: executionCommands.bankBond,
  doubtRecorded: executionCommands.recordDoubt.extend({ limits }),
  doubtAnswered: executionCommands.answerDoubt,
  /** `sealed`: the article by which the record of the penalised is closed to others (PSL25 136). */
  caseClosed: executionCommands.closeCase.extend({ sealed: z.string().optional() }),
  caseTerminated: z.strictObject({ termination: z.enum(terminations) }),
  caseReopened: z.strictObject({ limits }),
  /** From now on a criminal case under a number of its own; the administrative one is over (AP 65, 258). */
  turnedCriminal: z.strictObject({ caseNumber: z.string() }),
} as const

/** How far a decision has been carried out with one person. */
export const executionState = z.object({
  /** What of it is to be carried out, in yuan and days. */
  fine: z.int().nullable(),
  days: z.int().nullable(),
  other: z.boolean(),
  /** When it counts as served; null: not served. */
  effective: z.string().nullable(),
  copies: z.array(z.string()),
  family: z.boolean(),
  foreigner: z.boolean(),
  paid: z.object({ amount: z.int(), late: z.int() }).nullable(),
  detention: z.enum(['waiting', 'asked', 'suspended', 'delivered']),
  bond: z.int().nullable(),
  doubted: z.boolean(),
  otherDone: z.boolean(),
})
export type Execution = z.infer<typeof executionState>
