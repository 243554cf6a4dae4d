import { type Clock, dueOf, startClock } from '#kernel/clock.ts'
import { dayOf } from '#kernel/day.ts'
import { isPerson, type Recorded, Refusal } from '#kernel/decider.ts'
import { type SeriesRow, seriesCommands, seriesEvents, seriesStream } from '../contract/series.ts'
import type { Command, Event } from '../contract.ts'
import { drillSeries, lastDay, longestDays, nextRun, punctualMs } from '../rules/series.ts'
import { type Asked, holdable, holds, nobody, startedDrill, targets } from './drill.ts'

/** A series of drills: as long as it goes on its one clock runs to its next moment. */
export interface Series {
  readonly kind: 'series'
  readonly row: SeriesRow
  readonly clock: Clock | null
}

type SeriesCommand = Extract<Command, { type: keyof typeof seriesCommands }>
type SeriesEvent = Extract<Event, { type: keyof typeof seriesEvents }>
type In<Type extends SeriesCommand['type']> = Extract<SeriesCommand, { type: Type }>['data']
type Before = { readonly kind: string } | Series

const isSeries = (state: Before): state is Series => state.kind === 'series'

function seriesOf(state: Before): Series {
  if (!isSeries(state)) throw new Refusal('not-a-series')
  return state
}

function planSeries(state: Before, stream: string, data: In<'planSeries'>, { at, as, facts }: Asked): Event[] {
  if (!seriesStream.safeParse(stream).success) throw new Refusal('not-a-series')
  if (state.kind !== 'none') throw new Refusal('series-exists')
  const { path, bureau } = holdable(facts.drill, data.unit, as)
  if (data.until > lastDay(at)) throw new Refusal('series-long', { field: 'data.until', values: { days: longestDays } })
  const weekly = { ...data, weekdays: [...new Set(data.weekdays)], from: data.from ?? dayOf(at) }
  const next = nextRun(weekly, at)
  if (next === null) throw new Refusal('series-empty', { field: 'data.until' })
  return [{ type: 'seriesPlanned', data: { ...weekly, path: [...path], bureau, next } }]
}

/** Only who could have planned it ends it; what it has started is called off for itself. */
export function endSeries(state: Before, { reason }: In<'endSeries'>, { as }: Pick<Asked, 'as'>): Event[] {
  const { row } = seriesOf(state)
  if (row.next === null) throw new Refusal('series-over')
  if (!holds(as, row.path)) throw new Refusal('drill-foreign')
  return [{ type: 'seriesEnded', data: { reason } }]
}

/**
 * The moment has come: the drill of that moment starts, or is missed where no server was there, and the clock goes on to the next. Of a long outage each
 * moment has its missed drill. Where another series of the unit has come to the same moment, its drill is this one's, too: nobody is rung twice at once.
 */
function runSeries(state: Before, { drill, due }: In<'runSeries'>, { at, facts }: Asked, others: ReadonlyMap<string, unknown>): Event[] {
  const { row, clock } = seriesOf(state)
  const behind = Date.parse(at) - Date.parse(due)
  if (clock === null || dueOf(clock)?.time !== due || behind < 0) throw new Refusal('drill-not-due')
  const stream = `drill:${drill}`
  const { unit, path, bureau, limitSeconds, reason } = row
  const about = facts.drill ?? nobody
  const units = targets(about, unit)
  const missed = behind > punctualMs ? 'down' : units.length === 0 ? 'nobody' : null
  const plan = { unit, path: [...path], bureau, start: due, limitSeconds, reason, series: { id: row.id, by: row.planned.by } }
  const begun: Event =
    missed === null ? startedDrill(due, at, limitSeconds, about, units) : { type: 'drillMissed', data: { due, why: missed } }
  const ran: Event = { type: 'seriesRan', data: { drill, due, missed, next: nextRun(row, due) } }
  if (others.has(stream)) return [ran]
  return [ran, { type: 'drillPlanned', stream, data: plan }, { ...begun, stream }]
}

export const forSeries = <C extends Command>(command: C): command is Extract<C, SeriesCommand> =>
  Object.hasOwn(seriesCommands, command.type)

export function decideSeries(
  state: Before,
  command: SeriesCommand & { readonly stream: string },
  asked: Asked,
  others: ReadonlyMap<string, unknown>,
): Event[] {
  switch (command.type) {
    case 'planSeries':
      return planSeries(state, command.stream, command.data, asked)
    case 'endSeries':
      return endSeries(state, command.data, asked)
    case 'runSeries':
      return runSeries(state, command.data, asked, others)
  }
}

/** Counted from the moment before: a moment that passed while nobody swept is due at its own time, and not when it was found. */
const clockFrom = (from: string, next: string | null, { id, unit }: Pick<SeriesRow, 'id' | 'unit'>): Clock | null =>
  next === null
    ? null
    : startClock(
        { id, rule: drillSeries, unit, source: 'setting', points: [{ name: drillSeries, after: Date.parse(next) - Date.parse(from) }] },
        from,
      )

const nameOf = ({ by }: Recorded<Event>): string => (isPerson(by) ? by.name : by.system)

/** Of an erased plan only the frame is left, without a clock. */
function planned(event: Recorded<Extract<SeriesEvent, { type: 'seriesPlanned' }>>): Series {
  const { data, at, stream } = event
  const day = dayOf(at)
  const blank = { unit: '', path: [], bureau: '', weekdays: [], time: '', limitSeconds: 0, reason: '', from: day, until: day, next: null }
  const row: SeriesRow = {
    ...(data ?? blank),
    id: stream.slice(stream.indexOf(':') + 1),
    planned: { at, by: nameOf(event) },
    ran: 0,
    missed: 0,
    ended: null,
  }
  return { kind: 'series', row, clock: clockFrom(at, row.next, row) }
}

export const ofSeries = (event: Recorded<Event>): event is Recorded<SeriesEvent> => Object.hasOwn(seriesEvents, event.type)

export function evolveSeries<State extends { readonly kind: string }>(state: State | Series, event: Recorded<SeriesEvent>): State | Series {
  if (event.type === 'seriesPlanned') return planned(event)
  if (!isSeries(state)) return state
  const { row } = state
  if (event.type === 'seriesEnded') {
    const ended = { at: event.at, by: nameOf(event), reason: event.data?.reason ?? '' }
    return { ...state, row: { ...row, next: null, ended }, clock: null }
  }
  const { due = event.at, next = null, missed = null } = event.data ?? {}
  const after = { ...row, next, ran: row.ran + 1, missed: row.missed + Number(missed !== null) }
  return { ...state, row: after, clock: clockFrom(due, next, row) }
}
