import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { articleSaid } from '#kernel/statute/told.ts'
import { type Column, Grid } from '#kernel/web/Grid.tsx'
import { useReached } from '#kernel/web/reach.ts'
import { useAddress } from '#kernel/web/screen.ts'
import { Empty, Loading, Trouble } from '#kernel/web/States.tsx'
import { Tag } from '#kernel/web/Tag.tsx'
import { dayTime } from '#kernel/web/time.ts'
import { useTongue } from '#kernel/web/tongue.ts'
import { useUnits } from '#kernel/web/units.ts'
import { useView } from '#kernel/web/view.ts'
import type { LimitRow, Views } from '../contract.ts'
import { readers } from '../rules.ts'
import { Left } from './Limit.tsx'
import { limitsSearch } from './search.ts'
import { UnitChoice } from './UnitChoice.tsx'
import './cases.css'

const pace = 1500

function To({ row }: { row: LimitRow }) {
  if (row.of === 'matter')
    return (
      <Link className="num" to="/case/$id" params={{ id: row.id }} tabIndex={-1}>
        {row.number}
      </Link>
    )
  return (
    <Link className="num" to="/questions" search={{ incident: row.id.slice('question:'.length), unit: row.unit }} tabIndex={-1}>
      {row.number}
    </Link>
  )
}

function Due({ row: { due, breached } }: { row: LimitRow }) {
  return (
    <Tag tone={breached ? 'alarm' : 'calm'}>
      <Left due={due} />
    </Tag>
  )
}

function useWords() {
  const { t } = useTranslation()
  const units = useUnits()
  const { say } = useTongue()
  return {
    cause: ({ of, cause }: LimitRow) => (of === 'matter' ? cause : t(`kind.${cause}`, { defaultValue: cause })),
    rule: ({ rule }: LimitRow) => t(`clock.rule.cases.${rule}`),
    unit: ({ unit }: LimitRow) => units.name(unit),
    law: ({ article }: LimitRow) => (article === 'setting' ? t('limits.own') : articleSaid(article, say)),
  }
}

/** What is under a limit in a unit, what has run out or will first on top. */
export default function LimitsBoard() {
  const { t } = useTranslation()
  const units = useUnits()
  const reached = useReached(readers)
  const [search, change] = useAddress(limitsSearch)
  const unit = search.unit ?? reached.own
  const { data, failure, again } = useView<Views['limits']>('cases', 'limits', { unit }, { pace })
  const words = useWords()
  const columns: readonly Column<LimitRow>[] = [
    { id: 'due', header: t('cases.due'), width: '180px', cell: (row) => <Due row={row} /> },
    { id: 'at', header: t('limits.at'), width: '160px', cell: ({ due }) => <span className="num">{dayTime(due)}</span> },
    { id: 'rule', header: t('limits.rule'), width: 'minmax(0, 1.2fr)', cell: (row) => <b>{words.rule(row)}</b> },
    { id: 'number', header: t('cases.number'), width: '190px', cell: (row) => <To row={row} /> },
    { id: 'cause', header: t('field.cause'), width: 'minmax(0, 0.8fr)', cell: words.cause },
    { id: 'unit', header: t('field.unit'), width: 'minmax(0, 0.7fr)', cell: words.unit },
    { id: 'law', header: t('limits.law'), width: 'minmax(0, 1.2fr)', cell: words.law },
  ]
  return (
    <section className="panel limits" aria-label={t('limits.title')}>
      <div className="panel-head">
        <h1>{t('limits.title')}</h1>
        <small className="num" role="status">
          {data ? t('limits.count', { count: data.rows.length, over: data.rows.filter(({ breached }) => breached).length }) : ''}
        </small>
        <span className="grow" />
        <UnitChoice unit={unit} choose={(next) => change({ unit: next })} />
      </div>
      {failure && !data ? <Trouble failure={failure} again={again} /> : null}
      {!data && !failure ? <Loading /> : null}
      {data ? (
        <Grid
          label={t('limits.title')}
          rows={data.rows}
          id={(row) => `${row.id} ${row.rule} ${row.subject ?? ''}`}
          columns={columns}
          narrow={(row) => (
            <>
              <div>
                <Due row={row} />
                <b className="text">{words.rule(row)}</b>
              </div>
              <div>
                <To row={row} />
                <span className="text">
                  {words.cause(row)} · {words.unit(row)}
                </span>
              </div>
            </>
          )}
          empty={<Empty title={t('limits.empty')}>{t('limits.emptyHow', { unit: units.name(unit) })}</Empty>}
        />
      ) : null}
    </section>
  )
}
