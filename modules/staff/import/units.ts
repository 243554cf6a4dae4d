import type { Boundary, UnitKind, UnitRow } from '../contract.ts'
import { commands } from '../contract.ts'
import { parents } from '../rules.ts'
import { inside } from '../rules/rings.ts'
import type { Column, Fault, Read } from './fault.ts'
import { faultsOf, type House, type Line, lineOf, type Names, pathOf, repeated, type Step } from './plan.ts'
import { type Columns, type Row, type Table, tableOf } from './table.ts'

const columns: Columns = {
  code: { names: ['code', '编码', '代码', '单位编码', '單位代碼', '編碼', '代碼'] },
  kind: { names: ['kind', '类型', '类别', '類型', '類別'] },
  name: { names: ['name', '名称', '名稱'] },
  parent: { names: ['parent', '上级', '上级单位', '上級', '上級單位'] },
  lon: { names: ['lon', 'lng', 'longitude', '经度', '經度'], optional: true },
  lat: { names: ['lat', 'latitude', '纬度', '緯度'], optional: true },
}

export const readUnits = (text: string): Read<Table> => tableOf(text, columns)

/** The parents whose boundaries a plan of these rows looks at. */
export const parentsOf = ({ rows }: Table): readonly string[] => [...new Set(rows.flatMap(({ cells }) => cells.parent || []))]

interface Wanted {
  readonly row: Row
  readonly code: string
  readonly name: string
  readonly parent: string | null
  readonly kind: UnitKind | undefined
  readonly position: readonly [number, number] | null
  readonly faults: readonly Fault[]
}

const number = (cell: string | undefined): number | null =>
  cell === undefined || cell === '' ? null : /^-?\d+(\.\d+)?$/.test(cell) ? Number(cell) : NaN

/** A position, and what is wrong with it. In China no longitude is below 73 and no latitude above 54: one that is has changed places with the other. */
function positionOf({ cells }: Row): { position: readonly [number, number] | null; faults: Fault[] } {
  const [lon, lat] = [number(cells.lon), number(cells.lat)]
  if (lon === null && lat === null) return { position: null, faults: [] }
  const half: Column | undefined = lon === null ? 'lon' : lat === null ? 'lat' : undefined
  if (half !== undefined || lon === null || lat === null)
    return { position: null, faults: [{ key: 'invalid.required', field: half ?? 'lon' }] }
  if (Math.abs(lat) > 90 && Math.abs(lon) <= 90) return { position: null, faults: [{ key: 'import.wrong.swapped' }] }
  const faults: Fault[] = []
  if (!(Math.abs(lon) <= 180)) faults.push({ key: 'invalid.range', field: 'lon' })
  if (!(Math.abs(lat) <= 90)) faults.push({ key: 'invalid.range', field: 'lat' })
  return { position: faults.length === 0 ? [lon, lat] : null, faults }
}

function wantedOf(row: Row, names: Names): Wanted {
  const { code = '', name = '', parent = '', kind: word = '' } = row.cells
  const kind = names.kinds.get(word.toLowerCase())
  const { position, faults } = positionOf(row)
  const named: Fault[] = kind === undefined ? [{ key: word === '' ? 'invalid.required' : 'invalid.choice', field: 'kind' }] : []
  const data = { kind: 'station', name, ...(parent !== '' && { parent }) }
  const shape = faultsOf(commands.openUnit, data, { name: 'name', parent: 'parent' })
  const coded: Fault[] = /^[0-9A-Za-z][0-9A-Za-z-]{1,23}$/.test(code)
    ? []
    : [{ key: code === '' ? 'invalid.required' : 'import.wrong.code', field: 'code' }]
  const ragged: Fault[] = row.ragged ? [{ key: 'import.wrong.ragged' }] : []
  return {
    row,
    code,
    name,
    parent: parent === '' ? null : parent,
    kind,
    position,
    faults: [...ragged, ...coded, ...named, ...shape, ...faults],
  }
}

/** Codes whose way up comes back to them. */
function loops(parentOf: ReadonlyMap<string, { readonly parent: string | null }>): ReadonlySet<string> {
  const found = new Set<string>()
  for (const code of parentOf.keys()) {
    const seen = new Set<string>()
    for (let at: string | null | undefined = code; at != null && !seen.has(at); at = parentOf.get(at)?.parent) seen.add(at)
    const back = [...seen].at(-1)
    if (back !== undefined && parentOf.get(back)?.parent === code) found.add(code)
  }
  return found
}

/** Of a unit that stands already only the name can change: a unit keeps its code, kind and place in the tree for ever. */
function changes(wanted: Wanted, there: UnitRow, reason: string): { faults: Fault[]; notes: Fault[]; steps: Step[] } {
  if (there.closed) return { faults: [{ key: 'refusal.unit-closed', field: 'code' }], notes: [], steps: [] }
  const faults: Fault[] = []
  if (wanted.kind !== undefined && wanted.kind !== there.kind) faults.push({ key: 'import.wrong.kindKept', field: 'kind' })
  if (wanted.parent !== there.parent)
    faults.push({ key: 'import.wrong.parentKept', field: 'parent', values: { parent: there.parent ?? '—' } })
  const [lon, lat] = there.position ?? []
  const moved = wanted.position !== null && (wanted.position[0] !== lon || wanted.position[1] !== lat)
  const step: Step = { office: 'systemAdministrator', stream: wanted.code, type: 'renameUnit', data: { name: wanted.name, reason } }
  return { faults, notes: moved ? [{ key: 'import.note.positionKept' }] : [], steps: wanted.name === there.name ? [] : [step] }
}

interface Surroundings {
  /** Of the file and of the house, by code. */
  readonly kinds: ReadonlyMap<string, { readonly kind: UnitKind | undefined; readonly parent: string | null; readonly closed: boolean }>
  readonly loops: ReadonlySet<string>
  readonly boundaries: ReadonlyMap<string, Boundary>
  readonly roots: readonly string[]
}

/** What is wrong with the place of a new unit in the tree and on the map. */
function placed({ code, kind, parent, position }: Wanted, { kinds, loops: looped, boundaries, roots }: Surroundings): Fault[] {
  if (looped.has(code)) return [{ key: 'import.wrong.loop', field: 'parent' }]
  if (parent === null) return [{ key: 'import.wrong.root', field: 'parent' }]
  const above = kinds.get(parent)
  if (above === undefined) return [{ key: 'refusal.no-unit', field: 'parent', values: { code: parent } }]
  if (above.closed) return [{ key: 'refusal.unit-closed', field: 'parent' }]
  const faults: Fault[] = []
  if (kind !== undefined && above.kind !== undefined && !parents[kind].includes(above.kind))
    faults.push({ key: 'refusal.unit-parent', field: 'parent' })
  if (roots.length > 0 && !pathOf(kinds, parent).some((one) => roots.includes(one)))
    faults.push({ key: 'refusal.foreign-unit', field: 'parent' })
  const around = boundaries.get(parent)
  if (position !== null && around !== undefined && !inside(around, position))
    faults.push({ key: 'import.wrong.outside', values: { parent } })
  return faults
}

/** What these rows would make of the tree. */
export function planUnits({ rows }: Table, house: House, names: Names, reason: string): Line[] {
  const there = new Map(house.units.map((unit) => [unit.code, unit]))
  const wanted = rows.map((row) => wantedOf(row, names))
  const twice = repeated(wanted, ({ code }) => code)
  const kinds = new Map<string, { kind: UnitKind | undefined; parent: string | null; closed: boolean }>([
    ...wanted.map(({ code, kind, parent }) => [code, { kind, parent, closed: false }] as const),
    ...there,
  ])
  const around = { kinds, loops: loops(kinds), boundaries: house.boundaries, roots: house.offices.systemAdministrator }
  return wanted.map((one) => {
    const { row, code, name, kind, parent, position } = one
    const old = there.get(code)
    const first = twice.get(one)
    const repeat: Fault[] =
      first === undefined ? [] : [{ key: 'import.wrong.twice', field: 'code', values: { line: wanted[first]?.row.line ?? 0 } }]
    const data = { kind, ...(parent !== null && { parent }), name, ...(position !== null && { position }) }
    const opening: Step = { office: 'systemAdministrator', stream: code, type: 'openUnit', data }
    const found = old === undefined ? { faults: placed(one, around), notes: [], steps: [opening] } : changes(one, old, reason)
    const about = { line: row.line, subject: code, name, wave: pathOf(kinds, code).length }
    return lineOf(about, { ...found, faults: [...one.faults, ...repeat, ...found.faults], opens: old === undefined }, house)
  })
}
