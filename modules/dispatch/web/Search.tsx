import { useNavigate } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { type FormEvent, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Combobox } from '#kernel/web/Combobox.tsx'
import { Grid } from '#kernel/web/Grid.tsx'
import { NextPage, usePages } from '#kernel/web/Pages.tsx'
import { useAddress, useNarrow } from '#kernel/web/screen.ts'
import { Empty, Loading, Trouble } from '#kernel/web/States.tsx'
import { useUnits } from '#kernel/web/units.ts'
import { type IncidentRow, searched } from '../contract.ts'
import { BoardDetail } from './BoardDetail.tsx'
import { BoardLine, useColumns } from './BoardColumns.tsx'
import { useKinds } from './kinds.ts'
import { useReachedUnits } from './reach.ts'
import { searchSearch } from './search.ts'
import './dispatch.css'

type Asked = Omit<ReturnType<typeof searchSearch.parse>, 'incident'>
/** What the force's day is: a day begins where the force is, whatever the browser's zone. */
const zone = '+08:00'
const none: readonly IncidentRow[] = []

const paramsOf = (unit: string, { q, kind, state, from, to }: Asked): Record<string, string> => ({
  unit,
  ...(q === undefined ? {} : { q }),
  ...(kind === undefined ? {} : { kinds: kind }),
  ...(state === undefined ? {} : { state }),
  ...(from === undefined ? {} : { since: `${from}T00:00:00${zone}` }),
  // Up to the end of the day that is named.
  ...(to === undefined ? {} : { until: new Date(Date.parse(`${to}T00:00:00${zone}`) + 86_400_000).toISOString() }),
})

interface AskProps {
  readonly search: Asked
  readonly change: (part: Asked) => void
}

/** The words are sent by Enter, everything else as it is chosen. */
function Words({ search, change }: AskProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(search.q ?? '')
  useEffect(() => setTyped(search.q ?? ''), [search.q])
  const send = (event: FormEvent) => {
    event.preventDefault()
    change({ q: typed.trim() || undefined })
  }
  return (
    <form className="words" role="search" onSubmit={send}>
      <Input
        id="search-q"
        aria-label={t('search.q')}
        placeholder={t('search.qHow')}
        value={typed}
        maxLength={100}
        allowClear
        autoFocus
        onChange={(event) => setTyped(event.target.value)}
      />
      <Button type="primary" htmlType="submit">
        {t('search.find')}
      </Button>
    </form>
  )
}

function Filters({ search, change }: AskProps) {
  const { t } = useTranslation()
  const kinds = useKinds()
  // Of old ones a retired type is asked for as well.
  const options = useMemo(() => kinds.known.map(({ code }) => ({ value: code, label: kinds.name(code), hint: code })), [kinds])
  return (
    <div className="filters">
      <div className="kind-choice">
        <Combobox
          label={t('field.kind')}
          placeholder={t('search.anyKind')}
          value={search.kind ?? ''}
          options={options}
          optional
          onChange={(kind) => change({ kind: kind || undefined })}
        />
      </div>
      <select
        aria-label={t('board.phase')}
        value={search.state ?? ''}
        onChange={(event) => change({ state: searched.find((one) => one === event.target.value) })}
      >
        <option value="">{t('search.anyState')}</option>
        {searched.map((one) => (
          <option key={one} value={one}>
            {t(`search.${one}`)}
          </option>
        ))}
      </select>
      <span className="days">
        {(['from', 'to'] as const).map((end) => (
          <label key={end}>
            {t(`search.${end}`)}{' '}
            <input type="date" value={search[end] ?? ''} onChange={(event) => change({ [end]: event.target.value || undefined })} />
          </label>
        ))}
      </span>
    </div>
  )
}

/** Incidents of any time, by what is known of them. What is asked stands in the address, so that it can be sent to somebody. */
export default function Search() {
  const { t } = useTranslation()
  const narrow = useNarrow()
  const navigate = useNavigate()
  const units = useUnits()
  const reached = useReachedUnits()
  const [search, change] = useAddress(searchSearch)
  const unit = search.unit ?? reached.own
  const pages = usePages<IncidentRow>('dispatch', 'search', paramsOf(unit, search))
  const { rows = none, failure } = pages
  const columns = useColumns(unit, units.find(unit)?.kind ?? 'station')
  const ask = (part: Asked) => change({ ...part, incident: undefined })
  const open = (row: IncidentRow) => void navigate({ to: `/incident/${row.id}` })
  const chosen = search.incident ?? (narrow ? undefined : rows[0]?.id)
  return (
    <div className="columns board">
      <section className="panel search" aria-label={t('search.title')}>
        <div className="panel-head">
          <h1>{t('search.title')}</h1>
          <small className="num" role="status">
            {pages.rows ? t(pages.more ? 'search.more' : 'search.count', { count: rows.length }) : ''}
          </small>
          <span className="grow" />
          {reached.options.length > 1 ? (
            <div className="unit-choice">
              <Combobox label={t('board.unit')} value={unit} options={reached.options} onChange={(next) => ask({ unit: next })} />
            </div>
          ) : null}
        </div>
        <div className="asked">
          <Words search={search} change={ask} />
          <Filters search={search} change={ask} />
        </div>
        {failure && rows.length === 0 ? <Trouble failure={failure} again={pages.again} /> : null}
        {pages.loading && !failure ? <Loading /> : null}
        {pages.rows ? (
          <Grid
            label={t('search.title')}
            rows={rows}
            id={(row) => row.id}
            columns={columns}
            narrow={(row) => <BoardLine row={row} unit={unit} />}
            chosen={chosen}
            choose={narrow ? open : (row) => change({ incident: row.id })}
            open={open}
            empty={<Empty title={t('search.empty')}>{t('search.emptyHow')}</Empty>}
          />
        ) : null}
        <NextPage pages={pages}>{t('search.next')}</NextPage>
      </section>
      {narrow ? null : <BoardDetail id={chosen} />}
    </div>
  )
}
