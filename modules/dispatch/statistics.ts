import { z } from 'zod'
import type { Tx } from '#kernel/database/tx.ts'
import type { Reader } from '#kernel/module.ts'
import { unitCode } from '#kernel/text.ts'
import type { Views } from './contract.ts'
import { type Breakdown, breakdowns, type Figure, type LeftOut, type Source, type StatisticsRow } from './contract/statistics.ts'
import { mayRead } from './reach.ts'
import { dayOf } from './rules/day.ts'
import { bandsOf, daysFrom } from './rules/periods.ts'
import { flagsOf } from './rules/tooGood.ts'
import { statisticsDays } from './rules.ts'

type Ranks = readonly number[] | null
type Counts = readonly string[]
interface Keyed {
  readonly whole: boolean
  readonly key: string | null
}
interface Lines extends Keyed {
  readonly counts: Counts
  readonly mean: number | null
  readonly ranks: Ranks
  readonly signed: number
  readonly spared: number
  readonly reached: number
  readonly reached_mean: number | null
  readonly reached_ranks: Ranks
}
interface Incidents extends Keyed {
  readonly incidents: number
  readonly others: number
  readonly cancelled: number
  readonly unheard: number
  readonly arrivals_counts: Counts
  readonly arrivals_mean: number | null
  readonly arrivals_ranks: Ranks
  readonly arrivals_sources: Counts
  readonly arrivals_left: Counts
  readonly feedbacks_counts: Counts
  readonly feedbacks_mean: number | null
  readonly feedbacks_ranks: Ranks
  readonly feedbacks_sources: Counts
  readonly feedbacks_left: Counts
}
interface Repeated extends Keyed {
  readonly arrival: number
  readonly feedback: number
}
interface Found {
  readonly lines?: Lines | undefined
  readonly incidents?: Incidents | undefined
  readonly repeated?: Repeated | undefined
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

function timed(counts: Counts, mean: number | null, ranks: Ranks, from: Counts, left: Counts): Figure {
  const bands = counts.map(Number)
  return {
    count: sum(bands),
    ...spread(mean, ranks),
    bands,
    sources: named(sources, from.map(Number)),
    unsigned: 0,
    left: named(reasons, left.map(Number)),
  }
}

function receiptOf(lines: Lines | undefined): Figure {
  const bands =
    lines?.counts.map(Number) ??
    bandsOf('receipt')
      .map(() => 0)
      .concat(0)
  const [count, signed] = [sum(bands), lines?.signed ?? 0]
  return {
    count,
    ...spread(lines?.mean ?? null, lines?.ranks ?? null),
    bands,
    sources: named(['system'], [signed]),
    unsigned: count - signed,
    left: named(['within'], [lines?.spared ?? 0]),
  }
}

function reachedOf(lines: Lines | undefined, unheard: number): Figure {
  const count = lines?.reached ?? 0
  const counted = { count, ...spread(lines?.reached_mean ?? null, lines?.reached_ranks ?? null), bands: [] }
  return { ...counted, sources: named(['system'], [count]), unsigned: 0, left: named(['typed'], [unheard]) }
}

const none = (span: 'arrival' | 'feedback'): Figure => timed([...bandsOf(span).map(() => '0'), '0'], null, null, [], [])

function rowOf(key: string | null, { lines, incidents, repeated }: Found, isUnit: boolean): StatisticsRow {
  const figures = {
    reached: reachedOf(lines, incidents?.unheard ?? 0),
    receipt: receiptOf(lines),
    arrival: incidents
      ? timed(
          incidents.arrivals_counts,
          incidents.arrivals_mean,
          incidents.arrivals_ranks,
          incidents.arrivals_sources,
          incidents.arrivals_left,
        )
      : none('arrival'),
    feedback: incidents
      ? timed(
          incidents.feedbacks_counts,
          incidents.feedbacks_mean,
          incidents.feedbacks_ranks,
          incidents.feedbacks_sources,
          incidents.feedbacks_left,
        )
      : none('feedback'),
  }
  const flags = isUnit ? flagsOf({ figures, repeated: repeated ?? { arrival: 0, feedback: 0 } }) : []
  return { key, incidents: incidents?.incidents ?? 0, cancelled: incidents?.cancelled ?? 0, figures, flags }
}

/** By code, hour or day; what has none comes last. */
const inOrder = (a: string | null, b: string | null): number => (a === b ? 0 : a === null ? 1 : b === null ? -1 : a < b ? -1 : 1)

interface Period {
  readonly unit: string
  readonly from: string
  readonly until: string
  readonly by: Breakdown
  readonly imported: boolean
  readonly now: string
}

/** All figures of one snapshot, asked for in one round trip. */
async function figures(tx: Tx, { unit, from, until, by, imported, now }: Period): Promise<Views['statistics']> {
  const [since, end] = [daysFrom(from, 0), daysFrom(until, 1)]
  const ends = (span: 'receipt' | 'arrival' | 'feedback') => bandsOf(span).map((seconds) => seconds * 1000)
  // What was imported has no lines.
  const linesOf = imported
    ? Promise.resolve([])
    : tx.query<Lines>('select * from dispatch.statistics_lines($1, $2, $3, $4, $5, $6)', [unit, since, end, now, by, ends('receipt')])
  const [lines, incidents, repeated] = await Promise.all([
    linesOf,
    tx.query<Incidents>('select * from dispatch.statistics_incidents($1, $2, $3, $4, $5, $6, $7)', [
      unit,
      since,
      end,
      by,
      imported,
      ends('arrival'),
      ends('feedback'),
    ]),
    tx.query<Repeated>('select * from dispatch.statistics_repeated($1, $2, $3, $4, $5)', [unit, since, end, by, imported]),
  ])
  const whole = <Row extends Keyed>(rows: readonly Row[]) => rows.find((row) => row.whole)
  const of = <Row extends Keyed>(rows: readonly Row[], key: string | null) => rows.find((row) => !row.whole && row.key === key)
  const there = [...lines, ...incidents.filter((row) => row.incidents > 0)].flatMap((row) => (row.whole ? [] : [row.key]))
  const keys = [...new Set(there)].toSorted(inOrder)
  const units = by === 'subBureau' || by === 'station'
  return {
    now,
    from,
    until,
    by,
    imported,
    others: whole(incidents)?.others ?? 0,
    rows: keys.map((key) =>
      rowOf(key, { lines: of(lines, key), incidents: of(incidents, key), repeated: of(repeated, key) }, units && key !== null),
    ),
    total: rowOf(null, { lines: whole(lines), incidents: whole(incidents), repeated: whole(repeated) }, true),
  }
}

const day = z.iso.date({ error: 'day' }).refine((value) => value >= '1900-01-01' && value < '2200-01-01', { error: 'day' })
const input = z
  .strictObject({
    unit: unitCode,
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
    { unit, by, imported, ...asked }: z.infer<typeof input>,
    reader: Reader,
  ): Promise<{ data: Views['statistics'] } | null> {
    if (!(await mayRead(tx, reader, unit))) return null
    const { until = dayOf(reader.now) } = asked
    const { from = dayOf(daysFrom(until, 1 - statisticsDays.usual)) } = asked
    return { data: await figures(tx, { unit, from, until, by, imported: imported === 'only', now: reader.now }) }
  },
} as const
