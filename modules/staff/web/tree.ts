import type { Unit } from '#kernel/web/units.ts'

export interface Node extends Unit {
  readonly depth: number
}

/** The units in the order of the tree, each with its depth; those that fit the words, with what they belong to. */
export function treeOf(units: readonly Unit[], words: string): readonly Node[] {
  const children = new Map<string | null, Unit[]>()
  const known = new Set(units.map((unit) => unit.code))
  for (const unit of units) {
    const parent = unit.parent && known.has(unit.parent) ? unit.parent : null
    children.set(parent, [...(children.get(parent) ?? []), unit])
  }
  const wanted = words.trim().toLowerCase()
  const fits = (unit: Unit) => wanted === '' || `${unit.name} ${unit.code}`.toLowerCase().includes(wanted)
  const walk = (parent: string | null, depth: number): Node[] =>
    (children.get(parent) ?? [])
      .sort((a, b) => a.code.localeCompare(b.code))
      .flatMap((unit) => {
        const below = walk(unit.code, depth + 1)
        return fits(unit) || below.length > 0 ? [{ ...unit, depth }, ...below] : []
      })
  return walk(null, 0)
}
