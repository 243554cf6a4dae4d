import type { Calendar } from '#kernel/calendar/year.ts'
import { Refusal } from '#kernel/decider.ts'
import type { Reader } from '#kernel/module.ts'
import type { Can, CanKey, Command, CommandType, OnSuspect } from './contract.ts'
import type { Act } from './contract/acts.ts'
import { cases } from './decide.ts'
import type { Asked, Facts } from './decide/asked.ts'
import { closingOf } from './decide/closing.ts'
import { lateFee } from './decide/fine.ts'
import type { Matter, State } from './decide/matter.ts'
import { noFacts } from './facts.ts'
import { suspectActs, type SuspectAct, suspectProbes } from './probes/decision.ts'
import { inquiryActProbes, inquiryProbes, nobody } from './probes.ts'
import { evidenceProbes, evidenceTries, evidenceActProbes, type Tried } from './probes/evidence.ts'
import { allowed } from './rules.ts'

/** Of one request among several; asked for each. */
const onRequest = ['approve', 'declineApproval', 'withdrawRequest'] as const
type OnRequest = (typeof onRequest)[number]
type Probe = Exclude<CommandType, 'takeReport' | 'passLimit' | 'ask' | 'answer' | 'requestApproval' | OnRequest | OnSuspect>
const someone = { id: nobody, roles: ['witness' as const], personName: '\u0001' }

const ofMatter = <T>(state: State, of: (matter: Matter) => readonly T[], none: T): readonly T[] => {
  const found = state.kind === 'matter' ? of(state) : []
  return found.length > 0 ? found : [none]
}
const officersOf = (state: State) => ofMatter(state, ({ row }) => row.officers.map(({ account }) => account), nobody)
const recusalsOf = (state: State) => ofMatter(state, ({ books }) => books.recusal.map(({ request }) => request), 1)

/** Of several, a step is possible if it is for one of them. */
type Given<Data> = Data | readonly Data[]
/** Input that stands for any: whether a step is possible at all must not hang on what will be typed. */
const probes: { readonly [Type in Probe]: (state: State) => Given<Extract<Command, { type: Type }>['data']> } = {
  ...inquiryProbes,
  tellRecusal: (state) => recusalsOf(state).map((request) => ({ request, told: '-' })),
  issueReceipt: () => ({ contact: 'handed' }),
  leaveUndetermined: () => ({ reason: '-' }),
  proposeTransfer: () => ({ destination: { to: 'agency', agency: '-' }, reason: '-' }),
  transfer: () => ({}),
  declineTransfer: () => ({ reason: '-' }),
  turnAway: () => ({ where: '-' }),
  accept: () => ({}),
  assign: () => ({ caseOfficers: [nobody] }),
  proposeFiling: (state) => ({
    outcome: 'file',
    caseKind: state.kind === 'matter' && state.row.nature === 'criminal' ? 'criminal' : 'administrative',
    reason: '-',
  }),
  approveFiling: () => ({}),
  returnProposal: () => ({ reason: '-' }),
  giveNotice: () => ({ way: 'inPerson' }),
  tellTransfer: () => ({ way: 'inPerson' }),
  recordWithdrawal: () => ({ reason: '-' }),
  addPerson: () => ({ person: someone }),
  correctPerson: (state) => ({
    person: { ...someone, id: (state.kind === 'matter' && state.persons[0]?.id) || nobody },
    reason: '-',
    seen: 0,
  }),
  amend: () => ({ narrative: '\u0001', reason: '-', seen: 0 }),
  note: () => ({ text: '-' }),
  ...evidenceProbes,
  closeCase: (state) => ({ closing: state.kind === 'matter' ? closingOf(state) : 'executed', reason: '-' }),
  explain: () => ({ explanation: 'noCase', reason: '-' }),
  confirmExplanation: () => ({}),
  rejectExplanation: () => ({ reason: '-' }),
}
/** The same for each act that must be approved. */
const actProbes: { readonly [Kind in Exclude<Act['kind'], SuspectAct>]: (state: State) => Given<Extract<Act, { kind: Kind }>> } = {
  ...inquiryActProbes,
  recuse: (state) => officersOf(state).map((account) => ({ kind: 'recuse', account, recusalGround: 'interest' })),
  extendCase: () => ({ kind: 'extendCase' }),
  toCriminal: () => ({ kind: 'toCriminal' }),
  terminate: () => ({ kind: 'terminate', termination: 'otherReason' }),
  reopen: () => ({ kind: 'reopen' }),
  ...evidenceActProbes,
}
const ofQuestion: ReadonlySet<string> = new Set(['explain', 'confirmExplanation', 'rejectExplanation'])

const facts = {
  ...noFacts,
  number: '-',
  code: '-',
  unit: { code: '-', kind: 'station', path: ['-'], closed: false, county: '-' },
  officers: [{ account: nobody, name: '-' }],
}

function dryRun(state: State, command: Command & { stream: string }, context: Asked): NonNullable<Can[CanKey]> {
  try {
    cases.decide(state, command, context, new Map())
    return true
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { rule: error.rule, values: error.values, article: error.article }
  }
}

/** Who asks what of which record, on which calendar and by which reading of the law. */
export interface Asking {
  readonly state: State
  readonly stream: string
  readonly reader: Reader
  readonly owners: readonly string[]
  readonly calendar: Calendar
  readonly settings: Facts['settings']
}

/** What this reader may do of these, and for what he may not, which rule and article say so: a dry run of each decision. */
function tried(commands: readonly Tried[], { state, stream, reader, owners, calendar, settings }: Asking): Can {
  const answers: Partial<Record<CanKey, NonNullable<Can[CanKey]>>> = {}
  for (const [key, type, given] of commands) {
    const roles: readonly string[] | 'system' = allowed[type]
    const as = reader.person.grants.filter(({ role, unit }) => roles !== 'system' && roles.includes(role) && owners.includes(unit))
    if (as.length === 0) continue
    const occurred = { time: reader.now, source: 'system' as const }
    const context = { at: reader.now, occurred, by: reader.person, as, facts: { ...facts, calendar, settings } }
    const said = [given].flat().map((data) => dryRun(state, { type, data, stream } as Command & { stream: string }, context))
    answers[key] = said.find((one) => one === true) ?? said[0]
  }
  return answers
}

/** What this reader may do with a stream now. */
export function can(asking: Asking): Can {
  const { state } = asking
  const asked = Object.entries(probes) as [Probe, (state: State) => unknown][]
  const commands = asked
    .filter(([type]) => ofQuestion.has(type) === (state.kind === 'question'))
    .map(([type, probe]) => [type, type, probe(state)] as const)
  const acts = state.kind === 'matter' ? (Object.entries(actProbes) as [Act['kind'], (state: State) => Given<Act>][]) : []
  const requests = acts.map(([kind, probe]) => {
    const papers = [probe(state)].flat().map((act) => ({ act, reason: '-' }))
    return [`act:${kind}`, 'requestApproval', papers] as const
  })
  return tried([...commands, ...requests], asking)
}

/** What this reader may do with one request of a case. */
export const canOnRequest = (asking: Asking, request: number): Can =>
  tried(
    onRequest.map((type) => [type, type, type === 'approve' ? { request } : { request, reason: '-' }] as const),
    asking,
  )

/** What this reader may do with each measure and each notice of the evidence of a case, by its id. */
export const canOnEvidence = (asking: Asking): Readonly<Record<string, Can>> =>
  Object.fromEntries(evidenceTries(asking.state).map(([subject, tries]) => [subject, tried(tries, asking)]))

/** What this reader may do about one suspect of a case. */
export function canOnSuspect(asking: Asking & { readonly state: Matter }, person: string): Can {
  const { state, reader, calendar, settings } = asking
  const fine = state.books.execution[person]?.fine ?? 1
  const context = {
    at: reader.now,
    occurred: { time: reader.now, source: 'system' as const },
    by: reader.person,
    as: [],
    facts: { ...facts, calendar, settings },
  }
  const owed = fine + lateFee(state, person, fine, context)
  const commands = Object.entries(suspectProbes) as [OnSuspect, (matter: Matter, person: string, owed: number) => object][]
  const acts = Object.entries(suspectActs) as [SuspectAct, (person: string) => Act][]
  return tried(
    [
      ...commands.map(([type, probe]) => [type, type, { person, ...probe(state, person, owed) }] as const),
      ...acts.map(([kind, probe]) => [`act:${kind}`, 'requestApproval', { act: probe(person), reason: '-' }] as const),
    ],
    asking,
  )
}
