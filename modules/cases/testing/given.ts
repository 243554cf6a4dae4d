import assert from 'node:assert/strict'
import { builtInYears } from '#kernel/calendar/years.ts'
import { type Actor, type Context, type Grant, type Recorded, Refusal, type Role } from '#kernel/decider.ts'
import { Observed } from '#kernel/testing/table.ts'
import type { Command, Event } from '../contract.ts'
import type { Person } from '../contract/parts.ts'
import { cases } from '../decide.ts'
import type { Facts, UnitFact } from '../decide/asked.ts'
import { initial, type State } from '../decide/matter.ts'
import { evolve } from '../decide/state.ts'
import { noFacts as empty } from '../facts.ts'

export const matter = '11111111-1111-4111-8111-111111111111'
export const incident = '22222222-2222-4222-8222-222222222222'
export const question = `question:${incident}`
export const bureau = '110000'
export const subBureau = '110105'
export const station = '110105001'
export const other = '110108002'
/** A Friday. */
export const start = '2026-11-27T06:00:00.000Z'
export const later = (hours: number): string => new Date(Date.parse(start) + hours * 3_600_000).toISOString()

export type Who = { by: Actor; as: readonly Grant[] }
export const account = (n: number): string => `00000000-0000-4000-8000-00000000000${n}`
export const person = (role: Role, unit: string, n: number): Who => ({
  by: { account: account(n), name: `${role} ${n}`, unit, grants: [{ role, unit }] },
  as: [{ role, unit }],
})
export const duty = person('stationDuty', station, 1)
export const officer = person('caseOfficer', station, 2)
export const head = person('unitHead', station, 3)
export const county = person('unitHead', subBureau, 4)
export const sub = person('subBureauDuty', subBureau, 5)
export const foreign = person('caseOfficer', other, 6)
export const foreignHead = person('unitHead', other, 7)
export const system: Who = { by: { system: 'test', because: 1 }, as: [] }

export const unit = (code: string, more: Partial<UnitFact> = {}): UnitFact => {
  const above = code.slice(0, 6)
  return { code, kind: 'station', path: [bureau, above, code], closed: false, county: above, ...more }
}
const mine = { account: account(2), name: 'caseOfficer 2' }
const second = { account: account(8), name: 'caseOfficer 8' }
export const noFacts: Facts = {
  ...empty,
  calendar: builtInYears,
  unit: unit(station),
  number: '110105001-2026-J00001',
  code: 'ABCDEFGHJK',
  officers: [mine, second],
}

interface Ask {
  readonly who?: Who
  readonly facts?: Partial<Facts>
  readonly at?: string
}
const context = ({ who = officer, facts = {}, at = start }: Ask): Context<Facts> => ({
  at,
  occurred: { time: at, source: 'system' },
  ...who,
  facts: { ...noFacts, ...facts },
})

export const observed = new Observed()

/** The streams after these commands, as the road would leave them. */
export class Record {
  readonly #streams = new Map<string, { state: State; n: number }>()
  do(command: Command, ask: Ask = {}, stream = matter): Event[] {
    const asked = context(ask)
    const events = observed.watch(command.type, () =>
      cases.decide(this.#streams.get(stream)?.state ?? initial, { ...command, stream }, asked, new Map()),
    )
    for (const event of events) {
      const before = this.#streams.get(stream) ?? { state: initial, n: 0 }
      const n = before.n + 1
      const recorded = { version: 1, at: asked.at, occurred: asked.occurred, by: asked.by, ...event, stream, n } as Recorded<Event>
      this.#streams.set(stream, { state: evolve(before.state, recorded), n })
    }
    return [...events]
  }
  get matter() {
    const state = this.#streams.get(matter)?.state
    assert.equal(state?.kind, 'matter')
    return state
  }
  get row() {
    return this.matter.row
  }
  get question() {
    const state = this.#streams.get(question)?.state
    assert.equal(state?.kind, 'question')
    return state.row
  }
  /** Where each limit of the matter stands. */
  get limits(): Readonly<{ [rule: string]: string }> {
    return Object.fromEntries(this.row.limits.map(({ limit, state }) => [limit.rule, state]))
  }
}

export const reporter: Person = { id: account(9), roles: ['reporter', 'victim'], personName: '𠮷田䶮' }
export const report = (more: object = {}): Command => ({
  type: 'takeReport',
  data: {
    unit: station,
    source: 'counter',
    nature: 'administrative',
    cause: '殴打他人',
    narrative: '昨晚在东门外被一陌生男子打伤',
    persons: [reporter],
    ...more,
  },
})
/** A report of the counter, taken by the officer. */
export const taken = (more: object = {}, ask: Ask = {}): Record => {
  const record = new Record()
  record.do(report(more), ask)
  return record
}
export const accepted = (more: object = {}, ask: Ask = {}): Record => {
  const record = taken(more, ask)
  record.do({ type: 'accept', data: {} }, ask)
  return record
}
export const propose = (more: object = {}): Command => ({
  type: 'proposeFiling',
  data: { outcome: 'file', caseKind: 'administrative', reason: '有违法事实，应当追究', ...more },
})
/** A case that the head of county level has filed. */
export const filed = (more: object = {}, proposal: object = {}, ask: Ask = {}): Record => {
  const record = accepted(more, ask)
  record.do(propose(proposal), ask)
  record.do({ type: 'approveFiling', data: {} }, { ...ask, who: county, facts: { number: '110105001-2026-X00001' } })
  return record
}
/** @param article that the refusal names, where it names one */
export const refused = (rule: string, work: () => unknown, article?: string): void =>
  assert.throws(work, (error) => {
    assert.ok(error instanceof Refusal, String(error))
    assert.deepEqual([error.rule, article ?? error.article], [rule, error.article])
    return true
  })
