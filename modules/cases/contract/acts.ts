import { z } from 'zod'
import { text, uuid } from '#kernel/text.ts'
import { appraisalActs } from './appraisals.ts'
import { checkActs } from './checks.ts'
import { continuedActs } from './continued.ts'
import { guarantees, terminations } from './execution.ts'
import { mediationActs } from './mediation.ts'
import { inquiryActs } from './inquiry.ts'
import { recusalActs } from './recusal.ts'
import { measureActKinds, measureActs } from './measures.ts'
import { levels } from '../rules/row.ts'

/**
 * What somebody else must approve before it is done, by kind: of each book of the case its own. A kind's data is all that its paper says; nothing
 * else is asked for when it has been approved.
 */
const bare = <Kind extends string>(kind: Kind) => z.strictObject({ kind: z.literal(kind) })
const decisionActs = [
  z.strictObject({ kind: z.literal('decidePenalty'), person: uuid }),
  z.strictObject({ kind: z.literal('deferFine'), person: uuid, days: z.int().min(1).max(365) }),
  z.strictObject({
    kind: z.literal('suspendDetention'),
    person: uuid,
    guarantee: z.enum(guarantees),
    guarantor: text(100).optional(),
    bond: z.int().min(1).optional(),
  }),
  bare('toCriminal'),
  z.strictObject({ kind: z.literal('terminate'), termination: z.enum(terminations) }),
  bare('reopen'),
] as const
export const act = z.discriminatedUnion('kind', [
  bare('extendCase'),
  ...inquiryActs,
  ...continuedActs,
  ...checkActs,
  ...recusalActs,
  ...measureActs,
  ...decisionActs,
  ...appraisalActs,
  ...mediationActs,
])
export const actKinds = [
  'extendCase',
  'summon',
  'forceSummon',
  'lengthen',
  'continueQuestioning',
  'inspection',
  'sampling',
  'recuse',
  ...measureActKinds,
  'decidePenalty',
  'deferFine',
  'suspendDetention',
  'toCriminal',
  'terminate',
  'reopen',
  'reappraise',
  'acceptSettlement',
] as const satisfies readonly Act['kind'][]
export type Act = z.infer<typeof act>

/** The number of a request within its case, from 1. */
const request = z.int().min(1)
const reason = text(2000)

export const approvalCommands = {
  requestApproval: z.strictObject({ act, reason }),
  approve: z.strictObject({ request }),
  declineApproval: z.strictObject({ request, reason: text(500) }),
  withdrawRequest: z.strictObject({ request, reason: text(500) }),
} as const

export const approvalEvents = {
  /** `level`: who approves it at least; `article`: that says so. */
  approvalRequested: z.strictObject({ request, act, level: z.enum(levels), article: z.string(), reason: z.string() }),
  approved: z.strictObject({ request }),
  approvalDeclined: z.strictObject({ request, reason: z.string() }),
  requestWithdrawn: z.strictObject({ request, reason: z.string() }),
} as const

/** One request that nobody has decided on yet. */
export interface RequestRow {
  readonly request: number
  readonly kind: Act['kind']
  readonly level: (typeof levels)[number]
  readonly article: string
  readonly reason: string
  readonly by: string
  readonly account: string
  readonly at: string
}

/** Which act each request that is open asks for, and how many there were. */
export interface Approvals {
  readonly last: number
  readonly acts: Readonly<Record<number, Act>>
}
