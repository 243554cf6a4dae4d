import type { Occurred } from '#kernel/decider.ts'
import type { Stamp } from '../contract.ts'
import type { LeftOut } from '../contract/statistics.ts'

/** From one moment to another, in milliseconds; `left` says why it is not measured. All null while it has not ended. */
export interface Interval {
  readonly took: number | null
  readonly source: Occurred['source'] | null
  readonly left: LeftOut | null
}

/** As long as the column holds, twenty-four days. */
const longest = 2_147_483_647
const leftOut = (left: LeftOut): Interval => ({ took: null, source: null, left })

/**
 * A typed end counts from when the server had it. What begins with a typed time is left out, as `reachedIn` of lines.ts does: neither its own time, which
 * nobody but a person knows, nor the server's, which would make the rest look short. Imported times and the house's own are not measured against one another.
 */
export function interval(begun: Stamp | undefined, ended: Stamp | undefined, imported: boolean): Interval {
  if (ended === undefined) return { took: null, source: null, left: null }
  if (begun === undefined) return leftOut('missing')
  if ([begun, ended].some(({ source }) => (source === 'imported') !== imported)) return leftOut('mixed')
  if (begun.source === 'typed') return leftOut('typed')
  const took = Date.parse(ended.source === 'typed' ? ended.at : ended.time) - Date.parse(begun.time)
  return took < 0 ? leftOut('disorder') : { took: Math.min(took, longest), source: ended.source, left: null }
}
