import assert from 'node:assert/strict'
import { dueOf as dueIn } from '#kernel/clock.ts'
import { dayOf } from '#kernel/day.ts'
import type { Recorded } from '#kernel/decider.ts'
import { ruleOn } from '#kernel/statute.ts'
import type { Event } from '../contract.ts'
import { passing } from '../decide/limits.ts'
import { criminalRows } from '../rules/criminal.ts'
import { penaltyRows } from '../rules/penalty.ts'
import type { Row } from '../rules/row.ts'
import { rules } from '../rules/rows.ts'
import { wordStatements } from '../search.ts'
import { dueOf } from './due.ts'
import { type Record, refused, start, system } from './given.ts'

export const known = [...rules, ...penaltyRows, ...criminalRows] as const
export type RuleId = (typeof known)[number]['rule']
const rows: readonly Row[] = known
const articleOf = (rule: RuleId): string => ruleOn<Row, string>(rows, rule, dayOf(start)).article

/** A rule of law in two cases of the real decision: one that keeps it, and one that breaks it and hears so. Each throws where the house does otherwise. */
export interface Kept {
  readonly rule: RuleId
  readonly keeps: () => void
  readonly breaks: () => void
}

/** What is refused where the rule is not kept. `article`: what the refusal names, where that is more or less than the article of the rule. */
export const kept = (
  rule: RuleId,
  refusal: string,
  keeps: () => unknown,
  breaks: () => unknown,
  article: string = articleOf(rule),
): Kept => ({
  rule,
  keeps: () => void keeps(),
  breaks: () => refused(refusal, breaks, article),
})

type At = { readonly at: string }
/** `hand`: how its end was reckoned by hand; `due`: that end, as `dueOf` reads it; both where the force is. */
interface Timed<Does> {
  readonly begins: () => Record
  readonly hand: string
  readonly due: string
  readonly does: Does
  /** What the refusal names, where that is not the article of the rule. */
  readonly article?: string
}
type Doing = (record: Record, ask: At) => unknown
interface Counted extends Timed<Doing> {
  /** Whom or which act the limit is of, where the case has several. */
  readonly subject?: string
  /** The limit that stands for a rule without one of its own. */
  readonly limit?: RuleId
  /** What is done after the end instead. */
  readonly late?: Doing
}
/** A minute before the end, and one after. */
function around(due: string): { readonly before: At; readonly after: At } {
  const end = Date.parse(dueOf(due).due)
  const moment = (minutes: number): At => ({ at: new Date(end + minutes * 60_000).toISOString() })
  return { before: moment(-1), after: moment(1) }
}

/** Done a minute before its end a limit is met; a minute after it the clock has sounded, and what is done then is late. */
export function counted(rule: RuleId, { begins, hand, due, does, late = does, subject, limit = rule }: Counted): Kept {
  const { before, after } = around(due)
  const running = (record: Record) =>
    record.row.limits.find((one) => one.limit.rule === limit && (subject === undefined || one.subject === subject))
  /** Every point that has come, and what was said of each. */
  const passed = (record: Record, { at }: At): string[] => {
    const said: string[] = []
    for (let next = nextOf(record); next && next.due.time <= at; next = nextOf(record))
      said.push(...record.do(passing(next.clock, next.due), { at: next.due.time, who: system }).map(({ type }) => type))
    return said
  }
  const nextOf = (record: Record) => {
    const clock = running(record)?.clock
    const next = clock && dueIn(clock)
    return clock && next ? { clock, due: next } : null
  }
  const begun = (until: At) => {
    const record = begins()
    assert.equal(running(record)?.limit.due, dueOf(due).due, hand)
    return { record, breached: passed(record, until).includes('limitBreached') }
  }
  return {
    rule,
    keeps() {
      const { record, breached } = begun(before)
      assert.equal(breached, false)
      does(record, before)
      assert.equal(running(record)?.state, 'met')
    },
    breaks() {
      const { record, breached } = begun(after)
      assert.equal(breached, true)
      late(record, after)
      assert.equal(running(record)?.state, 'late')
    },
  }
}

/** What may not be done before the time is over. */
export function waited(rule: RuleId, refusal: string, { begins, due, does, article }: Timed<Doing>): Kept {
  const { before, after } = around(due)
  return kept(
    rule,
    refusal,
    () => does(begins(), after),
    () => does(begins(), before),
    article,
  )
}

/** What may be done only until the time is over. */
export function within(rule: RuleId, refusal: string, { begins, due, does, article }: Timed<Doing>): Kept {
  const { before, after } = around(due)
  return kept(
    rule,
    refusal,
    () => does(begins(), before),
    () => does(begins(), after),
    article,
  )
}

/** What a case can be found by after an event, as the search has it written down. */
export const soughtIn = ({ matter }: Record, type: Event['type']): string =>
  JSON.stringify(wordStatements([{ type } as Recorded<Event>], matter))
