import type { Recorded } from '#kernel/decider.ts'
import type { Effect } from '#kernel/effect.ts'
import type { Event, IncidentRow } from '../contract.ts'
import type { LadderRung, LateRung } from '../contract/bells.ts'
import type { WaitRule } from '../rules/waiting.ts'

/** What a bell is told of an incident: nothing of any person. `line`: whose receipt the ladder waits for. */
export type Ringing = { readonly number: string; readonly unit: string; readonly due: string } & (
  | { readonly rung: LadderRung; readonly line: number }
  | { readonly rung: LateRung }
)

/** What rings when one of these is late. */
export const lateRung = {
  assignment: 'lateAssignment',
  departure: 'lateDeparture',
  arrival: 'lateArrival',
  feedback: 'lateFeedback',
} as const satisfies Record<WaitRule, LateRung>

/** What still has to ring after an event; undefined: nothing. */
export function ringingAfter(event: Recorded<Event>, effects: readonly Effect[] = [], row: IncidentRow): readonly Effect[] | undefined {
  const next = ringingNext(event, effects, row)
  return next.length === 0 ? undefined : next
}

type Climbed = Extract<Event, { type: 'climbed' }>['data']
type Lapsed = Extract<Event, { type: 'lapsed' }>['data']

/** What a rung, or a wait that is late, says to its bells; null: it rings none. */
function saidBy(data: Climbed | Lapsed, number: string): Ringing | null {
  const { unit, due } = data
  if ('point' in data) return { number, unit, rung: lateRung[data.clock], due }
  return data.rung === 'finding' ? null : { number, unit, line: data.line, rung: data.rung, due }
}

function ringingNext(event: Recorded<Event>, effects: readonly Effect[], row: IncidentRow): readonly Effect[] {
  if (event.data === null) return effects
  if (event.type === 'belled') {
    const { effect } = event.data
    return effects.filter(({ id }) => id !== effect)
  }
  if (event.type !== 'climbed' && event.type !== 'lapsed') return effects
  const data = saidBy(event.data, row.number)
  const { bells = [] } = event.data
  return data === null ? effects : [...effects, ...bells.map((bell) => ({ id: `${bell}-${event.n}`, n: event.n, target: bell, data }))]
}
