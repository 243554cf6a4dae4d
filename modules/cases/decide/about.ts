import { Refusal } from '#kernel/decider.ts'
import type { Person } from '../contract/parts.ts'
import type { Asked } from './asked.ts'
import { ageOn, is } from './persons.ts'
import { amountOn } from './amounts.ts'
import type { Matter } from './matter.ts'

export function isMinor(person: Person, asked: Pick<Asked, 'at'>): boolean {
  const age = ageOn(person, asked.at)
  return age !== null && age < amountOn(asked, 'dec-adult').amount
}

export const suspectsOf = ({ persons }: Pick<Matter, 'persons'>): readonly Person[] => persons.filter((person) => is(person, 'suspect'))

/** @throws Refusal when nobody of that id is suspected in this case */
export function suspectOf(matter: Matter, id: string): Person {
  const found = suspectsOf(matter).find((one) => one.id === id)
  if (found === undefined) throw new Refusal('not-a-suspect', { field: 'data.person' })
  return found
}

/** What rules of procedure ask about somebody, as far as it is on record. */
export const situated = ({ situations = [] }: Person, situation: (typeof situations)[number]): boolean => situations.includes(situation)
