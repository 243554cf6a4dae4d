import { z } from 'zod'
import type { Tx } from '#kernel/database/tx.ts'
import type { Reader } from '#kernel/module.ts'
import { instant, unitCode, uuid } from '#kernel/text.ts'

export const byUnit = z.strictObject({ unit: unitCode })
/** Where a page ended that is to be followed by the next: time and id. */
export const cursor = z
  .string()
  .transform((value) => value.split('~'))
  .pipe(z.tuple([instant, uuid]))

/** The place of a unit in every path that leads to or over it; null: it is not the reader's. */
export async function depthOf(tx: Tx, reader: Reader, unit: string): Promise<number | null> {
  const [found] = await tx.query<{ path: string[] }>('select path from access.unit_of($1)', [unit])
  return found?.path.some((code) => reader.units.includes(code)) ? found.path.length : null
}
/** One statement for each depth of the tree, so that each finds its index. */
export const byDepth = (statement: (column: string) => string): readonly string[] =>
  [1, 2, 3, 4].map((depth) => statement(`path[${depth}]`))
export const textAt = (texts: readonly string[], depth: number): string => {
  const found = texts[depth - 1]
  if (found === undefined) throw new Error(`no unit stands ${depth} deep`)
  return found
}
