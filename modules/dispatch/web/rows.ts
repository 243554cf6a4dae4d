import type { IncidentRow } from '../contract.ts'

interface Rows {
  readonly rows: readonly IncidentRow[]
}

/** A change of one record as the live line brings it. */
interface Changed {
  readonly stream: string
  readonly row?: unknown
  readonly gone?: boolean
}

/**
 * Puts the changed row where it belongs, newest first, or takes it away. The same data when nothing changes. A list holds the newest `most`: when
 * a full one loses a row, only a new reading knows which older one comes back.
 */
export function put(data: Rows, change: Changed, most: number, belongs: (row: IncidentRow) => boolean): Rows | null {
  const row = change.row as IncidentRow | undefined
  const at = data.rows.findIndex((one) => one.id === change.stream)
  if (change.gone || (row && !belongs(row))) {
    if (at >= 0 && data.rows.length >= most) return null
    return at < 0 ? data : { rows: data.rows.filter((one) => one.id !== change.stream) }
  }
  if (!row) return at < 0 ? data : null
  if (at >= 0) return { rows: data.rows.map((one) => (one.id === row.id ? row : one)) }
  const after = data.rows.findIndex((one) => one.opened <= row.opened)
  const place = after < 0 ? data.rows.length : after
  return { rows: [...data.rows.slice(0, place), row, ...data.rows.slice(place)].slice(0, most) }
}
