import type { TFunction } from 'i18next'
import { Link, useParams } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Actions } from '#kernel/web/Actions.tsx'
import { type Bob, Plumb } from '#kernel/web/Plumb.tsx'
import { Loading, Trouble } from '#kernel/web/States.tsx'
import { Tag } from '#kernel/web/Tag.tsx'
import { briefTime, dayTime, serverNow } from '#kernel/web/time.ts'
import { useUnits } from '#kernel/web/units.ts'
import { type Apply, useView } from '#kernel/web/view.ts'
import type { EventType, PersonRow, Views } from '../contract.ts'
import { nameIn, namesOf } from './Choices.tsx'
import { Evidence } from './Evidence.tsx'
import { Checks } from './Checks.tsx'
import { Inquiry } from './Inquiry.tsx'
import { type Fact, FactList } from './FactList.tsx'
import { Limits } from './Limit.tsx'
import { correctOffer, useOffers } from './offers.tsx'
import { Penalties } from './Penalty.tsx'
import { PhaseTag } from './PhaseTag.tsx'
import { Recusals } from './Recusals.tsx'
import { remediesAgainst } from './remedies.ts'
import { Requests } from './Requests.tsx'
import { destinationText, tell } from './told.ts'
import './cases.css'

type Whole = Views['matter']

/** The whole record is read again: a frame carries no trace. */
const onMatter =
  (id: string): Apply<Whole> =>
  (data, change) =>
    change.stream !== id ? data : change.gone ? 'gone' : null

/** What the law asks for next, in the order in which it may be asked. */
const next = ['issueReceipt', 'accept', 'transfer', 'approveFiling', 'proposeFiling', 'giveNotice', 'closeCase'] as const

function Facts({ whole: { row, narrative, code, trace } }: { whole: Whole }) {
  const { t } = useTranslation()
  const units = useUnits()
  const { happened, transfer, proposal } = row
  const facts: readonly Fact[] = [
    [t('report.narrative'), narrative],
    [t('report.nature'), t(`nature.${row.nature}`)],
    [
      t('report.from'),
      happened ? [happened.from, happened.until].flatMap((time) => (time === undefined ? [] : [dayTime(time)])).join(' – ') : null,
    ],
    [t('report.place'), row.place],
    [t('report.source'), `${t(`reportSource.${row.source}`)}${row.sender ? ` · ${row.sender}` : ''}`],
    [t('report.received'), dayTime(row.received)],
    [
      t('cases.unit'),
      row.unit === row.first ? units.name(row.unit) : `${units.name(row.unit)} (${t('cases.firstAt', { unit: units.name(row.first) })})`,
    ],
    [t('cases.officers'), row.officers.map(({ name }) => name).join(t('shell.comma')) || null],
    [t('cases.code'), code],
    [t('cases.transfer'), transfer ? `${destinationText(transfer.destination, units)} · ${transfer.reason} (${transfer.by})` : null],
    [
      t('cases.proposal'),
      proposal
        ? [
            t(`filingOutcome.${proposal.outcome}`),
            t(`caseKind.${proposal.caseKind}`),
            ...(proposal.ground ? [t(`filingGround.${proposal.ground}`)] : []),
            proposal.reason,
            proposal.by,
          ].join(' · ')
        : null,
    ],
    [t('cases.remedies'), remediesAgainst(trace, 'fileRefused', t)],
  ]
  return <FactList facts={facts} />
}

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

/** Whose a limit is: a person's of the case, or an officer's whose recusal was asked for. */
const subjectIn =
  ({ persons, recusal }: Whole, t: TFunction) =>
  (subject: string): string =>
    nameIn(persons, t)(subject) || (recusal.find(({ officer }) => officer.account === subject)?.officer.name ?? '')

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
  const apply = useMemo(() => onMatter(id), [id])
  const { data, failure, again } = useView<Whole>('cases', 'matter', { id }, { apply })
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
