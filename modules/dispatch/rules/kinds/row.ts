import type { Question } from '../asking.ts'
import { question, type QuestionCode } from '../questions.ts'

/** 1 is the most urgent. */
export type Priority = 1 | 2 | 3

export const groups = ['criminal', 'order', 'traffic', 'dispute', 'help', 'conduct', 'handover', 'nonPolice'] as const
export type Group = (typeof groups)[number]

/** What beside a patrol is wished at the scene. Names stand in `words` under `mark.<mark>`. */
export const marks = ['armed', 'female', 'medical', 'fire', 'traffic', 'negotiator'] as const
export type Mark = (typeof marks)[number]

/** The wanted response: how many units, 0 where advice by telephone is enough, and what they should be. A wish, no order: the station decides. */
export interface Response {
  readonly units: number
  readonly marks: readonly Mark[]
}

export type Language = 'zh-CN' | 'en' | 'zh-TW'

/** A type of incident as it is from a day on. */
export interface Kind {
  readonly code: string
  readonly group: Group
  /** The default that the call taker may change. */
  readonly priority: Priority
  readonly response: Response
  readonly questions: readonly Question[]
  /** What a narrative says that is of this type; the longer a word, the more it counts. */
  readonly words: readonly string[]
  /** Its names where they are the force's own; else they stand in `words/*.json` under `kind.<code>`. */
  readonly names: Readonly<Record<Language, string>> | null
  /** The day from which it is so, ISO 8601, where the force is. */
  readonly from: string
}

/** A type in one line: code, priority, response (`2 armed medical`), its questions in order, its words. */
export type Line = readonly [code: string, priority: Priority, response: string, questions: readonly QuestionCode[], words: string]

/** The day from which the built-in types hold. */
const from = '2026-01-01'

const isMark = (word: string): word is Mark => marks.some((mark) => mark === word)

export const rowsOf = (group: Group, lines: readonly Line[]): readonly Kind[] =>
  lines.map(([code, priority, response, questions, words]) => {
    const [units = '', ...wished] = response.split(' ')
    return {
      code,
      group,
      priority,
      response: { units: Number(units), marks: wished.filter(isMark) },
      questions: questions.map(question),
      words: words.split(' '),
      names: null,
      from,
    }
  })
