import { seeded } from '../areas.ts'

/** FNV-1a over the parts: the same words give the same seed on every machine. */
function seedOf(parts: readonly (string | number)[]): number {
  let hash = 0x811c9dc5
  for (const char of parts.join('\u0000')) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193)
  return hash
}

export interface Dice {
  /** At least `low`, below `high`. */
  between(low: number, high: number): number
  whole(low: number, high: number): number
  chance(share: number): boolean
  pick<Item>(list: readonly Item[]): Item
  /** One of the items, each as often as it weighs. */
  weighed<Item>(list: readonly Item[], weight: (item: Item) => number): Item
}

/** Dice that fall the same way for the same words: what a thing is like hangs on its name and the seed, never on what happened before. */
export function dice(...parts: readonly (string | number)[]): Dice {
  const unit = seeded(seedOf(parts))
  const pick = <Item>(list: readonly Item[]): Item => list[Math.floor(unit() * list.length)] as Item
  return {
    between: (low, high) => low + (high - low) * unit(),
    whole: (low, high) => Math.floor(low + (high + 1 - low) * unit()),
    chance: (share) => unit() < share,
    pick,
    weighed(list, weight) {
      let left = unit() * list.reduce((sum, item) => sum + weight(item), 0)
      return list.find((item) => (left -= weight(item)) < 0) ?? (list.at(-1) as (typeof list)[number])
    },
  }
}
