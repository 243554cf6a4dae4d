import { readFileSync } from 'node:fs'
import type { Boundary } from '#modules/staff/contract.ts'
import type { Point } from './areas.ts'

export interface District {
  readonly code: string
  readonly name: string
  readonly label: Point
  readonly boundary: Boundary
}

interface Street {
  readonly code: string
  readonly name: string
  readonly district: string
}

interface Feature {
  readonly properties: { readonly code: string; readonly name: string; readonly label: Point }
  readonly geometry:
    | { readonly type: 'Polygon'; readonly coordinates: Boundary[number] }
    | { readonly type: 'MultiPolygon'; readonly coordinates: Boundary }
}

const read = (file: string): string => readFileSync(new URL(`geo/${file}`, import.meta.url), 'utf8')

export const districts = (): District[] =>
  (JSON.parse(read('beijing-districts.geojson')) as { features: Feature[] }).features.map(({ properties, geometry }) => ({
    ...properties,
    boundary: geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates,
  }))

/** A row's cells, without the heading; no cell holds a comma. */
const table = (file: string): readonly string[][] =>
  read(file)
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(','))

export const streets = (): Street[] =>
  table('beijing-streets.csv').map(([code = '', name = '', district = '']) => ({ code, name, district }))

/** A place of the city, approximate or made up; `pinyin` where a dictionary would read the name otherwise. */
export interface PlannedPlace extends Street {
  readonly kind: string
  readonly lon: number
  readonly lat: number
  readonly pinyin: string
}
export const places = (): PlannedPlace[] =>
  table('places.csv').map(([code = '', name = '', kind = '', district = '', lon = '', lat = '', pinyin = '']) => ({
    ...{ code, name, kind, district, pinyin },
    lon: Number(lon),
    lat: Number(lat),
  }))
