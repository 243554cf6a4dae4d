import type { TFunction } from 'i18next'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { wrongFields } from '#kernel/text.ts'
import { type FieldError, type Failure, failed, newId } from '#kernel/web/api.ts'
import { useCommand } from '#kernel/web/command.ts'
import { sentenceOf } from '#kernel/web/fields.ts'
import { commands, type Draft } from '../contract.ts'
import { asked } from '../rules/asking.ts'
import type { Priority } from '../rules.ts'
import { useDraft } from './draft.ts'
import { type Kinds, useKinds } from './kinds.ts'
import { noPlace, placeOf } from './place.ts'

/** What stands in the call taker's form: all of it is kept, so all of it is in the contract. `priority`: chosen by hand; the kind's own otherwise. */
export type Intake = Draft['intake']

const blank: Intake = {
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

export const priorityOf = (intake: Intake, kinds: Kinds): Priority | undefined => intake.priority ?? kinds.find(intake.kind)?.priority

/** What was answered of what the chosen type asks; what was said to another type's questions stays in the form and is not sent. */
function answersOf({ kind, answers = {} }: Intake, kinds: Kinds) {
  const given = new Map(Object.entries(answers).map(([question, answer]) => [question, answer.trim()]))
  const questions = asked(kinds.find(kind)?.questions ?? [], given)
  const said = questions.flatMap(({ code }) => (given.get(code) ? [{ question: code, answer: given.get(code) }] : []))
  return said.length === 0 ? undefined : said
}

/** The command's input. A chosen unit with nothing said of the place is an unknown place that has an addressee. */
function dataOf(intake: Intake, call: string, kinds: Kinds): object {
  const place = placeOf(intake.place) ?? (intake.unit ? { kind: 'unknown' as const } : undefined)
  const { number, name, unit, narrative, kind, note } = intake
  return {
    call: { id: call, channel: 'voice', ...given({ number: number.trim(), name }) },
    ...given({ narrative, place, kind, priority: intake.priority, answers: answersOf(intake, kinds), unit, note }),
  }
}

function problems(intake: Intake, call: string, kinds: Kinds, t: TFunction): readonly FieldError[] {
  const unread = placeOf(intake.place) === null ? [{ path: 'place', sentence: t('intake.spotWrong') }] : []
  const parsed = commands.open.safeParse(dataOf(intake, call, kinds), { reportInput: true })
  const wrong = parsed.success ? [] : wrongFields(parsed.error).map((one) => ({ path: one.path, sentence: sentenceOf(one, t) }))
  return [...unread, ...wrong.filter((one) => unread.length === 0 || !one.path.startsWith('place'))]
}

export interface Sent {
  readonly incident: string
}

/** With what a form will be sent, however often it is opened again. */
interface Ids {
  readonly incident: string
  readonly call: string
}
const newIds = (): Ids => ({ incident: newId(), call: newId() })

/** A form at one moment. */
export interface Snapshot {
  readonly intake: Intake
  readonly ids: Ids
}

const draftOf = ({ intake, ids }: Snapshot): Draft => ({ incident: ids.incident, call: ids.call, intake })
const empty = (intake: Intake): boolean => JSON.stringify(intake) === JSON.stringify(blank)

/** A kept form as it can be filled on. */
function snapshotOf({ incident, call, intake }: Draft): Snapshot {
  const { number, name, place, unit, narrative, kind, note } = intake
  const { text, spot, unknown, taken } = place
  return {
    ids: { incident, call },
    intake: {
      number,
      name,
      place: { text, spot, unknown, taken },
      unit,
      narrative,
      kind,
      priority: intake.priority,
      answers: intake.answers,
      note,
    },
  }
}

/** What stands in the form, with its ids and what the server has of it. */
function useForm() {
  const [now, setNow] = useState<Snapshot>(() => ({ intake: blank, ids: newIds() }))
  const kept = useDraft(empty(now.intake) ? null : draftOf(now), (draft) => {
    const snapshot = snapshotOf(draft)
    setNow(snapshot)
    return draftOf(snapshot)
  })
  return { now, setNow, kept }
}

/** The form's state. The incident's and the call's ids stay until the server has said yes: neither a second Enter nor a reload can make two. */
export function useIntake() {
  const { t } = useTranslation()
  const kinds = useKinds()
  const { busy, send } = useCommand()
  const { now, setNow, kept } = useForm()
  const [errors, setErrors] = useState<readonly FieldError[]>([])
  const [failure, setFailure] = useState<Failure | null>(null)
  const [sent, setSent] = useState<Sent | null>(null)
  const { intake, ids } = now
  const restore = useCallback(
    (snapshot: Snapshot) => {
      setNow(snapshot)
      setErrors([])
      setFailure(null)
    },
    [setNow],
  )
  const set = useCallback(
    (part: Partial<Intake>) => {
      setNow((before) => ({ ...before, intake: { ...before.intake, ...part } }))
      setErrors([])
    },
    [setNow],
  )
  const clear = useCallback(() => restore({ intake: blank, ids: newIds() }), [restore])
  const submit = async (): Promise<boolean> => {
    if (busy) return false
    const found = problems(intake, ids.call, kinds, t)
    setErrors(found)
    setFailure(null)
    if (found.length > 0) return false
    const answer = await send({ module: 'dispatch', stream: ids.incident, type: 'open', data: dataOf(intake, ids.call, kinds) })
    if (failed(answer)) {
      setFailure(answer)
      setErrors(answer.fields.map((field) => ({ ...field, path: field.path.replace(/^data\./, '') })))
      return false
    }
    setSent({ incident: ids.incident })
    clear()
    return true
  }
  return { intake, ids, kept, set, clear, restore, errors, failure, busy, sent, submit }
}
export type IntakeState = ReturnType<typeof useIntake>
