import { isPerson, Refusal } from '#kernel/decider.ts'
import type { Effect, Outcome } from '#kernel/effect.ts'
import type { Command, Event } from '../contract.ts'
import { bellOutcomes, type BellRung, bellStream, usualRungs } from '../contract/bells.ts'
import type { Asked } from './commands.ts'
import type { DrillRinging } from './drill.ts'
import type { Ringing } from './ringing.ts'
import type { Bell, State } from './state.ts'

type Of<Type extends Command['type']> = Extract<Command, { type: Type }>['data']

/** An address that the house may post to: http or https, no log-in and no fragment in it. */
function isAddress(target: string): boolean {
  if (!/^https?:\/\/[^\s@#]+$/.test(target) || !URL.canParse(target)) return false
  const { protocol, username, password, hash } = new URL(target)
  return ['http:', 'https:'].includes(protocol) && username === '' && password === '' && hash === ''
}

/** The name of a queue, as CUPS takes it; it is an argument of a program and must not look like an option. */
const isQueue = (target: string): boolean => /^[A-Za-z0-9][A-Za-z0-9_.-]{0,126}$/.test(target)

const same = (bell: Bell['bell'], other: Bell['bell']): boolean =>
  (['unit', 'channel', 'target'] as const).every((key) => bell[key] === other[key]) && bell.rungs.join() === other.rungs.join()

export function setBell(state: State, stream: string, data: Of<'setBell'>, { by, as, facts }: Asked): Event[] {
  if (!bellStream.safeParse(stream).success) throw new Refusal('not-a-bell')
  const { underUnit: unit = null } = facts
  if (unit === null || unit.closed) throw new Refusal('unit-unknown', { field: 'data.unit', values: { unit: data.unit } })
  if (isPerson(by) && !as.some((grant) => unit.path.includes(grant.unit))) throw new Refusal('foreign-unit', { field: 'data.unit' })
  if (data.channel === 'printer' && !isQueue(data.target)) throw new Refusal('not-a-queue', { field: 'data.target' })
  if (data.channel === 'webhook' && !isAddress(data.target)) throw new Refusal('not-an-address', { field: 'data.target' })
  const rungs: BellRung[] = [...new Set(data.rungs ?? usualRungs)].toSorted()
  const bell = { ...data, rungs, path: [...unit.path] }
  if (state.kind === 'bell' && !state.retired && same(state.bell, bell)) throw new Refusal('bell-unchanged')
  return [{ type: 'bellSet', data: bell }]
}

export function retireBell(state: State, data: Of<'retireBell'>): Event[] {
  if (state.kind !== 'bell') throw new Refusal('not-a-bell')
  if (state.retired) throw new Refusal('bell-retired')
  return [{ type: 'bellRetired', data }]
}

/** @throws Refusal when it does not wait: its outcome is known */
export function recordBell(state: State, data: Of<'recordBell'>): Event[] {
  if (state.kind !== 'incident' && state.kind !== 'drill') throw new Refusal('not-an-incident')
  const effect = state.effects?.find(({ id }) => id === data.effect)
  if (effect === undefined) throw new Refusal('not-ringing')
  if (state.kind === 'drill') return [{ type: 'drillBelled', data: { ...data, ...(effect.data as DrillRinging) } }]
  const { rung, due } = effect.data as Ringing
  return [{ type: 'belled', data: { ...data, bell: effect.target, rung, due } }]
}

/** What the road is asked when an effect has come to its end. */
export function settling(effect: Effect, { outcome, address, ...rest }: Outcome): Extract<Command, { type: 'recordBell' }> {
  const word = bellOutcomes.find((name) => name === outcome)
  if (word === undefined) throw new Error(`${outcome} is no outcome of a bell`)
  return { type: 'recordBell', data: { effect: effect.id, target: address, outcome: word, ...rest } }
}
