import type { Year } from '#kernel/calendar/year.ts'
import { type Grant, isPerson, type Recorded } from '#kernel/decider.ts'
import type { Event, UnitKind } from '../contract.ts'
import { yearOfStream } from '../contract/calendar.ts'

export interface UnitState {
  readonly what: 'unit'
  readonly code: string
  readonly kind: UnitKind
  /** Codes from the root to the unit itself. */
  readonly path: readonly string[]
  readonly name: string
  readonly closed: boolean
}

export interface AccountState {
  readonly what: 'account'
  readonly id: string
  readonly login: string
  readonly name: string
  readonly unit: string
  /** The path of its unit. */
  readonly path: readonly string[]
  readonly grants: readonly Grant[]
  /** The second factor in force and which of its recovery codes were used. */
  readonly factor: { readonly id: string; readonly used: readonly string[] } | null
  readonly closed: boolean
}

/** What was last set of a year, and by whom. */
export interface CalendarState {
  readonly what: 'calendar'
  readonly table: Year
  readonly by: string
}

/** A unit, an account, a year, or nothing yet. What was lawfully erased whole stays a stream that nobody reaches. */
export type State = { readonly what: 'none' } | { readonly what: 'erased' } | UnitState | AccountState | CalendarState

export const initial: State = { what: 'none' }

export const same = (a: Grant, b: Grant): boolean => a.role === b.role && a.unit === b.unit

export function evolve(state: State, event: Recorded<Event>): State {
  if (event.type === 'unitOpened') {
    if (event.data === null) return { what: 'erased' }
    const { kind, path, name } = event.data
    return { what: 'unit', code: event.stream, kind, path, name, closed: false }
  }
  if (event.type === 'accountOpened') {
    if (event.data === null) return { what: 'erased' }
    const { login, name, unit, path } = event.data
    return { what: 'account', id: event.stream, login, name, unit, path, grants: [], factor: null, closed: false }
  }
  if (event.type === 'calendarSet') {
    if (event.data === null) return state
    const { reason: _reason, ...set } = event.data
    const by = isPerson(event.by) ? event.by.name : event.by.system
    return { what: 'calendar', table: { year: yearOfStream(event.stream), n: event.n, ...set }, by }
  }
  if (state.what === 'unit') return evolveUnit(state, event)
  return state.what === 'account' ? evolveAccount(state, event) : state
}

function evolveUnit(state: UnitState, event: Recorded<Event>): State {
  if (event.type === 'unitClosed') return { ...state, closed: true }
  if (event.type === 'unitRenamed' && event.data !== null) return { ...state, name: event.data.name }
  return state
}

function evolveAccount(state: AccountState, event: Recorded<Event>): State {
  if (event.type === 'accountClosed') return { ...state, closed: true, grants: [] }
  if (event.type === 'totpRemoved') return { ...state, factor: null }
  if (event.data === null) return state
  if (event.type === 'totpSet') return { ...state, factor: { id: event.data.factor, used: [] } }
  if (event.type === 'recoveryUsed') {
    const { factor } = state
    return factor === null ? state : { ...state, factor: { ...factor, used: [...factor.used, event.data.recovery] } }
  }
  if (event.type === 'granted') return { ...state, grants: [...state.grants, { role: event.data.role, unit: event.data.unit }] }
  if (event.type !== 'revoked') return state
  const { data } = event
  return { ...state, grants: state.grants.filter((grant) => !same(grant, data)) }
}

/** The units whose people may know of a stream: those it lies under, and for an account those it works in. */
export function owners(state: State): readonly string[] {
  if (state.what === 'unit') return state.path
  return state.what === 'account' ? [...new Set([...state.path, ...state.grants.map((grant) => grant.unit)])] : []
}
