import { z } from 'zod'
import type { Statement, Tx } from '#kernel/database/tx.ts'
import type { Recorded } from '#kernel/decider.ts'
import type { Reader } from '#kernel/module.ts'
import { unitCode } from '#kernel/text.ts'
import type { Event, IncidentRow, Views } from './contract.ts'
import type { BellRow } from './contract/bells.ts'
import type { Bell } from './decide/state.ts'

const putText = `
  insert into dispatch.bell (code, path, unit, channel, target, rungs, retired) values ($1, $2, $3, $4, $5, $6, $7)
  on conflict (code) do update set path = $2, unit = $3, channel = $4, target = $5, rungs = $6, retired = $7`

export function bellStatements(stream: string, { bell, retired }: Bell): readonly Statement[] {
  const { path, unit, channel, target, rungs } = bell
  return [{ text: putText, values: [codeOf(stream), path, unit, channel, target, rungs, retired] }]
}

const codeOf = (stream: string): string => stream.slice(stream.indexOf(':') + 1)
const rungText = `
  insert into dispatch.belled (incident, n, bell, number, rung, outcome, delivered, tries, error, at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`

/** What the bells of an incident have come to. */
export const belledStatements = (events: readonly Recorded<Event>[], row: IncidentRow): readonly Statement[] =>
  events.flatMap((event) => {
    if (event.type !== 'belled' || event.data === null) return []
    const { bell, rung, outcome, delivered, tries, error } = event.data
    return [{ text: rungText, values: [row.id, event.n, bell, row.number, rung, outcome, delivered, tries, error, event.at] }]
  })

/** The bells of these units that this rings. */
export async function bellsAt(tx: Tx, units: readonly string[], rung: string): Promise<readonly string[]> {
  const text = 'select code from dispatch.bell where unit = any ($1::text[]) and not retired and $2 = any (rungs) order by code'
  return (await tx.query<{ code: string }>(text, [units, rung])).map(({ code }) => code)
}

const byUnit = z.strictObject({ unit: unitCode })
const bellsText = `
  select b.code, b.unit, b.channel, b.target, b.rungs, last.at, last.number, last.rung, last.outcome, last.delivered, last.tries as tried,
    last.error as failed, w.waiting, w.since, w.tries, w.error, w.next_at as next
  from dispatch.bell b
    left join lateral (select * from dispatch.belled d where d.bell = b.code order by d.at desc, d.incident, d.n desc limit 1) last on true
    left join kernel.effects_waiting('dispatch', (select array_agg(code) from dispatch.bell where $1 = any (path))) w on w.target = b.code
  where $1 = any (b.path) and not b.retired order by b.unit, b.code`

type Last = NonNullable<BellRow['last']>
interface Found extends Pick<BellRow, 'code' | 'unit' | 'channel' | 'target' | 'rungs'> {
  readonly at: string | null
  readonly number: string
  readonly rung: Last['rung']
  readonly outcome: Last['outcome']
  readonly delivered: boolean
  readonly tried: number
  readonly failed: string | null
  readonly waiting: number | null
  readonly since: string
  readonly tries: number
  readonly error: string | null
  readonly next: string | null
}

function bellRow({ code, unit, channel, target, rungs, at, number, rung, outcome, delivered, tried, failed, ...rest }: Found): BellRow {
  const { waiting, since, tries, error, next } = rest
  return {
    code,
    unit,
    channel,
    target,
    rungs,
    waiting: waiting === null ? null : { count: waiting, since, tries, error, next },
    last: at === null ? null : { at, number, rung, outcome, delivered, tries: tried, error: failed },
  }
}

export const bells = {
  input: byUnit,
  roles: ['systemAdministrator'],
  reads: 'board',
  async read(tx: Tx, { unit }: z.infer<typeof byUnit>, reader: Reader): Promise<{ data: Views['bells'] } | null> {
    const [found] = await tx.query<{ path: string[] }>('select path from access.unit_of($1)', [unit])
    if (found === undefined || !found.path.some((code) => reader.units.includes(code))) return null
    return { data: { rows: (await tx.query<Found>(bellsText, [unit])).map(bellRow) } }
  },
} as const
