import { dayOf } from '#kernel/day.ts'
import { Refusal } from '#kernel/decider.ts'
import { ruleOn } from '#kernel/statute.ts'
import type { Event } from '../contract.ts'
import { helpers, type Officer, type Person, type PersonRole } from '../contract/parts.ts'
import { rules } from '../rules/rows.ts'
import { type Asked, giverOf, likeOfficers, type Of } from './asked.ts'
import { checks } from './identity.ts'
import type { Matter } from './matter.ts'

export const is = (person: Person, role: PersonRole): boolean => person.roles.includes(role)

/** Whose matter it is: what he has at stake bars him from handling it, and from interpreting in it. */
const parties: readonly PersonRole[] = ['reporter', 'victim', 'suspect']
const isParty = (person: Person): boolean => parties.some((role) => is(person, role))

const articleOf = (rule: 'q-recusal' | 'q-language', at: string): string => ruleOn(rules, rule, dayOf(at)).article

/** Who stands by somebody stands by a person of this case, and not by himself. */
function helps({ id, roles, of }: Person, persons: readonly Person[], field: string, at: string): void {
  if (!roles.some((role) => helpers.has(role))) return
  const article = roles.includes('interpreter') ? articleOf('q-language', at) : ruleOn(rules, 'ver-question.guardian', dayOf(at)).article
  if (of === undefined) throw new Refusal('of-needed', { field: `${field}.of`, article })
  if (of.some((whose) => whose === id || !persons.some((one) => one.id === whose)))
    throw new Refusal('of-unknown', { field: `${field}.of` })
}

/**
 * Somebody of whom nothing is known is not recorded as a person.
 * @param given what is new, among `persons`: all of the case
 */
export function personsFit(
  given: readonly Person[],
  persons: readonly Person[],
  at: string,
  fieldOf = (n: number) => `data.persons.${n}`,
): void {
  for (const [n, person] of given.entries()) {
    const field = fieldOf(n)
    if (person.personName === undefined && person.described === undefined)
      throw new Refusal('person-unnamed', { field: `${field}.personName` })
    if (persons.filter(({ id }) => id === person.id).length > 1) throw new Refusal('person-twice', { field })
    if (person.born !== undefined && person.born > dayOf(at)) throw new Refusal('born-in-future', { field: `${field}.born` })
    if (is(person, 'interpreter') && isParty(person))
      throw new Refusal('interpreter-party', { field: `${field}.roles`, article: articleOf('q-recusal', at) })
    helps(person, persons, field, at)
  }
}

/** A number whose last sign is wrong is kept as it stands in the paper, and said; so is a day of birth that the number does not hold. */
export const idFindings = (persons: readonly Person[]): Event[] =>
  persons.flatMap((person): Event[] => {
    const { id, idType, idNumber, born } = person
    if (idType !== 'residentId' || idNumber === undefined) return []
    if (!checks(idNumber)) return [{ type: 'found', data: { rule: 'id-check-digit', person: id } }]
    return born !== undefined && born !== bornByNumber(idNumber) ? [{ type: 'found', data: { rule: 'id-birth', person: id } }] : []
  })

const bornByNumber = (number: string): string => {
  const digits = number.replaceAll(/\s/g, '')
  return `${digits.slice(6, 10)}-${digits.slice(10, 12)}-${digits.slice(12, 14)}`
}

/** Whole years on a day; null: nobody knows when he was born. A resident's number holds the day. */
export function ageOn({ born, idType, idNumber }: Person, at: string): number | null {
  const day = born ?? (idType === 'residentId' && idNumber !== undefined && checks(idNumber) ? bornByNumber(idNumber) : null)
  if (day === null) return null
  const today = dayOf(at)
  return Number(today.slice(0, 4)) - Number(day.slice(0, 4)) - (today.slice(5) < day.slice(5) ? 1 : 0)
}

/** Nobody handles a matter in which he is a party (AP 17). */
export function noParty(
  { persons }: Pick<Matter, 'persons'>,
  officers: readonly Pick<Officer, 'account'>[],
  at: string,
  field?: string,
): void {
  if (persons.some((person) => isParty(person) && officers.some(({ account }) => account === person.account)))
    throw new Refusal('party-handles', { ...(field !== undefined && { field }), article: articleOf('q-recusal', at) })
}

export const recused = ({ books }: Matter, account: string): boolean =>
  books.recusal.some(({ officer, outcome }) => officer.account === account && outcome === 'recused')

/** No command of a matter is for who is a party in it, nor for who was recused. */
export function unbiased(matter: Matter, asked: Asked): void {
  const giver = giverOf(asked)
  if (giver === null) return
  noParty(matter, [giver], asked.at)
  if (recused(matter, giver.account)) throw new Refusal('recused', { article: articleOf('q-recusal', asked.at) })
}

export function addPerson(matter: Matter, { person }: Of<'addPerson'>, asked: Asked): Event[] {
  const persons = [...matter.persons, person]
  personsFit([person], persons, asked.at, () => 'data.person')
  noParty({ persons }, matter.row.officers, asked.at, 'data.person')
  return [{ type: 'personAdded', data: { person } }, ...idFindings([person]), ...likeOfficers({ persons: [person] }, matter.row.officers)]
}

export function correctPerson(matter: Matter, { person, reason }: Of<'correctPerson'>, asked: Asked): Event[] {
  const before = matter.persons.find(({ id }) => id === person.id)
  if (before === undefined) throw new Refusal('person-unknown')
  if (JSON.stringify(sortedEntries(before)) === JSON.stringify(sortedEntries(person))) throw new Refusal('nothing-amended')
  const persons = matter.persons.map((one) => (one.id === person.id ? person : one))
  personsFit([person], persons, asked.at, () => 'data.person')
  noParty({ persons }, matter.row.officers, asked.at, 'data.person')
  return [{ type: 'personCorrected', data: { person, reason } }, ...idFindings([person])]
}

export const sortedEntries = (given: object): [string, unknown][] => Object.entries(given).toSorted(([a], [b]) => (a < b ? -1 : 1))
