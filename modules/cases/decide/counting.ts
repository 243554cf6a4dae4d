import { dayOf } from '#kernel/day.ts'
import { beginLimit, type LimitRow, pauseLimit, resumeLimit, ruleOn, type StatutoryLimit } from '#kernel/statute.ts'
import { criminalRows } from '../rules/criminal.ts'
import { rules } from '../rules/rows.ts'
import type { Asked } from './asked.ts'

const known = [...rules, ...criminalRows] as const
type Rule = Extract<(typeof known)[number], { readonly is: 'limit' | 'wait' }>['rule']
const limitRows: readonly LimitRow[] = known.filter((row) => row.is === 'limit' || row.is === 'wait')

const rowOf = (rule: Rule, at: string): LimitRow => ruleOn<LimitRow, string>(limitRows, rule, dayOf(at))
const counted = ({ facts, at }: Asked, row: LimitRow, from: string): StatutoryLimit =>
  beginLimit(row, { from, settings: facts.settings }, { calendar: facts.calendar, now: at })

/** A limit of law begins with its trigger, by the wording that is in force when it is recorded. */
export const begin = (asked: Asked, rule: Rule, from: string = asked.at): StatutoryLimit => counted(asked, rowOf(rule, asked.at), from)

/** The time that somebody has to make use of a right: nobody is late by not doing so, and nothing goes on before it is over. */
export const beginWindow = (asked: Asked, rule: Rule): StatutoryLimit => counted(asked, { ...rowOf(rule, asked.at), is: 'wait' }, asked.at)

/** As long as an approval says, where the law leaves it to it. */
export const beginFor = (asked: Asked, rule: Rule, days: number): StatutoryLimit =>
  counted(asked, { ...rowOf(rule, asked.at), term: `P${days}D` }, asked.at)

/** Whether the law knew the rule on the day. */
export const inForce = (rule: (typeof rules)[number]['rule'], at: string): boolean =>
  rules.some((row) => row.rule === rule && row.from <= dayOf(at) && (row.until === null || dayOf(at) <= row.until))

/** A limit that takes the place of another from the same trigger: what stood still in that one stands still in it. */
export const carried = (limit: StatutoryLimit, before: StatutoryLimit, { facts: { calendar }, at: now }: Asked): StatutoryLimit =>
  before.pauses.reduce((longer, { to, ...pause }) => {
    const paused = pauseLimit(longer, pause, { calendar, now })
    return to === null ? paused : resumeLimit(paused, pause.reason, to, { calendar, now })
  }, limit)

/** From a report on: to be looked at within a day, filed or refused within three. */
export const filingLimits = (asked: Asked, from: string): StatutoryLimit[] => [
  begin(asked, 'intake-admin-file.review', from),
  begin(asked, 'intake-admin-file.hard', from),
]

/** Limits that no law sets but the force, in hours. The unit above is turned to when the first is over, the city when the second is. */
export function questionLimits({ facts, at }: Asked, rule: 'question-open' | 'question-confirm', from: string): StatutoryLimit[] {
  const hours = rule === 'question-open' ? facts.hours.question : facts.hours.confirmation
  const own = { is: 'limit', from: '2026-01-01', until: null, verified: 'no', article: 'setting' } as const
  const row = (name: string, count: number): LimitRow => ({
    ...own,
    rule: name,
    trigger: rule === 'question-open' ? 'closed' : 'explained',
    term: `PT${count}H`,
  })
  const counting = { calendar: facts.calendar, now: at }
  return [beginLimit(row(rule, hours), { from }, counting), beginLimit(row('question-climbed', 2 * hours), { from }, counting)]
}
