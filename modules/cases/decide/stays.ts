import type { Recorded } from '#kernel/decider.ts'
import type { Event, MatterRow } from '../contract.ts'
import type { Inquiry, SessionRow, StayRow, SummonsRow } from '../contract/inquiry.ts'
import { begun, changedTo, met } from './limits.ts'
import type { Matter } from './matter.ts'

export const noInquiry: Inquiry = { summonses: [], stays: [], sessions: [] }

export const staysOf = ({ books }: Matter, person: string): readonly StayRow[] => books.inquiry.stays.filter((one) => one.person === person)
/** Where he is kept now. */
export const hereOf = (matter: Matter, person: string): StayRow | undefined => staysOf(matter, person).find(({ left }) => left === null)
export const summonsOf = ({ books }: Matter, person: string): SummonsRow | undefined =>
  books.inquiry.summonses.find((one) => one.person === person)
export const openSession = ({ books }: Matter, person: string): SessionRow | undefined =>
  books.inquiry.sessions.find((one) => one.person === person && one.ended === null)

/** Under what somebody may be kept by continued questioning. */
export const continuedRules = ['cq-vulnerable', 'cq-12', 'cq-24', 'cq-48'] as const
/** How long somebody may be kept for questioning, the shortest first. */
export const questioningRules = ['q-8h', 'q-12h', 'q-24h'] as const

type Told<Type extends Event['type']> = Extract<Recorded<Event>, { type: Type }>

const arrivedAs = ({ person, arrival, arrived }: Pick<StayRow, 'person' | 'arrival' | 'arrived'>): StayRow => ({
  person,
  arrival,
  arrived,
  family: null,
  checked: false,
  continueLevel: null,
  restrained: null,
  left: null,
  departure: null,
})

function begunAs({ data, at }: Told<'sessionBegun'>): readonly SessionRow[] {
  if (data === null) return []
  const { session, person, officers, venue, recorded = false, adult = null, interpreter = null } = data
  const open = { ended: null, signature: null, note: null, gist: null }
  return [{ session, person, officers, venue, recorded, adult, interpreter, begun: at, ...open }]
}

/** What is changed of the stay that goes on. */
function stayed(slice: Inquiry, person: string, change: Partial<StayRow>): Inquiry {
  return { ...slice, stays: slice.stays.map((one) => (one.person === person && one.left === null ? { ...one, ...change } : one)) }
}

export function evolveInquiry(slice: Inquiry, event: Recorded<Event>): Inquiry {
  if (event.data === null) return slice
  switch (event.type) {
    case 'summoned': {
      const { person, summons, place = null, appear = null } = event.data
      const others = slice.summonses.filter((one) => one.person !== person)
      return { ...slice, summonses: [...others, { person, summons, place, appear, at: event.at }] }
    }
    case 'arrived': {
      const summonses = slice.summonses.filter((one) => one.person !== event.data?.person)
      return { ...slice, summonses, stays: [...slice.stays, arrivedAs(event.data)] }
    }
    case 'broughtIn':
      return { ...slice, stays: [...slice.stays, arrivedAs({ ...event.data, arrival: 'continued' })] }
    case 'questioningContinued':
      return stayed(slice, event.data.person, { continueLevel: event.data.continueLevel })
    case 'familyTold': {
      const { person, told = null, untold = null } = event.data
      return stayed(slice, person, { family: { told, untold } })
    }
    case 'safetyChecked':
      return stayed(slice, event.data.person, { checked: true })
    case 'restrained':
      return stayed(slice, event.data.person, { restrained: event.at })
    case 'sobered':
      return stayed(slice, event.data.person, { restrained: null })
    case 'departed':
      return stayed(slice, event.data.person, { restrained: null, left: event.data.left, departure: event.data.departure })
    case 'sessionBegun':
      return { ...slice, sessions: [...slice.sessions, ...begunAs(event)] }
    case 'sessionEnded': {
      const { session, signature, note = null, gist = null } = event.data
      const ended = { ended: event.at, signature, note, gist }
      return { ...slice, sessions: slice.sessions.map((one) => (one.session === session ? { ...one, ...ended } : one)) }
    }
    default:
      return slice
  }
}

/** His limit begins when he comes, stands still while he is restrained, becomes longer, and is over when he may leave. */
export function inquiryRow({ row }: Matter, event: Recorded<Event>): Partial<MatterRow> {
  if (event.data === null) return {}
  switch (event.type) {
    case 'arrived':
    case 'broughtIn':
      return { limits: begun(row.limits, [event.data.limit], row.unit, event.data.person) }
    case 'restrained':
    case 'sobered':
      return { limits: changedTo(row.limits, event.data.limit, event.data.person) }
    case 'questioningLengthened': {
      const { person, limit } = event.data
      return { limits: begun(met(row.limits, questioningRules, person), [limit], row.unit, person) }
    }
    case 'questioningContinued': {
      const { person, limit } = event.data
      return limit === undefined ? {} : { limits: begun(met(row.limits, continuedRules, person), [limit], row.unit, person) }
    }
    case 'departed':
      return { limits: met(row.limits, [...questioningRules, ...continuedRules], event.data.person) }
    default:
      return {}
  }
}
