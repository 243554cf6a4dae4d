import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Seat, server, type TestServer } from '#kernel/testing/server.ts'
import { verify } from '#kernel/verify.ts'
import type { Finding, Views } from '../contract.ts'
import { staffModule } from '../module.ts'

type Ring = [number, number][]
const box = (west: number, south: number, east: number, north: number): Ring => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
]

let house: TestServer
let system: Seat
before(async () => {
  house = await server([staffModule])
  await house.unit('B1', { kind: 'bureau', name: '某市公安局' })
  await house.unit('S1', { kind: 'subBureau', parent: 'B1', name: '一分局', boundary: [[box(0, 0, 10, 10)]] })
  await house.unit('S2', { kind: 'subBureau', parent: 'B1', name: '二分局' })
  system = await house.seat('systemAdministrator', 'B1')
})
after(() => house.stop())

const open = (code: string, ring: Ring, parent = 'S1') => house.unit(code, { kind: 'station', parent, name: code, boundary: [[ring]] })
async function draw(code: string, ring: Ring): Promise<void> {
  const reply = await system.command('staff', code, 'drawBoundary', { boundary: [[ring]], reason: '重划' })
  assert.equal(reply.status, 200, JSON.stringify(reply.body))
}
const findings = async (unit: string) => (await system.view<Views['findings']>('staff', 'findings', { unit })).data
const all = async (): Promise<readonly Finding[]> => (await findings('B1')).findings

test('a gap is looked for once every station of a sub-bureau is drawn, and is none when they cover it', async () => {
  assert.deepEqual(await findings('S1'), { findings: [], gap: null }, 'there is nothing below it')
  await house.unit('A1', { kind: 'station', parent: 'S1', name: 'A1' })
  await house.unit('C1', { kind: 'centre', parent: 'S1', name: '中心' })
  assert.deepEqual((await findings('S1')).gap, { share: null, drawn: 0, all: 1 }, 'a centre covers nothing')
  await draw('A1', box(0, 0, 4, 10))
  await open('A2', box(4, 0, 9, 10))
  assert.deepEqual(await findings('S1'), { findings: [], gap: { share: 10, drawn: 2, all: 2 } })
  await draw('A2', box(4, 0, 10.0005, 10))
  assert.deepEqual(
    await findings('S1'),
    { findings: [], gap: { share: 0, drawn: 2, all: 2 } },
    'a border a hair too far is within the tolerance',
  )
  assert.deepEqual((await findings('S2')).gap, null, 'it has no area')
})

test('an overlap is found when either is drawn, and ends when one of them is mended, is named once, or is closed', async () => {
  await open('A3', box(3, 0, 5, 10))
  const two: readonly Finding[] = [
    { kind: 'overlap', units: ['A3', 'A1'], share: 50 },
    { kind: 'overlap', units: ['A3', 'A2'], share: 50 },
  ]
  assert.deepEqual(await all(), two)
  assert.deepEqual((await findings('A1')).findings, [two[0]])
  await draw('A1', box(0, 0, 3, 10))
  assert.deepEqual(await all(), [two[1]], 'the other one was mended')
  await draw('A1', box(0, 0, 3.5, 10))
  assert.deepEqual(await all(), [two[1], { kind: 'overlap', units: ['A3', 'A1'], share: 25 }])
  const closed = await system.command('staff', 'A3', 'closeUnit', { reason: '撤并' })
  assert.equal(closed.status, 200)
  assert.deepEqual(await all(), [])
})

test('what sticks out of the unit above is found when it is drawn and when the unit above is', async () => {
  await draw('A2', box(3.5, 0, 11, 10))
  const [out] = await all()
  assert.deepEqual([out?.kind, out?.units, Math.round(out?.share ?? 0)], ['overhang', ['A2', 'S1'], 13])
  await draw('S1', box(0, 0, 11, 10))
  assert.deepEqual(await all(), [])
  await draw('S1', box(0, 0, 7.25, 10))
  assert.deepEqual(await all(), [{ kind: 'overhang', units: ['A2', 'S1'], share: 50 }])
  await draw('S1', box(0, 0, 11, 10))
})

test('of two that are drawn over each other at one moment one hears of it, and a rebuild finds the same', async () => {
  for (let round = 0; round < 5; round++) {
    await Promise.all([draw('A1', box(0, 0, 6, 10)), draw('A2', box(5, 0, 11, 10))])
    assert.deepEqual(
      (await all()).map(({ kind }) => kind),
      ['overlap'],
    )
    await Promise.all([draw('A1', box(0, 0, 5, 10)), draw('A2', box(5, 0, 11, 10))])
    assert.deepEqual(await all(), [])
  }
  await draw('A1', box(0, 0, 6, 10))
  const { differences } = await verify(house.database.owner, [staffModule])
  assert.deepEqual(differences, [])
})
