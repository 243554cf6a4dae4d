import type { Change } from '#kernel/web/live.ts'
import type { Apply } from '#kernel/web/view.ts'
import type { IncidentRow, Line, Views } from '../contract.ts'

interface Rows {
  readonly rows: readonly IncidentRow[]
}

const over = (row: IncidentRow): boolean => row.phase === 'closed' || row.phase === 'cancelled'
const standsAt = (row: IncidentRow, unit: string): boolean =>
  row.station === unit ||
  row.subBureau === unit ||
  row.bureau === unit ||
  row.lines.some((line) => line.unit === unit && line.ended === null)

/** Puts the changed row where it belongs, newest first, or takes it away. The same data when nothing changes. */
function put(data: Rows, change: Change, belongs: (row: IncidentRow) => boolean): Rows | null {
  const row = change.row as IncidentRow | undefined
  const at = data.rows.findIndex((one) => one.id === change.stream)
  if (change.gone || (row && !belongs(row))) return at < 0 ? data : { rows: data.rows.filter((one) => one.id !== change.stream) }
  if (!row) return at < 0 ? data : null
  if (at >= 0) return { rows: data.rows.map((one) => (one.id === row.id ? row : one)) }
  const after = data.rows.findIndex((one) => one.opened <= row.opened)
  const place = after < 0 ? data.rows.length : after
  return { rows: [...data.rows.slice(0, place), row, ...data.rows.slice(place)] }
}

export const onBoard =
  (unit: string): Apply<Views['board']> =>
  (data, change) =>
    put(data, change, (row) => !over(row) && standsAt(row, unit))

export const onUnplaced =
  (unit: string): Apply<Views['unplaced']> =>
  (data, change) =>
    put(data, change, (row) => !over(row) && row.station === null && (row.bureau === unit || row.subBureau === unit))

export const onMine =
  (account: string): Apply<Views['mine']> =>
  (data, change) =>
    put(data, change, (row) => row.taker === account)

/** The whole record is read again: a frame carries the row, not the trace. */
export const onIncident =
  (id: string): Apply<Views['incident']> =>
  (data, change) =>
    change.stream === id ? null : data

/** The unit's own line that is still running. */
export const lineOf = (row: IncidentRow, unit: string): Line | undefined =>
  row.lines.find((line) => line.unit === unit && line.ended === null)
export const ringsFor = (row: IncidentRow, unit: string): Line | undefined => {
  const line = row.imported ? undefined : lineOf(row, unit)
  return line && line.signed === null ? line : undefined
}
