import type { TFunction } from 'i18next'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { wrongFields } from '#kernel/text.ts'
import { type FieldError, type Failure, failed, newId } from '#kernel/web/api.ts'
import { deliver, type Intention } from '#kernel/web/command.ts'
import { sentenceOf } from '#kernel/web/fields.ts'
import { useConnection } from '#kernel/web/live.ts'
import { type Acted, outbox } from '#kernel/web/outbox.ts'
import { useMe } from '#kernel/web/session.tsx'
import { serverNow } from '#kernel/web/time.ts'
import { commands, type Draft } from '../contract.ts'
import { useDraft } from './draft.ts'
import { blank, dataOf, type Intake } from './form.ts'
import { type Kinds, useKinds } from './kinds.ts'
import { placeOf } from './place.ts'

/** As long as a call taker is kept waiting for an answer before the call goes into the outbox. */
const withinMs = 4000

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

/**
 * Gives a call to the server. Where that does not answer it goes into the outbox with the time at which it was taken, by this console's clock: the
 * word of a person, which no figure counts as the server's own.
 */
function useGiving() {
  const { account } = useMe()
  const { state } = useConnection()
  const [busy, setBusy] = useState(false)
  const give = async (intention: Intention): Promise<'sent' | 'waits' | Failure> => {
    const taken: Acted = { time: new Date(serverNow()).toISOString(), source: 'typed' }
    if (state === 'late') {
      outbox.put(intention, taken)
      return 'waits'
    }
    const id = newId()
    setBusy(true)
    const answer = await deliver(id, intention, { account, within: withinMs })
    setBusy(false)
    if (!failed(answer)) return 'sent'
    if (!answer.unanswered) return answer
    outbox.put(intention, taken, id)
    return 'waits'
  }
  return { busy, give }
}

/** A refused one that was changed goes when the changed one has been given. */
function withdraw(incident: string): void {
  for (const entry of outbox.state().entries)
    if (entry.standing === 'refused' && entry.intention.type === 'open' && entry.intention.stream === incident) outbox.discard(entry)
}

/** The form's state. The incident's and the call's ids stay until the server has said yes: neither a second Enter nor a reload can make two. */
export function useIntake() {
  const { t } = useTranslation()
  const kinds = useKinds()
  const { busy, give } = useGiving()
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
    const answer = await give({ module: 'dispatch', stream: ids.incident, type: 'open', data: dataOf(intake, ids.call, kinds) })
    if (failed(answer)) {
      setFailure(answer)
      setErrors(answer.fields.map((field) => ({ ...field, path: field.path.replace(/^data\./, '') })))
      return false
    }
    withdraw(ids.incident)
    setSent({ incident: ids.incident })
    clear()
    return true
  }
  return { intake, ids, empty: empty(intake), kept, set, clear, restore, errors, failure, busy, sent, submit }
}
export type IntakeState = ReturnType<typeof useIntake>
