import assert from 'node:assert/strict'
import { type Actor, type Grant, type Recorded, Refusal, type Role } from '#kernel/decider.ts'
import { Observed } from '#kernel/testing/table.ts'
import type { Command, Event } from '../contract.ts'
import { type Facts, staff } from '../decide.ts'
import { evolve, initial, type State } from '../decide/state.ts'

export const bureau = '110000'
export const subBureau = '110105'
export const station = '110105001'
export const account = '11111111-1111-4111-8111-111111111111'
export const other = '22222222-2222-4222-8222-222222222222'
export const credential = '33333333-3333-4333-8333-333333333333'
export const at = '2026-11-22T06:32:10.000Z'
export const occurred = { time: at, source: 'system' as const }
export const square: [number, number][] = [
  [116, 39],
  [117, 39],
  [117, 40],
  [116, 39],
]

interface Who {
  readonly by: Actor
  readonly as: readonly Grant[]
}
export const person = (role: Role, unit: string, id = other): Who => ({
  by: { account: id, name: role, unit, grants: [{ role, unit }] },
  as: [{ role, unit }],
})
export const system = person('systemAdministrator', bureau)
export const security = person('securityAdministrator', bureau)
export const elsewhere = person('systemAdministrator', '320000')
export const elsewhereSecurity = person('securityAdministrator', '320000')
export const road: Who = { by: { system: 'start', because: 0 }, as: [] }
export const free: Facts = { left: 0, office: null, somebody: true, fits: [] }

export const fold = (stream: string, ...given: readonly Event[]): State =>
  given.reduce<State>(
    (state, event, index) => evolve(state, { stream, n: index + 1, version: 1, at, occurred, by: road.by, ...event } as Recorded<Event>),
    initial,
  )
export const opened = (kind: 'bureau' | 'subBureau' | 'station', path: string[]): Event => ({
  type: 'unitOpened',
  data: { kind, path, name: path.at(-1) ?? '', boundary: null, position: null, schematic: false },
})
export const closed: Event = { type: 'unitClosed', data: { reason: '撤销' } }
export const accountOpened: Event = {
  type: 'accountOpened',
  data: { login: 'caller1', name: '周某甲', unit: bureau, path: [bureau], credential },
}
export const granted = (role: Role, unit: string): Event => ({ type: 'granted', data: { role, unit } })
const house = new Map<string, State>([
  [bureau, fold(bureau, opened('bureau', [bureau]))],
  [subBureau, fold(subBureau, opened('subBureau', [bureau, subBureau]))],
  [station, fold(station, opened('station', [bureau, subBureau, station]))],
  ['110105002', fold('110105002', opened('station', [bureau, subBureau, '110105002']), closed)],
])

export interface Ask {
  readonly who?: Who
  readonly stream?: string
  readonly given?: readonly Event[]
  readonly facts?: Facts
}
export const observed = new Observed()
export const decide = (command: Command, { who = system, stream = account, given = [], facts = free }: Ask = {}): readonly Event[] =>
  observed.watch(command.type, () =>
    staff.decide(
      fold(stream, ...given),
      { ...command, stream },
      { at, occurred, ...who, facts },
      new Map([...house, [stream, fold(stream, ...given)]]),
    ),
  )
export const refused = (rule: string, command: Command, ask: Ask = {}, field?: string) =>
  assert.throws(
    () => decide(command, ask),
    (error) => {
      assert.ok(error instanceof Refusal)
      assert.deepEqual([error.rule, error.field], [rule, field])
      return true
    },
  )
