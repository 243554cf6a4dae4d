import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Day } from '#kernel/calendar/day.ts'
import { views } from '#kernel/web/live.ts'
import { useAddress } from '#kernel/web/screen.ts'
import { holds, useMe } from '#kernel/web/session.tsx'
import { Loading, Trouble } from '#kernel/web/States.tsx'
import { Sign, Tag } from '#kernel/web/Tag.tsx'
import { dayName, dayTime, serverNow } from '#kernel/web/time.ts'
import { useView } from '#kernel/web/view.ts'
import type { Views } from '../contract.ts'
import type { CalendarVersion, CalendarView } from '../contract/calendar.ts'
import { changedDays, type Marks, marksOf } from '../rules/notice.ts'
import { allowed } from '../rules.ts'
import { type Brush, CalendarForm } from './CalendarForm.tsx'
import { Months } from './Months.tsx'
import { Reckon } from './Reckon.tsx'
import { calendarSearch } from './search.ts'
import './staff.css'
import './calendar.css'

const none: Marks = new Map()

/** What of a version differs from the one before it. */
function Change({ version, before }: { version: CalendarVersion; before: CalendarVersion | undefined }) {
  const { t } = useTranslation()
  if (before === undefined) return null
  const days = changedDays(marksOf(before.table), marksOf(version.table))
  return (
    <div>
      {days.length === 0
        ? t('calendar.sameDays')
        : t('calendar.changedDays', { days: days.map((day) => day.slice(5)).join(t('shell.comma')) })}
    </div>
  )
}

function History({ versions }: { versions: readonly CalendarVersion[] }) {
  const { t } = useTranslation()
  return (
    <ul className="grants">
      {versions.map((version, at) => (
        <li key={version.table.n}>
          <b>{version.table.source}</b> {at === 0 ? <Tag tone="good">{t('setting.inForce')}</Tag> : null}
          <Change version={version} before={versions[at + 1]} />
          <div className="muted">
            {version.at === null ? (
              t('calendar.built')
            ) : (
              <>
                <span className="num">{dayTime(version.at)}</span> · {version.by} · {version.reason}
              </>
            )}
          </div>
        </li>
      ))}
    </ul>
  )
}

function Facts({ version }: { version: CalendarVersion }) {
  const { t } = useTranslation()
  const { source, verified, holidays, workdays } = version.table
  return (
    <dl className="facts">
      <dt>{t('field.notice')}</dt>
      <dd>
        {source} <Tag tone={verified === 'yes' ? 'good' : 'warn'}>{t(`limit.verified.${verified}`)}</Tag>
      </dd>
      <dt>{t('calendar.offDays')}</dt>
      <dd>
        {holidays.map(({ name, from, to }) => (
          <div key={from}>
            {t(`holiday.${name}`)} <span className="num">{from === to ? from.slice(5) : `${from.slice(5)} – ${to.slice(5)}`}</span>
          </div>
        ))}
      </dd>
      <dt>{t('calendar.workDays')}</dt>
      <dd>
        {workdays.map((day) => (
          <div key={day}>{dayName(day)}</div>
        ))}
      </dd>
    </dl>
  )
}

interface YearPickProps {
  readonly year: number
  readonly known: CalendarView['years']
  readonly disabled: boolean
  readonly pick: (year: number) => void
}
function YearPick({ year, known, disabled, pick }: YearPickProps) {
  const { t } = useTranslation()
  const published = new Set(known.map((one) => one.year))
  const last = Math.max(year, new Date(serverNow()).getUTCFullYear() + 2, ...published)
  const first = Math.min(year, ...published)
  const years = Array.from({ length: last - first + 1 }, (_, index) => last - index)
  return (
    <select aria-label={t('calendar.year')} value={year} disabled={disabled} onChange={(event) => pick(Number(event.target.value))}>
      {years.map((one) => (
        <option key={one} value={one}>
          {published.has(one) ? one : t('calendar.unpublishedYear', { year: one })}
        </option>
      ))}
    </select>
  )
}

/** A year as it is, and as it is being set. */
function useDraft(version: CalendarVersion | undefined) {
  const [draft, setDraft] = useState<Marks | null>(null)
  const [brush, setBrush] = useState<Brush>('other')
  const kept = useMemo(() => (version ? marksOf(version.table) : none), [version])
  const choose = (day: Day) => {
    const next = new Map(draft ?? kept)
    if (brush === 'none' || next.get(day) === brush) next.delete(day)
    else next.set(day, brush)
    setDraft(next)
  }
  return { draft, setDraft, brush, setBrush, kept, choose }
}

function Year({ data, settled }: { data: CalendarView; settled: (sets: boolean) => void }) {
  const { t } = useTranslation()
  const me = useMe()
  const { year, versions, years } = data
  const [version] = versions
  const { draft, setDraft, brush, setBrush, kept, choose } = useDraft(version)
  const calendar = useMemo(() => new Map(years.map((one) => [one.year, one])), [years])
  const put = (marks: Marks | null) => {
    setDraft(marks)
    settled(marks === null)
  }
  const done = (set: boolean) => {
    put(null)
    if (set) void views.invalidateQueries({ queryKey: ['staff', 'calendar'] })
  }
  return (
    <>
      <div className="panel-body pad-staff calendar-year" tabIndex={0}>
        {version === undefined ? (
          <p className="calendar-gap">
            <Sign tone="warn" /> {t('calendar.unpublished', { year })}
          </p>
        ) : null}
        <Months year={year} marks={draft ?? kept} published={version !== undefined || draft !== null} choose={draft ? choose : undefined} />
      </div>
      <div className="panel-body pad-staff calendar-side" tabIndex={0}>
        {draft ? (
          <CalendarForm
            year={year}
            seen={version?.table.n ?? 0}
            source={version?.table.source}
            verified={version?.table.verified}
            marks={draft}
            setMarks={setDraft}
            brush={brush}
            setBrush={setBrush}
            done={done}
          />
        ) : (
          <>
            {version ? <Facts version={version} /> : null}
            {holds(me, allowed.setCalendar) ? (
              <Button type="primary" onClick={() => put(kept)}>
                {t(version ? 'calendar.correct' : 'action.setCalendar')}
              </Button>
            ) : null}
            {version ? (
              <>
                <h2>{t('calendar.history')}</h2>
                <History versions={versions} />
              </>
            ) : null}
            <Reckon calendar={calendar} />
          </>
        )}
      </div>
    </>
  )
}

/** Days off and working weekends of a year, by which the limits of the law are counted. */
export default function Calendar() {
  const { t } = useTranslation()
  const [search, change] = useAddress(calendarSearch)
  const [sets, setSets] = useState(false)
  const year = search.year ?? new Date(serverNow()).getUTCFullYear()
  const { data, failure, loading, again } = useView<Views['calendar']>('staff', 'calendar', { year: String(year) })
  return (
    <div className="columns calendar">
      <section className="panel" aria-label={t('nav.calendar')}>
        <div className="panel-head">
          <h1>{t('nav.calendar')}</h1>
          <YearPick year={year} known={data?.years ?? []} disabled={sets} pick={(next) => change({ year: next })} />
          <span className="grow" />
          <span className="calendar-legend">
            <i className="off">{t('calendar.off')}</i> {t('calendar.offDays')} <i className="work">{t('calendar.work')}</i>{' '}
            {t('calendar.workDays')}
          </span>
        </div>
        {failure ? <Trouble failure={failure} again={again} /> : null}
        {loading ? <Loading /> : null}
        {data && !failure ? (
          <div className="calendar-parts">
            <Year key={data.year} data={data} settled={(calm) => setSets(!calm)} />
          </div>
        ) : null}
      </section>
    </div>
  )
}
