import { z } from 'zod'
import type { Tx } from '#kernel/database/tx.ts'
import type { Reader } from '#kernel/module.ts'
import { unitCode } from '#kernel/text.ts'
import type { Boundary, Command, Finding, Gap, UnitKind, Views } from '../contract.ts'
import type { State } from '../decide/state.ts'
import { covering, tolerance } from '../rules.ts'
import { overlap, uncovered } from '../rules/cover.ts'

const ring = (column: string) => `translate(${column}::text, '()', '[]')::json`
/** Boundaries as they were drawn, one row a unit; a `where` and a `group by u.code` follow. */
export const areaText = (more = '') => `
  select u.code as unit, u.schematic${more}, json_agg(
    (select json_agg(ring order by n) from (
      select 0 as n, ${ring('a.outline')} as ring
      union all select n, ${ring('hole')} from unnest(a.holes) with ordinality as list (hole, n)) rings) order by a.part) as boundary
  from access.unit u join access.area a on a.unit = u.code`

// A unit is compared with those beside it where their bounds touch, with the one above it and with those below it.
const aroundText = `${areaText(', u.parent')}
  where u.code <> $1 and not u.closed and (u.parent = $1 or u.code = $2 or (u.parent = $2
    and exists (select from access.area beside where beside.unit = u.code and beside.bounds && box(point($3, $4), point($5, $6)))))
  group by u.code order by u.code`

interface Around {
  readonly unit: string
  readonly parent: string | null
  readonly boundary: Boundary
}

function boundsOf(boundary: Boundary): readonly [west: number, south: number, east: number, north: number] {
  let [west, south, east, north] = [180, 90, -180, -90]
  for (const [lon, lat] of boundary.flat(2)) {
    west = Math.min(west, lon)
    south = Math.min(south, lat)
    east = Math.max(east, lon)
    north = Math.max(north, lat)
  }
  return [west, south, east, north]
}

type Drawing = Extract<Command, { type: 'openUnit' | 'drawBoundary' }> & { readonly stream: string }

/**
 * How the boundary of this command lies with those around it. Who draws beside, above or below at the same moment waits: two that overlap cannot both be
 * saved unseen.
 */
export async function fitsOf(tx: Tx, { type, stream, data }: Drawing, state: State): Promise<readonly Finding[]> {
  const { boundary } = data
  if (boundary === undefined) return []
  const parent = type === 'openUnit' ? (data.parent ?? null) : state.what === 'unit' ? (state.path.at(-2) ?? null) : null
  const locks = (parent === null ? [stream] : [stream, parent]).map((code) => `boundaries below ${code}`)
  await tx.query('select kernel.lock($1, $2::text[])', ['staff', locks])
  const around = await tx.query<Around>(aroundText, [stream, parent, ...boundsOf(boundary)])
  return around.flatMap((other): Finding[] => {
    if (other.unit === parent) return [{ kind: 'overhang', units: [stream, parent], share: uncovered(boundary, [other.boundary]) }]
    if (other.parent === stream) return [{ kind: 'overhang', units: [other.unit, stream], share: uncovered(other.boundary, [boundary]) }]
    const { first, share } = overlap(boundary, other.boundary)
    return [{ kind: 'overlap', units: first ? [stream, other.unit] : [other.unit, stream], share }]
  })
}

const byUnit = z.strictObject({ unit: unitCode })

const findingsText = `
  select f.kind, json_build_array(f.unit, f.other) as units, f.share from access.finding f join access.unit u on u.code = f.unit
  where $1 = any (u.path) or f.other = $1 or f.unit = $1 order by f.share desc, f.unit, f.other`
const belowText = `select code, kind from access.unit where parent = $1 and not closed`

/** A gap is a matter of the whole: it is looked for when everything that covers the area has been drawn, not with every piece. */
async function gapOf(tx: Tx, unit: string): Promise<Gap | null> {
  const [below, areas] = await Promise.all([
    tx.query<{ code: string; kind: UnitKind }>(belowText, [unit]),
    tx.query<Around>(`${areaText(', u.parent')} where (u.code = $1 or u.parent = $1) and not u.closed group by u.code`, [unit]),
  ])
  const own = areas.find((area) => area.unit === unit)
  const parts = below.filter(({ kind }) => covering.has(kind))
  if (own === undefined || parts.length === 0) return null
  const drawn = areas.filter((area) => area !== own && parts.some(({ code }) => code === area.unit))
  const counted = { drawn: drawn.length, all: parts.length }
  if (drawn.length < parts.length) return { ...counted, share: null }
  const share = uncovered(
    own.boundary,
    drawn.map(({ boundary }) => boundary),
  )
  return { ...counted, share: share < tolerance ? 0 : share }
}

export const findings = {
  input: byUnit,
  async read(tx: Tx, { unit }: z.infer<typeof byUnit>, reader: Reader): Promise<{ data: Views['findings'] } | null> {
    const [found] = await tx.query<{ path: string[] }>('select path from access.unit_of($1)', [unit])
    if (found === undefined || !found.path.some((code) => reader.units.includes(code))) return null
    const [rows, gap] = await Promise.all([tx.query<Finding>(findingsText, [unit]), gapOf(tx, unit)])
    return { data: { findings: rows, gap } }
  },
}
