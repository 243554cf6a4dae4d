import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Role } from '#kernel/decider.ts'
import type { Failure } from '#kernel/web/api.ts'
import { Combobox } from '#kernel/web/Combobox.tsx'
import { save } from '#kernel/web/save.ts'
import { useAddress } from '#kernel/web/screen.ts'
import { Empty, Loading, Trouble } from '#kernel/web/States.tsx'
import { useSpan } from '#kernel/web/Tag.tsx'
import { dayTime } from '#kernel/web/time.ts'
import { useUnits } from '#kernel/web/units.ts'
import { useView } from '#kernel/web/view.ts'
import type { Views } from '../contract.ts'
import { type Breakdown, type SpanName, spans, type Statistics as Data } from '../contract/statistics.ts'
import { notesOf, type Say, sheetOf } from './figures.ts'
import { csvOf, xlsxOf } from './files.ts'
import { useKinds } from './kinds.ts'
import { useReachedUnits } from './reach.ts'
import { statisticsSearch } from './search.ts'
import { Doubts, StatisticsTable } from './StatisticsTable.tsx'
import { useAmount } from './wall.ts'
import './statistics.css'

const roles: readonly Role[] = ['citySupervisor', 'subBureauDuty', 'stationDuty']
/** What a unit of each kind can be broken down by; the first is what it is when nothing is chosen. */
const breakdowns: Readonly<Record<string, readonly Breakdown[]>> = {
  bureau: ['subBureau', 'station', 'kind', 'hour', 'day'],
  subBureau: ['station', 'kind', 'hour', 'day'],
}
const ofStation: readonly Breakdown[] = ['day', 'kind', 'hour']

/** What is asked for, as the address says it and as the view wants it. */
function useAsked() {
  const units = useUnits()
  const reached = useReachedUnits(roles)
  const [search, change] = useAddress(statisticsSearch)
  const unit = search.unit ?? reached.own
  const choices = breakdowns[units.find(unit)?.kind ?? ''] ?? ofStation
  const by = choices.find((one) => one === search.by) ?? choices[0] ?? 'day'
  const { of = 'receipt', from, until, imported } = search
  const params = { unit, of, by, ...(from && until ? { from, until } : {}), ...(imported ? { imported } : {}) }
  return { units, options: reached.options, unit, choices, by, of, imported, params, change }
}
type Asked = ReturnType<typeof useAsked>

function useSay(): Say {
  const { t } = useTranslation()
  const [amount, span] = [useAmount(), useSpan()]
  const [units, kinds] = [useUnits(), useKinds()]
  return useMemo(() => {
    const name = (by: Breakdown, key: string | null): string => {
      if (key === null) return t('statistics.noKey')
      if (by === 'kind') return kinds.name(key)
      return by === 'hour' ? t('statistics.hour', { hour: key }) : by === 'day' ? key : units.name(key)
    }
    return { t, amount, span, name }
  }, [t, amount, span, units, kinds])
}

function Choices<Value extends string>(props: {
  label: string
  value: Value
  all: readonly Value[]
  words: string
  change: (value: Value) => void
}) {
  const { t } = useTranslation()
  const { label, value, all, words, change } = props
  return (
    <div className="choices" role="group" aria-label={label}>
      {all.map((one) => (
        <button key={one} type="button" className="choice" aria-pressed={one === value} onClick={() => change(one)}>
          {t(`${words}.${one}`)}
        </button>
      ))}
    </div>
  )
}

function Filters({ asked, data }: { asked: Asked; data: Data | undefined }) {
  const { t } = useTranslation()
  const { of, by, choices, change, imported, params } = asked
  // Both ends are in the address once one of them is chosen: a link must say the same tomorrow.
  const days = { from: params.from ?? data?.from ?? '', until: params.until ?? data?.until ?? '' }
  const choose = (end: 'from' | 'until', value: string) => {
    const next = { ...days, [end]: value }
    change(value === '' ? { from: undefined, until: undefined } : next)
  }
  return (
    <div className="statistics-filters">
      <Choices<SpanName>
        label={t('statistics.of.label')}
        value={of}
        all={spans}
        words="statistics.of"
        change={(next) => change({ of: next })}
      />
      <Choices<Breakdown>
        label={t('statistics.by.label')}
        value={by}
        all={choices}
        words="statistics.by"
        change={(next) => change({ by: next })}
      />
      <span className="days">
        {(['from', 'until'] as const).map((end) => (
          <label key={end}>
            {t(`statistics.${end}`)} <input type="date" value={days[end]} onChange={(event) => choose(end, event.target.value)} />
          </label>
        ))}
      </span>
      <label className="only">
        <input
          type="checkbox"
          checked={imported === 'only'}
          onChange={(event) => change({ imported: event.target.checked ? 'only' : undefined })}
        />{' '}
        {t('statistics.imported')}
      </label>
    </div>
  )
}

/** Both files are of what stands here, from the same answer. */
function Downloads({ data, unit, notes, say }: { data: Data; unit: string; notes: readonly string[]; say: Say }) {
  const { t } = useTranslation()
  const [failed, setFailed] = useState(false)
  const name = `${t('nav.statistics')}-${unit}-${data.of}-${data.by}-${data.from}-${data.until}`
  const csv = () => save(`${name}.csv`, new Blob([csvOf(sheetOf(data, notes, say))], { type: 'text/csv' }))
  const xlsx = async () => {
    setFailed(false)
    try {
      const bytes = await xlsxOf(sheetOf(data, notes, say), { sheet: t('statistics.sheet'), notes: t('statistics.notes') })
      save(`${name}.xlsx`, new Blob([bytes], { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' }))
    } catch {
      setFailed(true)
    }
  }
  return (
    <>
      <Button size="small" onClick={csv}>
        {t('statistics.csv')}
      </Button>
      <Button size="small" onClick={() => void xlsx()}>
        {t('statistics.xlsx')}
      </Button>
      {failed ? (
        <small className="problem" role="alert">
          {t('statistics.notSaved')}
        </small>
      ) : null}
    </>
  )
}

function Figures({ data, notes, say }: { data: Data; notes: readonly string[]; say: Say }) {
  const { t } = useTranslation()
  return (
    <>
      {data.rows.length === 0 ? <Empty title={t('statistics.empty')}>{t('statistics.emptyHow')}</Empty> : null}
      <StatisticsTable data={data} say={say} />
      <Doubts data={data} say={say} />
      <section className="statistics-notes" aria-label={t('statistics.notes')}>
        <h2>{t('statistics.notes')}</h2>
        <ul>
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      </section>
    </>
  )
}

/** What is wrong with the period is said in the server's words; asking again would not mend it. */
function Refused({ failure, again }: { failure: Failure; again: () => void }) {
  if (failure.fields.length === 0) return <Trouble failure={failure} again={again} />
  return (
    <div className="state" role="alert">
      {failure.fields.map(({ path, sentence }) => (
        <p key={path} className="problem">
          {sentence}
        </p>
      ))}
    </div>
  )
}

/** How fast a unit's receipts, arrivals and feedback were over a period; what is asked for stands in the address. */
export default function Statistics() {
  const { t } = useTranslation()
  const say = useSay()
  const asked = useAsked()
  const { unit, units, options, of, params, change } = asked
  const view = useView<Views['statistics']>('dispatch', 'statistics', params, { enabled: units.ready })
  const { data } = view
  const notes = data ? notesOf(data, units.name(unit), dayTime(data.now), say) : []
  return (
    <div className="columns statistics">
      <section className="panel" aria-label={t('statistics.title', { unit: units.name(unit) })}>
        <div className="panel-head">
          <h1>{t('statistics.title', { unit: units.name(unit) })}</h1>
          <small>{t(`statistics.what.${of}`)}</small>
          <span className="grow" />
          {options.length > 1 ? (
            <div className="unit-choice">
              <Combobox label={t('board.unit')} value={unit} options={options} onChange={(next) => change({ unit: next })} />
            </div>
          ) : null}
          {data ? <Downloads data={data} unit={unit} notes={notes} say={say} /> : null}
          <Button size="small" onClick={view.again}>
            {t('statistics.again')}
          </Button>
        </div>
        <Filters asked={asked} data={data} />
        <div className="panel-body">
          {view.failure ? <Refused failure={view.failure} again={view.again} /> : null}
          {view.loading || (!units.ready && !units.failure) ? <Loading /> : null}
          {units.failure && !units.ready ? <Trouble failure={units.failure} again={units.again} /> : null}
          {data && !view.failure ? <Figures data={data} notes={notes} say={say} /> : null}
        </div>
      </section>
    </div>
  )
}
