import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { connected, sql } from '#kernel/testing/notes.ts'
import { type Seat, server, type TestServer } from '#kernel/testing/server.ts'
import { verify } from '#kernel/verify.ts'
import { modules } from '../../modules.ts'
import type { Wall } from './contract/wall.ts'
import { wallSpots } from './rules.ts'

/** Half past eleven at night where the force is: the day ends half an hour later. */
const start = '2026-11-22T15:30:00.000Z'
const later = (seconds: number) => new Date(Date.parse(start) + seconds * 1000).toISOString()

let house: TestServer
let seats: Record<'taker' | 'importer' | 'a1' | 'a2' | 'c1' | 's1' | 's2' | 'city', Seat>

before(async () => {
  house = await server(modules, { at: start })
  await house.unit('B1', { kind: 'bureau', name: '市局' })
  for (const code of ['S1', 'S2']) await house.unit(code, { kind: 'subBureau', name: code, parent: 'B1' })
  for (const code of ['A1', 'A2', 'C1']) await house.unit(code, { kind: 'station', name: code, parent: code === 'C1' ? 'S2' : 'S1' })
  seats = {
    taker: await house.seat('callTaker', 'B1'),
    importer: await house.seat('importer', 'B1'),
    a1: await house.seat('stationDuty', 'A1'),
    a2: await house.seat('stationDuty', 'A2'),
    c1: await house.seat('stationDuty', 'C1'),
    s1: await house.seat('subBureauDuty', 'S1'),
    s2: await house.seat('subBureauDuty', 'S2'),
    city: await house.seat('citySupervisor', 'B1'),
  }
})
after(() => house.stop())

/** The clock stands at `start` and this many seconds. */
function at(seconds: number): void {
  house.clock?.pass((Date.parse(later(seconds)) - Date.parse(house.clock.now())) / 1000)
}
async function act(seat: Seat, incident: string, type: string, data: object = {}, occurred?: object): Promise<void> {
  const { status, body } = await seat.command('dispatch', incident, type, data, occurred && { occurred })
  assert.equal(status, 200, `${type}: ${JSON.stringify(body)}`)
}
async function open(
  unit: string,
  kind: string,
  { seat = seats.taker, occurred }: { seat?: Seat; occurred?: object } = {},
): Promise<string> {
  const id = randomUUID()
  const place = { kind: 'point', lon: 116.45678, lat: 39.91234 }
  await act(seat, id, 'open', { call: { id: randomUUID(), channel: 'voice' }, narrative: '-', place, kind, unit }, occurred)
  return id
}
async function painted(incident: string, lines: readonly (readonly [Seat, number])[]): Promise<void> {
  for (const [seat, line] of lines) {
    const reply = await seat.ask('POST', '/signal/dispatch/acknowledge', { lines: [{ incident, line, seen: false }] })
    assert.equal(reply.status, 200)
  }
}
const wall = async (seat: Seat, unit: string): Promise<Wall> => (await seat.view<Wall>('dispatch', 'wall', { unit })).data
const spot = { lon: 116.457, lat: 39.912 }

test('a unit without anything has a wall of noughts', async () => {
  assert.deepEqual(await wall(seats.city, 'B1'), {
    day: '2026-11-22',
    now: start,
    hour: { calls: 0, incidents: 0 },
    today: { incidents: 0, over: 0 },
    reached: { count: 0, mean: null, p90: null },
    bands: [0, 0, 0, 0],
    waiting: { lines: 0, since: null, at: null },
    slowest: [],
    kinds: [],
    spots: [],
  })
})

/**
 * By hand, seconds after `start`. Lines as unit: sent–signed.
 *   system       A1 0–10, S1 0–45; both had it after 1 s; a second call.
 *   typed        A2 100–200 although 105 was written down, S1 100–; both had it at once, but the call's time is a person's.
 *   imported     nothing is measured.
 *   transferred  A1 and S1 300–340 unsigned, then C1 340–360, S2 340–; both of those had it 50 s after the call.
 *   cancelled    A2 and S1 400–460 unsigned: nobody had to wait for it.
 *   young        A1 690–, S1 690–: ten seconds unsigned at 700, not yet in any band.
 *   closed       C1 500–501, S2 500–560 unsigned, closed at 560.
 */
async function evening(): Promise<void> {
  const system = await open('A1', 'theft')
  at(1)
  await painted(system, [
    [seats.a1, 1],
    [seats.s1, 2],
  ])
  await act(seats.taker, system, 'addCall', { call: { id: randomUUID(), channel: 'voice' } })
  at(10)
  await act(seats.a1, system, 'sign')
  at(45)
  await act(seats.s1, system, 'sign')
  at(100)
  const typed = await open('A2', 'noise', { occurred: { time: later(90), source: 'typed' } })
  await painted(typed, [
    [seats.a2, 1],
    [seats.s1, 2],
  ])
  at(200)
  await act(seats.a2, typed, 'sign', {}, { time: later(105), source: 'typed' })
  await open('A1', 'fraud', { seat: seats.importer, occurred: { time: later(150), source: 'imported' } })
  at(300)
  const transferred = await open('A1', 'theft')
  at(340)
  await act(seats.s1, transferred, 'transfer', { station: 'C1', reason: '-' })
  at(350)
  await painted(transferred, [
    [seats.c1, 3],
    [seats.s2, 4],
  ])
  at(360)
  await act(seats.c1, transferred, 'sign')
  at(400)
  const cancelled = await open('A2', 'noise')
  at(460)
  await act(seats.taker, cancelled, 'cancel', { reason: '-' })
  at(500)
  const closed = await open('C1', 'missing')
  at(501)
  await act(seats.c1, closed, 'sign')
  at(560)
  await act(seats.c1, closed, 'feedback', { result: 'handled', injured: 0, persons: 0, measures: ['none'], text: '-' })
  await act(seats.c1, closed, 'close')
  at(690)
  await open('A1', 'theft')
  at(700)
}

const slow = (unit: string, sent: number, until: number | null, signed: boolean) => ({
  unit,
  level: unit.startsWith('S') ? 'subBureau' : 'station',
  sent: later(sent),
  until: until === null ? null : later(until),
  signed,
})

test('every figure of an evening is the one computed by hand: system, typed, imported, transferred, cancelled, closed, unsigned', async () => {
  await evening()
  assert.deepEqual(await wall(seats.city, 'B1'), {
    day: '2026-11-22',
    now: later(700),
    hour: { calls: 8, incidents: 7 },
    today: { incidents: 7, over: 2 },
    reached: { count: 2, mean: 25_500, p90: 45_100 },
    // 0–30: A1 10, C1 20, C1 1. 30–60: S1 45, A1 and S1 40, S2 60. 60–180: A2 100. Beyond: S1 600 and S2 360 wait.
    bands: [3, 4, 1, 2],
    waiting: { lines: 4, since: later(100), at: spot },
    slowest: [
      slow('S1', 100, null, false),
      slow('S2', 340, null, false),
      slow('A2', 100, 200, true),
      slow('A1', 300, 340, false),
      slow('C1', 340, 360, true),
    ],
    kinds: [
      { kind: 'theft', count: 3 },
      { kind: 'noise', count: 2 },
      { kind: 'fraud', count: 1 },
      { kind: 'missing', count: 1 },
    ],
    spots: Array.from({ length: 5 }, () => spot),
  })
})

test('a sub-bureau and a station have what was theirs when it left, and nobody another unit’s', async () => {
  const one = await wall(seats.s1, 'S1')
  // The transferred incident counts where it is now, its first lines where they were sent.
  assert.deepEqual([one.hour, one.bands, one.waiting.lines, one.reached.count], [{ calls: 6, incidents: 5 }, [1, 3, 1, 1], 3, 1])
  const two = await wall(seats.s2, 'S2')
  assert.deepEqual([two.hour, two.bands, two.waiting.lines, two.reached.count], [{ calls: 2, incidents: 2 }, [2, 1, 0, 1], 1, 1])
  const station = await wall(seats.a1, 'A1')
  assert.deepEqual([station.hour, station.bands, station.waiting.lines], [{ calls: 4, incidents: 3 }, [1, 1, 0, 0], 1])
  assert.deepEqual(await wall(seats.s1, 'A1'), station)
  for (const [seat, unit] of [
    [seats.a1, 'A2'],
    [seats.a1, 'S1'],
    [seats.s1, 'S2'],
    [seats.s2, 'B1'],
  ] as const)
    assert.equal((await seat.ask('GET', `/view/dispatch/wall?unit=${unit}`)).status, 404, unit)
})

test('the functions behind it tell nothing of a unit outside the reader’s scope', async () => {
  const scoped = (call: string) =>
    sql<{ found: number }>(
      house.database.owner,
      `select count(*) filter (where one::text ~ '[1-9]')::int as found from (select set_config('plumbline.scope', 'S1', false)) scope, lateral (select * from ${call}) one`,
    )
  const moments = `'${later(700)}', '${start}'`
  const calls = (unit: string) => [
    `dispatch.wall_calls('${unit}', '${start}'::timestamptz - interval '1 s')`,
    `dispatch.wall_kinds('${unit}', '${start}', '${start}')`,
    `dispatch.wall_lines('${unit}', ${moments}, '{30000,60000,180000}')`,
    `dispatch.wall_waiting('${unit}')`,
    `dispatch.wall_slowest('${unit}', ${moments}, 6)`,
    `dispatch.wall_spots('${unit}', ${wallSpots})`,
  ]
  const found = async (unit: string) => Promise.all(calls(unit).map(async (call) => ((await scoped(call))[0]?.found ?? 0) > 0))
  assert.deepEqual(await found('S1'), [true, true, true, true, true, true])
  assert.deepEqual(await found('S2'), [false, false, false, false, false, false])
})

test('what was closed and is sent back is waited for again', async () => {
  const before = (await wall(seats.s2, 'S2')).waiting.lines
  const [row] = await sql<{ incident: string }>(
    house.database.owner,
    "select incident from dispatch.line l where unit = 'S2' and ended is not null and signed is null",
  )
  await act(seats.s2, row?.incident ?? '', 'sendBack', { reason: '-' })
  assert.equal((await wall(seats.s2, 'S2')).waiting.lines, before + 1)
})

test('a day begins when it begins where the force is, whatever the server’s own zone', async () => {
  const zone = process.env['TZ']
  try {
    for (const here of ['UTC', 'America/New_York', 'Asia/Shanghai']) {
      process.env['TZ'] = here
      at(1799)
      const evening = await wall(seats.city, 'B1')
      assert.deepEqual([here, evening.day, evening.today.incidents, evening.hour.incidents], [here, '2026-11-22', 7, 7])
      at(1800)
      const night = await wall(seats.city, 'B1')
      assert.deepEqual(
        [here, night.day, night.today, night.kinds, night.bands],
        [here, '2026-11-23', { incidents: 0, over: 0 }, [], [0, 0, 0, 0]],
      )
      // The hour and who waits know no midnight.
      assert.deepEqual([night.hour.incidents, night.waiting.lines], [7, 5])
    }
  } finally {
    if (zone === undefined) delete process.env['TZ']
    else process.env['TZ'] = zone
  }
})

test('the lines are what their events say, and a migration of what was there before makes the same', async () => {
  assert.deepEqual((await verify(house.database.owner, modules)).differences, [])
  const migration = await readFile(new URL('0020_lines.sql', import.meta.url), 'utf8')
  const insert = /^insert into dispatch\.line$[^;]*;/m.exec(migration)?.[0]
  assert.ok(insert)
  const differing = await connected(house.database.owner, async (client) => {
    await client.query(
      `begin; create temp table kept on commit drop as select * from dispatch.line; alter table kept drop column took, drop column kind;
       delete from dispatch.line; alter table dispatch.line drop column took, drop column kind; ${insert}`,
    )
    const { rows } = await client.query<{ kept: number; differing: number }>(`
      select (select count(*) from kept)::int as kept,
        (select count(*) from ((table kept except table dispatch.line) union all (table dispatch.line except table kept)) one)::int as differing`)
    await client.query('rollback')
    return rows
  })
  assert.deepEqual(differing, [{ kept: 14, differing: 0 }])
})
