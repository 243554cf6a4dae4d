import { dayOf } from '../day.ts'
import { type Day, dayNumber } from './day.ts'
import type { Pause } from './step.ts'

/** From, included, to, not included: milliseconds, or days by their number. */
interface Span {
  readonly from: number
  readonly to: number
}

/** One that still goes on ends now. */
const endOf = ({ to }: Pause, now: string): string => to ?? now

export const inMilliseconds = (pause: Pause, now: string): Span => ({ from: Date.parse(pause.from), to: Date.parse(endOf(pause, now)) })

/** The day on which a pause begins is out, the day on which it ends counts again: as many days as lie between the two dates. */
export const inDays = (pause: Pause, now: string): Span => ({
  from: dayNumber(dayOf(pause.from)),
  to: dayNumber(dayOf(endOf(pause, now))),
})

export const isOut = (spans: readonly Span[], day: Day): boolean => {
  const number = dayNumber(day)
  return spans.some(({ from, to }) => from <= number && number < to)
}

/** What lies of each span between start and end, without what an earlier one has. `spans` in order of `from`. */
export function within(start: number, end: number, spans: readonly Span[]): readonly number[] {
  let covered = start
  return spans.map(({ from, to }) => {
    const begin = Math.max(from, covered)
    covered = Math.max(covered, Math.min(to, end))
    return Math.max(0, covered - begin)
  })
}

/** The end (not included) of what starts at `start`, put off by all that is out of it; what begins when it is over is not. `spans` in order of `from`. */
export function putOff(start: number, end: number, spans: readonly Span[]): number {
  let covered = start
  let until = end
  for (const { from, to } of spans) {
    if (from >= until) break
    until += Math.max(0, to - Math.max(from, covered))
    covered = Math.max(covered, to)
  }
  return until
}
