import { type Context, type Decider, type Grant, isPerson, Refusal } from '#kernel/decider.ts'
import { unitCode, uuid } from '#kernel/text.ts'
import type { Command, Event, Finding } from './contract.ts'
import { administrators, indispensable, parents, placesOf, tolerance } from './rules.ts'
import { setCalendar } from './decide/calendar.ts'
import { type AccountState, evolve, initial, same, type State, type UnitState } from './decide/state.ts'

/** What a decision depends on beyond its streams. */
export interface Facts {
  /** What still hangs on a unit that is to be closed: open units below it, open accounts, grants. */
  readonly left: number
  /** The administrator's office that the account is about to lose: is its unit a root, and how many others hold it there. */
  readonly office: { readonly atRoot: boolean; readonly heirs: number } | null
  /** Whether anybody has, or ever had, an account. */
  readonly somebody: boolean
  /** How the boundary that is about to be saved lies with those around, above and below it. */
  readonly fits: readonly Finding[]
}

type At<C> = C & { readonly stream: string }
type Of<Type extends Command['type']> = At<Extract<Command, { type: Type }>>
type Asked = Context<Facts>
type States = ReadonlyMap<string, State>

const separation = 'GB/T 22239-2019'

/** A grant reaches its unit and everything below it; the system acts only before there is anybody. */
function within({ by, as }: Asked, path: readonly string[], field?: string): void {
  if (!isPerson(by) || as.some((grant) => path.includes(grant.unit))) return
  throw new Refusal('foreign-unit', field === undefined ? {} : { field })
}

const self = ({ by }: Asked, account: string): boolean => isPerson(by) && by.account === account

/** A unit that the input names: it must exist and be open. */
function openUnitOf(others: States, code: string, field: string): UnitState {
  const unit = others.get(code)
  if (unit?.what !== 'unit') throw new Refusal('no-unit', { field, values: { code } })
  if (unit.closed) throw new Refusal('unit-closed', { field })
  return unit
}

function unitOf(state: State): UnitState {
  if (state.what !== 'unit') throw new Refusal('not-a-unit')
  if (state.closed) throw new Refusal('unit-closed')
  return state
}

function accountOf(state: State): AccountState {
  if (state.what !== 'account') throw new Refusal('not-an-account')
  if (state.closed) throw new Refusal('account-closed')
  return state
}

function openUnit(state: State, { stream, data }: Of<'openUnit'>, context: Asked, others: States): Event[] {
  if (!unitCode.safeParse(stream).success) throw new Refusal('not-a-unit')
  if (state.what !== 'none') throw new Refusal('unit-exists', { values: { code: stream } })
  const parent = data.parent === undefined ? null : openUnitOf(others, data.parent, 'data.parent')
  within(context, parent?.path ?? [], 'data.parent')
  const fits = parent === null ? data.kind === 'bureau' : parents[data.kind].includes(parent.kind)
  if (!fits) throw new Refusal('unit-parent', { field: 'data.parent' })
  const { kind, name, boundary = null, position = null, schematic = false } = data
  return [
    { type: 'unitOpened', data: { kind, path: [...(parent?.path ?? []), stream], name, boundary, position, schematic } },
    ...found(context.facts),
  ]
}

/** A boundary that does not fit is saved all the same: the map has to be mended somewhere first. It is said until it is. */
const found = ({ fits }: Facts): Event[] =>
  fits
    .filter(({ share }) => share >= tolerance)
    .map(({ kind, units: [unit, other], share }) => ({ type: 'boundaryFound', data: { kind, units: [unit, other], share } }))

function drawBoundary(state: State, { data }: Of<'drawBoundary'>, context: Asked): Event[] {
  within(context, unitOf(state).path)
  const { boundary, schematic = false, reason } = data
  return [{ type: 'boundaryDrawn', data: { boundary, schematic, reason } }, ...found(context.facts)]
}

function closeUnit(state: State, { data }: Of<'closeUnit'>, context: Asked): Event[] {
  within(context, unitOf(state).path)
  const { left } = context.facts
  if (left > 0) throw new Refusal('unit-in-use', { values: { left } })
  return [{ type: 'unitClosed', data }]
}

function openAccount(state: State, { stream, data }: Of<'openAccount'>, context: Asked, others: States): Event[] {
  if (!uuid.safeParse(stream).success) throw new Refusal('not-an-account')
  if (state.what !== 'none') throw new Refusal('account-exists')
  const unit = openUnitOf(others, data.unit, 'data.unit')
  within(context, unit.path, 'data.unit')
  const { login, name, password } = data
  return [{ type: 'accountOpened', data: { login, name, unit: unit.code, path: [...unit.path], credential: password } }]
}

/** Everybody his own, who proves the old one: a screen left open is not enough. Another's only as system administrator over his unit. */
function setPassword(state: State, { stream, data }: Of<'setPassword'>, context: Asked): Event[] {
  const { path } = accountOf(state)
  if (!self(context, stream)) {
    const offices = context.as.filter((grant) => grant.role === 'systemAdministrator')
    if (isPerson(context.by) && offices.length === 0) throw new Refusal('own-password-only')
    within({ ...context, as: offices }, path)
  } else if (data.old === undefined) throw new Refusal('old-password', { field: 'data.old' })
  return [{ type: 'passwordSet', data: { credential: data.password } }]
}

function own(state: State, stream: string, context: Asked): AccountState {
  const account = accountOf(state)
  if (!self(context, stream)) throw new Refusal('own-second-factor')
  return account
}

function setSecondFactor(state: State, { stream, data }: Of<'setSecondFactor'>, context: Asked): Event[] {
  if (own(state, stream, context).factor !== null) throw new Refusal('second-factor-set')
  return [{ type: 'totpSet', data: { factor: data.factor } }]
}

function removeSecondFactor(state: State, { stream }: Of<'removeSecondFactor'>, context: Asked): Event[] {
  if (own(state, stream, context).factor === null) throw new Refusal('no-second-factor')
  return [{ type: 'totpRemoved', data: { reason: null } }]
}

/** Who has lost his is helped by another: nobody weakens his own log-in with his office. */
function resetSecondFactor(state: State, { stream, data }: Of<'resetSecondFactor'>, context: Asked): Event[] {
  const account = accountOf(state)
  if (self(context, stream)) throw new Refusal('not-own-second-factor')
  within(context, account.path)
  if (account.factor === null) throw new Refusal('no-second-factor')
  return [{ type: 'totpRemoved', data: { reason: data.reason } }]
}

function useRecovery(state: State, { data }: Of<'useRecovery'>): Event[] {
  const { factor } = accountOf(state)
  if (factor === null) throw new Refusal('no-second-factor')
  if (factor.used.includes(data.recovery)) throw new Refusal('recovery-used')
  return [{ type: 'recoveryUsed', data }]
}

function begin(state: State, { stream, data }: Of<'begin'>, { facts }: Asked): Event[] {
  if (!unitCode.safeParse(stream).success) throw new Refusal('not-a-unit')
  if (facts.somebody || state.what !== 'none') throw new Refusal('begun')
  const path = [stream]
  const root = { kind: 'bureau' as const, path, name: data.name, boundary: null, position: null, schematic: false }
  const opened = data.people.flatMap(({ id, login, name, role, password }): Event[] => [
    { type: 'accountOpened', stream: id, data: { login, name, unit: stream, path, credential: password } },
    { type: 'granted', stream: id, data: { role, unit: stream } },
  ])
  return [{ type: 'unitOpened', data: root }, ...opened]
}

/** A root unit keeps somebody in each office without whom nobody could be appointed any more. */
function replaceable({ role }: Grant, { office }: Facts): void {
  if (indispensable.has(role) && office?.atRoot === true && office.heirs === 0) throw new Refusal('last-administrator')
}

function closeAccount(state: State, { data }: Of<'closeAccount'>, context: Asked): Event[] {
  const account = accountOf(state)
  within(context, account.path)
  for (const held of account.grants) replaceable(held, context.facts)
  return [{ type: 'accountClosed', data }]
}

function grant(state: State, { stream, data }: Of<'grant'>, context: Asked, others: States): Event[] {
  const account = accountOf(state)
  if (self(context, stream)) throw new Refusal('own-grant')
  const unit = openUnitOf(others, data.unit, 'data.unit')
  within(context, unit.path, 'data.unit')
  if (!placesOf[data.role].includes(unit.kind)) throw new Refusal('role-unit', { field: 'data.unit' })
  if (account.grants.some((held) => same(held, data))) throw new Refusal('already-granted')
  if (administrators.has(data.role) && account.grants.some((held) => administrators.has(held.role))) {
    throw new Refusal('one-administrator', { field: 'data.role', article: separation })
  }
  return [{ type: 'granted', data }]
}

function revoke(state: State, { stream, data }: Of<'revoke'>, context: Asked, others: States): Event[] {
  const account = accountOf(state)
  if (self(context, stream)) throw new Refusal('own-grant')
  const unit = others.get(data.unit)
  within(context, unit?.what === 'unit' ? unit.path : [], 'data.unit')
  const held = account.grants.find((one) => same(one, data))
  if (held === undefined) throw new Refusal('not-granted')
  replaceable(held, context.facts)
  return [{ type: 'revoked', data }]
}

function decide(state: State, command: At<Command>, context: Asked, others: States): readonly Event[] {
  switch (command.type) {
    case 'openUnit':
      return openUnit(state, command, context, others)
    case 'renameUnit':
      within(context, unitOf(state).path)
      return [{ type: 'unitRenamed', data: command.data }]
    case 'drawBoundary':
      return drawBoundary(state, command, context)
    case 'closeUnit':
      return closeUnit(state, command, context)
    case 'openAccount':
      return openAccount(state, command, context, others)
    case 'setPassword':
      return setPassword(state, command, context)
    case 'setSecondFactor':
      return setSecondFactor(state, command, context)
    case 'removeSecondFactor':
      return removeSecondFactor(state, command, context)
    case 'resetSecondFactor':
      return resetSecondFactor(state, command, context)
    case 'useRecovery':
      return useRecovery(state, command)
    case 'begin':
      return begin(state, command, context)
    case 'closeAccount':
      return closeAccount(state, command, context)
    case 'grant':
      return grant(state, command, context, others)
    case 'revoke':
      return revoke(state, command, context, others)
    case 'setCalendar':
      return setCalendar(state, command.stream, command.data)
  }
}

export const staff: Decider<State, At<Command>, Event, Facts> = { initial, evolve, decide }
