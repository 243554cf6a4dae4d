import type { TFunction } from 'i18next'
import { useView, type ViewState } from '#kernel/web/view.ts'
import { dayTime } from '#kernel/web/time.ts'
import type { Views } from '../contract.ts'
import { weekdays } from '../rules/series.ts'
import type { Sheet } from './figures.ts'

export type SeriesShown = Views['drillSeries']['rows'][number]
type Run = Views['drills']['rows'][number]

/** A series has no row on the live line: what changed is read again. */
const onSeries = <Data>(data: Data, { stream }: { readonly stream: string }): Data | null =>
  stream.startsWith('drill-series:') ? null : data

export const useSeries = (unit: string, enabled: boolean): ViewState<Views['drillSeries']> =>
  useView<Views['drillSeries']>('dispatch', 'drillSeries', { unit }, { apply: onSeries, enabled })

/** On which days at what time, as a sentence. */
export function whenOf({ weekdays: on, time }: Pick<SeriesShown, 'weekdays' | 'time'>, t: TFunction): string {
  if (on.length === weekdays.length) return t('series.daily', { time })
  const days = weekdays.filter((day) => on.includes(day)).map((day) => t(`weekday.${day}`))
  return t('series.weekly', { days: days.join(t('shell.comma')), time })
}

/** Drills as a file has them: one line each. */
export function runsSheet(rows: readonly Run[], { t, name }: { readonly t: TFunction; readonly name: (unit: string) => string }): Sheet {
  const before = ['start', 'state', 'unit', 'reason', 'planned'] as const
  const after = ['total', 'delivered', 'within', 'late', 'silent'] as const
  const head = [...before.map((column) => t(`drill.${column}`)), t('field.limitSeconds'), ...after.map((column) => t(`drill.${column}`))]
  const lines = rows.map(({ counts, ...row }) => [
    dayTime(row.started?.at ?? row.start),
    t(`drill.phase.${row.phase}`),
    name(row.unit),
    row.reason,
    t(row.series === undefined ? 'drill.once' : 'drill.inSeries'),
    row.limitSeconds,
    counts.units,
    counts.delivered,
    counts.within,
    counts.late,
    counts.units - counts.within - counts.late,
  ])
  return { rows: [head, ...lines], notes: [t('drill.apart')] }
}
