import { derivedId } from '#kernel/ids.ts'
import type { CanKey, Command, Views } from '#modules/cases/contract.ts'
import type { Act } from '#modules/cases/contract/acts.ts'
import type { Person } from '#modules/cases/contract/parts.ts'
import type { CaseCourse } from './course.ts'

/** Who gives a step: the officer or the head of the station, head or reviewer of the sub-bureau, the head of the city's. */
export type Post = 'officer' | 'head' | 'chief' | 'reviewer' | 'above'
export type Step = { readonly who: Post } & Command
export type View = Views['matter']

/** What somebody thinks of a case before the next step. `own`, `second`: accounts of its officer and of another one. `now`: ms since 1970. `neighbour`: another station. */
export interface Scene {
  readonly view: View
  readonly course: CaseCourse
  readonly own: string
  readonly second: string
  readonly neighbour: string
  readonly now: number
}
/** The step that comes next; null: it waits; undefined: nothing of this kind is to be done. */
export type Thought = Step | null | undefined

export const by = (who: Post, command: Command): Step => ({ who, ...command })
export const ask = (act: Act, reason: string): Step => by('officer', { type: 'requestApproval', data: { act, reason } })
/** The same thing of a case has the same id, whoever asks. */
export const idOf = ({ view }: Scene, what: string): string => derivedId('simulator', what, view.row.id)
export const had = ({ view }: Scene, type: View['trace'][number]['type']): boolean => view.trace.some((entry) => entry.type === type)

/** A person whom the reader may see. */
type Seen = Pick<Person, 'id' | 'roles'> & Partial<Person>
export const person = ({ view }: Scene, role: Person['roles'][number]): Seen | undefined =>
  view.persons.find(({ roles }) => roles.includes(role))

/** Suspects of whom something is still to be decided or carried out, in the order of the record. */
export const suspectIds = ({ view }: Scene): readonly string[] =>
  view.persons.filter(({ roles }) => roles.includes('suspect')).map(({ id }) => id)

/** What of a case has steps of its own: a suspect, or what of the evidence the step is about. */
function canOn(view: View, about: object): View['can'] | undefined {
  const { person, measure, appraisal } = about as { readonly person?: string; readonly measure?: string; readonly appraisal?: string }
  return view.onEvidence[measure ?? appraisal ?? ''] ?? view.penalties.find((one) => one.person === person)?.can
}

/** Whether the page offers its reader this step. */
export function offered(view: View, { type, data }: Step): boolean {
  if (type === 'approve' || type === 'declineApproval' || type === 'withdrawRequest') return view.requests[data.request]?.[type] === true
  const [key, about]: [CanKey, object] = type === 'requestApproval' ? [`act:${data.act.kind}`, data.act] : [type, data]
  return (canOn(view, about)?.[key] ?? view.can[key]) === true
}
