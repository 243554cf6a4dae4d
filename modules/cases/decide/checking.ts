import { dayOf } from '#kernel/day.ts'
import { type Recorded, Refusal } from '#kernel/decider.ts'
import { ruleOn } from '#kernel/statute.ts'
import type { Event } from '../contract.ts'
import type { Checks, sampleKinds } from '../contract/checks.ts'
import type { Person } from '../contract/parts.ts'
import { rules } from '../rules/rows.ts'
import { handling } from './handling.ts'
import type { Asked, Of } from './asked.ts'
import type { Book } from './book.ts'
import { certificateFor, openSamples } from './allowing.ts'
import { inForce } from './counting.ts'
import type { Matter } from './matter.ts'
import { is } from './persons.ts'
import { twoOfficers } from './sessions.ts'
import { articleOf } from './summoning.ts'

function personOf({ persons }: Matter, id: string): Person {
  const found = persons.find((one) => one.id === id)
  if (found === undefined) throw new Refusal('person-unknown', { field: 'data.person' })
  return found
}

function signed({ signature, note }: Pick<Of<'lineUp'>, 'signature' | 'note'>, at: string): void {
  if (signature !== 'signed' && note === undefined)
    throw new Refusal('refusal-noted', { field: 'data.note', article: articleOf('q-sign', at) })
}

/** Premises need the certificate, or cannot wait and are recorded whole; a home needs it always. */
function lawful(matter: Matter, { inspects, certificate, atOnce, recorded }: Of<'inspect'>, at: string): void {
  if (certificate !== undefined) {
    certificateFor(matter, certificate, inspects, at)
    return
  }
  const article = articleOf('q-inspect', at)
  if (inspects === 'home' || (inspects === 'premises' && atOnce !== true))
    throw new Refusal('certificate-needed', { field: 'data.certificate', article })
  if (inspects === 'premises' && recorded !== true && inForce('ver-av.inspection', at))
    throw new Refusal('recording-needed', { field: 'data.recorded', article: ruleOn(rules, 'ver-av.inspection', dayOf(at)).article })
}

/** 检查: by two, with the card shown; a woman's body by women. */
function inspect(matter: Matter, data: Of<'inspect'>, asked: Asked): Event[] {
  const { at } = asked
  const { second, cardShown = false, ...told } = data
  if (!inForce('q-inspect', at)) throw new Refusal('rule-not-kept')
  const article = articleOf('q-inspect', at)
  if (!cardShown) throw new Refusal('show-card', { field: 'data.cardShown', article })
  lawful(matter, data, at)
  const person = data.person === undefined ? null : personOf(matter, data.person)
  if (data.inspects === 'body') {
    if (person === null) throw new Refusal('whose-body', { field: 'data.person', article })
    if (person.sex === 'female' && data.byWomen !== true) throw new Refusal('by-women', { field: 'data.byWomen', article })
  }
  signed(data, at)
  const officers = twoOfficers(matter, { second, oneMay: false }, asked)
  return [{ type: 'inspected', data: { ...told, officers: [...officers] } }]
}

/** 辨认: among so many at least, without a hint. */
function lineUp(matter: Matter, data: Of<'lineUp'>, asked: Asked): Event[] {
  const { at } = asked
  const { second, noHints = false, ...told } = data
  const person = personOf(matter, data.person)
  if (!(['suspect', 'victim', 'witness'] as const).some((role) => is(person, role)))
    throw new Refusal('not-asked-to-recognise', { field: 'data.person' })
  const { amount, article } = ruleOn(rules, `q-lineup.${data.lineUp}`, dayOf(at))
  if (data.among < amount) throw new Refusal('lineup-few', { field: 'data.among', article, values: { least: amount } })
  if (!noHints) throw new Refusal('no-hints', { field: 'data.noHints', article })
  signed(data, at)
  const officers = twoOfficers(matter, { second, oneMay: false }, asked)
  return [{ type: 'linedUp', data: { ...told, officers: [...officers] } }]
}

/** What was approved, once each; of a victim with his consent. */
function takeSamples(matter: Matter, data: Of<'takeSamples'>, { at }: Asked): Event[] {
  const person = personOf(matter, data.person)
  if (!inForce('q-biometric', at)) throw new Refusal('rule-not-kept')
  const article = articleOf('q-biometric', at)
  const open = openSamples(matter, data.person)
  if (data.samples.some((sample) => !open.includes(sample))) throw new Refusal('sampling-not-approved', { field: 'data.samples', article })
  if (!is(person, 'suspect') && data.consent !== true) throw new Refusal('consent-needed', { field: 'data.consent', article })
  return [{ type: 'samplesTaken', data }]
}

type Samples = readonly (typeof sampleKinds)[number][]
const allowed = (slice: Checks, person: string, samples: Samples): Checks => ({
  ...slice,
  samples: [...slice.samples, ...samples.map((sample) => ({ person, sample, at: null }))],
})
const taken = (slice: Checks, person: string, samples: Samples, at: string): Checks => ({
  ...slice,
  samples: slice.samples.map((one) => (one.person === person && samples.includes(one.sample) ? { ...one, at } : one)),
})

function evolve(slice: Checks, event: Recorded<Event>): Checks {
  if (event.data === null) return slice
  const { at } = event
  switch (event.type) {
    case 'inspectionAllowed':
      return { ...slice, certificates: [...slice.certificates, { ...event.data, used: false }] }
    case 'inspected': {
      const { inspects, place, person = null, certificate = null, officers, gist } = event.data
      const certificates = slice.certificates.map((one) => (one.certificate === certificate ? { ...one, used: true } : one))
      return { ...slice, certificates, inspections: [...slice.inspections, { at, inspects, place, person, certificate, officers, gist }] }
    }
    case 'linedUp': {
      const { person, lineUp: among, among: count, recognition, officers, gist = null } = event.data
      return { ...slice, lineUps: [...slice.lineUps, { at, person, lineUp: among, among: count, recognition, officers, gist }] }
    }
    case 'samplingAllowed':
      return allowed(slice, event.data.person, event.data.samples)
    case 'samplesTaken':
      return taken(slice, event.data.person, event.data.samples, at)
    default:
      return slice
  }
}

/** 检查、辨认、采集生物样本. */
export const checks: Book<Checks, 'inspect' | 'lineUp' | 'takeSamples'> = {
  initial: { certificates: [], inspections: [], lineUps: [], samples: [] },
  commands: ['inspect', 'lineUp', 'takeSamples'],
  decide(matter, command, asked) {
    handling(matter, asked)
    switch (command.type) {
      case 'inspect':
        return inspect(matter, command.data, asked)
      case 'lineUp':
        return lineUp(matter, command.data, asked)
      case 'takeSamples':
        return takeSamples(matter, command.data, asked)
    }
  },
  evolve,
  row: () => ({}),
}
