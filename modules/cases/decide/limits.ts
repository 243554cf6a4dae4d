import { dayAt } from '#kernel/calendar/day.ts'
import { type Clock, type Due, dueOf, passPoint } from '#kernel/clock.ts'
import { type Recorded, Refusal } from '#kernel/decider.ts'
import { beginLimit, limitClock, limitPoints, type LimitRow, ruleOn, type StatutoryLimit } from '#kernel/statute.ts'
import type { Command, Event } from '../contract.ts'
import type { Running } from '../contract/parts.ts'
import { cp, type Row } from '../rules/row.ts'
import { rules } from '../rules/rows.ts'
import type { Asked } from './asked.ts'

/** Of the criminal rows the one that a refusal to file needs; the others follow with criminal procedure. */
const known = [
  ...rules,
  { rule: 'crim-nofile', ...cp, is: 'limit', term: 'P3D', trigger: 'decision', article: 'CP 178', verified: 'yes' },
] as const satisfies readonly Row[]
type Rule = Extract<(typeof known)[number], { readonly is: 'limit' }>['rule']
const limitRows: readonly LimitRow[] = known.filter((row) => row.is === 'limit')

/** A limit of law begins with its trigger, by the wording that is in force when it is recorded. */
export const begin = ({ facts, at }: Asked, rule: Rule, from: string = at): StatutoryLimit =>
  beginLimit(ruleOn<LimitRow, Rule>(limitRows, rule, dayAt(at)), { from }, { calendar: facts.calendar, now: at })

/** From a report on: to be looked at within a day, filed or refused within three. */
export const filingLimits = (asked: Asked, from: string): StatutoryLimit[] => [
  begin(asked, 'intake-admin-file.review', from),
  begin(asked, 'intake-admin-file.hard', from),
]

/** Limits that no law sets but the force, in hours. The unit above is turned to when the first is over, the city when the second is. */
export function questionLimits({ facts, at }: Asked, rule: 'question-open' | 'question-confirm', from: string): StatutoryLimit[] {
  const hours = rule === 'question-open' ? facts.hours.question : facts.hours.confirmation
  const own = { is: 'limit', from: '2026-01-01', until: null, verified: 'no', article: 'setting' } as const
  const row = (name: string, count: number): LimitRow => ({ ...own, rule: name, trigger: rule === 'question-open' ? 'closed' : 'explained', term: `PT${count}H` })
  const counting = { calendar: facts.calendar, now: at }
  return [beginLimit(row(rule, hours), { from }, counting), beginLimit(row('question-climbed', 2 * hours), { from }, counting)]
}

/** New ones take the place of older ones of the same rule. */
export const begun = (limits: readonly Running[], fresh: readonly StatutoryLimit[], unit: string): readonly Running[] => [
  ...limits.filter((one) => !fresh.some(({ rule }) => rule === one.limit.rule)),
  ...fresh.map((limit) => ({ limit, unit, clock: limitClock(limit, { id: limit.rule, unit }), state: 'running' as const })),
]

export const isOpen = ({ state }: Running): boolean => state !== 'met' && state !== 'late'

/** These rules are met; one that had been breached is met late and stays so. */
export const met = (limits: readonly Running[], rules: readonly string[]): readonly Running[] =>
  limits.map((one) =>
    rules.includes(one.limit.rule) && isOpen(one) ? { ...one, clock: null, state: one.state === 'breached' ? ('late' as const) : ('met' as const) } : one,
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
