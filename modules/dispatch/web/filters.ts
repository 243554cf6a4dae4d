import type { IncidentRow, Phase } from '../contract.ts'
import type { Priority } from '../rules.ts'
import type { Group } from '../rules/kinds/row.ts'

/** What of a board is asked for; all that is named must hold. */
export interface Filters {
  readonly group?: Group | undefined
  readonly priority?: Priority | undefined
  readonly station?: string | undefined
  readonly phase?: Phase | undefined
  readonly unsigned?: true | undefined
  readonly urged?: true | undefined
}
export type FilterName = keyof Filters
export const filterNames = ['group', 'priority', 'station', 'phase', 'unsigned', 'urged'] as const satisfies readonly FilterName[]

/** What a filter needs to know beyond the row: whose board it is, and the group of a type. */
export interface Seen {
  readonly unit: string
  readonly groupOf: (kind: string) => Group | undefined
}

/** A station asks for its own receipt; whoever is above it for that of any level. Imported lines are never waited for. */
const waits = (row: IncidentRow, unit: string): boolean =>
  !row.imported &&
  row.lines.some(
    (line) => line.ended === null && line.signed === null && (line.unit === unit || unit === row.subBureau || unit === row.bureau),
  )

const passes: { readonly [Name in FilterName]: (row: IncidentRow, wanted: NonNullable<Filters[Name]>, seen: Seen) => boolean } = {
  group: (row, wanted, { groupOf }) => groupOf(row.kind) === wanted,
  priority: (row, wanted) => row.priority === wanted,
  station: (row, wanted) => row.station === wanted,
  phase: (row, wanted) => row.phase === wanted,
  unsigned: (row, _, { unit }) => waits(row, unit),
  urged: (row) => row.urged > 0,
}

function passesOne<Name extends FilterName>(name: Name, row: IncidentRow, filters: Filters, seen: Seen): boolean {
  const wanted = filters[name]
  return wanted === undefined || passes[name](row, wanted as NonNullable<Filters[Name]>, seen)
}

/** The filters that are set, in the order in which they stand. */
export const setFilters = (filters: Filters): readonly FilterName[] => filterNames.filter((name) => filters[name] !== undefined)

export const filtered = (rows: readonly IncidentRow[], filters: Filters, seen: Seen): readonly IncidentRow[] =>
  rows.filter((row) => filterNames.every((name) => passesOne(name, row, filters, seen)))

/** Of each filter that is set: how many rows it hides, and how many would be seen without it. */
export const hidden = (
  rows: readonly IncidentRow[],
  filters: Filters,
  seen: Seen,
): readonly { readonly name: FilterName; readonly hides: number; readonly without: number }[] =>
  setFilters(filters).map((name) => ({
    name,
    hides: rows.filter((row) => !passesOne(name, row, filters, seen)).length,
    without: filtered(rows, { ...filters, [name]: undefined }, seen).length,
  }))
