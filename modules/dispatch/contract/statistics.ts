import type { Occurred } from '#kernel/decider.ts'

/** By what figures may be broken down. */
export const breakdowns = ['subBureau', 'station', 'kind', 'hour', 'day'] as const
export type Breakdown = (typeof breakdowns)[number]
/** From the call to both levels, from the dispatch of a line to its receipt, from the call to the arrival, from the arrival to the feedback. */
export const spans = ['reached', 'receipt', 'arrival', 'feedback'] as const
export type SpanName = (typeof spans)[number]
/**
 * Why something is in no figure. `typed`: it begins with a time that only a person gave. `missing`: feedback without an arrival. `mixed`: one time was imported,
 * the other was not. `disorder`: it ended before it began. `within`: a line that left unsigned, or still waits, no longer than the first band.
 */
export const leftOut = ['typed', 'missing', 'mixed', 'disorder', 'within'] as const
export type LeftOut = (typeof leftOut)[number]
export type Source = Occurred['source']

/** Why a unit's figures are too good to be true, or say less than they seem to; see `rules/tooGood.ts`. `values` fill the sentence. */
export const flagRules = ['firstBand', 'atOnce', 'sameAgain', 'mostLeft', 'tooFast'] as const
export interface Flag {
  readonly rule: (typeof flagRules)[number]
  readonly of: SpanName
  readonly values: Readonly<Record<string, number>>
}

/** Times in milliseconds, percentiles by nearest rank; null where nothing was counted. */
export interface Figure {
  readonly count: number
  readonly mean: number | null
  readonly p50: number | null
  readonly p90: number | null
  readonly p99: number | null
  /** One count for each band of `bandsOf` and one beyond; none of `reached`. */
  readonly bands: readonly number[]
  /** How the ends of those that count are known; those without any are not named. */
  readonly sources: Readonly<Partial<Record<Source, number>>>
  /** Of those that count, the lines that nobody signed: they count as long as they were waited for. */
  readonly unsigned: number
  readonly left: Readonly<Partial<Record<LeftOut, number>>>
}

export interface StatisticsRow {
  /** Of the breakdown: a unit's code, a type's, an hour `00`–`23`, a day. Null: without a unit, and of the total. */
  readonly key: string | null
  readonly incidents: number
  readonly cancelled: number
  readonly figure: Figure
  /** Of units only. */
  readonly flags: readonly Flag[]
}

/** A unit's figures of one span over whole days where the force is, without anybody's data. Lines by when they were sent, incidents by when the call came. */
export interface Statistics {
  readonly now: string
  readonly from: string
  readonly until: string
  /** What the figures are of. */
  readonly of: SpanName
  readonly by: Breakdown
  /** True: of imported incidents alone, which are in no other figure and have no receipts. */
  readonly imported: boolean
  /** How many incidents of the other sort there are in the period. */
  readonly others: number
  /** By code, hour or day; never by how good they are. */
  readonly rows: readonly StatisticsRow[]
  readonly total: StatisticsRow
}
