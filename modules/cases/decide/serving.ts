import { momentOf } from '#kernel/day.ts'
import { Refusal } from '#kernel/decider.ts'
import type { Event, MatterRow } from '../contract.ts'
import type { Execution } from '../contract/execution.ts'
import { situated, suspectOf } from './about.ts'
import type { Asked, Of } from './asked.ts'
import { begin } from './counting.ts'
import { handling } from './handling.ts'
import { lawOn } from './law.ts'
import { begun, met } from './limits.ts'
import type { Matter } from './matter.ts'
import type { About } from './penalty.ts'

/** Executions by the person whom the decision is about. */
export type Executions = Readonly<Record<string, Execution>>

/** @throws Refusal when nothing was decided about this person */
export function executionOf({ books }: Matter, person: string): Execution {
  const found = books.execution[person]
  if (found === undefined) throw new Refusal('not-decided', { article: 'AP 175' })
  return found
}

/** Whoever has suffered by it is given the decision too (PSL25 116). */
export const victimsOf = ({ persons }: Matter, suspect: string): readonly string[] =>
  persons.filter(({ id, roles }) => id !== suspect && roles.includes('victim')).map(({ id }) => id)

/** 送达: to the suspect, or a copy to a victim. */
export function serveDecision(matter: Matter, data: Of<'serveDecision'>, asked: Asked): Event[] {
  handling(matter, asked)
  const { person, to = person, service, consent } = data
  const { effective, copies, fine } = executionOf(matter, person)
  const { article } = lawOn(asked, 'dec-serve.announced')
  const copy = to !== person
  if (copy && !victimsOf(matter, person).includes(to)) throw new Refusal('not-a-victim', { field: 'data.to', article })
  if (copy ? copies.includes(to) : effective !== null) throw new Refusal('served-already', { article })
  if (service === 'electronic' && consent !== true)
    throw new Refusal('consent-needed', { field: 'data.consent', article: lawOn(asked, 'dec-serve-other').article })
  const wait = service === 'publicNotice' && !copy ? [begin(asked, 'dec-serve-other')] : []
  const since = wait[0]?.due ?? asked.at
  const pay = fine === null || copy ? [] : [begin(asked, 'ex-fine.pay', since)]
  return [{ type: 'decisionServed', data: { ...data, effective: since, limits: [...wait, ...pay] } }]
}

export function served(before: Execution, { data }: About<'decisionServed'>): Execution {
  if (data === null) return before
  const { person, to = person, effective } = data
  return to === person ? { ...before, effective } : { ...before, copies: [...before.copies, to] }
}

export function servedRow({ row, books }: Matter, { data }: About<'decisionServed'>): Partial<MatterRow> {
  if (data === null || (data.to ?? data.person) !== data.person) return {}
  const limits = begun(met(row.limits, ['dec-serve.absent'], data.person), data.limits, row.unit, data.person)
  const others = Object.entries(books.execution).every(([id, one]) => id === data.person || one.effective !== null)
  return { limits, ...(others && row.phase === 'decided' && { phase: 'served' as const }) }
}

/** @throws Refusal while it does not count as served: nothing is carried out before (AP 36) */
export function servedOn(matter: Matter, person: string, asked: Asked): Execution {
  const found = executionOf(matter, person)
  const { article } = lawOn(asked, 'dec-serve.announced')
  if (found.effective === null) throw new Refusal('serve-first', { article })
  if (asked.at < found.effective)
    throw new Refusal('service-runs', { article: lawOn(asked, 'dec-serve-other').article, values: { due: momentOf(found.effective) } })
  return found
}

export function tellOfDetention(matter: Matter, data: Of<'tellOfDetention'>, asked: Asked): Event[] {
  handling(matter, asked)
  const { days, family } = executionOf(matter, data.person)
  const { article } = lawOn(asked, 'dec-family')
  if (days === null) throw new Refusal('no-detention', { article })
  if (family) throw new Refusal('detention-family-told', { article })
  return [{ type: 'detentionTold', data }]
}

export function reportForeigner(matter: Matter, data: Of<'reportForeigner'>, asked: Asked): Event[] {
  handling(matter, asked)
  const { days, foreigner } = executionOf(matter, data.person)
  const { article } = lawOn(asked, 'dec-foreign')
  if (days === null) throw new Refusal('no-detention', { article })
  if (!situated(suspectOf(matter, data.person), 'foreigner')) throw new Refusal('not-foreigner', { article })
  if (foreigner) throw new Refusal('foreigner-reported', { article })
  return [{ type: 'foreignerReported', data }]
}
