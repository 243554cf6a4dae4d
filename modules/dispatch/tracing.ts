import { type Actor, isPerson, type Occurred } from '#kernel/decider.ts'
import type { Tx } from '#kernel/database/tx.ts'
import type { EventType, TraceEntry } from './contract.ts'

export interface TraceRow {
  n: number
  position: number
  type: EventType
  version: number
  at: string
  occurred_at: string
  occurred_source: Occurred['source']
  by: Actor
  data: unknown
}

/** The events of one stream, as they lie. */
export const traceOf = (tx: Tx, stream: string): Promise<TraceRow[]> =>
  tx.query<TraceRow>('select * from kernel.trace($1, $2)', ['dispatch', stream])

/** The same as a screen shows them. */
export const entriesOf = (trace: readonly TraceRow[]): readonly TraceEntry[] =>
  trace.map(({ n, position, type, at, occurred_at, occurred_source, by, data }) => ({
    n,
    position,
    type,
    at,
    occurred: { time: occurred_at, source: occurred_source },
    by: isPerson(by) ? by.name : null,
    unit: isPerson(by) ? by.unit : null,
    data,
  }))
