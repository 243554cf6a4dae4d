import { z } from 'zod'
import { type HolidayName, holidayNames, type Year } from '#kernel/calendar/year.ts'
import { text } from '#kernel/text.ts'

/** The days off and the working weekends of one year: `calendar:2027`. */
export const calendarStream = z.string().regex(/^calendar:20\d\d$/)
/** As an address carries it. */
export const calendarYear = z
  .string()
  .regex(/^20\d\d$/)
  .transform(Number)
export const yearOfStream = (stream: string): number => Number(stream.slice('calendar:'.length))

export const verifications = ['yes', '2nd', 'no'] as const
const day = z.iso.date({ error: 'day' })
const holiday = z.strictObject({ name: z.enum(holidayNames), from: day, to: day })

/** The whole year as its notice makes it. `seen`: the version that it takes the place of, 0 when nobody has set one. */
export const setCalendar = z.strictObject({
  holidays: z.array(holiday).max(40, { error: 'tooBig' }),
  workdays: z.array(day).max(40, { error: 'tooBig' }),
  source: text(200),
  verified: z.enum(verifications),
  reason: text(500),
  seen: z.int().min(0),
})
export const calendarSet = setCalendar.omit({ seen: true })

/** One version of a year; by whom and when, null of the one that came with the house. Instants in UTC. */
export interface CalendarVersion {
  readonly table: Year
  readonly by: string | null
  readonly at: string | null
  readonly reason: string | null
}

/** `?year=`: its versions, the one in force first, none while it is not published; and every year that is, as it is now. */
export interface CalendarView {
  readonly year: number
  readonly versions: readonly CalendarVersion[]
  readonly years: readonly Year[]
}

const table: z.ZodType<Year> = z.object({
  year: z.int(),
  holidays: z.array(z.object({ name: z.enum(holidayNames) as z.ZodType<HolidayName>, from: z.string(), to: z.string() })),
  workdays: z.array(z.string()),
  source: z.string(),
  verified: z.enum(verifications),
  n: z.int(),
})
export const calendarAnswer: z.ZodType<CalendarView> = z.object({
  year: z.int(),
  versions: z.array(z.object({ table, by: z.string().nullable(), at: z.string().nullable(), reason: z.string().nullable() })),
  years: z.array(table),
})
