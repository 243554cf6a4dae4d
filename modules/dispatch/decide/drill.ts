import { type Clock, dueOf, startClock } from '#kernel/clock.ts'
import { type Context, type Grant, isPerson, type Recorded, Refusal } from '#kernel/decider.ts'
import { type DrillRow, drillStream, type DrillUnit } from '../contract/drill.ts'
import type { Command, Event } from '../contract.ts'
import { drillLimit, drillStart, farthestMs, missedAfterMs } from '../rules/drill.ts'
import { lateMs } from '../rules/ladder.ts'

/** A drill: until it starts it has no units, and one clock at a time. */
export interface Drill {
  readonly kind: 'drill'
  readonly row: DrillRow
  readonly units: readonly DrillUnit[]
  readonly clock: Clock | null
}

/** The unit that a drill is for, and the open ones below it; of `planDrill` and `passDrill` only. */
export interface DrillFacts {
  readonly unit: {
    readonly code: string
    readonly kind: string
    readonly bureau: string
    readonly path: readonly string[]
    readonly closed: boolean
  } | null
  readonly below: readonly { readonly code: string; readonly kind: string; readonly parent: string | null }[]
}

type In<Type extends Command['type']> = Extract<Command, { type: Type }>['data']
export type Asked = Omit<Context<unknown>, 'facts'> & { readonly facts: { readonly drill?: DrillFacts } }
type DrillEvent = Extract<Event, { type: `drill${string}` }>
type Made<Type extends DrillEvent['type']> = Extract<DrillEvent, { type: Type }>['data']
type Before = { readonly kind: string } | Drill

const plus = (at: string, ms: number): string => new Date(Date.parse(at) + ms).toISOString()
const isDrill = (state: Before): state is Drill => state.kind === 'drill'
export const holds = (as: readonly Grant[], units: readonly string[]) => as.some(({ unit }) => units.includes(unit))

function drillOf(state: Before): Drill {
  if (!isDrill(state)) throw new Refusal('not-a-drill')
  return state
}

/** Only who receives incidents takes part. */
export function targets({ below }: DrillFacts, unit: string): Made<'drillStarted'>['units'] {
  return below.flatMap(({ code, kind, parent }) => {
    if (kind !== 'subBureau' && kind !== 'station') return []
    return [{ unit: code, level: kind, subBureau: kind === 'station' ? (parent ?? unit) : code }]
  })
}

export function startedDrill(due: string, at: string, limitSeconds: number, units: Made<'drillStarted'>['units']): DrillEvent {
  const late = Date.parse(at) - Date.parse(due) > lateMs
  return { type: 'drillStarted', data: { due, late, until: plus(at, limitSeconds * 1000), units } }
}

/** The unit that a drill is to be of: an own one that leads others. */
export function holdable({ unit: named }: Pick<DrillFacts, 'unit'> = { unit: null }, unit: string, as: readonly Grant[]) {
  if (named === null || named.closed) throw new Refusal('unit-unknown', { field: 'data.unit', values: { unit } })
  if (!holds(as, named.path)) throw new Refusal('foreign-unit', { field: 'data.unit' })
  if (named.kind !== 'bureau' && named.kind !== 'subBureau') throw new Refusal('drill-unit-kind', { field: 'data.unit', values: { unit } })
  return named
}

function planDrill(state: Before, stream: string, data: In<'planDrill'>, { at, as, facts }: Asked): Event[] {
  if (!drillStream.safeParse(stream).success) throw new Refusal('not-a-drill')
  if (state.kind !== 'none') throw new Refusal('drill-exists')
  const { unit, limitSeconds, reason } = data
  const { path, bureau } = holdable(facts.drill, unit, as)
  const ahead = data.at === undefined ? null : Date.parse(data.at) - Date.parse(at)
  if (ahead !== null && ahead <= 0) throw new Refusal('drill-past', { field: 'data.at' })
  if (ahead !== null && ahead > farthestMs)
    throw new Refusal('drill-far', { field: 'data.at', values: { days: Math.floor(farthestMs / 86_400_000) } })
  const start = data.at === undefined ? at : plus(data.at, 0)
  const planned: DrillEvent = { type: 'drillPlanned', data: { unit, path: [...path], bureau, start, limitSeconds, reason } }
  if (ahead !== null) return [planned]
  const units = facts.drill ? targets(facts.drill, unit) : []
  if (units.length === 0) throw new Refusal('drill-nobody', { field: 'data.unit', values: { unit } })
  return [planned, startedDrill(start, at, limitSeconds, units)]
}

/** @throws Refusal when that clock does not stand there, or its moment has not come */
function passDrill(state: Before, { clock: which, due }: In<'passDrill'>, { at, facts }: Asked): Event[] {
  const { clock, row } = drillOf(state)
  const point = clock && dueOf(clock)
  const behind = Date.parse(at) - Date.parse(due)
  if (clock?.rule !== which || point?.time !== due || behind < 0) throw new Refusal('drill-not-due')
  if (which === drillLimit) return [{ type: 'drillEnded', data: { due, late: behind > lateMs } }]
  if (behind > missedAfterMs) return [{ type: 'drillMissed', data: { due, why: 'late' } }]
  const units = targets(facts.drill ?? { unit: null, below: [] }, row.unit)
  return units.length === 0 ? [{ type: 'drillMissed', data: { due, why: 'nobody' } }] : [startedDrill(due, at, row.limitSeconds, units)]
}

export function cancelDrill(state: Before, { reason }: In<'cancelDrill'>, { as }: Pick<Asked, 'as'>): Event[] {
  const { row } = drillOf(state)
  if (row.phase !== 'planned' && row.phase !== 'running') throw new Refusal('drill-over')
  if (!holds(as, row.path)) throw new Refusal('drill-foreign')
  return [{ type: 'drillCancelled', data: { reason } }]
}

/** A receipt counts when the server has it, whatever time a person gives. */
export function signDrill(state: Before, { unit }: In<'signDrill'>, { at, as }: Pick<Asked, 'at' | 'as'>): Event[] {
  const { row, units } = drillOf(state)
  if (row.phase === 'planned') throw new Refusal('drill-not-running')
  if (row.phase === 'cancelled' || row.phase === 'missed' || row.until === null) throw new Refusal('drill-over')
  const own = units.find((one) => one.unit === unit)
  if (own === undefined || !holds(as, [unit])) throw new Refusal('drill-not-addressed', { field: 'data.unit' })
  if (own.signed !== null) throw new Refusal('signed-already', { values: { by: own.signed.by } })
  return [{ type: 'drillSigned', data: { unit, channel: 'screen', late: Date.parse(at) > Date.parse(row.until) } }]
}

/** Many units in one event: a city's screens answer at the same moment, and each unit is reached once by each channel. */
function deliverDrill(state: Before, { receipts }: In<'deliverDrill'>): Event[] {
  const open = isDrill(state) && (state.row.phase === 'running' || state.row.phase === 'ended') ? state.units : []
  const fresh = new Map<string, (typeof receipts)[number]>()
  for (const receipt of receipts) {
    const own = open.find(({ unit }) => unit === receipt.unit)
    const key = `${receipt.unit}/${receipt.channel}`
    if (own && !own.delivered.some(({ channel }) => channel === receipt.channel) && !fresh.has(key)) fresh.set(key, receipt)
  }
  if (fresh.size === 0) throw new Refusal('nothing-new')
  return [{ type: 'drillDelivered', data: { receipts: [...fresh.values()] } }]
}

type DrillCommand = Extract<Command, { type: `${string}Drill` }>
export const forDrill = <C extends Command>(command: C): command is Extract<C, DrillCommand> => command.type.endsWith('Drill')

export function decideDrill(state: Before, command: DrillCommand & { readonly stream: string }, asked: Asked): Event[] {
  switch (command.type) {
    case 'planDrill':
      return planDrill(state, command.stream, command.data, asked)
    case 'cancelDrill':
      return cancelDrill(state, command.data, asked)
    case 'signDrill':
      return signDrill(state, command.data, asked)
    case 'passDrill':
      return passDrill(state, command.data, asked)
    case 'deliverDrill':
      return deliverDrill(state, command.data)
  }
}

const nameOf = ({ by }: Recorded<Event>): string => (isPerson(by) ? by.name : by.system)
/** The one clock that a drill has until its moment. */
const clockTo = (rule: string, moment: string, { unit, at }: { unit: string; at: string }): Clock =>
  startClock(
    { id: rule, rule, unit, source: 'setting', points: [{ name: rule, after: Math.max(0, Date.parse(moment) - Date.parse(at)) }] },
    at,
  )

/** Of an erased plan only the frame is left, without a clock. */
function plannedDrill(event: Recorded<Extract<DrillEvent, { type: 'drillPlanned' }>>): Drill {
  const { data, at, stream } = event
  const { unit = '', path = [], bureau = '', start = at, limitSeconds = 0, reason = '', series } = data ?? {}
  const row: DrillRow = {
    id: stream.slice(stream.indexOf(':') + 1),
    unit,
    path,
    bureau,
    phase: 'planned',
    limitSeconds,
    reason,
    planned: { at, by: series?.by ?? nameOf(event) },
    start,
    started: null,
    until: null,
    cancelled: null,
    missed: null,
    ...(series && { series: series.id }),
  }
  return { kind: 'drill', row, units: [], clock: data === null ? null : clockTo(drillStart, start, { unit, at }) }
}

/** The drill with one unit changed; a city's is folded from hundreds of receipts for each new one, so the others are not touched. */
function marked(drill: Drill, unit: string, mark: (before: DrillUnit) => Partial<DrillUnit>): Drill {
  const index = drill.units.findIndex((one) => one.unit === unit)
  const before = drill.units[index]
  return before === undefined ? drill : { ...drill, units: drill.units.with(index, { ...before, ...mark(before) }) }
}

const delivered = (drill: Drill, { receipts }: Made<'drillDelivered'>): Drill =>
  receipts.reduce(
    (after, { unit, channel, name, time }) =>
      marked(after, unit, (before) => ({ delivered: [...before.delivered, { at: time, by: name, channel }] })),
    drill,
  )

export const ofDrill = (event: Recorded<Event>): event is Recorded<DrillEvent> => event.type.startsWith('drill')

export function evolveDrill<State extends { readonly kind: string }>(state: State | Drill, event: Recorded<DrillEvent>): State | Drill {
  if (event.type === 'drillPlanned') return plannedDrill(event)
  if (!isDrill(state)) return state
  const { at } = event
  const next = (row: Partial<DrillRow>, clock: Clock | null = null): Drill => ({ ...state, row: { ...state.row, ...row }, clock })
  switch (event.type) {
    case 'drillStarted': {
      const { until = at, late = false, units = [] } = event.data ?? {}
      const running = next({ phase: 'running', started: { at, late }, until }, clockTo(drillLimit, until, { unit: state.row.unit, at }))
      return { ...running, units: units.map((unit) => ({ ...unit, delivered: [], signed: null })) }
    }
    case 'drillDelivered':
      return event.data === null ? state : delivered(state, event.data)
    case 'drillSigned': {
      if (event.data === null) return state
      const { unit, channel, late } = event.data
      return marked(state, unit, () => ({ signed: { at, by: nameOf(event), channel, late } }))
    }
    case 'drillEnded':
      return next({ phase: 'ended' })
    case 'drillCancelled':
      return next({ phase: 'cancelled', cancelled: { at, by: nameOf(event), reason: event.data?.reason ?? '' } })
    case 'drillMissed':
      return next({ phase: 'missed', missed: event.data?.why ?? null })
  }
}

/** What the road is asked when a drill is to start or its limit has come. */
export function passingDrill({ rule }: Clock, due: string): Extract<Command, { type: 'passDrill' }> {
  if (rule !== drillStart && rule !== drillLimit) throw new Error(`${rule} is no clock of a drill`)
  return { type: 'passDrill', data: { clock: rule, due } }
}
