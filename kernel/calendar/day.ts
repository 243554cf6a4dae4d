import { Temporal } from 'temporal-polyfill'

/** Where the law is kept: a day of a limit begins and ends here, wherever the server stands. */
const zone = 'Asia/Shanghai'

/** `2026-02-15`, a day where the force is. */
export type Day = string

/** 24:00 of the day: the instant in UTC at which it is over. */
export const endOf = (day: Day): string =>
  new Date(Temporal.PlainDate.from(addDays(day, 1)).toZonedDateTime(zone).epochMilliseconds).toISOString()

const long = 86_400_000
/** Days since 1 January 1970, to be reckoned with; `dayOfNumber` leads back. */
export const dayNumber = (day: Day): number => Date.parse(day) / long
export const dayOfNumber = (number: number): Day => new Date(number * long).toISOString().slice(0, 10)

export const addDays = (day: Day, days: number): Day => dayOfNumber(dayNumber(day) + days)
/** The day of the same number so many months on; the last of the month where it has none. */
export const addMonths = (day: Day, months: number): Day => Temporal.PlainDate.from(day).add({ months }).toString()
export const yearOf = (day: Day): number => Number(day.slice(0, 4))
/** Monday is 1, Sunday 7. */
export const weekday = (day: Day): number => new Date(day).getUTCDay() || 7
