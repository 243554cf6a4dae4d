import { Refusal } from '#kernel/decider.ts'
import type { Command, Event } from '../contract.ts'
import type { closings } from '../contract/execution.ts'
import { situated, suspectOf, suspectsOf } from './about.ts'
import { type Asked, drawn, type Of } from './asked.ts'
import type { ActRule } from './book.ts'
import { begin, inForce } from './counting.ts'
import { handling } from './handling.ts'
import { approverOn, lawOn } from './law.ts'
import type { Matter } from './matter.ts'
import { administrative, isSettled, penal } from './penalty.ts'
import { servedOn, victimsOf } from './serving.ts'

const rule = 'close-case'

/** @throws Refusal while it has not been reported, or what was collected has not come to the bank */
function spotDone({ books }: Matter, person: string, asked: Asked): void {
  const found = books.spot[person]
  if (found === undefined) return
  if (!found.reported) throw new Refusal('spot-report-first', { article: lawOn(asked, 'spot-file.usual').article })
  if (found.money !== null && found.money !== 'banked')
    throw new Refusal('spot-bank-first', { article: lawOn(asked, 'ex-fine-spot.bank').article })
}

/** All that the decision about one person asks for has been done. @throws Refusal by the first thing that is missing */
function carriedOut(matter: Matter, person: string, asked: Asked): void {
  const { fine, paid, days, detention, family, foreigner, other, otherDone, copies } = servedOn(matter, person, asked)
  const { article } = lawOn(asked, rule)
  if (!victimsOf(matter, person).every((id) => copies.includes(id)))
    throw new Refusal('victim-first', { article: lawOn(asked, 'dec-serve.announced').article })
  if (fine !== null && paid === null) throw new Refusal('fine-unpaid', { article })
  if (days !== null && !family) throw new Refusal('detention-family-first', { article: lawOn(asked, 'dec-family').article })
  const withheld = matter.books.decision[person]?.decided?.withheld != null
  if (days !== null && !withheld && detention !== 'delivered') throw new Refusal('detention-open', { article })
  const foreign = situated(suspectOf(matter, person), 'foreigner')
  if (foreign && days !== null && !withheld && !foreigner)
    throw new Refusal('foreigner-first', { article: lawOn(asked, 'dec-foreign').article })
  spotDone(matter, person, asked)
  if (other && !otherDone) throw new Refusal('execution-open', { article })
}

const unsettledOf = (matter: Matter): readonly string[] => suspectsOf(matter).flatMap(({ id }) => (isSettled(matter, id) ? [] : [id]))

/** Everybody whom it is about has been decided on, or has settled it. The former are what is left to be carried out. */
function allDecided(matter: Matter, asked: Asked): readonly string[] {
  const open = unsettledOf(matter)
  if (suspectsOf(matter).length === 0 || open.some((id) => matter.books.execution[id] === undefined))
    throw new Refusal('undecided', { article: lawOn(asked, rule).article })
  return open
}

/** Which grounds what has become of the suspects leaves: a penalty outweighs a settlement, and that outweighs that none was imposed. */
function groundsOf(decided: readonly string[], matter: Matter): readonly (typeof closings)[number][] {
  if (penalised(decided, matter).length > 0) return ['executed', 'cannotExecute']
  return suspectsOf(matter).length > decided.length ? ['settled'] : ['noPenalty']
}
/** The ground on which it would be closed as it stands. */
export const closingOf = (matter: Matter): (typeof closings)[number] => groundsOf(unsettledOf(matter), matter)[0] ?? 'noPenalty'
const penalised = (decided: readonly string[], { books }: Matter): readonly string[] =>
  decided.filter((id) => {
    const draft = books.decision[id]?.draft
    return draft !== undefined && penal(draft)
  })

/** 结案: the grounds of AP 258, each by what the case itself shows. */
export function closeCase(matter: Matter, data: Of<'closeCase'>, asked: Asked): Event[] {
  handling(matter, asked)
  administrative(matter)
  const suspects = allDecided(matter, asked)
  const { article } = lawOn(asked, rule)
  if (!groundsOf(suspects, matter).includes(data.closing)) throw new Refusal('other-closing', { field: 'data.closing', article })
  for (const id of suspects) {
    if (data.closing === 'cannotExecute') servedOn(matter, id, asked)
    else carriedOut(matter, id, asked)
  }
  const seals = penalised(suspects, matter).length > 0 && inForce('ex-seal', asked.at)
  return [{ type: 'caseClosed', data: { ...data, ...(seals && { sealed: lawOn(asked, 'ex-seal').article }) } }]
}

/** 终止调查 (AP 259): not where something has been decided already. */
export const terminate: ActRule<'terminate'> = {
  ask(matter, _act, asked) {
    administrative(matter)
    if (Object.keys(matter.books.execution).length > 0 || suspectsOf(matter).some(({ id }) => isSettled(matter, id)))
      throw new Refusal('closes-instead', { article: lawOn(asked, rule).article })
    return approverOn(asked, 'close-case.terminated')
  },
  done(matter, { termination }, asked) {
    terminate.ask(matter, { kind: 'terminate', termination }, asked)
    return [{ type: 'caseTerminated', data: { termination } }]
  },
}

/** 恢复调查 of what was terminated: the time to decide it begins anew. */
export const reopen: ActRule<'reopen'> = {
  ask({ row }, _act, asked) {
    if (row.phase !== 'terminated') throw new Refusal('not-terminated', { article: lawOn(asked, rule).article })
    return approverOn(asked, 'close-case.terminated')
  },
  done(matter, act, asked) {
    reopen.ask(matter, act, asked)
    return [{ type: 'caseReopened', data: { limits: [begin(asked, 'dec-limit')] } }]
  },
}

/** Of what is terminated only that it be taken up again is asked for and decided. */
export function reopens({ row, books }: Matter, command: Command): boolean {
  if (row.phase !== 'terminated') return false
  if (command.type === 'requestApproval') return command.data.act.kind === 'reopen'
  const onRequest = command.type === 'approve' || command.type === 'declineApproval' || command.type === 'withdrawRequest'
  return onRequest && books.approvals.acts[command.data.request]?.kind === 'reopen'
}

/** 转为刑事案件: as a crime is filed, by the head of county level (AP 65; CP 174). */
export const toCriminal: ActRule<'toCriminal'> = {
  ask(matter, _act, asked) {
    administrative(matter)
    return { level: 'countyHead', article: lawOn(asked, 'intake-mixed').article }
  },
  done(matter, _act, asked) {
    administrative(matter)
    return [{ type: 'turnedCriminal', data: { caseNumber: drawn(asked.facts.number) } }]
  },
}

export function recordExecution(matter: Matter, data: Of<'recordExecution'>, asked: Asked): Event[] {
  handling(matter, asked)
  const { other, otherDone } = servedOn(matter, data.person, asked)
  const { article } = lawOn(asked, 'dec-content')
  if (!other || otherDone) throw new Refusal('nothing-to-execute', { article })
  return [{ type: 'executionRecorded', data }]
}
