/**
 * Clocks of a stream: pure values that a module's `evolve` starts, pauses, extends and stops, and that the road keeps beside its events in
 * `kernel.clock`. What a clock will do next is in the value, so that a restart, another server or a rebuild from the events gives the same.
 */

/** A moment of a clock's own time at which something is due: `after` so many milliseconds of running. */
export interface Point {
  readonly name: string
  readonly after: number
}

export interface Clock {
  /** Unique within its stream. */
  readonly id: string
  /** What it stands for: `clock.rule.<module>.<rule>` in the words. */
  readonly rule: string
  /** The unit that answers for it. */
  readonly unit: string
  /** Where its points come from: an article, or `setting` where the force says so itself. */
  readonly source: string
  /** When it began. Instants in UTC. */
  readonly started: string
  /** Since when it runs; null while it is paused. */
  readonly since: string | null
  /** Milliseconds that it had run before `since`. */
  readonly ran: number
  /** Those not passed yet, in order; never empty. */
  readonly points: readonly Point[]
}

/** @throws when it has no point, or one that is not a whole number of milliseconds after the start: such a clock would never be heard of */
export function startClock(given: Pick<Clock, 'id' | 'rule' | 'unit' | 'source' | 'points'>, at: string): Clock {
  const { id, rule, unit, source } = given
  const points = given.points.toSorted((a, b) => a.after - b.after)
  if (points.length === 0 || points.some(({ after }) => !Number.isSafeInteger(after) || after < 0))
    throw new Error(`clock ${rule} ${id} has no points`)
  return { id, rule, unit, source, started: at, since: at, ran: 0, points }
}

/** A time before the last change of the clock counts as that change: no pause makes a clock run backwards. */
const ranUntil = ({ since, ran }: Clock, at: string): number =>
  since === null ? ran : ran + Math.max(0, Date.parse(at) - Date.parse(since))

export const pauseClock = (clock: Clock, at: string): Clock =>
  clock.since === null ? clock : { ...clock, ran: ranUntil(clock, at), since: null }

export const resumeClock = (clock: Clock, at: string): Clock => (clock.since === null ? { ...clock, since: at } : clock)

/** Every point that has not passed comes so many milliseconds later. */
export const extendClock = (clock: Clock, by: number): Clock => ({
  ...clock,
  points: clock.points.map(({ name, after }) => ({ name, after: after + by })),
})

/** Its next point has passed; null: that was the last. */
export const passPoint = (clock: Clock): Clock | null => (clock.points.length > 1 ? { ...clock, points: clock.points.slice(1) } : null)

export interface Due {
  readonly point: string
  /** An instant in UTC. */
  readonly time: string
}

/** What comes next, and when; null while it is paused. */
export function dueOf({ since, ran, points }: Clock): Due | null {
  const [next] = points
  if (since === null || next === undefined) return null
  return { point: next.name, time: new Date(Date.parse(since) + next.after - ran).toISOString() }
}
