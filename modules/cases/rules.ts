import { z } from 'zod'
import type { Role } from '#kernel/decider.ts'
import type { Settings } from '#kernel/settings.ts'
import type { CommandType } from './contract.ts'
import type { Phase, Source, kinds } from './contract/parts.ts'
import { legalSettings } from './rules/settings.ts'

/** A page of a list, and as much as a search or a board of limits shows at once. */
export const listRows = 100
export const searchRows = 60
export const limitRows = 200
/** As much as a desk of approvals or of reviews shows at once. */
export const waitingRows = 200
/** As much of what was told as a list shows, in code points. */
export const gistMost = 120

/** How a force reads the law where lawyers differ, or where it names no number. */
export const readings = {
  ...legalSettings,
  /** Somebody is not summoned again until so long after he could leave: the law forbids a chain of summonses and names no time. */
  summonsGapHours: { schema: z.int().min(12).max(720), measure: 'hours', value: 24, source: 'AP 69', verified: 'no' },
} as const satisfies Settings

/** What a force may set: how it reads the law, and two spans of its own. Those are not statutory: the law makes each report be taken at once and says nothing of the hours of asking after it. */
export const settings = {
  ...readings,
  /** An incident of a case type without an acceptance is put before the sub-bureau after so long. */
  questionHours: { schema: z.int().min(1).max(168), measure: 'hours', value: 24, source: null, verified: 'no' },
  /** The sub-bureau has so long to say whether an explanation stands. */
  confirmationHours: { schema: z.int().min(1).max(168), measure: 'hours', value: 24, source: null, verified: 'no' },
} as const satisfies Settings

const desk: readonly Role[] = ['stationDuty', 'caseOfficer']
const officers: readonly Role[] = ['caseOfficer']
export const reviewer: readonly Role[] = ['legalReviewer']
export const head: readonly Role[] = ['unitHead']
const above: readonly Role[] = ['subBureauDuty', 'unitHead', 'legalReviewer']
/** Who reads matters, questions and limits of their units. */
export const readers: readonly Role[] = ['stationDuty', 'caseOfficer', 'unitHead', 'legalReviewer', 'subBureauDuty', 'citySupervisor']
/** Who has a desk with what he must do: all of them but who only looks on from the city. */
export const deskRoles: readonly Role[] = readers.filter((role) => role !== 'citySupervisor')
/** Who sees a hidden person without handling the case: who must approve or check it. */
export const seesHidden: readonly Role[] = ['unitHead', 'legalReviewer']

/** Who may give each command. `system`: only the house itself, from reactions and clocks. */
export const allowed = {
  takeReport: desk,
  issueReceipt: desk,
  leaveUndetermined: [...desk, ...head],
  proposeTransfer: desk,
  transfer: ['stationDuty', ...head],
  declineTransfer: head,
  turnAway: desk,
  accept: desk,
  assign: head,
  proposeFiling: ['caseOfficer'],
  approveFiling: head,
  returnProposal: head,
  giveNotice: desk,
  tellTransfer: desk,
  recordWithdrawal: desk,
  addPerson: desk,
  correctPerson: desk,
  amend: desk,
  note: [...desk, ...head, 'legalReviewer'],
  summonOrally: officers,
  recordArrival: officers,
  bringIn: officers,
  tellFamily: officers,
  checkSafety: officers,
  beginSession: officers,
  endSession: officers,
  restrain: officers,
  sober: officers,
  recordDeparture: officers,
  inspect: officers,
  lineUp: officers,
  takeSamples: officers,
  tellRecusal: officers,
  requestApproval: [...officers, ...head],
  approve: head,
  declineApproval: head,
  withdrawRequest: [...officers, ...head],
  receiveEvidence: desk,
  gatherEvidence: ['caseOfficer'],
  registerProperty: ['caseOfficer'],
  carryOutMeasure: ['caseOfficer'],
  seizeOnTheSpot: ['caseOfficer'],
  tellHolder: ['caseOfficer'],
  returnThings: desk,
  noticeClaim: desk,
  draftPenalty: officers,
  noticePenalty: officers,
  recordDefence: officers,
  hearingWish: officers,
  answerHearing: reviewer,
  arrangeHearing: reviewer,
  endHearing: reviewer,
  askReview: officers,
  reviewPenalty: reviewer,
  discussPenalty: head,
  serveDecision: officers,
  tellOfDetention: officers,
  reportForeigner: officers,
  payFine: officers,
  deliverDetainee: officers,
  recordExecution: officers,
  askSuspension: officers,
  refuseSuspension: head,
  endSuspension: officers,
  bankBond: officers,
  recordDoubt: officers,
  answerDoubt: [...officers, ...head],
  closeCase: officers,
  openMediation: officers,
  agree: officers,
  failMediation: officers,
  keepAgreement: officers,
  breakAgreement: officers,
  imposeOnTheSpot: officers,
  reportOnTheSpot: officers,
  turnInFine: officers,
  bankFine: officers,
  noteInjury: ['caseOfficer'],
  orderAppraisal: ['caseOfficer'],
  receiveOpinion: ['caseOfficer'],
  copyOpinion: ['caseOfficer'],
  tellRefusal: ['caseOfficer'],
  withdrawAppraisal: ['caseOfficer'],
  passLimit: 'system',
  ask: 'system',
  answer: 'system',
  explain: [...desk, ...head],
  confirmExplanation: above,
  rejectExplanation: above,
} as const satisfies Record<CommandType, readonly Role[] | 'system'>

/** Whoever brings it stands there and is given a receipt at once; who wrote is sought out first, and what was found has nobody to give one to. */
export const receiptAtOnce: ReadonlySet<Source> = new Set(['counter', 'incident', 'transfer', 'surrender'])

/** What a step may begin from. */
export const from = {
  sort: ['reported', 'undetermined'],
  pass: ['reported', 'undetermined', 'accepted'],
  assign: ['accepted', 'proposed', 'filed', 'noticed', 'reviewing', 'decided', 'served'],
} as const satisfies Record<string, readonly Phase[]>

/** What may be done against a refusal to file, until how long after its notice: REV 20; LIT 46; CP 179. */
export const remedies: Readonly<Record<(typeof kinds)[number], readonly { rule: string; term: string; article: string }[]>> = {
  administrative: [
    { rule: 'rev-apply', term: 'P60D', article: 'REV 20' },
    { rule: 'lit-term', term: 'P6M', article: 'LIT 46' },
  ],
  criminal: [{ rule: 'crim-reconsider', term: 'P7D', article: 'CP 179' }],
}
/** Against what was imposed on the spot: review first, and the court after it (REV 23). */
export const spotRemedies = [{ rule: 'rev-apply', term: 'P60D', article: 'REV 20, 23' }] as const
/** The letter of each series of numbers: reports (接报案), administrative (行政) and criminal (刑事) cases. */
export const series = { report: 'J', administrative: 'X', criminal: 'S' } as const
