import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Boundary } from '../contract.ts'
import { cover, overlap, uncovered } from './cover.ts'
import { crossing, inside } from './rings.ts'

type Ring = [number, number][]
const box = (west: number, south: number, east: number, north: number): Ring => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
]
const one: Boundary = [[box(0, 0, 10, 10)]]

test('shares of boxes are exact, and whose share it is, is the smaller’s', () => {
  assert.deepEqual(overlap(one, [[box(5, 0, 25, 10)]]), { first: true, share: 50 })
  assert.deepEqual(overlap([[box(5, 0, 25, 10)]], one), { first: false, share: 50 })
  assert.deepEqual(overlap(one, [[box(0, 20, 10, 30)]]), { first: true, share: 0 })
  assert.deepEqual(overlap(one, [[box(10, 0, 20, 10)]]), { first: true, share: 0 }, 'a common border is no overlap')
  assert.equal(overlap(one, [[box(2, -1, 2.01, 11)]]).share, 83.38, 'a degree of longitude is shorter further north')
  assert.equal(uncovered(one, [[[box(0, 0, 10, 10)]]]), 0)
  assert.equal(uncovered(one, [[[box(0, 0, 4, 10)]], [[box(6, 0, 10, 10)]]]), 20)
  assert.equal(uncovered(one, [[[box(0, 0, 7, 10)]], [[box(3, 0, 8, 10)]]]), 20, 'what two cover counts once')
  assert.equal(uncovered(one, []), 100)
})

test('holes and islands count as what they are', () => {
  const ring: Boundary = [[box(0, 0, 10, 10), box(2, 0, 8, 10)]]
  assert.equal(uncovered(one, [ring]), 60)
  assert.deepEqual(overlap(ring, [[box(2, 0, 8, 10)]]), { first: true, share: 0 })
  assert.equal(uncovered(one, [[[box(0, 0, 1, 10)], [box(9, 0, 10, 10)]]]), 80)
})

/** A regular polygon: its area is known. */
const round = (x: number, y: number, radius: number, corners: number): Boundary => {
  const ring = Array.from({ length: corners }, (_, n): [number, number] => {
    const turn = (2 * Math.PI * n) / corners
    return [x + radius * Math.cos(turn), y + radius * Math.sin(turn)]
  })
  return [[[...ring, ring[0] ?? [0, 0]]]]
}

test('borders that cross are measured to within a hundredth of a per cent, also with many thousand corners', () => {
  for (const corners of [12, 700, 20_000]) {
    const disc = round(0, 0, 1, corners)
    const { own } = cover(disc, [])
    assert.ok(Math.abs(own / ((corners / 2) * Math.sin((2 * Math.PI) / corners)) - 1) < 2e-4, `${corners}: ${own}`)
    // Two discs of radius 1 at distance 1 share 2π/3 − √3/2.
    const lens = (2 * Math.PI) / 3 - Math.sqrt(3) / 2
    const { share } = overlap(disc, round(1, 0, 1, corners))
    if (corners > 12) assert.ok(Math.abs(share - (100 * lens) / Math.PI) < 0.03, `${corners}: ${share}`)
  }
})

test('a point lies inside or not, and a ring goes through itself or not', () => {
  const holed: Boundary = [[box(0, 0, 10, 10), box(4, 4, 6, 6)]]
  assert.deepEqual([inside(holed, [1, 1]), inside(holed, [5, 5]), inside(holed, [11, 1])], [true, false, false])
  assert.equal(crossing(box(0, 0, 1, 1)), null)
  assert.equal(crossing(round(0, 0, 1, 2000)[0]?.[0] ?? []), null)
  const bow: Ring = [
    [0, 0],
    [1, 1],
    [1, 0],
    [0, 1],
    [0, 0],
  ]
  assert.notEqual(crossing(bow), null)
})
