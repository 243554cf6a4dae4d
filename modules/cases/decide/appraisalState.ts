import type { Recorded } from '#kernel/decider.ts'
import type { Event, MatterRow } from '../contract.ts'
import type { AppraisalRow } from '../contract/appraisals.ts'
import type { EvidenceRow } from '../contract/evidence.ts'
import { begun, isOpen, met } from './limits.ts'
import type { Matter } from './matter.ts'

type Told<Type extends Event['type']> = NonNullable<Extract<Event, { type: Type }>['data']>

const ordered = (data: Told<'appraisalOrdered'>, at: string): AppraisalRow => ({
  appraisal: data.appraisal,
  kind: data.appraisalKind,
  person: data.person ?? null,
  sample: data.sample ?? null,
  agency: data.agency,
  issue: data.issue,
  again: data.again ?? null,
  ordered: at,
  state: 'ordered',
  opinion: null,
  copies: [],
  refused: null,
})

const changed = (slice: EvidenceRow, appraisal: string, change: (row: AppraisalRow) => Partial<AppraisalRow>): EvidenceRow => ({
  ...slice,
  appraisals: slice.appraisals.map((row) => (row.appraisal === appraisal ? { ...row, ...change(row) } : row)),
})

/** What becomes of the appraisals of a case. */
export function evolveAppraisals(slice: EvidenceRow, event: Recorded<Event>): EvidenceRow {
  if (event.data === null) return slice
  switch (event.type) {
    case 'accepted':
      return { ...slice, accepted: event.at }
    case 'injuryNoted':
      return { ...slice, injured: [...slice.injured, event.data.person] }
    case 'appraisalOrdered':
      return { ...slice, appraisals: [...slice.appraisals, ordered(event.data, event.at)] }
    case 'opinionTold': {
      const { opinion } = event.data
      return changed(slice, event.data.appraisal, () => ({ state: 'told', opinion }))
    }
    case 'opinionReceived': {
      const { appraisal, opinion, copies } = event.data
      return changed(slice, appraisal, () => ({
        state: 'received',
        opinion,
        copies: copies.map((one) => ({ ...one, given: null, until: null })),
      }))
    }
    case 'opinionCopied': {
      const { appraisal, person, asking } = event.data
      const given = { given: event.at, until: asking.due }
      return changed(slice, appraisal, ({ copies }) => ({
        copies: copies.map((one) => (one.person === person ? { ...one, ...given } : one)),
      }))
    }
    case 'reappraisalRefused': {
      const { appraisal, person } = event.data
      return changed(slice, appraisal, () => ({ refused: { person, told: false } }))
    }
    case 'refusalTold':
      return changed(slice, event.data.appraisal, ({ refused }) => ({ refused: refused && { ...refused, told: true } }))
    case 'appraisalWithdrawn':
      return changed(slice, event.data.appraisal, () => ({ state: 'withdrawn' }))
    default:
      return slice
  }
}

const injury = ['ev-injury-24h.opinion', 'ev-injury-24h.paper', 'ev-injury-24h.complex']
const copying = 'ev-appraisal.copy'

/** One runs at a time for each person: of several opinions the oldest that he has not got. */
function copied({ row, books }: Matter, { appraisal, person }: Told<'opinionCopied'>): MatterRow['limits'] {
  const limits = met(row.limits, [copying], person)
  const waiting = books.evidence.appraisals.flatMap((one) => (one.appraisal === appraisal ? [] : one.copies))
  const next = waiting.find((copy) => copy.person === person && copy.given === null)
  return next === undefined ? limits : begun(limits, [next.limit], row.unit, person)
}
const toCopy = ({ row }: Matter, { copies }: Told<'opinionReceived'>): MatterRow['limits'] =>
  copies.reduce((limits, { person, limit }) => {
    const runs = limits.some((one) => one.limit.rule === copying && one.subject === person && isOpen(one))
    return runs ? limits : begun(limits, [limit], row.unit, person)
  }, row.limits)

/** The limits of injuries by person until one is ordered, of an order by its id, of copies by person. */
export function rowOfAppraisals(matter: Matter, event: Recorded<Event>): Partial<MatterRow> {
  const { limits, unit } = matter.row
  if (event.data === null) return {}
  switch (event.type) {
    case 'injuryNoted':
      return { limits: begun(limits, [event.data.limit], unit, event.data.person) }
    case 'appraisalOrdered': {
      const { appraisal, appraisalKind, person } = event.data
      const done = appraisalKind === 'injury' && person !== undefined ? met(limits, ['ev-injury-24h.order'], person) : limits
      return { limits: begun(done, event.data.limits, unit, appraisal) }
    }
    case 'opinionTold':
      return { limits: met(limits, ['ev-injury-24h.opinion'], event.data.appraisal) }
    case 'opinionReceived':
      return { limits: met(toCopy(matter, event.data), injury, event.data.appraisal) }
    case 'opinionCopied':
      return { limits: copied(matter, event.data) }
    case 'reappraisalRefused':
      return { limits: begun(limits, [event.data.limit], unit, event.data.appraisal) }
    case 'refusalTold':
      return { limits: met(limits, ['ev-appraisal.refused'], event.data.appraisal) }
    case 'appraisalWithdrawn':
      return { limits: met(limits, injury, event.data.appraisal) }
    default:
      return {}
  }
}
