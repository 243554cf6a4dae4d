import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Loading, Trouble } from '#kernel/web/States.tsx'
import { dayTime } from '#kernel/web/time.ts'
import { useUnits } from '#kernel/web/units.ts'
import { useView } from '#kernel/web/view.ts'
import type { Views } from '../contract.ts'
import type { ListRow } from '../contract/evidence.ts'
import { nameIn } from './Choices.tsx'
import { otherSide } from './Evidence.tsx'
import './cases.css'

type Whole = Views['matter']

function Items({ list, whole }: { list: ListRow; whole: Whole }) {
  const { t } = useTranslation()
  const nameOf = nameIn(whole.persons, t)
  const things = whole.evidence.things.filter(({ id }) => list.things.includes(id))
  return (
    <table className="paper-things">
      <thead>
        <tr>
          {(['number', 'thingName', 'count', 'features', 'owner', 'worth'] as const).map((name) => (
            <th key={name} scope="col">
              {t(`field.${name === 'number' ? 'id' : name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {things.map((thing, at) => (
          <tr key={thing.id}>
            <td className="num">{at + 1}</td>
            <td>
              {thing.thingName}
              <br />
              <small>{t(`evidenceKind.${thing.evidenceKind}`)}</small>
            </td>
            <td>
              <span className="num">{thing.count}</span> {thing.measureWord}
            </td>
            <td>{[thing.features, thing.fixed && t(`fixed.${thing.fixed}`), thing.fixing].filter(Boolean).join(t('shell.comma'))}</td>
            <td>{thing.owner === undefined ? '' : nameOf(thing.owner)}</td>
            <td className="num">{thing.worth}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Paper({ list, whole }: { list: ListRow; whole: Whole }) {
  const { t } = useTranslation()
  const units = useUnits()
  const nameOf = nameIn(whole.persons, t)
  const { kind, number, giver, officers, signed, attestor, at } = list
  const who = giver === null ? '' : nameOf(giver)
  const signs = [
    [t(otherSide(kind)), signed === 'signed' ? who : `${who} ${t(`signing.${signed}`)}`],
    [t('field.attestor'), attestor ?? ''],
    [t('evidence.officers'), officers.map(({ name }) => name).join(t('shell.comma'))],
  ] as const
  return (
    <article className="paper">
      <h1>{t(`evidenceList.${kind}`)}</h1>
      <p className="paper-head">
        <span>{units.name(whole.row.unit)}</span>
        <span className="num" data-list>
          {whole.row.caseNumber ?? whole.row.number} · {t('evidence.listNumber', { number })}
        </span>
        <span className="num">{dayTime(at)}</span>
      </p>
      <Items list={list} whole={whole} />
      <dl className="paper-signs">
        {signs.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p>{t(`evidenceListHow.${kind}`)}</p>
      <div className="action-row no-print">
        <button type="button" className="button primary" onClick={() => print()}>
          {t('evidence.print')}
        </button>
        <Link className="button" to="/case/$id" params={{ id: whole.row.id }}>
          {t('report.toCase')}
        </Link>
      </div>
    </article>
  )
}

/** One list as it is given to who handed it in or held it. It is what is printed. */
export default function ListPaper() {
  const { t } = useTranslation()
  const { id = '', number = '' } = useParams({ strict: false })
  const { data, failure } = useView<Whole>('cases', 'matter', { id })
  const list = data?.evidence.lists.find((one) => String(one.number) === number)
  if (data && list) return <Paper list={list} whole={data} />
  return (
    <section className="panel" aria-label={t('evidence.title')}>
      <div className="panel-head">
        <h1>{t('evidence.title')}</h1>
      </div>
      {failure ? <Trouble failure={failure} /> : data ? <p className="pad">{t('evidence.noList')}</p> : <Loading />}
    </section>
  )
}
