import { Temporal } from 'temporal-polyfill'

export const zone = 'America/Los_Angeles'

/** A wall clock that the zone has twice (`fold`) or not at all (`gap`). */
export type Oddity = 'fold' | 'gap'
export interface Moment {
  readonly time: string
  readonly odd: Oddity | null
}

const shape = /^(\d{4})\/(\d{2})\/(\d{2}) (\d{2}):(\d{2}):(\d{2}) ([AP])M$/

/**
 * `YYYY/MM/DD hh:mm:ss AM|PM` of the city's clock as an instant in UTC; null when it is no such time.
 * A time in the hour that is left out in spring moves forward by that hour. A time in the hour that comes twice in autumn is the earlier one, unless
 * that lies before `notBefore` (the row's receipt) and the later one does not.
 */
export function instantOf(text: string, notBefore?: string): Moment | null {
  const found = shape.exec(text)
  if (found === null) return null
  const [year, month, day, hour12, minute, second] = found.slice(1, 7).map(Number) as [number, number, number, number, number, number]
  if (hour12 < 1 || hour12 > 12 || minute > 59 || second > 59) return null
  const hour = (hour12 % 12) + (found[7] === 'P' ? 12 : 0)
  let wall: Temporal.PlainDateTime
  try {
    wall = Temporal.PlainDateTime.from({ year, month, day, hour, minute, second }, { overflow: 'reject' })
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
  const at = (disambiguation: 'earlier' | 'later') => wall.toZonedDateTime(zone, { disambiguation }).epochMilliseconds
  const [earlier, later] = [at('earlier'), at('later')]
  const utc = (ms: number) => new Date(ms).toISOString()
  if (earlier === later) return { time: utc(earlier), odd: null }
  if (wall.toZonedDateTime(zone, { disambiguation: 'later' }).toPlainDateTime().equals(wall)) {
    const least = notBefore === undefined ? earlier : Date.parse(notBefore)
    return { time: utc(earlier < least && later >= least ? later : earlier), odd: 'fold' }
  }
  return { time: utc(later), odd: 'gap' }
}
