import type { Command } from './contract.ts'
import type { Act } from './contract/acts.ts'
import { sampleKinds } from './contract/checks.ts'
import type { Person, PersonRole } from './contract/parts.ts'
import type { State } from './decide/matter.ts'

export const nobody = '00000000-0000-8000-8000-000000000000'

type Data<Type extends Command['type']> = Extract<Command, { type: Type }>['data']
type Paper<Kind extends Act['kind']> = Extract<Act, { kind: Kind }>

const personsOf = (state: State): readonly Person[] => (state.kind === 'matter' ? state.persons : [])
/** The input for each suspect; for nobody where there is none, so that the decision says so. */
function each<Input>(state: State, input: (person: string) => Input): readonly Input[] {
  const suspects = personsOf(state).filter(({ roles }) => roles.includes('suspect'))
  return suspects.length === 0 ? [input(nobody)] : suspects.map(({ id }) => input(id))
}

/** As a session would begin best: in the right venue, with whoever stands by him. */
function sessions(state: State): readonly Data<'beginSession'>[] {
  const persons = personsOf(state)
  const helperOf = (whose: string, roles: readonly PersonRole[]) =>
    persons.find(({ of, roles: those }) => of?.includes(whose) && those.some((role) => roles.includes(role)))?.id
  const here = (person: string) =>
    state.kind === 'matter' && state.books.inquiry.stays.some((one) => one.person === person && one.left === null)
  const asked = persons.filter(({ roles }) => (['suspect', 'victim', 'witness'] as const).some((role) => roles.includes(role)))
  const inputs = asked.map(({ id, roles }): Data<'beginSession'> => {
    const adult = helperOf(id, ['guardian', 'otherAdult'])
    const interpreter = helperOf(id, ['interpreter'])
    const venue = here(id) || !roles.includes('suspect') ? 'area' : 'residence'
    const beside = { ...(adult !== undefined && { adult, whyNot: '-' }), ...(interpreter !== undefined && { interpreter }) }
    return { person: id, venue, recorded: true, second: nobody, rightsTold: true, ...beside }
  })
  return inputs.length > 0 ? inputs : [{ person: nobody, venue: 'area' }]
}

/** The first person of the matter, whoever it is. */
const anybody = (state: State): string => personsOf(state)[0]?.id ?? nobody

export const inquiryProbes = {
  inspect: (): Data<'inspect'> => ({ inspects: 'items', place: '-', gist: '-', signature: 'signed', second: nobody, cardShown: true }),
  lineUp: (state: State): Data<'lineUp'> => ({
    person:
      personsOf(state).find(({ roles }) => roles.includes('victim') || roles.includes('witness') || roles.includes('suspect'))?.id ??
      nobody,
    lineUp: 'photos',
    among: 100,
    recognition: 'unsure',
    signature: 'signed',
    second: nobody,
    noHints: true,
  }),
  takeSamples: (state: State): readonly Data<'takeSamples'>[] => {
    const open = state.kind === 'matter' ? state.books.checks.samples.filter(({ at }) => at === null) : []
    const given = open.map(({ person, sample }): Data<'takeSamples'> => ({ person, samples: [sample], consent: true }))
    return given.length > 0 ? given : [{ person: anybody(state), samples: ['portrait'], consent: true }]
  },
  summonOrally: (state: State) => each<Data<'summonOrally'>>(state, (person) => ({ person, place: '-', cardShown: true })),
  recordArrival: (state: State) => each<Data<'recordArrival'>>(state, (person) => ({ person, arrival: 'surrender' })),
  bringIn: (state: State) =>
    each<Data<'bringIn'>>(state, (person) => ({
      person,
      continueGround: 'accused',
      stopped: 'street',
      onTheSpot: true,
      detainable: true,
    })),
  tellFamily: (state: State) => each<Data<'tellFamily'>>(state, (person) => ({ person, told: '-' })),
  checkSafety: (state: State) => each<Data<'checkSafety'>>(state, (person) => ({ person, byWomen: true })),
  beginSession: sessions,
  endSession: (state: State) =>
    sessions(state).map(({ person }): Data<'endSession'> => ({ person, signature: 'signed', identityAsked: true })),
  restrain: (state: State) => each<Data<'restrain'>>(state, (person) => ({ person, reason: '-' })),
  sober: (state: State) => each<Data<'sober'>>(state, (person) => ({ person })),
  recordDeparture: (state: State) =>
    each<Data<'recordDeparture'>>(state, (person) => ({ person, departure: 'released', signature: 'signed', escort: '-' })),
}

export const inquiryActProbes = {
  inspection: (): Paper<'inspection'> => ({ kind: 'inspection', inspects: 'premises', place: '-' }),
  sampling: (state: State): readonly Paper<'sampling'>[] =>
    sampleKinds.map((sample) => ({ kind: 'sampling', person: anybody(state), samples: [sample] })),
  summon: (state: State) => each<Paper<'summon'>>(state, (person) => ({ kind: 'summon', person, place: '-', afresh: '-' })),
  forceSummon: (state: State) => each<Paper<'forceSummon'>>(state, (person) => ({ kind: 'forceSummon', person, forceGround: 'evades' })),
  lengthen: (state: State) => each<Paper<'lengthen'>>(state, (person) => ({ kind: 'lengthen', person, longGround: 'complexDetention' })),
  continueQuestioning: (state: State) => {
    const level = (person: string) => {
      const here = state.kind === 'matter' ? state.books.inquiry.stays.find((one) => one.person === person && one.left === null) : undefined
      return here?.continueLevel === 'cq-12' ? 'cq-24' : here?.continueLevel === 'cq-24' ? 'cq-48' : 'cq-12'
    }
    return each<Paper<'continueQuestioning'>>(state, (person) => ({
      kind: 'continueQuestioning',
      person,
      continueLevel: level(person),
      unclear: 'identityWithheld',
    }))
  },
}
