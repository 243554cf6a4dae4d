import { dayOf } from '#kernel/day.ts'
import { daysFrom } from './periods.ts'

/** A drill that comes back every week. No law asks for one; the values are the house's own. */

/** The rule of its clock: until it rings next. */
export const drillSeries = 'drillSeries'

/** In the order of ISO 8601, Monday first. */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof weekdays)[number]

/** A plan is given to the minute: what a server can only start after that minute was not rung when it was due, and is not made up for. */
export const punctualMs = 60_000
/** A series runs for a year at most and is then looked at again. */
export const longestDays = 366
/** A list shows so many. */
export const seriesRows = 100

/** `time`: HH:MM where the force is. `from` and `until`: days there, both whole. */
export interface Weekly {
  readonly weekdays: readonly Weekday[]
  readonly time: string
  readonly from: string
  readonly until: string
}

const minuteMs = 60_000
const weekdayOf = (day: string): Weekday | undefined => weekdays[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7]

/** The first moment of the series after an instant; null: there is none any more. */
export function nextRun({ weekdays: on, time, from, until }: Weekly, after: string): string | null {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  const today = dayOf(after)
  const first = today > from ? today : from
  // Its own time may have passed today, so that the same weekday a week later is looked at, too.
  for (let days = 0; days <= weekdays.length; days++) {
    const day = dayOf(daysFrom(first, days))
    const moment = Date.parse(daysFrom(day, 0)) + (hours * 60 + minutes) * minuteMs
    if (day > until) return null
    if (on.some((one) => one === weekdayOf(day)) && moment > Date.parse(after)) return new Date(moment).toISOString()
  }
  return null
}

/** The last day that a series may have which is planned at this moment. */
export const lastDay = (at: string): string => dayOf(daysFrom(dayOf(at), longestDays))
