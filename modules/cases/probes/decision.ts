import type { Act } from '../contract/acts.ts'
import type { Command, OnSuspect } from '../contract.ts'
import { victimsOf } from '../decide/serving.ts'
import type { Matter } from '../decide/matter.ts'

export type SuspectAct = Extract<Act['kind'], 'decidePenalty' | 'deferFine' | 'suspendDetention' | 'acceptSettlement'>

/** What may be settled at all. */
const minor = { mediationCause: 'quarrel', minorAct: true, noneExcluded: true } as const

/** As in `can.ts`: input that stands for any. `owed`: what is to be paid at this moment. */
export const suspectProbes: {
  readonly [Type in OnSuspect]: (matter: Matter, person: string, owed: number) => Omit<Extract<Command, { type: Type }>['data'], 'person'>
} = {
  draftPenalty: () => ({ penalties: ['none'], article: '-', facts: '-' }),
  noticePenalty: () => ({ path: 'told', guardian: '-' }),
  recordDefence: () => ({ said: 'statement', statement: '-', recheck: '-' }),
  hearingWish: () => ({ wish: 'asks' }),
  answerHearing: () => ({ answer: 'accepted', reason: '-' }),
  arrangeHearing: () => ({ on: '2999-01-01T00:00:00.000Z', place: '-' }),
  endHearing: () => ({ course: 'withdrawn', record: '-' }),
  askReview: () => ({ corrected: '-' }),
  reviewPenalty: () => ({ conclusion: 'passed', findings: [] }),
  discussPenalty: () => ({ present: '-', agreed: '-' }),
  serveDecision(matter, person) {
    const { effective = null, copies = [] } = matter.books.execution[person] ?? {}
    const to = effective === null ? person : (victimsOf(matter, person).find((id) => !copies.includes(id)) ?? person)
    return { to, service: 'handed' }
  },
  tellOfDetention: () => ({ family: 'told' }),
  reportForeigner: () => ({ note: '-' }),
  payFine: (_matter, _person, owed) => ({ amount: owed, receipt: '-' }),
  deliverDetainee: () => ({ house: '-', receipt: '-' }),
  recordExecution: () => ({ note: '-' }),
  askSuspension: () => ({ suspension: 'remedy', reason: '-' }),
  refuseSuspension: () => ({ reason: '-' }),
  endSuspension: () => ({ reason: '-' }),
  bankBond: () => ({ receipt: '-' }),
  recordDoubt: () => ({ reason: '-' }),
  answerDoubt: () => ({ reason: '-' }),
  imposeOnTheSpot: () => ({
    penalty: 'warning',
    article: '-',
    facts: '-',
    clearFacts: true,
    noVice: true,
    cardShown: true,
    rightsTold: true,
    guardian: '-',
    said: 'nothing',
    recorded: true,
    handedOver: true,
  }),
  reportOnTheSpot: () => ({}),
  turnInFine: () => ({ receipt: '-' }),
  bankFine: () => ({ receipt: '-' }),
  openMediation: () => ({ ...minor, bothWilling: true }),
  agree: () => ({ place: '-', recorded: true, guardian: '-', terms: '-', performDays: 0, bothSigned: true }),
  failMediation: () => ({ failure: 'noTerms', reason: '-', suitTold: true }),
  keepAgreement: () => ({ proof: '-' }),
  breakAgreement: () => ({ reason: '-', suitTold: true }),
}

export const suspectActs: { readonly [Kind in SuspectAct]: (person: string) => Extract<Act, { kind: Kind }> } = {
  decidePenalty: (person) => ({ kind: 'decidePenalty', person }),
  deferFine: (person) => ({ kind: 'deferFine', person, days: 1 }),
  suspendDetention: (person) => ({ kind: 'suspendDetention', person, guarantee: 'guarantor', guarantor: '-' }),
  acceptSettlement: (person) => ({
    kind: 'acceptSettlement',
    person,
    settledBy: 'reconciled',
    ...minor,
    terms: '-',
    bothAsk: true,
    performed: true,
  }),
}
