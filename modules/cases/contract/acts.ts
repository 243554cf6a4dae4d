import { z } from 'zod'
import { text } from '#kernel/text.ts'
import { continuedActs } from './continued.ts'
import { inquiryActs } from './inquiry.ts'
import { recusalActs } from './recusal.ts'
import { measureActKinds, measureActs } from './measures.ts'
import { levels } from '../rules/row.ts'

/**
 * What somebody else must approve before it is done, by kind: of each book of the case its own. A kind's data is all that its paper says; nothing
 * else is asked for when it has been approved.
 */
export const act = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('extendCase') }),
  ...inquiryActs,
  ...continuedActs,
  ...recusalActs,
  ...measureActs,
])
export const actKinds = [
  'extendCase',
  'summon',
  'forceSummon',
  'lengthen',
  'continueQuestioning',
  'recuse',
  ...measureActKinds,
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
