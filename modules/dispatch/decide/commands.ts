import { type Context, type Grant, Refusal } from '#kernel/decider.ts'
import type { Command, Event, IncidentRow, Level, Line, Milestone, Place } from '../contract.ts'
import type { DeskFacts } from '../contract/shift.ts'
import type { KindRow } from '../rules/kinds.ts'
import type { SettingRows } from '../rules/waiting.ts'
import { answersTo, inForce } from './asked.ts'
import type { DrillFacts } from './drill.ts'
import { withLadder } from './ladder.ts'
import type { State } from './state.ts'
import type { Origin } from './waiting.ts'

/** A unit as the decision needs it. */
export interface UnitFact {
  readonly code: string
  readonly kind: string
  readonly parent: string | null
  readonly bureau: string
  readonly closed: boolean
}

/** An officer whom an assignment names: where he is one, and the number of another open incident that takes him up. */
export interface OfficerFact {
  readonly account: string
  readonly name: string
  readonly units: readonly string[]
  readonly busy: string | null
}

/** Where a place is to lie: its unit, whether the unit's bureau covers the point, and how the name is read. */
export interface Site {
  readonly unit: { readonly code: string; readonly path: readonly string[]; readonly closed: boolean } | null
  readonly covered: boolean
  readonly reading: string
}

/** What the road loads before a decision; each only for the commands that ask for it. */
export interface Facts {
  readonly bureau: string | null
  readonly number: string | null
  /** Who is responsible for the place by boundary; `covered` false: outside the bureau's extent. */
  readonly byBoundary: { readonly station: string | null; readonly subBureau: string | null; readonly covered: boolean } | null
  /** The unit that the command names, and its parent. */
  readonly named: UnitFact | null
  readonly officers: readonly OfficerFact[]
  /** Of `setPlace` only. */
  readonly site?: Site
  /** What a force has set of the receipt ladder, where the command sends something. */
  readonly rungs?: SettingRows
  /** What a force has set of what is waited for, where the command may begin a wait. */
  readonly limits?: SettingRows
  /** Of `assign` only: where those are who are sent, or their station; none where nothing is known. */
  readonly origins?: readonly Origin[]
  /** Of `setBell` only: the unit that the bell is to belong to. */
  readonly underUnit?: Site['unit']
  /** Of `climb` and `lapse` only: the bells of the incident's units that it rings. */
  readonly bells?: readonly string[]
  /** The type of incident that the command names, as it is today; null: there is none of this code. */
  readonly kind?: KindRow | null
  /** Of the commands of a shift only. */
  readonly desk?: DeskFacts
  /** Of drills only. */
  readonly drill?: DrillFacts
}

export type In<Type extends Command['type']> = Extract<Command, { type: Type }>['data']
export type Asked = Context<Facts>
type Assigned = Extract<Event, { type: 'assigned' }>['data']

const milestones: readonly Milestone[] = ['assigned', 'underWay', 'arrived', 'cleared', 'reported', 'closed']
export const over = (row: IncidentRow): boolean => row.phase === 'closed' || row.phase === 'cancelled'
export const standing = (row: IncidentRow): readonly Line[] => row.lines.filter((line) => line.ended === null)
const holds = (as: readonly Grant[], unit: string) => as.some((grant) => grant.unit === unit)

export function alive(row: IncidentRow): void {
  if (over(row)) throw new Refusal('incident-over')
}

interface Routed {
  readonly station: string | null
  readonly subBureau: string
  readonly by: 'boundary' | 'operator'
}

/** Who gets the incident: the named unit, else the boundary's; null while nobody is known. */
export function routeFor(place: Place, unit: string | undefined, { facts }: Asked): Routed | null {
  if (place.kind === 'point' && facts.byBoundary?.covered === false) throw new Refusal('outside', { field: 'data.place' })
  if (unit !== undefined) {
    const { named } = facts
    if (named === null || named.closed || named.bureau !== facts.bureau)
      throw new Refusal('unit-unknown', { field: 'data.unit', values: { unit } })
    if (named.kind === 'subBureau') return { station: null, subBureau: named.code, by: 'operator' }
    if (named.kind !== 'station' || named.parent === null) throw new Refusal('unit-kind', { field: 'data.unit', values: { unit } })
    return { station: named.code, subBureau: named.parent, by: 'operator' }
  }
  const found = facts.byBoundary
  if (found === null || found.subBureau === null) return null
  return { station: found.station, subBureau: found.subBureau, by: 'boundary' }
}

/** The event that sends an incident to those who do not have it yet; both lines leave at one moment. */
export function dispatchTo(lines: readonly Line[], { station, subBureau, by }: Routed): Event {
  const has = (unit: string) => lines.some((line) => line.ended === null && line.unit === unit)
  const wanted: { unit: string; level: Level }[] = []
  if (station !== null && !has(station)) wanted.push({ unit: station, level: 'station' })
  if (!has(subBureau)) wanted.push({ unit: subBureau, level: 'subBureau' })
  return {
    type: 'dispatched',
    data: { station, subBureau, routed: by, lines: wanted.map((line, index) => ({ line: lines.length + index + 1, ...line })) },
  }
}

export function open(state: State, data: In<'open'>, asked: Asked, others: ReadonlyMap<string, State>): Event[] {
  if (state.kind !== 'none') throw new Refusal('incident-exists')
  if (others.has(data.call.id)) throw new Refusal('call-exists', { field: 'data.call.id' })
  const { bureau, number } = asked.facts
  if (bureau === null || number === null) throw new Refusal('no-bureau')
  const { call, narrative, place, note } = data
  const kind = inForce(asked.facts.kind, data.kind)
  const answers = answersTo(kind, data.answers)
  const route = routeFor(place, data.unit, asked)
  const opened: Extract<Event, { type: 'opened' }> = {
    type: 'opened',
    data: {
      number,
      bureau,
      call: call.id,
      kind: kind.code,
      priority: data.priority ?? kind.priority,
      narrative,
      place,
      ...(note !== undefined && { note }),
      ...(answers !== undefined && { answers }),
    },
  }
  if (route === null) return [opened]
  const { priority } = opened.data
  const sent = climbs(dispatchTo([], route), { bureau, priority, imported: asked.occurred.source === 'imported' }, asked)
  return [opened, sentNow(sent, asked)]
}

const climbs = (event: Event, row: Pick<IncidentRow, 'bureau' | 'priority' | 'imported'>, { at, facts }: Asked): Event =>
  withLadder(event, row, { at, rows: facts.rungs ?? {} })

/** A time that a person gives says when the call came: the lines leave when the server has it, else nobody could have signed in time. */
function sentNow(dispatched: Event, { at, occurred }: Asked): Event {
  const given = occurred.source !== 'system' && occurred.source !== 'imported'
  return given ? { ...dispatched, occurred: { time: at, source: 'system' } } : dispatched
}

export function locate(row: IncidentRow, data: In<'locate'>, asked: Asked): Event[] {
  alive(row)
  const located: Event = { type: 'located', data: { place: data.place, ...(data.reason !== undefined && { reason: data.reason }) } }
  const route = routeFor(data.place, data.unit, asked)
  if (row.station !== null || route === null) {
    if (data.unit !== undefined && data.unit !== row.station) throw new Refusal('transfer-instead', { field: 'data.unit' })
    return [located]
  }
  if (route.station === null && route.subBureau === row.subBureau) return [located]
  if (row.subBureau !== null && route.subBureau !== row.subBureau)
    return [located, climbs(moveTo(row, route.station, route.subBureau, data.reason ?? ''), row, asked)]
  return [located, climbs(dispatchTo(row.lines, route), row, asked)]
}

export function reroute(row: IncidentRow, asked: Asked): Event[] {
  alive(row)
  const route = routeFor(row.place, undefined, asked)
  if (row.station !== null || route === null || route.station === null) throw new Refusal('routed-already')
  if (row.subBureau !== null && row.subBureau !== route.subBureau) throw new Refusal('routed-already')
  return [climbs(dispatchTo(row.lines, route), row, asked)]
}

/** The lines of a responsible unit that changes: the old end, the new leave at one moment. */
function moveTo(row: IncidentRow, station: string | null, subBureau: string, reason: string): Event {
  const keep = (line: Line) => line.unit === station || line.unit === subBureau
  const ended = standing(row).filter((line) => !keep(line))
  const kept = standing(row).filter(keep)
  const wanted: { unit: string; level: Level }[] = []
  if (station !== null && !kept.some((line) => line.unit === station)) wanted.push({ unit: station, level: 'station' })
  if (!kept.some((line) => line.unit === subBureau)) wanted.push({ unit: subBureau, level: 'subBureau' })
  return {
    type: 'transferred',
    data: {
      from: row.station ?? row.subBureau ?? row.bureau,
      station,
      subBureau,
      reason,
      ended: ended.map((line) => line.line),
      lines: wanted.map((line, index) => ({ line: row.lines.length + index + 1, ...line })),
    },
  }
}

export function transfer(row: IncidentRow, data: In<'transfer'>, asked: Asked): Event[] {
  alive(row)
  const { named } = asked.facts
  if (row.station === null && row.subBureau === null) throw new Refusal('locate-first')
  if (row.station === data.station) throw new Refusal('same-station', { field: 'data.station' })
  if (named === null || named.closed || named.bureau !== row.bureau)
    throw new Refusal('unit-unknown', { field: 'data.station', values: { unit: data.station } })
  if (named.kind !== 'station' || named.parent === null)
    throw new Refusal('unit-kind', { field: 'data.station', values: { unit: data.station } })
  return [climbs(moveTo(row, named.code, named.parent, data.reason), row, asked)]
}

/** The standing line of one of the giver's units; the unsigned one first. */
function ownLine(row: IncidentRow, as: readonly Grant[]): Line | undefined {
  const own = standing(row).filter((line) => holds(as, line.unit))
  return own.find((line) => line.signed === null) ?? own[0]
}

export function sign(row: IncidentRow, { as }: Asked): Event[] {
  alive(row)
  const line = ownLine(row, as)
  if (line === undefined) throw new Refusal('not-addressed')
  if (line.signed !== null) throw new Refusal('signed-already', { values: { by: line.signed.by } })
  return [{ type: 'signed', data: { line: line.line, unit: line.unit } }]
}

/** The people of an assignment by name and, where they have one, by account. Only who may see the incident can be sent to it. */
function assigned(row: IncidentRow, { handlers = [], officers = [], busyToo = false }: In<'assign'>, { facts }: Asked): Assigned {
  if (handlers.length + officers.length === 0) throw new Refusal('nobody-assigned', { field: 'data.officers' })
  const there = facts.officers.filter(({ units }) => units.some((unit) => [row.station, row.subBureau, row.bureau].includes(unit)))
  if (officers.some((account) => !there.some((officer) => officer.account === account)))
    throw new Refusal('not-its-officer', { field: 'data.officers' })
  const busy = busyToo ? undefined : there.find((officer) => officer.busy !== null)
  if (busy) throw new Refusal('officer-busy', { field: 'data.officers', values: { who: busy.name, number: busy.busy ?? '' } })
  const names = [...new Set([...there.map(({ name }) => name), ...handlers])]
  return { handlers: names, ...(officers.length > 0 && { officers: [...new Set(officers)] }) }
}

/** Acting on an incident shows that it was received: a station that assigns without signing signs by it. */
export function assign(row: IncidentRow, data: In<'assign'>, asked: Asked): Event[] {
  alive(row)
  const line = ownLine(row, asked.as)
  const signed: Event[] = line !== undefined && line.signed === null ? [{ type: 'signed', data: { line: line.line, unit: line.unit } }] : []
  return [
    ...signed,
    { type: 'assigned', data: assigned(row, data, asked) },
    ...(row.milestones.assigned === undefined ? disorder(row, 'assigned', asked) : []),
  ]
}

const events = { underWay: 'departed', arrived: 'arrived', cleared: 'cleared' } as const

export function milestone(row: IncidentRow, reached: keyof typeof events, asked: Asked): Event[] {
  alive(row)
  const before = row.milestones[reached]
  if (before !== undefined) throw new Refusal('milestone-set', { values: { by: before.by } })
  return [{ type: events[reached], data: {} }, ...disorder(row, reached, asked)]
}

export function feedback(row: IncidentRow, data: In<'feedback'>, asked: Asked): Event[] {
  alive(row)
  if (row.milestones.reported !== undefined) throw new Refusal('reported-already', { values: { by: row.milestones.reported.by } })
  return [{ type: 'reported', data }, ...disorder(row, 'reported', asked)]
}

export function close(row: IncidentRow, asked: Asked): Event[] {
  alive(row)
  if (row.milestones.reported === undefined) throw new Refusal('feedback-first')
  return [{ type: 'closed', data: {} }, ...disorder(row, 'closed', asked)]
}

/** Stamps out of order are kept as they came; the record says so. */
function disorder(row: IncidentRow, reached: Milestone, { occurred }: Asked): Event[] {
  const rank = milestones.indexOf(reached)
  const pairs = Object.entries(row.milestones) as [Milestone, { time: string }][]
  const later = pairs
    .filter(([name, { time }]) => milestones.indexOf(name) < rank && time > occurred.time)
    .map(([name]) => `${name} > ${reached}`)
  const earlier = pairs
    .filter(([name, { time }]) => milestones.indexOf(name) > rank && time < occurred.time)
    .map(([name]) => `${reached} > ${name}`)
  const received = row.received.time > occurred.time ? [`received > ${reached}`] : []
  const wrong = [...received, ...later, ...earlier]
  return wrong.length === 0 ? [] : [{ type: 'found', data: { rule: 'stamps-out-of-order', detail: wrong.join(', ') } }]
}

/** From the screens: each line is delivered once and seen once, whoever was first. */
export function acknowledge(data: In<'acknowledge'>, others: ReadonlyMap<string, State>): Event[] {
  const done = new Set<string>()
  const made: Event[] = []
  for (const { incident, line: which, seen, account, name, units, time } of data.lines) {
    const state = others.get(incident)
    const line = state?.kind === 'incident' ? standing(state.row).find((one) => one.line === which) : undefined
    if (line === undefined || !units.includes(line.unit)) continue
    const add = (type: 'delivered' | 'seen') => {
      const key = `${incident}/${which}/${type}`
      if (line[type] !== null || done.has(key)) return
      done.add(key)
      made.push({ type, stream: incident, occurred: { time, source: 'system' }, data: { line: which, unit: line.unit, account, name } })
    }
    add('delivered')
    if (seen) add('seen')
  }
  if (made.length === 0) throw new Refusal('nothing-new')
  return made
}
