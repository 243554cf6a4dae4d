import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Seat, server, type TestServer } from '#kernel/testing/server.ts'
import { verify } from '#kernel/verify.ts'
import { commands, type Views } from '#modules/dispatch/contract.ts'
import { modules } from '../modules.ts'
import { inside } from './areas.ts'
import { firstAdministrators } from './city.ts'
import { districts, places, streets } from './geo.ts'
import { seedPlaces } from './places.ts'

let house: TestServer
let taker: Seat
before(async () => {
  house = await server(modules)
  await firstAdministrators(house.house.road)
  for (const { code, name, boundary } of districts())
    await house.unit(code, { kind: 'subBureau', name, parent: '110000', boundary, schematic: true })
  await house.unit('110105029', { kind: 'station', name: '三里屯派出所', parent: '110105', position: [116.45, 39.93] })
  await seedPlaces(house.url)
  taker = await house.seat('callTaker', '110000')
})
after(() => house.stop())

test('every street and town and 180 more places, each inside its district, each as the command takes it', () => {
  const all = places()
  assert.deepEqual(
    all
      .filter(({ code }) => !code.includes('-'))
      .map(({ code, name, district }) => ({ code, name, district }))
      .toSorted((a, b) => Number(a.code) - Number(b.code)),
    streets().toSorted((a, b) => Number(a.code) - Number(b.code)),
  )
  assert.ok(all.length >= streets().length + 180)
  assert.equal(new Set(all.map(({ code }) => code)).size, all.length)
  const boundaries = new Map(districts().map(({ code, boundary }) => [code, boundary]))
  const astray = all.filter(({ district, lon, lat }) => !inside(boundaries.get(district) ?? [], [lon, lat]))
  assert.deepEqual(astray, [])
  for (const { code: _code, district, pinyin, ...about } of all)
    commands.setPlace.parse({ ...about, unit: district, ...(pinyin !== '' && { pinyin }) })
})

test('they are sent through the public API, once, and found by whoever takes calls', async () => {
  const amount = async () => {
    const [row] = await house.house.pool.read('*', (tx) =>
      tx.query<{ amount: number }>(`select count(*) as amount from kernel.event where type = 'placeSet'`),
    )
    return row?.amount
  }
  assert.equal(await amount(), places().length)
  await seedPlaces(house.url)
  assert.equal(await amount(), places().length)
  const find = async (q: string) => (await taker.view<Views['places']>('dispatch', 'places', { q })).data.rows.map(({ name }) => name)
  for (const q of ['三里', 'sanlitun', 's l t'])
    assert.deepEqual((await find(q)).filter((name) => name.includes('三里屯')).toSorted(), ['三里屯太古里', '三里屯派出所', '三里屯街道'])
  assert.deepEqual(await find('dashilan'), ['大栅栏'])
  assert.ok((await find('xhyy')).includes('北京协和医院'))
  assert.deepEqual((await verify(house.database.owner, modules)).differences, [])
})
