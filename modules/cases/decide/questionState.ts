import { isPerson, type Recorded } from '#kernel/decider.ts'
import type { Event } from '../contract.ts'
import type { QuestionRow } from '../contract/question.ts'
import { begun, met, passed } from './limits.ts'

export const isOfQuestion = (stream: string): boolean => stream.startsWith('question:')

const rules = ['question-open', 'question-confirm', 'question-climbed']

function asked(event: Extract<Recorded<Event>, { type: 'asked' }>): QuestionRow | null {
  if (event.data === null) return null
  const { limits: fresh, ...about } = event.data
  const limits = begun([], fresh, about.station)
  const nothing = { explained: null, rejected: null, matter: null }
  return { id: event.stream, n: event.n, ...about, phase: 'open', ...nothing, limits }
}

/** The sub-bureau, where there is one between the station and the bureau. */
const aboveOf = ({ path, station }: Pick<QuestionRow, 'path' | 'station'>): string => path.at(-2) ?? station

/** Null: nothing was asked, or the asking was lawfully erased. */
export function evolveQuestion(row: QuestionRow | null, event: Recorded<Event>): QuestionRow | null {
  if (event.type === 'asked') return asked(event)
  return row === null ? null : { ...row, ...changed(row, event), n: event.n }
}

function changed(row: QuestionRow, event: Recorded<Event>): Partial<QuestionRow> {
  if (event.data === null) return {}
  const by = isPerson(event.by) ? { by: event.by.name, account: event.by.account } : { by: event.by.system, account: '' }
  switch (event.type) {
    case 'answered': {
      const { matter: id, matterNumber: number } = event.data
      return { phase: 'answered', matter: { id, number }, limits: met(row.limits, rules) }
    }
    case 'explained': {
      const { explanation, reason, limits } = event.data
      const explained = { explanation, reason, ...by, at: event.at }
      return { phase: 'explained', explained, limits: begun(met(row.limits, rules), limits, aboveOf(row)) }
    }
    case 'explanationConfirmed':
      return { phase: 'confirmed', limits: met(row.limits, rules) }
    case 'explanationRejected': {
      const { reason, limits } = event.data
      const rejected = { reason, by: by.by, at: event.at }
      return { phase: 'open', explained: null, rejected, limits: begun(met(row.limits, rules), limits, row.station) }
    }
    case 'limitWarned':
    case 'limitBreached':
      return { limits: passed(row.limits, event) }
    default:
      return {}
  }
}
