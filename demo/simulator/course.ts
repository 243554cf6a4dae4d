import type { Priority } from '#modules/dispatch/rules.ts'
import { dice } from './dice.ts'

/** How a unit works: fixed by the seed, so that the same station is slow all day. `silent` signs only when it is pressed. */
export type Character = 'fast' | 'steady' | 'slow' | 'silent'

const characters: readonly (readonly [Character, number])[] = [
  ['fast', 52],
  ['steady', 33],
  ['slow', 12],
  ['silent', 3],
]
/** Seconds from the sending of a line to its signature. */
const signing: Readonly<Record<Character, readonly [number, number]>> = {
  fast: [4, 16],
  steady: [9, 40],
  slow: [50, 280],
  silent: [600, 1200],
}

export const characterOf = (seed: number, unit: string): Character =>
  dice('character', seed, unit).weighed(characters, ([, weight]) => weight)[0]

/** Seconds from the dispatch of an incident to each of its steps, if nobody interferes. Each is later than the one before. */
export interface Course {
  readonly delivered: number
  readonly seen: number
  readonly sign: number
  readonly subDelivered: number
  readonly subSeen: number
  readonly subSign: number
  readonly assign: number
  readonly depart: number
  readonly arrive: number
  readonly clear: number
  readonly feedback: number
  readonly close: number
}

/** Minutes on the way and on the spot by priority; most urgent calls are reached within five minutes in town. */
const travel: Readonly<Record<Priority, readonly [number, number]>> = { 1: [2, 5], 2: [3.5, 9], 3: [5, 14] }
const stay: Readonly<Record<Priority, readonly [number, number]>> = { 1: [6, 18], 2: [4, 13], 3: [3, 10] }
const minute = 60

/** How this incident goes; `name` is what it hangs on besides the seed. */
export function courseOf(seed: number, name: string, priority: Priority, station: Character, subBureau: Character): Course {
  const roll = dice('course', seed, name)
  const line = (character: Character) => {
    const sign = roll.between(...signing[character])
    const delivered = roll.between(0.15, 0.7)
    return { delivered, seen: Math.max(delivered + 0.5, sign * roll.between(0.3, 0.85)), sign }
  }
  const own = line(station)
  const above = line(subBureau)
  const urgency = priority === 1 ? 0.5 : 1
  const assign = own.sign + roll.between(10, 70) * urgency
  const depart = assign + roll.between(20, 100) * urgency
  const arrive = depart + roll.between(...travel[priority]) * minute
  const clear = arrive + roll.between(...stay[priority]) * minute
  const feedback = clear + roll.between(40, 330)
  return {
    ...own,
    subDelivered: above.delivered,
    subSeen: above.seen,
    subSign: above.sign,
    assign,
    depart,
    arrive,
    clear,
    feedback,
    close: feedback + roll.between(30, 240),
  }
}

/** What happens to some incidents besides; seconds from the dispatch where it has a time of its own. */
export interface Twists {
  readonly note: number | null
  readonly correct: number | null
  readonly cancel: number | null
  readonly transfer: number | null
  readonly sendBack: boolean
}

/** 7.2 % of the types of San Francisco's police calls were corrected after entry; the other shares are made up. */
export function twistsOf(seed: number, name: string): Twists {
  const roll = dice('twists', seed, name)
  const sometimes = (share: number, low: number, high: number) => (roll.chance(share) ? roll.between(low, high) : null)
  return {
    note: sometimes(0.1, 20, 240),
    correct: sometimes(0.072, 30, 300),
    cancel: sometimes(0.012, 60, 200),
    transfer: sometimes(0.02, 15, 90),
    sendBack: roll.chance(0.04),
  }
}
