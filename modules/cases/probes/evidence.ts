import type { Can, Command, CommandType } from '../contract.ts'
import type { Act } from '../contract/acts.ts'
import type { AppraisalCommand } from '../contract/appraisals.ts'
import type { RegisterCommand } from '../contract/evidence.ts'
import type { MeasureCommand, measureActKinds } from '../contract/measures.ts'
import type { State } from '../decide/matter.ts'
import { nobody } from '../probes.ts'

const firstPerson = (state: State): string => (state.kind === 'matter' && state.persons[0]?.id) || nobody
const something = { id: nobody, evidenceKind: 'physical', thingName: '-', count: 1, measureWord: '-' } as const
const signed = { signed: 'signed' } as const
const byTwo = { ...signed, second: nobody, attestor: '-', recorded: true } as const
const taken = (state: State) => ({ holder: firstPerson(state), things: [something], known: [] })

const evidenceOf = (state: State) => (state.kind === 'matter' ? state.books.evidence : null)
/** A thing that could be given back, where there is one. */
const present = (state: State): string =>
  evidenceOf(state)?.things.find((thing) => thing.state === 'held' || thing.state === 'kept')?.id ?? nobody
const measureOf = (state: State): string => evidenceOf(state)?.measures.find((row) => row.state !== 'ended')?.measure ?? nobody

const appraisalOf = (state: State): string => evidenceOf(state)?.appraisals[0]?.appraisal ?? nobody
const uninjured = (state: State): string =>
  (state.kind === 'matter' && state.persons.find(({ id }) => !state.books.evidence.injured.includes(id))?.id) || firstPerson(state)

type Probes<Type extends CommandType> = { readonly [One in Type]: (state: State) => Extract<Command, { type: One }>['data'] }
/** As in `can.ts`: input that stands for any. */
export const evidenceProbes: Probes<RegisterCommand | MeasureCommand | AppraisalCommand> = {
  receiveEvidence: (state) => ({ list: nobody, giver: firstPerson(state), things: [something], ...signed }),
  gatherEvidence: () => ({ list: nobody, things: [something], ...byTwo }),
  registerProperty: (state) => ({ list: nobody, giver: firstPerson(state), ownerKind: 'victim', things: [something], ...byTwo }),
  carryOutMeasure: (state) => ({ measure: measureOf(state), ...byTwo }),
  seizeOnTheSpot: (state) => ({ measure: nobody, ...taken(state), spotReason: 'urgent', ...byTwo }),
  tellHolder: (state) => ({ measure: measureOf(state), about: 'extension', way: 'inPerson' }),
  returnThings: (state) => ({ list: nobody, items: [present(state)], receiver: firstPerson(state), returnReason: 'over', ...byTwo }),
  noticeClaim: (state) => ({ claim: nobody, items: [present(state)], way: 'inPerson' }),
  noteInjury: (state) => ({ person: uninjured(state), injuryGrounds: ['victimAsks'] }),
  orderAppraisal: (state) => ({ appraisal: nobody, appraisalKind: 'other', person: firstPerson(state), agency: '-', issue: '-' }),
  receiveOpinion: (state) => ({ appraisal: appraisalOf(state), opinion: '-' }),
  copyOpinion: (state) => ({ appraisal: appraisalOf(state), person: firstPerson(state), way: 'inPerson' }),
  tellRefusal: (state) => ({ appraisal: appraisalOf(state), way: 'inPerson' }),
  withdrawAppraisal: (state) => ({ appraisal: appraisalOf(state), withdrawReason: 'notNeeded' }),
}

type Kind = (typeof measureActKinds)[number] | 'reappraise'
export const evidenceActProbes: { readonly [One in Kind]: (state: State) => Extract<Act, { kind: One }> } = {
  preserve: (state) => ({ kind: 'preserve', measure: nobody, preserved: 'seizure', ...taken(state) }),
  confirmSeizure: (state) => ({ kind: 'confirmSeizure', measure: measureOf(state) }),
  extendMeasure: (state) => ({ kind: 'extendMeasure', subject: measureOf(state) }),
  reappraise: (state) => ({ kind: 'reappraise', appraisal: appraisalOf(state), order: nobody, agency: '-', doubt: 'other' }),
  disposeUnclaimed: (state) => ({ kind: 'disposeUnclaimed', claim: evidenceOf(state)?.claims[0]?.claim ?? nobody, destiny: 'treasury' }),
}

export type Tried = readonly [key: keyof Can, type: CommandType, data: unknown]
const asked = (act: Act): Tried => [`act:${act.kind}`, 'requestApproval', { act, reason: '-' }]
/** What may be done with each measure and each notice to claim, by its id. */
export function evidenceTries(state: State): readonly (readonly [subject: string, tries: readonly Tried[]])[] {
  const { measures = [], claims = [], appraisals = [] } = evidenceOf(state) ?? {}
  return [
    ...measures.map(({ measure, untold: [about = 'extension'] }): readonly [string, Tried[]] => [
      measure,
      [
        ['carryOutMeasure', 'carryOutMeasure', { measure, ...byTwo }],
        asked({ kind: 'confirmSeizure', measure }),
        asked({ kind: 'extendMeasure', subject: measure }),
        ['tellHolder', 'tellHolder', { measure, about, way: 'inPerson' }],
      ],
    ]),
    ...appraisals.map(({ appraisal, copies }): readonly [string, Tried[]] => [
      appraisal,
      [
        ['receiveOpinion', 'receiveOpinion', { appraisal, opinion: '-' }],
        [
          'copyOpinion',
          'copyOpinion',
          { appraisal, person: copies.find(({ given }) => given === null)?.person ?? nobody, way: 'inPerson' },
        ],
        asked({ kind: 'reappraise', appraisal, order: nobody, agency: '-', doubt: 'other' }),
        ['tellRefusal', 'tellRefusal', { appraisal, way: 'inPerson' }],
        ['withdrawAppraisal', 'withdrawAppraisal', { appraisal, withdrawReason: 'notNeeded' }],
      ],
    ]),
    ...claims.map(({ claim }): readonly [string, Tried[]] => [
      claim,
      [asked({ kind: 'extendMeasure', subject: claim }), asked({ kind: 'disposeUnclaimed', claim, destiny: 'treasury' })],
    ]),
  ]
}
