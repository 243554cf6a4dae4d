import type { Recorded } from '#kernel/decider.ts'
import type { Event, MatterRow } from '../contract.ts'
import { decisionCommands, type decisionEvents, type Penalty } from '../contract/decision.ts'
import type { Book } from './book.ts'
import { decided, decidedRow } from './deciding.ts'
import { answerHearing, arrangeHearing, endHearing, heard, hearingRow, hearingWish } from './hearing.ts'
import { noticed, noticePenalty, noticeRow, recordDefence } from './notice.ts'
import { drafted, draftPenalty, type Penalties, standing } from './penalty.ts'
import { askReview, discussPenalty, reviewed, reviewPenalty } from './review.ts'
import type { Matter } from './matter.ts'

type Own = keyof typeof decisionCommands
type OwnEvent = Extract<Recorded<Event>, { type: keyof typeof decisionEvents }>

function changed(before: Penalty, event: Exclude<OwnEvent, { type: 'penaltyDrafted' }>): Penalty {
  if (event.data === null) return before
  switch (event.type) {
    case 'penaltyNoticeGiven':
      return noticed(before, event)
    case 'defenceRecorded': {
      const { said, statement = null, recheck = null } = event.data
      return { ...before, defence: { said, statement, recheck } }
    }
    case 'hearingWished':
    case 'hearingAnswered':
    case 'hearingArranged':
    case 'hearingEnded':
      return heard(before, event)
    case 'reviewAsked':
    case 'penaltyReviewed':
      return reviewed(before, event)
    case 'penaltyDiscussed':
      return { ...before, discussed: { present: event.data.present, agreed: event.data.agreed } }
    case 'penaltyDecided':
      return decided(before, event)
  }
}

/** Silence of the legal department is a yes (AP 136). */
function silence(slice: Penalties, event: Recorded<Event>): Penalties {
  if (event.type !== 'limitBreached' || event.data?.rule !== 'hear-steps.accept') return slice
  const { subject = '' } = event.data
  const before = slice[subject]
  if (before?.hearing?.state !== 'asked') return slice
  return { ...slice, [subject]: { ...before, hearing: { ...before.hearing, state: 'accepted' } } }
}

const types: ReadonlySet<string> = new Set<keyof typeof decisionEvents>([
  'penaltyDrafted',
  'penaltyNoticeGiven',
  'defenceRecorded',
  'hearingWished',
  'hearingAnswered',
  'hearingArranged',
  'hearingEnded',
  'reviewAsked',
  'penaltyReviewed',
  'penaltyDiscussed',
  'penaltyDecided',
])
const isOwn = (event: Recorded<Event>): event is OwnEvent => types.has(event.type)

/** Of what is settled nothing is decided any more. */
const withoutOf = (slice: Penalties, person: string | undefined): Penalties =>
  Object.fromEntries(Object.entries(slice).filter(([id]) => id !== person))

function evolve(slice: Penalties, event: Recorded<Event>): Penalties {
  if (event.type === 'turnedCriminal') return Object.fromEntries(Object.entries(slice).filter(([, { decided: done }]) => done !== null))
  if (event.type === 'agreementKept' || event.type === 'settlementAccepted') return withoutOf(slice, event.data?.person)
  if (!isOwn(event)) return silence(slice, event)
  if (event.data === null) return slice
  const { person } = event.data
  if (event.type === 'penaltyDrafted') return { ...slice, [person]: drafted(slice[person], event.data) }
  const before = slice[person]
  return before === undefined ? slice : { ...slice, [person]: changed(before, event) }
}

function limitsOf(matter: Matter, event: OwnEvent): Partial<MatterRow> {
  switch (event.type) {
    case 'penaltyNoticeGiven':
      return noticeRow(matter, event)
    case 'hearingWished':
    case 'hearingAnswered':
    case 'hearingArranged':
    case 'hearingEnded':
      return hearingRow(matter, event)
    case 'penaltyDecided':
      return decidedRow(matter, event)
    default:
      return {}
  }
}

/** 告知、听证、审核、决定: what is to be imposed on each suspect, from the draft to the decision. */
export const decision: Book<Penalties, Own> = {
  initial: {},
  commands: Object.keys(decisionCommands) as Own[],
  decide(matter, command, asked) {
    switch (command.type) {
      case 'draftPenalty':
        return draftPenalty(matter, command.data, asked)
      case 'noticePenalty':
        return noticePenalty(matter, command.data, asked)
      case 'recordDefence':
        return recordDefence(matter, command.data, asked)
      case 'hearingWish':
        return hearingWish(matter, command.data, asked)
      case 'answerHearing':
        return answerHearing(matter, command.data, asked)
      case 'arrangeHearing':
        return arrangeHearing(matter, command.data, asked)
      case 'endHearing':
        return endHearing(matter, command.data, asked)
      case 'askReview':
        return askReview(matter, command.data, asked)
      case 'reviewPenalty':
        return reviewPenalty(matter, command.data, asked)
      case 'discussPenalty':
        return discussPenalty(matter, command.data, asked)
    }
  },
  evolve,
  row(matter, event) {
    const settles = event.type === 'agreementKept' || event.type === 'settlementAccepted'
    if (!isOwn(event) && !settles) return {}
    const after = evolve(matter.books.decision, event)
    if (settles) return { phase: Object.keys(after).length === 0 ? 'filed' : standing(after) }
    return { ...limitsOf(matter, event), phase: standing(after) }
  },
}
