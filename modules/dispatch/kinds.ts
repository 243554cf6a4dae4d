import { z } from 'zod'
import type { Statement, Tx } from '#kernel/database/tx.ts'
import { dayOf } from '#kernel/day.ts'
import { administrators, type Recorded } from '#kernel/decider.ts'
import type { Reader } from '#kernel/module.ts'
import type { Event, Views } from './contract.ts'
import { type KindChange, kindCode } from './contract/kinds.ts'
import type { Taxon } from './decide/state.ts'
import { builtIn, type KindRow, kindOn, kinds as builtIns } from './rules/kinds.ts'
import { groups } from './rules/kinds/row.ts'
import { everyone } from './rules.ts'

const put = 'insert into dispatch.kind (code, n, starts, row) values ($1, $2, $3, $4)'

/** Changes are added and never edited: what a command has added is what the stream has now at these numbers. */
export function kindStatements(stream: string, events: readonly Recorded<Event>[], { changes }: Taxon): readonly Statement[] {
  const code = stream.slice(stream.indexOf(':') + 1)
  const added = new Set(events.map(({ n }) => n))
  return changes
    .filter(({ n }) => added.has(n))
    .map((change) => ({ text: put, values: [code, change.n, change.from, JSON.stringify(change)] }))
}

interface Stored {
  readonly code: string
  readonly row: KindChange
}

/** The type of this code as it is at an instant, for a decision; null: there is none. */
export async function kindAt(tx: Tx, code: string, at: string): Promise<KindRow | null> {
  const rows = await tx.shared<{ row: KindChange }>('select row from dispatch.kind where code = $1', [code])
  return (
    kindOn(
      code,
      rows.map(({ row }) => row),
      dayOf(at),
    ) ?? null
  )
}

const input = z.strictObject({ day: z.iso.date({ error: 'day' }).optional() })
export const kinds = {
  input,
  roles: [...everyone, ...administrators],
  reads: 'board',
  async read(tx: Tx, { day }: z.infer<typeof input>, reader: Reader): Promise<{ data: Views['kinds'] }> {
    const stored = Map.groupBy(await tx.query<Stored>('select code, row from dispatch.kind order by code, n'), ({ code }) => code)
    const codes = new Set([...builtIns.map(({ code }) => code), ...stored.keys()])
    const on = day ?? dayOf(reader.now)
    const changes = (code: string) => (stored.get(code) ?? []).map(({ row }) => row)
    const rows = [...codes].flatMap((code) => kindOn(code, changes(code), on) ?? [])
    return { data: { rows: rows.toSorted((a, b) => groups.indexOf(a.group) - groups.indexOf(b.group)) } }
  },
} as const

const one = z.strictObject({ code: kindCode })
export const kindHistory = {
  input: one,
  roles: [...administrators],
  reads: 'board',
  async read(tx: Tx, { code }: z.infer<typeof one>): Promise<{ data: Views['kindHistory'] } | null> {
    const stored = await tx.query<{ row: KindChange }>('select row from dispatch.kind where code = $1 order by n', [code])
    const base = builtIn(code)
    if (base === undefined && stored.length === 0) return null
    const { code: _code, from = '', ...set } = base ?? { code }
    const first: readonly KindChange[] =
      base === undefined ? [] : [{ n: 0, from, set: set as KindChange['set'], at: null, by: null, reason: null }]
    return { data: { rows: [...first, ...stored.map(({ row }) => row)] } }
  },
} as const
