import { useTranslation } from 'react-i18next'
import { Actions } from '#kernel/web/Actions.tsx'
import { Tag } from '#kernel/web/Tag.tsx'
import { dayTime } from '#kernel/web/time.ts'
import type { PenaltyRow, Views } from '../contract.ts'
import type { Penalty } from '../contract/decision.ts'
import type { Execution } from '../contract/execution.ts'
import { type Fact, FactList } from './FactList.tsx'
import { nextWith, penaltyOffers } from './penaltyOffers.tsx'
import { remediesAgainst } from './remedies.ts'
import { mediationFacts, spotFacts } from './settled.ts'
import { penaltyText } from './told.ts'

type T = ReturnType<typeof useTranslation>['t']

function until({ draft, notice, defence, hearing, review, discussed, decided }: Penalty, t: T): readonly Fact[] {
  const ask = notice?.hearing && hearing === null && notice.askUntil ? t('cases.askUntil', { time: dayTime(notice.askUntil) }) : null
  const held = hearing && [t(`hearingState.${hearing.state}`), hearing.on && dayTime(hearing.on), hearing.place, hearing.chair]
  const findings = review?.findings.map(({ item, finding }) => `${t(`reviewItem.${item}`)}：${finding}`) ?? []
  const reviewed = review && [
    t(`reviewState.${review.state}`),
    t('cases.round', { count: review.round }),
    review.reviewer?.name,
    ...findings,
    review.corrected,
  ]
  const joined = (parts: readonly (string | null | undefined)[] | null): string | null => parts && parts.filter(Boolean).join(' · ')
  return [
    [t('cases.draftBy'), penaltyText(draft, t)],
    [t('field.article'), draft.article],
    [t('field.facts'), draft.facts],
    [t('cases.told'), notice && joined([t(`noticePath.${notice.path}`), dayTime(notice.at), notice.guardian])],
    [t('cases.heard'), defence && joined([t(`defence.${defence.said}`), defence.statement, defence.recheck])],
    [t('cases.hearing'), joined(held) ?? ask],
    [t('cases.review'), joined(reviewed)],
    [t('action.discussPenalty'), discussed && joined([discussed.present, discussed.agreed])],
    [
      t('cases.decision'),
      decided && joined([decided.decisionNumber, dayTime(decided.at), decided.withheld && t(`withheld.${decided.withheld}`)]),
    ],
  ]
}

function after(execution: Execution | null, withheld: boolean, t: T): readonly Fact[] {
  if (execution === null) return []
  const { effective, fine, days, paid, detention, family } = execution
  const done = [
    fine === null ? null : paid ? t('cases.finePaid', { count: paid.amount }) : t('cases.fineOpen'),
    days === null || withheld ? null : t(`detentionState.${detention}`),
    days !== null && family ? t('cases.familyTold') : null,
  ].filter(Boolean)
  return [
    [t('cases.service'), effective && t('cases.effectiveOn', { time: dayTime(effective) })],
    [t('cases.execution'), done.length > 0 ? done.join(' · ') : null],
  ]
}

interface Props {
  readonly row: PenaltyRow
  readonly whole: Views['matter']
}
/** How far it has come with one suspect: what was settled, and from the draft of a penalty to its execution. */
export function PenaltyFacts({ row: { person, penalty, execution, mediation, spot }, whole: { trace } }: Props) {
  const { t } = useTranslation()
  const against: Fact = [t('cases.remedies'), remediesAgainst(trace, 'penaltyDecided', t, person)]
  const settled = mediation ? mediationFacts(mediation, t) : []
  const imposed = penalty ? [...until(penalty, t), against, ...after(execution, penalty.decided?.withheld != null, t)] : []
  const facts = [...settled, ...imposed, ...(spot ? spotFacts(spot, t) : [])]
  return facts.length > 0 ? <FactList facts={facts} /> : null
}

function One({ row, whole, again }: Props & { again: () => void }) {
  const { t } = useTranslation()
  const { person, penalty, execution, mediation, can } = row
  const known = whole.persons.find(({ id }) => id === person)
  const victims = whole.persons.filter(({ id, roles }) => id !== person && roles.includes('victim') && !execution?.copies.includes(id))
  const whom = [...(execution?.effective === null && known ? [known] : []), ...victims]
  return (
    <li>
      <p>
        <b>{known?.personName ?? known?.described ?? t('cases.hiddenName')}</b>{' '}
        {penalty?.decided ? <Tag tone="good">{t('matterPhase.decided')}</Tag> : null}
        {mediation ? <Tag tone={mediation.state === 'kept' ? 'good' : 'calm'}>{t(`mediationState.${mediation.state}`)}</Tag> : null}
        {penalty === null && mediation === null ? <Tag tone="calm">{t('cases.noDraft')}</Tag> : null}
      </p>
      <PenaltyFacts row={row} whole={whole} />
      <Actions
        module="cases"
        stream={whole.row.id}
        can={can}
        offers={penaltyOffers(row, whom, whole.row.unit)}
        next={nextWith(row)}
        done={again}
      />
    </li>
  )
}

/** What is to be imposed on each suspect, how far it has come, and what may be done next. */
export function Penalties({ whole, again }: { whole: Views['matter']; again: () => void }) {
  const { t } = useTranslation()
  if (whole.penalties.length === 0) return null
  return (
    <>
      <h2>{t('cases.penalties')}</h2>
      <ul className="case-persons">
        {whole.penalties.map((row) => (
          <One key={row.person} row={row} whole={whole} again={again} />
        ))}
      </ul>
    </>
  )
}
