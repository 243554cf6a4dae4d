import { Delaunay } from 'd3-delaunay'
import { intersection } from 'polyclip-ts'
import type { Boundary } from '#modules/staff/contract.ts'

export type Point = [number, number]

/** A made-up station area: where the station stands and what it covers. */
export interface StationArea {
  readonly site: Point
  readonly boundary: Boundary
}

/** Random numbers that are the same on every machine: mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Even-odd over all rings: outer rings and holes alike. */
export function inside(boundary: Boundary, [x, y]: Point): boolean {
  let odd = false
  for (const polygon of boundary) {
    for (const ring of polygon) {
      for (let i = 1; i < ring.length; i++) {
        const [[ax, ay], [bx, by]] = [ring[i - 1] as Point, ring[i] as Point]
        if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) odd = !odd
      }
    }
  }
  return odd
}

/** Square degrees; holes count against. */
export function area(boundary: Boundary): number {
  const ringArea = (ring: readonly Point[]) => {
    let twice = 0
    for (let i = 1; i < ring.length; i++) {
      const [[ax, ay], [bx, by]] = [ring[i - 1] as Point, ring[i] as Point]
      twice += ax * by - bx * ay
    }
    return Math.abs(twice) / 2
  }
  return boundary.reduce(
    (sum, [outer, ...holes]) => sum + ringArea(outer ?? []) - holes.reduce((lost, hole) => lost + ringArea(hole), 0),
    0,
  )
}

function bounds(boundary: Boundary): { low: Point; high: Point } {
  const [low, high]: [Point, Point] = [
    [Infinity, Infinity],
    [-Infinity, -Infinity],
  ]
  for (const [x, y] of boundary.flat(2)) {
    low[0] = Math.min(low[0], x)
    low[1] = Math.min(low[1], y)
    high[0] = Math.max(high[0], x)
    high[1] = Math.max(high[1], y)
  }
  return { low, high }
}

export function pointsInside(boundary: Boundary, amount: number, random: () => number): Point[] {
  const { low, high } = bounds(boundary)
  const points: Point[] = []
  while (points.length < amount) {
    const point: Point = [low[0] + (high[0] - low[0]) * random(), low[1] + (high[1] - low[1]) * random()]
    if (inside(boundary, point)) points.push(point)
  }
  return points
}

const samplesPerStation = 60
const rounds = 12

/** Lloyd's relaxation over sample points; a site is always one of them, so it lies inside however the district bends. */
function relaxed(samples: readonly Point[], amount: number): Point[] {
  const distance = ([ax, ay]: Point, [bx, by]: Point) => (ax - bx) ** 2 + (ay - by) ** 2
  const nearest = (point: Point, among: readonly Point[]) =>
    among.reduce((best, other) => (distance(point, other) < distance(point, best) ? other : best))
  let sites = samples.slice(0, amount)
  for (let round = 0; round < rounds; round++) {
    const delaunay = Delaunay.from(sites)
    const groups = Map.groupBy(samples, ([x, y]) => delaunay.find(x, y))
    sites = sites.map((site, index) => {
      const group = groups.get(index) ?? [site]
      const sum = group.reduce<Point>(([x, y], point) => [x + point[0], y + point[1]], [0, 0])
      return nearest([sum[0] / group.length, sum[1] / group.length], group)
    })
  }
  return sites
}

/**
 * The boundary without corners that cannot matter inside the box: of a run beyond one side of it only the ends stay. The clipper is exact and slow,
 * and a cell touches few of a district's thousand corners.
 */
function near(boundary: Boundary, { low, high }: { low: Point; high: Point }): Boundary {
  const beyond = ([x, y]: Point) => (x < low[0] ? 1 : 0) | (x > high[0] ? 2 : 0) | (y < low[1] ? 4 : 0) | (y > high[1] ? 8 : 0)
  return boundary
    .map((polygon) =>
      polygon
        .map((ring) => {
          const kept: Point[] = []
          ring.forEach((point, index) => {
            const [before, next] = [kept.at(-1), ring[index + 1]]
            if (before === undefined || next === undefined || (beyond(before) & beyond(point) & beyond(next)) === 0) kept.push(point)
          })
          return kept
        })
        .filter((ring) => ring.reduce((sides, point) => sides & beyond(point), 15) === 0),
    )
    .filter((polygon) => polygon.length > 0)
}

/** Four sites beyond the horizon make every real cell finite, so that neighbours share their corners to the last digit. */
const horizon: readonly Point[] = [
  [-1, 0],
  [1, 0],
  [0, -1],
  [0, 1],
]
const horizonDegrees = 60

/**
 * Cuts a district into as many areas: together they are the district, apart they share only borders. The same input gives the same areas.
 * The first ones lie nearest to `centre`.
 */
export function stationAreas(boundary: Boundary, amount: number, centre: Point, seed: number): StationArea[] {
  // One degree of longitude is shorter than one of latitude: cells are made on a stretched plane, or they would all be flat.
  const stretch = Math.cos((centre[1] * Math.PI) / 180)
  const plane = ([x, y]: Point): Point => [x * stretch, y]
  const samples = pointsInside(boundary, amount * samplesPerStation, seeded(seed)).map(plane)
  const [cx, cy] = plane(centre)
  const sites = relaxed(samples, amount).toSorted((a, b) => Math.hypot(a[0] - cx, a[1] - cy) - Math.hypot(b[0] - cx, b[1] - cy))
  const far = horizon.map(([x, y]): Point => [cx + x * horizonDegrees, cy + y * horizonDegrees])
  const span = horizonDegrees * 2
  const voronoi = Delaunay.from([...sites, ...far]).voronoi([cx - span, cy - span, cx + span, cy + span])
  return sites.map(([x, y], index) => {
    const cell = voronoi.cellPolygon(index).map(([px, py]): Point => [px / stretch, py])
    return { site: [x / stretch, y], boundary: intersection([cell], near(boundary, bounds([[cell]]))) }
  })
}
