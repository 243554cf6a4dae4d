import type { Recorded } from '#kernel/decider.ts'
import type { Event, MatterRow } from '../contract.ts'
import { type Execution, executionCommands } from '../contract/execution.ts'
import type { Running } from '../contract/parts.ts'
import type { Book } from './book.ts'
import { closeCase, recordExecution } from './closing.ts'
import { answerDoubt, askSuspension, bankBond, deliverDetainee, endSuspension, recordDoubt, refuseSuspension } from './detention.ts'
import { payFine } from './fine.ts'
import { begun, isOpen, met } from './limits.ts'
import type { Matter } from './matter.ts'
import type { About } from './penalty.ts'
import { type Executions, reportForeigner, serveDecision, served, servedRow, tellOfDetention } from './serving.ts'

type Own = keyof typeof executionCommands

/** What a decision asks to be carried out. A warning is, once it is served. */
function decidedOn({ data }: About<'penaltyDecided'>): Execution | null {
  if (data === null) return null
  const { penalties, fine = null, days = null } = data
  const other = penalties.includes('revocation') || penalties.includes('closure')
  const blank = { effective: null, copies: [], family: false, foreigner: false, paid: null, bond: null, doubted: false, otherDone: false }
  return { ...blank, fine, days, other, detention: 'waiting' }
}

function changed(before: Execution, event: Recorded<Event>): Execution {
  if (event.data === null) return before
  switch (event.type) {
    case 'decisionServed':
      return served(before, event)
    case 'detentionTold':
      return { ...before, family: true }
    case 'foreignerReported':
      return { ...before, foreigner: true }
    case 'finePaid':
      return { ...before, paid: { amount: event.data.amount, late: event.data.late } }
    case 'detaineeDelivered':
      return { ...before, detention: 'delivered' }
    case 'executionRecorded':
      return { ...before, otherDone: true }
    case 'suspensionAsked':
      return { ...before, detention: 'asked' }
    case 'suspensionRefused':
    case 'suspensionEnded':
      return { ...before, detention: 'waiting' }
    case 'detentionSuspended':
      return { ...before, detention: 'suspended', bond: event.data.bond ?? null }
    case 'doubtRecorded':
      return { ...before, doubted: true }
    case 'doubtAnswered':
      return { ...before, doubted: false }
    default:
      return before
  }
}

function evolve(slice: Executions, event: Recorded<Event>): Executions {
  if (event.data === null || !('person' in event.data) || typeof event.data.person !== 'string') return slice
  const { person } = event.data
  if (event.type === 'penaltyDecided') {
    const fresh = decidedOn(event)
    return fresh === null ? slice : { ...slice, [person]: fresh }
  }
  const before = slice[person]
  const after = before && changed(before, event)
  return after === undefined || after === before ? slice : { ...slice, [person]: after }
}

/** Which limit of the person an event meets. */
const meets: Readonly<Partial<Record<Event['type'], string>>> = {
  foreignerReported: 'dec-foreign',
  finePaid: 'ex-fine.pay',
  suspensionRefused: 'ex-suspend.decide',
  bondBanked: 'ex-suspend.bank',
  doubtAnswered: 'ex-wrong',
}

/** Of what is decided, told and carried out; evidence and persons keep theirs. */
const ending = /^(dec|hear|ex|med|spot)-/
const over = (limits: readonly Running[]): readonly Running[] =>
  limits
    .filter((one) => isOpen(one) && ending.test(one.limit.rule))
    .reduce((all, { limit, subject }) => met(all, [limit.rule], subject), limits)

function row(matter: Matter, event: Recorded<Event>): Partial<MatterRow> {
  const { limits, unit } = matter.row
  if (event.data === null) return {}
  switch (event.type) {
    case 'decisionServed':
      return servedRow(matter, event)
    case 'fineDeferred':
    case 'detaineeDelivered':
    case 'suspensionAsked':
    case 'doubtRecorded':
      return { limits: begun(limits, event.data.limits, unit, event.data.person) }
    case 'detentionSuspended':
      return { limits: begun(met(limits, ['ex-suspend.decide'], event.data.person), event.data.limits, unit, event.data.person) }
    case 'foreignerReported':
    case 'finePaid':
    case 'suspensionRefused':
    case 'bondBanked':
    case 'doubtAnswered':
      return { limits: met(limits, [meets[event.type] ?? ''], event.data.person) }
    case 'caseClosed':
      return { phase: 'closed', limits: over(limits), sealed: event.data.sealed !== undefined }
    case 'caseTerminated':
      return { phase: 'terminated', limits: over(limits) }
    case 'caseReopened':
      return { phase: 'filed', limits: begun(limits, event.data.limits, unit) }
    case 'turnedCriminal':
      return { phase: 'filed', caseKind: 'criminal', caseNumber: event.data.caseNumber, limits: over(limits) }
    default:
      return {}
  }
}

/** 送达、执行、结案: what becomes of a decision until the case is closed. */
export const execution: Book<Executions, Own> = {
  initial: {},
  commands: Object.keys(executionCommands) as Own[],
  decide(matter, command, asked) {
    switch (command.type) {
      case 'serveDecision':
        return serveDecision(matter, command.data, asked)
      case 'tellOfDetention':
        return tellOfDetention(matter, command.data, asked)
      case 'reportForeigner':
        return reportForeigner(matter, command.data, asked)
      case 'payFine':
        return payFine(matter, command.data, asked)
      case 'deliverDetainee':
        return deliverDetainee(matter, command.data, asked)
      case 'recordExecution':
        return recordExecution(matter, command.data, asked)
      case 'askSuspension':
        return askSuspension(matter, command.data, asked)
      case 'refuseSuspension':
        return refuseSuspension(matter, command.data, asked)
      case 'endSuspension':
        return endSuspension(matter, command.data, asked)
      case 'bankBond':
        return bankBond(matter, command.data, asked)
      case 'recordDoubt':
        return recordDoubt(matter, command.data, asked)
      case 'answerDoubt':
        return answerDoubt(matter, command.data, asked)
      case 'closeCase':
        return closeCase(matter, command.data, asked)
    }
  },
  evolve,
  row,
}
