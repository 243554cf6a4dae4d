import { isPerson, type Recorded } from '#kernel/decider.ts'
import type { Effect } from '#kernel/effect.ts'
import type { Event, IncidentRow, Level, Line, Milestone, Phase, Stamp } from '../contract.ts'
import type { KindChange } from '../contract/kinds.ts'
import type { ShiftRow } from '../contract/shift.ts'
import { type Drill, evolveDrill, ofDrill } from './drill.ts'
import { evolveSeries, ofSeries, type Series } from './series.ts'
import { climbAfter } from './ladder.ts'
import { ringingAfter } from './ringing.ts'
import { waitsAfter, wayAfter } from './waiting.ts'
import { shiftAfter } from './shiftState.ts'

/** One stream of the module: a call, or an incident as its boards show it. */
export type State =
  | { readonly kind: 'none' }
  | { readonly kind: 'call'; readonly incident: string }
  | Place
  | Taxon
  | Bell
  | Shift
  | Drill
  | Series
  | Incident
/** A place that can be searched for; retired ones are found no more. */
export interface Place {
  readonly kind: 'place'
  readonly place: Extract<Event, { type: 'placeSet' }>['data']
  readonly retired: boolean
}
/** A type of incident: what was set of it, in the order of recording. */
export interface Taxon {
  readonly kind: 'taxon'
  readonly changes: readonly KindChange[]
}
/** A bell beyond the screens; a retired one rings no more. */
export interface Bell {
  readonly kind: 'bell'
  readonly bell: Extract<Event, { type: 'bellSet' }>['data']
  readonly retired: boolean
}
/** A shift at the desk of a unit. */
export interface Shift {
  readonly kind: 'shift'
  readonly row: ShiftRow
}
export interface Incident {
  readonly kind: 'incident'
  readonly row: IncidentRow
  /** Bells that are still to ring; not there where none is. */
  readonly effects?: readonly Effect[]
}

export const initial: State = { kind: 'none' }

type Received = Recorded<Event>

/** An event's time as a stamp on the record. */
const stamp = (event: Received, by?: string): Stamp => ({
  time: event.occurred.time,
  source: event.occurred.source,
  at: event.at,
  by: by ?? (isPerson(event.by) ? event.by.name : event.by.system),
})

function change(state: Incident, event: Received, part: Partial<IncidentRow>): State {
  const effects = ringingAfter(event, state.effects, state.row)
  return { kind: 'incident', row: { ...state.row, ...part, n: event.n }, ...(effects && { effects }) }
}

const changeLine = (row: IncidentRow, which: number, part: Partial<Line>): readonly Line[] =>
  row.lines.map((line) => (line.line === which ? { ...line, ...part } : line))

const reach = (row: IncidentRow, event: Received, milestone: Milestone, phase: Phase): Partial<IncidentRow> => ({
  phase,
  milestones: { ...row.milestones, [milestone]: stamp(event) },
})

/** Who is sent by account. A record of which nobody ever was has no such field: rows of before there were any stay as they are. */
const named = (row: IncidentRow, officers: readonly string[]): Partial<IncidentRow> =>
  officers.length > 0 || row.officers !== undefined ? { officers } : {}

const newLines = (event: Received, lines: readonly { line: number; unit: string; level: Level }[]): Line[] =>
  lines.map((line) => ({ ...line, sent: stamp(event), delivered: null, seen: null, signed: null, ended: null }))

/** The row of an incident whose first event is this one. Of an erased one only the frame is left. */
function openedRow(event: Extract<Received, { type: 'opened' }>): IncidentRow {
  const { data } = event
  return {
    id: event.stream,
    number: data?.number ?? '',
    n: event.n,
    phase: 'open',
    kind: data?.kind ?? 'other',
    priority: data?.priority ?? 3,
    narrative: data?.narrative ?? '',
    place: data?.place ?? { kind: 'unknown' },
    bureau: data?.bureau ?? '',
    subBureau: null,
    station: null,
    received: stamp(event),
    opened: event.at,
    imported: event.occurred.source === 'imported',
    lines: [],
    handlers: [],
    milestones: {},
    urged: 0,
    findings: 0,
    calls: 1,
    taker: isPerson(event.by) ? event.by.account : '',
  }
}

/** What happened on the lines of the dispatch. */
function evolveLines(state: Incident, event: Received): Partial<IncidentRow> {
  const { row } = state
  if (event.data === null) return {}
  switch (event.type) {
    case 'dispatched':
      return { station: event.data.station, subBureau: event.data.subBureau, lines: [...row.lines, ...newLines(event, event.data.lines)] }
    case 'delivered':
      return { lines: changeLine(row, event.data.line, { delivered: stamp(event, event.data.name) }) }
    case 'seen':
      return { lines: changeLine(row, event.data.line, { seen: stamp(event, event.data.name) }) }
    case 'signed':
      return { lines: changeLine(row, event.data.line, { signed: stamp(event) }) }
    case 'transferred': {
      const { ended, lines, station, subBureau } = event.data
      const kept = row.lines.map((line) => (ended.includes(line.line) ? { ...line, ended: event.at } : line))
      // Whom another station has sent is not sent by this one.
      return { station, subBureau, ...(station === row.station ? {} : named(row, [])), lines: [...kept, ...newLines(event, lines)] }
    }
    default:
      return {}
  }
}

/** What happened to the incident itself. */
function evolveIncident(state: Incident, event: Received): Partial<IncidentRow> {
  const { row } = state
  switch (event.type) {
    case 'assigned':
      return {
        ...(row.milestones.assigned === undefined ? reach(row, event, 'assigned', 'assigned') : {}),
        handlers: event.data?.handlers ?? row.handlers,
        ...named(row, event.data?.officers ?? []),
      }
    case 'departed':
      return reach(row, event, 'underWay', 'underWay')
    case 'arrived':
      return reach(row, event, 'arrived', 'arrived')
    case 'cleared':
      return reach(row, event, 'cleared', 'cleared')
    case 'reported':
      return reach(row, event, 'reported', 'reported')
    case 'closed':
      return reach(row, event, 'closed', 'closed')
    case 'sentBack': {
      const { reported: _reported, closed: _closed, ...milestones } = row.milestones
      return { milestones, phase: row.handlers.length > 0 ? 'assigned' : 'open' }
    }
    case 'cancelled':
      return { phase: 'cancelled' }
    case 'located':
      return event.data === null ? {} : { place: event.data.place }
    case 'callAdded':
      return { calls: row.calls + 1 }
    case 'urged':
      return { urged: row.urged + 1 }
    case 'found':
      return { findings: row.findings + 1 }
    case 'corrected': {
      const { kind = row.kind, priority = row.priority, narrative = row.narrative } = event.data ?? {}
      return { kind, priority, narrative }
    }
    default:
      return {}
  }
}

/** An erased change counts, so that the next has its number, and holds on no day. */
function changed(state: State, event: Extract<Received, { type: 'kindSet' | 'kindRetired' }>): State {
  const before = state.kind === 'taxon' ? state.changes : []
  if (event.data === null) return { kind: 'taxon', changes: before }
  const { from, reason } = event.data
  const { at, by } = stamp(event)
  const recorded = { n: event.n, from, at, by, reason }
  if (event.type === 'kindRetired') return { kind: 'taxon', changes: [...before, { ...recorded, set: null }] }
  const { group, priority, response, questions, words, names } = event.data
  return { kind: 'taxon', changes: [...before, { ...recorded, set: { group, priority, response, questions, words, names } }] }
}

function bellAfter(state: State, event: Extract<Received, { type: 'bellSet' | 'bellRetired' }>): State {
  if (event.type === 'bellSet') return event.data === null ? state : { kind: 'bell', bell: event.data, retired: false }
  return state.kind === 'bell' ? { ...state, retired: true } : state
}

/** The change with what it does to the clocks. A record that does not climb, or waits for nothing, has no such field. */
function clocked(event: Received, before: IncidentRow, part: Partial<IncidentRow>): Partial<IncidentRow> {
  const after = { ...before, ...part }
  const climb = climbAfter(event, before.climb, after)
  const waits = waitsAfter(event, before.waits, after)
  const way = wayAfter(event, before.way, before)
  return {
    ...part,
    ...(climb === before.climb ? {} : { climb }),
    ...(waits === before.waits ? {} : { waits }),
    ...(way === before.way ? {} : { way }),
  }
}

export function evolve(state: State, event: Received): State {
  if (event.type === 'received') return { kind: 'call', incident: event.data?.incident ?? '' }
  if (event.type === 'opened') return { kind: 'incident', row: openedRow(event) }
  if (event.type === 'placeSet') return event.data === null ? state : { kind: 'place', place: event.data, retired: false }
  if (event.type === 'placeRetired') return state.kind === 'place' ? { ...state, retired: true } : state
  if (event.type === 'kindSet' || event.type === 'kindRetired') return changed(state, event)
  if (event.type === 'bellSet' || event.type === 'bellRetired') return bellAfter(state, event)
  const shift = shiftAfter(state.kind === 'shift' ? state.row : undefined, event)
  if (shift !== undefined) return { kind: 'shift', row: shift }
  if (ofDrill(event)) return evolveDrill(state, event)
  if (ofSeries(event)) return evolveSeries(state, event)
  if (state.kind !== 'incident') return state
  return change(state, event, clocked(event, state.row, { ...evolveLines(state, event), ...evolveIncident(state, event) }))
}
