import { dayOf } from '#kernel/day.ts'
import { type Recorded, Refusal } from '#kernel/decider.ts'
import { ruleOn } from '#kernel/statute.ts'
import type { Event, MatterRow } from '../contract.ts'
import type { RecusalRow } from '../contract/recusal.ts'
import type { Officer } from '../contract/parts.ts'
import type { Level } from '../rules/row.ts'
import { rules } from '../rules/rows.ts'
import type { Asked, Of } from './asked.ts'
import type { ActRule, Book } from './book.ts'
import { begin } from './counting.ts'
import { begun, met } from './limits.ts'
import type { Matter } from './matter.ts'
import { recused } from './persons.ts'

type Recusals = readonly RecusalRow[]
const rule = 'q-recusal'
const rowOn = (at: string) => ruleOn(rules, rule, dayOf(at))

/** Who handles the case, or is a head at or above its unit and would decide in it. */
function concerned({ row }: Matter, account: string, { facts, at }: Asked): { readonly officer: Officer; readonly unit: string | null } {
  const officer = row.officers.find((one) => one.account === account)
  if (officer !== undefined) return { officer, unit: null }
  const head = facts.heads.find((one) => one.account === account)
  if (head === undefined) throw new Refusal('not-in-case', { article: rowOn(at).article })
  return { officer: { account: head.account, name: head.name }, unit: head.unit }
}

/** The agency decides; of its own head the one above (AP 20). */
function levelOf({ row, county }: Matter, unit: string | null, at: string): Level {
  const heads = unit !== null && row.path.indexOf(unit) <= row.path.indexOf(county)
  return heads ? 'nextHigher' : rowOn(at).approver
}

/** 回避. Asked for at any time, and by whoever hears of it; the work goes on until it is decided. */
export const recuse: ActRule<'recuse'> = {
  from: 'anyone',
  ask(matter, { account, person }, asked) {
    const { article } = rowOn(asked.at)
    if (recused(matter, account)) throw new Refusal('recused', { article })
    if (matter.books.recusal.some(({ officer, outcome }) => officer.account === account && outcome === 'open'))
      throw new Refusal('recusal-asked', { article })
    if (person !== undefined && !matter.persons.some(({ id }) => id === person)) throw new Refusal('person-unknown')
    return { level: levelOf(matter, concerned(matter, account, asked).unit, asked.at), article }
  },
  asked(matter, { kind: _kind, ...asking }, request, asked) {
    const { officer } = concerned(matter, asking.account, asked)
    return [{ type: 'recusalAsked', data: { ...asking, request, officer, limit: begin(asked, rule) } }]
  },
  /** Whom it concerns does not decide on it. */
  concerns: ({ account }) => account,
  /** What a party has asked for is decided, whoever has written it down. */
  withdraw(_matter, { person }, { at }) {
    if (person !== undefined) throw new Refusal('recusal-stands', { article: rowOn(at).article })
  },
  done(matter, _act, _asked, request) {
    const { officer } = requested(matter, request)
    return [{ type: 'officerRecused', data: { officer, request } }]
  },
}

function requested({ books }: Matter, request: number): RecusalRow {
  const found = books.recusal.find((one) => one.request === request)
  if (found === undefined) throw new Refusal('no-recusal', { field: 'data.request' })
  return found
}

function tellRecusal(matter: Matter, data: Of<'tellRecusal'>, { at }: Asked): Event[] {
  const { outcome, told } = requested(matter, data.request)
  const { article } = rowOn(at)
  if (outcome === 'open') throw new Refusal('decide-first', { article })
  if (told) throw new Refusal('recusal-told', { article })
  return [{ type: 'recusalTold', data }]
}

const outcomes: Readonly<Partial<Record<Event['type'], RecusalRow['outcome']>>> = {
  approved: 'recused',
  approvalDeclined: 'kept',
  requestWithdrawn: 'withdrawn',
}

function evolve(slice: Recusals, event: Recorded<Event>): Recusals {
  if (event.data === null) return slice
  if (event.type === 'recusalAsked') {
    const { request, officer, recusalGround, person = null } = event.data
    return [...slice, { request, officer, recusalGround, person, at: event.at, outcome: 'open', told: false }]
  }
  const outcome = outcomes[event.type]
  if (event.type !== 'recusalTold' && outcome === undefined) return slice
  const { request } = event.data as { readonly request: number }
  const change = outcome === undefined ? { told: true } : { outcome }
  return slice.map((one) => (one.request === request ? { ...one, ...change } : one))
}

/** The limit is met when who has asked knows; where nobody has, when it is decided. */
function row(matter: Matter, event: Recorded<Event>): Partial<MatterRow> {
  const { row: before, books } = matter
  if (event.data === null) return {}
  if (event.type === 'recusalAsked') return { limits: begun(before.limits, [event.data.limit], before.unit, event.data.account) }
  if (event.type === 'officerRecused') {
    const { account } = event.data.officer
    return { officers: before.officers.filter((one) => one.account !== account) }
  }
  if (event.type !== 'recusalTold' && outcomes[event.type] === undefined) return {}
  const { request } = event.data as { readonly request: number }
  const found = books.recusal.find((one) => one.request === request)
  if (found === undefined || (event.type !== 'recusalTold' && found.person !== null)) return {}
  return { limits: met(before.limits, [rule], found.officer.account) }
}

/** Who may not handle this case, and who was asked not to. */
export const recusal: Book<Recusals, 'tellRecusal'> = {
  initial: [],
  commands: ['tellRecusal'],
  decide: (matter, { data }, asked) => tellRecusal(matter, data, asked),
  evolve,
  row,
}
