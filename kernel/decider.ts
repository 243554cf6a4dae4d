/**
 * What a pure file may know of the road: who acts, when, on what, and how to say yes or no.
 * Nothing here reads a clock, a random source or a database.
 */

/** Where a time comes from. `typed` never improves a published figure; `imported` never rings, warns or climbs. */
export type TimeSource = 'system' | 'position' | 'radio' | 'typed' | 'imported'

/** When a thing happened, as far as it can be evidenced. `time` is an ISO 8601 instant in UTC. */
export interface Occurred {
  readonly time: string
  readonly source: TimeSource
}

/** Every role of the house. */
export const roles = [
  'callTaker',
  'stationDuty',
  'subBureauDuty',
  'citySupervisor',
  'patrolOfficer',
  'caseOfficer',
  'unitHead',
  'legalReviewer',
  'systemAdministrator',
  'securityAdministrator',
  'auditAdministrator',
  'importer',
] as const
export type Role = (typeof roles)[number]

/** GB/T 22239-2019, security management centre: three offices in three hands. */
export const administrators: ReadonlySet<Role> = new Set(['systemAdministrator', 'securityAdministrator', 'auditAdministrator'])

/** A role held at a unit. It reaches the unit and everything below it. */
export interface Grant {
  readonly role: Role
  readonly unit: string
}

/** The acting person: an account with its unit and grants. */
export interface Person {
  readonly account: string
  readonly name: string
  readonly unit: string
  readonly grants: readonly Grant[]
}

/** The system acting because of an event that stands at this position (or at 0: because of its own start). */
export interface System {
  readonly system: string
  readonly because: number
}

export type Actor = Person | System
export const isPerson = (actor: Actor): actor is Person => 'account' in actor

/** What a decision is told besides state and command. */
export interface Context<Facts> {
  /** When the server records it: ISO 8601, UTC, milliseconds. */
  readonly at: string
  readonly occurred: Occurred
  readonly by: Actor
  /** The roles that this command may be given by and that the actor holds, with their units. Empty for the system. */
  readonly as: readonly Grant[]
  readonly facts: Facts
}

/**
 * A decided "no": HTTP 409. `rule` names the sentence in `words/*.json` under `refusal.<rule>`; `values` fill its blanks.
 * `field` is the path of the offending input where there is one; `article` the law, where there is one.
 */
export class Refusal extends Error {
  readonly rule: string
  readonly values: Readonly<Record<string, string | number>>
  readonly field: string | undefined
  readonly article: string | undefined
  constructor(rule: string, options: { values?: Record<string, string | number>; field?: string; article?: string } = {}) {
    super(rule)
    this.name = 'Refusal'
    this.rule = rule
    this.values = options.values ?? {}
    this.field = options.field
    this.article = options.article
  }
}

/** What the road adds to an event. `n` counts from 1 within the stream. */
export interface Envelope {
  readonly stream: string
  readonly n: number
  readonly version: number
  readonly at: string
  readonly occurred: Occurred
  readonly by: Actor
}

/** An event as it was recorded. Lawfully erased content is `data: null`; `evolve` and views accept it. */
export type Recorded<E extends { type: string; data: unknown }> = E extends { type: infer Type; data: infer Data }
  ? (Envelope & { readonly type: Type; readonly data: Data }) | (Envelope & { readonly type: Type; readonly data: null })
  : never

/**
 * A module's decisions. `State` is one stream folded; commands that touch several streams of the module get the others through `others`.
 * `decide` returns at least one event or throws a Refusal.
 */
export interface Decider<State, C extends { type: string }, E extends { type: string; data: unknown }, Facts> {
  readonly initial: State
  readonly evolve: (state: State, event: Recorded<E>) => State
  readonly decide: (state: State, command: C, context: Context<Facts>, others: ReadonlyMap<string, State>) => readonly E[]
}
