import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Actions, type Can, type Offer } from '#kernel/web/Actions.tsx'
import { DetailHead, Loading, Trouble } from '#kernel/web/States.tsx'
import { useView } from '#kernel/web/view.ts'
import { commands, type Views } from '../contract.ts'
import type { WaitingRow } from '../contract/board.ts'
import { Facts } from './Facts.tsx'
import { FactList } from './FactList.tsx'
import { PhaseTag } from './PhaseTag.tsx'
import { QuestionDetail } from './QuestionDetail.tsx'
import { Petition, useWaitingWords } from './Waiting.tsx'
import { useWhole, type Whole } from './whole.ts'

/** What can be done with it, in the order of the work. */
export interface Steps {
  readonly can: Can
  readonly offers: readonly Offer[]
}
interface Props {
  readonly row: WaitingRow
  readonly again: () => void
  readonly steps: (whole: Whole) => Steps
  /** What of the case it takes to decide, beside what was reported. */
  readonly children: (whole: Whole) => ReactNode
}

/** Who is in it, by what he is. */
function People({ whole: { persons } }: { whole: Whole }) {
  const { t } = useTranslation()
  const named = persons.map(({ roles, personName, described }) => {
    const role = roles.map((one) => t(`personRole.${one}`)).join(t('shell.comma'))
    return { role, name: personName ?? described ?? t('cases.hiddenName') }
  })
  const byRole = [...Map.groupBy(named, ({ role }) => role)]
  return <FactList facts={byRole.map(([role, alike]) => [role, alike.map(({ name }) => name).join(t('shell.comma'))])} />
}

/** A case with what it takes to decide on one thing in it. */
export function MatterDetail({ row, again, steps, children }: Props) {
  const { t } = useTranslation()
  const words = useWaitingWords()
  const { data: whole, failure, again: reread } = useWhole(row.id)
  const done = () => {
    again()
    reread()
  }
  return (
    <section className="panel" aria-label={`${words.what(row)} ${row.number}`}>
      <div className="panel-head">
        <DetailHead>{words.what(row)}</DetailHead>
        {whole ? <PhaseTag phase={whole.row.phase} /> : null}
        <span className="grow" />
        <Link className="num" to="/case/$id" params={{ id: row.id }}>
          {row.number}
        </Link>
      </div>
      {failure && !whole ? <Trouble failure={failure} again={reread} /> : null}
      {!whole && !failure ? <Loading /> : null}
      {whole ? (
        <>
          <div className="panel-body pad" tabIndex={0}>
            <Petition row={row} />
            {children(whole)}
            <h2>{t('waiting.reported', { cause: row.cause })}</h2>
            <Facts whole={whole} />
            <h2>{t('cases.persons')}</h2>
            <People whole={whole} />
          </div>
          <Actions module="cases" stream={row.id} {...steps(whole)} next={steps(whole).offers.map(({ type }) => type)} done={done} />
        </>
      ) : null}
    </section>
  )
}

/** What a station says of an incident that nobody has accepted, to be confirmed. */
export function ExplanationDetail({ row, again }: Pick<Props, 'row' | 'again'>) {
  const words = useWaitingWords()
  const { data, failure, again: reread } = useView<Views['questions']>('cases', 'questions', { unit: row.unit }, { pace: 1500 })
  const one = data?.rows.find(({ row: { id } }) => id === row.id)
  const offers: readonly Offer[] = [
    {
      type: 'confirmExplanation',
      schema: commands.confirmExplanation,
      key: 'a',
      confirm: `${words.cause(row)} ${row.number}`,
    },
    { type: 'rejectExplanation', schema: commands.rejectExplanation, key: 'd' },
  ]
  const done = () => {
    again()
    reread()
  }
  if (one) return <QuestionDetail one={one} again={done} offers={offers} />
  return (
    <section className="panel" aria-label={`${words.what(row)} ${row.number}`}>
      <div className="panel-head">
        <DetailHead>{words.what(row)}</DetailHead>
      </div>
      {failure ? <Trouble failure={failure} again={reread} /> : <Loading />}
    </section>
  )
}
