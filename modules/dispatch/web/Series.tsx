import { useTranslation } from 'react-i18next'
import { Button } from 'antd'
import { Actions, type Can, type Offer } from '#kernel/web/Actions.tsx'
import { save } from '#kernel/web/save.ts'
import { DetailHead, Empty, Loading, Trouble } from '#kernel/web/States.tsx'
import { Tag, useSpan } from '#kernel/web/Tag.tsx'
import { dayTime } from '#kernel/web/time.ts'
import { useUnits } from '#kernel/web/units.ts'
import type { ViewState } from '#kernel/web/view.ts'
import { commands, type Views } from '../contract.ts'
import { Phase, Signed } from './DrillReport.tsx'
import { csvOf } from './files.ts'
import { runsSheet, type SeriesShown, whenOf } from './series.ts'

type Run = Views['drills']['rows'][number]

function State({ row }: { row: SeriesShown }) {
  const { t } = useTranslation()
  return <Tag tone={row.next === null ? 'calm' : 'good'}>{t(row.next === null ? 'series.over' : 'series.on')}</Tag>
}

/** Drills of whatever list, as a file. */
export function RunsCsv({ name, rows }: { name: string; rows: readonly Run[] }) {
  const { t } = useTranslation()
  const units = useUnits()
  const csv = () => save(`${name}.csv`, new Blob([csvOf(runsSheet(rows, { t, name: units.name }))], { type: 'text/csv' }))
  return rows.length === 0 ? null : (
    <Button size="small" onClick={csv}>
      {t('drill.listCsv')}
    </Button>
  )
}

/** The drills that come back, and when each is next; above the list of those that were held. */
export function SeriesList({
  view,
  chosen,
  choose,
}: {
  view: ViewState<Views['drillSeries']>
  chosen: string | undefined
  choose: (id: string) => void
}) {
  const { t } = useTranslation()
  const units = useUnits()
  const { data, failure, loading, again } = view
  return (
    <section className="series" aria-labelledby="series-title">
      <h2 id="series-title">{t('series.title')}</h2>
      {failure ? <Trouble failure={failure} again={again} /> : null}
      {loading ? <Loading /> : null}
      {data?.rows.length === 0 && !failure ? <Empty title={t('series.empty')}>{t('series.emptyHow')}</Empty> : null}
      {data && !failure ? (
        <ul>
          {data.rows.map((row) => (
            <li key={row.id}>
              <button
                type="button"
                className={row.id === chosen ? 'on' : ''}
                aria-pressed={row.id === chosen}
                onClick={() => choose(row.id)}
              >
                <b className="num">{whenOf(row, t)}</b>
                <span className="text">{`${units.name(row.unit)} · ${row.reason}`}</span>
                <span className="num">{row.next === null ? t('series.over') : t('series.next', { time: dayTime(row.next) })}</span>
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  )
}

function Facts({ row }: { row: SeriesShown }) {
  const { t } = useTranslation()
  const span = useSpan()
  return (
    <div className="drill-facts">
      <p>
        <b className="num">{whenOf(row, t)}</b> · <span className="num">{t('series.days', { from: row.from, until: row.until })}</span> ·{' '}
        {t('drill.limit')} {span(row.limitSeconds * 1000)}
      </p>
      <p>
        {t('drill.reason')} {row.reason}
      </p>
      {row.next === null ? null : <p className="num">{t('series.next', { time: dayTime(row.next) })}</p>}
      {row.ran > 0 ? <p className="num">{t('series.ran', { ran: row.ran, missed: row.missed })}</p> : null}
      <p>{t('series.plannedBy', { by: row.planned.by, time: dayTime(row.planned.at) })}</p>
      {row.ended ? <p>{t('series.endedBy', { by: row.ended.by, time: dayTime(row.ended.at), reason: row.ended.reason })}</p> : null}
      <small>{t('series.hidden')}</small>
    </div>
  )
}

const offers: readonly Offer[] = [{ type: 'endSeries', schema: commands.endSeries, key: 'k' }]

/** One series: its days, its next moment and what became of those before. */
export function SeriesReport({
  row,
  runs,
  again,
  choose,
}: {
  row: SeriesShown
  runs: readonly Run[]
  again: () => void
  choose: (id: string) => void
}) {
  const { t } = useTranslation()
  const units = useUnits()
  return (
    <>
      <div className="panel-head">
        <span className="drill-mark">{t('drill.mark')}</span>
        <DetailHead>{units.name(row.unit)}</DetailHead>
        <State row={row} />
        <span className="grow" />
        <RunsCsv name={`${t('series.title')}-${row.unit}-${row.from}`} rows={runs} />
      </div>
      {/* A list longer than its place is scrolled by keyboard, too. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="panel-body" role="region" aria-label={t('series.runs')} tabIndex={0}>
        <Facts row={row} />
        {row.ran === 0 ? <Empty title={t('series.noRuns')}>{t('series.noRunsHow')}</Empty> : null}
        <ul className="series-runs num" aria-label={t('series.runs')}>
          {runs.map((run) => (
            <li key={run.id}>
              <button type="button" className="plain" onClick={() => choose(run.id)}>
                {dayTime(run.start)}
              </button>
              <Phase phase={run.phase} />
              <span>
                {run.counts.units > 0 ? t('drill.signedAt') : ''} <Signed counts={run.counts} />
              </span>
            </li>
          ))}
        </ul>
      </div>
      <Actions module="dispatch" stream={`drill-series:${row.id}`} can={row.can as Can} offers={offers} done={again} />
    </>
  )
}
