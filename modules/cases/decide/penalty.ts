import { type Recorded, Refusal } from '#kernel/decider.ts'
import type { Event, MatterRow } from '../contract.ts'
import type { Penalty, PenaltyKind } from '../contract/decision.ts'
import { suspectOf, suspectsOf } from './about.ts'
import { handling } from './handling.ts'
import type { Asked, Of } from './asked.ts'
import { begin } from './counting.ts'
import { amountOn } from './amounts.ts'
import { lawOn } from './law.ts'
import type { Matter } from './matter.ts'
import { ageOn } from './persons.ts'

/** Penalties by the person whom they are proposed for. */
export type Penalties = Readonly<Record<string, Penalty>>
export type Draft = Penalty['draft']

/** A penalty is imposed in an administrative case only: what may be a crime goes over to criminal procedure (AP 65). */
export function administrative({ row }: Matter): void {
  if (row.caseKind === 'criminal') throw new Refusal('criminal-case', { article: 'AP 65' })
}

/** Whose act is settled, and what was agreed done. */
export const isSettled = ({ books }: Pick<Matter, 'books'>, person: string): boolean => books.mediation[person]?.state === 'kept'

/** @throws Refusal where it has been settled and kept: no penalty follows (AP 185) */
export function unsettled(matter: Matter, person: string): void {
  if (isSettled(matter, person)) throw new Refusal('settled-already', { article: 'AP 185, 186' })
}

/** @throws Refusal when nothing has been proposed for this person yet, or all has been decided */
export function pending(matter: Matter, person: string): Penalty {
  suspectOf(matter, person)
  unsettled(matter, person)
  const found = matter.books.decision[person]
  if (found === undefined) throw new Refusal('draft-first', { article: 'AP 172' })
  if (found.decided !== null) throw new Refusal('decided-already', { values: { number: found.decided.decisionNumber } })
  return found
}

export const has = ({ penalties }: Pick<Draft, 'penalties'>, kind: PenaltyKind): boolean => penalties.includes(kind)
/** What is against somebody, and not that nothing is. */
export const penal = (draft: Pick<Draft, 'penalties'>): boolean => !has(draft, 'none')

function wellFormed(data: Of<'draftPenalty'>, asked: Asked): void {
  const { penalties, fine, days, licence } = data
  if (!penal(data) && penalties.length > 1) throw new Refusal('none-alone', { field: 'data.penalties' })
  if (new Set(penalties).size < penalties.length) throw new Refusal('penalty-twice', { field: 'data.penalties' })
  if (has(data, 'fine') !== (fine !== undefined)) throw new Refusal('fine-amount', { field: 'data.fine' })
  if (has(data, 'detention') !== (days !== undefined)) throw new Refusal('detention-days', { field: 'data.days' })
  if (has(data, 'revocation') !== (licence !== undefined)) throw new Refusal('licence-which', { field: 'data.licence' })
  const { amount, article } = amountOn(asked, 'dec-detention.combined')
  if (days !== undefined && days > amount) throw new Refusal('detention-long', { field: 'data.days', values: { days: amount }, article })
}

/** What the police did not know of within so long of its end is not penalised any more (PSL25 25): a report in time is enough. */
function notBarred({ row }: Matter, asked: Asked): void {
  const ended = row.happened?.until ?? row.happened?.from
  if (ended === undefined) return
  const { due, article } = begin(asked, 'dec-limitation.security', ended)
  if (row.received > due) throw new Refusal('time-barred', { article })
}

/** By how much it weighs: a kind more, or more of one, is heavier. */
const heavier = (one: Draft, other: Draft): boolean =>
  one.penalties.some((kind) => kind !== 'none' && !has(other, kind)) ||
  (one.fine ?? 0) > (other.fine ?? 0) ||
  (one.days ?? 0) > (other.days ?? 0)

/** @throws Refusal while a head has the decision before him */
export function notUnderApproval({ row, books }: Matter, person: string): void {
  const under = row.requests.some(({ request }) => {
    const act = books.approvals.acts[request]
    return act?.kind === 'decidePenalty' && act.person === person
  })
  if (under) throw new Refusal('awaits-approval')
}

export function draftPenalty(matter: Matter, data: Of<'draftPenalty'>, asked: Asked): Event[] {
  handling(matter, asked)
  administrative(matter)
  const { person } = data
  const age = ageOn(suspectOf(matter, person), asked.at)
  const before = matter.books.decision[person]
  unsettled(matter, person)
  if (before?.decided) throw new Refusal('decided-already', { values: { number: before.decided.decisionNumber } })
  wellFormed(data, asked)
  const least = amountOn(asked, 'dec-age')
  if (age !== null && age < least.amount && penal(data))
    throw new Refusal('too-young', { article: least.article, values: { years: least.amount } })
  if (penal(data)) notBarred(matter, asked)
  const spoken = before?.defence?.said === 'statement' || before?.hearing?.state === 'held'
  if (before && spoken && heavier(data, before.draft))
    throw new Refusal('heavier-for-defence', { article: lawOn(asked, 'dec-notice').article })
  notUnderApproval(matter, person)
  return [{ type: 'penaltyDrafted', data }]
}

/** What was told stays good for what is milder and rests on the same facts; anything else is told anew. A review is of one draft only. */
export function drafted(before: Penalty | undefined, { person: _person, ...draft }: Of<'draftPenalty'>): Penalty {
  const blank = { draft, notice: null, defence: null, hearing: null, review: null, discussed: null, decided: null }
  if (before === undefined) return blank
  const same = before.draft.facts === draft.facts && before.draft.article === draft.article && !heavier(draft, before.draft)
  const review = before.review && { ...before.review, state: 'returned' as const }
  return { ...blank, ...(same && { notice: before.notice, defence: before.defence, hearing: before.hearing }), review }
}

/** Whether every suspect has been decided on or has settled it, this one included. */
export const wouldBeLast = (matter: Matter, person: string): boolean =>
  suspectsOf(matter).every(({ id }) => id === person || matter.books.decision[id]?.decided != null || isSettled(matter, id))

/** Where the case stands by what has become of its suspects: all have to be decided on before it is. */
export function standing(penalties: Penalties): MatterRow['phase'] {
  const open = Object.values(penalties).filter(({ decided }) => decided === null)
  if (open.some(({ review }) => review?.state === 'asked')) return 'reviewing'
  if (open.some(({ notice }) => notice !== null)) return 'noticed'
  return open.length === 0 ? 'decided' : 'filed'
}

/** An event of this type as it was recorded. */
export type About<Type extends Event['type']> = Extract<Recorded<Event>, { type: Type }>
