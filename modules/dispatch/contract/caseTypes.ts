import { type Dated, kindOn } from '../rules/kinds.ts'
import type { Group } from '../rules/kinds/row.ts'
import type { kindEvents } from './kinds.ts'
import type { z } from 'zod'

/** The groups whose types are case types: what is reported there is a breach of law until somebody has said why it is none. */
const caseGroups: ReadonlySet<Group> = new Set(['criminal', 'order'])

/** An event of a type's stream (`kind:<code>`) as it was recorded. */
export interface TypeEvent {
  readonly n: number
  readonly type: string
  readonly data: unknown
}

/** Whether incidents of this type are of a case type on a day, by the group that the force had given it then. A type that nobody knows is none. */
export function isCaseType(code: string, changes: readonly TypeEvent[], day: string): boolean {
  const dated = changes.flatMap(({ n, type, data }): Dated[] => {
    if (data === null) return []
    if (type === 'kindRetired') return [{ n, from: (data as z.infer<typeof kindEvents.kindRetired>).from, set: null }]
    if (type !== 'kindSet') return []
    const { from, reason: _reason, ...set } = data as z.infer<typeof kindEvents.kindSet>
    return [{ n, from, set: set as NonNullable<Dated['set']> }]
  })
  const group = kindOn(code, dated, day)?.group
  return group !== undefined && caseGroups.has(group)
}
