import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Actions } from '#kernel/web/Actions.tsx'
import { Tag } from '#kernel/web/Tag.tsx'
import { dayTime } from '#kernel/web/time.ts'
import type { Views } from '../contract.ts'
import { checkOffers } from './checkOffers.tsx'
import { nameIn } from './Choices.tsx'

/** What was inspected, recognised and taken, and what may be. */
export function Checks({ whole, again }: { whole: Views['matter']; again: () => void }) {
  const { t } = useTranslation()
  const { row, checks, persons, can } = whole
  const offers = useMemo(() => checkOffers(whole, t), [whole, t])
  const nameOf = nameIn(persons, t)
  const { certificates, inspections, lineUps, samples } = checks
  if (row.caseNumber === null) return null
  const done = (title: string, said: string, at: string, officers: readonly { name: string }[], gist: string | null) => (
    <li key={`${title} ${at}`}>
      <p>
        <b>{title}</b> {said}
      </p>
      <small className="num">{[dayTime(at), ...officers.map(({ name }) => name)].join(' · ')}</small>
      {gist === null ? null : <p>{gist}</p>}
    </li>
  )
  const empty = certificates.length + inspections.length + lineUps.length + samples.length === 0
  return (
    <section aria-label={t('checks.title')}>
      <h2>{t('checks.title')}</h2>
      <ul className="case-persons">
        {certificates.map(({ certificate, inspects, place, used }) => (
          <li key={`certificate ${certificate}`}>
            <b>{t('checks.certificate', { n: certificate })}</b> {t(`inspects.${inspects}`)} · {place}{' '}
            <Tag tone={used ? 'calm' : 'warn'}>{t(used ? 'checks.used' : 'checks.unused')}</Tag>
          </li>
        ))}
        {inspections.map(({ at, inspects, place, person, officers, gist }) =>
          done(
            `${t('checks.inspection')} ${t(`inspects.${inspects}`)}`,
            [place, nameOf(person)].filter(Boolean).join(' · '),
            at,
            officers,
            gist,
          ),
        )}
        {lineUps.map(({ at, person, lineUp, among, recognition, officers, gist }) =>
          done(
            `${t('checks.lineUp')} ${nameOf(person)}`,
            [t(`lineUp.${lineUp}`), t('checks.among', { count: among }), t(`recognition.${recognition}`)].join(' · '),
            at,
            officers,
            gist,
          ),
        )}
        {samples.map(({ person, sample, at }) => (
          <li key={`${person} ${sample}`}>
            <b>{t(`samples.${sample}`)}</b> {nameOf(person)}{' '}
            <Tag tone={at === null ? 'warn' : 'good'}>{at === null ? t('checks.toTake') : t('checks.taken', { time: dayTime(at) })}</Tag>
          </li>
        ))}
        {empty ? <li>{t('checks.empty')}</li> : null}
      </ul>
      <Actions module="cases" stream={row.id} can={can} offers={offers} done={again} />
    </section>
  )
}
