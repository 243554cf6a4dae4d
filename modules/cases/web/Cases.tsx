import { Link, useNavigate } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { type FormEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Column, Grid } from '#kernel/web/Grid.tsx'
import { NextPage, usePages } from '#kernel/web/Pages.tsx'
import { useReached } from '#kernel/web/reach.ts'
import { useAddress, useNarrow } from '#kernel/web/screen.ts'
import { holds, useMe } from '#kernel/web/session.tsx'
import { Empty, Loading, Trouble } from '#kernel/web/States.tsx'
import { Left, Tag } from '#kernel/web/Tag.tsx'
import { dayTime } from '#kernel/web/time.ts'
import { useUnits } from '#kernel/web/units.ts'
import type { MatterRow } from '../contract.ts'
import { phases, sources } from '../contract/parts.ts'
import { allowed, readers } from '../rules.ts'
import { PhaseTag } from './PhaseTag.tsx'
import { casesSearch } from './search.ts'
import { UnitChoice } from './UnitChoice.tsx'
import './cases.css'

/** A list is read again at most this often. */
const pace = 1500

/** What ends next of a matter. */
function Next({ row }: { row: MatterRow }) {
  const [next] = row.limits
    .filter(({ state }) => state === 'running' || state === 'warned' || state === 'breached')
    .toSorted((a, b) => a.limit.due.localeCompare(b.limit.due))
  if (next === undefined) return null
  return (
    <Tag tone={next.state === 'breached' ? 'alarm' : next.state === 'warned' ? 'warn' : 'calm'}>
      <Left due={next.limit.due} />
    </Tag>
  )
}

function useColumns(): readonly Column<MatterRow>[] {
  const { t } = useTranslation()
  const units = useUnits()
  return [
    {
      id: 'number',
      header: t('cases.number'),
      width: '190px',
      cell: (row) => (
        <Link className="num" to="/case/$id" params={{ id: row.id }} tabIndex={-1}>
          {row.caseNumber ?? row.number}
        </Link>
      ),
    },
    { id: 'phase', header: t('cases.phase'), width: '120px', cell: ({ phase }) => <PhaseTag phase={phase} /> },
    { id: 'cause', header: t('field.cause'), width: 'minmax(0, 0.8fr)', cell: ({ cause }) => <b>{cause}</b> },
    { id: 'gist', header: t('report.narrative'), width: 'minmax(0, 1.6fr)', cell: ({ gist }) => gist },
    { id: 'unit', header: t('field.unit'), width: 'minmax(0, 0.7fr)', cell: ({ unit }) => units.name(unit) },
    { id: 'due', header: t('cases.due'), width: '168px', cell: (row) => <Next row={row} /> },
    {
      id: 'registered',
      header: t('cases.registered'),
      width: '160px',
      cell: (row) => <span className="num">{dayTime(row.registered)}</span>,
    },
  ]
}

function Words({ q, find }: { q: string; find: (q: string | undefined) => void }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(q)
  useEffect(() => setTyped(q), [q])
  const send = (event: FormEvent) => {
    event.preventDefault()
    find(typed.trim() || undefined)
  }
  return (
    <form className="words" role="search" onSubmit={send}>
      <Input
        aria-label={t('cases.find')}
        placeholder={t('cases.findHow')}
        value={typed}
        maxLength={100}
        allowClear
        onChange={(event) => setTyped(event.target.value)}
      />
      <Button htmlType="submit">{t('search.find')}</Button>
    </form>
  )
}

type Asked = ReturnType<typeof casesSearch.parse>

function Filters({ search, change }: { search: Asked; change: (part: Asked) => void }) {
  const { t } = useTranslation()
  return (
    <div className="filters">
      <select
        aria-label={t('cases.phase')}
        value={search.phase ?? ''}
        onChange={(event) => change({ phase: phases.find((one) => one === event.target.value) })}
      >
        <option value="">{t('cases.anyPhase')}</option>
        {phases.map((one) => (
          <option key={one} value={one}>
            {t(`matterPhase.${one}`)}
          </option>
        ))}
      </select>
      <select
        aria-label={t('report.source')}
        value={search.source ?? ''}
        onChange={(event) => change({ source: sources.find((one) => one === event.target.value) })}
      >
        <option value="">{t('cases.anySource')}</option>
        {sources.map((one) => (
          <option key={one} value={one}>
            {t(`reportSource.${one}`)}
          </option>
        ))}
      </select>
    </div>
  )
}

const without = (given: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined))

/** The newest matters of a unit, or what is found by words or a number. */
const useRows = (unit: string, { phase, source, q }: Asked) =>
  usePages<MatterRow>('cases', q === undefined ? 'list' : 'search', without(q === undefined ? { unit, phase, source } : { unit, q }), {
    ...(q === undefined && { pace }),
  })

/** Reports and cases of a unit. What is asked stands in the address. */
export default function Cases() {
  const { t } = useTranslation()
  const narrow = useNarrow()
  const navigate = useNavigate()
  const me = useMe()
  const units = useUnits()
  const reached = useReached(readers)
  const [search, change] = useAddress(casesSearch)
  const unit = search.unit ?? reached.own
  const pages = useRows(unit, search)
  const { rows, failure, loading, again } = pages
  const columns = useColumns()
  const open = (row: MatterRow) => void navigate({ to: `/case/${row.id}` })
  return (
    <div className="columns">
      <section className="panel cases" aria-label={t('cases.title')}>
        <div className="panel-head">
          <h1>{t('cases.title')}</h1>
          <small className="num" role="status">
            {rows ? t(pages.more ? 'cases.countMore' : 'cases.count', { count: rows.length }) : ''}
          </small>
          <span className="grow" />
          {holds(me, allowed.takeReport) ? (
            <Link className="button primary" to="/reports/new">
              {t('nav.report')}
            </Link>
          ) : null}
          <UnitChoice unit={unit} choose={(next) => change({ unit: next })} />
        </div>
        <div className="asked">
          <Words q={search.q ?? ''} find={(q) => change({ q })} />
          {search.q === undefined ? <Filters search={search} change={change} /> : null}
        </div>
        {failure && !rows ? <Trouble failure={failure} again={again} /> : null}
        {loading && !failure ? <Loading /> : null}
        {rows ? (
          <Grid
            label={t('cases.title')}
            rows={rows}
            id={(row) => row.id}
            columns={columns}
            narrow={(row) => (
              <>
                <div>
                  <b className="text">{row.cause}</b>
                  <PhaseTag phase={row.phase} />
                  <Next row={row} />
                </div>
                <div>
                  <span className="num">{row.caseNumber ?? row.number}</span>
                  <span className="text">{row.gist}</span>
                </div>
              </>
            )}
            {...(narrow && { choose: open })}
            open={open}
            empty={<Empty title={t('cases.empty')}>{t('cases.emptyHow', { unit: units.name(unit) })}</Empty>}
          />
        ) : null}
        <NextPage pages={pages}>{t('search.next')}</NextPage>
      </section>
    </div>
  )
}
