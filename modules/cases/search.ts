import { z } from 'zod'
import { rowsInto, type Statement, type Tx } from '#kernel/database/tx.ts'
import { dayOf } from '#kernel/day.ts'
import type { Recorded } from '#kernel/decider.ts'
import type { Reader } from '#kernel/module.ts'
import { pageOf, queryOf } from '#kernel/search.ts'
import { text } from '#kernel/text.ts'
import type { Event, MatterRow, Views } from './contract.ts'
import type { Matter } from './decide/matter.ts'
import { byUnit, cursor, depthOf } from './reach.ts'
import { searchRows, series } from './rules.ts'

const upsert = `
  insert into cases.word (id, path, registered, content, words)
  select given.id, given.path, given.registered, folded, kernel.words_of(folded)
  from jsonb_populate_recordset(null::cases.word, $1::jsonb) given, kernel.folded(given.content) folded
  on conflict (id) do update set path = excluded.path, content = excluded.content, words = excluded.words`
const saysMore: readonly Event['type'][] = ['reported', 'amended', 'personAdded', 'personCorrected', 'transferred', 'caseClosed']

/** What is looked for is written anew only when it changes. A hidden name is not found, nor of a sealed record who was penalised or what was told. */
export function wordStatements(events: readonly Recorded<Event>[], { row, narrative, persons }: Matter): readonly Statement[] {
  if (!events.some(({ type }) => saysMore.includes(type))) return []
  const shown = persons.filter(({ hideName, roles }) => hideName !== true && !(row.sealed && roles.includes('suspect')))
  const names = shown.flatMap(({ personName }) => personName ?? [])
  const content = [row.sealed ? '' : narrative, row.cause, row.place ?? '', ...names].join('\n')
  return [rowsInto(upsert, { id: row.id, path: row.path, registered: row.registered, content })]
}

const letters = Object.values(series).join('')
const numbers = new RegExp(`^(?:(.+?)-)??(?:(\\d{4})-)?([${letters}])(\\d{1,9})$`)

/** `110105001-2026-J00012`, `2026-J12` or `J12` as the whole number that it stands for: without a unit that of `unit`, without a year this one's. Null: it is none. */
export function numberOf(asked: string, unit: string, now: string): string | null {
  const [, owner = unit, year = dayOf(now).slice(0, 4), letter, digits] = numbers.exec(asked.toUpperCase()) ?? []
  return letter === undefined || digits === undefined ? null : `${owner}-${year}-${letter}${digits.padStart(5, '0')}`
}

const byNumber = 'select row from cases.matter where $1 in (number, case_number) and $2 = any (path)'
const byWords = 'select id, at from cases.search($1, $2, $3, $4, $5, $6)'
const rowsText = 'select row from cases.matter where id = any ($1::text[]) order by registered desc, id desc'

const input = byUnit.extend({ q: text(100), before: cursor.optional() })
type Asked = z.infer<typeof input>

async function worded(tx: Tx, { unit, q, before }: Asked): Promise<Views['search']> {
  const query = queryOf(q)
  if (query === null) return { rows: [], next: null }
  const [time = null, id = null] = before ?? []
  const found = await tx.query<{ id: string; at: string }>(byWords, [unit, query.words, query.parts, time, id, searchRows + 1])
  const { page, next } = pageOf(found, searchRows)
  const rows = await tx.query<{ row: MatterRow }>(rowsText, [page.map((one) => one.id)])
  return { rows: rows.map(({ row }) => row), next }
}

/** By a number, which is one matter's, or by words of the report, its cause, its place or a name. */
export const search = {
  input,
  async read(tx: Tx, asked: Asked, reader: Reader): Promise<{ data: Views['search']; streams: string[] } | null> {
    if ((await depthOf(tx, reader, asked.unit)) === null) return null
    const number = numberOf(asked.q, asked.unit, reader.now)
    const numbered = number === null ? [] : await tx.query<{ row: MatterRow }>(byNumber, [number, asked.unit])
    const data = numbered.length > 0 ? { rows: numbered.map(({ row }) => row), next: null } : await worded(tx, asked)
    return { data, streams: data.rows.map(({ id }) => id) }
  },
}
