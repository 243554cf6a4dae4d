import type { Boundary } from '../contract.ts'

type Json = { readonly type?: string; readonly coordinates?: unknown; readonly geometry?: Json; readonly features?: readonly Json[] }

function polygons(json: Json | undefined): unknown[] {
  switch (json?.type) {
    case 'Polygon':
      return [json.coordinates]
    case 'MultiPolygon':
      return Array.isArray(json.coordinates) ? json.coordinates : []
    case 'Feature':
      return polygons(json.geometry)
    case 'FeatureCollection':
      return (json.features ?? []).flatMap(polygons)
    default:
      return []
  }
}

/** Polygon, MultiPolygon, Feature or FeatureCollection, as map programs write them; `null` when it is none of these. The schema judges the rest. */
export function boundaryOf(text: string): Boundary | null {
  try {
    const found = polygons(JSON.parse(text) as Json)
    return found.length > 0 ? (found as Boundary) : null
  } catch {
    return null
  }
}
