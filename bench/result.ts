/** One figure and what it is held against; without a limit it is only said. */
export interface Result {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly limit: number | null
  readonly ok: boolean
}

/** The smallest of these times within which this share of them lies. */
export const quantile = (times: readonly number[], share: number): number => {
  const sorted = times.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

/** @param most the limit that it is held against */
export const figure = (name: string, value: number, unit: string, most: number | null = null): Result => {
  const rounded = Math.round(value * 100) / 100
  return { name, value: rounded, unit, limit: most, ok: most === null || rounded <= most }
}
