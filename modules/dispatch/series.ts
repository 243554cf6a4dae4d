import { z } from 'zod'
import type { Clock } from '#kernel/clock.ts'
import type { Statement, Tx } from '#kernel/database/tx.ts'
import { derivedId } from '#kernel/ids.ts'
import type { Reader } from '#kernel/module.ts'
import { unitCode } from '#kernel/text.ts'
import { type SeriesRow, seriesStream } from './contract/series.ts'
import type { Command, Views } from './contract.ts'
import { endSeries, type Series } from './decide/series.ts'
import { holding, tried } from './drill.ts'
import { mayRead } from './reach.ts'
import { allowed } from './rules.ts'
import { drillSeries as rule, seriesRows } from './rules/series.ts'

/** What the road is asked when the moment of a series has come. Whoever asks names the same drill: a unit has one of each moment, of however many series. */
export const passingSeries = (clock: Clock, due: string): Extract<Command, { type: 'runSeries' }> => ({
  type: 'runSeries',
  data: { drill: derivedId(rule, clock.unit, due), due },
})

const putText = `
  insert into dispatch.drill_series (id, unit, bureau, next, row) values ($1, $2, $3, $4, $5)
  on conflict (id) do update set next = excluded.next, row = excluded.row`
export const seriesStatements = ({ row }: Series): readonly Statement[] => [
  { text: putText, values: [row.id, row.unit, row.bureau, row.next, JSON.stringify(row)] },
]

/** Whose screens hear of a series: its unit's and those above it. */
export async function seriesUnits(tx: Tx, streams: readonly string[]): Promise<(readonly [stream: string, units: readonly string[]])[]> {
  const ids = streams.filter((stream) => seriesStream.safeParse(stream).success).map((stream) => stream.slice(stream.indexOf(':') + 1))
  if (ids.length === 0) return []
  const found = await tx.query<{ row: SeriesRow }>('select row from dispatch.drill_series where id = any ($1::text[])', [ids])
  return found.map(({ row }) => [`drill-series:${row.id}`, row.path])
}

const byUnit = z.strictObject({ unit: unitCode })
const listText = `
  select row from dispatch.drill_series where unit = $1 or bureau = $1
  order by next nulls last, row -> 'planned' ->> 'at' desc, id limit ${seriesRows}`

export const drillSeries = {
  input: byUnit,
  roles: allowed.planSeries,
  reads: 'board',
  async read(tx: Tx, { unit }: z.infer<typeof byUnit>, reader: Reader): Promise<{ data: Views['drillSeries'] } | null> {
    if (!(await mayRead(tx, reader, unit))) return null
    const found = await tx.query<{ row: SeriesRow }>(listText, [unit])
    const rows = found.map(({ row }) => {
      const as = holding(reader, allowed.endSeries).filter((grant) => row.path.includes(grant.unit))
      const can = as.length > 0 ? { endSeries: tried(() => endSeries({ kind: 'series', row, clock: null }, { reason: '-' }, { as })) } : {}
      return { ...row, can }
    })
    return { data: { rows } }
  },
} as const
