import { isPerson, Refusal } from '#kernel/decider.ts'
import type { Command, Event } from '../contract.ts'
import type { QuestionRow } from '../contract/question.ts'
import type { Asked } from './asked.ts'
import { questionLimits } from './counting.ts'
import { passLimit } from './limits.ts'
import { isOfQuestion } from './questionState.ts'
import type { State } from './matter.ts'

const types = ['ask', 'answer', 'explain', 'confirmExplanation', 'rejectExplanation'] as const
export type QuestionCommand = Extract<Command, { type: (typeof types)[number] }>
export const forQuestion = (command: Command): command is QuestionCommand => types.some((type) => type === command.type)

/** The unit above decides, not the station about itself. */
function confirming({ phase, explained, path, station }: QuestionRow, { by, as }: Asked): void {
  if (phase !== 'explained') throw new Refusal('nothing-explained')
  const above = path.slice(0, -1)
  if (isPerson(by) && !as.some(({ unit }) => unit !== station && above.includes(unit))) throw new Refusal('unit-above-decides')
  if (isPerson(by) && by.account === explained?.account) throw new Refusal('four-eyes')
}

const open = ({ phase }: QuestionRow): void => {
  if (phase === 'answered' || phase === 'confirmed') throw new Refusal('question-over')
}

function decideOn(row: QuestionRow, command: Exclude<QuestionCommand, { type: 'ask' }>, asked: Asked): Event[] {
  switch (command.type) {
    case 'answer':
      open(row)
      return [{ type: 'answered', data: command.data }]
    case 'explain':
      open(row)
      if (row.phase === 'explained') throw new Refusal('explained-already', { values: { by: row.explained?.by ?? '' } })
      return [{ type: 'explained', data: { ...command.data, limits: questionLimits(asked, 'question-confirm', asked.at) } }]
    case 'confirmExplanation':
      confirming(row, asked)
      return [{ type: 'explanationConfirmed', data: {} }]
    case 'rejectExplanation':
      confirming(row, asked)
      return [
        { type: 'explanationRejected', data: { reason: command.data.reason, limits: questionLimits(asked, 'question-open', asked.at) } },
      ]
  }
}

/** Accepted long ago: nothing is to be asked, and what was asked has its answer. */
const acceptedPhases: ReadonlySet<string> = new Set(['accepted', 'proposed', 'filed', 'refused', 'handedOver', 'notPolice'])

export function decideQuestion(state: State, command: QuestionCommand & { readonly stream: string }, asked: Asked): Event[] {
  if (!isOfQuestion(command.stream)) throw new Refusal('not-a-question')
  if (command.type !== 'ask') {
    if (state.kind !== 'question') throw new Refusal('not-a-question')
    return decideOn(state.row, command, asked)
  }
  if (state.kind !== 'none') throw new Refusal('asked-already')
  const { unit, ofIncident } = asked.facts
  if (ofIncident !== null && acceptedPhases.has(ofIncident.phase)) throw new Refusal('accepted-already')
  if (unit === null) throw new Refusal('unit-unknown', { values: { unit: command.data.station } })
  return [
    { type: 'asked', data: { ...command.data, path: [...unit.path], limits: questionLimits(asked, 'question-open', command.data.closed) } },
  ]
}

/** What was accepted while the question was on its way is its answer; else it climbs. */
export function passQuestion(row: QuestionRow, data: Extract<Command, { type: 'passLimit' }>['data'], { at, facts }: Asked): Event[] {
  const event = passLimit(row.limits, data, at)
  const { ofIncident } = facts
  if (ofIncident === null || !acceptedPhases.has(ofIncident.phase)) return [event]
  return [{ type: 'answered', data: { matter: ofIncident.id, matterNumber: ofIncident.number } }]
}
