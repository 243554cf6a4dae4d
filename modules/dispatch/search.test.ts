import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from '#kernel/testing/notes.ts'
import { type Seat, server, type TestServer } from '#kernel/testing/server.ts'
import { verify } from '#kernel/verify.ts'
import { modules } from '../../modules.ts'
import type { Views } from './contract.ts'
import { searchRows } from './rules.ts'

let house: TestServer
let seats: Record<'taker' | 'dutyA' | 'dutyB' | 'sub' | 'city', Seat>
const known = new Map<string, string>()

const open = async (station: string, narrative: string, more: object = {}): Promise<string> => {
  const id = randomUUID()
  const call = { id: randomUUID(), channel: 'voice', number: '138 0013 2071' }
  const data = { call, narrative, place: { kind: 'described', text: '三里屯路19号' }, kind: 'noise', unit: station, ...more }
  const { status, body } = await seats.taker.command('dispatch', id, 'open', data)
  assert.equal(status, 200, JSON.stringify(body))
  known.set(id, narrative)
  return id
}

before(async () => {
  house = await server(modules)
  await house.unit('B1', { kind: 'bureau', name: '市局' })
  await house.unit('S1', { kind: 'subBureau', name: '一分局', parent: 'B1' })
  await house.unit('S2', { kind: 'subBureau', name: '二分局', parent: 'B1' })
  await house.unit('A1', { kind: 'station', name: '甲所', parent: 'S1' })
  await house.unit('A2', { kind: 'station', name: '乙所', parent: 'S2' })
  seats = {
    taker: await house.seat('callTaker', 'B1'),
    dutyA: await house.seat('stationDuty', 'A1'),
    dutyB: await house.seat('stationDuty', 'A2'),
    sub: await house.seat('subBureauDuty', 'S1'),
    city: await house.seat('citySupervisor', 'B1'),
  }
  await open('A1', '门口自行车被偷，红色永久牌', { kind: 'theft' })
  await open('A1', '请他自行离开，后来车也走了')
  await open('A1', 'ATM 吞卡，车牌京Ａ１２３４５')
  await open('A2', '楼上自行车撞门，𠮷野家门前')
})
after(() => house.stop())

const found = async (seat: Seat, query: Record<string, string>) =>
  (await seat.view<Views['search']>('dispatch', 'search', query)).data.rows.map(({ id }) => known.get(id)?.slice(0, 8))

test('a Chinese word is found where its characters stand together, and nowhere else', async () => {
  assert.deepEqual(await found(seats.city, { unit: 'B1', q: '自行车' }), ['楼上自行车撞门，', '门口自行车被偷，'])
  assert.deepEqual(await found(seats.city, { unit: 'B1', q: '自行' }), ['楼上自行车撞门，', '请他自行离开，后', '门口自行车被偷，'])
  assert.deepEqual(await found(seats.city, { unit: 'B1', q: '自行 永久' }), ['门口自行车被偷，'])
  assert.deepEqual(await found(seats.city, { unit: 'B1', q: '吞' }), ['ATM 吞卡，车'])
  assert.deepEqual(await found(seats.city, { unit: 'B1', q: '𠮷野' }), ['楼上自行车撞门，'])
})

test('letters and digits without case and width, by their beginning; a place like the narrative', async () => {
  assert.deepEqual(await found(seats.city, { unit: 'B1', q: 'atm' }), ['ATM 吞卡，车'])
  assert.deepEqual(await found(seats.city, { unit: 'B1', q: '京a1234' }), ['ATM 吞卡，车'])
  assert.equal((await found(seats.city, { unit: 'B1', q: '三里屯路19号' })).length, 4)
  assert.deepEqual(await found(seats.city, { unit: 'B1', q: "'; drop table" }), [])
  assert.deepEqual(await found(seats.city, { unit: 'B1', q: '，。' }), [])
})

test('by number of the incident and of the caller, type, state and time', async () => {
  const first = (await seats.city.view<Views['search']>('dispatch', 'search', { unit: 'B1', q: '永久' })).data.rows[0]
  assert.ok(first)
  assert.deepEqual(await found(seats.city, { unit: 'B1', q: first.number }), ['门口自行车被偷，'])
  assert.deepEqual(await found(seats.city, { unit: 'B1', q: first.number.slice(3) }), ['门口自行车被偷，'])
  assert.equal((await found(seats.city, { unit: 'B1', q: '+86 13800132071' })).length, 4)
  assert.deepEqual(await found(seats.city, { unit: 'B1', kinds: 'theft,fraud' }), ['门口自行车被偷，'])
  await seats.city.command('dispatch', first.id, 'cancel', { reason: '-' })
  assert.deepEqual(await found(seats.city, { unit: 'B1', state: 'over' }), ['门口自行车被偷，'])
  assert.equal((await found(seats.city, { unit: 'B1', state: 'open' })).length, 3)
  assert.deepEqual(await found(seats.city, { unit: 'B1', since: '2999-01-01T00:00:00Z' }), [])
  assert.equal((await found(seats.city, { unit: 'B1', until: '2999-01-01T00:00:00Z' })).length, 4)
})

test('only what is the reader’s, also where a unit below is asked for', async () => {
  assert.equal((await found(seats.dutyA, { unit: 'A1', q: '自行' })).length, 2)
  assert.equal((await found(seats.sub, { unit: 'A1', q: '自行' })).length, 2)
  assert.equal((await found(seats.city, { unit: 'S2', q: '自行' })).length, 1)
  for (const [seat, unit] of [
    [seats.dutyA, 'A2'],
    [seats.dutyA, 'S1'],
    [seats.sub, 'S2'],
    [seats.sub, 'nothing'],
  ] as const)
    assert.equal((await seat.ask('GET', `/view/dispatch/search?unit=${unit}&q=13800132071`)).status, 404)
})

test('a corrected narrative and a transferred incident are found as they are now', async () => {
  const id = await open('A1', '楼下施工噪音')
  await seats.dutyA.command('dispatch', id, 'correct', { narrative: '楼下唱歌扰民', reason: '听错' })
  await seats.dutyA.command('dispatch', id, 'transfer', { station: 'A2', reason: '辖区' })
  known.set(id, '楼下唱歌扰民')
  assert.deepEqual(await found(seats.dutyB, { unit: 'A2', q: '唱歌' }), ['楼下唱歌扰民'])
  assert.deepEqual(await found(seats.dutyA, { unit: 'A1', q: '唱歌' }), [])
  assert.deepEqual(await found(seats.city, { unit: 'B1', q: '施工' }), [])
  assert.deepEqual((await verify(house.database.owner, modules)).differences, [])
})

test('pages follow one another without a gap and without a double', async () => {
  await Promise.all(Array.from({ length: searchRows + 5 }, (_, i) => open('A2', `同一件事第${i}次`)))
  const seen: string[] = []
  for (let before: string | null = ''; before !== null; ) {
    const { data }: { data: Views['search'] } = await seats.city.view('dispatch', 'search', {
      unit: 'B1',
      q: '同一件事',
      ...(before && { before }),
    })
    seen.push(...data.rows.map(({ id }) => id))
    before = data.next
  }
  assert.deepEqual([seen.length, new Set(seen).size], [searchRows + 5, searchRows + 5])
})

test('wrong input names the field; the words kept are those of the text kept', async () => {
  for (const [query, path] of [
    ['q=x', 'unit'],
    [`unit=B1&q=${'长'.repeat(101)}`, 'q'],
    ['unit=B1&since=yesterday', 'since'],
    ['unit=B1&state=x', 'state'],
    ['unit=B1&before=2026-01-01T00:00:00Z~x', 'before.1'],
  ] as const) {
    const { status, body } = await seats.city.ask('GET', `/view/dispatch/search?${query}`)
    assert.deepEqual(
      [status, (body as { error: { fields: { path: string }[] } }).error.fields.map((field) => field.path).at(-1)],
      [422, path],
    )
  }
  const words = await sql<{ same: boolean }>(
    house.database.owner,
    'select bool_and(words = kernel.words_of(content)) as same from dispatch.word',
  )
  assert.equal(words[0]?.same, true)
})
