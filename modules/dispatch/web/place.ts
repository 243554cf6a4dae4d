import type { Place, PlaceRow } from '../contract.ts'
import { folded, stemOf } from '../rules/finding.ts'

/** What a person has typed of a place. */
export interface PlaceDraft {
  readonly text: string
  readonly spot: string
  readonly unknown: boolean
  /** The name whose point `spot` is, when it came from an offer. */
  readonly taken?: string | undefined
}
export const noPlace: PlaceDraft = { text: '', spot: '', unknown: false }

/** `116.45, 39.93`: longitude first, any usual separator. Whether it is possible is the schema's question. */
export function spotOf(text: string): { lon: number; lat: number } | null {
  const found = /^\s*(-?\d{1,3}(?:\.\d+)?)\s*[,, 、;]\s*(-?\d{1,3}(?:\.\d+)?)\s*$/.exec(text)
  return found ? { lon: Number(found[1]), lat: Number(found[2]) } : null
}
export const spotText = ({ lon, lat }: { lon: number; lat: number }): string => `${lon.toFixed(5)}, ${lat.toFixed(5)}`

/** The point, wherever it was typed. */
export const pointOf = (draft: PlaceDraft): { lon: number; lat: number } | null =>
  draft.unknown ? null : (spotOf(draft.spot) ?? (draft.spot.trim() ? null : spotOf(draft.text)))

/** `undefined`: nothing was said of the place; `null`: the point cannot be read. */
export function placeOf(draft: PlaceDraft): Place | undefined | null {
  if (draft.unknown) return { kind: 'unknown' }
  const text = draft.text.trim()
  const point = pointOf(draft)
  if (!point && draft.spot.trim()) return null
  if (point) return { kind: 'point', ...point, ...(text && spotOf(text) === null ? { text } : {}) }
  return text ? { kind: 'described', text } : undefined
}

/**
 * The draft with an offer's point. A text that was only a search for it becomes its name; an address that names it and says more
 * stays as it was typed: the address typed is the address sent.
 */
export function taken(row: PlaceRow, draft: PlaceDraft): PlaceDraft {
  const stem = stemOf(row.name)
  const typed = folded(draft.text)
  const says = typed.includes(stem) && typed.length > stem.length
  return { text: says ? draft.text : row.name, spot: spotText(row), unknown: false, taken: stem }
}

/** The draft with another text. A point that came with a name goes when the name goes: it would be another place's. */
export function retold(draft: PlaceDraft, text: string): PlaceDraft {
  const { taken: stem, ...rest } = draft
  if (stem === undefined) return { ...draft, text }
  return folded(text).includes(stem) ? { ...draft, text } : { ...rest, text, spot: '' }
}
