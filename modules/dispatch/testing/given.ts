import assert from 'node:assert/strict'
import { dayOf } from '#kernel/day.ts'
import { type Actor, type Context, type Grant, type Occurred, type Recorded, Refusal, type Role } from '#kernel/decider.ts'
import { Observed } from '#kernel/testing/table.ts'
import type { Command, Event } from '../contract.ts'
import { dispatch } from '../decide.ts'
import type { Facts } from '../decide/commands.ts'
import { kindOn } from '../rules/kinds.ts'
import { rungsAt } from '../rules/ladder.ts'
import { limitsOf, type WaitRule } from '../rules/waiting.ts'
import { evolve, initial, type State } from '../decide/state.ts'

export const incident = '11111111-1111-4111-8111-111111111111'
export const call = '22222222-2222-4222-8222-222222222222'
export const other = '33333333-3333-4333-8333-333333333333'
export const bureau = '110000'
export const subBureau = '110105'
export const station = '110105001'
export const start = '2026-11-22T06:32:10.000Z'
export const later = (seconds: number) => new Date(Date.parse(start) + seconds * 1000).toISOString()

export const person = (role: Role, unit: string): { by: Actor; as: readonly Grant[] } => ({
  by: { account: `${role}@${unit}`, name: role, unit, grants: [{ role, unit }] },
  as: [{ role, unit }],
})
export const taker = person('callTaker', bureau)
export const duty = person('stationDuty', station)
export const sub = person('subBureauDuty', subBureau)
export const city = person('citySupervisor', bureau)
export const patrol = person('patrolOfficer', station)
export const importer = person('importer', bureau)
export const system = { by: { system: 'dispatch.acknowledge', because: 0 }, as: [] }

/** A type as the house comes with it. */
export const kindNow = (code: string) => kindOn(code, [], dayOf(start)) ?? null

/** Of all that a decision hangs on only the type of incident, which is in force. */
export const noFacts: Facts = { bureau: null, number: null, byBoundary: null, named: null, officers: [], kind: kindNow('assault') }
export const beijing: Facts = {
  bureau,
  number: '26-1122-00001',
  byBoundary: { station, subBureau, covered: true },
  named: null,
  officers: [],
  kind: kindNow('assault'),
}
export const unit = (code: string, kind: string, parent: string | null, more = {}) => ({
  code,
  kind,
  parent,
  bureau,
  closed: false,
  ...more,
})

export type Who = { by: Actor; as: readonly Grant[] }
export interface Ask {
  who?: Who
  facts?: Facts
  at?: string
  occurred?: Occurred
}

export const context = ({ who = taker, facts = noFacts, at = start, occurred }: Ask): Context<Facts> => ({
  at,
  occurred: occurred ?? { time: at, source: 'system' },
  ...who,
  facts,
})

export const observed = new Observed()

/** The streams after these commands, as the road would leave them. */
export class Record {
  readonly streams = new Map<string, State>()
  readonly counts = new Map<string, number>()
  do(command: Command, ask: Ask = {}, stream = incident): Event[] {
    const asked = context(ask)
    const events = observed.watch(command.type, () =>
      dispatch.decide(this.streams.get(stream) ?? initial, { ...command, stream }, asked, this.streams),
    )
    for (const event of events) {
      const target = event.stream ?? stream
      const n = (this.counts.get(target) ?? 0) + 1
      this.counts.set(target, n)
      const recorded = {
        version: 1,
        at: asked.at,
        occurred: event.occurred ?? asked.occurred,
        by: asked.by,
        ...event,
        stream: target,
        n,
      } as Recorded<Event>
      this.streams.set(target, evolve(this.streams.get(target) ?? initial, recorded))
    }
    return [...events]
  }
  get row() {
    const state = this.streams.get(incident)
    assert.equal(state?.kind, 'incident')
    return state.row
  }
}

/** What goes with every sending that may climb, as the house comes. */
export const ladder = rungsAt({}, [], 1, start)

/** What an urgent incident begins to wait for, as the house comes; of feedback once it is cleared, or while it is not. */
export const limits = (rules: readonly WaitRule[], cleared = true) =>
  rules.map((rule) => ({ rule, points: limitsOf(rule, { rows: {}, path: [], at: start }, { priority: 1, cleared }) }))

export const point = { kind: 'point', lon: 116.45, lat: 39.93 } as const
export const openCommand = (more: object = {}): Command => ({
  type: 'open',
  data: {
    call: { id: call, channel: 'voice', number: '138 0000 2071' },
    narrative: '两人持棍互殴',
    place: point,
    kind: 'assault',
    ...more,
  },
})
export const opened = (ask: Ask = {}, more: object = {}): Record => {
  const record = new Record()
  record.do(openCommand(more), { facts: beijing, ...ask })
  return record
}
export const refused = (rule: string, work: () => unknown) =>
  assert.throws(work, (error) => {
    assert.ok(error instanceof Refusal, String(error))
    assert.equal(error.rule, rule)
    return true
  })
