import { z } from 'zod'
import { latitude, longitude, text, unitCode } from '#kernel/text.ts'

/** What a place can be; a unit that is found as a place is `station` or `subBureau`. Names stand in `words` under `placeKind.<kind>`. */
export const placeKinds = ['street', 'town', 'road', 'railway', 'subway', 'airport', 'hospital', 'school', 'park', 'landmark'] as const
export const foundKinds = [...placeKinds, 'station', 'subBureau'] as const

/** How a name is read: syllables in small letters, and whole what is no Han, as in `T3 hang zhan lou`. */
const reading = z.string().regex(/^[A-Za-z0-9]{1,20}( [A-Za-z0-9]{1,20}){0,59}$/, { error: 'reading' })
const about = { name: text(60), kind: z.enum(placeKinds), unit: unitCode, lon: longitude, lat: latitude }

export const placeCommands = {
  /** Adds or changes the place of this stream (`place:<code>`). `unit`: the one it is looked up under, as a rule the sub-bureau of its district. */
  setPlace: z.strictObject({
    ...about,
    /** Its position is approximate or made up, not surveyed. */
    schematic: z.boolean().optional(),
    /** Where the usual reading of the characters is not this name's. */
    pinyin: reading.optional(),
  }),
  retirePlace: z.strictObject({ reason: text(500) }),
} as const

export const placeEvents = {
  /** `path`: the units from the root to `unit`. `pinyin` is kept as it was read then, or empty: a rebuild asks no dictionary. */
  placeSet: z.strictObject({ ...about, name: z.string(), path: z.array(unitCode), schematic: z.boolean(), pinyin: z.string() }),
  placeRetired: z.strictObject({ reason: z.string() }),
} as const

/** A place or a unit as a search offers it. WGS-84. */
export interface PlaceRow {
  readonly code: string
  readonly name: string
  readonly kind: (typeof foundKinds)[number]
  /** Whose area it is looked up under; of a unit the one above it. */
  readonly unit: string
  readonly lon: number
  readonly lat: number
  readonly schematic: boolean
}
