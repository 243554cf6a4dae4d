import { type Clock, dueOf, startClock } from '#kernel/clock.ts'
import { type Context, type Grant, isPerson, type Recorded, Refusal } from '#kernel/decider.ts'
import type { Effect } from '#kernel/effect.ts'
import { type DrillMark, type DrillRow, drillStream, type DrillUnit } from '../contract/drill.ts'
import type { Command, Event } from '../contract.ts'
import { drillChannels, drillLimit, drillStart, farthestMs, missedAfterMs } from '../rules/drill.ts'
import { lateMs } from '../rules/ladder.ts'

/** A drill: until it starts it has no units, and one clock at a time. */
export interface Drill {
  readonly kind: 'drill'
  readonly row: DrillRow
  readonly units: readonly DrillUnit[]
  readonly clock: Clock | null
  /** Bells that are still to ring; not there where none is. */
  readonly effects?: readonly Effect[] | undefined
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
  /** The bells of these units that ring for drills. */
  readonly bells: readonly DrillRinging[]
}

type In<Type extends Command['type']> = Extract<Command, { type: Type }>['data']
export type Asked = Omit<Context<unknown>, 'facts'> & { readonly facts: { readonly drill?: DrillFacts } }
type DrillEvent = Extract<Event, { type: `drill${string}` }>
type Made<Type extends DrillEvent['type']> = Extract<DrillEvent, { type: Type }>['data']
type Before = { readonly kind: string } | Drill

/** Which bell of which unit a drill rings. */
export type DrillRinging = NonNullable<Made<'drillStarted'>['bells']>[number]

const plus = (at: string, ms: number): string => new Date(Date.parse(at) + ms).toISOString()
const isDrill = (state: Before): state is Drill => state.kind === 'drill'
export const holds = (as: readonly Grant[], units: readonly string[]) => as.some(({ unit }) => units.includes(unit))

export const nobody: DrillFacts = { unit: null, below: [], bells: [] }

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

/** With the bells of those who take part. */
export function startedDrill(
  due: string,
  at: string,
  limitSeconds: number,
  facts: DrillFacts,
  units: Made<'drillStarted'>['units'],
): DrillEvent {
  const late = Date.parse(at) - Date.parse(due) > lateMs
  const bells = facts.bells.filter(({ unit }) => units.some((one) => one.unit === unit))
  return { type: 'drillStarted', data: { due, late, until: plus(at, limitSeconds * 1000), units, ...(bells.length > 0 && { bells }) } }
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
  const about = facts.drill ?? nobody
  const units = targets(about, unit)
  if (units.length === 0) throw new Refusal('drill-nobody', { field: 'data.unit', values: { unit } })
  return [planned, startedDrill(start, at, limitSeconds, about, units)]
}

/** @throws Refusal when that clock does not stand there, or its moment has not come */
function passDrill(state: Before, { clock: which, due }: In<'passDrill'>, { at, facts }: Asked): Event[] {
  const { clock, row } = drillOf(state)
  const point = clock && dueOf(clock)
  const behind = Date.parse(at) - Date.parse(due)
  if (clock?.rule !== which || point?.time !== due || behind < 0) throw new Refusal('drill-not-due')
  if (which === drillLimit) return [{ type: 'drillEnded', data: { due, late: behind > lateMs } }]
  if (behind > missedAfterMs) return [{ type: 'drillMissed', data: { due, why: 'late' } }]
  const about = facts.drill ?? nobody
  const units = targets(about, row.unit)
  return units.length === 0
    ? [{ type: 'drillMissed', data: { due, why: 'nobody' } }]
    : [startedDrill(due, at, row.limitSeconds, about, units)]
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

/** The first mark of a channel stays. */
const reached = (drill: Drill, unit: string, mark: DrillMark): Drill =>
  marked(drill, unit, ({ delivered }) =>
    delivered.some(({ channel }) => channel === mark.channel) ? {} : { delivered: [...delivered, mark] },
  )

const delivered = (drill: Drill, { receipts }: Made<'drillDelivered'>): Drill =>
  receipts.reduce((after, { unit, channel, name, time }) => reached(after, unit, { at: time, by: name, channel }), drill)

/** What the start of a drill still has to ring; on a lane of its own, behind what the same bell rings for in earnest. */
const ringing = (n: number, bells: readonly DrillRinging[]): readonly Effect[] =>
  bells.map((data) => ({ id: `${data.bell}-${n}`, n, target: `${data.bell}/drill`, behind: data.bell, data }))

function begun(drill: Drill, { at, n, data }: Recorded<Extract<DrillEvent, { type: 'drillStarted' }>>): Drill {
  const { until = at, late = false, units = [], bells = [] } = data ?? {}
  const row: DrillRow = { ...drill.row, phase: 'running', started: { at, late }, until }
  const channels = (unit: string) => drillChannels.filter((channel) => bells.some((bell) => bell.unit === unit && bell.channel === channel))
  return {
    kind: 'drill',
    row,
    clock: clockTo(drillLimit, until, { unit: row.unit, at }),
    units: units.map((unit) => {
      const own = channels(unit.unit)
      return { ...unit, delivered: [], signed: null, ...(own.length > 0 && { bells: own }) }
    }),
    ...(bells.length > 0 && { effects: ringing(n, bells) }),
  }
}

function belled(
  { effects = [], ...rest }: Drill,
  at: string,
  { effect, unit, channel, bell, delivered: came }: Made<'drillBelled'>,
): Drill {
  const left = effects.filter(({ id }) => id !== effect)
  const drill: Drill = { ...rest, ...(left.length > 0 && { effects: left }) }
  return came ? reached(drill, unit, { at, by: bell, channel }) : drill
}

export const ofDrill = (event: Recorded<Event>): event is Recorded<DrillEvent> => event.type.startsWith('drill')

export function evolveDrill<State extends { readonly kind: string }>(state: State | Drill, event: Recorded<DrillEvent>): State | Drill {
  if (event.type === 'drillPlanned') return plannedDrill(event)
  if (!isDrill(state)) return state
  const { at } = event
  const next = (row: Partial<DrillRow>, clock: Clock | null = null): Drill => ({ ...state, row: { ...state.row, ...row }, clock })
  switch (event.type) {
    case 'drillStarted':
      return begun(state, event)
    case 'drillBelled':
      return event.data === null ? state : belled(state, at, event.data)
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
