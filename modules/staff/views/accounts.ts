import { z } from 'zod'
import type { Tx } from '#kernel/database/tx.ts'
import { roles } from '#kernel/decider.ts'
import type { Reader } from '#kernel/module.ts'
import { numeral, text, unitCode } from '#kernel/text.ts'
import { type AccountRow, accountsPage, type Views } from '../contract.ts'
import { administrators } from '../rules.ts'
import { spells } from '../spelling.ts'

const input = z.strictObject({
  unit: unitCode,
  find: text(60).optional(),
  role: z.enum(roles).optional(),
  closed: z.enum(['with', 'without']).optional(),
  page: numeral.pipe(z.int().min(1).max(10_000)).optional(),
})

const peopleText = `
  select total, json_build_object('id', id, 'login', login, 'name', name, 'unit', unit, 'grants', grants, 'secondFactor', second_factor, 'closed', closed) as row
  from access.people($1, $2, $3::text[], $4, $5, $6, $7)`

/** Names that sound like what was typed in letters; other words are looked for as they stand. */
async function spelled(tx: Tx, unit: string, words: string): Promise<string[]> {
  const letters = words.replace(/[\s']/g, '')
  if (!/^[a-z]+$/.test(letters)) return []
  const [row] = await tx.query<{ names: string | null }>('select access.names($1) as names', [unit])
  return (row?.names ?? '').split('\n').filter((name) => spells(letters, name))
}

export const accounts = {
  input,
  async read(
    tx: Tx,
    { unit, find = '', role, closed = 'without', page = 1 }: z.infer<typeof input>,
    reader: Reader,
  ): Promise<{ data: Views['accounts']; streams: readonly string[] } | null> {
    const [found] = await tx.query<{ path: string[] }>('select path from access.unit_of($1)', [unit])
    if (found === undefined || !found.path.some((code) => reader.units.includes(code))) return null
    const words = find.toLowerCase()
    const names = words === '' ? [] : await spelled(tx, unit, words)
    const skipped = (page - 1) * accountsPage
    const [rows, offices] = await Promise.all([
      tx.query<{ total: number; row: AccountRow }>(peopleText, [
        unit,
        words,
        names,
        role ?? null,
        closed === 'with',
        skipped,
        accountsPage,
      ]),
      tx.query<{ role: string; holders: number }>('select role, holders from access.offices($1)', [unit]),
    ])
    const holders = new Map(offices.map((office) => [office.role, office.holders]))
    return {
      data: {
        accounts: rows.map(({ row }) => row),
        total: rows[0]?.total ?? 0,
        offices: [...administrators].map((office) => ({ role: office, holders: holders.get(office) ?? 0 })),
      },
      streams: rows.map(({ row }) => row.id),
    }
  },
}
