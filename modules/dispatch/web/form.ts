import type { z } from 'zod'
import type { commands, Draft, Place } from '../contract.ts'
import { asked } from '../rules/asking.ts'
import type { Priority } from '../rules.ts'
import type { KindRow } from '../rules/kinds.ts'
import { noPlace, type PlaceDraft, placeOf } from './place.ts'

/** What stands in the call taker's form: all of it is kept, so all of it is in the contract. `priority`: chosen by hand; the kind's own otherwise. */
export type Intake = Draft['intake']
interface Kinds {
  readonly find: (code: string) => KindRow | undefined
}
export type Opening = z.infer<(typeof commands)['open']>

export const blank: Intake = {
  number: '',
  name: '',
  place: noPlace,
  unit: '',
  narrative: '',
  kind: '',
  priority: undefined,
  answers: undefined,
  note: '',
}
const given = <Part extends object>(part: Part): Partial<Part> =>
  Object.fromEntries(Object.entries(part).filter(([, value]) => value !== '' && value !== undefined)) as Partial<Part>

export const priorityOf = ({ kind, priority }: Pick<Intake, 'kind' | 'priority'>, kinds: Kinds): Priority | undefined =>
  priority ?? kinds.find(kind)?.priority

/** What was answered of what the chosen type asks; what was said to another type's questions stays in the form and is not sent. */
function answersOf({ kind, answers = {} }: Intake, kinds: Kinds) {
  const said = new Map(Object.entries(answers).map(([question, answer]) => [question, answer.trim()]))
  const questions = asked(kinds.find(kind)?.questions ?? [], said)
  const all = questions.flatMap(({ code }) => (said.get(code) ? [{ question: code, answer: said.get(code) }] : []))
  return all.length === 0 ? undefined : all
}

/** The command's input. A chosen unit with nothing said of the place is an unknown place that has an addressee. */
export function dataOf(intake: Intake, call: string, kinds: Kinds): object {
  const place = placeOf(intake.place) ?? (intake.unit ? { kind: 'unknown' as const } : undefined)
  const { number, name, unit, narrative, kind, note } = intake
  return {
    call: { id: call, channel: 'voice', ...given({ number: number.trim(), name }) },
    ...given({ narrative, place, kind, priority: intake.priority, answers: answersOf(intake, kinds), unit, note }),
  }
}

function placeDraft(place: Place): PlaceDraft {
  if (place.kind === 'unknown') return { ...noPlace, unknown: true }
  if (place.kind === 'described') return { ...noPlace, text: place.text }
  return { ...noPlace, text: place.text ?? '', spot: `${place.lon}, ${place.lat}` }
}

/** The form as it was when it gave this input. */
export const intakeOf = ({ call, place, unit = '', narrative, kind, priority, answers, note = '' }: Opening): Intake => ({
  number: call.number ?? '',
  name: call.name ?? '',
  place: placeDraft(place),
  unit,
  narrative,
  kind,
  priority,
  answers: answers && Object.fromEntries(answers.map(({ question, answer }) => [question, answer])),
  note,
})
