import { z } from 'zod'
import type { Statement, Tx } from '#kernel/database/tx.ts'
import type { Reader } from '#kernel/module.ts'
import { latitude, longitude, text } from '#kernel/text.ts'
import type { Command, PlaceRow, Views } from './contract.ts'
import type { Site } from './decide/commands.ts'
import type { Place } from './decide/state.ts'
import { beginning, folded, keysOf, namesWithin, rankOf, short, spellingsOf, stemOf } from './rules/finding.ts'
import { everyone, placeRows } from './rules.ts'
import { readingOf, spelledOnce } from './spelling.ts'

/** The unit that a place is to lie under, whether its bureau covers the point, and how the name is read. */
export async function siteOf(tx: Tx, { name, unit, lon, lat }: Extract<Command, { type: 'setPlace' }>['data']): Promise<Site> {
  const site = `
    select u.code, u.path, u.closed, found.in_bureau as covered
    from access.unit_of($1) u cross join lateral access.unit_at($2, $3, u.bureau) found`
  const [found] = await tx.query<{ code: string; path: string[]; closed: boolean; covered: boolean }>(site, [unit, lon, lat])
  return { unit: found ?? null, covered: found?.covered ?? false, reading: readingOf(name) }
}

const putText = `
  insert into dispatch.place (code, path, unit, kind, name, lon, lat, schematic, folded, pinyin, initials, stem, keys)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, array_to_tsvector($13::text[]))
  on conflict (code) do update set
    path = excluded.path, unit = excluded.unit, kind = excluded.kind, name = excluded.name, lon = excluded.lon, lat = excluded.lat,
    schematic = excluded.schematic, folded = excluded.folded, pinyin = excluded.pinyin, initials = excluded.initials, stem = excluded.stem, keys = excluded.keys`

export function placeStatements(stream: string, { place, retired }: Place): readonly Statement[] {
  const code = stream.slice(stream.indexOf(':') + 1)
  if (retired) return [{ text: 'delete from dispatch.place where code = $1', values: [code] }]
  const { path, unit, kind, name, lon, lat, schematic } = place
  const written = spellingsOf(name, place.pinyin)
  const keys = keysOf(name, place.pinyin)
  const values = [code, path, unit, kind, name, lon, lat, schematic, written.name, written.pinyin, written.initials, stemOf(name), keys]
  return [{ text: putText, values }]
}

/** `rank` as `rankOf` gives it; 3: its name stands within what is asked. */
interface Found extends PlaceRow {
  readonly rank: number
  readonly stem: string
}

/** Longer questions find no more: a name ends somewhere. */
const asksWith = 60
type Point = readonly [lon: number, lat: number]
const near = z
  .string()
  .regex(/^-?\d{1,3}(\.\d{1,15})?,-?\d{1,2}(\.\d{1,15})?$/, { error: 'point' })
  .transform((value) => value.split(',').map(Number))
  .pipe(z.tuple([longitude, latitude]))
const input = z.strictObject({ q: text(200), near: near.optional() })

// Of the bureau that the reader's unit belongs to: he looks for places anywhere in it.
const placesText = 'select f.* from access.unit_of($1) u cross join lateral dispatch.places_found(u.bureau, $2, $3, $4, $5, $6, $7) f'
const postsText =
  'select p.code, p.name, p.kind, p.parent as unit, p.lon, p.lat, p.schematic from access.unit_of($1) u cross join lateral access.posts(u.bureau) p'

/** Units with a position: they stand in no table of places. */
function posts(units: readonly PlaceRow[], asked: string, within: ReadonlySet<string>): readonly Found[] {
  return units.flatMap((unit) => {
    const { spellings, keys } = spelledOnce(unit.name)
    const stem = spellings.name
    const rank = rankOf(spellings, keys, asked) ?? (within.has(stem) ? 3 : null)
    return rank === null ? [] : [{ ...unit, stem, rank }]
  })
}

/** What fits best first; among equals the longer of names within an address, then what lies nearer, then the shorter name. */
function ordered(found: readonly Found[], within: ReadonlySet<string>, point: Point | null): readonly Found[] {
  const said = ({ stem }: Found) => (within.has(stem) ? stem.length : 0)
  const far = ({ lon, lat }: PlaceRow) =>
    point === null ? 0 : Math.hypot((lon - point[0]) * Math.cos((point[1] * Math.PI) / 180), lat - point[1])
  return found.toSorted(
    (a, b) =>
      a.rank - b.rank ||
      said(b) - said(a) ||
      far(a) - far(b) ||
      a.name.length - b.name.length ||
      (a.name < b.name ? -1 : Number(a.name > b.name)),
  )
}

/** The statement that finds the stored places of a unit's bureau for what is asked, folded. */
export function placesQuery(asked: string, unit: string | undefined, point: Point | null): Statement {
  const key = short(asked) ? beginning + asked : asked
  return { text: placesText, values: [unit, asked, `'${key}':*`, namesWithin(asked), point?.[0] ?? null, point?.[1] ?? null, placeRows] }
}

async function search(tx: Tx, asked: string, unit: string | undefined, point: Point | null): Promise<readonly PlaceRow[]> {
  const { text: query, values } = placesQuery(asked, unit, point)
  const [stored, units] = await Promise.all([tx.query<Found>(query, values), tx.query<PlaceRow>(postsText, [unit])])
  const within = new Set(namesWithin(asked))
  const all = ordered([...stored, ...posts(units, asked, within)], within, point).slice(0, placeRows)
  return all.map(({ rank: _rank, stem: _stem, ...row }) => row)
}

export const places = {
  input,
  roles: [...everyone, 'systemAdministrator'],
  reads: 'board',
  async read(tx: Tx, { q, near: point }: z.infer<typeof input>, reader: Reader): Promise<{ data: Views['places'] }> {
    const asked = [...folded(q)].slice(0, asksWith).join('')
    return { data: { rows: asked === '' ? [] : await search(tx, asked, reader.units[0], point ?? null) } }
  },
} as const
