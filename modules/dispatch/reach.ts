import type { Tx } from '#kernel/database/tx.ts'
import type { Reader } from '#kernel/module.ts'

/** A unit is read by its own people and by those above it. */
export async function mayRead(tx: Tx, reader: Reader, unit: string): Promise<boolean> {
  if (reader.units.includes(unit)) return true
  const [found] = await tx.query<{ path: string[] }>('select path from access.unit_of($1)', [unit])
  return found?.path.some((code) => reader.units.includes(code)) ?? false
}
