import { Refusal } from '#kernel/decider.ts'
import type { Reader } from '#kernel/module.ts'
import type { Can, Command, CommandType } from './contract.ts'
import { cases } from './decide.ts'
import type { State } from './decide/state.ts'
import { noFacts } from './facts.ts'
import { allowed } from './rules.ts'

type Probe = Exclude<CommandType, 'takeReport' | 'passLimit' | 'ask' | 'answer'>
const nobody = '00000000-0000-8000-8000-000000000000'
const someone = { id: nobody, roles: ['witness' as const], personName: '\u0001' }

/** Input that stands for any: whether a step is possible at all must not hang on what will be typed. */
const probes: { readonly [Type in Probe]: (state: State) => Extract<Command, { type: Type }>['data'] } = {
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
  recordWithdrawal: () => ({ reason: '-' }),
  addPerson: () => ({ person: someone }),
  correctPerson: (state) => ({
    person: { ...someone, id: (state.kind === 'matter' && state.persons[0]?.id) || nobody },
    reason: '-',
    seen: 0,
  }),
  amend: () => ({ narrative: '\u0001', reason: '-', seen: 0 }),
  note: () => ({ text: '-' }),
  explain: () => ({ explanation: 'noCase', reason: '-' }),
  confirmExplanation: () => ({}),
  rejectExplanation: () => ({ reason: '-' }),
}
const ofQuestion: ReadonlySet<string> = new Set(['explain', 'confirmExplanation', 'rejectExplanation'])

const facts = {
  ...noFacts,
  number: '-',
  code: '-',
  unit: { code: '-', kind: 'station', path: ['-'], closed: false, county: '-' },
  officers: [{ account: nobody, name: '-' }],
}

/** What this reader may do with a stream now, and for what he may not, which rule and article say so: a dry run of each decision. */
export function can(state: State, stream: string, reader: Reader, owners: readonly string[]): Can {
  const answers: Partial<Record<CommandType, NonNullable<Can[CommandType]>>> = {}
  for (const [type, probe] of Object.entries(probes) as [Probe, (state: State) => never][]) {
    if (ofQuestion.has(type) !== (state.kind === 'question')) continue
    const as = reader.person.grants.filter(({ role, unit }) => allowed[type].some((one) => one === role) && owners.includes(unit))
    if (as.length === 0) continue
    const context = { at: reader.now, occurred: { time: reader.now, source: 'system' as const }, by: reader.person, as, facts }
    try {
      cases.decide(state, { type, data: probe(state), stream } as Command & { stream: string }, context, new Map())
      answers[type] = true
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      answers[type] = { rule: error.rule, values: error.values, article: error.article }
    }
  }
  return answers
}
