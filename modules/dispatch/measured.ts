import { rowsInto, type Statement } from '#kernel/database/tx.ts'
import type { Occurred, Recorded } from '#kernel/decider.ts'
import type { Event, IncidentRow } from './contract.ts'
import type { LeftOut } from './contract/statistics.ts'
import { interval } from './rules/spans.ts'
import { tooFast } from './rules/tooGood.ts'

/** What is measured of an incident beside its lines. */
interface Measured {
  readonly incident: string
  readonly bureau: string
  readonly sub_bureau: string | null
  readonly station: string | null
  readonly kind: string
  readonly received: string
  readonly received_source: Occurred['source']
  readonly imported: boolean
  readonly cancelled: boolean
  readonly arrival: number | null
  readonly arrival_source: Occurred['source'] | null
  readonly arrival_left: LeftOut | null
  /** Faster there than the way allows. */
  readonly arrival_fast: boolean
  readonly feedback: number | null
  readonly feedback_source: Occurred['source'] | null
  readonly feedback_left: LeftOut | null
}

export function measuredOf(row: IncidentRow): Measured {
  const { received, milestones, imported } = row
  const arrival = interval(received, milestones.arrived, imported)
  const feedback = interval(milestones.arrived, milestones.reported, imported)
  return {
    incident: row.id,
    bureau: row.bureau,
    sub_bureau: row.subBureau,
    station: row.station,
    kind: row.kind,
    received: received.time,
    received_source: received.source,
    imported,
    cancelled: row.phase === 'cancelled',
    arrival: arrival.took,
    arrival_source: arrival.source,
    arrival_left: arrival.left,
    arrival_fast: tooFast(row) !== null,
    feedback: feedback.took,
    feedback_source: feedback.source,
    feedback_left: feedback.left,
  }
}

const fixed = ['incident', 'bureau', 'received', 'received_source', 'imported'] as const
const moving = [
  'sub_bureau',
  'station',
  'kind',
  'cancelled',
  'arrival',
  'arrival_source',
  'arrival_left',
  'arrival_fast',
  'feedback',
  'feedback_source',
  'feedback_left',
] as const
const all = [...fixed, ...moving].join(', ')
const upsert = `
  insert into dispatch.measured as m (${all}) select ${all} from jsonb_populate_recordset(null::dispatch.measured, $1::jsonb)
  on conflict (incident) do update set ${moving.map((column) => `${column} = excluded.${column}`).join(', ')}
  where (${moving.map((column) => `m.${column}`).join(', ')}) is distinct from (${moving.map((column) => `excluded.${column}`).join(', ')})`

const changes: readonly Event['type'][] = ['opened', 'dispatched', 'transferred', 'arrived', 'reported', 'sentBack', 'cancelled']
/** A correction changes what is counted only where it names another type. */
export const corrects = (event: Recorded<Event>): boolean => event.type === 'corrected' && event.data?.kind !== undefined

/** Written by what changes it: receipts, departures and notes do not. */
export function measuredStatements(events: readonly Recorded<Event>[], row: IncidentRow): readonly Statement[] {
  if (!events.some((event) => changes.includes(event.type) || corrects(event))) return []
  return [rowsInto(upsert, measuredOf(row))]
}
