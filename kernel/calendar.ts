/**
 * How long the law gives, counted as law-facts section 2 says (期间): AP 35, CPL 105, PEN 85, COE 69, REV 88. Pure: which days are off is given, and so is the time.
 * A due moment that was stored stays as it was; what is counted here is counted with the tables that are given.
 */
import { addDays, addMonths, type Day, dayNumber, dayOfNumber, endOf, yearOf } from './calendar/day.ts'
import { inDays, inMilliseconds, isOut, putOff, within } from './calendar/out.ts'
import type { Extension, Pause, Restart, Step } from './calendar/step.ts'
import { parseTerm, type Term } from './calendar/term.ts'
import { type Calendar, dayKind, type DayKind } from './calendar/year.ts'
import { dayOf } from './day.ts'

export interface Asked {
  /** `PT24H`, `P3D`, `P5WD`, `P1M`, `P2Y`. */
  readonly term: string
  /** The trigger. Instants are ISO 8601. */
  readonly from: string
  /** A limit on somebody's liberty ends on its last day, holiday or not. */
  readonly liberty: boolean
  readonly calendar: Calendar
  /** When it is asked: so far reaches a pause that still goes on. */
  readonly now: string
  readonly pauses?: readonly Pause[]
  readonly extensions?: readonly Extension[]
  /** Each counts the limit anew from its own trigger; the counts before stay in the steps. */
  readonly restarts?: readonly Restart[]
  /** Days of prior restraint for the same act; only for a term in days. */
  readonly prior?: number
}

/**
 * `due`: an instant in UTC, for days the 24:00 of the last. `provisional`: it lies on a day whose holidays are not published; what is said is the earliest that it can
 * become. `paused`: it stands still, and would be due then if it went on now. `gap`: working days cannot be counted without the holidays of that year.
 */
export type Limit = { readonly steps: readonly Step[] } & (
  | { readonly is: 'due'; readonly due: string; readonly provisional: boolean }
  | { readonly is: 'paused'; readonly ifEndedNow: string; readonly provisional: boolean }
  | { readonly is: 'gap'; readonly gap: number }
)
type Counted = { readonly steps: readonly Step[] } & ({ readonly due: string; readonly provisional: boolean } | { readonly gap: number })
type One = Omit<Asked, 'restarts' | 'pauses' | 'extensions'> & Required<Pick<Asked, 'pauses' | 'extensions'>>

const hour = 3_600_000
const minute = 60_000
const iso = (milliseconds: number): string => new Date(milliseconds).toISOString()
const utc = (instant: string): string => iso(Date.parse(instant))

/**
 * @throws RangeError where the question itself is wrong: no such term, an extension that is not counted as the limit is, working days or an offset where the law
 * knows none, a pause that ends before it begins, a new count that begins before the old
 */
export function limitOf(asked: Asked): Limit {
  const pauses = (asked.pauses ?? []).map(pauseInUtc).toSorted((a, b) => a.from.localeCompare(b.from))
  const extensions = (asked.extensions ?? []).map((extension) => ({
    ...extension,
    approval: { ...extension.approval, at: utc(extension.approval.at) },
  }))
  const restarts = (asked.restarts ?? [])
    .map((restart) => ({ ...restart, from: utc(restart.from) }))
    .toSorted((a, b) => a.from.localeCompare(b.from))
  const history: Step[] = []
  let from = utc(asked.from)
  /** Those given before a new count belong to the old one. */
  let left = extensions
  for (const restart of restarts) {
    if (restart.from < from) throw new RangeError(`counted anew from ${restart.from}, before it began at ${from}`)
    const given = left.filter(({ approval }) => approval.at < restart.from)
    const old = oneLimit({ ...asked, from, now: restart.from, pauses: knownAt(restart.from, pauses), extensions: given })
    history.push({ is: 'restarted', from, due: old.is === 'due' ? old.due : null, restart })
    from = restart.from
    left = left.filter((extension) => !given.includes(extension))
  }
  const last = oneLimit({ ...asked, from, now: utc(asked.now), pauses, extensions: left })
  return { ...last, steps: [...history, ...last.steps] }
}

/** As they stood then: what ended later still went on. */
const knownAt = (then: string, pauses: readonly Pause[]): Pause[] =>
  pauses.filter(({ from }) => from < then).map((pause) => (pause.to !== null && pause.to > then ? { ...pause, to: null } : pause))

function pauseInUtc(pause: Pause): Pause {
  const [from, to] = [utc(pause.from), pause.to === null ? null : utc(pause.to)]
  if (to !== null && to < from) throw new RangeError(`a pause from ${from} to ${to}`)
  return { ...pause, from, to }
}

function oneLimit(one: One): Limit {
  const counted = count(one)
  if ('gap' in counted) return { is: 'gap', ...counted }
  const { due, provisional, steps } = counted
  const stands = one.pauses.some(({ from, to }) => to === null && from <= one.now && from < due)
  return stands ? { is: 'paused', ifEndedNow: due, provisional, steps } : { is: 'due', due, provisional, steps }
}

function count(one: One): Counted {
  const term = parseTerm(one.term)
  if (one.liberty && term.unit === 'workingDays') throw new RangeError('no limit on liberty is counted in working days')
  const { prior = 0 } = one
  if (!Number.isSafeInteger(prior) || prior < 0) throw new RangeError(`prior restraint of ${prior} days`)
  if (one.prior !== undefined && term.unit !== 'days') throw new RangeError('prior restraint is taken off days')
  const extensions = one.extensions.map(({ term: more, approval }) => ({ term: parseTerm(more), approval }))
  const strange = extensions.find((extension) => wayOf(extension.term) !== wayOf(term))
  if (strange !== undefined) throw new RangeError(`${one.term} is not extended by ${strange.term.count} ${strange.term.unit}`)
  const extended = extensions.map((extension): Step => ({ is: 'extended', ...extension }))
  const terms = [term, ...extensions.map((extension) => extension.term)]
  if (term.unit === 'hours') return countHours(one, term, terms, extended)
  const begins: Step = { is: 'beginsDay', at: one.from, first: addDays(dayOf(one.from), 1) }
  if (term.unit === 'workingDays') return countWorkingDays(one, term, terms, [begins, ...extended])
  return countDays(one, term, terms, [
    begins,
    ...(one.prior === undefined ? [] : [{ is: 'offset', days: one.prior } as const]),
    ...extended,
  ])
}

const wayOf = ({ unit }: Term): 'hours' | 'workingDays' | 'days' => (unit === 'hours' || unit === 'workingDays' ? unit : 'days')
const sum = (terms: readonly Term[], unit: Term['unit']): number =>
  terms.reduce((all, term) => all + (term.unit === unit ? term.count : 0), 0)

function countHours({ from, now, pauses }: One, term: Term, terms: readonly Term[], extended: readonly Step[]): Counted {
  const start = Date.parse(from)
  const end = start + sum(terms, 'hours') * hour
  const spans = pauses.map((pause) => inMilliseconds(pause, now))
  const until = putOff(start, end, spans)
  const taken = within(start, until, spans)
  const due = iso(until)
  const steps: readonly Step[] = [
    { is: 'beginsMinute', at: from },
    ...extended,
    { is: 'countedHours', term, until: iso(end) },
    ...pauses.map((pause, at): Step => ({ is: 'pausedHours', pause, minutes: (taken[at] ?? 0) / minute })),
    { is: 'due', at: due, day: null },
  ]
  return { due, provisional: false, steps }
}

/** The days that each pause took out of a count from the day after the trigger to its last day. */
function pausedDays({ from, now, pauses }: One, last: Day): Step[] {
  const spans = pauses.map((pause) => inDays(pause, now))
  const taken = within(dayNumber(dayOf(from)) + 1, dayNumber(last) + 1, spans)
  return pauses.map((pause, at) => ({ is: 'pausedDays', pause, days: taken[at] ?? 0 }))
}

/** Looks days up and remembers of which years. */
function looking(calendar: Calendar): { readonly kindOf: (day: Day) => DayKind; readonly tables: () => Step[] } {
  const years = new Set<number>()
  const kindOf = (day: Day): DayKind => {
    years.add(yearOf(day))
    return dayKind(calendar, day)
  }
  const tables = (): Step[] =>
    [...years].flatMap((year) => {
      const table = calendar.get(year)
      return table === undefined ? [] : [{ is: 'table', year, source: table.source, verified: table.verified, n: table.n } as const]
    })
  return { kindOf, tables }
}

function countWorkingDays(one: One, term: Term, terms: readonly Term[], begins: readonly Step[]): Counted {
  const { kindOf, tables } = looking(one.calendar)
  const spans = one.pauses.map((pause) => inDays(pause, one.now))
  const steps: Step[] = []
  let day = dayOf(one.from)
  let left = sum(terms, 'workingDays')
  while (left > 0) {
    day = addDays(day, 1)
    // A day that is out anyway need not be known.
    if (isOut(spans, day)) continue
    const kind = kindOf(day)
    if ('unsettled' in kind)
      return { gap: kind.unsettled, steps: [...begins, ...steps, { is: 'unsettled', day, year: kind.unsettled }, ...tables()] }
    if ('off' in kind) {
      steps.push({ is: 'skipped', day, why: kind.off })
      continue
    }
    if (kind.swapped) steps.push({ is: 'swapped', day })
    left -= 1
  }
  const due = endOf(day)
  const end: readonly Step[] = [{ is: 'countedDays', term, last: day }, ...tables(), { is: 'due', at: due, day }]
  return { due, provisional: false, steps: [...begins, ...pausedDays(one, day), ...steps, ...end] }
}

function countDays(one: One, term: Term, terms: readonly Term[], begins: readonly Step[]): Counted {
  const trigger = dayOf(one.from)
  const days = sum(terms, 'days') - (one.prior ?? 0)
  const months = sum(terms, 'months') + 12 * sum(terms, 'years')
  // All of it was served before: there is nothing to wait for.
  if (days <= 0 && months === 0) return { due: one.from, provisional: false, steps: [...begins, { is: 'due', at: one.from, day: null }] }
  const last = addDays(addMonths(trigger, months), days)
  const spans = one.pauses.map((pause) => inDays(pause, one.now))
  const end = putOff(dayNumber(trigger) + 1, dayNumber(last) + 1, spans)
  const { day, provisional, steps } = settle(one, dayOfNumber(end - 1), (on) => isOut(spans, on))
  const due = endOf(day)
  const counted: Step = { is: 'countedDays', term, last }
  return { due, provisional, steps: [...begins, counted, ...pausedDays(one, day), ...steps, { is: 'due', at: due, day }] }
}

interface Settled {
  readonly day: Day
  readonly provisional: boolean
  readonly steps: readonly Step[]
}

/** Where a count of days that ends on `last` is over: liberty there, everything else on the next working day. */
function settle({ liberty, calendar }: One, last: Day, out: (day: Day) => boolean): Settled {
  const { kindOf, tables } = looking(calendar)
  if (liberty) {
    const kind = kindOf(last)
    return { day: last, provisional: false, steps: 'off' in kind ? [{ is: 'notMoved', day: last, why: kind.off }, ...tables()] : [] }
  }
  const steps: Step[] = []
  for (let day = last; ; day = addDays(day, 1)) {
    if (out(day)) continue
    const kind = kindOf(day)
    if ('off' in kind) {
      steps.push({ is: 'skipped', day, why: kind.off })
      continue
    }
    if (day !== last) steps.push({ is: 'movedOn', from: last, to: day })
    if ('unsettled' in kind) steps.push({ is: 'unsettled', day, year: kind.unsettled })
    else if (kind.swapped) steps.push({ is: 'swapped', day })
    return { day, provisional: 'unsettled' in kind, steps: [...steps, ...tables()] }
  }
}

/** CPL 105: papers posted before the end are in time, however late they arrive. Instants; `posted` null: they were brought. */
export const inTime = (due: string, { posted, received }: { readonly posted: string | null; readonly received: string }): boolean =>
  Date.parse(posted ?? received) <= Date.parse(due)
