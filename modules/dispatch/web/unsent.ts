import type { Opening } from './form.ts'

/** What this asks of an entry of the outbox. */
interface Given {
  readonly intention: { readonly module: string; readonly stream: string; readonly type: string; readonly data: unknown }
  readonly standing: string
}

/** The input of a call that lies in the outbox; it was checked by the contract's schema before it went there. */
export const openingOf = ({ intention }: Pick<Given, 'intention'>): Opening => intention.data as Opening

/** The calls of this console that the list does not show yet, the last one taken first. A delivered one stays until its incident stands there. */
export function unsentOf<Entry extends Given>(entries: readonly Entry[], rows: readonly { readonly id: string }[]): readonly Entry[] {
  const there = new Set(rows.map(({ id }) => id))
  const shown = ({ intention, standing }: Entry) => standing !== 'delivered' || !there.has(intention.stream)
  return entries.filter((entry) => entry.intention.module === 'dispatch' && entry.intention.type === 'open' && shown(entry)).toReversed()
}

/** What a call is called while it has no number: the beginning of its incident's id, which stays the same in the address of its record. */
export const slipNumber = ({ intention }: Pick<Given, 'intention'>): string => intention.stream.slice(0, 8).toUpperCase()
