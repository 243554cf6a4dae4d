import { type Actor, isPerson, type Recorded } from '#kernel/decider.ts'
import type { Event } from '../contract.ts'
import type { ShiftRow } from '../contract/shift.ts'

type Received = Recorded<Event>
const nameOf = (by: Actor): string => (isPerson(by) ? by.name : by.system)

/** Of an erased beginning only the frame is left: a desk of no unit. */
function started(event: Extract<Received, { type: 'shiftStarted' }>): ShiftRow {
  const { unit, path, people, after } = event.data ?? { unit: '', path: [], people: [], after: null }
  const { stream, n, at } = event
  const there = people.map((person) => ({ ...person, since: at }))
  return { id: stream, n, unit, path, since: at, after, people: there, offer: null, silent: null, silences: 0, ended: null }
}

function changed(row: ShiftRow, event: Received): Partial<ShiftRow> {
  switch (event.type) {
    case 'shiftJoined':
      return event.data === null ? {} : { people: [...row.people, { ...event.data, since: event.at }] }
    case 'shiftLeft': {
      const gone = event.data?.account
      const people = row.people.filter(({ account }) => account !== gone)
      return { people, offer: row.offer?.from.account === gone ? null : row.offer }
    }
    case 'handOverOffered':
      return { offer: event.data === null ? null : { ...event.data, n: event.n, at: event.at } }
    case 'shiftTakenOver':
    case 'shiftEnded': {
      const reason = event.type === 'shiftEnded' ? (event.data?.reason ?? '') : null
      const next = event.type === 'shiftTakenOver' ? (event.data?.next ?? '') : null
      return { offer: null, silent: null, ended: { at: event.at, by: nameOf(event.by), reason, next } }
    }
    case 'deskSilent':
      return { silent: { since: event.data?.since ?? event.at, at: event.at }, silences: row.silences + 1 }
    case 'deskBack':
      return { silent: null }
    default:
      return {}
  }
}

/** The shift after an event; undefined where the event is none of a shift's. */
export function shiftAfter(row: ShiftRow | undefined, event: Received): ShiftRow | undefined {
  if (event.type === 'shiftStarted') return started(event)
  return row === undefined ? undefined : { ...row, ...changed(row, event), n: event.n }
}
