import { type Actor, isPerson, Refusal } from '#kernel/decider.ts'
import type { Command, Event } from '../contract.ts'
import { type AtHand, type Person, shiftCommands, shiftStream, type ShiftRow } from '../contract/shift.ts'
import { deskKinds, equipment } from '../rules/shift.ts'
import type { Asked } from './commands.ts'
import type { State } from './state.ts'

export type ShiftCommand = Extract<Command, { type: keyof typeof shiftCommands }>
type Of<Type extends ShiftCommand['type']> = Extract<ShiftCommand, { type: Type }>['data']
type Others = ReadonlyMap<string, State>

export const isOfShift = <Given extends Command>(command: Given): command is Given & ShiftCommand =>
  Object.hasOwn(shiftCommands, command.type)

const none: AtHand = { open: 0, incidents: [], clocks: [] }

/** @throws Error when the house itself gives what only a person can */
function personOf(by: Actor): Person {
  if (!isPerson(by)) throw new Error('a shift is a person’s')
  return { account: by.account, name: by.name }
}
const on = ({ people }: ShiftRow, { account }: Person): boolean => people.some((one) => one.account === account)

function start(state: State, stream: string, { unit: code }: Of<'startShift'>, { facts, as, by }: Asked): Event[] {
  if (!shiftStream.safeParse(stream).success) throw new Refusal('not-a-shift')
  if (state.kind !== 'none') throw new Refusal('shift-exists')
  if (!as.some((grant) => grant.unit === code)) throw new Refusal('foreign-unit', { field: 'data.unit' })
  const unit = facts.desk?.unit
  if (!unit || unit.closed) throw new Refusal('unit-unknown', { field: 'data.unit', values: { unit: code } })
  if (!deskKinds.some((kind) => kind === unit.kind)) throw new Refusal('no-desk', { field: 'data.unit', values: { unit: code } })
  return [{ type: 'shiftStarted', data: { unit: code, path: [...unit.path], people: [personOf(by)], after: null } }]
}

function join(row: ShiftRow, { by }: Asked): Event[] {
  const who = personOf(by)
  if (on(row, who)) throw new Refusal('on-shift-already')
  return [{ type: 'shiftJoined', data: who }]
}

function leave(row: ShiftRow, { by }: Asked): Event[] {
  const who = personOf(by)
  if (!on(row, who)) throw new Refusal('not-on-shift')
  if (row.people.length === 1) throw new Refusal('last-on-shift')
  return [{ type: 'shiftLeft', data: who }]
}

function handOver(row: ShiftRow, { to, equipment: list, note }: Of<'handOver'>, { by, facts: { desk } }: Asked): Event[] {
  const from = personOf(by)
  if (!on(row, from)) throw new Refusal('not-on-shift')
  if (to === from.account) throw new Refusal('not-to-oneself', { field: 'data.to' })
  if (!desk?.to) throw new Refusal('not-of-this-desk', { field: 'data.to' })
  if (list.length !== equipment.length || !equipment.every((item) => list.some((one) => one.item === item)))
    throw new Refusal('equipment-unchecked', { field: 'data.equipment' })
  if (list.some(({ ok, note: why }) => !ok && why === undefined)) throw new Refusal('fault-needs-note', { field: 'data.equipment' })
  const said = { from, to: desk.to, ...(desk.hand ?? none), equipment: list, ...(note !== undefined && { note }) }
  return [{ type: 'handOverOffered', data: said }]
}

function takeOver(row: ShiftRow, { offer: read, next }: Of<'takeOver'>, { by, facts: { desk } }: Asked, others: Others): Event[] {
  const to = personOf(by)
  const { offer } = row
  if (offer === null) throw new Refusal('nothing-offered')
  if (offer.to.account !== to.account) throw new Refusal('not-offered-to-you', { values: { name: offer.to.name } })
  if (offer.n !== read) throw new Refusal('offer-changed')
  const stream = `shift:${next}`
  if (others.has(stream) || stream === row.id) throw new Refusal('shift-exists')
  const { from } = offer
  const staying = row.people.filter(({ account }) => account !== from.account && account !== to.account)
  const people = [to, ...staying.map(({ account, name }) => ({ account, name }))]
  return [
    { type: 'shiftTakenOver', data: { next: stream, from, to, ...(desk?.hand ?? none) } },
    { type: 'shiftStarted', stream, data: { unit: row.unit, path: [...row.path], people, after: row.id } },
  ]
}

function silence({ silent, since: begun, unit }: ShiftRow, { since, seconds }: Of<'noteSilence'>, { at }: Asked): Event[] {
  if (silent !== null) throw new Refusal('desk-silent-already')
  if (since < begun || Date.parse(at) - Date.parse(since) < seconds * 1000) throw new Refusal('desk-not-silent')
  return [{ type: 'deskSilent', data: { unit, since, seconds } }]
}

function back({ silent, unit }: ShiftRow, { heard }: Of<'noteBack'>): Event[] {
  if (silent === null || heard <= silent.since) throw new Refusal('desk-not-back')
  return [{ type: 'deskBack', data: { unit, since: silent.since, heard } }]
}

/** Who may be at a desk and how it passes on. @throws Refusal */
export function decideShift(state: State, command: ShiftCommand & { readonly stream: string }, asked: Asked, others: Others): Event[] {
  if (command.type === 'startShift') return start(state, command.stream, command.data, asked)
  if (state.kind !== 'shift') throw new Refusal('not-a-shift')
  const { row } = state
  if (row.ended !== null) throw new Refusal('shift-over')
  switch (command.type) {
    case 'joinShift':
      return join(row, asked)
    case 'leaveShift':
      return leave(row, asked)
    case 'handOver':
      return handOver(row, command.data, asked)
    case 'takeOver':
      return takeOver(row, command.data, asked, others)
    case 'endShift':
      return [{ type: 'shiftEnded', data: { unit: row.unit, reason: command.data.reason } }]
    case 'noteSilence':
      return silence(row, command.data, asked)
    case 'noteBack':
      return back(row, command.data)
  }
}
