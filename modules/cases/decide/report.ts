import { isPerson, Refusal } from '#kernel/decider.ts'
import type { Event } from '../contract.ts'
import { receiptAtOnce } from '../rules.ts'
import { type Asked, drawn, giverOf, likeOfficers, type Of } from './asked.ts'
import { begin, filingLimits } from './counting.ts'
import type { Matter, State } from './matter.ts'
import { idFindings, personsFit, sortedEntries } from './persons.ts'

/** Takes reports: the first unit of county level or below it that is turned to (RF 7). */
const takes: ReadonlySet<string> = new Set(['station', 'squad', 'subBureau', 'corps'])

type Report = Of<'takeReport'>

function placeOf({ unit: code }: Report, { facts, by, as }: Asked) {
  const { unit } = facts
  if (unit === null || unit.closed) throw new Refusal('unit-unknown', { field: 'data.unit', values: { unit: code } })
  if (isPerson(by) && !as.some((grant) => unit.path.includes(grant.unit))) throw new Refusal('foreign-unit', { field: 'data.unit' })
  if (!takes.has(unit.kind)) throw new Refusal('unit-takes-none', { field: 'data.unit', article: 'RF 7' })
  return unit
}

/** What happened, what was told and when it came to us can only be in this order, and not in the future. */
function orderly(happened: Report['happened'], received: string, at: string): void {
  if (received > at) throw new Refusal('in-future', { field: 'data.received' })
  if (happened === undefined) return
  const [start, end] = [utc(happened.from), utc(happened.until ?? happened.from)]
  if (start > at) throw new Refusal('in-future', { field: 'data.happened.from' })
  if (end > at) throw new Refusal('in-future', { field: 'data.happened.until' })
  if (end < start) throw new Refusal('ends-before', { field: 'data.happened.until' })
  if (start > received) throw new Refusal('report-before-incident', { field: 'data.received' })
}
const utc = (instant: string): string => new Date(instant).toISOString()

function brings({ source, incident, sender, persons }: Report): void {
  if (source === 'incident' && incident === undefined) throw new Refusal('incident-needed', { field: 'data.incident' })
  if (source === 'transfer' && sender === undefined) throw new Refusal('sender-needed', { field: 'data.sender', article: 'AP 61' })
  const wanted = source === 'counter' ? 'reporter' : source === 'surrender' ? 'suspect' : null
  if (wanted !== null && !persons.some(({ roles }) => roles.includes(wanted)))
    throw new Refusal(wanted === 'reporter' ? 'reporter-needed' : 'suspect-needed', { field: 'data.persons', article: 'AP 60' })
}

/**
 * 先处置后登记: danger first, paper within a day after it (`intake-urgent`). Registered later it is registered all the same, and that is said.
 */
function handledFirst({ urgent, handled }: Report, received: string, asked: Asked): Event[] {
  if (urgent === undefined && handled === undefined) return []
  if (urgent === undefined || handled === undefined)
    throw new Refusal('handled-needed', { field: urgent === undefined ? 'data.urgent' : 'data.handled', article: 'RO 二(一)3' })
  const over = utc(handled)
  if (over > asked.at) throw new Refusal('in-future', { field: 'data.handled' })
  if (over < received) throw new Refusal('ends-before', { field: 'data.handled' })
  return asked.at > begin(asked, 'intake-urgent', over).due ? [{ type: 'found', data: { rule: 'late-urgent', detail: over } }] : []
}

export function takeReport(state: State, data: Report, asked: Asked): Event[] {
  if (state.kind !== 'none') throw new Refusal('matter-exists')
  const unit = placeOf(data, asked)
  brings(data)
  const received = utc(data.received ?? asked.at)
  orderly(data.happened, received, asked.at)
  const urgent = handledFirst(data, received, asked)
  personsFit(data.persons, data.persons, asked.at)
  const { ofIncident, number, code } = asked.facts
  if (ofIncident !== null) throw new Refusal('incident-reported', { field: 'data.incident', values: { number: ofIncident.number } })
  const limits = [...filingLimits(asked, received), ...(data.source === 'mail' ? [begin(asked, 'intake-by-mail', received)] : [])]
  const event: Event = {
    type: 'reported',
    data: { ...data, number: drawn(number), unit: unit.code, path: [...unit.path], county: unit.county, received, limits },
  }
  const giver = giverOf(asked)
  const findings = [...urgent, ...idFindings(data.persons), ...(giver === null ? [] : likeOfficers(data, [giver]))]
  if (limits.some(({ rule, due }) => rule === 'intake-by-mail' && asked.at > due))
    findings.push({ type: 'found', data: { rule: 'late-register', detail: received } })
  return [event, ...(receiptAtOnce.has(data.source) ? [receiptOf('handed', code)] : []), ...findings]
}

const receiptOf = (contact: Of<'issueReceipt'>['contact'], code: string | null): Event => ({
  type: 'receiptIssued',
  data: { contact, code: drawn(code) },
})

export function issueReceipt(matter: Matter, { contact }: Of<'issueReceipt'>, asked: Asked): Event[] {
  if (matter.row.receipt !== null) throw new Refusal('receipt-issued')
  if (matter.row.source === 'discovered') throw new Refusal('no-reporter')
  return [receiptOf(contact, asked.facts.code)]
}

/** Adds what is right; what was recorded first stays in the trace. */
export function amend(matter: Matter, { seen: _seen, ...data }: Of<'amend'>, asked: Asked): Event[] {
  const { row } = matter
  const { nature = row.nature, cause = row.cause, narrative = matter.narrative, place = row.place, happened } = data
  const sameTime = happened === undefined || JSON.stringify(sortedEntries(happened)) === JSON.stringify(sortedEntries(row.happened ?? {}))
  if (nature === row.nature && cause === row.cause && narrative === matter.narrative && place === row.place && sameTime)
    throw new Refusal('nothing-amended')
  orderly(happened, row.received, asked.at)
  return [{ type: 'amended', data }]
}
