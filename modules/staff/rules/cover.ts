import type { Boundary } from '../contract.ts'

/** A piece of a border from its lower to its upper end; level pieces bound nothing. */
interface Piece {
  readonly low: number
  readonly high: number
  readonly x: number
  readonly slope: number
  /** Whose border: 0 is the area that is measured, the others cover it. */
  readonly owner: number
}

/** Latitudes at which an area is looked at, beside those of its corners. */
const evenly = 128
/** Corners beyond this many say nothing new about a share: then the area is looked at evenly. */
const most = 2048

function pieces(boundary: Boundary, owner: number): Piece[] {
  return boundary.flat().flatMap((ring) =>
    ring.slice(1).flatMap(([bx, by], index) => {
      const [ax, ay] = ring[index] ?? [bx, by]
      if (ay === by) return []
      const slope = (bx - ax) / (by - ay)
      return [ay < by ? { low: ay, high: by, x: ax, slope, owner } : { low: by, high: ay, x: bx, slope, owner }]
    }),
  )
}

/** Where one looks: every stretch between two of these has no corner in it, or they are as many as are of use. */
function latitudes(all: readonly Piece[], south: number, north: number): number[] {
  const corners = new Set(all.flatMap(({ low, high }) => [low, high]).filter((y) => y > south && y < north))
  const even = corners.size > most ? most : evenly
  const between = Array.from({ length: even + 1 }, (_, index) => south + ((north - south) * index) / even)
  return [...new Set([...between, ...(corners.size > most ? [] : corners)])].toSorted((a, b) => a - b)
}

type Stretch = readonly [from: number, to: number]

/** The stretches inside, by the even-odd rule, of borders crossed at these longitudes. */
function stretches(crossed: readonly number[]): Stretch[] {
  const sorted = crossed.toSorted((a, b) => a - b)
  return sorted.flatMap((from, index) => (index % 2 === 0 ? [[from, sorted[index + 1] ?? from] as const] : []))
}

/** How much of the first stretches lies in any of the second. */
function shared(own: readonly Stretch[], others: readonly Stretch[]): number {
  const sorted = others.toSorted(([a], [b]) => a - b)
  let length = 0
  for (const [from, to] of own) {
    let reached = from
    for (const [start, end] of sorted) {
      const [left, right] = [Math.max(start, reached), Math.min(end, to)]
      if (right <= left) continue
      length += right - left
      reached = right
    }
  }
  return length
}

/** An area, and the part of it that lies in any of the others. */
export interface Cover {
  readonly own: number
  readonly covered: number
}

/** From the southernmost latitude of an area to the northernmost. */
const span = (area: Boundary): [number, number] =>
  area.flat(2).reduce(([low, high], [, y]) => [Math.min(low, y), Math.max(high, y)], [90, -90])

/**
 * Measures by looking along latitudes: exact where no borders cross between two corners, else to the square of the distance between two looks. The unit is the
 * square degree of the equator, so only shares mean anything. The effort is bounded, whatever is drawn. Two latitudes take the part between them.
 */
export function cover(area: Boundary, others: readonly Boundary[], [south, north] = span(area)): Cover {
  const own = pieces(area, 0)
  const all = [...own, ...others.flatMap((other, index) => pieces(other, index + 1))]
    .filter(({ low, high }) => high > south && low < north)
    .toSorted((a, b) => a.low - b.low)
  const looks = latitudes(all, south, north)
  const sum = { own: 0, covered: 0 }
  let active: Piece[] = []
  let next = 0
  for (const [index, low] of looks.entries()) {
    const high = looks[index + 1]
    if (high === undefined) break
    const y = (low + high) / 2
    for (let piece = all[next]; piece !== undefined && piece.low < y; piece = all[++next]) active.push(piece)
    active = active.filter((piece) => piece.high > y)
    const byOwner = new Map<number, number[]>()
    for (const { owner, x, slope, low: from } of active) {
      const list = byOwner.get(owner)
      const at = x + slope * (y - from)
      if (list === undefined) byOwner.set(owner, [at])
      else list.push(at)
    }
    const inside = stretches(byOwner.get(0) ?? [])
    byOwner.delete(0)
    const height = (high - low) * Math.cos((y * Math.PI) / 180)
    sum.own += height * inside.reduce((length, [from, to]) => length + to - from, 0)
    sum.covered += height * shared(inside, [...byOwner.values()].flatMap(stretches))
  }
  return sum
}

/** Per cent of an area, to the hundredth. */
const percent = (part: number, whole: number): number => (whole > 0 ? Math.round((10_000 * part) / whole) / 100 : 0)

/** About a square metre: neighbours that share a border, and the last digit of a number. */
const negligible = 1e-10

/** The smaller of two areas and the share of it that lies in the other, in per cent. */
export function overlap(a: Boundary, b: Boundary): { readonly first: boolean; readonly share: number } {
  const [[southA, northA], [southB, northB]] = [span(a), span(b)]
  const [south, north] = [Math.max(southA, southB), Math.min(northA, northB)]
  const { covered } = south < north ? cover(a, [b], [south, north]) : { covered: 0 }
  if (covered < negligible) return { first: true, share: 0 }
  const [ownA, ownB] = [cover(a, []).own, cover(b, []).own]
  return { first: ownA <= ownB, share: percent(covered, Math.min(ownA, ownB)) }
}

/** The share of an area that lies in none of the others, in per cent. */
export function uncovered(area: Boundary, others: readonly Boundary[]): number {
  const { own, covered } = cover(area, others)
  return percent(own - covered, own)
}
