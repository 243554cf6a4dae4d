import type { Unit } from '#kernel/web/units.ts'

export interface Node extends Unit {
  readonly depth: number
  readonly children: number
  /** Its place among those under the same parent, counted from 1, and how many they are. */
  readonly place: number
  readonly beside: number
}

/** Whether every word is part of the name, the code, or how the name is spelled, in full or by initials. */
export function fits(unit: Unit, words: string): boolean {
  const text = `${unit.name} ${unit.code} ${unit.keys} ${unit.keys.replaceAll(' ', '')}`.toLowerCase()
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

/**
 * The units in the order of the tree. Without words: those whose way up is open. With words, or when only some are `wanted`: those, with what they belong to.
 */
export function treeOf(units: readonly Unit[], open: ReadonlySet<string>, wanted: ((unit: Unit) => boolean) | null): readonly Node[] {
  const known = new Set(units.map((unit) => unit.code))
  const parentOf = (unit: Unit) => (unit.parent && known.has(unit.parent) ? unit.parent : null)
  const children = Map.groupBy(
    units.toSorted((a, b) => a.code.localeCompare(b.code)),
    parentOf,
  )
  const walk = (parent: string | null, depth: number): Node[] => {
    const own = children.get(parent) ?? []
    const shown = own.flatMap((unit): Node[][] => {
      const below = wanted !== null || open.has(unit.code) ? walk(unit.code, depth + 1) : []
      if (wanted !== null && !wanted(unit) && below.length === 0) return []
      const count = children.get(unit.code)?.length ?? 0
      return [[{ ...unit, depth, children: count, place: 0, beside: 0 }, ...below]]
    })
    return shown.flatMap(([node, ...below], index) => (node ? [{ ...node, place: index + 1, beside: shown.length }, ...below] : []))
  }
  return walk(null, 0)
}
