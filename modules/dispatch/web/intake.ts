import type { TFunction } from 'i18next'
import { useCallback, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { wrongFields } from '#kernel/text.ts'
import { type FieldError, type Failure, failed, newId } from '#kernel/web/api.ts'
import { useCommand } from '#kernel/web/command.ts'
import { sentenceOf } from '#kernel/web/fields.ts'
import { commands } from '../contract.ts'
import type { Priority } from '../rules.ts'
import type { Kinds } from './kinds.ts'
import { noPlace, type PlaceDraft, placeOf } from './place.ts'

/** What stands in the call taker's form. */
export interface Intake {
  readonly number: string
  readonly name: string
  readonly place: PlaceDraft
  readonly unit: string
  readonly narrative: string
  readonly kind: string
  /** Chosen by hand; the kind's own otherwise. */
  readonly priority: Priority | undefined
  readonly note: string
}

const blank: Intake = { number: '', name: '', place: noPlace, unit: '', narrative: '', kind: '', priority: undefined, note: '' }
const given = <Part extends object>(part: Part): Partial<Part> =>
  Object.fromEntries(Object.entries(part).filter(([, value]) => value !== '' && value !== undefined)) as Partial<Part>

export const priorityOf = (intake: Intake, kinds: Kinds): Priority | undefined => intake.priority ?? kinds.find(intake.kind)?.priority

/** The command's input. A chosen unit with nothing said of the place is an unknown place that has an addressee. */
function dataOf(intake: Intake, call: string): object {
  const place = placeOf(intake.place) ?? (intake.unit ? { kind: 'unknown' as const } : undefined)
  const { number, name, unit, narrative, kind, note } = intake
  return {
    call: { id: call, channel: 'voice', ...given({ number: number.trim(), name }) },
    ...given({ narrative, place, kind, priority: intake.priority, unit, note }),
  }
}

function problems(intake: Intake, call: string, t: TFunction): readonly FieldError[] {
  const unread = placeOf(intake.place) === null ? [{ path: 'place', sentence: t('intake.spotWrong') }] : []
  const parsed = commands.open.safeParse(dataOf(intake, call), { reportInput: true })
  const wrong = parsed.success ? [] : wrongFields(parsed.error).map((one) => ({ path: one.path, sentence: sentenceOf(one, t) }))
  return [...unread, ...wrong.filter((one) => unread.length === 0 || !one.path.startsWith('place'))]
}

export interface Sent {
  readonly incident: string
}

/** The form's state. The incident's and the call's ids are made with the first key and stay until the server has said yes: pressing Enter twice cannot make two. */
export function useIntake() {
  const { t } = useTranslation()
  const { busy, send } = useCommand()
  const [intake, setIntake] = useState(blank)
  const [errors, setErrors] = useState<readonly FieldError[]>([])
  const [failure, setFailure] = useState<Failure | null>(null)
  const [sent, setSent] = useState<Sent | null>(null)
  const ids = useRef({ incident: newId(), call: newId() })
  const set = useCallback((part: Partial<Intake>) => {
    setIntake((before) => ({ ...before, ...part }))
    setErrors([])
  }, [])
  const clear = useCallback(() => {
    ids.current = { incident: newId(), call: newId() }
    setIntake(blank)
    setErrors([])
    setFailure(null)
  }, [])
  const submit = async (): Promise<boolean> => {
    if (busy) return false
    const { incident, call } = ids.current
    const found = problems(intake, call, t)
    setErrors(found)
    setFailure(null)
    if (found.length > 0) return false
    const answer = await send({ module: 'dispatch', stream: incident, type: 'open', data: dataOf(intake, call) })
    if (failed(answer)) {
      setFailure(answer)
      setErrors(answer.fields.map((field) => ({ ...field, path: field.path.replace(/^data\./, '') })))
      return false
    }
    setSent({ incident })
    clear()
    return true
  }
  return { intake, set, clear, errors, failure, busy, sent, submit }
}
export type IntakeState = ReturnType<typeof useIntake>
