import type { Recorded } from '#kernel/decider.ts'
import type { Effect } from '#kernel/effect.ts'
import type { Event, IncidentRow } from '../contract.ts'
import type { BellRung } from '../contract/bells.ts'

/** What a bell is told of a rung: nothing of any person. */
export interface Ringing {
  readonly number: string
  readonly unit: string
  readonly line: number
  readonly rung: BellRung
  readonly due: string
}

/** What still has to ring after an event; undefined: nothing. */
export function ringingAfter(event: Recorded<Event>, effects: readonly Effect[] = [], row: IncidentRow): readonly Effect[] | undefined {
  const next = ringingNext(event, effects, row)
  return next.length === 0 ? undefined : next
}

function ringingNext(event: Recorded<Event>, effects: readonly Effect[], row: IncidentRow): readonly Effect[] {
  if (event.data === null) return effects
  if (event.type === 'belled') {
    const { effect } = event.data
    return effects.filter(({ id }) => id !== effect)
  }
  if (event.type !== 'climbed' || event.data.bells === undefined) return effects
  const { bells, unit, line, rung, due } = event.data
  const added = bells.map(
    (bell): Effect => ({ id: `${bell}-${event.n}`, n: event.n, target: bell, data: { number: row.number, unit, line, rung, due } }),
  )
  return [...effects, ...added]
}
