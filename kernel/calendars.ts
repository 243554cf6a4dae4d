import type { Calendar, Year } from './calendar/year.ts'
import { builtInYears } from './calendar/years.ts'
import type { Tx } from './database/tx.ts'

const atText = 'select distinct on (year) row from access.calendar where at <= $1 order by year, n desc'

/** Every published year in the version that was in force at an instant: what `limitOf` is given. */
export async function calendarAt(tx: Tx, at: string): Promise<Calendar> {
  const set = await tx.query<{ row: Year }>(atText, [at])
  return new Map([...builtInYears, ...set.map(({ row }) => [row.year, row] as const)])
}
