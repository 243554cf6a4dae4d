import { builtInYears } from '#kernel/calendar/years.ts'
import { dueOf } from '#kernel/clock.ts'
import { type Recorded, Refusal } from '#kernel/decider.ts'
import type { Command, Event } from '../contract.ts'
import type { Person } from '../contract/parts.ts'
import { cases } from '../decide.ts'
import { clocksOf, isOpen, passing } from '../decide/limits.ts'
import { initial, type Matter, type State } from '../decide/matter.ts'
import { evolve } from '../decide/state.ts'
import { allowed } from '../rules.ts'
import { account, bureau, county, head, matter, noFacts, officer, person, propose, report, reporter, system, type Who } from './given.ts'
import { aged, otherId, reviewer } from './penalty.ts'

/** Numbers from a seed, the same everywhere (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export const hour = 3_600_000
const above = person('unitHead', bureau, 6)
/** Everybody who has to do with a case: its officer, the heads from the station to the city, the legal reviewer. */
const people: readonly Who[] = [officer, head, county, above, reviewer]

/** One case as it goes its way, with every limit passed when it comes. */
export class Course {
  state: State = initial
  readonly history: Recorded<Event>[] = []
  at: string
  readonly #numbers = { last: 0 }
  constructor(start: string) {
    this.at = start
  }
  get matter(): Matter {
    if (this.state.kind !== 'matter') throw new Error('there is no matter yet')
    return this.state
  }
  /** @throws what the decision throws */
  take(command: Command, who: Who, at = this.at): readonly Event[] {
    const facts = { ...noFacts, calendar: builtInYears, number: `110105001-2026-X${String((this.#numbers.last += 1)).padStart(5, '0')}` }
    const asked = { at, occurred: { time: at, source: 'system' as const }, ...who, facts }
    const events = cases.decide(this.state, { ...command, stream: matter }, asked, new Map())
    for (const event of events) {
      const n = this.history.length + 1
      const recorded = { version: 1, at, occurred: asked.occurred, by: who.by, ...event, stream: matter, n } as Recorded<Event>
      this.history.push(recorded)
      this.state = evolve(this.state, recorded)
    }
    return events
  }
  /** Whether the decision says yes; a fault is thrown on. */
  tries(command: Command, who: Who): boolean {
    try {
      this.take(command, who)
      return true
    } catch (error) {
      if (error instanceof Refusal) return false
      throw error
    }
  }
  /** Time goes by, and every point of a limit is passed at its moment. */
  wait(ms: number): void {
    const until = new Date(Date.parse(this.at) + ms).toISOString()
    for (;;) {
      const next = clocksOf(this.matter.row.limits)
        .flatMap((clock) => {
          const due = dueOf(clock)
          return due ? [{ clock, due }] : []
        })
        .toSorted((a, b) => (a.due.time < b.due.time ? -1 : 1))[0]
      if (next === undefined || next.due.time > until) break
      if (next.due.time > this.at) this.at = next.due.time
      this.take(passing(next.clock, next.due), system)
    }
    this.at = until
  }
  /** Limits of the police that are over and of which nobody was told. */
  get silent(): readonly string[] {
    return this.matter.row.limits
      .filter((one) => isOpen(one) && one.limit.is === 'limit' && !one.limit.standing && one.state !== 'breached')
      .filter(({ limit }) => limit.due <= this.at)
      .map(({ limit }) => limit.rule)
  }
}

/** A filed case with one or two suspects of any age. */
export function begun(random: () => number): Course {
  const start = Date.parse('2025-12-22T02:00:00.000Z') + Math.floor(random() * 150 * 24) * hour
  const course = new Course(new Date(start).toISOString())
  const suspects: Person[] = [aged(pick(random, [13, 15, 16, 17, 40, 40, 40, 71]))]
  if (random() < 0.3) suspects.push({ ...aged(pick(random, [17, 30])), id: otherId, personName: '吴某' })
  course.take(report({ persons: [reporter, ...suspects] }), officer)
  course.take({ type: 'accept', data: {} }, officer)
  course.take(propose(), officer)
  course.take({ type: 'approveFiling', data: {} }, head)
  return course
}

export const pick = <T>(random: () => number, list: readonly T[]): T => {
  const found = list[Math.floor(random() * list.length)]
  if (found === undefined) throw new Error('nothing to pick from')
  return found
}

type Roll = () => number
const penalties = [
  { penalties: ['warning'] },
  { penalties: ['fine'], fine: 300 },
  { penalties: ['fine'], fine: 900 },
  { penalties: ['fine'], fine: 5000 },
  { penalties: ['detention'], days: 5 },
  { penalties: ['detention', 'fine'], days: 12, fine: 500 },
  { penalties: ['detention'], days: 21 },
  { penalties: ['revocation'], licence: '特种行业许可证' },
  { penalties: ['closure'] },
  { penalties: ['none'] },
]
const often = (random: Roll, share: number) => random() < share

const scope = (random: Roll) => ({ mediationCause: 'quarrel', ...(often(random, 0.9) && { minorAct: true }), noneExcluded: true })
const onTheSpot = (random: Roll) => ({
  ...pick(random, [
    { penalty: 'warning' },
    { penalty: 'fine', fine: 200, collection: 'undisputed', receipt: '-' },
    { penalty: 'fine', fine: 300 },
    { penalty: 'fine', fine: 500, collection: 'noHome', receipt: '-' },
    { penalty: 'fine', fine: 900 },
  ]),
  article: '-',
  facts: '乙',
  clearFacts: true,
  noVice: true,
  cardShown: true,
  rightsTold: true,
  guardian: '其父',
  ...pick(random, [{ said: 'nothing' }, { said: 'statement', statement: '-', recheck: '-' }]),
  ...(often(random, 0.9) && { recorded: true }),
  handedOver: true,
})
const agreement = (random: Roll) => ({
  place: '-',
  recorded: true,
  terms: '-',
  performDays: pick(random, [0, 3, 30]),
  ...(often(random, 0.8) && { guardian: '其父' }),
  ...(often(random, 0.9) && { bothSigned: true }),
})

/** Any command that a case may be given, lawful or not, of one suspect. */
export function anyCommand(random: Roll, who: string): Command {
  const data = (more: object) => ({ person: who, ...more })
  const any = pick(random, [
    () => ({
      type: 'draftPenalty',
      data: data({
        ...pick(random, penalties),
        article: '依据',
        facts: pick(random, ['甲', '甲', '乙']),
        ...(often(random, 0.2) && { complex: true }),
        ...(often(random, 0.2) && { publicInterest: true }),
        ...(often(random, 0.2) && { exception: 'grave' }),
      }),
    }),
    () => ({
      type: 'noticePenalty',
      data: data({ path: pick(random, ['told', 'told', 'publicNotice']), ...(often(random, 0.8) && { guardian: '其父' }) }),
    }),
    () => ({
      type: 'recordDefence',
      data: data({
        said: pick(random, ['nothing', 'waived', 'statement']),
        ...(often(random, 0.9) && { statement: '不服', recheck: '属实' }),
      }),
    }),
    () => ({ type: 'hearingWish', data: data({ wish: pick(random, ['asks', 'waives']) }) }),
    () => ({ type: 'answerHearing', data: data({ answer: pick(random, ['accepted', 'refused']), reason: '-' }) }),
    () => ({ type: 'endHearing', data: data({ course: pick(random, ['held', 'withdrawn', 'absent']), record: '-' }) }),
    () => ({ type: 'askReview', data: data({ corrected: '-' }) }),
    () => ({
      type: 'reviewPenalty',
      data: data({ conclusion: pick(random, ['passed', 'returned']), findings: [{ item: 'facts', finding: '-' }] }),
    }),
    () => ({ type: 'discussPenalty', data: data({ present: '-', agreed: '-' }) }),
    () => ({ type: 'requestApproval', data: { act: anyAct(random, who), reason: '-' } }),
    () => ({ type: pick(random, ['approve', 'approve', 'declineApproval']), data: { request: 1 + Math.floor(random() * 6) } }),
    () => ({
      type: 'serveDecision',
      data: data({
        service: pick(random, ['announced', 'handed', 'electronic', 'publicNotice']),
        ...(often(random, 0.4) && { to: reporter.id }),
      }),
    }),
    () => ({ type: pick(random, ['tellOfDetention']), data: data({ family: 'told' }) }),
    () => ({ type: 'payFine', data: data({ amount: pick(random, [300, 500, 900, 5000]), receipt: '-' }) }),
    () => ({ type: 'deliverDetainee', data: data({ house: '-', receipt: '-' }) }),
    () => ({ type: 'recordExecution', data: data({ note: '-' }) }),
    () => ({ type: 'askSuspension', data: data({ suspension: 'exam', reason: '-' }) }),
    () => ({ type: pick(random, ['refuseSuspension', 'endSuspension', 'recordDoubt', 'answerDoubt']), data: data({ reason: '-' }) }),
    () => ({ type: 'bankBond', data: data({ receipt: '-' }) }),
    () => ({
      type: 'closeCase',
      data: { closing: pick(random, ['executed', 'noPenalty', 'cannotExecute', 'settled', 'settled']), reason: '-' },
    }),
    () => ({ type: 'imposeOnTheSpot', data: data(onTheSpot(random)) }),
    () => ({ type: pick(random, ['turnInFine', 'bankFine']), data: data({ receipt: '-' }) }),
    () => ({ type: 'openMediation', data: data({ ...scope(random), ...(often(random, 0.8) && { bothWilling: true }) }) }),
    () => ({ type: 'agree', data: data(agreement(random)) }),
    () => ({
      type: 'failMediation',
      data: data({ failure: pick(random, ['noTerms', 'unwilling', 'newAct']), reason: '-', ...(often(random, 0.9) && { suitTold: true }) }),
    }),
    () => ({ type: 'keepAgreement', data: data({ proof: '-' }) }),
    () => ({ type: 'breakAgreement', data: data({ reason: '-', suitTold: true }) }),
    () => ({ type: 'assign', data: { caseOfficers: [account(2), account(8)] } }),
  ])()
  if (any.type === 'declineApproval') return { type: 'declineApproval', data: { ...any.data, reason: '-' } } as Command
  return any as Command
}

const anyAct = (random: Roll, who: string) =>
  pick(random, [
    { kind: 'decidePenalty', person: who },
    { kind: 'decidePenalty', person: who },
    { kind: 'decidePenalty', person: who },
    { kind: 'extendCase' },
    { kind: 'deferFine', person: who, days: 30 },
    { kind: 'suspendDetention', person: who, guarantee: 'bond', bond: 5000 },
    ...(random() < 0.1 ? [{ kind: 'terminate', termination: 'noFacts' }, { kind: 'toCriminal' }] : []),
    { kind: 'reopen' },
    { kind: 'acceptSettlement', person: who, settledBy: 'reconciled', ...scope(random), terms: '-', bothAsk: true, performed: true },
  ])

/** Any of those whose role the command is for: to anybody else the road says no before it is decided. */
export function anybody(random: Roll, { type }: Command): Who {
  const roles: readonly string[] | 'system' = allowed[type]
  return pick(
    random,
    people.filter(({ as }) => roles !== 'system' && as.some(({ role }) => roles.includes(role))),
  )
}

type Step = readonly [Command, Who]
const of = (type: string, person: string, more: object): Command => ({ type, data: { person, ...more } }) as Command

/** What a diligent officer, head or reviewer would do next with a suspect, in the order of the work. */
export function diligent(course: Course, who: string): readonly Step[] {
  const { row, books } = course.matter
  const requests = row.requests.flatMap(({ request, level }): Step[] => {
    const decides = level === 'nextHigher' ? above : county
    return [
      [{ type: 'approve', data: { request } }, decides],
      [{ type: 'declineApproval', data: { request, reason: '-' } }, decides],
    ]
  })
  return [
    ...requests,
    ...settling(course.matter, who),
    ...(books.execution[who] === undefined ? untilDecided(course.matter, who) : untilClosed(course.matter, who)),
  ]
}

/** What is in mediation comes to an end, and what is settled is closed. */
function settling({ books }: Matter, who: string): readonly Step[] {
  const state = books.mediation[who]?.state
  if (state === 'open')
    return [
      [of('agree', who, { place: '-', recorded: true, guardian: '-', terms: '-', performDays: 9, bothSigned: true }), officer],
      [of('failMediation', who, { failure: 'noTerms', reason: '-', suitTold: true }), officer],
    ]
  if (state === 'agreed') return [[of('keepAgreement', who, { proof: '-' }), officer]]
  return state === 'kept' ? [[{ type: 'closeCase', data: { closing: 'settled', reason: '-' } }, officer]] : []
}

function untilDecided({ row, books }: Matter, who: string): readonly Step[] {
  const penalty = books.decision[who]
  if (penalty === undefined) return [[of('draftPenalty', who, { penalties: ['none'], article: '-', facts: '-' }), officer]]
  const { draft, notice, defence, hearing, review, discussed } = penalty
  const decision: Step = [{ type: 'requestApproval', data: { act: { kind: 'decidePenalty', person: who }, reason: '-' } }, officer]
  const steps: readonly (readonly [boolean, Step])[] = [
    [hearing !== null, [of('answerHearing', who, { answer: 'refused', reason: '-' }), reviewer]],
    [hearing !== null, [of('endHearing', who, { course: 'withdrawn', record: '-' }), reviewer]],
    [review?.state === 'asked', [of('reviewPenalty', who, { conclusion: 'passed', findings: [] }), reviewer]],
    [notice === null, [of('noticePenalty', who, { path: 'told', guardian: '-' }), officer]],
    [defence === null, [of('recordDefence', who, { said: 'statement', statement: '-', recheck: '-' }), officer]],
    [notice !== null && hearing === null, [of('hearingWish', who, { wish: 'waives' }), officer]],
    [review?.state !== 'passed', [of('askReview', who, { corrected: '-' }), officer]],
    [draft.complex === true && discussed === null, [of('discussPenalty', who, { present: '-', agreed: '-' }), county]],
    [row.requests.length === 0, decision],
  ]
  return steps.flatMap(([fits, step]) => (fits ? [step] : []))
}

function untilClosed({ books }: Matter, who: string): readonly Step[] {
  const { fine, days, effective, other } = books.execution[who] ?? { fine: null, days: null, effective: null, other: false }
  const steps: readonly (readonly [boolean, Step])[] = [
    [effective === null, [of('serveDecision', who, { service: 'handed' }), officer]],
    [books.spot[who]?.reported === false, [of('reportOnTheSpot', who, {}), officer]],
    [books.spot[who]?.money === 'collected', [of('turnInFine', who, { receipt: '-' }), officer]],
    [books.spot[who]?.money === 'turnedIn', [of('bankFine', who, { receipt: '-' }), officer]],
    [true, [of('serveDecision', who, { service: 'handed', to: reporter.id }), officer]],
    [days !== null, [of('tellOfDetention', who, { family: 'told' }), officer]],
    [days !== null, [of('refuseSuspension', who, { reason: '-' }), county]],
    [days !== null, [of('endSuspension', who, { reason: '-' }), officer]],
    [days !== null, [of('deliverDetainee', who, { house: '-', receipt: '-' }), officer]],
    [fine !== null, [of('payFine', who, { amount: fine, receipt: '-' }), officer]],
    [fine !== null, [of('payFine', who, { amount: 2 * (fine ?? 0), receipt: '-' }), officer]],
    [other, [of('recordExecution', who, { note: '-' }), officer]],
    [true, [{ type: 'closeCase', data: { closing: 'executed', reason: '-' } }, officer]],
    [true, [{ type: 'closeCase', data: { closing: 'noPenalty', reason: '-' } }, officer]],
  ]
  return steps.flatMap(([fits, step]) => (fits ? [step] : []))
}
