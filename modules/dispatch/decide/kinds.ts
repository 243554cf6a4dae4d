import { dayOf } from '#kernel/day.ts'
import { Refusal } from '#kernel/decider.ts'
import { type Command, type Event, kindStream } from '../contract.ts'
import { builtIn, type KindRow, kindOn } from '../rules/kinds.ts'
import { isBuiltInQuestion } from '../rules/questions.ts'
import type { Asked } from './commands.ts'
import type { State } from './state.ts'

type Of<Type extends Command['type']> = Extract<Command, { type: Type }>['data']

/** The code of the stream and what was set of it so far; both administrators see the same before either changes it. */
function taxonOf(state: State, stream: string, { from, seen }: { from: string; seen: number }, { at }: Asked) {
  if (!kindStream.safeParse(stream).success || (state.kind !== 'none' && state.kind !== 'taxon')) throw new Refusal('not-a-kind')
  const changes = state.kind === 'taxon' ? state.changes : []
  if (from < dayOf(at)) throw new Refusal('kind-from-past', { field: 'data.from', values: { day: dayOf(at) } })
  if (seen !== (changes.at(-1)?.n ?? 0)) throw new Refusal('kind-changed', { values: { by: changes.at(-1)?.by ?? '' } })
  const code = stream.slice(stream.indexOf(':') + 1)
  return { code, before: kindOn(code, changes, from) }
}

/** The same content in one writing, whatever order its parts were given in. */
const written = ({ group, priority, response, questions, words, names }: Omit<KindRow, 'code' | 'from' | 'retired' | 'next'>): string =>
  JSON.stringify([
    group,
    priority,
    response.units,
    response.marks,
    questions.map(({ code, ask, choices, when, text }) => [code, ask, choices, when?.question, when?.is, text]),
    words,
    names && [names['zh-CN'], names.en, names['zh-TW']],
  ])

export function setKind(state: State, stream: string, data: Of<'setKind'>, given: Asked): Event[] {
  const { code, before } = taxonOf(state, stream, data, given)
  const { seen: _seen, names: newNames, ...rest } = data
  const names = newNames ?? before?.names ?? null
  if (names === null && builtIn(code) === undefined) throw new Refusal('kind-needs-names', { field: 'data.names' })
  const unworded = data.questions.find((question) => question.text === undefined && !isBuiltInQuestion(question.code))
  if (unworded !== undefined) throw new Refusal('question-needs-text', { field: 'data.questions', values: { question: unworded.code } })
  if (before !== undefined && !before.retired && written(before) === written({ ...rest, names })) throw new Refusal('kind-unchanged')
  return [{ type: 'kindSet', data: { ...rest, names } }]
}

export function retireKind(state: State, stream: string, data: Of<'retireKind'>, given: Asked): Event[] {
  const { before } = taxonOf(state, stream, data, given)
  if (before === undefined) throw new Refusal('not-a-kind')
  if (before.retired) throw new Refusal('kind-retired')
  return [{ type: 'kindRetired', data: { from: data.from, reason: data.reason } }]
}
