import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Actions } from '#kernel/web/Actions.tsx'
import { type Bob, Plumb } from '#kernel/web/Plumb.tsx'
import { Loading, Trouble } from '#kernel/web/States.tsx'
import { Tag } from '#kernel/web/Tag.tsx'
import { briefTime, serverNow } from '#kernel/web/time.ts'
import { useUnits } from '#kernel/web/units.ts'
import type { EventType, PersonRow } from '../contract.ts'
import { nameIn, namesOf } from './Choices.tsx'
import { Evidence } from './Evidence.tsx'
import { Checks } from './Checks.tsx'
import { Inquiry } from './Inquiry.tsx'
import { Facts, subjectIn } from './Facts.tsx'
import { Limits } from './Limit.tsx'
import { correctOffer, useOffers } from './offers.tsx'
import { Penalties } from './Penalty.tsx'
import { PhaseTag } from './PhaseTag.tsx'
import { Recusals } from './Recusals.tsx'
import { Requests } from './Requests.tsx'
import { tell } from './told.ts'
import { useWhole, type Whole } from './whole.ts'
import './cases.css'

/** What the law asks for next, in the order in which it may be asked. */
const next = ['issueReceipt', 'accept', 'transfer', 'approveFiling', 'proposeFiling', 'giveNotice', 'closeCase'] as const

function Person({ person, whole, again }: { person: PersonRow; whole: Whole; again: () => void }) {
  const { t } = useTranslation()
  const { row, can } = whole
  const named = person.personName !== undefined || person.described !== undefined
  const shown = [
    person.idNumber === undefined ? null : `${t(`idType.${person.idType ?? 'otherId'}`)} ${person.idNumber}`,
    person.phone,
    person.address,
    person.personName === undefined ? null : person.described,
  ]
  return (
    <li>
      <p>
        <b>{person.personName ?? person.described ?? t('cases.hiddenName')}</b>{' '}
        {person.roles.map((role) => (
          <Tag key={role} tone="calm">
            {t(`personRole.${role}`)}
          </Tag>
        ))}
        {person.hidden ? <Tag tone="warn">{t('cases.hidden')}</Tag> : null}
      </p>
      <small className="num">{shown.filter(Boolean).join(' · ')}</small>
      {named && can.correctPerson === true ? (
        <Actions
          module="cases"
          stream={row.id}
          can={{ correctPerson: true }}
          offers={[correctOffer(person, row, namesOf(whole.persons, t), (type) => t(`caseEvent.${type}`))]}
          done={again}
        />
      ) : null}
    </li>
  )
}

const alarms: ReadonlySet<EventType> = new Set(['limitBreached', 'fileRefused'])
const goods: ReadonlySet<EventType> = new Set(['filed', 'accepted', 'penaltyDecided', 'caseClosed'])
const passes: ReadonlySet<EventType> = new Set(['limitWarned', 'found', 'noted'])
const kindOf = (type: EventType): Bob['kind'] =>
  alarms.has(type) ? 'alarm' : goods.has(type) ? 'good' : passes.has(type) ? 'passed' : 'done'

function Trace({ whole }: { whole: Whole }) {
  const { t } = useTranslation()
  const units = useUnits()
  const nameOf = nameIn(whole.persons, t)
  const bobs = whole.trace.map((entry): Bob => {
    const { title, detail } = tell(entry, { t, units, nameOf })
    const who = entry.by === null ? t('role.system') : `${entry.by}${entry.unit === null ? '' : ` · ${units.name(entry.unit)}`}`
    return {
      id: String(entry.n),
      time: briefTime(entry.at, serverNow()),
      kind: kindOf(entry.type),
      title,
      detail: (
        <>
          {detail.length > 0 ? (
            <>
              <q>{detail.join(' · ')}</q>
              <br />
            </>
          ) : null}
          {who}
        </>
      ),
    }
  })
  return <Plumb label={t('trace.title')} bobs={bobs} />
}

function Page({ whole, again }: { whole: Whole; again: () => void }) {
  const { t } = useTranslation()
  const { row, persons, can } = whole
  const offers = useOffers(whole)
  // Somebody is kept: nothing on the page is more urgent.
  const here = whole.inquiry.stays.some(({ left }) => left === null)
  // Of what was never filed nobody is questioned.
  const aside = row.phase === 'refused' || row.phase === 'notPolice' || row.phase === 'handedOver'
  // What is proposed for somebody is what the case is about from then on.
  const proposed = whole.penalties.some(({ penalty }) => penalty !== null)
  return (
    <div className="columns case">
      <section className="panel" aria-label={t('cases.one')}>
        <div className="panel-head">
          <h1>
            {row.cause} <span className="num">{row.caseNumber ?? row.number}</span>
          </h1>
          <PhaseTag phase={row.phase} />
          {row.sealed ? <Tag tone="calm">{t('cases.sealed')}</Tag> : null}
          {row.withdrawn ? <Tag tone="warn">{t('cases.withdrawn')}</Tag> : null}
          {row.findings > 0 ? <Tag tone="warn">{t('cases.findings', { count: row.findings })}</Tag> : null}
        </div>
        <div className="panel-body pad" tabIndex={0}>
          <h2>{t('cases.limits')}</h2>
          <Limits limits={row.limits} nameOf={subjectIn(whole, t)} />
          {here ? <Inquiry whole={whole} again={again} /> : null}
          <Requests whole={whole} again={again} />
          {proposed ? <Penalties whole={whole} again={again} /> : null}
          <Recusals whole={whole} again={again} />
          <Facts whole={whole} />
          <h2>{t('cases.persons')}</h2>
          <ul className="case-persons">
            {persons.map((person) => (
              <Person key={person.id} person={person} whole={whole} again={again} />
            ))}
            {persons.length === 0 ? <li>{t('cases.noPersons')}</li> : null}
          </ul>
          {here || aside ? null : <Inquiry whole={whole} again={again} />}
          <Checks whole={whole} again={again} />
          {aside && whole.evidence.lists.length === 0 ? null : <Evidence whole={whole} again={again} />}
          {proposed ? null : <Penalties whole={whole} again={again} />}
          {row.incident === null ? null : (
            <p>
              <Link to="/incident/$id" params={{ id: row.incident }}>
                {t('cases.toIncident')}
              </Link>
            </p>
          )}
        </div>
        <Actions module="cases" stream={row.id} can={can} offers={offers} next={next} done={again} />
      </section>
      <section className="panel" aria-label={t('trace.title')}>
        <div className="panel-head">
          <h2>{t('trace.title')}</h2>
        </div>
        <div className="panel-body" tabIndex={0}>
          <Trace whole={whole} />
        </div>
      </section>
    </div>
  )
}

/** One matter whole: how it stands, what runs out, who is in it, what may be done next and what is missing for the rest. */
export default function Case() {
  const { id = '' } = useParams({ strict: false })
  const { data, failure, again } = useWhole(id)
  const { t } = useTranslation()
  if (data && !failure) return <Page whole={data} again={again} />
  return (
    <section className="panel" aria-label={t('cases.one')}>
      <div className="panel-head">
        <h1>{t('cases.one')}</h1>
      </div>
      {failure ? <Trouble failure={failure} again={again} /> : <Loading />}
    </section>
  )
}
