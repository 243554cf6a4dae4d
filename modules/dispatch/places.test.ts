import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Seat, server, type TestServer } from '#kernel/testing/server.ts'
import { verify } from '#kernel/verify.ts'
import { modules } from '../../modules.ts'
import type { Views } from './contract.ts'
import { placeRows } from './rules.ts'

let house: TestServer
let seats: Record<'system' | 'taker' | 'duty' | 'foreign', Seat>

const square = (x: number, y: number) => [
  [
    [
      [x, y],
      [x + 1, y],
      [x + 1, y + 1],
      [x, y + 1],
      [x, y],
    ],
  ],
]
const set = (code: string, data: object, seat = seats.system) =>
  seat.command('dispatch', `place:${code}`, 'setPlace', { kind: 'landmark', unit: 'S1', lon: 116.5, lat: 39.5, ...data })

before(async () => {
  house = await server(modules)
  for (const [bureau, sub, station] of [
    ['B1', 'S1', 'A1'],
    ['B2', 'S9', 'Z1'],
  ] as const) {
    await house.unit(bureau, { kind: 'bureau', name: `${bureau}市局`, boundary: square(116, 39) })
    await house.unit(sub, { kind: 'subBureau', name: '朝阳分局', parent: bureau, position: [116.4, 39.4] })
    await house.unit(station, { kind: 'station', name: '三里屯派出所', parent: sub, position: [116.45, 39.45], schematic: true })
  }
  await house.unit('A2', { kind: 'station', name: '无址派出所', parent: 'S1' })
  seats = {
    system: await house.seat('systemAdministrator', 'B1'),
    taker: await house.seat('callTaker', 'B1'),
    duty: await house.seat('stationDuty', 'A1'),
    foreign: await house.seat('callTaker', 'B2'),
  }
  for (const [code, data] of Object.entries({
    slt: { name: '三里屯街道', kind: 'street', lon: 116.46, schematic: true },
    tgl: { name: '三里屯太古里' },
    slh: { name: '三里河', kind: 'road', lon: 116.2 },
    dsl: { name: '大栅栏', pinyin: 'da shi lan' },
    t3: { name: '首都机场Ｔ３航站楼', kind: 'airport' },
    art: { name: '798艺术区' },
    green: { name: '绿地中心' },
    rare: { name: '𠮷野家' },
  }))
    assert.equal((await set(code, data)).status, 200, code)
})
after(() => house.stop())

const rows = async (q: string, more: object = {}, seat = seats.taker) =>
  (await seat.view<Views['places']>('dispatch', 'places', { q, ...more })).data.rows
const names = async (q: string, more: object = {}, seat = seats.taker) => (await rows(q, more, seat)).map(({ name }) => name)

test('by characters, by pinyin and by initials, with spaces or without, from the beginning or from within', async () => {
  const all = ['三里屯街道', '三里屯太古里', '三里屯派出所']
  for (const q of ['三里屯', 'sanlitun', 'san li tun', 'slt', 's l t', 'SLT', 'ｓｌｔ', 'sanlit', '里屯', 'litun', 'lit'])
    assert.deepEqual((await names(q)).toSorted(), all.toSorted(), q)
  assert.deepEqual((await names('三里')).toSorted(), [...all, '三里河'].toSorted())
  assert.deepEqual(await names('tgl'), ['三里屯太古里'])
  assert.deepEqual(await names('屯'), await names('tun'))
})

test('as a name is read here, also where it has letters, digits, ü or a character that nobody reads', async () => {
  assert.deepEqual(await names('dashilan'), ['大栅栏'])
  assert.deepEqual(await names('dazhalan'), [])
  for (const q of ['t3', 'T3航站楼', 't3hzl', 'sdjct3', 'hangzhan']) assert.deepEqual(await names(q), ['首都机场Ｔ３航站楼'], q)
  for (const q of ['798', '798ysq', 'yishuqu']) assert.deepEqual(await names(q), ['798艺术区'], q)
  for (const q of ['lvdi', 'lüdi', 'ldzx']) assert.deepEqual(await names(q), ['绿地中心'], q)
  for (const q of ['𠮷野', 'yejia']) assert.deepEqual(await names(q), ['𠮷野家'], q)
})

test('what it is stands before what begins so, the nearer before the farther; an address offers the names within it', async () => {
  assert.deepEqual((await names('三里', { near: '116.2,39.5' }))[0], '三里河')
  assert.deepEqual((await names('三里', { near: '116.46,39.5' }))[0], '三里屯街道')
  assert.equal((await set('three', { name: '三里', lon: 116.99 })).status, 200)
  assert.deepEqual((await names('三里', { near: '116.2,39.5' })).slice(0, 2), ['三里', '三里河'])
  assert.deepEqual((await names('报警人在三里屯路19号太古里北区')).slice(0, 1), ['三里屯街道'])
  assert.deepEqual(await names('三里屯派出所门口'), ['三里屯派出所', '三里屯街道', '三里'])
})

test('a unit is found where it has a position, at its own code and under its parent', async () => {
  const [row] = await rows('三里屯派出所')
  const station = { code: 'A1', name: '三里屯派出所', kind: 'station', unit: 'S1', lon: 116.45, lat: 39.45, schematic: true }
  assert.deepEqual(row, station)
  assert.deepEqual(await names('cyfj'), ['朝阳分局'])
  assert.deepEqual(await names('wuzhi'), [])
})

test('only those of one’s own bureau; only its system administrator fills them', async () => {
  assert.deepEqual(await names('太古里', {}, seats.foreign), [])
  assert.deepEqual(await names('slt', {}, seats.foreign), ['三里屯派出所'])
  assert.deepEqual(await names('tgl', {}, seats.duty), ['三里屯太古里'])
  assert.equal((await set('x', { name: 'x', unit: 'S9' })).status, 409)
  assert.equal((await set('x', { name: 'x' }, seats.taker)).status, 403)
  assert.equal((await set('x', { name: 'x', lon: 10 })).status, 409)
})

test('renamed and retired it is found as it is now', async () => {
  assert.equal((await set('old', { name: '旧名大厦' })).status, 200)
  assert.equal((await set('old', { name: '新名大厦' })).status, 200)
  assert.deepEqual([await names('旧名'), await names('xinming')], [[], ['新名大厦']])
  assert.equal((await seats.system.command('dispatch', 'place:old', 'retirePlace', { reason: '已拆除' })).status, 200)
  assert.deepEqual(await names('xinming'), [])
  assert.deepEqual((await verify(house.database.owner, modules)).differences, [])
})

test('signs that find nothing find nothing, and many find no more than a list shows', async () => {
  for (const q of ["'; drop table dispatch.place; --", '，。', '%', "':*", '🙂', 'a'.repeat(200)]) assert.deepEqual(await names(q), [], q)
  await Promise.all(Array.from({ length: placeRows + 8 }, (_, i) => set(`many${i}`, { name: `万家超市${i}店`, lon: 116.1 + i / 100 })))
  assert.equal((await names('万家')).length, placeRows)
  assert.equal((await names('w', { near: '116.1,39.5' }))[0], '万家超市0店')
})

test('wrong input names the field and stores nothing', async () => {
  for (const [query, path] of [
    ['', 'q'],
    [`q=${'长'.repeat(201)}`, 'q'],
    ['q=x&near=1', 'near'],
    ['q=x&near=116.4,99', 'near.1'],
    ['q=x&unit=B1', 'unit'],
  ] as const) {
    const { status, body } = await seats.taker.ask('GET', `/view/dispatch/places?${query}`)
    assert.deepEqual([status, (body as { error: { fields: { path: string }[] } }).error.fields[0]?.path], [422, path], query)
  }
  for (const [data, path] of [
    [{ name: '' }, 'data.name'],
    [{ name: 'x', kind: 'incident' }, 'data.kind'],
    [{ name: 'x', lon: 181 }, 'data.lon'],
    [{ name: 'x', pinyin: 'sān' }, 'data.pinyin'],
    [{ name: 'x', bureau: 'B1' }, 'data.bureau'],
  ] as const) {
    const { status, body } = await set('wrong', data)
    assert.deepEqual([status, (body as { error: { fields: { path: string }[] } }).error.fields[0]?.path], [422, path])
  }
  const nowhere = await seats.system.command('dispatch', 'place:..', 'setPlace', {
    name: 'x',
    kind: 'park',
    unit: 'S1',
    lon: 116.5,
    lat: 39.5,
  })
  assert.equal(nowhere.status, 422)
})
