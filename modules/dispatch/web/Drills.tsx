import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Role } from '#kernel/decider.ts'
import { Actions, type Offer } from '#kernel/web/Actions.tsx'
import { Failure, newId } from '#kernel/web/api.ts'
import { Combobox } from '#kernel/web/Combobox.tsx'
import type { Control, FormHints } from '#kernel/web/Form.tsx'
import { type Column, Grid } from '#kernel/web/Grid.tsx'
import { Moment } from '#kernel/web/Moment.tsx'
import { useAddress, useNarrow } from '#kernel/web/screen.ts'
import { holds, unitsOf, useMe } from '#kernel/web/session.tsx'
import { Empty, Loading, Trouble } from '#kernel/web/States.tsx'
import { dayTime, serverNow } from '#kernel/web/time.ts'
import { useUnits } from '#kernel/web/units.ts'
import { unitOptions } from '#kernel/web/reach.ts'
import { useView } from '#kernel/web/view.ts'
import { commands, type Views } from '../contract.ts'
import { allowed } from '../rules.ts'
import { lastDay } from '../rules/series.ts'
import { DayField } from './DayField.tsx'
import { DrillReport, Phase, Signed } from './DrillReport.tsx'
import { useReachedUnits } from './reach.ts'
import { drillsSearch } from './search.ts'
import { RunsCsv, SeriesList, SeriesReport } from './Series.tsx'
import { useSeries } from './series.ts'
import './drill.css'

type Row = Views['drills']['rows'][number]
const roles: readonly Role[] = ['citySupervisor', 'subBureauDuty', 'stationDuty']
const none: readonly Row[] = []
const usualSeconds = 60
/** Hundreds of receipts come within seconds. */
const pace = 1500

function useColumns(): readonly Column<Row>[] {
  const { t } = useTranslation()
  const units = useUnits()
  return useMemo(
    () => [
      { id: 'start', header: t('drill.start'), width: '164px', cell: ({ start }) => <span className="num">{dayTime(start)}</span> },
      { id: 'state', header: t('drill.state'), width: '116px', cell: ({ phase }) => <Phase phase={phase} /> },
      {
        id: 'unit',
        header: t('drill.unit'),
        width: 'minmax(0, 1fr)',
        cell: ({ unit, reason }) => <span className="text">{`${units.name(unit)} · ${reason}`}</span>,
      },
      { id: 'signed', header: t('drill.signedAt'), width: '92px', right: true, cell: ({ counts }) => <Signed counts={counts} /> },
    ],
    [t, units],
  )
}

function List({ rows, chosen, choose }: { rows: readonly Row[]; chosen: string | undefined; choose: (id: string) => void }) {
  const { t } = useTranslation()
  const units = useUnits()
  const columns = useColumns()
  return (
    <Grid
      label={t('nav.drills')}
      rows={rows}
      id={({ id }) => id}
      columns={columns}
      chosen={chosen}
      choose={({ id }) => choose(id)}
      empty={<Empty title={t('drill.empty')}>{t('drill.emptyHow')}</Empty>}
      narrow={(row) => (
        <>
          <div>
            <b className="text">{units.name(row.unit)}</b>
            <Phase phase={row.phase} />
          </div>
          <div>
            <span className="text">
              {dayTime(row.start)} · {row.reason}
            </span>
            <span>
              {row.counts.units > 0 ? t('drill.signedAt') : ''} <Signed counts={row.counts} />
            </span>
          </div>
        </>
      )}
    />
  )
}

function Start({ control }: { control: Control }) {
  const { t } = useTranslation()
  return (
    <>
      <Moment {...control} />
      <p className="hint">{t('field.atHow')}</p>
    </>
  )
}

const controls: FormHints['controls'] = {
  at: (control) => <Start control={control} />,
  time: (control) => <DayField control={control} type="time" />,
  from: (control) => <DayField control={control} />,
  until: (control) => <DayField control={control} />,
}
const words = { weekdays: 'weekday' }

/** Holding a drill, once or again and again: of the own unit, or of a sub-bureau below it. */
function Plan({ done }: { done: (made: { drill: string } | { series: string }) => void }) {
  const me = useMe()
  const units = useUnits()
  const [id, setId] = useState(newId)
  const offers = useMemo<readonly Offer[]>(() => {
    const own = unitsOf(me, allowed.planDrill)
    const reach = new Set(own.flatMap((code) => units.under(code).map((one) => one.code)))
    const choice = unitOptions(units, ({ code, kind }) => reach.has(code) && (kind === 'bureau' || kind === 'subBureau'))
    const hints = { units: choice, controls, words, initial: { unit: own[0], limitSeconds: usualSeconds } }
    const until = lastDay(new Date(serverNow()).toISOString())
    return [
      { type: 'planDrill', schema: commands.planDrill, key: 'n', hints },
      {
        type: 'planSeries',
        stream: `drill-series:${id}`,
        schema: commands.planSeries,
        key: 'w',
        hints: { ...hints, initial: { ...hints.initial, until } },
      },
    ]
  }, [me, units, id])
  if (!holds(me, allowed.planDrill)) return null
  const next = (type: string) => {
    done(type === 'planSeries' ? { series: id } : { drill: id })
    setId(newId())
  }
  return <Actions module="dispatch" stream={`drill:${id}`} can={{ planDrill: true, planSeries: true }} offers={offers} done={next} />
}

/** What is open beside the lists: a drill, or a series of them; the newest drill where nothing was chosen and there is room. */
function useChosen(rows: readonly Row[], unit: string) {
  const narrow = useNarrow()
  const [{ drill, series: asked }] = useAddress(drillsSearch)
  const leads = holds(useMe(), allowed.planSeries)
  const all = useSeries(unit, leads)
  const series = all.data?.rows.find(({ id }) => id === asked)
  const id = drill ?? (narrow || asked !== undefined ? undefined : rows[0]?.id)
  return { leads, all, series, asked: asked !== undefined && all.data !== undefined, id }
}

/** Drills of a unit, planned, running and past, those that come back, and beside the lists the report of one. */
export default function Drills() {
  const { t } = useTranslation()
  const narrow = useNarrow()
  const units = useUnits()
  const reached = useReachedUnits(roles)
  const [search, change] = useAddress(drillsSearch)
  const unit = search.unit ?? reached.own
  const view = useView<Views['drills']>('dispatch', 'drills', { unit }, { pace, enabled: units.ready })
  const rows = view.data?.rows ?? none
  const { leads, all, series, asked, id } = useChosen(rows, unit)
  const shown = rows.find((row) => row.id === id)
  const running = shown?.phase === 'running'
  const of = all.data?.rows.find((row) => row.id === shown?.series)
  const choose = (chosen: { drill?: string; series?: string }) => change({ drill: undefined, series: undefined, ...chosen })
  const chosen = series ? (
    <SeriesReport
      row={series}
      runs={rows.filter((row) => row.series === series.id)}
      again={all.again}
      choose={(drill) => choose({ drill })}
    />
  ) : id ? (
    <DrillReport key={`${id} ${running}`} id={id} running={running} series={of && (() => choose({ series: of.id }))} />
  ) : asked ? (
    <Trouble failure={new Failure(404, { code: 'unknown' })} />
  ) : null
  const detail = chosen ? (
    <section className="panel">
      {narrow ? (
        <button type="button" className="plain back" onClick={() => choose({})}>
          {t('shell.back')}
        </button>
      ) : null}
      {chosen}
    </section>
  ) : null
  return (
    <div className="columns drills">
      {narrow && detail ? null : (
        <section className="panel" aria-label={t('nav.drills')}>
          <div className="panel-head">
            <span className="drill-mark">{t('drill.mark')}</span>
            <h1>{t('nav.drills')}</h1>
            <small className="num">{t('drill.count', { count: rows.length })}</small>
            <RunsCsv name={`${t('drill.file')}-${unit}`} rows={rows} />
            <span className="grow" />
            {reached.options.length > 1 ? (
              <div className="unit-choice">
                <Combobox
                  label={t('board.unit')}
                  value={unit}
                  options={reached.options}
                  onChange={(next) => change({ unit: next, drill: undefined, series: undefined })}
                />
              </div>
            ) : null}
          </div>
          {leads ? <SeriesList view={all} chosen={series?.id} choose={(one) => choose({ series: one })} /> : null}
          {view.failure ? <Trouble failure={view.failure} again={view.again} /> : null}
          {units.failure && !units.ready ? <Trouble failure={units.failure} again={units.again} /> : null}
          {view.loading || (!units.ready && !units.failure) ? <Loading /> : null}
          {view.data && !view.failure ? <List rows={rows} chosen={series ? undefined : id} choose={(drill) => choose({ drill })} /> : null}
          <Plan done={choose} />
        </section>
      )}
      {detail}
    </div>
  )
}
