import type { TFunction } from 'i18next'
import { dayTime } from '#kernel/web/time.ts'
import type { Mediation } from '../contract/mediation.ts'
import type { Fact } from './FactList.tsx'

/** How far it has come to settle it with one suspect. */
export function mediationFacts(mediation: Mediation, t: TFunction): readonly Fact[] {
  const { mediationCause, round, failure, terms, performBy, officers, place, guardian, settledBy } = mediation
  const how = settledBy ? t(`settledBy.${settledBy}`) : t('cases.round', { count: round })
  const who = [place, ...officers.map(({ name }) => name), guardian].filter(Boolean)
  return [
    [
      t('cases.mediation'),
      [t(`mediationCause.${mediationCause}`), how, failure && t(`mediationFailure.${failure}`)].filter(Boolean).join(' · '),
    ],
    [t('field.terms'), terms],
    [t('cases.performBy'), performBy && dayTime(performBy)],
    [t('cases.mediators'), who.length > 0 ? who.join(' · ') : null],
  ]
}
