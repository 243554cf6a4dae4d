import type { z } from 'zod'
import { faultOf, type Year } from '#kernel/calendar/year.ts'
import { builtInYears } from '#kernel/calendar/years.ts'
import { Refusal } from '#kernel/decider.ts'
import type { Event } from '../contract.ts'
import { calendarStream, type setCalendar as input, yearOfStream } from '../contract/calendar.ts'
import type { State } from './state.ts'

const written = ({ holidays, workdays, source, verified }: Omit<Year, 'year' | 'n'>): string =>
  JSON.stringify([holidays.map(({ name, from, to }) => [name, from, to]), workdays, source, verified])

/** The whole year anew, from now on. What was counted with the table before stays as it was counted. */
export function setCalendar(state: State, stream: string, { seen, ...data }: z.infer<typeof input>): Event[] {
  if (!calendarStream.safeParse(stream).success || (state.what !== 'none' && state.what !== 'calendar')) throw new Refusal('not-a-calendar')
  const year = yearOfStream(stream)
  const set = state.what === 'calendar' ? state : undefined
  if (seen !== (set?.table.n ?? 0)) throw new Refusal('calendar-changed', { values: { by: set?.by ?? '' } })
  const fault = faultOf({ year, ...data })
  if (fault !== null) throw new Refusal(fault.rule, { values: { day: fault.day } })
  const ordered = {
    ...data,
    holidays: data.holidays.toSorted((a, b) => a.from.localeCompare(b.from)),
    workdays: [...new Set(data.workdays)].toSorted(),
  }
  const before = set?.table ?? builtInYears.get(year)
  if (before !== undefined && written(before) === written(ordered)) throw new Refusal('calendar-unchanged')
  return [{ type: 'calendarSet', data: ordered }]
}
