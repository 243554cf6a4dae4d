import type { Boundary } from '../contract.ts'

type Point = readonly [number, number]
type Ring = readonly Point[]

/** Whether a point lies in an area: even-odd over all rings, outer rings and holes alike. */
export function inside(boundary: Boundary, [x, y]: Point): boolean {
  let odd = false
  for (const ring of boundary.flat()) {
    for (let index = 1; index < ring.length; index++) {
      const [[ax, ay], [bx, by]] = [ring[index - 1] as Point, ring[index] as Point]
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) odd = !odd
    }
  }
  return odd
}

const side = ([ax, ay]: Point, [bx, by]: Point, [px, py]: Point): number => Math.sign((bx - ax) * (py - ay) - (by - ay) * (px - ax))

/** Two pieces of a line that go through each other; a common end or a touch is no crossing. */
const cross = (a: Point, b: Point, c: Point, d: Point): boolean => side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0

/** Where a ring goes through itself, or null: such a ring has no inside that two people would agree on. */
export function crossing(ring: Ring): Point | null {
  const pieces = ring
    .slice(1)
    .map((to, index) => ({ from: ring[index] as Point, to }))
    .map((piece) => ({ ...piece, low: Math.min(piece.from[0], piece.to[0]), high: Math.max(piece.from[0], piece.to[0]) }))
    .toSorted((a, b) => a.low - b.low)
  for (const [index, one] of pieces.entries()) {
    for (let next = index + 1; next < pieces.length; next++) {
      const other = pieces[next]
      if (other === undefined || other.low > one.high) break
      if (cross(one.from, one.to, other.from, other.to)) return other.from
    }
  }
  return null
}
