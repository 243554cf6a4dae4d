import { z } from 'zod'
import type { Statement, Tx } from '#kernel/database/tx.ts'
import { type Grant, type Recorded, Refusal, type Role } from '#kernel/decider.ts'
import type { Followed, Reader, SignalTools } from '#kernel/module.ts'
import { unitCode, uuid } from '#kernel/text.ts'
import type { DrillCounts, drillSignal, DrillRow, DrillUnit } from './contract/drill.ts'
import type { Command, Event, Views } from './contract.ts'
import { cancelDrill, type Drill, type DrillFacts, signDrill } from './decide/drill.ts'
import { mayRead } from './reach.ts'
import { Receipts } from './receipts.ts'
import { drillRows, shownAfterMs } from './rules/drill.ts'
import { allowed, answering } from './rules.ts'

const bellsUnder = `
  select code as bell, unit, channel from dispatch.bell
  where unit in (select code from access.under($1)) and not retired and 'drill' = any (rungs) order by code`

/** The unit, the open ones below it and their bells, as they are at this moment. */
export async function drillFacts(tx: Tx, unit: string): Promise<DrillFacts> {
  const [[named], below, bells] = await Promise.all([
    tx.query<NonNullable<DrillFacts['unit']>>('select code, kind, bureau, path, closed from access.unit_of($1)', [unit]),
    tx.query<DrillFacts['below'][number]>('select code, kind, parent from access.under($1)', [unit]),
    tx.query<DrillFacts['bells'][number]>(bellsUnder, [unit]),
  ])
  return { unit: named ?? null, below, bells }
}

const putDrill = `
  insert into dispatch.drill (id, unit, bureau, phase, start, row) values ($1, $2, $3, $4, $5, $6)
  on conflict (id) do update set phase = excluded.phase, row = excluded.row`
const putUnits = `
  insert into dispatch.drill_unit (drill, unit, sub_bureau, bureau, row)
  select $1, one ->> 'unit', one ->> 'subBureau', $2, one from jsonb_array_elements($3::jsonb) one
  on conflict (drill, unit) do update set row = excluded.row`

/** What happens to one unit of a drill; what else happens, to the drill. */
const ofOne: ReadonlySet<string> = new Set(['drillDelivered', 'drillBelled', 'drillSigned'])

/** The units whose rows these events change. */
function touched(events: readonly Recorded<Event>[], units: readonly DrillUnit[]): readonly DrillUnit[] {
  const named = new Set<string>()
  for (const event of events) {
    if (event.data === null) continue
    if (event.type === 'drillStarted') return units
    if (event.type === 'drillSigned' || event.type === 'drillBelled') named.add(event.data.unit)
    if (event.type === 'drillDelivered') for (const { unit } of event.data.receipts) named.add(unit)
  }
  return units.filter(({ unit }) => named.has(unit))
}

/** A receipt writes its unit's row alone: the drill of a city has hundreds. */
export function drillStatements(events: readonly Recorded<Event>[], { row, units }: Drill): readonly Statement[] {
  const changed = touched(events, units)
  const own = events.some(({ type }) => !ofOne.has(type))
  const { id, unit, bureau, phase, start } = row
  return [
    ...(own ? [{ text: putDrill, values: [id, unit, bureau, phase, start, JSON.stringify(row)] }] : []),
    ...(changed.length > 0 ? [{ text: putUnits, values: [id, bureau, JSON.stringify(changed)] }] : []),
  ]
}

interface Told {
  readonly id: string
  readonly path: readonly string[]
  readonly bureau: string
  readonly units: readonly { unit: string; sub: string }[]
}
const told = `
  select d.id, d.row -> 'path' as path, d.bureau,
    coalesce((select jsonb_agg(jsonb_build_object('unit', u.unit, 'sub', u.sub_bureau)) from dispatch.drill_unit u where u.drill = d.id), '[]') as units
  from dispatch.drill d where d.id = any ($1::text[])`

function namedIn({ type, data }: Followed): readonly string[] {
  if (data === null) return []
  if (type === 'drillSigned' || type === 'drillBelled') return [(data as { unit: string }).unit]
  return type === 'drillDelivered' ? (data as { receipts: { unit: string }[] }).receipts.map(({ unit }) => unit) : []
}

/**
 * Who is told of these events of drills: of a start or an end everybody in it, of a unit's receipt the unit and those above it. Hundreds of screens that
 * were told of hundreds of receipts would ask for nothing else.
 */
export async function drillAudience(
  tx: Tx,
  streams: readonly string[],
  events: readonly Followed[],
): Promise<(readonly [stream: string, units: readonly string[]])[]> {
  if (streams.length === 0) return []
  const rows = await tx.query<Told>(told, [streams.map((stream) => stream.slice(stream.indexOf(':') + 1))])
  return rows.map(({ id, path, bureau, units }) => {
    const stream = `drill:${id}`
    const mine = events.filter((event) => event.stream === stream)
    if (mine.some(({ type }) => !ofOne.has(type))) return [stream, [...new Set([...path, ...units.map(({ unit }) => unit)])]]
    const named = new Set(mine.flatMap(namedIn))
    return [stream, [...new Set([bureau, ...path, ...units.filter(({ unit }) => named.has(unit)).flatMap(({ unit, sub }) => [unit, sub])])]]
  })
}

type Receipt = Extract<Command, { type: 'deliverDrill' }>['data']['receipts'][number] & { readonly drill: string }

/** What screens acknowledge of drills, gathered into few commands as with lines; whoever speaks for a foreign unit is not heard. */
export function drillReceipts({ system }: SignalTools): (said: z.infer<typeof drillSignal>, reader: Reader) => Promise<void> {
  const gathered = new Receipts<Receipt>({
    keyOf: ({ drill, unit, channel }) => `${drill}/${unit}/${channel}`,
    most: 400,
    async record(batch) {
      for (const [drill, own] of Map.groupBy(batch, (receipt) => receipt.drill)) {
        const receipts = own.map(({ drill: _drill, ...receipt }) => receipt)
        await system('deliverDrill', `drill:${drill}`, { type: 'deliverDrill', data: { receipts } })
      }
    },
  })
  return async ({ drills }, { person, units, now }) => {
    const own = drills.filter(({ unit }) => units.includes(unit))
    await gathered.take(
      own.map(({ drill, unit }) => ({ drill, unit, channel: 'screen', account: person.account, name: person.name, time: now })),
    )
  }
}

const byUnit = z.strictObject({ unit: unitCode })
const roles = ['stationDuty', 'subBureauDuty', 'citySupervisor'] as const

type Counted = { readonly row: DrillRow } & DrillCounts
const listText = `
  with asked as (select code, kind from access.unit_of($1)), shown as (
    select d.id, d.start, d.row from dispatch.drill d, asked
    where d.bureau = asked.code or d.unit = asked.code
      or d.id in (select u.drill from dispatch.drill_unit u where u.unit = asked.code or u.sub_bureau = asked.code)
    order by d.start desc, d.id limit ${drillRows})
  select s.row, count(u.unit)::integer as units, (count(*) filter (where jsonb_array_length(u.row -> 'delivered') > 0))::integer as delivered,
    (count(*) filter (where u.row -> 'signed' ->> 'late' = 'false'))::integer as within,
    (count(*) filter (where u.row -> 'signed' ->> 'late' = 'true'))::integer as late
  from shown s cross join asked left join dispatch.drill_unit u
    on u.drill = s.id and (u.bureau = asked.code or u.sub_bureau = asked.code or u.unit = asked.code)
  group by s.id, s.start, s.row order by s.start desc, s.id`

export const drills = {
  input: byUnit,
  roles,
  reads: 'board',
  async read(tx: Tx, { unit }: z.infer<typeof byUnit>, reader: Reader): Promise<{ data: Views['drills'] } | null> {
    if (!(await mayRead(tx, reader, unit))) return null
    const rows = await tx.query<Counted>(listText, [unit])
    return { data: { rows: rows.map(({ row, ...counts }) => ({ ...row, counts })) } }
  },
} as const

const nowText = `
  select d.row, u.row as own from dispatch.drill_unit u join dispatch.drill d on d.id = u.drill
  where u.unit = $1 and (d.phase = 'running' or (d.phase = 'ended' and u.row ->> 'signed' is null and (d.row ->> 'until')::timestamptz > $2::timestamptz))
  order by d.start, d.id`

export const drillsNow = {
  input: byUnit,
  roles: answering,
  reads: 'board',
  async read(tx: Tx, { unit }: z.infer<typeof byUnit>, reader: Reader): Promise<{ data: Views['drillsNow'] } | null> {
    if (!reader.units.includes(unit)) return null
    const since = new Date(Date.parse(reader.now) - shownAfterMs).toISOString()
    const rows = await tx.query<{ row: DrillRow; own: DrillUnit }>(nowText, [unit, since])
    const shown = rows.map(({ row: { id, unit: of, phase, limitSeconds, reason, until }, own }) => ({
      id,
      unit: of,
      phase,
      limitSeconds,
      reason,
      until: until ?? '',
      own,
    }))
    return { data: { rows: shown } }
  },
} as const

type Said = NonNullable<Views['drill']['can']['signDrill']>
export function tried(decide: () => unknown): Said {
  try {
    decide()
    return true
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { rule: error.rule, values: error.values }
  }
}

export const holding = ({ person }: Reader, roles: readonly Role[]): readonly Grant[] =>
  person.grants.filter(({ role }) => roles.includes(role))

/** What the reader may do, by a dry run of the decisions; `unit` is the one of his that would sign, the silent one first. */
function canDo(drill: Drill, reader: Reader): Pick<Views['drill'], 'unit' | 'can'> {
  const signing = holding(reader, allowed.signDrill)
  const own = drill.units.filter(({ unit }) => signing.some((grant) => grant.unit === unit))
  const unit = (own.find(({ signed }) => signed === null) ?? own[0])?.unit ?? null
  const cancelling = holding(reader, allowed.cancelDrill).filter((grant) => drill.row.path.includes(grant.unit))
  const can = {
    ...(unit !== null && { signDrill: tried(() => signDrill(drill, { unit }, { at: reader.now, as: signing })) }),
    ...(cancelling.length > 0 && { cancelDrill: tried(() => cancelDrill(drill, { reason: '-' }, { as: cancelling })) }),
  }
  return { unit, can }
}

const one = z.strictObject({ id: uuid })
export const drill = {
  input: one,
  roles,
  reads: 'board',
  async read(tx: Tx, { id }: z.infer<typeof one>, reader: Reader): Promise<{ data: Views['drill'] } | null> {
    const [[found], below] = await Promise.all([
      tx.query<{ row: DrillRow }>('select row from dispatch.drill where id = $1', [id]),
      tx.query<{ row: DrillUnit }>('select row from dispatch.drill_unit where drill = $1 order by sub_bureau, unit', [id]),
    ])
    if (found === undefined) return null
    const units = below.map(({ row }) => row)
    return { data: { row: found.row, units, ...canDo({ kind: 'drill', row: found.row, units, clock: null }, reader) } }
  },
} as const
