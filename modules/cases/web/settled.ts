import type { TFunction } from 'i18next'
import { dayTime } from '#kernel/web/time.ts'
import type { Mediation } from '../contract/mediation.ts'
import type { Spot } from '../contract/spot.ts'
import type { Fact } from './FactList.tsx'

/** What was imposed on the spot, by whom, and where the money is. */
export function spotFacts({ imposed, officers, reported, collection, money }: Spot, t: TFunction): readonly Fact[] {
  const how = [dayTime(imposed), ...officers.map(({ name }) => name), t(reported ? 'cases.spotReported' : 'cases.spotUnreported')]
  return [
    [t('action.imposeOnTheSpot'), how.join(' · ')],
    [t('field.collection'), collection && money ? [t(`collection.${collection}`), t(`fineMoney.${money}`)].join(' · ') : null],
  ]
}

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
