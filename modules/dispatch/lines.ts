import { rowsInto, type Statement } from '#kernel/database/tx.ts'
import type { Recorded } from '#kernel/decider.ts'
import type { Event, IncidentRow, Line } from './contract.ts'
import { corrects } from './measured.ts'

/** A line of a dispatch as it is measured; instants of the server. */
interface Measured {
  readonly incident: string
  readonly line: number
  readonly bureau: string
  readonly sub_bureau: string
  readonly unit: string
  readonly level: Line['level']
  readonly kind: string
  readonly sent: string
  readonly signed: string | null
  readonly ended: string | null
  readonly reached: number | null
}

/** Milliseconds from the call until both levels had the incident; null while one of them has not, and where nobody but a person knows when the call came. */
function reachedIn({ lines, received }: IncidentRow): number | null {
  const standing = lines.filter(({ ended }) => ended === null)
  const delivered = standing.flatMap((line) => (line.delivered === null ? [] : [Date.parse(line.delivered.time)]))
  const whole = new Set(standing.map(({ level }) => level)).size === 2 && delivered.length === standing.length
  return whole && received.source === 'system' ? Math.max(...delivered) - Date.parse(received.time) : null
}

/** When an unsigned line was no longer waited for. Of what was withdrawn nobody had to wait. */
const endOf = ({ phase, milestones }: IncidentRow, { ended, sent }: Line): string | null =>
  ended ?? (phase === 'cancelled' ? sent.at : phase === 'closed' ? (milestones.closed?.at ?? null) : null)

/** The sub-bureau under which the line left: a transfer may have given the incident to another one since. */
const above = ({ lines }: IncidentRow, { level, unit, sent }: Line): string =>
  level === 'subBureau' ? unit : (lines.findLast((one) => one.level === 'subBureau' && one.sent.at <= sent.at)?.unit ?? unit)

/**
 * What is measured of an incident's dispatches. A time that a person gave counts as the moment at which the server had it: it never makes a figure better.
 */
export function measured(row: IncidentRow): readonly Measured[] {
  const reached = reachedIn(row)
  return row.lines.map((line) => ({
    incident: row.id,
    line: line.line,
    bureau: row.bureau,
    sub_bureau: above(row, line),
    unit: line.unit,
    level: line.level,
    kind: row.kind,
    sent: line.sent.at,
    signed: line.signed?.at ?? null,
    ended: endOf(row, line),
    reached: line.level === 'station' && line.ended === null ? reached : null,
  }))
}

const upsert = `
  insert into dispatch.line as l (incident, line, bureau, sub_bureau, unit, level, kind, sent, signed, ended, reached)
  select incident, line, bureau, sub_bureau, unit, level, kind, sent, signed, ended, reached from jsonb_populate_recordset(null::dispatch.line, $1::jsonb)
  on conflict (incident, line) do update set kind = excluded.kind, signed = excluded.signed, ended = excluded.ended, reached = excluded.reached
  where (l.kind, l.signed, l.ended, l.reached) is distinct from (excluded.kind, excluded.signed, excluded.ended, excluded.reached)`

const moves: readonly Event['type'][] = ['dispatched', 'transferred', 'delivered', 'signed', 'closed', 'cancelled', 'sentBack']

/** Lines are written by what moves them; what was imported is not measured. */
export function lineStatements(events: readonly Recorded<Event>[], row: IncidentRow): readonly Statement[] {
  if (row.imported || row.lines.length === 0 || !events.some((event) => moves.includes(event.type) || corrects(event))) return []
  return [rowsInto(upsert, ...measured(row))]
}
