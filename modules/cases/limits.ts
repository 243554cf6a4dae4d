import { z } from 'zod'
import type { Statement, Tx } from '#kernel/database/tx.ts'
import type { Reader } from '#kernel/module.ts'
import { instant } from '#kernel/text.ts'
import type { MatterRow, Views } from './contract.ts'
import type { Counts, LimitRow } from './contract/board.ts'
import { isOpen, keyOf, openState } from './decide/limits.ts'
import { byDepth, byUnit, depthOf, textAt } from './reach.ts'
import { limitRows } from './rules.ts'

const noDueText = 'delete from cases.due where id = $1'
const dueText = 'insert into cases.due (id, rule, path, due, state, row) values ($1, $2, $3, $4, $5, $6)'

/** The board's lines of one record: one for each limit that has not been met, on the board of who answers for it. */
export function dueStatements(
  of: LimitRow['of'],
  { id, limits }: Pick<MatterRow, 'id' | 'limits'>,
  pathOf: (unit: string) => readonly string[],
  about: Pick<LimitRow, 'number' | 'cause'>,
): Statement[] {
  const lines = limits.filter(isOpen).map((running) => {
    const { limit, subject, unit } = running
    const { rule, article, from, due } = limit
    const row: LimitRow = { of, id, ...about, rule, subject, article, unit, from, due, state: openState(running) }
    return { key: keyOf(running), row }
  })
  return [
    { text: noDueText, values: [id] },
    ...lines.map(({ key, row }) => ({ text: dueText, values: [id, key, pathOf(row.unit), row.due, row.state, JSON.stringify(row)] })),
  ]
}

const after = z
  .string()
  .transform((value) => value.split('~'))
  .pipe(z.tuple([instant, z.string().max(60), z.string().max(120)]))
const input = byUnit.extend({ after: after.optional() })
const limitTexts = byDepth(
  (column) => `
  select row, rule from cases.due where ${column} = $1 and ($2::timestamptz is null or (due, id, rule) > ($2, $3, $4))
  order by due, id, rule limit ${limitRows + 1}`,
)
/** What is under a limit at or below a unit, what has run out or will first on top. */
export const limits = {
  input,
  async read(tx: Tx, { unit, after: last }: z.infer<typeof input>, reader: Reader): Promise<{ data: Views['limits'] } | null> {
    const depth = await depthOf(tx, reader, unit)
    if (depth === null) return null
    const [due = null, id = null, rule = null] = last ?? []
    const found = await tx.query<{ row: LimitRow; rule: string }>(textAt(limitTexts, depth), [unit, due, id, rule])
    const page = found.slice(0, limitRows)
    const end = found.length > page.length ? page.at(-1) : undefined
    const next = end === undefined ? null : [end.row.due, end.row.id, end.rule].join('~')
    return { data: { rows: page.map(({ row }) => row), next } }
  },
}

const countTexts = [1, 2, 3, 4].map(
  (depth) => `
  select path[${depth + 1}] as unit, count(*) filter (where state = 'running') as running, count(*) filter (where state = 'warned') as warned,
    count(*) filter (where state = 'breached') as breached
  from cases.due where path[${depth}] = $1 group by 1 order by 4 desc, 3 desc, 1`,
)
const sum = (rows: readonly Counts[]): Counts => ({
  running: rows.reduce((total, { running }) => total + running, 0),
  warned: rows.reduce((total, { warned }) => total + warned, 0),
  breached: rows.reduce((total, { breached }) => total + breached, 0),
})
/** How many of them run, were warned of or are breached, of the unit and of each below it: what is worst on top. */
export const limitCounts = {
  input: byUnit,
  async read(tx: Tx, { unit }: z.infer<typeof byUnit>, reader: Reader): Promise<{ data: Views['limitCounts'] } | null> {
    const depth = await depthOf(tx, reader, unit)
    if (depth === null) return null
    const found = await tx.query<Counts & { unit: string | null }>(textAt(countTexts, depth), [unit])
    const units = found.flatMap(({ unit: below, ...counts }) => (below === null ? [] : [{ unit: below, ...counts }]))
    return { data: { total: sum(found), units } }
  },
}
