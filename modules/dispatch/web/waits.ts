import { type Due, dueOf } from '#kernel/clock.ts'
import type { Tone } from '#kernel/web/Tag.tsx'
import type { Event, IncidentRow, TraceEntry } from '../contract.ts'
import { type Given } from '../rules/waiting.ts'
import { rungBellMs } from '../rules/ladder.ts'

/** The most pressing of what has not come in time. */
const order = [
  'arrival-late',
  'departure-finding',
  'departure-late',
  'assignment-finding',
  'assignment-late',
  'feedback-late',
  'arrival-warn',
] as const
type Lapsed = (typeof order)[number]

/** Its words are under `lapse.<name>`; null: everything is in time. */
export function lapsedOf(row: IncidentRow): { readonly name: Lapsed; readonly tone: Tone } | null {
  const there = (row.waits ?? []).flatMap(({ rule, last }) => (last === null ? [] : [`${rule}-${last.point}`]))
  const name = order.find((one) => there.includes(one))
  return name === undefined ? null : { name, tone: name.endsWith('-warn') ? 'warn' : 'alarm' }
}

const ringing = (row: IncidentRow) => (row.waits ?? []).flatMap(({ last }) => (last?.rings ? [last] : []))
/** Station and sub-bureau are told. */
export const lapseFor = (row: IncidentRow, unit: string): boolean =>
  (row.station === unit || row.subBureau === unit) && ringing(row).length > 0
/** Whether it is still to be heard, at a moment in milliseconds since 1970. */
export const lapseRings = (row: IncidentRow, unit: string, now: number): boolean =>
  lapseFor(row, unit) && ringing(row).some(({ at }) => now - Date.parse(at) < rungBellMs)

/** Why a clock does what it does next: the event that began it, and the settings of then; null where they were not kept. */
export interface Reason {
  readonly rule: string
  readonly unit: string
  readonly due: Due | null
  readonly started: string
  /** Milliseconds that it had run before it was last paused; null: it never was. */
  readonly ran: number | null
  readonly begun: TraceEntry['type'] | null
  readonly set: readonly Given[] | null
}

interface Kept {
  readonly name: string
  readonly set?: readonly Given[] | undefined
}

/** The points as the event of the trace has them that began this clock. */
function pointsOf({ type, data }: TraceEntry, rule: string): readonly Kept[] | null {
  if (data === null) return null
  const event = { type, data } as Event
  if (event.type === 'dispatched' || event.type === 'transferred') return rule === 'receipt' ? (event.data.ladder ?? null) : null
  const kept = event.data as { limits?: readonly { rule: string; points: readonly Kept[] }[] }
  return kept.limits?.find((one) => one.rule === rule)?.points ?? null
}

/** Every clock of the incident that runs or is paused, the one that is due first foremost. */
export function reasonsOf(row: IncidentRow, trace: readonly TraceEntry[]): readonly Reason[] {
  const clocks = [row.climb?.clock, ...(row.waits ?? []).map(({ clock }) => clock)].filter((clock) => clock !== null && clock !== undefined)
  const reasons = clocks.map(({ rule, unit, started, since, ran, points: [next] }) => {
    const entry = trace.findLast(
      (one) => Date.parse(one.at) === Date.parse(started) && pointsOf(one, rule)?.some(({ name }) => name === next?.name),
    )
    const point = entry && pointsOf(entry, rule)?.find(({ name }) => name === next?.name)
    const clock = clocks.find((one) => one.rule === rule)
    return {
      rule,
      unit,
      due: clock ? dueOf(clock) : null,
      started,
      ran: since !== null && since === started ? null : ran,
      begun: entry?.type ?? null,
      set: point?.set ?? null,
    }
  })
  return reasons.toSorted((a, b) => ((a.due?.time ?? '~') < (b.due?.time ?? '~') ? -1 : 1))
}
