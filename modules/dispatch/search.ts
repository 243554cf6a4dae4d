import { z } from 'zod'
import { rowsInto, type Statement, type Tx } from '#kernel/database/tx.ts'
import { dayOf } from '#kernel/day.ts'
import type { Recorded } from '#kernel/decider.ts'
import type { Reader } from '#kernel/module.ts'
import { pageOf, queryOf } from '#kernel/search.ts'
import { instant, text, unitCode, uuid } from '#kernel/text.ts'
import { type Event, type IncidentRow, searched, type Views } from './contract.ts'
import { over } from './decide.ts'
import { mayRead } from './reach.ts'
import { everyone, searchRows } from './rules.ts'

const upsert = `
  insert into dispatch.word as w (id, bureau, sub_bureau, station, open, kind, received, content, words)
  select given.id, given.bureau, given.sub_bureau, given.station, given.open, given.kind, given.received, folded, kernel.words_of(folded)
  from jsonb_populate_recordset(null::dispatch.word, $1::jsonb) given, kernel.folded(given.content) folded
  on conflict (id) do update set
    sub_bureau = excluded.sub_bureau, station = excluded.station, open = excluded.open, kind = excluded.kind, content = excluded.content, words = excluded.words`
const move = `
  update dispatch.word w set sub_bureau = moved.sub_bureau, station = moved.station, open = moved.open
  from jsonb_populate_recordset(null::dispatch.word, $1::jsonb) moved where w.id = moved.id`

const saysMore: readonly Event['type'][] = ['opened', 'located', 'corrected']
const moves: readonly Event['type'][] = ['dispatched', 'transferred', 'closed', 'cancelled', 'sentBack']

/** What is looked for is written anew only when it changes: most events are receipts and milestones. */
export function wordStatements(events: readonly Recorded<Event>[], row: IncidentRow): readonly Statement[] {
  const [open, has] = [!over(row), (types: readonly Event['type'][]) => events.some((event) => types.includes(event.type))]
  const where = { id: row.id, sub_bureau: row.subBureau, station: row.station, open }
  if (has(saysMore)) {
    const content = [row.narrative, row.place.kind === 'unknown' ? '' : (row.place.text ?? '')].filter((part) => part !== '').join(' ')
    const { bureau, kind, received } = row
    return [rowsInto(upsert, { ...where, bureau, kind, received: received.time, content })]
  }
  return has(moves) ? [rowsInto(move, where)] : []
}

/** `26-1124-00012`, `1124-12` or `12` as the whole number that it stands for; null for what is no number. Without a day it is today's, as numbers are given. */
export function numberOf(asked: string, now: string): string | null {
  const [, year, date, digits] = /^(?:(?:(\d{2})-)?(\d{4})-)?(\d{1,5})$/.exec(asked) ?? []
  if (digits === undefined) return null
  const [thisYear = '', month = '', today = ''] = dayOf(now).split('-')
  return `${year ?? thisYear.slice(2)}-${date ?? month + today}-${digits.padStart(5, '0')}`
}

/** A telephone number's digits, without the country's own code; null for what is none. */
export function digitsOf(asked: string): string | null {
  if (!/^\+?[\d ()#*-]+$/.test(asked)) return null
  const digits = asked.replaceAll(/\D/g, '')
  return digits.length < 7 ? null : asked.startsWith('+86') ? digits.slice(2) : digits
}

const cursor = z
  .string()
  .transform((value) => value.split('~'))
  .pipe(z.tuple([instant, uuid]))
const input = z.strictObject({
  unit: unitCode,
  q: text(100).optional(),
  kinds: text(400)
    .transform((value) => value.split(','))
    .optional(),
  state: z.enum(searched).optional(),
  since: instant.optional(),
  until: instant.optional(),
  before: cursor.optional(),
})

const rowsText = "select row from dispatch.incident where id = any ($1::text[]) order by row -> 'received' ->> 'time' desc, id desc"
const byNumber = 'select id from dispatch.incident where number = $1 and $2 in (bureau, sub_bureau, station)'
const byCaller = 'select id from dispatch.search_caller($1, $2, $3)'
const byWords = 'select id, received as at from dispatch.search($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)'

type Asked = z.infer<typeof input>
interface Found {
  readonly ids: readonly string[]
  readonly next: string | null
}

/** By a number, of the incident or of a caller: few rows, so nothing else narrows them. Null: it is none. */
async function numbered(tx: Tx, { q = '', unit }: Asked, now: string): Promise<Found | null> {
  const [number, digits] = [numberOf(q, now), digitsOf(q)]
  if (number === null && digits === null) return null
  const rows =
    number === null
      ? await tx.query<{ id: string }>(byCaller, [unit, [digits, `86${digits ?? ''}`], searchRows])
      : await tx.query<{ id: string }>(byNumber, [number, unit])
  return rows.length === 0 ? null : { ids: rows.map(({ id }) => id), next: null }
}

async function worded(tx: Tx, asked: Asked): Promise<Found> {
  const query = asked.q === undefined ? undefined : queryOf(asked.q)
  if (query === null) return { ids: [], next: null }
  const [time = null, id = null] = asked.before ?? []
  const open = asked.state === undefined ? null : asked.state === 'open'
  const rows = await tx.query<{ id: string; at: string }>(byWords, [
    asked.unit,
    query?.words ?? null,
    query?.parts ?? null,
    asked.kinds ?? null,
    open,
    asked.since ?? null,
    asked.until ?? null,
    time,
    id,
    searchRows + 1,
  ])
  const { page, next } = pageOf(rows, searchRows)
  return { ids: page.map(({ id }) => id), next }
}

export const search = {
  input,
  roles: everyone,
  reads: 'opening',
  async read(tx: Tx, asked: Asked, reader: Reader): Promise<{ data: Views['search']; streams: string[] } | null> {
    if (!(await mayRead(tx, reader, asked.unit))) return null
    const found = (asked.q === undefined ? null : await numbered(tx, asked, reader.now)) ?? (await worded(tx, asked))
    const rows = await tx.query<{ row: IncidentRow }>(rowsText, [found.ids])
    return { data: { rows: rows.map(({ row }) => row), next: found.next }, streams: [...found.ids] }
  },
} as const
