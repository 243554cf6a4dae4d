/**
 * Limits that law sets: dated rows, and what is stored of a limit that was counted by one. Pure. A module's rules hold the rows; what is stored says everything
 * by itself, so that a rebuild reads no rule and no calendar again, and a matter keeps the rule of its day whatever is in force later.
 */
import { limitOf } from './calendar.ts'
import type { Day } from './calendar/day.ts'
import type { Approval, Extension, Pause, PauseReason, Restart, Step } from './calendar/step.ts'
import type { Calendar } from './calendar/year.ts'
import { type Clock, pauseClock, type Point, startClock } from './clock.ts'
import { Refusal } from './decider.ts'

interface Dated {
  /** Its id among the law facts; where one of them has several values, a point and which: `hear-steps.hold`. Words: `clock.rule.<module>.<rule>`. */
  readonly rule: string
  /** The days on which this wording is in force, first and last; null: it still is. */
  readonly from: Day
  readonly until: Day | null
  /** `PSL25 97; AP 69, 70`: laws by their short names (words: `law.<name>`) with the numbers of articles. */
  readonly article: string
  /** `yes`: the article's own text was read, `2nd`: only as quoted elsewhere, `no`: from memory. */
  readonly verified: 'yes' | '2nd' | 'no'
  /** Who must approve it at least; the module knows the levels. */
  readonly approver?: string
}

/** So much more, so many times, if somebody approves. */
export interface Extending {
  readonly term: string
  readonly most: number
  readonly approver: string
}

/** A value of law that is counted from a trigger. */
export interface LimitRow extends Dated {
  /** `limit`: done until then, or it is a breach. `wait`: not before then. */
  readonly is: 'limit' | 'wait'
  /** As `parseTerm` reads it. Where lawyers differ, the strict reading. */
  readonly term: string
  /** Words: `limit.trigger.<trigger>`. */
  readonly trigger: string
  readonly liberty?: true
  /** What it stands still for; nothing else stops it. */
  readonly stops?: readonly PauseReason[]
  readonly extension?: Extending
  /** The looser reading, in force where this yes-or-no setting of the module is 1. */
  readonly otherwise?: { readonly setting: string; readonly term: string }
}

/** What has to be done, with no number: at once, before something else, or whenever it is so; or what may be done, as the article says. */
export interface DutyRow extends Dated {
  readonly is: 'atOnce' | 'before' | 'duty' | 'may'
}

/** A number of law that is no time: `of` what there may be so many at `most`, or must be at `least`. */
export interface AmountRow extends Dated {
  readonly is: 'most' | 'least'
  readonly amount: number
  readonly of: string
}

export type Statute = LimitRow | DutyRow | AmountRow

/**
 * The row of a rule in force on a day: of several wordings the one of that day.
 * @throws RangeError for a rule that nobody knows, and for a day on which it was not in force
 */
export function ruleOn<R extends Statute, Rule extends R['rule']>(
  rows: readonly R[],
  rule: Rule,
  day: Day,
): Extract<R, { readonly rule: Rule }> {
  const wordings = rows.filter((row) => row.rule === rule)
  if (wordings.length === 0) throw new RangeError(`no rule ${rule}`)
  const row = wordings.find(({ from, until }) => from <= day && (until === null || day <= until))
  if (row === undefined) throw new RangeError(`${rule} is not in force on ${day}`)
  return row as Extract<R, { readonly rule: Rule }>
}

/** What an event stores of a limit. Everything that was known is in it; each change makes a new one from the last. Instants in UTC. */
export interface StatutoryLimit {
  readonly rule: string
  /** `from` of the row: which wording it is counted by. */
  readonly version: Day
  readonly article: string
  readonly verified: Dated['verified']
  readonly is: LimitRow['is']
  readonly term: string
  readonly liberty: boolean
  readonly trigger: string
  readonly stops: readonly PauseReason[]
  readonly extension: Extending | null
  /** The setting that chose between two readings, and its value then; null: there is only one. */
  readonly decided: { readonly setting: string; readonly value: number } | null
  /** When the trigger came. */
  readonly from: string
  readonly prior: number | null
  readonly pauses: readonly Pause[]
  readonly extensions: readonly Extension[]
  readonly restarts: readonly Restart[]
  /** When it was counted. */
  readonly counted: string
  /** `standing`: it stands still, and would be due at `due` if it had gone on when it was counted. */
  readonly due: string
  readonly standing: boolean
  /** The due moment lies where no holidays are published yet, and may still become later. */
  readonly provisional: boolean
  readonly steps: readonly Step[]
}

/** With what it is counted: the days off as they are known, and the moment of recording. */
export interface Counting {
  readonly calendar: Calendar
  readonly now: string
}

interface Beginning {
  readonly from: string
  /** Days of prior restraint for the same act. */
  readonly prior?: number
  /** Of the module, in force at the unit. Where one is not given, the strict reading holds. */
  readonly settings?: Readonly<Record<string, number>>
}

type Uncounted = Omit<StatutoryLimit, 'counted' | 'due' | 'standing' | 'provisional' | 'steps'>

/** @throws Refusal `limit-unpublished` when working days would have to be counted in a year without published holidays, here and in every change below */
export function beginLimit(row: LimitRow, { from, prior, settings = {} }: Beginning, counting: Counting): StatutoryLimit {
  const { rule, article, verified, is, trigger, stops = [], extension = null, otherwise } = row
  const decided = otherwise === undefined ? null : { setting: otherwise.setting, value: settings[otherwise.setting] ?? 0 }
  const term = otherwise !== undefined && decided?.value === 1 ? otherwise.term : row.term
  const wording = {
    rule,
    version: row.from,
    article,
    verified,
    is,
    term,
    liberty: row.liberty ?? false,
    trigger,
    stops,
    extension,
    decided,
  }
  return counted({ ...wording, from, prior: prior ?? null, pauses: [], extensions: [], restarts: [] }, counting)
}

function counted(limit: Uncounted, { calendar, now }: Counting): StatutoryLimit {
  const { rule, version, article, verified, is, term, liberty, trigger, stops, extension, decided } = limit
  const { from, prior, pauses, extensions, restarts } = limit
  const given = { term, from, liberty, calendar, now, pauses, extensions, restarts }
  const outcome = limitOf(prior === null ? given : { ...given, prior })
  if (outcome.is === 'gap') throw new Refusal('limit-unpublished', { values: { year: outcome.gap }, article })
  const wording = { rule, version, article, verified, is, term, liberty, trigger, stops, extension, decided }
  const standing = outcome.is === 'paused'
  const due = standing ? outcome.ifEndedNow : outcome.due
  const { provisional, steps } = outcome
  return { ...wording, from, prior, pauses, extensions, restarts, counted: now, due, standing, provisional, steps }
}

/** @throws Refusal `limit-no-pause` when the law lets it run on, `limit-paused` when it stands still for this reason already, `limit-over` when the pause begins after the end */
export function pauseLimit(limit: StatutoryLimit, pause: Omit<Pause, 'to'>, counting: Counting): StatutoryLimit {
  const { article, pauses, stops } = limit
  if (!stops.includes(pause.reason)) throw new Refusal('limit-no-pause', { article })
  if (pauses.some(({ reason, to }) => reason === pause.reason && to === null)) throw new Refusal('limit-paused', { article })
  if (!limit.standing && pause.from >= limit.due) throw new Refusal('limit-over', { article })
  return counted({ ...limit, pauses: [...pauses, { ...pause, to: null }] }, counting)
}

/** @throws Refusal `limit-not-paused` when it does not stand still for this reason, or only from later on */
export function resumeLimit(limit: StatutoryLimit, reason: PauseReason, to: string, counting: Counting): StatutoryLimit {
  const open = limit.pauses.find((pause) => pause.reason === reason && pause.to === null)
  if (open === undefined || to < open.from) throw new Refusal('limit-not-paused', { article: limit.article })
  return counted({ ...limit, pauses: limit.pauses.map((pause) => (pause === open ? { ...pause, to } : pause)) }, counting)
}

/**
 * Longer by what the row allows; who may approve is for the module to see (`extension.approver`).
 * @throws Refusal `limit-no-extension` when the law knows none, `limit-extended` when it has been as often as the law allows, `limit-over` when the end has passed
 */
export function extendLimit(limit: StatutoryLimit, approval: Approval, counting: Counting): StatutoryLimit {
  const { article, extension, extensions } = limit
  if (extension === null) throw new Refusal('limit-no-extension', { article })
  const begun = startOf(limit)
  if (extensions.filter((given) => given.approval.at >= begun).length >= extension.most)
    throw new Refusal('limit-extended', { article, values: { count: extension.most } })
  if (!limit.standing && approval.at > limit.due) throw new Refusal('limit-over', { article })
  return counted({ ...limit, extensions: [...extensions, { term: extension.term, approval }] }, counting)
}

/** @throws Refusal `limit-restart-before` when the new count would begin before the one that runs */
export function restartLimit(limit: StatutoryLimit, restart: Restart, counting: Counting): StatutoryLimit {
  if (restart.from < startOf(limit)) throw new Refusal('limit-restart-before', { article: limit.article })
  return counted({ ...limit, restarts: [...limit.restarts, restart] }, counting)
}

/** The trigger that it is counted from now. */
const startOf = ({ from, restarts }: StatutoryLimit): string => restarts.at(-1)?.from ?? from

/** `early`, `warn`: it will soon be over. `breach`: it is. `reached`: what had to wait may be done. */
export const limitPoints = ['early', 'warn', 'breach', 'reached'] as const
export type LimitPoint = (typeof limitPoints)[number]

const hour = 3_600_000
/** How long before the end a limit warns, by how long it lasts. No law says so: the house's own. Three days reach over a weekend. */
const leads: readonly { readonly atLeast: number; readonly early?: number; readonly warn: number }[] = [
  { atLeast: 240 * hour, early: 168 * hour, warn: 72 * hour },
  { atLeast: 72 * hour, warn: 24 * hour },
  { atLeast: 24 * hour, warn: 4 * hour },
  { atLeast: 0, warn: hour },
]

/**
 * The clock of a limit as it was counted last: what it will do lies at the counted moments, whatever pauses and days off led there. A warning that lies before
 * the count is not given any more. Null: nothing is left of it.
 * @param breached the due moment whose breach is on record already; it is not recorded twice
 */
export function limitClock(
  limit: StatutoryLimit,
  clock: { readonly id: string; readonly unit: string; readonly breached?: string | null },
): Clock | null {
  const { rule, article, due, standing, is } = limit
  if (clock.breached === due && !standing) return null
  const start = startOf(limit)
  const long = Date.parse(due) - Date.parse(start)
  const point = (name: LimitPoint, before: number): Point => ({ name, after: long - before })
  const { early, warn } = leads.find(({ atLeast }) => long >= atLeast) ?? { warn: 0 }
  const heard = ({ after }: Point): boolean => after > 0 && Date.parse(start) + after > Date.parse(limit.counted)
  const warnings = [...(early === undefined ? [] : [point('early', early)]), point('warn', warn)].filter(heard)
  const points = is === 'wait' ? [point('reached', 0)] : [...warnings, point('breach', 0)]
  const running = startClock({ id: clock.id, rule, unit: clock.unit, source: article, points }, start)
  return standing ? pauseClock(running, limit.counted) : running
}
