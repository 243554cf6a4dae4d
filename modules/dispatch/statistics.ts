import { z } from 'zod'
import type { Tx } from '#kernel/database/tx.ts'
import { dayOf } from '#kernel/day.ts'
import type { Reader } from '#kernel/module.ts'
import { unitCode } from '#kernel/text.ts'
import type { Views } from './contract.ts'
import {
  type Breakdown,
  breakdowns,
  type Figure,
  type LeftOut,
  type Source,
  type SpanName,
  spans,
  type StatisticsRow,
} from './contract/statistics.ts'
import { mayRead } from './reach.ts'
import { bandsOf, daysFrom } from './rules/periods.ts'
import { flagsOf } from './rules/tooGood.ts'
import { statisticsDays } from './rules.ts'

type Ranks = readonly number[] | null
type Counts = readonly string[]
interface Keyed {
  readonly whole: boolean
  readonly key: string | null
}
interface Incidents extends Keyed {
  readonly incidents: number
  readonly others: number
  readonly cancelled: number
  readonly unheard: number
}
interface Receipts extends Keyed {
  readonly counts: Counts
  readonly mean: number | null
  readonly ranks: Ranks
  readonly signed: number
  readonly spared: number
}
interface Reached extends Keyed {
  readonly reached: number
  readonly mean: number | null
  readonly ranks: Ranks
}
interface Intervals extends Keyed {
  readonly counts: Counts
  readonly mean: number | null
  readonly ranks: Ranks
  readonly sources: Counts
  readonly remains: Counts
}
interface Repeated extends Keyed {
  readonly times: number | null
}

/** In the order in which the functions count them. */
const sources = ['system', 'position', 'radio', 'typed', 'imported'] as const satisfies readonly Source[]
const reasons = ['missing', 'typed', 'mixed', 'disorder'] as const satisfies readonly LeftOut[]

const sum = (counts: readonly number[]): number => counts.reduce((all, one) => all + one, 0)
/** Those that there are. */
const named = <Name extends string>(names: readonly Name[], counts: readonly number[]): Partial<Record<Name, number>> =>
  Object.fromEntries(names.flatMap((name, index) => ((counts[index] ?? 0) > 0 ? [[name, counts[index]]] : []))) as Partial<
    Record<Name, number>
  >

const spread = (mean: number | null, ranks: Ranks): Pick<Figure, 'mean' | 'p50' | 'p90' | 'p99'> => {
  const [p50 = null, p90 = null, p99 = null] = ranks ?? []
  return { mean: mean === null ? null : Math.round(mean), p50, p90, p99 }
}

const noFigure = (of: SpanName): Figure => {
  const ends = bandsOf(of)
  const bands = ends.length === 0 ? [] : [...ends, 0].map(() => 0)
  return { count: 0, ...spread(null, null), bands, sources: {}, unsigned: 0, left: {} }
}

function receiptOf({ counts, mean, ranks, signed, spared }: Receipts): Figure {
  const bands = counts.map(Number)
  const count = sum(bands)
  return {
    count,
    ...spread(mean, ranks),
    bands,
    sources: named(['system'], [signed]),
    unsigned: count - signed,
    left: named(['within'], [spared]),
  }
}

const reachedOf = ({ reached, mean, ranks }: Reached): Figure => ({
  ...noFigure('reached'),
  count: reached,
  ...spread(mean, ranks),
  sources: named(['system'], [reached]),
})

function intervalOf({ counts, mean, ranks, sources: ends, remains }: Intervals): Figure {
  const bands = counts.map(Number)
  const [known, left] = [named(sources, ends.map(Number)), named(reasons, remains.map(Number))]
  return { count: sum(bands), ...spread(mean, ranks), bands, sources: known, unsigned: 0, left }
}

interface Period {
  readonly unit: string
  readonly from: string
  readonly until: string
  readonly of: SpanName
  readonly by: Breakdown
  readonly imported: boolean
  readonly now: string
}
interface Timed extends Keyed {
  readonly figure: Figure
}

/** The figures of a span, by key. What was imported has no lines. */
async function timesOf(tx: Tx, { unit, from, until, of, by, imported, now }: Period): Promise<readonly Timed[]> {
  const period = [unit, daysFrom(from, 0), daysFrom(until, 1), by]
  const bands = bandsOf(of).map((seconds) => seconds * 1000)
  if (of === 'arrival' || of === 'feedback') {
    const text = 'select * from dispatch.statistics_intervals($1, $2, $3, $4, $5, $6, $7)'
    const rows = await tx.query<Intervals>(text, [...period, imported, of, bands])
    return rows.map((row) => ({ ...row, figure: intervalOf(row) }))
  }
  if (imported) return []
  if (of === 'reached') {
    const rows = await tx.query<Reached>('select * from dispatch.statistics_reached($1, $2, $3, $4)', period)
    return rows.map((row) => ({ ...row, figure: reachedOf(row) }))
  }
  const rows = await tx.query<Receipts>('select * from dispatch.statistics_receipts($1, $2, $3, $4, $5, $6)', [...period, now, bands])
  return rows.map((row) => ({ ...row, figure: receiptOf(row) }))
}

async function repeatedOf(tx: Tx, { unit, from, until, of, by, imported }: Period): Promise<readonly Repeated[]> {
  if (of !== 'arrival' && of !== 'feedback') return []
  const values = [unit, daysFrom(from, 0), daysFrom(until, 1), by, imported, of]
  return tx.query<Repeated>('select * from dispatch.statistics_repeated($1, $2, $3, $4, $5, $6)', values)
}

async function fastOf(tx: Tx, { unit, from, until, of, by, imported }: Period): Promise<readonly Repeated[]> {
  if (of !== 'arrival') return []
  const values = [unit, daysFrom(from, 0), daysFrom(until, 1), by, imported]
  return tx.query<Repeated>('select * from dispatch.statistics_fast($1, $2, $3, $4, $5)', values)
}

function incidentsOf(tx: Tx, { unit, from, until, by, imported }: Period): Promise<Incidents[]> {
  const values = [unit, daysFrom(from, 0), daysFrom(until, 1), by, imported]
  return tx.query<Incidents>('select * from dispatch.statistics_incidents($1, $2, $3, $4, $5)', values)
}

/** By code, hour or day; what has none comes last. */
const inOrder = (a: string | null, b: string | null): number => (a === b ? 0 : a === null ? 1 : b === null ? -1 : a < b ? -1 : 1)

/** All of one snapshot, asked for in one round trip. Each span by itself: a month of a city is more than a million lines. */
async function figures(tx: Tx, period: Period): Promise<Views['statistics']> {
  const { from, until, of, by, imported, now } = period
  const [times, incidents, repeated, fast] = await Promise.all([
    timesOf(tx, period),
    incidentsOf(tx, period),
    repeatedOf(tx, period),
    fastOf(tx, period),
  ])
  const rowOf = (whole: boolean, key: string | null, isUnit: boolean): StatisticsRow => {
    const found = <Row extends Keyed>(rows: readonly Row[]) => rows.find((row) => row.whole === whole && row.key === key)
    const { incidents: count = 0, cancelled = 0, unheard = 0 } = found(incidents) ?? {}
    const timed = found(times)?.figure ?? noFigure(of)
    const figure = of === 'reached' ? { ...timed, left: named(['typed'], [unheard]) } : timed
    const flags = isUnit ? flagsOf({ of, figure, repeated: found(repeated)?.times ?? 0, fast: found(fast)?.times ?? 0 }) : []
    return { key, incidents: count, cancelled, figure, flags }
  }
  const there = [...times, ...incidents.filter((row) => row.incidents > 0)].flatMap((row) => (row.whole ? [] : [row.key]))
  const units = by === 'subBureau' || by === 'station'
  return {
    now,
    from,
    until,
    of,
    by,
    imported,
    others: incidents.find(({ whole }) => whole)?.others ?? 0,
    rows: [...new Set(there)].toSorted(inOrder).map((key) => rowOf(false, key, units && key !== null)),
    total: rowOf(true, null, true),
  }
}

const day = z.iso.date({ error: 'day' }).refine((value) => value >= '1900-01-01' && value < '2200-01-01', { error: 'day' })
const input = z
  .strictObject({
    unit: unitCode,
    of: z.enum(spans),
    by: z.enum(breakdowns),
    from: day.optional(),
    until: day.optional(),
    imported: z.literal('only').optional(),
  })
  .refine(({ from, until }) => (from === undefined) === (until === undefined) && (from ?? '') <= (until ?? ''), {
    path: ['until'],
    error: 'period',
  })
  .refine(({ from = '', until = '' }) => !(Date.parse(until) - Date.parse(from) >= statisticsDays.most * 86_400_000), {
    path: ['until'],
    error: `periodLong:${statisticsDays.most}`,
  })

export const statistics = {
  input,
  roles: ['stationDuty', 'subBureauDuty', 'citySupervisor'],
  reads: 'board',
  async read(
    tx: Tx,
    { unit, of, by, imported, ...asked }: z.infer<typeof input>,
    reader: Reader,
  ): Promise<{ data: Views['statistics'] } | null> {
    if (!(await mayRead(tx, reader, unit))) return null
    const { until = dayOf(reader.now) } = asked
    const { from = dayOf(daysFrom(until, 1 - statisticsDays.usual)) } = asked
    return { data: await figures(tx, { unit, from, until, of, by, imported: imported === 'only', now: reader.now }) }
  },
} as const
