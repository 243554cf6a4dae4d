import type { Views } from '#modules/dispatch/contract.ts'
import type { Measured } from './figures.ts'
import { fromNote, type Noted, type Story } from './steps.ts'

const named = (noted: Readonly<Pick<Record<Noted, string>, 'id' | 'agency' | 'priority_final' | 'onview_flag'>>) => ({
  id: noted.id,
  agency: noted.agency,
  priority: noted.priority_final,
  onview: noted.onview_flag,
})

/** What the file says of an incident. */
export const fromFile = ({ row }: Story): Measured => ({
  ...named(row.fields),
  received: row.received,
  assigned: row.stamps.assigned,
  arrived: row.stamps.arrived,
})

/** What the stored events say of it: the first of each kind, at the time it occurred. */
export function fromTrace({ trace }: Pick<Views['incident'], 'trace'>): Measured {
  const first = (type: string) => trace.find((entry) => entry.type === type)
  const opened = first('opened')
  if (opened === undefined) throw new Error('an incident that was never opened')
  const { note = '' } = (opened.data ?? {}) as { note?: string }
  return {
    ...named(fromNote(note)),
    received: opened.occurred.time,
    assigned: first('assigned')?.occurred.time ?? null,
    arrived: first('arrived')?.occurred.time ?? null,
  }
}
