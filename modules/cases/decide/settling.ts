import { beginLimit, restartLimit, type StatutoryLimit } from '#kernel/statute.ts'
import type { RestartReason } from '#kernel/calendar/step.ts'
import { momentOf } from '#kernel/day.ts'
import { Refusal } from '#kernel/decider.ts'
import type { Event } from '../contract.ts'
import type { Act } from '../contract/acts.ts'
import type { Mediation } from '../contract/mediation.ts'
import type { Officer } from '../contract/parts.ts'
import { agreementRow } from '../rules/penalty.ts'
import { isMinor, suspectOf, suspectsOf } from './about.ts'
import { amountOn } from './amounts.ts'
import { type Asked, giverOf, type Of } from './asked.ts'
import type { ActRule } from './book.ts'
import { begin } from './counting.ts'
import { handling } from './handling.ts'
import { lawOn } from './law.ts'
import { isOpen, isOver } from './limits.ts'
import type { Matter } from './matter.ts'
import { administrative, isSettled, notUnderApproval, unsettled, wouldBeLast } from './penalty.ts'
import { ageOn } from './persons.ts'
import { victimsOf } from './serving.ts'
import { twoOfficers } from './sessions.ts'

type Scope = Pick<Of<'openMediation'>, 'person' | 'minorAct' | 'noneExcluded'>

const runs = (one: Mediation | undefined): boolean => one?.state === 'open' || one?.state === 'agreed'

/** @throws Refusal while it is being settled: nothing is decided until that has come to nothing (AP 185) */
export function notBeingSettled({ books }: Matter, person: string, asked: Asked): void {
  if (runs(books.mediation[person])) throw new Refusal('mediation-runs', { article: lawOn(asked, 'med-settle').article })
}

/** What may be settled at all (AP 178, 179; PSL25 9): undecided, a minor act against somebody, none of what shuts it out. */
function within(matter: Matter, { person, minorAct, noneExcluded }: Scope, asked: Asked): void {
  administrative(matter)
  suspectOf(matter, person)
  unsettled(matter, person)
  const decided = matter.books.decision[person]?.decided
  if (decided) throw new Refusal('decided-already', { values: { number: decided.decisionNumber } })
  notUnderApproval(matter, person)
  const { article } = lawOn(asked, 'med-scope')
  if (victimsOf(matter, person).length === 0) throw new Refusal('no-victim', { article })
  if (minorAct !== true) throw new Refusal('not-minor-act', { field: 'data.minorAct', article })
  if (noneExcluded !== true) throw new Refusal('mediation-excluded', { field: 'data.noneExcluded', article })
}

/** Once, and where it came to nothing once more, in seven working days from then (AP 183); never after a new act or a flight. */
export function openMediation(matter: Matter, data: Of<'openMediation'>, asked: Asked): Event[] {
  handling(matter, asked)
  const { person, mediationCause, bothWilling } = data
  const before = matter.books.mediation[person]
  within(matter, data, asked)
  notBeingSettled(matter, person, asked)
  const { article } = lawOn(asked, 'med-scope')
  if (bothWilling !== true) throw new Refusal('both-willing', { field: 'data.bothWilling', article })
  if (before?.failure === 'newAct' || before?.failure === 'fled') throw new Refusal('mediation-over', { article })
  const again = before?.firstFailed ?? null
  const times = lawOn(asked, 'med-times').article
  if (before !== undefined && (before.round > 1 || again === null)) throw new Refusal('mediation-twice', { article: times })
  const limits = again === null ? [] : [begin(asked, 'med-times', again)]
  const over = limits.find(({ due }) => asked.at > due)
  if (over !== undefined) throw new Refusal('mediation-late', { article: times, values: { due: momentOf(over.due) } })
  return [{ type: 'mediationOpened', data: { person, mediationCause, round: again === null ? 1 : 2, limits } }]
}

/** @throws Refusal unless it stands so */
function standing({ books }: Matter, person: string, state: Mediation['state'], asked: Asked): Mediation {
  const found = books.mediation[person]
  if (found?.state !== state)
    throw new Refusal(state === 'open' ? 'no-mediation' : 'no-agreement', { article: lawOn(asked, 'med-settle').article })
  return found
}

/** One officer with helpers where it is recorded whole, or two (AP 52). */
function mediators(matter: Matter, { second, recorded }: Of<'agree'>, asked: Asked): readonly Officer[] {
  if (second !== undefined) return twoOfficers(matter, { second, oneMay: false }, asked)
  if (recorded !== true)
    throw new Refusal('recording-needed', { field: 'data.recorded', article: lawOn(asked, 'intake-one-officer').article })
  return [giverOf(asked)].filter((one) => one !== null)
}

/** Parents or guardian of a minor of either side are called; not of one of sixteen who lives by his own work and says no (AP 181). */
function guarded(matter: Matter, { person, guardian, ownIncome }: Of<'agree'>, asked: Asked): void {
  const { amount, article } = amountOn(asked, 'med-guardian')
  const sides = new Set([person, ...victimsOf(matter, person)])
  const minors = matter.persons.filter((one) => sides.has(one.id) && isMinor(one, asked))
  const alone = ownIncome === true && minors.every((one) => (ageOn(one, asked.at) ?? 0) >= amount)
  if (minors.length > 0 && guardian === undefined && !alone) throw new Refusal('mediation-guardian', { field: 'data.guardian', article })
}

const untilPerformed = ({ at, facts }: Asked, days: number): StatutoryLimit =>
  beginLimit({ ...agreementRow, term: `P${days}D` }, { from: at }, { calendar: facts.calendar, now: at })

/** 调解协议. */
export function agree(matter: Matter, data: Of<'agree'>, asked: Asked): Event[] {
  handling(matter, asked)
  const { second: _second, bothSigned, ...said } = data
  standing(matter, data.person, 'open', asked)
  guarded(matter, data, asked)
  const officers = [...mediators(matter, data, asked)]
  if (bothSigned !== true) throw new Refusal('agreement-unsigned', { field: 'data.bothSigned', article: agreementRow.article })
  const limits = data.performDays === 0 ? [] : [untilPerformed(asked, data.performDays)]
  return [{ type: 'agreed', data: { ...said, officers, last: wouldBeLast(matter, data.person), limits } }]
}

/**
 * The time to decide is counted from where settling came to nothing (AP 185). Strictly: by the first failure alone, not where somebody else of the case was
 * never in mediation, and nothing heals what was over.
 */
function anew(matter: Matter, reason: RestartReason, asked: Asked): StatutoryLimit[] {
  const found = matter.row.limits.find(({ limit }) => limit.rule === 'dec-limit')
  if (found === undefined) return []
  const { decision, mediation } = matter.books
  const undecided = suspectsOf(matter).filter(({ id }) => decision[id]?.decided == null && !isSettled(matter, id))
  const all = undecided.every(({ id }) => mediation[id] !== undefined)
  if (isOpen(found) && (!all || isOver(found, asked.at))) return []
  return [restartLimit(found.limit, { from: asked.at, reason, approval: null }, { calendar: asked.facts.calendar, now: asked.at })]
}

function told(suitTold: boolean | undefined, asked: Asked): void {
  if (suitTold !== true) throw new Refusal('suit-untold', { field: 'data.suitTold', article: lawOn(asked, 'med-settle').article })
}

export function failMediation(matter: Matter, { suitTold, ...said }: Of<'failMediation'>, asked: Asked): Event[] {
  handling(matter, asked)
  const { round } = standing(matter, said.person, 'open', asked)
  told(suitTold, asked)
  return [{ type: 'mediationFailed', data: { ...said, limits: round === 1 ? anew(matter, 'mediationFailed', asked) : [] } }]
}

export function keepAgreement(matter: Matter, data: Of<'keepAgreement'>, asked: Asked): Event[] {
  handling(matter, asked)
  standing(matter, data.person, 'agreed', asked)
  return [{ type: 'agreementKept', data }]
}

export function breakAgreement(matter: Matter, { suitTold, ...said }: Of<'breakAgreement'>, asked: Asked): Event[] {
  handling(matter, asked)
  standing(matter, said.person, 'agreed', asked)
  told(suitTold, asked)
  return [{ type: 'agreementBroken', data: { ...said, limits: anew(matter, 'agreementBroken', asked) } }]
}

function acceptable(matter: Matter, act: Extract<Act, { kind: 'acceptSettlement' }>, asked: Asked): string {
  within(matter, act, asked)
  notBeingSettled(matter, act.person, asked)
  const { article } = lawOn(asked, 'med-settle')
  if (act.bothAsk !== true) throw new Refusal('settlement-writing', { field: 'data.act.bothAsk', article })
  if (act.performed !== true) throw new Refusal('settlement-unkept', { field: 'data.act.performed', article })
  return article
}

/** 认可和解、人民调解协议: by the agency, before a decision. The law names the agency and no lower head. */
export const acceptSettlement: ActRule<'acceptSettlement'> = {
  ask: (matter, act, asked) => ({ level: 'agencyHead', article: acceptable(matter, act, asked) }),
  done(matter, act, asked) {
    acceptable(matter, act, asked)
    const { person, settledBy, mediationCause, terms } = act
    return [{ type: 'settlementAccepted', data: { person, settledBy, mediationCause, terms, last: wouldBeLast(matter, person) } }]
  },
}
