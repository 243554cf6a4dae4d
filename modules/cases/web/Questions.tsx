import { useTranslation } from 'react-i18next'
import { type Column, Grid } from '#kernel/web/Grid.tsx'
import { useReached } from '#kernel/web/reach.ts'
import { useAddress, useNarrow } from '#kernel/web/screen.ts'
import { Empty, Loading, Trouble } from '#kernel/web/States.tsx'
import { Left, Tag } from '#kernel/web/Tag.tsx'
import { useUnits } from '#kernel/web/units.ts'
import { useView } from '#kernel/web/view.ts'
import type { Views } from '../contract.ts'
import type { QuestionRow } from '../contract/question.ts'
import { readers } from '../rules.ts'
import { QuestionDetail, useKind } from './QuestionDetail.tsx'
import { questionsSearch } from './search.ts'
import { UnitChoice } from './UnitChoice.tsx'
import './cases.css'

type One = Views['questions']['rows'][number]
const pace = 1500

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
        <QuestionDetail one={asked} again={again} />
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
      {narrow || !chosen ? null : <QuestionDetail key={chosen.row.id} one={chosen} again={again} />}
    </div>
  )
}
