import { useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Tag } from '#kernel/web/Tag.tsx'
import { dayTime } from '#kernel/web/time.ts'
import { useUnits } from '#kernel/web/units.ts'
import type { CallRow, Event } from '../contract.ts'
import { showing } from './acknowledge.ts'
import { Acts, IncidentLanes, Trace, useIncident, type Whole, WithIncident } from './Detail.tsx'
import { answerText, questionText, responseText, useKinds } from './kinds.ts'
import { PriorityTag } from './PriorityTag.tsx'
import { foot, foundOf, placeText } from './trace.ts'
import './dispatch.css'

type Answers = NonNullable<Extract<Event, { type: 'opened' }>['data']['answers']>

/** What the caller was asked by the type's list, as it was asked then. */
function Answers({ answers }: { answers: Answers }) {
  const { t } = useTranslation()
  return answers.map(({ question, ask, text, answer }) => (
    <span key={question} className="answered">
      {questionText({ code: question, text }, t)} <b>{answerText(ask, answer, t)}</b>
    </span>
  ))
}

function Facts({ whole: { row, trace } }: { whole: Whole }) {
  const { t } = useTranslation()
  const kind = useKinds().find(row.kind)
  const opened = trace.find((entry) => entry.type === 'opened')?.data as { answers?: Answers } | null | undefined
  const units = useUnits()
  const point = row.place.kind === 'point' ? `${row.place.lon.toFixed(5)}, ${row.place.lat.toFixed(5)}` : ''
  return (
    <dl className="facts">
      <dt>{t('field.narrative')}</dt>
      <dd className="narrative">{row.narrative}</dd>
      {opened?.answers ? (
        <>
          <dt>{t('field.answers')}</dt>
          <dd>
            <Answers answers={opened.answers} />
          </dd>
        </>
      ) : null}
      {kind ? (
        <>
          <dt>{t('field.response')}</dt>
          <dd>{responseText(kind.response, t)}</dd>
        </>
      ) : null}
      <dt>{t('field.place')}</dt>
      <dd>
        {placeText(row.place, t)} {point && row.place.kind === 'point' && row.place.text ? <small className="num">{point}</small> : null}
      </dd>
      <dt>{t('incident.responsible')}</dt>
      <dd>
        {[row.station, row.subBureau]
          .map((unit) => (unit ? units.name(unit) : null))
          .filter(Boolean)
          .join(t('shell.comma')) || t('board.noStation')}
      </dd>
      <dt>{t('board.received')}</dt>
      <dd className="num">
        {dayTime(row.received.time)} · {t(`source.${row.received.source}`)}
      </dd>
      {row.handlers.length > 0 ? (
        <>
          <dt>{t('field.handlers')}</dt>
          <dd>{row.handlers.join(t('shell.comma'))}</dd>
        </>
      ) : null}
    </dl>
  )
}

function Call({ call }: { call: CallRow }) {
  const { t } = useTranslation()
  return (
    <li>
      <p>
        <b className="num">{call.number ?? t('incident.noNumber')}</b> {call.name} <Tag tone="calm">{t(`channel.${call.channel}`)}</Tag>
      </p>
      {call.text ? <p className="narrative">{call.text}</p> : null}
      <small className="num">
        {dayTime(call.received.time)} · {foot(call.received, call.received.by, t)}
      </small>
    </li>
  )
}

function Findings({ whole }: { whole: Whole }) {
  const { t } = useTranslation()
  const units = useUnits()
  const found = whole.trace.filter((entry) => entry.type === 'found')
  if (found.length === 0) return null
  return (
    <ul className="findings">
      {found.map((entry) => {
        const data = entry.data as Extract<Event, { type: 'found' }>['data'] | null
        return (
          <li key={entry.n}>
            <Tag tone="warn">{t(`finding.${data?.rule ?? 'erased'}`)}</Tag> {data ? foundOf(data, units) : null}
          </li>
        )
      })}
    </ul>
  )
}

function Page({ whole, again }: { whole: Whole; again: () => void }) {
  const { t } = useTranslation()
  const kinds = useKinds()
  const { row, calls, trace } = whole
  return (
    <div className="columns incident">
      <section className="panel" aria-label={t('incident.title')}>
        <div className="panel-head">
          <h1>
            {t('incident.title')} <span className="num">{row.number}</span>
          </h1>
          <PriorityTag row={row} />
          <b>{kinds.name(row.kind)}</b>
          <Tag tone={row.phase === 'closed' ? 'good' : row.phase === 'cancelled' ? 'calm' : 'line'}>{t(`phase.${row.phase}`)}</Tag>
          {row.imported ? <Tag tone="calm">{t('source.imported')}</Tag> : null}
          {row.urged > 0 ? <Tag tone="warn">{t('incident.urged', { count: row.urged })}</Tag> : null}
        </div>
        <div className="panel-body pad" tabIndex={0}>
          <IncidentLanes row={row} all />
          <Facts whole={whole} />
          <Findings whole={whole} />
          <h2>{t('incident.calls', { count: calls.length })}</h2>
          <ul className="calls">
            {calls.map((call) => (
              <Call key={call.id} call={call} />
            ))}
          </ul>
        </div>
        <Acts whole={whole} again={again} />
      </section>
      <section className="panel" aria-label={t('trace.title')}>
        <div className="panel-head">
          <h2>{t('trace.title')}</h2>
          <small>{t('trace.count', { count: trace.length })}</small>
        </div>
        <div className="panel-body pad" tabIndex={0}>
          <Trace whole={whole} />
        </div>
      </section>
    </div>
  )
}

export default function Incident() {
  const { t } = useTranslation()
  const { id } = useParams({ strict: false }) as { id?: string }
  const view = useIncident(id)
  const shown = view.data?.row.id
  useEffect(() => {
    if (shown) showing('incident', [shown])
    return () => showing('incident', [])
  }, [shown])
  return (
    <WithIncident view={view} head={<h1>{t('incident.title')}</h1>}>
      {(whole) => <Page whole={whole} again={view.again} />}
    </WithIncident>
  )
}
