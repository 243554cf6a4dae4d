import type { TFunction } from 'i18next'
import { dayTime, milliseconds } from '#kernel/web/time.ts'
import type { Units } from '#kernel/web/units.ts'
import { answerText, type Kinds, questionText } from './kinds.ts'
import { isOfShift, type Said, saidOfShift } from './shiftTrace.ts'
import type { CallRow, Event, IncidentRow, Place, Stamp, TraceEntry } from '../contract.ts'

/** One entry of a trace in words that a layman reads. */
export interface Told {
  readonly title: string
  /** Quoted from the record: reasons, notes, what was said. */
  readonly quote: string | undefined
  readonly foot: string
}

export function placeText(place: Place, t: TFunction): string {
  if (place.kind === 'unknown') return t('place.unknown')
  if (place.kind === 'described') return place.text
  return place.text ?? `${place.lon.toFixed(5)}, ${place.lat.toFixed(5)}`
}

/** What gives codes their names. */
interface Named {
  readonly units: Units
  readonly kinds: Kinds
}

/** Of what was never done the detail is the code of the unit that answers for it. */
export const foundOf = ({ rule, detail }: Extract<Event, { type: 'found' }>['data'], units: Units): string =>
  rule === 'never-signed' || rule === 'never-assigned' || rule === 'never-departed' ? units.name(detail) : detail

const lateOf = ({ data }: Extract<Event, { type: 'climbed' | 'lapsed' }>, t: TFunction) => (data.late ? t('rung.late') : undefined)

function saidOfBell(event: Extract<Event, { type: 'belled' | 'bellSet' | 'bellRetired' }>, t: TFunction): Said {
  if (event.type === 'bellSet') return [{ target: event.data.target }]
  if (event.type === 'bellRetired') return [{}, event.data.reason]
  const { rung, tries, error, outcome } = event.data
  return [{ rung: t(`bellRung.${rung}`), count: tries }, error ?? undefined, `belled-${outcome}`]
}

/** A drill stands in no incident's trace, and neither does a series of them. */
const ofDrill = (event: Event): event is Extract<Event, { type: `drill${string}` | `series${string}` }> =>
  /^(drill|series)/.test(event.type)

/** The blanks of the title's sentence, and what is quoted. */
function said(event: Event, t: TFunction, { units, kinds }: Named): Said {
  if (isOfShift(event)) return saidOfShift(event, t, units)
  if (ofDrill(event)) return [{}]
  switch (event.type) {
    case 'opened': {
      const { kind, priority, note, answers = [] } = event.data
      const said = answers.map(
        ({ question, ask, text, answer }) => `${questionText({ code: question, text }, t)} ${answerText(ask, answer, t)}`,
      )
      const quote = [note, said.join(t('shell.comma'))].filter(Boolean).join(' · ')
      return [{ kind: kinds.name(kind), priority: t(`priority.${priority}`) }, quote || undefined]
    }
    case 'dispatched': {
      const { station, subBureau, routed } = event.data
      const to = { subBureau: units.name(subBureau), routed: t(`routed.${routed}`) }
      return station ? [{ ...to, station: units.name(station) }] : [to, undefined, 'dispatchedOne']
    }
    case 'located':
      return [{ place: placeText(event.data.place, t) }, event.data.reason]
    case 'delivered':
    case 'seen':
      return [{ unit: units.name(event.data.unit), name: event.data.name }]
    case 'signed':
      return [{ unit: units.name(event.data.unit) }]
    case 'assigned':
      return [{ handlers: event.data.handlers.join(t('shell.comma')) }]
    case 'reported': {
      const { result, injured, persons, measures, text } = event.data
      const taken = measures.map((measure) => t(`measure.${measure}`)).join(t('shell.comma'))
      return [{ result: t(`result.${result}`), injured, persons, measures: taken }, text]
    }
    case 'transferred':
      return [{ from: units.name(event.data.from), station: units.name(event.data.station ?? event.data.subBureau) }, event.data.reason]
    case 'urged':
      return [{ unit: units.name(event.data.unit) }, event.data.text]
    case 'noted':
      return [{}, event.data.text]
    case 'kindSet':
    case 'kindRetired':
      return [{ day: event.data.from }, event.data.reason]
    case 'placeSet':
      return [{ name: event.data.name }]
    case 'sentBack':
    case 'cancelled':
    case 'placeRetired':
      return [{}, event.data.reason]
    case 'corrected': {
      const { kind, priority, narrative, reason } = event.data
      const parts = [kind && kinds.name(kind), priority && t(`priority.${priority}`), narrative].filter(Boolean)
      return [{ what: parts.join(t('shell.comma')) }, reason]
    }
    case 'climbed':
      return [{ unit: units.name(event.data.unit) }, lateOf(event, t), `climbed-${event.data.rung}`]
    case 'lapsed':
      return [{ unit: units.name(event.data.unit) }, lateOf(event, t), `lapsed-${event.data.clock}-${event.data.point}`]
    case 'belled':
    case 'bellSet':
    case 'bellRetired':
      return saidOfBell(event, t)
    case 'found':
      return [{ finding: t(`finding.${event.data.rule}`) }, foundOf(event.data, units)]
    case 'received':
    case 'callAdded':
    case 'departed':
    case 'arrived':
    case 'cleared':
    case 'closed':
      return [{}]
  }
}

/** Who says so and how the time is known; when it was recorded, where that is another moment. */
export function foot(stamp: { time: string; source: Stamp['source']; at: string }, by: string, t: TFunction): string {
  const parts = [by, t(`source.${stamp.source}`)]
  if (Math.abs(milliseconds(stamp.time, stamp.at)) >= 1000) parts.push(t('trace.recorded', { time: dayTime(stamp.at) }))
  return parts.filter(Boolean).join(' · ')
}

export function tell(entry: TraceEntry, t: TFunction, named: Named): Told {
  const { units } = named
  const receipt = entry.type === 'delivered' || entry.type === 'seen'
  const unit = entry.unit ? units.name(entry.unit) : ''
  const person = [unit, entry.by].filter(Boolean).join(' ')
  const foots = foot({ ...entry.occurred, at: entry.at }, entry.by ? person : t('trace.system'), t)
  if (entry.data === null) return { title: t('event.erased', { what: t(`eventName.${entry.type}`) }), quote: undefined, foot: foots }
  const [values, quote, key] = said({ type: entry.type, data: entry.data } as Event, t, named)
  const title = t(`event.${key ?? entry.type}`, values)
  return { title, quote, foot: receipt ? `${values['name']} · ${foots}` : foots }
}

export const tellCall = (call: CallRow, t: TFunction): Told => ({
  title: t(`call.${call.channel}`),
  quote: call.text ?? undefined,
  foot: foot(call.received, [call.number, call.name].filter(Boolean).join(' '), t),
})

/** What the record waits for. `unit` when one unit is waited for, since `since`. */
export function awaited(row: IncidentRow): { key: string; unit?: string; since: string; alarm: boolean } | null {
  if (row.phase === 'closed' || row.phase === 'cancelled') return null
  const running = row.lines.filter((line) => line.ended === null)
  const unsigned = running.find((line) => line.signed === null && line.level === 'station') ?? running.find((line) => line.signed === null)
  if (row.station === null && row.subBureau === null) return { key: 'place', since: row.opened, alarm: false }
  if (unsigned && row.phase === 'open') return { key: 'signed', unit: unsigned.unit, since: unsigned.sent.time, alarm: !row.imported }
  if (row.station === null) return { key: 'place', since: row.opened, alarm: false }
  const last = Object.values(row.milestones).map((stamp) => stamp.time)
  return { key: row.phase, since: last.sort().at(-1) ?? row.opened, alarm: false }
}
