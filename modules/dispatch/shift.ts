import { z } from 'zod'
import { type Clock, dueOf } from '#kernel/clock.ts'
import type { Statement, Tx } from '#kernel/database/tx.ts'
import { type Recorded, Refusal } from '#kernel/decider.ts'
import type { Reader } from '#kernel/module.ts'
import { unitCode } from '#kernel/text.ts'
import type { Command, Event, IncidentRow, Views } from './contract.ts'
import { type AtHand, type Desk, type DeskFacts, type DeskRow, type Person, type ShiftRow, shiftStream } from './contract/shift.ts'
import { dispatch } from './decide.ts'
import { initial } from './decide/state.ts'
import { presenceRows, type Said, screensOf } from './presence.ts'
import { mayRead } from './reach.ts'
import { deskRoles, equipment, handedRows, presenceAt } from './rules/shift.ts'
import { entriesOf, traceOf } from './tracing.ts'

type ClocksOf = (row: IncidentRow) => readonly Clock[]

const handText = `
  select row, (count(*) over ())::integer as open from dispatch.incident
  where open and (station = $1 or sub_bureau = $1 or bureau = $1) order by opened_at desc, id limit ${handedRows}`

/** What is open at a desk now: its incidents and the clocks that run on them. */
export async function atHand(tx: Tx, unit: string, clocksOf: ClocksOf): Promise<AtHand> {
  const found = await tx.query<{ row: IncidentRow; open: number }>(handText, [unit])
  const incidents = found.map(({ row: { id, number, kind, priority, phase } }) => ({ id, number, kind, priority, phase }))
  const clocks = found.flatMap(({ row }) =>
    clocksOf(row).flatMap((clock) => {
      const due = dueOf(clock)
      return due === null ? [] : [{ incident: row.id, rule: clock.rule, point: due.point, due: due.time }]
    }),
  )
  return { open: found[0]?.open ?? 0, incidents, clocks }
}

const unitText = 'select code, kind, path, closed from access.unit_of($1)'
const unitOf = async (tx: Tx, code: string): Promise<NonNullable<DeskFacts['unit']> | null> =>
  (await tx.query<NonNullable<DeskFacts['unit']>>(unitText, [code]))[0] ?? null

const dutyText = `
  select a.id as account, a.name from access.account($1) a
  where exists (select from jsonb_array_elements(a.grants) held where held ->> 'unit' = $2 and held ->> 'role' = any ($3::text[]))`

/** What a decision about a desk depends on. */
export async function deskFacts(tx: Tx, command: Command, row: ShiftRow | null, clocksOf: ClocksOf): Promise<DeskFacts> {
  if (command.type === 'startShift') return { unit: await unitOf(tx, command.data.unit) }
  if (row === null || (command.type !== 'handOver' && command.type !== 'takeOver')) return {}
  const hand = await atHand(tx, row.unit, clocksOf)
  if (command.type === 'takeOver') return { hand }
  const [to = null] = await tx.query<Person>(dutyText, [command.data.to, row.unit, deskRoles])
  return { to, hand }
}

const putText = `
  insert into dispatch.shift (id, unit, path, running, since, silent, row) values ($1, $2, $3, $4, $5, $6, $7)
  on conflict (id) do update set running = $4, silent = $6, row = $7`
const comeText = 'insert into dispatch.on_shift (account, shift) select account, $1 from unnest($2::text[]) account'
const goText = 'delete from dispatch.on_shift where shift = $1 and account = $2'
const endText = 'delete from dispatch.on_shift where shift = $1'

/** Told to the house's sessions, which are not the module's own: a rebuild of its tables tells nobody. */
const told = (accounts: readonly string[], on: boolean): Statement => ({
  text: 'select kernel.set_on_shift(account, $2) from unnest($1::uuid[]) account',
  values: [accounts, on],
  outside: true,
})

function whoIsOn({ id, people }: ShiftRow, event: Recorded<Event>): readonly Statement[] {
  if (event.data === null) return []
  switch (event.type) {
    case 'shiftStarted': {
      const accounts = event.data.people.map(({ account }) => account)
      return [{ text: comeText, values: [id, accounts] }, told(accounts, true)]
    }
    case 'shiftJoined':
      return [{ text: comeText, values: [id, [event.data.account]] }, told([event.data.account], true)]
    case 'shiftLeft':
      return [{ text: goText, values: [id, event.data.account] }, told([event.data.account], false)]
    case 'shiftTakenOver':
    case 'shiftEnded': {
      const accounts = people.map(({ account }) => account)
      return [{ text: endText, values: [id] }, told(accounts, false)]
    }
    default:
      return []
  }
}

/** The shift as it is after these events, and who is on it. The shift that was taken over ends before the next one begins: nobody is at two desks. */
export function shiftStatements(events: readonly Recorded<Event>[], row: ShiftRow): readonly Statement[] {
  const running = row.ended === null && row.unit !== ''
  const values = [row.id, row.unit, row.path, running, row.since, row.silent?.since ?? null, JSON.stringify(row)]
  return [{ text: putText, values }, ...events.flatMap((event) => whoIsOn(row, event))]
}

/** Whose screens hear of a shift: its unit's and those above it. */
export async function shiftUnits(
  tx: Tx,
  streams: readonly string[],
): Promise<readonly (readonly [string, { row: unknown; units: readonly string[] }])[]> {
  const shifts = streams.filter((stream) => shiftStream.safeParse(stream).success)
  if (shifts.length === 0) return []
  const found = await tx.query<{ id: string; path: string[] }>('select id, path from dispatch.shift where id = any ($1::text[])', [shifts])
  return found.map(({ id, path }) => [id, { row: undefined, units: path }] as const)
}

const byUnit = z.strictObject({ unit: unitCode })

/** A shift that ended longer ago than these days is no news: the desk is simply not staffed. */
const lastDays = 7
const staffingText = `
  select coalesce(s.unit, c.unit) as unit, coalesce(s.path, c.path) as path, s.row, coalesce(c.said, '[]') as said
  from (
    select distinct on (unit) unit, path, row from dispatch.shift
    where path @> array[$1] and (running or since > $2::timestamptz - interval '${lastDays} days') order by unit, running desc, since desc
  ) s full join (
    select unit, path, jsonb_agg(jsonb_build_object('at', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'visible', visible)) as said
    from dispatch.signal_screen where path @> array[$1] group by unit, path
  ) c on c.unit = s.unit
  order by 1`

function deskRow(unit: string, row: ShiftRow | null, screens: DeskRow['screens']): DeskRow {
  if (row === null) return { unit, shift: null, screens }
  const { offer, path: _path, ...shift } = row
  return { unit, shift: { ...shift, offered: offer?.to ?? null }, screens }
}

export const staffing = {
  input: byUnit,
  roles: ['subBureauDuty', 'citySupervisor'],
  reads: 'board',
  whileLocked: true,
  async read(tx: Tx, { unit }: z.infer<typeof byUnit>, reader: Reader): Promise<{ data: Views['staffing'] } | null> {
    if (!(await mayRead(tx, reader, unit))) return null
    const [found, limits] = await Promise.all([
      tx.query<{ unit: string; path: string[]; row: ShiftRow | null; said: Said[] }>(staffingText, [unit, reader.now]),
      presenceRows(tx),
    ])
    const rows = found.map(({ unit: code, path, row, said }) =>
      deskRow(code, row, screensOf(said, presenceAt(limits, path, reader.now), reader.now)),
    )
    return { data: { rows } }
  },
} as const

const runningText = 'select row from dispatch.shift where unit = $1 and running'
const saidText = 'select at, visible from dispatch.signal_screen where unit = $1'
const peopleText = `
  select distinct on (h.name, h.id) h.id as account, h.name
  from unnest($2::text[]) role cross join lateral access.holders(role, $1) h where h.unit = $1 order by h.name, h.id`

export const desk = (clocksOf: ClocksOf) =>
  ({
    input: byUnit,
    roles: deskRoles,
    reads: 'board',
    whileLocked: true,
    async read(tx: Tx, { unit }: z.infer<typeof byUnit>, reader: Reader): Promise<{ data: Views['desk'] } | null> {
      if (!(await mayRead(tx, reader, unit))) return null
      const [[running], said, hand, people, found, limits] = await Promise.all([
        tx.query<{ row: ShiftRow }>(runningText, [unit]),
        tx.query<Said>(saidText, [unit]),
        atHand(tx, unit, clocksOf),
        tx.query<Person>(peopleText, [unit, deskRoles]),
        unitOf(tx, unit),
        presenceRows(tx),
      ])
      const shift = running?.row ?? null
      const screens = screensOf(said, presenceAt(limits, found?.path ?? [], reader.now), reader.now)
      return { data: { unit, now: reader.now, shift, screens, hand, people, can: mayDo(shift, found, reader) } }
    },
  }) as const

const nobody = '00000000-0000-8000-8000-000000000000'

/** A dry run of the decisions. Input that stands for any: whether a command is possible at all must not hang on what will be typed. */
function mayDo(shift: ShiftRow | null, unit: DeskFacts['unit'], reader: Reader): Desk['can'] {
  const as = reader.as.filter((grant) => grant.unit === unit?.code)
  if (as.length === 0 || !unit) return {}
  const to = { account: nobody, name: '-' }
  const facts = { bureau: null, number: null, byBoundary: null, named: null, officers: [], desk: { unit, to } }
  const context = { at: reader.now, occurred: { time: reader.now, source: 'system' as const }, by: reader.person, as, facts }
  const probes: readonly Command[] =
    shift === null
      ? [{ type: 'startShift', data: { unit: unit.code } }]
      : [
          { type: 'joinShift', data: {} },
          { type: 'leaveShift', data: {} },
          { type: 'handOver', data: { to: nobody, equipment: equipment.map((item) => ({ item, ok: true })) } },
          { type: 'takeOver', data: { offer: shift.offer?.n ?? 1, next: nobody } },
          { type: 'endShift', data: { reason: '-' } },
        ]
  const state = shift === null ? initial : ({ kind: 'shift', row: shift } as const)
  const tried = probes.map((command) => {
    try {
      dispatch.decide(state, { ...command, stream: shift?.id ?? `shift:${nobody}` }, context, new Map())
      return [command.type, true] as const
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return [command.type, { rule: error.rule, values: error.values }] as const
    }
  })
  return Object.fromEntries(tried)
}

const byId = z.strictObject({ id: shiftStream })
/** One shift whole. */
export const shift = {
  input: byId,
  roles: deskRoles,
  reads: 'opening',
  async read(tx: Tx, { id }: z.infer<typeof byId>, reader: Reader): Promise<{ data: Views['shift']; streams: string[] } | null> {
    const [found] = await tx.query<{ row: ShiftRow }>('select row from dispatch.shift where id = $1', [id])
    if (found === undefined || !(await mayRead(tx, reader, found.row.unit))) return null
    return { data: { row: found.row, trace: entriesOf(await traceOf(tx, id)) }, streams: [id] }
  },
} as const
