import { randomUUID } from 'node:crypto'
import type { OnSuspect } from '../contract.ts'

/** On a report that nobody has filed yet: who may not is told so, who may is told what is missing. */
const no = '409 404 404'
const officer = { caseOfficer: no }
const reviewer = { legalReviewer: no }
const head = { unitHead: no }
const roles: { readonly [Type in OnSuspect | 'closeCase']: object } = {
  draftPenalty: officer,
  noticePenalty: officer,
  recordDefence: officer,
  hearingWish: officer,
  answerHearing: reviewer,
  arrangeHearing: reviewer,
  endHearing: reviewer,
  askReview: officer,
  reviewPenalty: reviewer,
  discussPenalty: head,
  serveDecision: officer,
  tellOfDetention: officer,
  reportForeigner: officer,
  payFine: officer,
  deliverDetainee: officer,
  recordExecution: officer,
  askSuspension: officer,
  refuseSuspension: head,
  endSuspension: officer,
  bankBond: officer,
  recordDoubt: officer,
  answerDoubt: { ...officer, ...head },
  openMediation: officer,
  agree: officer,
  failMediation: officer,
  keepAgreement: officer,
  breakAgreement: officer,
  imposeOnTheSpot: officer,
  reportOnTheSpot: officer,
  turnInFine: officer,
  bankFine: officer,
  closeCase: officer,
}
export const penaltyAccess = Object.fromEntries(Object.entries(roles).map(([type, who]) => [`command cases.${type}`, who]))

const reason = { reason: '-' }
const given: { readonly [Type in OnSuspect]: object } = {
  draftPenalty: { penalties: ['warning'], article: '-', facts: '-' },
  noticePenalty: { path: 'told' },
  recordDefence: { said: 'nothing' },
  hearingWish: { wish: 'asks' },
  answerHearing: { answer: 'accepted', ...reason },
  arrangeHearing: { on: '2999-01-01T00:00:00Z', place: '-' },
  endHearing: { course: 'held', record: '-' },
  askReview: {},
  reviewPenalty: { conclusion: 'passed', findings: [] },
  discussPenalty: { present: '-', agreed: '-' },
  serveDecision: { service: 'handed' },
  tellOfDetention: { family: 'told' },
  reportForeigner: { note: '-' },
  payFine: { amount: 1, receipt: '-' },
  deliverDetainee: { house: '-', receipt: '-' },
  recordExecution: { note: '-' },
  askSuspension: { suspension: 'exam', ...reason },
  refuseSuspension: reason,
  endSuspension: reason,
  bankBond: { receipt: '-' },
  recordDoubt: reason,
  answerDoubt: reason,
  openMediation: { mediationCause: 'quarrel' },
  agree: { place: '-', terms: '-', performDays: 0 },
  failMediation: { failure: 'noTerms', ...reason },
  keepAgreement: { proof: '-' },
  breakAgreement: reason,
  imposeOnTheSpot: { penalty: 'warning', article: '-', facts: '-', said: 'nothing' },
  reportOnTheSpot: {},
  turnInFine: { receipt: '-' },
  bankFine: { receipt: '-' },
}

/** How each is tried, on a record of the place. */
export const penaltyTries = <Place>(on: (place: Place) => Promise<string>) => ({
  ...Object.fromEntries(
    Object.entries(given).map(([type, data]) => [`cases.${type}`, { on, data: () => ({ person: randomUUID(), ...data }) }]),
  ),
  'cases.closeCase': { on, data: () => ({ closing: 'executed', ...reason }) },
})
