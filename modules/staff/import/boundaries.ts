import { type Boundary, commands, type UnitRow } from '../contract.ts'
import { crossing } from '../rules/rings.ts'
import type { Fault, Read } from './fault.ts'
import { faultsOf, type House, type Line, lineOf, pathOf, repeated, type Step } from './plan.ts'

/** What map programs write and a command can carry. */
const mostFeatures = 5000
const mostBytesOfFeature = 900_000

export interface Feature {
  /** Counted from 1 in the file. */
  readonly n: number
  readonly code: string
  readonly schematic: boolean
  readonly boundary: Boundary | null
  readonly faults: readonly Fault[]
}

type Json = { readonly [key: string]: unknown }
const object = (value: unknown): Json => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {})
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** WGS 84, and CGCS2000, which differs from it by centimetres. Anything else would move every boundary. */
const known = /CRS84|EPSG:{1,2}(4326|4490)$/
const codes = ['code', '编码', '代码', '單位代碼', '編碼', '代碼']

/** A height beside longitude and latitude says nothing about an area. */
const flat = (ring: unknown): unknown =>
  Array.isArray(ring) ? ring.map((point) => (Array.isArray(point) ? point.slice(0, 2) : point)) : ring

function polygonsOf(geometry: Json): readonly unknown[] | null {
  if (geometry['type'] === 'Polygon') return [list(geometry['coordinates']).map(flat)]
  if (geometry['type'] === 'MultiPolygon') return list(geometry['coordinates']).map((polygon) => list(polygon).map(flat))
  return null
}

/** Longitude and latitude have changed places: the first fits a latitude of China, the second a longitude of it, and never the other way. */
const swapped = (points: readonly unknown[]): boolean =>
  points.length > 0 &&
  points.every((point) => {
    const [first, second] = list(point)
    return typeof first === 'number' && typeof second === 'number' && Math.abs(first) <= 54 && second >= 73 && second <= 135
  })

function geometryFaults(polygons: readonly unknown[]): Fault[] {
  const points = polygons.flatMap((polygon) => list(polygon).flatMap((ring) => list(ring)))
  if (swapped(points)) return [{ key: 'import.wrong.swapped' }]
  const shape = faultsOf(commands.drawBoundary.shape.boundary, polygons, {}).map((fault): Fault => ({ ...fault, field: 'geometry' }))
  if (shape.length > 0) return shape
  const itself = (polygons as Boundary).flat().flatMap((ring) => crossing(ring) ?? [])
  const [lon, lat] = itself
  return lon === undefined || lat === undefined ? [] : [{ key: 'import.wrong.crossing', values: { lon, lat } }]
}

function featureOf(raw: unknown, index: number): Feature {
  const feature = object(raw)
  const properties = object(feature['properties'])
  const code = codes.map((name) => properties[name]).find((value) => typeof value === 'string' || typeof value === 'number')
  const polygons = polygonsOf(object(feature['geometry']))
  const faults: Fault[] = []
  if (code === undefined || code === '') faults.push({ key: 'invalid.required', field: 'code' })
  const schematic = properties['schematic'] ?? properties['示意']
  if (schematic !== undefined && typeof schematic !== 'boolean') faults.push({ key: 'invalid.type', field: 'schematic' })
  if (polygons === null) faults.push({ key: 'import.wrong.geometry' })
  else if (JSON.stringify(polygons).length > mostBytesOfFeature) faults.push({ key: 'import.wrong.featureLarge' })
  else faults.push(...geometryFaults(polygons))
  return {
    n: index + 1,
    code: String(code ?? '').trim(),
    schematic: schematic === true,
    boundary: faults.length === 0 ? (polygons as Boundary) : null,
    faults,
  }
}

/** The features of a GeoJSON text (RFC 7946): a boundary each, with the code of its unit. */
export function readBoundaries(text: string): Read<readonly Feature[]> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { fault: { key: 'import.wrong.json' } }
  }
  const { type, features, crs } = object(json)
  if (type !== 'FeatureCollection' || !Array.isArray(features)) return { fault: { key: 'import.wrong.collection' } }
  const system = object(object(crs)['properties'])['name']
  if (crs !== undefined && crs !== null && !(typeof system === 'string' && known.test(system)))
    return { fault: { key: 'import.wrong.crs', values: { crs: String(system) } } }
  if (features.length === 0) return { fault: { key: 'import.wrong.noRows' } }
  if (features.length > mostFeatures) return { fault: { key: 'import.wrong.rows', values: { most: mostFeatures } } }
  return { value: features.map(featureOf) }
}

const sameArea = (a: Boundary, b: Boundary | undefined): boolean => b !== undefined && JSON.stringify(a) === JSON.stringify(b)

function drawing(
  { boundary, schematic, code, n }: Feature,
  unit: UnitRow | undefined,
  house: House,
  reason: string,
): { faults: Fault[]; steps: Step[] } {
  if (unit === undefined) return { faults: [{ key: 'refusal.no-unit', field: 'code', values: { code: code || `#${n}` } }], steps: [] }
  if (unit.closed) return { faults: [{ key: 'refusal.unit-closed', field: 'code' }], steps: [] }
  const roots = house.offices.systemAdministrator
  const path = pathOf(new Map(house.units.map((one) => [one.code, one])), code)
  if (roots.length > 0 && !path.some((one) => roots.includes(one)))
    return { faults: [{ key: 'refusal.foreign-unit', field: 'code' }], steps: [] }
  if (boundary === null || (sameArea(boundary, house.boundaries.get(code)) && unit.schematic === schematic))
    return { faults: [], steps: [] }
  return {
    faults: [],
    steps: [{ office: 'systemAdministrator', stream: code, type: 'drawBoundary', data: { boundary, schematic, reason } }],
  }
}

/** What these features would make of the map. Parents are drawn before what lies in them. */
export function planBoundaries(features: readonly Feature[], house: House, reason: string): Line[] {
  const units = new Map(house.units.map((unit) => [unit.code, unit]))
  const twice = repeated(features, ({ code }) => code)
  return features.map((feature) => {
    const { n, code, faults } = feature
    const first = twice.get(feature)
    const repeat: Fault[] = first === undefined ? [] : [{ key: 'import.wrong.twice', field: 'code', values: { line: first + 1 } }]
    const found = code === '' ? { faults: [], steps: [] } : drawing(feature, units.get(code), house, reason)
    const about = { line: n, subject: code, name: units.get(code)?.name ?? '', wave: pathOf(units, code).length }
    return lineOf(about, { steps: found.steps, faults: [...faults, ...repeat, ...found.faults], opens: !house.boundaries.has(code) }, house)
  })
}
