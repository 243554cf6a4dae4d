import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Actions } from '#kernel/web/Actions.tsx'
import { type Column, Grid } from '#kernel/web/Grid.tsx'
import { useReached } from '#kernel/web/reach.ts'
import { useAddress, useNarrow } from '#kernel/web/screen.ts'
import { holds, useMe } from '#kernel/web/session.tsx'
import { DetailHead, Empty, Loading, Trouble } from '#kernel/web/States.tsx'
import { Left, Tag } from '#kernel/web/Tag.tsx'
import { dayTime } from '#kernel/web/time.ts'
import { useUnits } from '#kernel/web/units.ts'
import { useView } from '#kernel/web/view.ts'
import { commands, type Views } from '../contract.ts'
import type { QuestionRow } from '../contract/question.ts'
import { allowed, readers } from '../rules.ts'
import { Limits } from './Limit.tsx'
import { questionsSearch } from './search.ts'
import { UnitChoice } from './UnitChoice.tsx'
import './cases.css'

type One = Views['questions']['rows'][number]
const pace = 1500

/** A type that the force has added has no words of the house: its code stands for it. */
function useKind(): (code: string) => string {
  const { t } = useTranslation()
  return (code) => t(`kind.${code}`, { defaultValue: code })
}

const openLimit = ({ limits }: QuestionRow) => limits.find(({ state }) => state !== 'met' && state !== 'late')

function State({ row }: { row: QuestionRow }) {
  const { t } = useTranslation()
  const next = openLimit(row)
  const climbed = row.limits.some(({ state }) => state === 'breached')
  return (
    <>
      <Tag tone={climbed ? 'alarm' : row.phase === 'explained' ? 'warn' : 'line'}>
        {t(climbed ? 'questions.climbed' : `questionPhase.${row.phase}`)}
      </Tag>{' '}
      {next ? <Left due={next.limit.due} /> : null}
    </>
  )
}

const offers = [
  { type: 'explain', schema: commands.explain, key: 'r', hints: { words: { explanation: 'explanation' } } },
  { type: 'confirmExplanation', schema: commands.confirmExplanation },
  { type: 'rejectExplanation', schema: commands.rejectExplanation },
]

function Detail({ one: { row, can }, again }: { one: One; again: () => void }) {
  const { t } = useTranslation()
  const units = useUnits()
  const kind = useKind()
  const me = useMe()
  const { explained, rejected } = row
  return (
    <section className="panel" aria-label={t('questions.one')}>
      <div className="panel-head">
        <DetailHead>
          {kind(row.incidentKind)} <span className="num">{row.incidentNumber}</span>
        </DetailHead>
      </div>
      <div className="panel-body pad" tabIndex={0}>
        <p className="narrative">{row.narrative}</p>
        <p className="where">
          {row.place} · {units.name(row.station)} · {t('questions.closed', { time: dayTime(row.closed) })}
        </p>
        {rejected ? (
          <p>
            <Tag tone="alarm">{t('questions.rejected')}</Tag> {rejected.reason} ({rejected.by})
          </p>
        ) : null}
        {explained ? (
          <p>
            <Tag tone="warn">{t(`explanation.${explained.explanation}`)}</Tag> {explained.reason} ({explained.by} {dayTime(explained.at)})
          </p>
        ) : null}
        <Limits limits={row.limits} />
        {holds(me, allowed.takeReport) ? (
          <p>
            <Link className="button primary" to="/reports/new" search={{ incident: row.incident }}>
              {t('questions.takeReport')}
            </Link>
          </p>
        ) : null}
      </div>
      <Actions module="cases" stream={row.id} can={can} offers={offers} next={['confirmExplanation']} done={again} />
    </section>
  )
}

function useColumns(): readonly Column<One>[] {
  const { t } = useTranslation()
  const units = useUnits()
  const kind = useKind()
  return [
    { id: 'number', header: t('questions.incident'), width: '140px', cell: ({ row }) => <span className="num">{row.incidentNumber}</span> },
    { id: 'kind', header: t('field.kind'), width: 'minmax(0, 0.6fr)', cell: ({ row }) => <b>{kind(row.incidentKind)}</b> },
    { id: 'narrative', header: t('field.narrative'), width: 'minmax(0, 1.4fr)', cell: ({ row }) => row.narrative },
    { id: 'station', header: t('field.station'), width: 'minmax(0, 0.7fr)', cell: ({ row }) => units.name(row.station) },
    { id: 'state', header: t('cases.due'), width: '240px', cell: ({ row }) => <State row={row} /> },
  ]
}

function Line({ row }: QuestionOf) {
  const kind = useKind()
  return (
    <>
      <div>
        <b className="text">{kind(row.incidentKind)}</b>
        <State row={row} />
      </div>
      <div>
        <span className="num">{row.incidentNumber}</span>
        <span className="text">{row.narrative}</span>
      </div>
    </>
  )
}
type QuestionOf = Pick<One, 'row'>

interface ListProps {
  readonly rows: readonly One[]
  readonly chosen: string | undefined
  readonly choose: (one: One) => void
}
function List({ rows, chosen, choose }: ListProps) {
  const { t } = useTranslation()
  return (
    <Grid
      label={t('questions.title')}
      rows={rows}
      id={({ row }) => row.id}
      columns={useColumns()}
      narrow={({ row }) => <Line row={row} />}
      chosen={chosen}
      choose={choose}
      open={choose}
      empty={<Empty title={t('questions.empty')}>{t('questions.emptyHow')}</Empty>}
    />
  )
}

/** Incidents of a case type that nobody has answered for, the next to fall due first. */
export default function Questions() {
  const { t } = useTranslation()
  const narrow = useNarrow()
  const reached = useReached(readers)
  const [search, change] = useAddress(questionsSearch)
  const unit = search.unit ?? reached.own
  const { data, failure, again } = useView<Views['questions']>('cases', 'questions', { unit }, { pace })
  const rows = data?.rows ?? []
  const asked = rows.find(({ row }) => row.incident === search.incident)
  const chosen = asked ?? (narrow ? undefined : rows[0])
  if (narrow && asked)
    return (
      <div className="columns questions">
        <button type="button" className="button" onClick={() => change({ incident: undefined })}>
          {t('shell.back')}
        </button>
        <Detail one={asked} again={again} />
      </div>
    )
  return (
    <div className="columns questions">
      <section className="panel" aria-label={t('questions.title')}>
        <div className="panel-head">
          <h1>{t('questions.title')}</h1>
          <small className="num" role="status">
            {data ? t('cases.count', { count: rows.length }) : ''}
          </small>
          <span className="grow" />
          <UnitChoice unit={unit} choose={(next) => change({ unit: next, incident: undefined })} />
        </div>
        {failure && !data ? <Trouble failure={failure} again={again} /> : null}
        {!data && !failure ? <Loading /> : null}
        {data ? <List rows={rows} chosen={chosen?.row.id} choose={({ row }) => change({ incident: row.incident })} /> : null}
      </section>
      {narrow || !chosen ? null : <Detail key={chosen.row.id} one={chosen} again={again} />}
    </div>
  )
}
