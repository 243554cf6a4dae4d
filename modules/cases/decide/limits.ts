import { type Clock, type Due, dueOf, passPoint, startClock } from '#kernel/clock.ts'
import { type Recorded, Refusal } from '#kernel/decider.ts'
import type { Step } from '#kernel/calendar/step.ts'
import type { Command, Event } from '../contract.ts'
import type { LimitData, Running } from '../contract/parts.ts'

/** A limit begins to run: its clock has a point for the warning and one for the end. A trigger that lies back counts from then. */
export function running(data: LimitData, unit: string): Running {
  const { from, warn, due, rule, article } = data
  const after = (time: string) => Math.max(0, Date.parse(time) - Date.parse(from))
  const points = [...(warn === null ? [] : [{ name: 'warn', after: after(warn) }]), { name: 'breach', after: after(due) }]
  const clock = startClock({ id: rule, rule, unit, source: article, points }, from)
  return { ...data, steps: data.steps as unknown as readonly Step[], unit, clock, state: 'running' }
}

/** These rules are met; one that had been breached is met late and stays so. */
export const met = (limits: readonly Running[], rules: readonly string[]): readonly Running[] =>
  limits.map((one) =>
    rules.includes(one.rule) && one.state !== 'met' && one.state !== 'late'
      ? { ...one, clock: null, state: one.state === 'breached' ? ('late' as const) : ('met' as const) }
      : one,
  )

/** New ones take the place of older ones of the same rule. */
export const begun = (limits: readonly Running[], fresh: readonly LimitData[], unit: string): readonly Running[] => [
  ...limits.filter((one) => !fresh.some(({ rule }) => rule === one.rule)),
  ...fresh.map((data) => running(data, unit)),
]

export function passed(limits: readonly Running[], event: Recorded<Extract<Event, { type: 'limitWarned' | 'limitBreached' }>>): readonly Running[] {
  const { data, type } = event
  const state = type === 'limitWarned' ? ('warned' as const) : ('breached' as const)
  return limits.map((one) =>
    one.rule === data?.rule && one.clock !== null ? { ...one, state, clock: passPoint(one.clock) } : one,
  )
}

export const clocksOf = (limits: readonly Running[]): readonly Clock[] => limits.flatMap(({ clock }) => (clock === null ? [] : [clock]))

/** @throws Refusal when no such limit runs, or the moment has not come */
export function passLimit(limits: readonly Running[], data: Extract<Command, { type: 'passLimit' }>['data'], at: string): Event {
  const clock = limits.find(({ rule }) => rule === data.rule)?.clock
  const due = clock && dueOf(clock)
  if (!due || due.point !== data.point || due.time !== data.due || at < due.time) throw new Refusal('limit-not-due')
  return {
    type: data.point === 'warn' ? 'limitWarned' : 'limitBreached',
    data: { rule: data.rule, unit: clock.unit, due: due.time },
  }
}

/** What the road is asked when a point has come. */
export const passing = ({ rule }: Clock, { point, time }: Due): Extract<Command, { type: 'passLimit' }> => ({
  type: 'passLimit',
  data: { rule, point: point === 'warn' ? 'warn' : 'breach', due: time },
})
