import { conduct, handover, nonPolice } from './kinds/elsewhere.ts'
import { criminal } from './kinds/criminal.ts'
import { dispute } from './kinds/dispute.ts'
import { help } from './kinds/help.ts'
import { order } from './kinds/order.ts'
import type { Kind } from './kinds/row.ts'
import { traffic } from './kinds/traffic.ts'

/**
 * The types of incident that the house comes with, by group. The force's own dated rows lie over them: `kindOn` says what holds.
 * A landed code stays: stored incidents name it.
 */
export const kinds: readonly Kind[] = [...criminal, ...order, ...traffic, ...dispute, ...help, ...conduct, ...handover, ...nonPolice]

const byCode = new Map(kinds.map((kind) => [kind.code, kind]))
export const builtIn = (code: string): Kind | undefined => byCode.get(code)

/** What is set from a day on; null: the type is retired. `n` counts what was set; 0 is what the house came with. */
export interface Dated {
  readonly n: number
  readonly from: string
  readonly set: Omit<Kind, 'code' | 'from'> | null
}

/** A type as it is on a day. `next`: the day of the first change to come. */
export interface KindRow extends Kind {
  readonly retired: boolean
  readonly next: string | null
}

/** Of one day's rows the last recorded holds: an earlier one is never edited, and stays. */
const laterFirst = (a: Dated, b: Dated): number => (a.from < b.from ? 1 : a.from > b.from ? -1 : b.n - a.n)

/** The type `code` on a day, from what it came with and what was set since; undefined before there is any. A retired one keeps what it was. */
export function kindOn(code: string, stored: readonly Dated[], on: string): KindRow | undefined {
  const base = builtIn(code)
  const rows: readonly Dated[] = base === undefined ? stored : [{ n: 0, from: base.from, set: base }, ...stored]
  const begun = rows.filter(({ from }) => from <= on).toSorted(laterFirst)
  const last = begun.find(({ set }) => set !== null)
  const set = last?.set
  if (last === undefined || set === null || set === undefined) return undefined
  const { group, priority, response, questions, words, names } = set
  const coming = rows.map(({ from }) => from).filter((from) => from > on)
  const next = coming.toSorted()[0] ?? null
  return { code, group, priority, response, questions, words, names, from: (begun[0] ?? last).from, retired: begun[0]?.set === null, next }
}
