import { type Decider, Refusal } from '#kernel/decider.ts'
import { uuid } from '#kernel/text.ts'
import type { Command, Event, IncidentRow } from './contract.ts'
import {
  acknowledge,
  alive,
  type Asked,
  assign,
  close,
  type Facts,
  feedback,
  locate,
  milestone,
  open,
  over,
  reroute,
  sign,
  transfer,
} from './decide/commands.ts'
import { inForce } from './decide/asked.ts'
import { recordBell, retireBell, setBell } from './decide/bells.ts'
import { climb } from './decide/ladder.ts'
import { lapse, withWaits } from './decide/waiting.ts'
import { decideDrill, forDrill } from './decide/drill.ts'
import { decideSeries, forSeries } from './decide/series.ts'
import { retireKind, setKind } from './decide/kinds.ts'
import { retirePlace, setPlace } from './decide/places.ts'
import { decideShift, isOfShift, type ShiftCommand } from './decide/shift.ts'
import { evolve, initial, type State } from './decide/state.ts'

function received(command: Extract<Command, { type: 'open' | 'addCall' }>, incident: string): Event {
  const { call } = command.data
  const text = command.type === 'addCall' ? command.data.text : undefined
  return { type: 'received', stream: call.id, data: { incident, call, ...(text !== undefined && { text }) } }
}

function correct(row: IncidentRow, data: Extract<Command, { type: 'correct' }>['data'], { facts }: Asked): Event[] {
  if (data.kind !== undefined && data.kind !== row.kind) inForce(facts.kind, data.kind)
  const { kind = row.kind, priority = row.priority, narrative = row.narrative } = data
  if (kind === row.kind && priority === row.priority && narrative === row.narrative) throw new Refusal('nothing-corrected')
  return [{ type: 'corrected', data }]
}

/** What is decided on something else than one incident's row. */
type Elsewhere = 'open' | 'acknowledge' | 'setPlace' | 'retirePlace' | 'setKind' | 'retireKind' | 'setBell' | 'retireBell' | 'recordBell'

function decideOn(
  row: IncidentRow,
  command: Exclude<Command, { type: Elsewhere | `${string}Drill` | `${string}Series` } | ShiftCommand>,
  asked: Asked,
  others: ReadonlyMap<string, State>,
): Event[] {
  switch (command.type) {
    case 'addCall':
      if (others.has(command.data.call.id)) throw new Refusal('call-exists', { field: 'data.call.id' })
      return [received(command, row.id), { type: 'callAdded', data: { call: command.data.call.id } }]
    case 'locate':
      return locate(row, command.data, asked)
    case 'route':
      return reroute(row, asked)
    case 'climb':
      return climb(row, command.data, { at: asked.at, bells: asked.facts.bells ?? [] })
    case 'lapse':
      return lapse(row, command.data, { at: asked.at, bells: asked.facts.bells ?? [] })
    case 'sign':
      return sign(row, asked)
    case 'assign':
      return assign(row, command.data, asked)
    case 'depart':
      return milestone(row, 'underWay', asked)
    case 'arrive':
      return milestone(row, 'arrived', asked)
    case 'clear':
      return milestone(row, 'cleared', asked)
    case 'feedback':
      return feedback(row, command.data, asked)
    case 'close':
      return close(row, asked)
    case 'sendBack':
      if (row.phase !== 'reported' && row.phase !== 'closed') throw new Refusal('nothing-to-send-back')
      return [{ type: 'sentBack', data: command.data }]
    case 'transfer':
      return transfer(row, command.data, asked)
    case 'cancel':
      alive(row)
      return [{ type: 'cancelled', data: command.data }]
    case 'urge':
      alive(row)
      return [{ type: 'urged', data: { unit: asked.as[0]?.unit ?? row.bureau, text: command.data.text } }]
    case 'note':
      return [{ type: 'noted', data: command.data }]
    case 'correct':
      return correct(row, command.data, asked)
  }
}

/** The decisions of call taking and dispatch. Ids of streams come with the commands; nothing here reads a clock. */
export const dispatch: Decider<State, Command & { readonly stream: string }, Event, Facts> = {
  initial,
  evolve,
  decide(state, command, asked, others) {
    if (isOfShift(command)) return decideShift(state, command, asked, others)
    if (forDrill(command)) return decideDrill(state, command, asked)
    if (forSeries(command)) return decideSeries(state, command, asked, others)
    if (command.type === 'acknowledge') return acknowledge(command.data, others)
    if (command.type === 'setPlace') return setPlace(state, command.stream, command.data, asked)
    if (command.type === 'retirePlace') return retirePlace(state, command.data)
    if (command.type === 'open') {
      if (!uuid.safeParse(command.stream).success) throw new Refusal('not-an-incident')
      const events = open(state, command.data, asked, others)
      return [received(command, command.stream), ...events]
    }
    if (command.type === 'setKind') return setKind(state, command.stream, command.data, asked)
    if (command.type === 'retireKind') return retireKind(state, command.stream, command.data, asked)
    if (command.type === 'setBell') return setBell(state, command.stream, command.data, asked)
    if (command.type === 'retireBell') return retireBell(state, command.data)
    if (command.type === 'recordBell') return recordBell(state, command.data)
    if (state.kind !== 'incident') throw new Refusal('not-an-incident')
    return withWaits(state.row, decideOn(state.row, command, asked, others), asked)
  },
}

export { over }
