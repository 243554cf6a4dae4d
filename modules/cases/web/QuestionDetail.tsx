import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Actions, type Offer } from '#kernel/web/Actions.tsx'
import { holds, useMe } from '#kernel/web/session.tsx'
import { DetailHead } from '#kernel/web/States.tsx'
import { Tag } from '#kernel/web/Tag.tsx'
import { dayTime } from '#kernel/web/time.ts'
import { useUnits } from '#kernel/web/units.ts'
import { commands, type Views } from '../contract.ts'
import { allowed } from '../rules.ts'
import { Limits } from './Limit.tsx'

/** A type that the force has added has no words of the house: its code stands for it. */
export function useKind(): (code: string) => string {
  const { t } = useTranslation()
  return (code) => t(`kind.${code}`, { defaultValue: code })
}

const offers: readonly Offer[] = [
  { type: 'explain', schema: commands.explain, key: 'r', hints: { words: { explanation: 'explanation' } } },
  { type: 'confirmExplanation', schema: commands.confirmExplanation },
  { type: 'rejectExplanation', schema: commands.rejectExplanation },
]

interface DetailProps {
  readonly one: Views['questions']['rows'][number]
  readonly again: () => void
  readonly offers?: readonly Offer[]
}
/** One incident of a case type, what was said of it and what may be done. */
export function QuestionDetail({ one: { row, can }, again, offers: given = offers }: DetailProps) {
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
      <Actions module="cases" stream={row.id} can={can} offers={given} next={['confirmExplanation']} done={again} />
    </section>
  )
}
