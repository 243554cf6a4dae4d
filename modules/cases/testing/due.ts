import { dayOf } from '#kernel/day.ts'
import type { PauseReason, RestartReason } from '#kernel/calendar/step.ts'
import { builtInYears } from '#kernel/calendar/years.ts'
import { beginLimit, extendLimit, pauseLimit, restartLimit, resumeLimit, ruleOn, type StatutoryLimit } from '#kernel/statute.ts'
import { rules } from '../rules/rows.ts'

type Rule = Extract<(typeof rules)[number], { readonly is: 'limit' | 'wait' }>['rule']
/** What happens to a limit; times where the force is, as `2026-02-12T10:00`. */
export interface Happens {
  readonly pauses?: readonly (readonly [reason: PauseReason, from: string, to: string | null])[]
  /** When each extension was approved. */
  readonly extended?: readonly string[]
  readonly anew?: readonly [reason: RestartReason, from: string]
  readonly settings?: Readonly<Record<string, number>>
}
/** A limit of law: the rule, its trigger where the force is, what was reckoned by hand, and where that leads. */
export type DueRow = readonly [rule: Rule, from: string, hand: string, due: string, happens?: Happens]

export const instant = (local: string): string => new Date(`${local}:00+08:00`).toISOString()
const counting = (now: string) => ({ calendar: builtInYears, now })

/** The limit after everything that happened to it, one change after another as it was recorded. */
export function afterAll(rule: Rule, from: string, { pauses = [], extended = [], anew, settings = {} }: Happens = {}): StatutoryLimit[] {
  const changes: (readonly [at: string, change: (limit: StatutoryLimit, at: string) => StatutoryLimit])[] = []
  for (const [reason, begins, ends] of pauses) {
    const pause = { from: instant(begins), reason, approval: null }
    changes.push([instant(begins), (limit, at) => pauseLimit(limit, pause, counting(at))])
    if (ends !== null) changes.push([instant(ends), (limit, at) => resumeLimit(limit, reason, at, counting(at))])
  }
  for (const approved of extended) changes.push([instant(approved), (limit, at) => extendLimit(limit, { by: '李某', at }, counting(at))])
  if (anew !== undefined) {
    const [reason, begins] = anew
    changes.push([instant(begins), (limit, at) => restartLimit(limit, { from: at, reason, approval: null }, counting(at))])
  }
  const began = instant(from)
  const limits = [beginLimit(ruleOn(rules, rule, dayOf(began)), { from: began, settings }, counting(began))]
  for (const [at, change] of changes.toSorted(([a], [b]) => a.localeCompare(b))) limits.push(change(limits.at(-1) ?? never(), at))
  return limits
}
const never = (): never => {
  throw new Error('a limit begins before it changes')
}

/** `2026-02-26` for the end of that day there, `2026-02-13 10:03` for that minute; `~` before it: provisional, `standing` before it: if it went on then. */
export function dueOf(text: string): Pick<StatutoryLimit, 'due' | 'provisional' | 'standing'> {
  const [, mark = '', day = '', time] = /^(~|standing )?(\S+)(?: (\S+))?$/.exec(text) ?? []
  const due = time === undefined ? `${day}T16:00:00.000Z` : instant(`${day}T${time}`)
  return { due, provisional: mark === '~', standing: mark === 'standing ' }
}
