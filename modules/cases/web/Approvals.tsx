import { useTranslation } from 'react-i18next'
import type { Offer } from '#kernel/web/Actions.tsx'
import { commands, type PenaltyRow } from '../contract.ts'
import type { WaitingRow } from '../contract/board.ts'
import { nameIn } from './Choices.tsx'
import { PenaltyFacts } from './Penalty.tsx'
import { penaltyOffers } from './penaltyOffers.tsx'
import { Asked, offersOf } from './Requests.tsx'
import { penaltyText } from './told.ts'
import { WaitingDesk, useWaitingWords } from './Waiting.tsx'
import { ExplanationDetail, MatterDetail, type Steps } from './WaitingDetail.tsx'
import type { Whole } from './whole.ts'

const requestOf = ({ key }: WaitingRow, { row }: Whole) => row.requests.find(({ request }) => String(request) === key)

/** To say yes and to say no, by what is asked for. */
function offersFor(row: WaitingRow): readonly Offer[] {
  switch (row.act) {
    case 'approve':
      return offersOf(Number(row.key)).filter(({ type }) => type !== 'withdrawRequest')
    case 'transfer':
      return [
        { type: 'transfer', word: 'transferMatter', schema: commands.transfer },
        { type: 'declineTransfer', schema: commands.declineTransfer },
      ]
    default:
      return [
        { type: 'approveFiling', schema: commands.approveFiling },
        { type: 'returnProposal', schema: commands.returnProposal },
      ]
  }
}

/** The suspect whom a request is about or who is to be discussed, with what is to be imposed on him. */
function suspectIn(row: WaitingRow, whole: Whole): PenaltyRow | undefined {
  if (row.act === 'discuss') return whole.penalties.find(({ person }) => person === row.key)
  const act = whole.acts[Number(row.key)]
  return act !== undefined && 'person' in act ? whole.penalties.find(({ person }) => person === act.person) : undefined
}

/** What a yes means: the penalty and for whom, the filing or its refusal. */
function useSaid(row: WaitingRow): (whole: Whole) => readonly string[] {
  const { t } = useTranslation()
  return (whole) => {
    const { proposal } = whole.row
    if (row.act === 'approveFiling' && proposal) return [t(`filingOutcome.${proposal.outcome}`), t(`caseKind.${proposal.caseKind}`)]
    const suspect = suspectIn(row, whole)
    if (!suspect) return []
    const imposed = row.detail === 'act.decidePenalty' && suspect.penalty ? [penaltyText(suspect.penalty.draft, t)] : []
    return [nameIn(whole.persons, t)(suspect.person), ...imposed]
  }
}

function Essence({ row, whole }: { row: WaitingRow; whole: Whole }) {
  const { t } = useTranslation()
  const asked = row.act === 'approve' ? requestOf(row, whole) : undefined
  const suspect = suspectIn(row, whole)
  return (
    <>
      {asked ? <Asked asked={asked} whole={whole} /> : null}
      {suspect?.penalty ? (
        <>
          <h2>
            {t('cases.penalties')} {nameIn(whole.persons, t)(suspect.person)}
          </h2>
          <PenaltyFacts row={suspect} whole={whole} />
        </>
      ) : null}
    </>
  )
}

/** Whoever writes down what was agreed takes nothing over with one key. */
function discussing(row: WaitingRow, whole: Whole): Steps {
  const suspect = suspectIn(row, whole)
  const offers = suspect ? penaltyOffers(suspect, [], row.unit).filter(({ type }) => type === 'discussPenalty') : []
  return { can: suspect?.can ?? {}, offers: offers.map((offer) => ({ ...offer, key: 'a' })) }
}

function Detail({ row, again }: { row: WaitingRow; again: () => void }) {
  const words = useWaitingWords()
  const saidOf = useSaid(row)
  const deciding = (whole: Whole): Steps => {
    const [yes, ...no] = offersFor(row)
    const confirm = [words.what(row), ...saidOf(whole), row.cause, row.number].join(' · ')
    return {
      can: (row.act === 'approve' ? whole.requests[Number(row.key)] : whole.can) ?? {},
      offers: [...(yes ? [{ ...yes, key: 'a', confirm }] : []), ...no.map((offer) => ({ ...offer, key: 'd' }))],
    }
  }
  return (
    <MatterDetail row={row} again={again} steps={(whole) => (row.act === 'discuss' ? discussing(row, whole) : deciding(whole))}>
      {(whole) => <Essence row={row} whole={whole} />}
    </MatterDetail>
  )
}

/** 审批: all that waits for a head, decided where it stands. */
export default function Approvals() {
  return (
    <WaitingDesk
      of="approvals"
      detail={(row, again) => {
        const One = row.of === 'matter' ? Detail : ExplanationDetail
        return <One key={[row.id, row.act, row.key].join(' ')} row={row} again={again} />
      }}
    />
  )
}
