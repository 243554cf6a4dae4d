import { Refusal } from '#kernel/decider.ts'
import type { Event } from '../contract.ts'
import { type Answer, asked, fits } from '../rules/asking.ts'
import type { KindRow } from '../rules/kinds.ts'

type Answers = Extract<Event, { type: 'opened' }>['data']['answers']

/** The type that is in force. @throws Refusal when there is none of this code, or no longer */
export function inForce(kind: KindRow | null | undefined, code: string): KindRow {
  if (kind === null || kind === undefined || kind.retired) throw new Refusal('kind-unknown', { field: 'data.kind', values: { kind: code } })
  return kind
}

/** The answers with their questions as they were asked; undefined when nothing was. */
export function answersTo(kind: KindRow, answers: readonly Answer[] = []): Answers {
  const given = new Map(answers.map(({ question, answer }) => [question, answer]))
  const questions = new Map(asked(kind.questions, given).map((question) => [question.code, question]))
  const kept = answers.map(({ question: code, answer }, at) => {
    const question = questions.get(code)
    if (question === undefined || answers.findIndex((one) => one.question === code) !== at)
      throw new Refusal('question-unknown', { field: 'data.answers', values: { question: code } })
    if (!fits(question, answer)) throw new Refusal('answer-unfit', { field: 'data.answers', values: { question: code } })
    const { ask, text } = question
    return { question: code, ask, ...(text !== undefined && { text }), answer }
  })
  return kept.length === 0 ? undefined : kept
}
