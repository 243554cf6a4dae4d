import { type Clock, type Due, dueOf, passPoint } from '#kernel/clock.ts'
import { type Recorded, Refusal } from '#kernel/decider.ts'
import { limitClock, limitPoints, type StatutoryLimit } from '#kernel/statute.ts'
import type { Command, Event } from '../contract.ts'
import type { OpenState } from '../contract/board.ts'
import type { Running } from '../contract/parts.ts'
import type { Matter } from './matter.ts'

type Subject = string | null
const idOf = (rule: string, subject: Subject): string => (subject === null ? rule : `${rule}:${subject}`)
/** What tells the limits of one record apart. */
export const keyOf = ({ limit, subject }: Pick<Running, 'limit' | 'subject'>): string => idOf(limit.rule, subject)

/** New ones take the place of older ones of the same rule and subject; what was met late stays on record beside them. */
export const begun = (
  limits: readonly Running[],
  fresh: readonly StatutoryLimit[],
  unit: string,
  subject: Subject = null,
): readonly Running[] => [
  ...limits.filter((one) => one.state === 'late' || one.subject !== subject || !fresh.some(({ rule }) => rule === one.limit.rule)),
  ...fresh.map((limit) => {
    const clock = limitClock(limit, { id: idOf(limit.rule, subject), unit })
    return { limit, subject, unit, clock, state: 'running' as const }
  }),
]

export const isOpen = ({ state }: Running): boolean => state !== 'met' && state !== 'late'

/** Its end has come; what stands still has none. */
export const isOver = ({ limit, state }: Running, at: string): boolean => state === 'breached' || (!limit.standing && at > limit.due)

/** The way from the root to who answers for a limit: of the unit that has the matter, or of the first one, which handed it over and has still to tell its reporter. */
export const pathTo = ({ row, firstPath }: Pick<Matter, 'row' | 'firstPath'>, unit: string): readonly string[] =>
  firstPath.includes(unit) && !row.path.includes(unit) ? firstPath : row.path

/** How one that is open stands. */
export const openState = ({ state }: Running): OpenState => (state === 'breached' || state === 'warned' ? state : 'running')

/** A running limit as it has become by a pause, its end, or an extension; what was breached begins anew. */
export const changedTo = (limits: readonly Running[], limit: StatutoryLimit, subject: Subject = null): readonly Running[] =>
  limits.map((one) =>
    one.limit.rule === limit.rule && one.subject === subject && isOpen(one)
      ? { ...one, limit, clock: limitClock(limit, { id: keyOf(one), unit: one.unit }), state: 'running' as const }
      : one,
  )

/** These rules are met; one that had been breached is met late and stays so. */
export const met = (limits: readonly Running[], rules: readonly string[], subject: Subject = null): readonly Running[] =>
  limits.map((one) =>
    rules.includes(one.limit.rule) && one.subject === subject && isOpen(one)
      ? { ...one, clock: null, state: one.state === 'breached' ? ('late' as const) : ('met' as const) }
      : one,
  )

type Passed = Extract<Event, { type: 'limitWarned' | 'limitBreached' }>
export function passed(limits: readonly Running[], { data, type }: Recorded<Passed>): readonly Running[] {
  const state = type === 'limitWarned' ? ('warned' as const) : ('breached' as const)
  const key = data && idOf(data.rule, data.subject ?? null)
  return limits.map((one) => (keyOf(one) === key && one.clock !== null ? { ...one, state, clock: passPoint(one.clock) } : one))
}

export const clocksOf = (limits: readonly Running[]): readonly Clock[] => limits.flatMap(({ clock }) => (clock === null ? [] : [clock]))

/** @throws Refusal when no such limit runs, or the moment has not come */
export function passLimit(limits: readonly Running[], data: Extract<Command, { type: 'passLimit' }>['data'], at: string): Event {
  const key = idOf(data.rule, data.subject ?? null)
  const clock = limits.findLast((one) => keyOf(one) === key)?.clock
  const due = clock && dueOf(clock)
  if (!due || due.point !== data.point || due.time !== data.due || at < due.time) throw new Refusal('limit-not-due')
  const { rule, subject } = data
  const said = { rule, ...(subject !== undefined && { subject }), unit: clock.unit, due: due.time }
  return data.point === 'breach' ? { type: 'limitBreached', data: said } : { type: 'limitWarned', data: said }
}

/** What the road is asked when a point has come. */
export function passing({ id, rule }: Clock, { point, time }: Due): Extract<Command, { type: 'passLimit' }> {
  const subject = id.slice(rule.length + 1)
  const known = limitPoints.find((one) => one === point)
  if (known === undefined) throw new Error(`${rule} has no point ${point}`)
  return { type: 'passLimit', data: { rule, ...(subject !== '' && { subject }), point: known, due: time } }
}
