import type { Point } from '../areas.ts'
import type { Dice } from './dice.ts'

/** How often a way turns, and how far off the straight line its streets lie, as a share of the distance. */
const turns = [1, 3] as const
const offLine = 0.15

/** A made-up way: streets run east and north as in this city, so it goes in right angles. */
export function wayBetween(from: Point, to: Point, roll: Dice): readonly Point[] {
  const amount = roll.whole(...turns)
  const way: Point[] = [from]
  for (let turn = 1; turn <= amount + 1; turn++) {
    const share = turn / (amount + 1)
    const last = turn === amount + 1
    const off = () => (last ? 0 : roll.between(-offLine, offLine))
    const [x, y] = way.at(-1) as Point
    const next: Point = last ? to : [from[0] + (to[0] - from[0]) * (share + off()), from[1] + (to[1] - from[1]) * (share + off())]
    way.push(roll.chance(0.5) ? [next[0], y] : [x, next[1]], next)
  }
  return way
}

const length = ([ax, ay]: Point, [bx, by]: Point): number => Math.hypot(bx - ax, by - ay)

/** Where on the way one is after this share of it, from 0 to 1. */
export function along(way: readonly Point[], share: number): Point {
  const parts = way.slice(1).map((point, index) => length(way[index] as Point, point))
  let left = Math.min(1, Math.max(0, share)) * parts.reduce((sum, part) => sum + part, 0)
  for (const [index, part] of parts.entries()) {
    const [from, to] = [way[index] as Point, way[index + 1] as Point]
    if (left <= part) {
      const done = part === 0 ? 0 : left / part
      return [from[0] + (to[0] - from[0]) * done, from[1] + (to[1] - from[1]) * done]
    }
    left -= part
  }
  return way.at(-1) as Point
}
