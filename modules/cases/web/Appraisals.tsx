import { useTranslation } from 'react-i18next'
import { Actions, type Offer } from '#kernel/web/Actions.tsx'
import { newId } from '#kernel/web/api.ts'
import { Moment } from '#kernel/web/Moment.tsx'
import { Tag, type Tone } from '#kernel/web/Tag.tsx'
import { dayTime } from '#kernel/web/time.ts'
import { commands, type Views } from '../contract.ts'
import { appraisalActs, type AppraisalRow } from '../contract/appraisals.ts'
import { nameIn, namesOf, OneOf } from './Choices.tsx'
import { requestOffer } from './requestOffers.ts'

type Whole = Views['matter']
interface Props {
  readonly whole: Whole
  readonly again: () => void
}

const tones: Record<AppraisalRow['state'], Tone> = { ordered: 'warn', told: 'warn', received: 'good', withdrawn: 'calm' }
const [reappraise] = appraisalActs
const asked = reappraise.omit({ kind: true, appraisal: true, order: true }).shape

function offersOf({ appraisal, copies }: AppraisalRow, names: ReturnType<typeof namesOf>): readonly Offer[] {
  const waiting = names.filter(({ id }) => copies.some(({ person, given }) => person === id && given === null))
  const had = names.filter(({ id }) => copies.some(({ person, until }) => person === id && until !== null))
  const beside = { appraisal }
  const way = { way: 'noticeWay' }
  return [
    { type: 'receiveOpinion', schema: commands.receiveOpinion.omit({ appraisal: true }), beside },
    {
      type: 'copyOpinion',
      schema: commands.copyOpinion.omit({ appraisal: true }),
      beside,
      hints: { words: way, controls: { person: (control) => <OneOf control={control} options={waiting} /> } },
    },
    requestOffer(
      'reappraise',
      asked,
      {
        words: { doubt: 'doubt' },
        controls: {
          asker: (control) => <OneOf control={control} options={had} />,
          askedAt: (control) => <Moment {...control} />,
        },
      },
      { appraisal, order: newId() },
    ),
    { type: 'tellRefusal', schema: commands.tellRefusal.omit({ appraisal: true }), beside, hints: { words: way } },
    {
      type: 'withdrawAppraisal',
      schema: commands.withdrawAppraisal.omit({ appraisal: true }),
      beside,
      hints: { words: { withdrawReason: 'withdrawReason' } },
    },
  ]
}

function Appraisal({ appraisal: row, whole, again }: Props & { appraisal: AppraisalRow }) {
  const { t } = useTranslation()
  const nameOf = nameIn(whole.persons, t)
  const { appraisal, kind, person, sample, agency, issue, ordered, state, opinion, copies, refused } = row
  const of = [person === null ? null : nameOf(person), whole.evidence.things.find(({ id }) => id === sample)?.thingName]
  return (
    <li>
      <p>
        <b>{t(`appraisalKind.${kind}`)}</b> {of.filter(Boolean).join(t('shell.comma'))}{' '}
        <Tag tone={tones[state]}>{t(`appraisalState.${state}`)}</Tag>
        {row.again === null ? null : <Tag tone="line">{t('evidence.anew')}</Tag>}
      </p>
      {opinion === null ? null : <p>{opinion}</p>}
      <small>
        {agency} · {issue} · <span className="num">{dayTime(ordered)}</span>
      </small>
      {copies.map(({ person: to, given, until }) => (
        <small key={to} className="copy">
          {nameOf(to)} {given === null ? t('evidence.noCopy') : t('evidence.copied', { time: dayTime(given) })}
          {until === null ? '' : ` · ${t('evidence.anewUntil', { time: dayTime(until) })}`}
        </small>
      ))}
      {refused === null ? null : (
        <small className="copy">
          {nameOf(refused.person)} {t(refused.told ? 'evidence.refusalTold' : 'evidence.refusalUntold')}
        </small>
      )}
      <Actions
        module="cases"
        stream={whole.row.id}
        can={whole.onEvidence[appraisal] ?? {}}
        offers={offersOf(row, namesOf(whole.persons, t))}
        done={again}
      />
    </li>
  )
}

/** What was sent to experts, what they say, and who has their opinion. */
export function Appraisals({ whole, again }: Props) {
  const { t } = useTranslation()
  const { appraisals } = whole.evidence
  if (appraisals.length === 0) return null
  return (
    <>
      <h2>{t('evidence.appraisals')}</h2>
      <ul className="case-persons">
        {appraisals.map((appraisal) => (
          <Appraisal key={appraisal.appraisal} appraisal={appraisal} whole={whole} again={again} />
        ))}
      </ul>
    </>
  )
}
