import { useTranslation } from 'react-i18next'
import { articleSaid } from '#kernel/statute/told.ts'
import { Actions, type Offer } from '#kernel/web/Actions.tsx'
import { Tag } from '#kernel/web/Tag.tsx'
import { dayTime } from '#kernel/web/time.ts'
import { useTongue } from '#kernel/web/tongue.ts'
import { useUnits } from '#kernel/web/units.ts'
import { commands, type Views } from '../contract.ts'
import type { RequestRow } from '../contract/acts.ts'
import { nameIn } from './Choices.tsx'
import { detailOf } from './told.ts'

export const offersOf = (request: number): readonly Offer[] => [
  { type: 'approve', word: 'approveRequest', schema: commands.approve.omit({ request: true }), beside: { request } },
  { type: 'declineApproval', schema: commands.declineApproval.omit({ request: true }), beside: { request } },
  { type: 'withdrawRequest', schema: commands.withdrawRequest.omit({ request: true }), beside: { request } },
]

/** What is asked for, by whom, and which article says who approves it. */
export function Asked({ asked, whole }: { asked: RequestRow; whole: Views['matter'] }) {
  const { t } = useTranslation()
  const { say } = useTongue()
  const units = useUnits()
  const { request, kind, level, article, reason, by, at } = asked
  return (
    <>
      <p>
        <b>{t(`act.${kind}`)}</b> {whole.recusal.find((one) => one.request === request)?.officer.name}{' '}
        <Tag tone="warn">{t('cases.waitsFor', { level: t(`level.${level}`) })}</Tag>
      </p>
      <p>{[...detailOf(whole.acts[request] ?? {}, { t, units, nameOf: nameIn(whole.persons, t) }), reason].join(' · ')}</p>
      <small>
        {by} · <span className="num">{dayTime(at)}</span> · {articleSaid(article, say)}
      </small>
    </>
  )
}

/** What waits for somebody's approval in this case. */
export function Requests({ whole, again }: { whole: Views['matter']; again: () => void }) {
  const { t } = useTranslation()
  if (whole.row.requests.length === 0) return null
  return (
    <>
      <h2>{t('cases.requests')}</h2>
      <ul className="case-persons">
        {whole.row.requests.map((asked) => (
          <li key={asked.request}>
            <Asked asked={asked} whole={whole} />
            <Actions
              module="cases"
              stream={whole.row.id}
              can={whole.requests[asked.request] ?? {}}
              offers={offersOf(asked.request)}
              next={['approve']}
              done={again}
            />
          </li>
        ))}
      </ul>
    </>
  )
}
