import { type Decider, Refusal } from '#kernel/decider.ts'
import { type Command, type Event, overPhases } from './contract.ts'
import { type Asked, type Facts, ours } from './decide/asked.ts'
import { type BookCommand, decideBook, isOfBook, passedInBooks } from './decide/books.ts'
import { reopens } from './decide/closing.ts'
import { approveFiling, giveNotice, proposeFiling, recordWithdrawal, returnProposal } from './decide/filing.ts'
import { ofHeld } from './decide/held.ts'
import { passLimit } from './decide/limits.ts'
import { decideQuestion, forQuestion, passQuestion, type QuestionCommand } from './decide/question.ts'
import { isOfQuestion } from './decide/questionState.ts'
import { addPerson, correctPerson, unbiased } from './decide/persons.ts'
import { amend, issueReceipt, takeReport } from './decide/report.ts'
import { accept, assign, declineTransfer, leaveUndetermined, proposeTransfer, tellTransfer, transfer, turnAway } from './decide/sorting.ts'
import { initial, type Matter, type State } from './decide/matter.ts'
import { evolve } from './decide/state.ts'

type OnMatter = Exclude<Command, QuestionCommand | BookCommand | { type: 'takeReport' | 'passLimit' }>

/** Of what is over only what must be told, notes, and what the police still hold are left. */
const after: ReadonlySet<Command['type']> = new Set([
  'giveNotice',
  'tellTransfer',
  'note',
  'issueReceipt',
  'recordWithdrawal',
  'returnThings',
  'noticeClaim',
  'tellHolder',
])

function decideOn(matter: Matter, command: OnMatter | BookCommand, asked: Asked): Event[] {
  // Who handed it over tells the reporter so, though it has it no more.
  if (command.type !== 'tellTransfer') ours(matter, asked)
  unbiased(matter, asked)
  if (overPhases.has(matter.row.phase) && !after.has(command.type) && !reopens(matter, command) && !ofHeld(matter, command))
    throw new Refusal('matter-over', { values: { phase: matter.row.phase } })
  if (isOfBook(command)) return decideBook(matter, command, asked)
  switch (command.type) {
    case 'issueReceipt':
      return issueReceipt(matter, command.data, asked)
    case 'leaveUndetermined':
      return leaveUndetermined(matter, command.data, asked)
    case 'proposeTransfer':
      return proposeTransfer(matter, command.data, asked)
    case 'transfer':
      return transfer(matter, asked)
    case 'declineTransfer':
      return declineTransfer(matter, command.data)
    case 'turnAway':
      return turnAway(matter, command.data)
    case 'accept':
      return accept(matter, asked)
    case 'assign':
      return assign(matter, command.data, asked)
    case 'proposeFiling':
      return proposeFiling(matter, command.data, asked)
    case 'approveFiling':
      return approveFiling(matter, asked)
    case 'returnProposal':
      return returnProposal(matter, command.data, asked)
    case 'tellTransfer':
      return tellTransfer(matter, command.data)
    case 'giveNotice':
      return giveNotice(matter, command.data)
    case 'recordWithdrawal':
      return recordWithdrawal(matter, command.data)
    case 'addPerson':
      return addPerson(matter, command.data, asked)
    case 'correctPerson':
      return correctPerson(matter, command.data, asked)
    case 'amend':
      return amend(matter, command.data, asked)
    case 'note':
      return [{ type: 'noted', data: command.data }]
  }
}

/** The decisions of reports and cases. Nothing here reads a clock; numbers, codes and counted limits come with the facts. */
export const cases: Decider<State, Command & { readonly stream: string }, Event, Facts> = {
  initial,
  evolve,
  decide(state, command, asked) {
    if (forQuestion(command)) return decideQuestion(state, command, asked)
    if (command.type === 'passLimit') {
      if (state.kind === 'question') return passQuestion(state.row, command.data, asked)
      if (state.kind === 'matter') {
        const point = passLimit(state.row.limits, command.data, asked.at)
        return [point, ...passedInBooks(state, point)]
      }
      throw new Refusal('limit-not-due')
    }
    if (isOfQuestion(command.stream)) throw new Refusal('not-a-matter')
    if (command.type === 'takeReport') return takeReport(state, command.data, asked)
    if (state.kind !== 'matter') throw new Refusal('not-a-matter')
    return decideOn(state, command, asked)
  },
}
