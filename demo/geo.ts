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

export const streets = (): Street[] =>
  read('beijing-streets.csv')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => {
      const [code = '', name = '', district = ''] = line.split(',')
      return { code, name, district }
    })
