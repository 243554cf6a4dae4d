import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Actions } from '#kernel/web/Actions.tsx'
import { Left, Tag } from '#kernel/web/Tag.tsx'
import { dayTime } from '#kernel/web/time.ts'
import type { Views } from '../contract.ts'
import type { SessionRow, StayRow } from '../contract/inquiry.ts'
import { nameIn } from './Choices.tsx'
import { inquiryOffers } from './inquiryOffers.tsx'

type Whole = Views['matter']
type NameOf = (person: string | null) => string

/** What is asked for while somebody is there, in the order in which it is done. */
const next = ['endSession', 'checkSafety', 'tellFamily', 'beginSession', 'recordDeparture', 'recordArrival'] as const

function Stay({ stay, whole, nameOf }: { stay: StayRow; whole: Whole; nameOf: NameOf }) {
  const { t } = useTranslation()
  const { person, arrival, arrived, family, checked, continueLevel, restrained, left, departure } = stay
  const running = left === null ? whole.row.limits.find(({ subject, clock }) => subject === person && clock !== null) : undefined
  const told = family === null ? null : (family.told ?? (family.untold === null ? t('inquiry.told') : t(`untold.${family.untold}`)))
  return (
    <li>
      <p>
        <b>{nameOf(person)}</b> <Tag tone="calm">{t(`arrival.${arrival}`)}</Tag>{' '}
        {left === null ? <Tag tone="warn">{t('inquiry.here')}</Tag> : null}{' '}
        {continueLevel === null ? null : <Tag tone="calm">{t(`continueLevel.${continueLevel}`)}</Tag>}{' '}
        {restrained === null ? null : <Tag tone="warn">{t('inquiry.restrained')}</Tag>}{' '}
        {running === undefined ? null : <Left due={running.limit.due} />}
      </p>
      <small className="num">
        {dayTime(arrived)}
        {left === null ? '' : ` – ${dayTime(left)}`}
        {departure === null ? '' : ` · ${t(`departure.${departure}`)}`}
      </small>
      <p>
        {checked ? t('inquiry.checked') : <Tag tone="warn">{t('inquiry.notChecked')}</Tag>}
        {' · '}
        {told === null ? <Tag tone="warn">{t('inquiry.notTold')}</Tag> : `${t('inquiry.family')} ${told}`}
      </p>
    </li>
  )
}

function Session({ session, nameOf }: { session: SessionRow; nameOf: NameOf }) {
  const { t } = useTranslation()
  const { person, officers, venue, recorded, adult, interpreter, begun, ended, signature, note, gist } = session
  const beside = [
    t(`venue.${venue}`),
    recorded ? t('inquiry.recorded') : null,
    officers.map(({ name }) => name).join(t('shell.comma')),
    adult === null ? null : `${t('field.adult')} ${nameOf(adult)}`,
    interpreter === null ? null : `${t('field.interpreter')} ${nameOf(interpreter)}`,
  ]
  return (
    <li>
      <p>
        <b>{t('inquiry.session', { n: session.session, name: nameOf(person) })}</b>{' '}
        <Tag tone={ended === null ? 'warn' : 'calm'}>
          {ended === null || signature === null ? t('inquiry.goesOn') : t(`signature.${signature}`)}
        </Tag>
      </p>
      <small className="num">
        {dayTime(begun)}
        {ended === null ? '' : ` – ${dayTime(ended)}`} · {beside.filter(Boolean).join(' · ')}
      </small>
      {[note, gist].filter(Boolean).map((text) => (
        <p key={text}>{text}</p>
      ))}
    </li>
  )
}

/** Who was summoned, who is there and since when, what was asked, and what may be done about it. */
export function Inquiry({ whole, again }: { whole: Whole; again: () => void }) {
  const { t } = useTranslation()
  const { row, inquiry, persons, can } = whole
  const offers = useMemo(() => inquiryOffers(whole, t), [whole, t])
  const nameOf: NameOf = nameIn(persons, t)
  const { summonses, stays, sessions } = inquiry
  // Once a penalty is proposed, its own step is the next one.
  const here = stays.some(({ left }) => left === null)
  const asking = here || !whole.penalties.some(({ penalty }) => penalty !== null)
  const begun = summonses.length + stays.length + sessions.length > 0
  if (!begun && row.officers.length === 0) return null
  return (
    <section aria-label={t('inquiry.title')}>
      <h2>{t('inquiry.title')}</h2>
      <ul className="case-persons case-stays">
        {summonses.map(({ person, summons, place, appear, at }) => (
          <li key={person}>
            <p>
              <b>{nameOf(person)}</b> <Tag tone="warn">{t(`arrival.${summons}`)}</Tag> {t('inquiry.notCome')}
            </p>
            <small className="num">
              {[dayTime(at), place, appear && t('inquiry.by', { time: dayTime(appear) })].filter(Boolean).join(' · ')}
            </small>
          </li>
        ))}
        {stays.map((stay) => (
          <Stay key={`${stay.person} ${stay.arrived}`} stay={stay} whole={whole} nameOf={nameOf} />
        ))}
        {sessions.map((session) => (
          <Session key={session.session} session={session} nameOf={nameOf} />
        ))}
        {begun ? null : <li>{t('inquiry.empty')}</li>}
      </ul>
      <Actions module="cases" stream={row.id} can={can} offers={offers} next={asking ? next : []} done={again} />
    </section>
  )
}
