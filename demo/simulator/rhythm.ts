/**
 * When a city calls 110. The day's sum is that of Beijing in 2017, about 22,000; the shape is made up: quiet before dawn, busy at noon, busiest in the
 * evening, and a little more towards the weekend.
 */
export const callsPerDay = 22_000

/** What each hour of the day weighs, from midnight. */
const hours = [
  0.62, 0.48, 0.38, 0.32, 0.3, 0.36, 0.52, 0.8, 1.08, 1.25, 1.3, 1.22, 1.1, 1.1, 1.18, 1.22, 1.24, 1.26, 1.28, 1.34, 1.42, 1.36, 1.14, 0.86,
]
/** What each day of the week weighs, from Sunday; their mean is 1. */
const days = [1, 0.99, 0.985, 0.99, 1, 1.015, 1.02]
const hourWeight = hours.reduce((sum, weight) => sum + weight, 0)

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** Beijing's clock is eight hours ahead of UTC, all year. */
const aheadMs = 8 * hourMs

/** Calls a second at this instant (ms since 1970), at rate 1; between the middles of two hours it goes evenly from one to the other. */
export function callsPerSecond(at: number): number {
  const local = at + aheadMs
  const middle = (local - hourMs / 2) / hourMs
  const share = middle - Math.floor(middle)
  const weightOf = (hour: number) => hours[((hour % 24) + 24) % 24] ?? 0
  const weight = weightOf(Math.floor(middle)) * (1 - share) + weightOf(Math.floor(middle) + 1) * share
  const day = days[new Date(Math.floor(local / dayMs) * dayMs).getUTCDay()] ?? 1
  return ((callsPerDay * weight * day) / hourWeight / hourMs) * 1000
}

/** Ms from this instant to the next call; `unit` is a random number from 0 up to 1. Calls come independently of each other. */
export const gapMs = (at: number, rate: number, unit: number): number => (-Math.log(1 - unit) / (callsPerSecond(at) * rate)) * 1000
