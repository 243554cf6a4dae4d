import { dayOf } from '#kernel/day.ts'
import { Refusal } from '#kernel/decider.ts'
import { ruleOn } from '#kernel/statute.ts'
import type { Event } from '../contract.ts'
import type { Officer, Person } from '../contract/parts.ts'
import { rules } from '../rules/rows.ts'
import { type Asked, giverOf, type Of } from './asked.ts'
import { inForce } from './counting.ts'
import { isOver } from './limits.ts'
import { ageOn, is, recused } from './persons.ts'
import type { Matter } from './matter.ts'
import { hereOf, openSession } from './stays.ts'
import { articleOf, familyLaw, keptUnder } from './summoning.ts'

type Begin = Of<'beginSession'>

/** Questioned alone on a record of his own: nobody is at two questionings at once. */
function alone(matter: Matter, officers: readonly Officer[], at: string): void {
  const busy = matter.books.inquiry.sessions.find(
    ({ ended, officers: those }) => ended === null && those.some(({ account }) => officers.some((one) => one.account === account)),
  )
  if (busy !== undefined) throw new Refusal('officer-busy', { article: articleOf('q-alone', at) })
}

/** Two officers; one only in a standard venue, recorded from start to end, since the law knows it. */
export function twoOfficers(
  matter: Matter,
  { second, oneMay }: { readonly second: string | undefined; readonly oneMay: boolean },
  asked: Asked,
): readonly Officer[] {
  const { at, facts } = asked
  const giver = giverOf(asked)
  const first = giver === null ? [] : [giver]
  const article = articleOf('q-two', at)
  if (second === undefined) {
    if (!oneMay || !inForce('q-one', at) || facts.settings.standardVenue !== 1)
      throw new Refusal('two-officers', { field: 'data.second', article })
    return first
  }
  const other = [...facts.officers, ...matter.row.officers].find(({ account }) => account === second)
  if (other === undefined || second === giver?.account) throw new Refusal('not-second', { field: 'data.second', article })
  if (recused(matter, second)) throw new Refusal('recused', { field: 'data.second', article: articleOf('q-recusal', at) })
  return [...first, { account: other.account, name: other.name }]
}

/** Whoever was brought in is questioned in the case-handling area and nowhere else; who was not summoned, where he lives or works. */
function venueFits(matter: Matter, person: Person, { venue }: Begin, at: string): void {
  if (!is(person, 'suspect')) return
  const here = hereOf(matter, person.id)
  if (here === undefined) {
    if (venue === 'area' || venue === 'scene' || venue === 'named')
      throw new Refusal('summon-first', { field: 'data.venue', article: articleOf('sum-summon', at) })
    return
  }
  if (venue !== 'area') throw new Refusal('area-only', { field: 'data.venue', article: articleOf('q-venue', at) })
  if (here.restrained !== null) throw new Refusal('sober-first', { article: articleOf('q-drunk', at) })
  if (!here.checked) throw new Refusal('safety-first', { article: articleOf('q-safety-check', at) })
  if (here.arrival === 'continued' && here.continueLevel === null)
    throw new Refusal('cq-approve', { article: ruleOn(rules, 'cq-12', dayOf(at)).article })
  if (here.family === null) throw new Refusal('family-first', { article: familyLaw(here, at) })
  const kept = keptUnder(matter, person.id)
  if (kept !== undefined && isOver(kept, at)) throw new Refusal('time-over', { article: kept.limit.article })
}

function recording(person: Person, { venue, recorded = false }: Begin, at: string): void {
  if (recorded) return
  const field = 'data.recorded'
  if (is(person, 'suspect') && venue === 'area' && ruleOn(rules, 'q-av', dayOf(at)).is === 'duty')
    throw new Refusal('recording-needed', { field, article: articleOf('q-av', at) })
  if (venue === 'remote' && inForce('ver-av.remote', at))
    throw new Refusal('recording-needed', { field, article: ruleOn(rules, 'ver-av.remote', dayOf(at)).article })
}

/** By a minor a guardian; where none can come, another suitable adult, and why. */
function adultFits({ persons }: Matter, person: Person, { adult, whyNot }: Begin, at: string): void {
  const { amount, article } = ruleOn(rules, 'ver-question.guardian', dayOf(at))
  const age = ageOn(person, at)
  if (adult === undefined) {
    if (age !== null && age < amount) throw new Refusal('guardian-needed', { field: 'data.adult', article, values: { age: amount } })
    return
  }
  const found = persons.find(({ id }) => id === adult)
  const own = found?.of?.includes(person.id) === true && (is(found, 'guardian') || is(found, 'otherAdult')) && !is(found, 'suspect')
  if (found === undefined || !own) throw new Refusal('not-his-adult', { field: 'data.adult', article })
  if (!is(found, 'guardian') && whyNot === undefined) throw new Refusal('why-no-guardian', { field: 'data.whyNot', article })
}

function interpreted({ persons }: Matter, person: Person, { interpreter }: Begin, at: string): void {
  const article = articleOf('q-language', at)
  if (interpreter === undefined) {
    if (person.situations?.some((one) => one === 'deafMute' || one === 'otherLanguage'))
      throw new Refusal('interpreter-needed', { field: 'data.interpreter', article })
    return
  }
  const found = persons.find(({ id }) => id === interpreter)
  if (found === undefined || !is(found, 'interpreter') || !found.of?.includes(person.id))
    throw new Refusal('not-his-interpreter', { field: 'data.interpreter', article })
}

/** 询问: of a suspect, a victim or a witness. */
export function beginSession(matter: Matter, data: Begin, asked: Asked): Event[] {
  const { at } = asked
  const { second, rightsTold = false, ...told } = data
  const person = matter.persons.find(({ id }) => id === data.person)
  if (person === undefined) throw new Refusal('person-unknown', { field: 'data.person' })
  const { sessions } = matter.books.inquiry
  if (openSession(matter, person.id) !== undefined) throw new Refusal('session-open', { article: articleOf('q-alone', at) })
  venueFits(matter, person, data, at)
  recording(person, data, at)
  const officers = twoOfficers(matter, { second, oneMay: data.venue === 'area' && data.recorded === true }, asked)
  alone(matter, officers, at)
  if (!rightsTold) throw new Refusal('rights-first', { field: 'data.rightsTold', article: articleOf('q-alone', at) })
  adultFits(matter, person, data, at)
  interpreted(matter, person, data, at)
  const first = !sessions.some((one) => one.person === person.id)
  return [{ type: 'sessionBegun', data: { ...told, session: sessions.length + 1, officers: [...officers], first } }]
}

/** Read or heard, corrected, signed; why somebody does not sign is noted. Of the first one: who he is, whether a deputy, what is on record. */
export function endSession(matter: Matter, data: Of<'endSession'>, { at }: Asked): Event[] {
  const open = openSession(matter, data.person)
  if (open === undefined) throw new Refusal('no-session', { field: 'data.person' })
  const { sessions } = matter.books.inquiry
  const first = sessions.find(({ person }) => person === data.person) === open
  const suspect = matter.persons.some((person) => person.id === data.person && is(person, 'suspect'))
  if (first && suspect && data.identityAsked !== true)
    throw new Refusal('identity-first', { field: 'data.identityAsked', article: articleOf('q-alone', at) })
  if (data.signature !== 'signed' && data.note === undefined)
    throw new Refusal('refusal-noted', { field: 'data.note', article: articleOf('q-sign', at) })
  return [{ type: 'sessionEnded', data: { ...data, session: open.session } }]
}
