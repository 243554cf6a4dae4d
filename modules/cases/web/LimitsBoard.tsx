import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { articleSaid } from '#kernel/statute/told.ts'
import { type Column, Grid } from '#kernel/web/Grid.tsx'
import { NextPage, usePages } from '#kernel/web/Pages.tsx'
import { useReached } from '#kernel/web/reach.ts'
import { useAddress } from '#kernel/web/screen.ts'
import { Empty, Loading, Trouble } from '#kernel/web/States.tsx'
import { Left, Tag, type Tone } from '#kernel/web/Tag.tsx'
import { dayTime } from '#kernel/web/time.ts'
import { useTongue } from '#kernel/web/tongue.ts'
import { useUnits } from '#kernel/web/units.ts'
import { useView } from '#kernel/web/view.ts'
import type { Views } from '../contract.ts'
import { type Counts, type LimitRow, type OpenState, openStates } from '../contract/board.ts'
import { readers } from '../rules.ts'
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

const tones: Readonly<Record<OpenState, Tone>> = { running: 'calm', warned: 'warn', breached: 'alarm' }

function Due({ row: { due, state } }: { row: LimitRow }) {
  return (
    <Tag tone={tones[state]}>
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

function useColumns(): readonly Column<LimitRow>[] {
  const { t } = useTranslation()
  const words = useWords()
  return [
    { id: 'due', header: t('cases.due'), width: '180px', cell: (row) => <Due row={row} /> },
    { id: 'at', header: t('limits.at'), width: '160px', cell: ({ due }) => <span className="num">{dayTime(due)}</span> },
    { id: 'rule', header: t('limits.rule'), width: 'minmax(0, 1.3fr)', cell: (row) => <b>{words.rule(row)}</b> },
    { id: 'number', header: t('cases.number'), width: '190px', cell: (row) => <To row={row} /> },
    { id: 'cause', header: t('field.cause'), width: 'minmax(0, 0.7fr)', cell: words.cause },
    { id: 'unit', header: t('field.unit'), width: 'minmax(104px, 0.6fr)', cell: words.unit },
    { id: 'law', header: t('limits.law'), width: 'minmax(0, 1fr)', cell: words.law },
  ]
}

const worst = openStates.toReversed()

function Totals({ counts }: { counts: Counts }) {
  const { t } = useTranslation()
  return (
    <span className="totals num" role="status">
      {worst.map((state) => (
        <Tag key={state} tone={counts[state] > 0 ? tones[state] : 'calm'}>
          {t(`limits.of.${state}`, { count: counts[state] })}
        </Tag>
      ))}
    </span>
  )
}

type PerUnit = Views['limitCounts']['units']

/** How it stands at each unit below, what is worst on top; one of them chosen is the next board. */
function Tally({ rows, choose }: { rows: PerUnit; choose: (unit: string) => void }) {
  const { t } = useTranslation()
  const units = useUnits()
  return (
    <section className="panel tally" aria-label={t('limits.byUnit')}>
      <div className="panel-head">
        <h2>{t('limits.byUnit')}</h2>
      </div>
      <div className="panel-body" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('field.unit')}</th>
              {worst.map((state) => (
                <th key={state} scope="col">
                  {t(`limitState.${state}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ unit, ...counts }) => (
              <tr key={unit}>
                <th scope="row">
                  <button type="button" className="plain" onClick={() => choose(unit)}>
                    {units.name(unit)}
                  </button>
                </th>
                {worst.map((state) => (
                  <td key={state} className={counts[state] > 0 ? `num ${tones[state]}` : 'num'}>
                    {counts[state]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

/** The unit above, where it is the reader's as well. */
function Up({ unit, choose }: { unit: string; choose: (unit: string) => void }) {
  const { t } = useTranslation()
  const units = useUnits()
  const { options } = useReached(readers)
  const above = units.find(unit)?.parent
  if (above === null || above === undefined || !options.some(({ value }) => value === above)) return null
  return (
    <button type="button" className="plain" onClick={() => choose(above)}>
      {t('limits.up', { unit: units.name(above) })}
    </button>
  )
}

function List({ unit }: { unit: string }) {
  const { t } = useTranslation()
  const units = useUnits()
  const pages = usePages<LimitRow>('cases', 'limits', { unit }, { by: 'after', pace })
  const words = useWords()
  const columns = useColumns()
  const { rows, failure, again } = pages
  if (rows === undefined) return failure ? <Trouble failure={failure} again={again} /> : <Loading />
  return (
    <>
      <Grid
        label={t('limits.title')}
        rows={rows}
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
      <NextPage pages={pages}>{t('limits.next')}</NextPage>
    </>
  )
}

/** What is under a limit in a unit, what has run out or will first on top, and how it stands at each unit below it. */
export default function LimitsBoard() {
  const { t } = useTranslation()
  const reached = useReached(readers)
  const [search, change] = useAddress(limitsSearch)
  const unit = search.unit ?? reached.own
  const { data: counts } = useView<Views['limitCounts']>('cases', 'limitCounts', { unit }, { pace })
  const choose = (next: string) => change({ unit: next })
  const below = counts !== undefined && counts.units.length > 0
  return (
    <div className={below ? 'columns limits' : 'columns'}>
      {below ? <Tally rows={counts.units} choose={choose} /> : null}
      <section className="panel" aria-label={t('limits.title')}>
        <div className="panel-head">
          <h1>{t('limits.title')}</h1>
          {counts ? <Totals counts={counts.total} /> : null}
          <span className="grow" />
          <Up unit={unit} choose={choose} />
          <UnitChoice unit={unit} choose={choose} />
        </div>
        <List key={unit} unit={unit} />
      </section>
    </div>
  )
}
