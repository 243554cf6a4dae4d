import type { Recorded } from '#kernel/decider.ts'
import type { Event, MatterRow } from '../contract.ts'
import type { Person, PersonRole, Phase } from '../contract/parts.ts'
import { gistMost } from '../rules.ts'
import { blankBooks, evolveBooks, rowByBooks } from './books.ts'
import { nameOf, officerOf } from './events.ts'
import { begun, changedTo, met, passed } from './limits.ts'
import { initial, type Matter, type State } from './matter.ts'
import { evolveQuestion, isOfQuestion } from './questionState.ts'

type Received = Recorded<Event>
const gistOf = (narrative: string): string => [...narrative].slice(0, gistMost).join('')

/** How many there are of each role. */
function counted(persons: readonly Person[]): MatterRow['persons'] {
  const counts: Partial<Record<PersonRole, number>> = {}
  for (const role of persons.flatMap(({ roles }) => roles)) counts[role] = (counts[role] ?? 0) + 1
  return counts
}

/** The matter whose first event is this one. Of an erased one only the frame is left. */
function reported(event: Extract<Received, { type: 'reported' }>): State {
  const { data } = event
  if (data === null) return initial
  const { unit, path, limits, narrative, persons } = data
  const row: MatterRow = {
    id: event.stream,
    n: event.n,
    number: data.number,
    caseNumber: null,
    phase: 'reported',
    unit,
    path,
    first: unit,
    source: data.source,
    incident: data.incident ?? null,
    sender: data.sender ?? null,
    nature: data.nature,
    caseKind: null,
    cause: data.cause,
    gist: gistOf(narrative),
    happened: data.happened ?? null,
    place: data.place ?? null,
    received: data.received,
    registered: event.at,
    registrar: officerOf(event),
    receipt: null,
    officers: [],
    persons: counted(persons),
    transfer: null,
    transfers: 0,
    proposal: null,
    requests: [],
    withdrawn: false,
    noticed: false,
    sealed: false,
    findings: 0,
    limits: begun([], limits, unit),
  }
  const none = { code: null, receiptBy: null, books: blankBooks }
  return { kind: 'matter', row, narrative, persons, ...none, county: data.county, firstPath: path, since: event.at }
}

const sorted = ['intake-admin-file.review', 'intake-admin-file.hard', 'intake-undetermined', 'intake-transfer-24h']

type Change = Partial<MatterRow>
/** What an event changes in the row; parts beside the row are changed in `evolve`. */
function changed({ row }: Matter, event: Received): Change {
  if (event.data === null) return {}
  const to = (phase: Phase, more: Change = {}): Change => ({ phase, ...more })
  switch (event.type) {
    case 'receiptIssued':
      return { receipt: event.at, limits: met(row.limits, ['intake-by-mail']) }
    case 'leftUndetermined':
      return to('undetermined', { limits: begun(row.limits, [event.data.limit], row.unit) })
    case 'transferProposed': {
      const { destination, reason, limit } = event.data
      const transfer = { destination, reason, by: nameOf(event), account: officerOf(event)?.account ?? '', back: row.phase }
      return to('transferring', { transfer, limits: begun(row.limits, [limit], row.unit) })
    }
    case 'transferDeclined':
      return to(row.transfer?.back ?? 'reported', { transfer: null, limits: met(row.limits, ['intake-transfer-24h']) })
    case 'transferred': {
      const { path, limits } = event.data
      // Who hands it over tells the reporter; the rest begins where it goes.
      const telling = limits.filter(({ rule }) => rule === 'intake-jurisdiction')
      const done = begun(met(row.limits, sorted), telling, row.unit)
      const unit = path?.at(-1)
      if (path === null || unit === undefined) return to('handedOver', { transfer: null, limits: done })
      const fresh = limits.filter((limit) => !telling.includes(limit))
      return to('reported', { unit, path, transfer: null, officers: [], transfers: row.transfers + 1, limits: begun(done, fresh, unit) })
    }
    case 'transferTold':
      return { limits: met(row.limits, ['intake-jurisdiction']) }
    case 'turnedAway':
      return to('notPolice', { limits: met(row.limits, sorted) })
    case 'accepted':
      return to('accepted', { officers: event.data.officers, limits: met(row.limits, ['intake-undetermined']) })
    case 'assigned':
      return { officers: event.data.officers }
    case 'filingProposed': {
      const { outcome, caseKind, ground = null, reason } = event.data
      const account = officerOf(event)?.account ?? ''
      return to('proposed', { proposal: { outcome, caseKind, ground, reason, by: nameOf(event), account } })
    }
    case 'proposalReturned':
      return to('accepted', { proposal: null })
    case 'filed': {
      const { caseNumber, caseKind, limits = [] } = event.data
      return to('filed', { caseNumber, caseKind, limits: begun(met(row.limits, sorted), limits, row.unit) })
    }
    case 'fileRefused':
      return to('refused', { caseKind: event.data.caseKind, limits: begun(met(row.limits, sorted), event.data.limits, row.unit) })
    case 'noticeGiven':
      return { noticed: true, limits: met(row.limits, ['crim-nofile']) }
    case 'withdrawalNoted':
      return { withdrawn: true }
    case 'amended': {
      const { reason: _reason, narrative, ...rest } = event.data
      return { ...defined(rest), ...(narrative !== undefined && { gist: gistOf(narrative) }) }
    }
    case 'found':
      return { findings: row.findings + 1 }
    case 'limitExtended':
      return { limits: changedTo(row.limits, event.data.limit, event.data.subject ?? null) }
    case 'limitWarned':
    case 'limitBreached':
      return { limits: passed(row.limits, event) }
    default:
      return {}
  }
}

/** What an amendment says; what it leaves out stays as it was. */
const defined = (given: object): Change => Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))

function personsAfter(persons: readonly Person[], event: Received): readonly Person[] {
  if (event.type === 'personAdded' && event.data !== null) return [...persons, event.data.person]
  if (event.type !== 'personCorrected' || event.data === null) return persons
  const { person } = event.data
  return persons.map((one) => (one.id === person.id ? person : one))
}

export function evolve(state: State, event: Received): State {
  if (isOfQuestion(event.stream)) {
    const row = evolveQuestion(state.kind === 'question' ? state.row : null, event)
    return row === null ? initial : { kind: 'question', row }
  }
  if (event.type === 'reported') return reported(event)
  if (state.kind !== 'matter') return state
  const persons = personsAfter(state.persons, event)
  const row = {
    ...state.row,
    ...changed(state, event),
    ...rowByBooks(state, event),
    n: event.n,
    ...(persons !== state.persons && { persons: counted(persons) }),
  }
  const since = row.phase === state.row.phase ? state.since : event.at
  const after: Matter = { ...state, row, persons, since, books: evolveBooks(state, event) }
  if (event.data === null) return after
  if (event.type === 'receiptIssued') return { ...after, code: event.data.code, receiptBy: officerOf(event)?.account ?? null }
  if (event.type === 'amended') return { ...after, narrative: event.data.narrative ?? state.narrative }
  if (event.type === 'transferred') return { ...after, county: event.data.county ?? state.county }
  return after
}
