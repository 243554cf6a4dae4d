import { type Clock, type Due, dueOf, passPoint } from '#kernel/clock.ts'
import { type Recorded, Refusal } from '#kernel/decider.ts'
import { limitClock, limitPoints, type StatutoryLimit } from '#kernel/statute.ts'
import type { Command, Event } from '../contract.ts'
import type { Running } from '../contract/parts.ts'

/** New ones take the place of older ones of the same rule. */
export const begun = (limits: readonly Running[], fresh: readonly StatutoryLimit[], unit: string): readonly Running[] => [
  ...limits.filter((one) => !fresh.some(({ rule }) => rule === one.limit.rule)),
  ...fresh.map((limit) => ({ limit, unit, clock: limitClock(limit, { id: limit.rule, unit }), state: 'running' as const })),
]

export const isOpen = ({ state }: Running): boolean => state !== 'met' && state !== 'late'

/** These rules are met; one that had been breached is met late and stays so. */
export const met = (limits: readonly Running[], rules: readonly string[]): readonly Running[] =>
  limits.map((one) =>
    rules.includes(one.limit.rule) && isOpen(one)
      ? { ...one, clock: null, state: one.state === 'breached' ? ('late' as const) : ('met' as const) }
      : one,
  )

type Passed = Extract<Event, { type: 'limitWarned' | 'limitBreached' }>
export function passed(limits: readonly Running[], { data, type }: Recorded<Passed>): readonly Running[] {
  const state = type === 'limitWarned' ? ('warned' as const) : ('breached' as const)
  return limits.map((one) => (one.limit.rule === data?.rule && one.clock !== null ? { ...one, state, clock: passPoint(one.clock) } : one))
}

export const clocksOf = (limits: readonly Running[]): readonly Clock[] => limits.flatMap(({ clock }) => (clock === null ? [] : [clock]))

/** @throws Refusal when no such limit runs, or the moment has not come */
export function passLimit(limits: readonly Running[], data: Extract<Command, { type: 'passLimit' }>['data'], at: string): Event {
  const clock = limits.find(({ limit }) => limit.rule === data.rule)?.clock
  const due = clock && dueOf(clock)
  if (!due || due.point !== data.point || due.time !== data.due || at < due.time) throw new Refusal('limit-not-due')
  const said = { rule: data.rule, unit: clock.unit, due: due.time }
  return data.point === 'breach' ? { type: 'limitBreached', data: said } : { type: 'limitWarned', data: said }
}

/** What the road is asked when a point has come. */
export function passing({ rule }: Clock, { point, time }: Due): Extract<Command, { type: 'passLimit' }> {
  const known = limitPoints.find((one) => one === point)
  if (known === undefined) throw new Error(`${rule} has no point ${point}`)
  return { type: 'passLimit', data: { rule, point: known, due: time } }
}
