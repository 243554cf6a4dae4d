import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Actions } from '#kernel/web/Actions.tsx'
import { Tag } from '#kernel/web/Tag.tsx'
import { dayTime } from '#kernel/web/time.ts'
import type { Views } from '../contract.ts'
import type { ListRow, ThingRow } from '../contract/evidence.ts'
import { Appraisals } from './Appraisals.tsx'
import { nameIn } from './Choices.tsx'
import { evidenceOffers } from './evidenceOffers.tsx'
import { Measures } from './Measures.tsx'

type Whole = Views['matter']

function Thing({ thing, whole }: { thing: ThingRow; whole: Whole }) {
  const { t } = useTranslation()
  const nameOf = nameIn(whole.persons, t)
  const { evidenceKind, thingName, count, measureWord, features, worth, owner, fixed, fixing, state } = thing
  const more = [
    features,
    worth === undefined ? null : t('evidence.worth', { worth }),
    owner === undefined ? null : t('evidence.ownedBy', { name: nameOf(owner) }),
    fixed === undefined ? null : t(`fixed.${fixed}`),
    fixing,
  ]
  return (
    <li>
      <b>{thingName}</b> <span className="num">{count}</span> {measureWord} <Tag tone="calm">{t(`evidenceKind.${evidenceKind}`)}</Tag>{' '}
      <Tag tone={state === 'held' ? 'line' : 'calm'}>{t(`thingState.${state}`)}</Tag>
      <small>{more.filter(Boolean).join(' · ')}</small>
    </li>
  )
}

/** Who is on the other side of a list: words. */
export function otherSide(kind: ListRow['kind']): string {
  if (kind === 'returned') return 'field.receiver'
  return kind === 'received' || kind === 'gathered' ? 'evidence.giver' : 'evidence.holder'
}

function List({ list, whole }: { list: ListRow; whole: Whole }) {
  const { t } = useTranslation()
  const nameOf = nameIn(whole.persons, t)
  const { kind, number, giver, ownerKind, officers, signed, attestor, at } = list
  const said = [
    giver === null ? null : `${t(otherSide(kind))} ${nameOf(giver)}`,
    ownerKind === null ? null : t(`ownerKind.${ownerKind}`),
    t(`signing.${signed}`),
    attestor === null ? null : t('evidence.attestedBy', { name: attestor }),
    officers.map(({ name }) => name).join(t('shell.comma')),
  ]
  return (
    <li>
      <p>
        <b>{t(`evidenceList.${kind}`)}</b> <span className="num">{t('evidence.listNumber', { number })}</span>{' '}
        <Link to="/case/$id/list/$number" params={{ id: whole.row.id, number: String(number) }}>
          {t('evidence.toPaper')}
        </Link>
      </p>
      <small>
        <span className="num">{dayTime(at)}</span> · {said.filter(Boolean).join(' · ')}
      </small>
      <ul className="case-things">
        {whole.evidence.things
          .filter((thing) => thing.list === list.list)
          .map((thing) => (
            <Thing key={thing.id} thing={thing} whole={whole} />
          ))}
      </ul>
    </li>
  )
}

/** Evidence and property of a case: each list with what is on it and where that is, the measures, and what may be done about them. */
export function Evidence({ whole, again }: { whole: Whole; again: () => void }) {
  const { t } = useTranslation()
  const { lists } = whole.evidence
  const offers = useMemo(() => evidenceOffers(whole, t), [whole, t])
  return (
    <section aria-label={t('evidence.title')}>
      <h2>{t('evidence.title')}</h2>
      <ul className="case-persons">
        {lists.map((list) => (
          <List key={list.list} list={list} whole={whole} />
        ))}
        {lists.length === 0 ? <li>{t('evidence.empty')}</li> : null}
      </ul>
      <Measures whole={whole} again={again} />
      <Appraisals whole={whole} again={again} />
      <Actions module="cases" stream={whole.row.id} can={whole.can} offers={offers} done={again} />
    </section>
  )
}
