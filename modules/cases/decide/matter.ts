import type { MatterRow } from '../contract.ts'
import type { Approvals } from '../contract/acts.ts'
import type { Checks } from '../contract/checks.ts'
import type { Inquiry } from '../contract/inquiry.ts'
import type { EvidenceRow } from '../contract/evidence.ts'
import type { Penalty } from '../contract/decision.ts'
import type { Execution } from '../contract/execution.ts'
import type { Mediation } from '../contract/mediation.ts'
import type { Spot } from '../contract/spot.ts'
import type { Person } from '../contract/parts.ts'
import type { RecusalRow } from '../contract/recusal.ts'
import type { QuestionRow } from '../contract/question.ts'

/** What a case keeps of its procedure after filing, by book. */
export interface Books {
  readonly approvals: Approvals
  readonly inquiry: Inquiry
  readonly recusal: readonly RecusalRow[]
  readonly checks: Checks
  readonly evidence: EvidenceRow
  /** By suspect. */
  readonly decision: Readonly<Record<string, Penalty>>
  /** By whom it was decided about. */
  readonly execution: Readonly<Record<string, Execution>>
  /** By the suspect whose act is settled. */
  readonly mediation: Readonly<Record<string, Mediation>>
  /** By whom a penalty was imposed on on the spot. */
  readonly spot: Readonly<Record<string, Spot>>
}

/** One stream: a matter from its report on, or the question what became of an incident. */
export type State = { readonly kind: 'none' } | Matter | { readonly kind: 'question'; readonly row: QuestionRow }
export interface Matter {
  readonly kind: 'matter'
  readonly row: MatterRow
  readonly narrative: string
  readonly persons: readonly Person[]
  /** What the reporter asks for news with. */
  readonly code: string | null
  /** Who gave the receipt. */
  readonly receiptBy: string | null
  /** The nearest unit of county level at or above the one that has it, and where the first one was. */
  readonly county: string
  readonly firstPath: readonly string[]
  /** When it came into its phase. */
  readonly since: string
  /** The procedure after filing. */
  readonly books: Books
}
export const initial: State = { kind: 'none' }
