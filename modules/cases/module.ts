import { module } from '#kernel/module.ts'
import { withSettings } from '#kernel/withSettings.ts'
import { answers } from './answers.ts'
import { type Command, commands, type Event, events, stream } from './contract.ts'
import type { Facts } from './decide/asked.ts'
import { passing } from './decide/limits.ts'
import type { State } from './decide/matter.ts'
import { cases } from './decide.ts'
import { factsFor } from './facts.ts'
import { reactions } from './reactions.ts'
import { allowed, readers, settings } from './rules.ts'
import { limitCounts, limits } from './limits.ts'
import { search } from './search.ts'
import { tasks } from './tasks.ts'
import * as views from './views.ts'

const plain = <Type extends Command['type']>(type: Type) => ({ schema: commands[type], roles: allowed[type] })
const read = <View>(view: View) => ({ ...view, roles: readers, reads: 'board' as const })
const opening = <View>(view: View) => ({ ...view, roles: readers, reads: 'opening' as const })

const own = module<State, Command, Event, Facts>({
  name: 'cases',
  schemas: ['cases'],
  migrations: new URL('./', import.meta.url),
  rebuilt: ['cases.matter', 'cases.told', 'cases.word', 'cases.question', 'cases.due', 'cases.task'],
  urgent: false,
  stream,
  decider: cases,
  commands: {
    takeReport: { ...plain('takeReport'), opens: true },
    issueReceipt: plain('issueReceipt'),
    leaveUndetermined: plain('leaveUndetermined'),
    proposeTransfer: plain('proposeTransfer'),
    transfer: plain('transfer'),
    declineTransfer: plain('declineTransfer'),
    turnAway: plain('turnAway'),
    accept: plain('accept'),
    assign: plain('assign'),
    proposeFiling: plain('proposeFiling'),
    approveFiling: plain('approveFiling'),
    returnProposal: plain('returnProposal'),
    giveNotice: plain('giveNotice'),
    tellTransfer: plain('tellTransfer'),
    recordWithdrawal: plain('recordWithdrawal'),
    addPerson: plain('addPerson'),
    correctPerson: { ...plain('correctPerson'), minds: ['personCorrected'] },
    amend: { ...plain('amend'), minds: ['amended'] },
    note: plain('note'),
    summonOrally: plain('summonOrally'),
    recordArrival: plain('recordArrival'),
    bringIn: plain('bringIn'),
    tellFamily: plain('tellFamily'),
    checkSafety: plain('checkSafety'),
    beginSession: plain('beginSession'),
    endSession: plain('endSession'),
    restrain: plain('restrain'),
    sober: plain('sober'),
    recordDeparture: plain('recordDeparture'),
    inspect: plain('inspect'),
    lineUp: plain('lineUp'),
    takeSamples: plain('takeSamples'),
    tellRecusal: plain('tellRecusal'),
    requestApproval: plain('requestApproval'),
    approve: plain('approve'),
    declineApproval: plain('declineApproval'),
    withdrawRequest: plain('withdrawRequest'),
    receiveEvidence: plain('receiveEvidence'),
    gatherEvidence: plain('gatherEvidence'),
    registerProperty: plain('registerProperty'),
    carryOutMeasure: plain('carryOutMeasure'),
    seizeOnTheSpot: plain('seizeOnTheSpot'),
    tellHolder: plain('tellHolder'),
    returnThings: plain('returnThings'),
    noticeClaim: plain('noticeClaim'),
    draftPenalty: plain('draftPenalty'),
    noticePenalty: plain('noticePenalty'),
    recordDefence: plain('recordDefence'),
    hearingWish: plain('hearingWish'),
    answerHearing: plain('answerHearing'),
    arrangeHearing: plain('arrangeHearing'),
    endHearing: plain('endHearing'),
    askReview: plain('askReview'),
    reviewPenalty: plain('reviewPenalty'),
    discussPenalty: plain('discussPenalty'),
    serveDecision: plain('serveDecision'),
    tellOfDetention: plain('tellOfDetention'),
    reportForeigner: plain('reportForeigner'),
    payFine: plain('payFine'),
    deliverDetainee: plain('deliverDetainee'),
    recordExecution: plain('recordExecution'),
    askSuspension: plain('askSuspension'),
    refuseSuspension: plain('refuseSuspension'),
    endSuspension: plain('endSuspension'),
    bankBond: plain('bankBond'),
    recordDoubt: plain('recordDoubt'),
    answerDoubt: plain('answerDoubt'),
    closeCase: plain('closeCase'),
    noteInjury: plain('noteInjury'),
    orderAppraisal: plain('orderAppraisal'),
    receiveOpinion: plain('receiveOpinion'),
    copyOpinion: plain('copyOpinion'),
    tellRefusal: plain('tellRefusal'),
    withdrawAppraisal: plain('withdrawAppraisal'),
    passLimit: plain('passLimit'),
    ask: { ...plain('ask'), opens: true },
    answer: plain('answer'),
    explain: plain('explain'),
    confirmExplanation: plain('confirmExplanation'),
    rejectExplanation: plain('rejectExplanation'),
  },
  events,
  factsFor,
  owners: views.owners,
  project: views.project,
  clocks: views.clocks,
  passing,
  constraints: { matter_incident: 'incident-reported-now' },
  views: {
    matter: { ...opening(views.matter), answer: answers.matter },
    list: { ...read(views.list), answer: answers.list },
    search: { ...opening(search), answer: answers.search },
    questions: { ...read(views.questions), answer: answers.questions },
    limits: { ...read(limits), answer: answers.limits },
    limitCounts: { ...read(limitCounts), answer: answers.limitCounts },
    tasks,
    officers: { ...read(views.officers), answer: answers.officers },
    ofIncident: { ...read(views.incidentMatter), answer: answers.ofIncident },
  },
  signals: () => ({}),
  reactions,
  live: { roles: readers, rows: views.liveRows, gone: views.gone },
})

export const casesModule = withSettings(own, settings)
