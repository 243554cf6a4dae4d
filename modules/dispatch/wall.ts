import { z } from 'zod'
import type { Tx } from '#kernel/database/tx.ts'
import { dayOf } from '#kernel/day.ts'
import type { Reader } from '#kernel/module.ts'
import { unitCode } from '#kernel/text.ts'
import type { Level, Views } from './contract.ts'
import { mayRead } from './reach.ts'
import { receiptBands, slowestLines, wallMinutes, wallSpots } from './rules.ts'

const zone = '+08:00'

interface Kinds {
  readonly kind: string
  readonly in_hour: number
  readonly in_day: number
  readonly over: number
}
interface Lines {
  readonly counts: readonly string[]
  readonly reached: number
  readonly mean: number | null
  readonly p90: number | null
}
interface Waiting {
  readonly lines: number
  readonly since: string
  readonly lon: number | null
  readonly lat: number | null
}
interface Slowest {
  readonly unit: string
  readonly level: Level
  readonly sent: string
  readonly signed: string | null
  readonly ended: string | null
}

const total = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0)

/** All figures of one snapshot, asked for in one round trip. */
async function figures(tx: Tx, unit: string, now: string): Promise<Views['wall']> {
  const day = dayOf(now)
  const begin = `${day}T00:00:00${zone}`
  const hour = new Date(Date.parse(now) - wallMinutes * 60_000).toISOString()
  const bands = receiptBands.map((seconds) => seconds * 1000)
  const [calls, kinds, lines, waiting, slowest, spots] = await Promise.all([
    tx.query<{ calls: number }>('select dispatch.wall_calls($1, $2) as calls', [unit, hour]),
    tx.query<Kinds>('select * from dispatch.wall_kinds($1, $2, $3)', [unit, hour, begin]),
    tx.query<Lines>('select * from dispatch.wall_lines($1, $2, $3, $4)', [unit, now, begin, bands]),
    tx.query<Waiting>('select * from dispatch.wall_waiting($1)', [unit]),
    tx.query<Slowest>('select * from dispatch.wall_slowest($1, $2, $3, $4)', [unit, now, hour, slowestLines]),
    tx.query<{ lon: number; lat: number }>('select * from dispatch.wall_spots($1, $2)', [unit, wallSpots]),
  ])
  const { counts = [], reached = 0, mean = null, p90 = null } = lines[0] ?? {}
  const { lines: unsigned = 0, since = null, lon = null, lat = null } = waiting[0] ?? {}
  return {
    day,
    now,
    hour: { calls: calls[0]?.calls ?? 0, incidents: total(kinds.map(({ in_hour }) => in_hour)) },
    today: { incidents: total(kinds.map(({ in_day }) => in_day)), over: total(kinds.map(({ over }) => over)) },
    reached: { count: reached, mean, p90 },
    bands: counts.map(Number),
    waiting: { lines: unsigned, since, at: lon === null || lat === null ? null : { lon, lat } },
    slowest: slowest.map(({ unit: of, level, sent, signed, ended }) => ({
      unit: of,
      level,
      sent,
      until: signed ?? ended,
      signed: signed !== null,
    })),
    kinds: kinds
      .filter(({ in_day }) => in_day > 0)
      .map(({ kind, in_day }) => ({ kind, count: in_day }))
      .toSorted((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1)),
    spots,
  }
}

const byUnit = z.strictObject({ unit: unitCode })
export const wall = {
  input: byUnit,
  roles: ['stationDuty', 'subBureauDuty', 'citySupervisor'],
  reads: 'board',
  async read(tx: Tx, { unit }: z.infer<typeof byUnit>, reader: Reader): Promise<{ data: Views['wall'] } | null> {
    return (await mayRead(tx, reader, unit)) ? { data: await figures(tx, unit, reader.now) } : null
  },
} as const
