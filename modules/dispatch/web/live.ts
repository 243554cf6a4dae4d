import type { Apply } from '#kernel/web/view.ts'
import type { IncidentRow, Line, Views } from '../contract.ts'
import { rungBellMs } from '../rules/ladder.ts'
import { boardRows, mineRows } from '../rules.ts'
import { put } from './rows.ts'

const over = (row: IncidentRow): boolean => row.phase === 'closed' || row.phase === 'cancelled'
const standsAt = (row: IncidentRow, unit: string): boolean =>
  row.station === unit ||
  row.subBureau === unit ||
  row.bureau === unit ||
  row.lines.some((line) => line.unit === unit && line.ended === null)

export const onBoard =
  (unit: string): Apply<Views['board']> =>
  (data, change) =>
    put(data, change, boardRows, (row) => !over(row) && standsAt(row, unit))

export const onUnplaced =
  (unit: string): Apply<Views['unplaced']> =>
  (data, change) =>
    put(data, change, boardRows, (row) => !over(row) && row.station === null && (row.bureau === unit || row.subBureau === unit))

export const onMine =
  (account: string): Apply<Views['mine']> =>
  (data, change) =>
    put(data, change, mineRows, (row) => row.taker === account)

/** The whole record is read again: a frame carries the row, not the trace. */
export const onIncident =
  (id: string): Apply<Views['incident']> =>
  (data, change) =>
    change.stream !== id ? data : change.gone ? 'gone' : null

/** The unit's own line that is still running. */
export const lineOf = (row: IncidentRow, unit: string): Line | undefined =>
  row.lines.find((line) => line.unit === unit && line.ended === null)
export const ringsFor = (row: IncidentRow, unit: string): Line | undefined => {
  const line = row.imported ? undefined : lineOf(row, unit)
  return line && line.signed === null ? line : undefined
}

/** Whom a rung tells: the sub-bureau of each, the bureau of the one that is for the city. The station’s own line rings anyhow. */
export const rungFor = (row: IncidentRow, unit: string): boolean => {
  const rung = row.climb?.rung
  if (!rung?.rings) return false
  return row.subBureau === unit || (row.bureau === unit && rung.name === 'city')
}
/** Whether it is still to be heard, at a moment in milliseconds since 1970: a bell that never ends is not heard any more. */
export const rungRings = (row: IncidentRow, unit: string, now: number): boolean =>
  rungFor(row, unit) && now - Date.parse(row.climb?.rung?.at ?? '') < rungBellMs
