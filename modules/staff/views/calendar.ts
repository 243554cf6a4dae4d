import { z } from 'zod'
import { builtInYears } from '#kernel/calendar/years.ts'
import type { Year } from '#kernel/calendar/year.ts'
import { calendarAt } from '#kernel/calendars.ts'
import type { Statement, Tx } from '#kernel/database/tx.ts'
import { isPerson, type Recorded } from '#kernel/decider.ts'
import type { Reader } from '#kernel/module.ts'
import { calendarYear, type CalendarVersion, yearOfStream } from '../contract/calendar.ts'
import type { Event, Views } from '../contract.ts'

type CalendarSet = Extract<Recorded<Event>, { type: 'calendarSet' }>

export function calendarStatements(stream: string, { data, n, by, at }: CalendarSet): readonly Statement[] {
  if (data === null) return []
  const { reason, ...set } = data
  const row: Year = { year: yearOfStream(stream), n, ...set }
  const text = 'insert into access.calendar (year, n, by, reason, at, row) values ($1, $2, $3, $4, $5, $6)'
  return [{ text, values: [row.year, n, isPerson(by) ? by.name : by.system, reason, at, JSON.stringify(row)] }]
}

const input = z.strictObject({ year: calendarYear })
const versionsText = 'select row as "table", by, at, reason from access.calendar where year = $1 order by n desc'

export const calendar = {
  input,
  async read(tx: Tx, { year }: z.infer<typeof input>, reader: Reader): Promise<{ data: Views['calendar'] }> {
    const [set, all] = await Promise.all([tx.query<CalendarVersion>(versionsText, [year]), calendarAt(tx, reader.now)])
    const table = builtInYears.get(year)
    const versions = table === undefined ? set : [...set, { table, by: null, at: null, reason: null }]
    const years = [...all.values()].toSorted((a, b) => a.year - b.year)
    return { data: { year, versions, years } }
  },
}
