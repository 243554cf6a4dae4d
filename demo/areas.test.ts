import assert from 'node:assert/strict'
import { test } from 'node:test'
import { intersection, union } from 'polyclip-ts'
import type { Boundary } from '#modules/staff/contract.ts'
import { area, inside, type Point, pointsInside, seeded, stationAreas } from './areas.ts'
import { districts } from './geo.ts'

const counts: Readonly<Record<string, number>> = { '110101': 17, '110105': 43, '110106': 26, '110111': 28, '110113': 25 }
const cut = districts()
  .filter(({ code }) => counts[code] !== undefined)
  .map((district) => ({
    ...district,
    areas: stationAreas(district.boundary, counts[district.code] ?? 0, district.label, Number(district.code)),
  }))

for (const { name, boundary, areas, code, label } of cut) {
  test(`the stations of ${name} are the district`, () => {
    const parts = areas.map((station) => station.boundary)
    const [first, ...rest] = parts
    assert.ok(first !== undefined)
    const together = union(first, ...rest)
    const whole = union(boundary)
    assert.ok(Math.abs(area(together) - area(whole)) < 1e-6)
    const sum = parts.reduce((total, part) => total + area(part), 0)
    assert.ok(Math.abs(sum - area(whole)) < 1e-6, 'no overlap: the parts weigh what the whole does')
  })

  test(`every point of ${name} lies in exactly one station`, () => {
    for (const point of pointsInside(boundary, 4000, seeded(7))) {
      assert.equal(areas.filter((station) => inside(station.boundary, point)).length, 1, point.join())
    }
    for (const station of areas) assert.ok(inside(station.boundary, station.site))
  })

  test(`${name} is cut the same way again`, () => {
    if (code === '110101') assert.deepEqual(stationAreas(boundary, areas.length, label, Number(code)), areas)
    assert.equal(new Set(areas.map(({ site }) => site.join())).size, areas.length)
  })
}

test('no two stations of 东城区 share ground', () => {
  const areas = cut.find(({ code }) => code === '110101')?.areas ?? []
  for (const [index, one] of areas.entries()) {
    for (const other of areas.slice(index + 1)) assert.ok(area(intersection(one.boundary, other.boundary)) < 1e-12)
  }
})

test('a bent district with a hole and an island is cut without loss', () => {
  const ring = (...points: Point[]): Point[] => [...points, points[0] as Point]
  const boundary: Boundary = [
    [ring([0, 0], [4, 0], [4, 3], [3, 3], [3, 1], [1, 1], [1, 3], [0, 3]), ring([0.2, 0.2], [0.8, 0.2], [0.8, 0.8], [0.2, 0.8])],
    [ring([1.5, 2], [2.5, 2], [2.5, 3], [1.5, 3])],
  ]
  const areas = stationAreas(boundary, 9, [2, 1], 1)
  assert.equal(areas.length, 9)
  assert.ok(Math.abs(areas.reduce((sum, station) => sum + area(station.boundary), 0) - area(boundary)) < 1e-9)
  for (const point of pointsInside(boundary, 4000, seeded(3))) {
    assert.equal(areas.filter((station) => inside(station.boundary, point)).length, 1, point.join())
  }
})
