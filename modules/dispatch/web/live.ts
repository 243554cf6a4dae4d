import type { Apply } from '#kernel/web/view.ts'
import type { IncidentRow, Line, Views } from '../contract.ts'
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
