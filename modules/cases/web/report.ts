import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { wrongFields } from '#kernel/text.ts'
import { type Failure, failed, type FieldError, newId } from '#kernel/web/api.ts'
import { useCommand } from '#kernel/web/command.ts'
import { sentenceOf } from '#kernel/web/fields.ts'
import { useMe } from '#kernel/web/session.tsx'
import { commands } from '../contract.ts'
import type { PersonRole, Source } from '../contract/parts.ts'
import { blankPerson, type PersonDraft, personOf } from './PersonFields.tsx'

/** The report as it is typed. */
export interface ReportDraft {
  readonly id: string
  readonly source: Source
  readonly sender: string
  readonly received: string
  readonly urgent: string
  readonly handled: string
  readonly nature: string
  readonly cause: string
  readonly from: string
  readonly until: string
  readonly place: string
  readonly narrative: string
  readonly persons: readonly PersonDraft[]
}

/** Who comes with each source. */
const comes: Readonly<Record<Source, readonly PersonRole[] | null>> = {
  counter: ['reporter'],
  incident: ['reporter'],
  mail: ['reporter'],
  surrender: ['suspect'],
  transfer: null,
  discovered: null,
}
const personsOf = (source: Source): readonly PersonDraft[] => {
  const roles = comes[source]
  return roles === null ? [] : [blankPerson(roles)]
}
export const blank = (source: Source): ReportDraft => ({
  id: newId(),
  source,
  sender: '',
  received: '',
  urgent: '',
  handled: '',
  nature: 'administrative',
  cause: '',
  from: '',
  until: '',
  place: '',
  narrative: '',
  persons: personsOf(source),
})
/** Another source brings other people, as long as nobody was typed. */
export const withSource = (draft: ReportDraft, source: Source): ReportDraft => ({
  ...draft,
  source,
  persons: draft.persons.some(({ personName, described }) => personName !== '' || described !== '') ? draft.persons : personsOf(source),
})

/** Beijing time, as the force's clocks show it. */
const instant = (typed: string): string => `${typed}:00+08:00`
export function dataOf(draft: ReportDraft, unit: string, incident: string | undefined): object {
  const { source, nature, sender, received, urgent, handled, from, until, cause, place, narrative, persons } = draft
  const given = {
    cause,
    narrative,
    ...(sender !== '' && { sender }),
    ...(place !== '' && { place }),
    ...(received !== '' && { received: instant(received) }),
    ...(urgent !== '' && { urgent }),
    ...(handled !== '' && { handled: instant(handled) }),
  }
  const happened = from === '' ? {} : { happened: { from: instant(from), ...(until !== '' && { until: instant(until) }) } }
  return { unit, source, nature, ...(source === 'incident' && { incident }), ...given, ...happened, persons: persons.map(personOf) }
}

/** By the shape of what is kept: what an older one holds is not read. */
const keyOf = (account: string): string => `report 2 ${account}`
/** What was typed in this window and not sent yet. It stays in the window's own store, which ends with it, and another account's is thrown away. */
function kept(account: string): ReportDraft | null {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith('report ') && key !== keyOf(account)) sessionStorage.removeItem(key)
  const text = sessionStorage.getItem(keyOf(account))
  return text === null ? null : { ...blank('counter'), ...(JSON.parse(text) as Partial<ReportDraft>) }
}

/** The desk's form. The matter's id stays until the server has said yes: neither a second Enter nor a reload makes two. */
export function useReport(unit: string, incident: string | undefined) {
  const { t } = useTranslation()
  const { account } = useMe()
  const { busy, send } = useCommand()
  const [draft, setDraft] = useState<ReportDraft>(() => kept(account) ?? blank(incident === undefined ? 'counter' : 'incident'))
  const [errors, setErrors] = useState<readonly FieldError[]>([])
  const [failure, setFailure] = useState<Failure | null>(null)
  useEffect(() => sessionStorage.setItem(keyOf(account), JSON.stringify(draft)), [account, draft])
  const set = useCallback((part: Partial<ReportDraft>) => {
    setDraft((before) => ({ ...before, ...part }))
    setErrors([])
  }, [])
  const clear = useCallback(() => {
    setDraft(blank('counter'))
    setErrors([])
    setFailure(null)
  }, [])
  /** The id of the matter, once it is taken; null: something is to be corrected first. */
  const submit = async (): Promise<string | null> => {
    if (busy) return null
    setFailure(null)
    const parsed = commands.takeReport.safeParse(dataOf(draft, unit, incident), { reportInput: true })
    if (!parsed.success) {
      setErrors(wrongFields(parsed.error).map((wrong) => ({ path: wrong.path, sentence: sentenceOf(wrong, t) })))
      return null
    }
    const answer = await send({ module: 'cases', stream: draft.id, type: 'takeReport', data: parsed.data })
    if (failed(answer)) {
      setFailure(answer)
      setErrors(answer.fields.map((field) => ({ ...field, path: field.path.replace(/^data\./, '') })))
      return null
    }
    const { id } = draft
    clear()
    return id
  }
  return { draft, set, setDraft, clear, errors, failure, busy, submit }
}
export type ReportState = ReturnType<typeof useReport>
