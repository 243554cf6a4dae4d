import { z } from 'zod'
import { rowsInto, type Statement, type Tx } from '#kernel/database/tx.ts'
import { type Context, isPerson, type Recorded, Refusal, type Role } from '#kernel/decider.ts'
import type { Clock, Due } from '#kernel/clock.ts'
import type { Followed, Live, Reader } from '#kernel/module.ts'
import type { SettingRow } from '#kernel/settings.ts'
import { latitude, longitude, numeral, unitCode, uuid } from '#kernel/text.ts'
import { type CallRow, type Can, type Command, type CommandType, type Event, type IncidentRow, kindStream, type Views } from './contract.ts'
import { bellsAt, belledStatements, bellStatements } from './bells.ts'
import { drillStream } from './contract/drill.ts'
import type { Facts, UnitFact } from './decide/commands.ts'
import { passingDrill } from './decide/drill.ts'
import { climbing } from './decide/ladder.ts'
import { lateRung } from './decide/ringing.ts'
import { lapsing } from './decide/waiting.ts'
import { evolve, initial, type State } from './decide/state.ts'
import { dispatch, over } from './decide.ts'
import { drillAudience, drillFacts, drillStatements } from './drill.ts'
import { dutyStatements, officersNamed } from './duty.ts'
import { kindAt, kindStatements } from './kinds.ts'
import { lineStatements } from './lines.ts'
import { measuredStatements } from './measured.ts'
import { originsOf } from './patrols.ts'
import { placeStatements, siteOf } from './places.ts'
import { mayRead } from './reach.ts'
import { boardRows, mineRows } from './rules.ts'
import { drillLimit, drillStart } from './rules/drill.ts'
import { drillSeries } from './rules/series.ts'
import { type SettingRows, waitSettings } from './rules/waiting.ts'
import { ladder, rungKeys } from './rules/ladder.ts'
import { wordStatements } from './search.ts'
import { passingSeries, seriesStatements, seriesUnits } from './series.ts'
import { deskFacts, shiftStatements, shiftUnits } from './shift.ts'
import { isOfShift, type ShiftCommand } from './decide/shift.ts'
import { entriesOf, traceOf, type TraceRow } from './tracing.ts'

type Ask = { command: Command & { stream: string }; state: State; context: Omit<Context<Facts>, 'facts'> }

/** What each decision depends on beyond its stream: whose boundary covers the place, the named unit, the next number. */
export async function factsFor(tx: Tx, { command, state, context }: Ask): Promise<Facts> {
  const none: Facts = { bureau: null, number: null, byBoundary: null, named: null, officers: [] }
  const row = state.kind === 'incident' ? state.row : null
  if (isOfShift(command)) return { ...none, desk: await deskFacts(tx, command, state.kind === 'shift' ? state.row : null, clocksOf) }
  switch (command.type) {
    case 'open':
      return openFacts(tx, command.data, context)
    case 'locate': {
      const [named, found, rungs] = await Promise.all([
        unitOf(tx, command.data.unit),
        byBoundary(tx, command.data.place, row?.bureau ?? null),
        rungRows(tx, context.at),
      ])
      return { ...none, bureau: row?.bureau ?? null, named, byBoundary: found, rungs }
    }
    case 'route': {
      const [found, rungs] = await Promise.all([row === null ? null : byBoundary(tx, row.place, row.bureau), rungRows(tx, context.at)])
      return { ...none, bureau: row?.bureau ?? null, byBoundary: found, rungs }
    }
    case 'assign': {
      const { officers: named = [] } = command.data
      const [officers, limits, origins] = await Promise.all([
        named.length === 0 ? [] : officersNamed(tx, named, command.stream),
        limitRows(tx, context.at),
        row === null ? [] : originsOf(tx, row, { officers: named, at: context.at }),
      ])
      return { ...none, officers, limits, origins }
    }
    case 'sign':
    case 'arrive':
    case 'clear':
    case 'sendBack':
      return { ...none, limits: await limitRows(tx, context.at) }
    case 'correct': {
      const { kind } = command.data
      return kind === undefined || kind === row?.kind ? none : { ...none, kind: await kindAt(tx, kind, context.at) }
    }
    case 'setPlace':
      return { ...none, site: await siteOf(tx, command.data) }
    case 'climb':
      return row === null ? none : { ...none, bells: await bellsAt(tx, owners(state), command.data.rung) }
    case 'lapse': {
      const { point, clock } = command.data
      return point === 'late' ? { ...none, bells: await bellsAt(tx, owners(state), lateRung[clock]) } : none
    }
    case 'setBell': {
      const text = 'select code, path, closed from access.unit_of($1)'
      const [unit = null] = await tx.query<NonNullable<Facts['underUnit']>>(text, [command.data.unit])
      return { ...none, underUnit: unit }
    }
    case 'planDrill':
    case 'planSeries':
      return { ...none, drill: await drillFacts(tx, command.data.unit) }
    case 'passDrill':
    case 'runSeries':
      return state.kind === 'drill' || state.kind === 'series' ? { ...none, drill: await drillFacts(tx, state.row.unit) } : none
    case 'transfer': {
      const [named, rungs] = await Promise.all([unitOf(tx, command.data.station), rungRows(tx, context.at)])
      return { ...none, named, rungs }
    }
    default:
      return none
  }
}

/** In one round trip: an incident is opened more often than anything else happens. */
async function openFacts(
  tx: Tx,
  { place, unit, kind: code }: Extract<Command, { type: 'open' }>['data'],
  { as, at }: Ask['context'],
): Promise<Facts> {
  const text = `
    select giver.bureau, dispatch.next_number($1::timestamptz) as number, found.station, found.sub_bureau as "subBureau", found.in_bureau as covered
    from access.unit_of($2) giver left join lateral access.unit_at($3, $4, giver.bureau) found on $3::float8 is not null`
  const [lon, lat] = place.kind === 'point' ? [place.lon, place.lat] : [null, null]
  const [rows, named, kind, rungs] = await Promise.all([
    tx.query<{ bureau: string; number: string; station: string | null; subBureau: string | null; covered: boolean | null }>(text, [
      at,
      as[0]?.unit,
      lon,
      lat,
    ]),
    unitOf(tx, unit),
    kindAt(tx, code, at),
    rungRows(tx, at),
  ])
  const [row] = rows
  if (row === undefined) return { bureau: null, number: null, byBoundary: null, named, officers: [], kind, rungs }
  const { bureau, number, station, subBureau, covered } = row
  return { bureau, number, named, officers: [], kind, rungs, byBoundary: covered === null ? null : { station, subBureau, covered } }
}

const settingsText = `
  select distinct on (key, unit) key, unit, value, from_at as "from", by, reason, at from dispatch.setting
  where key = any ($1::text[]) and from_at <= $2::timestamptz order by key, unit, from_at desc, n desc`
/** What of a group of settings is in force at a moment, of every unit: what was before is not carried to every call. */
async function rowsOfSettings(tx: Tx, keys: readonly string[], at: string): Promise<SettingRows> {
  return Object.fromEntries(Map.groupBy(await tx.shared<SettingRow & { key: string }>(settingsText, [keys, at]), ({ key }) => key))
}
const rungRows = (tx: Tx, at: string) => rowsOfSettings(tx, rungKeys, at)
const limitKeys = Object.keys(waitSettings)
const limitRows = (tx: Tx, at: string) => rowsOfSettings(tx, limitKeys, at)

/** The clocks that run: of an incident the receipt ladder's and of what else is waited for, of a drill or a series of them its one. */
export const clocks = (state: State): readonly Clock[] =>
  state.kind === 'incident'
    ? [state.row.climb?.clock, ...(state.row.waits ?? []).map(({ clock }) => clock)].filter(
        (clock) => clock !== null && clock !== undefined,
      )
    : (state.kind === 'drill' || state.kind === 'series') && state.clock !== null
      ? [state.clock]
      : []
export const clocksOf = (row: IncidentRow): readonly Clock[] => clocks({ kind: 'incident', row })

/** The command by which a point of a clock is passed. */
export function passing(clock: Clock, due: Due): Command {
  if (clock.rule === ladder) return climbing(clock, due)
  if (clock.rule === drillSeries) return passingSeries(clock, due.time)
  return clock.rule === drillStart || clock.rule === drillLimit ? passingDrill(clock, due.time) : lapsing(clock, due)
}

async function unitOf(tx: Tx, code: string | undefined): Promise<UnitFact | null> {
  if (code === undefined) return null
  const [unit] = await tx.shared<UnitFact>('select code, kind, parent, bureau, closed from access.unit_of($1)', [code])
  return unit ?? null
}

async function byBoundary(tx: Tx, place: IncidentRow['place'], bureau: string | null): Promise<Facts['byBoundary']> {
  if (place.kind !== 'point' || bureau === null) return null
  const [found] = await tx.query<{ station: string | null; sub_bureau: string | null; in_bureau: boolean }>(
    'select station, sub_bureau, in_bureau from access.unit_at($1, $2, $3)',
    [place.lon, place.lat, bureau],
  )
  return { station: found?.station ?? null, subBureau: found?.sub_bureau ?? null, covered: found?.in_bureau ?? false }
}

/** The units whose people may know of a stream. A call is reached through its incident only. */
export function owners(state: State): readonly string[] {
  if (state.kind === 'place') return state.place.path
  if (state.kind === 'bell') return state.bell.path
  if (state.kind === 'shift') return [state.row.unit]
  if (state.kind === 'series') return state.row.path
  if (state.kind === 'drill') return [...state.row.path, ...state.units.map(({ unit }) => unit)]
  return state.kind === 'incident' ? [state.row.bureau, state.row.subBureau, state.row.station].filter((unit) => unit !== null) : []
}

const upsert = `
  insert into dispatch.incident (id, number, bureau, sub_bureau, station, taker, open, lon, lat, opened_at, row)
  select id, number, bureau, sub_bureau, station, taker, open, lon, lat, opened_at, row from jsonb_populate_recordset(null::dispatch.incident, $1::jsonb)
  on conflict (id) do update set
    sub_bureau = excluded.sub_bureau, station = excluded.station, open = excluded.open, lon = excluded.lon, lat = excluded.lat, row = excluded.row`

export function project(stream: string, events: readonly Recorded<Event>[], state: State): readonly Statement[] {
  if (state.kind === 'incident') {
    const { row } = state
    const [lon, lat] = row.place.kind === 'point' ? [row.place.lon, row.place.lat] : [null, null]
    const { id, number, bureau, subBureau, station, taker, opened } = row
    const found = { id, number, bureau, sub_bureau: subBureau, station, taker, open: !over(row), lon, lat, opened_at: opened, row }
    const beside = [wordStatements, lineStatements, measuredStatements, dutyStatements, belledStatements]
    return [rowsInto(upsert, found), ...beside.flatMap((statements) => statements(events, row))]
  }
  if (state.kind === 'place') return placeStatements(stream, state)
  if (state.kind === 'bell') return bellStatements(stream, state)
  if (state.kind === 'drill') return drillStatements(events, state)
  if (state.kind === 'series') return seriesStatements(state)
  if (state.kind === 'taxon') return kindStatements(stream, events, state)
  if (state.kind === 'shift') return shiftStatements(events, state.row)
  return events.flatMap((event) => (event.type === 'received' && event.data !== null ? [callStatement(stream, event, event.data)] : []))
}

const callText = `
  insert into dispatch.call (id, incident, row) select id, incident, row from jsonb_populate_recordset(null::dispatch.call, $1::jsonb)`
function callStatement(stream: string, event: Recorded<Event>, data: Extract<Event, { type: 'received' }>['data']): Statement {
  const { call, text = null, incident } = data
  const by = isPerson(event.by) ? event.by.name : event.by.system
  const received = { time: event.occurred.time, source: event.occurred.source, at: event.at, by }
  const row: CallRow = { id: stream, channel: call.channel, number: call.number ?? null, name: call.name ?? null, text, received }
  return rowsInto(callText, { id: stream, incident, row })
}

/** The incidents of these streams with the units whose boards show them, for the live push. A changed type is told to everybody, a drill to those in it, all without a row. */
export async function liveRows(tx: Tx, streams: readonly string[], events: readonly Followed[]): ReturnType<Live['rows']> {
  const found = await tx.query<{ row: IncidentRow }>('select row from dispatch.incident where id = any ($1::text[])', [streams])
  const incidents = found.map(({ row }) => [row.id, { row, units: owners({ kind: 'incident', row }) }] as const)
  const shifts = await shiftUnits(tx, streams)
  const kinds = streams.filter((stream) => kindStream.safeParse(stream).success)
  const drills = streams.filter((stream) => drillStream.safeParse(stream).success)
  const told = [...(await drillAudience(tx, drills, events)), ...(await seriesUnits(tx, streams))]
  return new Map<string, { row: unknown; units: readonly string[] }>([
    ...incidents,
    ...shifts,
    ...kinds.map((stream) => [stream, { row: undefined, units: ['*'] }] as const),
    ...told.map(([stream, units]) => [stream, { row: undefined, units }] as const),
  ])
}

/** Units that lose an incident by a transfer: those whose lines it ended. A unit that still has it is not told: the push compares. */
export function gone(event: Followed, row: IncidentRow): readonly string[] {
  if (event.type !== 'transferred' || event.data === null) return []
  const { from, ended } = event.data as Extract<Event, { type: 'transferred' }>['data']
  return [from, ...row.lines.filter(({ line }) => ended.includes(line)).map((line) => line.unit)]
}

const rowsOf = (found: readonly { row: IncidentRow }[]): { rows: readonly IncidentRow[] } => ({ rows: found.map(({ row }) => row) })

const byUnit = z.strictObject({ unit: unitCode })
const columns = ['bureau', 'sub_bureau', 'station'] as const
const boardText = (condition: string) =>
  `select row from (${columns.map((column) => `(select row, opened_at from dispatch.incident where open and ${column} = $1 ${condition} order by opened_at desc limit ${boardRows})`).join(' union all ')}) found
   order by opened_at desc limit ${boardRows}`
const boardSql = boardText('')
const unplacedSql = boardText('and station is null')

export const board = {
  input: byUnit,
  async read(tx: Tx, { unit }: z.infer<typeof byUnit>, reader: Reader): Promise<{ data: Views['board'] } | null> {
    return (await mayRead(tx, reader, unit)) ? { data: rowsOf(await tx.query(boardSql, [unit])) } : null
  },
}

export const unplaced = {
  input: byUnit,
  async read(tx: Tx, { unit }: z.infer<typeof byUnit>, reader: Reader): Promise<{ data: Views['unplaced'] } | null> {
    return (await mayRead(tx, reader, unit)) ? { data: rowsOf(await tx.query(unplacedSql, [unit])) } : null
  },
}

export const mine = {
  input: z.strictObject({}),
  async read(tx: Tx, _: unknown, reader: Reader): Promise<{ data: Views['mine'] }> {
    const text = `select row from dispatch.incident where taker = $1 and opened_at > $2::timestamptz - interval '24 hours' order by opened_at desc limit ${mineRows}`
    return { data: rowsOf(await tx.query(text, [reader.person.account, reader.now])) }
  },
}

const point = z.strictObject({ lon: numeral.pipe(longitude), lat: numeral.pipe(latitude) })
export const responsible = {
  input: point,
  async read(tx: Tx, { lon, lat }: z.infer<typeof point>, reader: Reader): Promise<{ data: Views['responsible'] }> {
    const giver = await unitOf(tx, reader.units[0])
    const found = await byBoundary(tx, { kind: 'point', lon, lat }, giver?.bureau ?? null)
    return { data: { station: found?.station ?? null, subBureau: found?.subBureau ?? null } }
  },
}

const recorded = (stream: string, row: TraceRow) =>
  ({
    stream,
    n: row.n,
    type: row.type,
    version: row.version,
    at: row.at,
    occurred: { time: row.occurred_at, source: row.occurred_source },
    by: row.by,
    data: row.data,
  }) as Recorded<Event>

const one = z.strictObject({ id: uuid })
/** One incident whole, with what the reader may do now. `allowed` are the roles of each command. */
export const incident = (allowed: Readonly<Record<CommandType, readonly Role[] | 'system' | 'self'>>) => ({
  input: one,
  async read(tx: Tx, { id }: z.infer<typeof one>, reader: Reader): Promise<{ data: Views['incident']; streams: string[] } | null> {
    const [found, calls, trace] = await Promise.all([
      tx.query<{ row: IncidentRow }>('select row from dispatch.incident where id = $1', [id]),
      tx.query<{ row: CallRow }>(`select row from dispatch.call where incident = $1 order by row -> 'received' ->> 'time', id`, [id]),
      traceOf(tx, id),
    ])
    const row = found[0]?.row
    if (row === undefined) return null
    const state = trace.map((entry) => recorded(id, entry)).reduce(evolve, initial)
    const data = { row, calls: calls.map((call) => call.row), trace: entriesOf(trace), can: canDo(state, id, reader, allowed) }
    return { data, streams: [id, ...calls.map((call) => call.row.id)] }
  },
})

/** Input that stands for any: whether a command is possible at all must not hang on what will be typed. */
const probes: {
  readonly [Type in Exclude<
    CommandType,
    | 'open'
    | 'acknowledge'
    | 'route'
    | 'climb'
    | 'lapse'
    | 'setPlace'
    | 'retirePlace'
    | 'setKind'
    | 'retireKind'
    | 'setBell'
    | 'retireBell'
    | 'recordBell'
    | ShiftCommand['type']
    | `${string}Drill`
    | `${string}Series`
  >]: Extract<Command, { type: Type }>['data']
} = {
  addCall: { call: { id: '00000000-0000-8000-8000-000000000000', channel: 'voice' } },
  locate: { place: { kind: 'unknown' } },
  sign: {},
  assign: { handlers: ['-'] },
  depart: {},
  arrive: {},
  clear: {},
  feedback: { result: 'handled', injured: 0, persons: 0, measures: ['none'], text: '-' },
  close: {},
  sendBack: { reason: '-' },
  transfer: { station: '-', reason: '-' },
  cancel: { reason: '-' },
  urge: { text: '-' },
  note: { text: '-' },
  correct: { narrative: '\u0001', reason: '-' },
}

function canDo(
  state: State,
  stream: string,
  reader: Reader,
  allowed: Readonly<Record<CommandType, readonly Role[] | 'system' | 'self'>>,
): Can {
  const bureau = state.kind === 'incident' ? state.row.bureau : ''
  const named = { code: '-', kind: 'station', parent: '-', bureau, closed: false }
  const facts: Facts = { bureau, number: null, byBoundary: null, named, officers: [] }
  const can: Partial<Record<CommandType, NonNullable<Can[CommandType]>>> = {}
  for (const [type, data] of Object.entries(probes) as [keyof typeof probes, never][]) {
    const roles = allowed[type]
    const as = Array.isArray(roles)
      ? reader.person.grants.filter((grant) => roles.includes(grant.role) && owners(state).includes(grant.unit))
      : []
    if (as.every((grant) => grant.role === 'importer')) continue
    const context = { at: reader.now, occurred: { time: reader.now, source: 'system' as const }, by: reader.person, as, facts }
    try {
      dispatch.decide(state, { type, data, stream } as Command & { stream: string }, context, new Map())
      can[type] = true
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      can[type] = { rule: error.rule, values: error.values }
    }
  }
  return can
}
