import { Chance } from '../../e2e/fuzz/values.ts'
import { bureau, stations, subBureaus } from '../dispatch/plan.ts'
import { perDay, vocabulary } from './million.ts'

export const scopes = ['station', 'subBureau', 'bureau'] as const
export type Scope = (typeof scopes)[number]
export const asks = [
  'common word',
  'seldom word',
  'two words',
  'kind and state',
  'time and word',
  'incident number',
  'caller number',
] as const
export type Ask = (typeof asks)[number]

/** What a person asks for, as the address of the search has it. */
export interface Question {
  readonly ask: Ask
  readonly scope: Scope
  readonly query: Readonly<Record<string, string>> & { readonly unit: string }
}

/** Whose searches these are: each scope asks from the same seat. */
export const seats: Readonly<Record<Scope, string>> = {
  station: stations[100]?.code ?? '',
  subBureau: subBureaus[4] ?? '',
  bureau,
}

/** Runs of two to four characters out of a text, as people type what they remember of it. */
function wordOf(chance: Chance, text: string): string {
  const part = chance.one(text.split(/[，、]/))
  const length = Math.min(part.length, 2 + chance.below(3))
  const from = chance.below(part.length - length + 1)
  return part.slice(from, from + length)
}

const pad = (value: number, digits: number): string => String(value).padStart(digits, '0')

/** `first`: the day of the first incident, in milliseconds since 1970; every run with the same seed asks the same. */
export function questions(amount: number, seed: number, rows: number, first: number): readonly Question[] {
  const chance = new Chance(seed)
  const days = Math.floor(rows / perDay)
  const { leads, details, objects, streets, kinds } = vocabulary
  const instant = (day: number): string => new Date(first + day * 86_400_000).toISOString()
  const asked: Record<Ask, () => Record<string, string>> = {
    'common word': () => ({ q: wordOf(chance, chance.one(leads)) }),
    'seldom word': () => ({ q: `a${pad(chance.below(100_000), 5)}` }),
    'two words': () => ({ q: `${chance.one(objects)} ${chance.one(streets)}` }),
    'kind and state': () => ({ kinds: chance.one(kinds), state: chance.one(['open', 'over']) }),
    'time and word': () => {
      const day = chance.below(days)
      return { q: wordOf(chance, chance.one(details)), since: instant(day), until: instant(day + 1) }
    },
    'incident number': () => {
      const day = new Date(first + chance.below(days) * 86_400_000 + 8 * 3_600_000)
      return {
        q: `${day.toISOString().slice(2, 4)}-${day.toISOString().slice(5, 10).replace('-', '')}-${pad(chance.below(perDay) + 1, 5)}`,
      }
    },
    'caller number': () => ({ q: `139${pad(chance.below(100_000_000), 8)}` }),
  }
  return Array.from({ length: amount }, (_, index) => {
    const ask = asks[index % asks.length] ?? 'common word'
    const scope = scopes[Math.floor(index / asks.length) % scopes.length] ?? 'bureau'
    return { ask, scope, query: { unit: seats[scope], ...asked[ask]() } }
  })
}
