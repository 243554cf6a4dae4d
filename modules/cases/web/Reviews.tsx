import { useTranslation } from 'react-i18next'
import { dayTime } from '#kernel/web/time.ts'
import type { Views } from '../contract.ts'
import type { WaitingRow } from '../contract/board.ts'
import type { reviewItems } from '../contract/decision.ts'
import { nameIn } from './Choices.tsx'
import { PenaltyFacts } from './Penalty.tsx'
import { penaltyOffers } from './penaltyOffers.tsx'
import { WaitingDesk } from './Waiting.tsx'
import { ExplanationDetail, MatterDetail } from './WaitingDetail.tsx'
import type { Whole } from './whole.ts'

/** The keys of what a reviewer does with a suspect's penalty. */
const keys: Readonly<Record<string, string>> = { reviewPenalty: 'r', answerHearing: 'a', arrangeHearing: 'p', endHearing: 'e' }

interface Reviewed {
  readonly person: string
  readonly conclusion?: string
  readonly corrected?: string
  readonly findings?: readonly { readonly item: (typeof reviewItems)[number]; readonly finding: string }[]
}
const rounds: ReadonlySet<string> = new Set(['reviewAsked', 'penaltyReviewed'])
const ofReview = (trace: Views['matter']['trace'], person: string) =>
  trace.flatMap(({ n, type, at, by, data }) => {
    const said = data as Reviewed | null
    return rounds.has(type) && said?.person === person ? [{ n, type, at, by, said }] : []
  })

/** What was found in each round, and what was done about it. */
function Rounds({ whole, person }: { whole: Whole; person: string }) {
  const { t } = useTranslation()
  return (
    <>
      <h2>{t('waiting.rounds')}</h2>
      <ol className="case-persons">
        {ofReview(whole.trace, person).map(({ n, type, at, by, said }) => (
          <li key={n}>
            <b>{type === 'reviewAsked' ? t('caseEvent.reviewAsked') : t(`reviewConclusion.${said.conclusion}`)}</b>{' '}
            <small>
              {by} · <span className="num">{dayTime(at)}</span>
            </small>
            {said.corrected === undefined ? null : <p>{said.corrected}</p>}
            {said.findings?.map(({ item, finding }) => (
              <p key={item}>
                {t(`reviewItem.${item}`)}：{finding}
              </p>
            ))}
          </li>
        ))}
      </ol>
    </>
  )
}

function Detail({ row, again }: { row: WaitingRow; again: () => void }) {
  const { t } = useTranslation()
  const penaltyIn = (whole: Whole) => whole.penalties.find(({ person }) => person === row.key)
  return (
    <MatterDetail
      row={row}
      again={again}
      steps={(whole) => {
        const penalty = penaltyIn(whole)
        const offers = penalty ? penaltyOffers(penalty, [], row.unit) : []
        return {
          can: penalty?.can ?? {},
          offers: offers.flatMap((offer) => (keys[offer.type] === undefined ? [] : [{ ...offer, key: keys[offer.type] ?? '' }])),
        }
      }}
    >
      {(whole) => {
        const penalty = penaltyIn(whole)
        return penalty ? (
          <>
            <h2>
              {t('cases.draftBy')} {nameIn(whole.persons, t)(penalty.person)}
            </h2>
            <PenaltyFacts row={penalty} whole={whole} />
            <Rounds whole={whole} person={penalty.person} />
          </>
        ) : null
      }}
    </MatterDetail>
  )
}

/** 法制审核: drafts and hearings that wait for the legal reviewer, reviewed where they stand. */
export default function Reviews() {
  return (
    <WaitingDesk
      of="reviews"
      detail={(row, again) => {
        const One = row.of === 'matter' ? Detail : ExplanationDetail
        return <One key={[row.id, row.act, row.key].join(' ')} row={row} again={again} />
      }}
    />
  )
}
