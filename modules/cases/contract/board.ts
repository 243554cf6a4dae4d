import type { Level } from '../rules/row.ts'

/** How a limit that has not been met stands. */
export const openStates = ['running', 'warned', 'breached'] as const
export type OpenState = (typeof openStates)[number]

/** One limit on the board of a unit. `of`: a matter or a question. */
export interface LimitRow {
  readonly of: 'matter' | 'question'
  readonly id: string
  readonly number: string
  readonly cause: string
  readonly rule: string
  readonly subject: string | null
  readonly article: string
  readonly unit: string
  readonly from: string
  readonly due: string
  readonly state: OpenState
}

/** How many limits have not been met, by how they stand. */
export type Counts = Readonly<Record<OpenState, number>>

/**
 * What is to be done on a desk. `limit`: whatever the limit asks for, by who handles the matter or, before anybody does, by the desk of its unit. `approve`: a
 * request, `detail` is its kind. `review`, `hearing`: of one suspect, by a legal reviewer who does not handle the case; `discuss`: of one, by the heads of the
 * agency.
 */
export const works = [
  'limit',
  'proposeFiling',
  'approveFiling',
  'approve',
  'transfer',
  'giveNotice',
  'explain',
  'climbed',
  'confirmExplanation',
  'review',
  'hearing',
  'discuss',
] as const
export type Work = (typeof works)[number]

/** One thing to be done, as it is kept. */
export interface Chore {
  readonly of: LimitRow['of']
  readonly id: string
  readonly act: Work
  /** Tells those of one record and act apart: the limit, the request. */
  readonly key: string
  readonly detail: string | null
  readonly rule: string | null
  readonly number: string
  readonly cause: string
  readonly unit: string
  readonly due: string | null
  readonly state: OpenState
  readonly asked: Petition | null
}

/** Who asks somebody else for it, since when and why; `level`: who decides on it at least, and `article`, where the request says so. */
export interface Petition {
  readonly by: string
  readonly at: string
  readonly reason: string | null
  readonly level: Level | null
  readonly article: string | null
}

/**
 * How a reader stands to what waits for somebody in his office: `mine` to decide, `barred` because he has asked, handles or is concerned, `above` where the law
 * gives it to a higher unit.
 */
export const standings = ['mine', 'barred', 'above'] as const
export interface WaitingRow extends Chore {
  readonly stands: (typeof standings)[number]
  /** Whose head or reviewer it waits for. */
  readonly decider: string
}
/** As much as there is of it at once, what is due first. */
export interface Waiting {
  readonly rows: readonly WaitingRow[]
  readonly more: boolean
}

/** The answers of the boards. */
export interface BoardViews {
  /** What waits for a head to decide, at the reader's very units and what of their cases waits for one above. */
  approvals: Waiting
  /** The same of legal reviewers. */
  reviews: Waiting
  /** `?unit=` at or below one of the reader's: what is under a limit there, by due time; `after`: the last answer's `next`. */
  limits: { readonly rows: readonly LimitRow[]; readonly next: string | null }
  /** `?unit=`: how many limits run at or below it in all, and at or below each unit right under it where some do. */
  limitCounts: { readonly total: Counts; readonly units: readonly (Counts & { readonly unit: string })[] }
}
