import type { Draft, PlaceRow } from '../contract.ts'
import { folded, keysOf, rankOf, type Spellings, spellingsOf } from '../rules/finding.ts'
import type { Priority } from '../rules.ts'

type Intake = Draft['intake']

/** What a command of the bar does to the form or the screen. */
export type Effect =
  | { readonly does: 'fill'; readonly part: Partial<Intake> }
  | { readonly does: 'place'; readonly row: PlaceRow }
  | { readonly does: 'clear' | 'send' }
  | { readonly does: 'go'; readonly path: string }

/** One thing that the bar can do. `echo` names the sentence under `bar.echo.<echo>` that says so before Enter; `label` fills its blank. */
export interface Entry {
  readonly id: string
  readonly label: string
  readonly hint: string
  readonly echo: 'kind' | 'priority' | 'unit' | 'place' | 'unknown' | 'clear' | 'send' | 'go' | 'mine'
  readonly effect: Effect
  readonly written: readonly Written[]
}
/** One way to write a command: a name with how it is read, or a code. */
interface Written {
  readonly spellings: Spellings
  readonly keys: readonly string[]
}
export const written = (name: string, reading = ''): Written => ({ spellings: spellingsOf(name, reading), keys: keysOf(name, reading) })

/** More text than this is no command. */
export const mostTyped = 200
const shown = 8

/** Text cut to what a command can be, and whether any of it was lost. */
export function cut(text: string): { readonly text: string; readonly lost: boolean } {
  // The rest of a novel is not even counted.
  const signs = [...text.slice(0, 2 * mostTyped + 1)]
  return signs.length > mostTyped ? { text: signs.slice(0, mostTyped).join(''), lost: true } : { text, lost: false }
}

const best = (entry: Entry, asked: string): number =>
  Math.min(...entry.written.map(({ spellings, keys }) => rankOf(spellings, keys, asked) ?? Number.POSITIVE_INFINITY))

/** The commands that a text may mean: what it is, what begins so, then the places that the server found, then what has it within. */
export function completed(text: string, commands: readonly Entry[], places: readonly Entry[]): readonly Entry[] {
  const asked = folded(text)
  if (asked === '') return []
  const ranked = commands.map((entry) => ({ entry, rank: best(entry, asked) })).toSorted((a, b) => a.rank - b.rank)
  const of = (fits: (rank: number) => boolean) => ranked.filter(({ rank }) => fits(rank)).map(({ entry }) => entry)
  return [...of((rank) => rank < 2), ...places, ...of((rank) => rank === 2)].slice(0, shown)
}

/** The fields of the form as they were before a part is put in. */
export const undoing = (intake: Intake, part: Partial<Intake>): Partial<Intake> =>
  Object.fromEntries(Object.keys(part).map((key) => [key, intake[key as keyof Intake]]))

export const levels: readonly Priority[] = [1, 2, 3]

/** Where the bar leads, and how the name of it is read in Chinese. */
export const ways = [
  { path: '/board', title: 'nav.board', reading: 'jing qing' },
  { path: '/unplaced', title: 'nav.unplaced', reading: 'di dian bu ming' },
  { path: '/incidents', title: 'nav.incidents', reading: 'cha xun' },
  { path: '/me', title: 'nav.me', reading: 'wo de zhang hao' },
] as const

/** What the bar does beside filling fields. */
export const deeds = [
  { id: 'send', title: 'intake.send', reading: 'shuang bu', effect: { does: 'send' } },
  { id: 'clear', title: 'intake.clear', reading: 'qing kong', effect: { does: 'clear' } },
  { id: 'unknown', title: 'intake.unknown', reading: 'di dian bu ming', effect: null },
] as const

/** One’s own incidents that the bar leads to by their place in the list. */
export const ownAtHand = 9
