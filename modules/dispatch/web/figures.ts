import type { TFunction } from 'i18next'
import type { Breakdown, Figure, Flag, LeftOut, Source, SpanName, Statistics, StatisticsRow } from '../contract/statistics.ts'
import { bandsOf } from '../rules/periods.ts'

/** What a table of statistics is written with: the words and how numbers, lengths and names are said. */
export interface Say {
  readonly t: TFunction
  readonly amount: (count: number) => string
  readonly span: (ms: number) => string
  /** Of a row's key; null: it has none. */
  readonly name: (by: Breakdown, key: string | null) => string
}

/** One thing that is shown: what stands on the screen, and the numbers of it that a file has, one for each of the column's `heads`. */
export interface Cell {
  readonly text: string
  readonly values: readonly (string | number | null)[]
  /** Of a band: its part of all that count, from 0 to 1. */
  readonly share?: number
}
export interface Column {
  readonly id: string
  readonly header: string
  /** As a file has it: a band is a count and a percentage. */
  readonly heads: readonly string[]
  readonly cell: (row: StatisticsRow) => Cell
}

type Unit = 'seconds' | 'minutes' | 'hours'
const size = { seconds: 1, minutes: 60, hours: 3600 } as const

/** ≤30 秒, 30–60 分, >4 时: in the largest unit in which both ends are whole. */
function bandName(ends: readonly number[], index: number, t: TFunction): string {
  const [from, to] = [ends[index - 1], ends[index]]
  const whole = [from, to].filter((end) => end !== undefined)
  const fits = (unit: Unit) => whole.every((end) => end % size[unit] === 0)
  const unit: Unit = fits('hours') ? 'hours' : fits('minutes') && (ends[0] ?? 0) >= 60 ? 'minutes' : 'seconds'
  const [low, high] = [from, to].map((end) => (end === undefined ? undefined : end / size[unit]))
  const range = low === undefined ? `≤${high}` : high === undefined ? `>${low}` : `${low}–${high}`
  return t(`statistics.bandUnit.${unit}`, { range })
}

const ofReason = (reason: LeftOut, count: string, t: TFunction): string =>
  t(`statistics.reason.${reason}`, { count, seconds: bandsOf('receipt')[0] })
const sum = (counts: readonly number[]): number => counts.reduce((all, one) => all + one, 0)
const outOf = ({ left }: Figure): number => sum(Object.values(left))
const percent = (share: number): number => Math.round(share * 1000) / 10

/** The sentence of a flag. */
export const saidOf = ({ rule, of, values }: Flag, t: TFunction): string =>
  t(`statistics.said.${rule}`, { ...values, count: String(values['count']), of: t(`statistics.of.${of}`) })

function counted(id: string, header: string, count: (row: StatisticsRow) => number, { amount }: Say): Column {
  return { id, header, heads: [header], cell: (row) => ({ text: amount(count(row)), values: [count(row)] }) }
}

function bandColumns(of: SpanName, { t, amount }: Say): Column[] {
  const ends = bandsOf(of)
  return ends.length === 0
    ? []
    : [...ends, Number.NaN].map((_, index) => {
        const header = bandName(ends, index, t)
        return {
          id: `band-${index}`,
          header,
          heads: [header, t('statistics.shareOf', { band: header })],
          cell: ({ figure: { bands, count } }) => {
            const own = bands[index] ?? 0
            if (count === 0) return { text: amount(own), values: [own, null] }
            const share = own / count
            const said = t('statistics.share', { share: percent(share).toFixed(1) })
            return { text: `${amount(own)} · ${said}`, values: [own, percent(share)], share }
          },
        }
      })
}

const spreads = ['p50', 'p90', 'p99', 'mean'] as const
function spreadColumns({ t, span }: Say): Column[] {
  return spreads.map((which) => {
    const header = which === 'mean' ? t('statistics.mean') : which
    return {
      id: which,
      header,
      heads: [t('statistics.inSeconds', { name: header })],
      cell: ({ figure }) => {
        const ms = figure[which]
        return { text: ms === null ? '—' : span(ms), values: [ms === null ? null : ms / 1000] }
      },
    }
  })
}

/** The columns of one span; the first names the row. */
export function columnsOf({ of, by, imported }: Statistics, say: Say): readonly Column[] {
  const { t, name } = say
  const key = t(`statistics.key.${by}`)
  return [
    { id: 'key', header: key, heads: [key], cell: (row) => ({ text: name(by, row.key), values: [name(by, row.key)] }) },
    counted('incidents', t('statistics.incidents'), (row) => row.incidents, say),
    counted('counted', t('statistics.counted'), (row) => row.figure.count, say),
    ...(of === 'receipt' && !imported ? [counted('unsigned', t('statistics.unsigned'), (row) => row.figure.unsigned, say)] : []),
    ...bandColumns(of, say),
    ...spreadColumns(say),
    counted('left', t('statistics.left'), (row) => outOf(row.figure), say),
  ]
}

/** What the figures count, in sentences. */
export function notesOf(data: Statistics, unit: string, time: string, { t, amount }: Say): readonly string[] {
  const { of } = data
  const { figure } = data.total
  const list = (parts: readonly string[]) => parts.join(t('listSeparator'))
  const sources = (Object.entries(figure.sources) as [Source, number][]).map(([source, count]) =>
    t('statistics.source', { name: t(`source.${source}`), count: amount(count) }),
  )
  const unsigned = figure.unsigned === 0 ? [] : [t('statistics.source', { name: t('statistics.unsigned'), count: amount(figure.unsigned) })]
  const reasons = (Object.entries(figure.left) as [LeftOut, number][]).map(([reason, count]) => ofReason(reason, amount(count), t))
  return [
    t('statistics.note.period', { unit, from: data.from, until: data.until, time }),
    t(`statistics.note.${of}`),
    ...(of === 'arrival' || of === 'feedback' ? [t('statistics.note.typed')] : []),
    ...(figure.count > 0 ? [t('statistics.note.sources', { count: amount(figure.count), list: list([...sources, ...unsigned]) })] : []),
    ...(reasons.length > 0 ? [t('statistics.note.left', { count: amount(outOf(figure)), list: list(reasons) })] : []),
    ...(data.imported || data.others > 0
      ? [t(data.imported ? 'statistics.note.imported' : 'statistics.note.own', { count: amount(data.others) })]
      : []),
    t('statistics.note.bands'),
    t('statistics.note.flags'),
  ]
}

/** What a file has: the rows as they stand on the screen, the total last, numbers as numbers. */
export interface Sheet {
  readonly rows: readonly (readonly (string | number | null)[])[]
  readonly notes: readonly string[]
}

export function sheetOf(data: Statistics, notes: readonly string[], say: Say): Sheet {
  const { t } = say
  const columns = columnsOf(data, say)
  const flags = ({ flags: found }: StatisticsRow) => found.map((flag) => saidOf(flag, t)).join(' ')
  const line = (row: StatisticsRow) => [...columns.flatMap(({ cell }) => cell(row).values), flags(row)]
  const [, ...total] = line(data.total)
  const head = [...columns.flatMap(({ heads }) => heads), t('statistics.flags')]
  return { rows: [head, ...data.rows.map(line), [t('statistics.total'), ...total]], notes }
}
