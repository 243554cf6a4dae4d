const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', dateStyle: 'short' })
/** The day of an instant where the force is. */
export function dayOf(at: string | number): string {
  // One decision asks for the day of its own moment again and again, and the formatter is slow.
  if (at !== last.at) last = { at, day: day.format(new Date(at)) }
  return last.day
}
let last: { readonly at: string | number; readonly day: string } = { at: 0, day: '1970-01-01' }

const hour = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Shanghai', hour: '2-digit', hourCycle: 'h23' })
/** The hour of an instant where the force is, 0 to 23. */
export const hourOf = (at: string | number): number => Number(hour.format(new Date(at)))

const ahead = 8 * 3_600_000
/** An instant as a sentence tells it, by the clocks of the force: `2026-12-05 00:00`. */
export const momentOf = (at: string): string => new Date(Date.parse(at) + ahead).toISOString().slice(0, 16).replace('T', ' ')
