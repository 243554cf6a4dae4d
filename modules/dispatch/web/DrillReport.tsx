import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Actions, type Can, type Offer } from '#kernel/web/Actions.tsx'
import { save } from '#kernel/web/save.ts'
import { useNarrow } from '#kernel/web/screen.ts'
import { DetailHead, Empty, Loading, Trouble } from '#kernel/web/States.tsx'
import { Tag, type Tone, useSpan } from '#kernel/web/Tag.tsx'
import { clockTime, dayTime } from '#kernel/web/time.ts'
import { type Units, useUnits } from '#kernel/web/units.ts'
import { useView } from '#kernel/web/view.ts'
import type { DrillCounts, DrillPhase, DrillUnit } from '../contract/drill.ts'
import { commands, type Views } from '../contract.ts'
import { type DrillGroup, type DrillResult, drillSheet, groupsOf, onDrills, resultOf, tookOf } from './drills.ts'
import { csvOf } from './files.ts'
import { channelsOf, markOf, reachesOf } from './reaches.ts'

type Report = Views['drill']
const pace = 1500
/** Shows the series that it is a run of, where the reader may see that. */
type Open = (() => void) | undefined

const phaseTone: Readonly<Record<DrillPhase, Tone>> = {
  planned: 'calm',
  running: 'warn',
  ended: 'good',
  cancelled: 'calm',
  missed: 'alarm',
}
export function Phase({ phase }: { phase: DrillPhase }) {
  const { t } = useTranslation()
  return <Tag tone={phaseTone[phase]}>{t(`drill.phase.${phase}`)}</Tag>
}

/** How many of those who are to sign have. */
export function Signed({ counts }: { counts: DrillCounts }) {
  const { t } = useTranslation()
  if (counts.units === 0) return null
  return <span className="num">{t('drill.signedOf', { signed: counts.within + counts.late, units: counts.units })}</span>
}

const tones: Readonly<Record<DrillResult, Tone>> = { within: 'good', late: 'warn', silent: 'alarm', waiting: 'calm' }
function Result({ result }: { result: DrillResult }) {
  const { t } = useTranslation()
  return <Tag tone={tones[result]}>{t(`drill.${result}`)}</Tag>
}

const results: readonly DrillResult[] = ['within', 'late', 'silent', 'waiting']
/** How many of each there are; what there is none of is not named, but for who was in time and who was not. */
function Tally({ groups }: { groups: readonly Pick<DrillGroup, 'units' | 'counts'>[] }) {
  const { t } = useTranslation()
  const sum = (of: DrillResult | 'delivered') => groups.reduce((all, { counts }) => all + counts[of], 0)
  const units = groups.reduce((all, group) => all + group.units.length, 0)
  const named = results.filter((result) => result === 'within' || sum(result) > 0)
  return (
    <span className="tally num">
      <span>{t('drill.perUnit', { units })}</span> <span>{`${t('drill.delivered')} ${sum('delivered')}`}</span>{' '}
      {named.map((result) => (
        <span key={result}>{`${t(`drill.${result}`)} ${sum(result)} `}</span>
      ))}
    </span>
  )
}

/** The texts of one unit's line. */
function useSaid({ row }: Report) {
  const { t } = useTranslation()
  const span = useSpan()
  const units = useUnits()
  return (unit: DrillUnit) => {
    const took = tookOf(row, unit)
    return {
      name: units.name(unit.unit),
      delivered: channelsOf(unit).map((channel) => {
        const mark = markOf(unit, channel)
        return `${t(`drill.channel.${channel}`)} ${mark ? clockTime(mark.at) : '—'}`
      }),
      signed: unit.signed ? `${clockTime(unit.signed.at)} ${t(`drill.channel.${unit.signed.channel}`)}` : '—',
      by: unit.signed?.by ?? '',
      took: took === null ? '' : span(took),
      result: resultOf(row, unit),
    }
  }
}

function Table({ report, groups, units }: { report: Report; groups: readonly DrillGroup[]; units: Units }) {
  const { t } = useTranslation()
  const said = useSaid(report)
  const head = ['ofUnit', 'delivered', 'signedAt', 'by', 'took', 'result'] as const
  return (
    <table className="drill-units num">
      <thead>
        <tr>
          {head.map((column) => (
            <th key={column} scope="col">
              {t(`drill.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      {groups.map((group) => (
        <tbody key={group.subBureau}>
          <tr>
            <th scope="rowgroup" colSpan={head.length}>
              <b>{units.name(group.subBureau)}</b>
              <Tally groups={[group]} />
            </th>
          </tr>
          {group.units.map((unit) => {
            const line = said(unit)
            return (
              <tr key={unit.unit} data-unit={unit.unit}>
                <th scope="row">{line.name}</th>
                <td>
                  {line.delivered.map((text) => (
                    <div key={text}>{text}</div>
                  ))}
                </td>
                <td>{line.signed}</td>
                <td>{line.by}</td>
                <td>{line.took}</td>
                <td>
                  <Result result={line.result} />
                </td>
              </tr>
            )
          })}
        </tbody>
      ))}
    </table>
  )
}

function Cards({ report, groups, units }: { report: Report; groups: readonly DrillGroup[]; units: Units }) {
  const { t } = useTranslation()
  const said = useSaid(report)
  return (
    <ul className="drill-cards num">
      {groups.flatMap((group) => [
        <li key={`group ${group.subBureau}`} className="group">
          <b>{units.name(group.subBureau)}</b>
          <div>
            <Tally groups={[group]} />
          </div>
        </li>,
        ...group.units.map((unit) => {
          const line = said(unit)
          return (
            <li key={unit.unit} data-unit={unit.unit}>
              <div>
                <span>{line.name}</span>
                <Result result={line.result} />
              </div>
              <small>
                {t('drill.delivered')} {line.delivered.join(' · ')} · {t('drill.signedAt')} {line.signed} {line.by} {line.took}
              </small>
            </li>
          )
        }),
      ])}
    </ul>
  )
}

/** How far each channel came, apart from who signed. */
function Channels({ report: { row, units } }: { report: Report }) {
  const { t } = useTranslation()
  const head = ['byChannel', 'total', 'delivered', 'reachedWithin', 'when'] as const
  return (
    <table className="drill-channels num">
      <thead>
        <tr>
          {head.map((column) => (
            <th key={column} scope="col">
              {t(`drill.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {reachesOf(row, units).map(({ channel, units: rung, reached, within, first, last }) => (
          <tr key={channel} data-channel={channel}>
            <th scope="row">{t(`drill.channel.${channel}`)}</th>
            <td>{rung}</td>
            <td>{reached}</td>
            <td>{within}</td>
            <td>{first && last ? `${clockTime(first)} – ${clockTime(last)}` : '—'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Facts({ report: { row }, groups, units, series }: { report: Report; groups: readonly DrillGroup[]; units: Units; series: Open }) {
  const { t } = useTranslation()
  const span = useSpan()
  return (
    <div className="drill-facts">
      <p>
        {t('drill.start')} <span className="num">{dayTime(row.started?.at ?? row.start)}</span> · {t('drill.limit')}{' '}
        {span(row.limitSeconds * 1000)} · {t('drill.heldBy', { unit: units.name(row.unit), reason: row.reason })}
      </p>
      <p>{t('drill.plannedBy', { by: row.planned.by, time: dayTime(row.planned.at) })}</p>
      {row.series === undefined ? null : (
        <p>
          {t('series.runOf')}{' '}
          {series ? (
            <button type="button" className="plain" onClick={series}>
              {t('series.open')}
            </button>
          ) : null}
        </p>
      )}
      {row.started?.late ? <p>{t('drill.startedLate', { time: dayTime(row.started.at) })}</p> : null}
      {row.missed ? <p>{t(`drill.why.${row.missed}`)}</p> : null}
      {row.cancelled ? (
        <p>{t('drill.cancelledBy', { by: row.cancelled.by, time: dayTime(row.cancelled.at), reason: row.cancelled.reason })}</p>
      ) : null}
      {groups.length > 0 ? <Tally groups={groups} /> : null}
      <small>{t('drill.apart')}</small>
    </div>
  )
}

function useDrillOffers({ unit }: Report): readonly Offer[] {
  const units = useUnits()
  const own = unit === null ? [] : [{ value: unit, label: units.name(unit) }]
  return [
    { type: 'signDrill', schema: commands.signDrill, hints: { units: own, initial: { unit } } },
    { type: 'cancelDrill', schema: commands.cancelDrill, key: 'k' },
  ]
}

function Whole({ report, series, again }: { report: Report; series: Open; again: () => void }) {
  const { t } = useTranslation()
  const narrow = useNarrow()
  const units = useUnits()
  const offers = useDrillOffers(report)
  const { row } = report
  const groups = groupsOf(row, report.units)
  const name = `${t('nav.drills')}-${row.unit}-${row.start.slice(0, 16).replaceAll(':', '')}.csv`
  const csv = () => save(name, new Blob([csvOf(drillSheet(report, { t, name: units.name }))], { type: 'text/csv' }))
  return (
    <>
      <div className="panel-head">
        <span className="drill-mark">{t('drill.mark')}</span>
        <DetailHead>{units.name(row.unit)}</DetailHead>
        <Phase phase={row.phase} />
        <span className="grow" />
        {groups.length > 0 ? (
          <Button size="small" onClick={csv}>
            {t('drill.csv')}
          </Button>
        ) : null}
      </div>
      {/* A report longer than its place is scrolled by keyboard, too. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="panel-body" role="region" aria-label={t('drill.report')} tabIndex={0}>
        <Facts report={report} groups={groups} units={units} series={series} />
        {groups.length > 0 ? <Channels report={report} /> : null}
        {row.phase === 'planned' ? <Empty title={t('drill.noUnits')}>{t('drill.noUnitsHow')}</Empty> : null}
        {groups.length > 0 && narrow ? <Cards report={report} groups={groups} units={units} /> : null}
        {groups.length > 0 && !narrow ? <Table report={report} groups={groups} units={units} /> : null}
      </div>
      <Actions module="dispatch" stream={`drill:${row.id}`} can={report.can as Can} offers={offers} done={again} />
    </>
  )
}

/** One drill: who was reached when and by what, who signed within the limit, late or not at all, by sub-bureau. While it runs it is read again and again. */
export function DrillReport({ id, running, series }: { id: string; running: boolean; series: Open }) {
  const view = useView<Report>('dispatch', 'drill', { id }, running ? { pace } : { apply: onDrills })
  const { data, failure, loading, again } = view
  if (failure) return <Trouble failure={failure} again={again} />
  if (loading || !data) return <Loading />
  return <Whole report={data} series={series} again={again} />
}
