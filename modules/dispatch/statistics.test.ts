import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { connected, sql } from '#kernel/testing/notes.ts'
import { type Seat, server, type TestServer } from '#kernel/testing/server.ts'
import { verify } from '#kernel/verify.ts'
import { modules } from '../../modules.ts'
import { breakdowns, type Breakdown, type SpanName, spans, type Statistics } from './contract/statistics.ts'
import { type Asked, expected, type Raw } from './testing/figures.ts'

/** Half past eleven at night where the force is: the day ends half an hour later. */
const start = '2026-11-22T15:30:00.000Z'
const days = ['2026-11-22', '2026-11-23'] as const
const shifted = (time: string, seconds: number) => new Date(Date.parse(time) + seconds * 1000).toISOString()

const zone = process.env['TZ']
let house: TestServer
let seats: Record<'taker' | 'importer' | 'A1' | 'A2' | 'A3' | 'C1' | 'S1' | 'S2' | 'city', Seat>

before(async () => {
  // Neither the force's day nor the database's: what a server in another zone must not mix up.
  process.env['TZ'] = 'America/New_York'
  house = await server(modules, { at: start })
  await house.unit('B1', { kind: 'bureau', name: '市局' })
  for (const code of ['S1', 'S2']) await house.unit(code, { kind: 'subBureau', name: code, parent: 'B1' })
  for (const code of ['A1', 'A2', 'A3', 'C1']) await house.unit(code, { kind: 'station', name: code, parent: code === 'C1' ? 'S2' : 'S1' })
  const duty = (code: string) => house.seat('stationDuty', code)
  seats = {
    taker: await house.seat('callTaker', 'B1'),
    importer: await house.seat('importer', 'B1'),
    A1: await duty('A1'),
    A2: await duty('A2'),
    A3: await duty('A3'),
    C1: await duty('C1'),
    S1: await house.seat('subBureauDuty', 'S1'),
    S2: await house.seat('subBureauDuty', 'S2'),
    city: await house.seat('citySupervisor', 'B1'),
  }
})
after(async () => {
  await house.stop()
  if (zone === undefined) delete process.env['TZ']
  else process.env['TZ'] = zone
})

const now = (): string => house.clock?.now() ?? ''
async function act(seat: Seat, incident: string, type: string, data: object = {}, occurred?: object): Promise<void> {
  const { status, body } = await seat.command('dispatch', incident, type, data, occurred && { occurred })
  assert.equal(status, 200, `${type}: ${JSON.stringify(body)}`)
}
const feedback = { result: 'handled', injured: 0, persons: 0, measures: ['none'], text: '-' }

async function open(seat: Seat, unit: string | null, kind: string, occurred?: object): Promise<string> {
  const id = randomUUID()
  const data = { call: { id: randomUUID(), channel: 'voice' }, narrative: '-', place: { kind: 'unknown' }, kind }
  await act(seat, id, 'open', { ...data, ...(unit !== null && { unit }) }, occurred)
  return id
}

/** The same course of things every time it runs. */
function dice(seed: number) {
  let state = seed
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  return {
    often: (share: number) => next() < share,
    upTo: (most: number) => Math.floor(next() * most),
    of: <One>(list: readonly One[]): One => list[Math.floor(next() * list.length)] as One,
  }
}
type Dice = ReturnType<typeof dice>

/** When a person, a device or a radio says that something was; nothing: the server's own moment. */
const said = (luck: Dice, sources: readonly (string | null)[], seconds: number): object | undefined => {
  const source = luck.of(sources)
  return source === null ? undefined : { source, time: shifted(now(), -luck.upTo(seconds)) }
}

async function importedOne(luck: Dice): Promise<void> {
  const occurred = (seconds: number) => ({ source: 'imported', time: shifted(now(), -seconds) })
  const unit = luck.of(['A1', 'C1'] as const)
  const id = await open(seats.importer, unit, luck.of(['theft', 'noise']), occurred(3000 + luck.upTo(6000)))
  if (luck.often(0.8)) await act(seats.importer, id, 'arrive', {}, occurred(2000))
  else await act(seats[unit], id, 'arrive')
  await act(seats.importer, id, 'feedback', feedback, occurred(luck.upTo(2200)))
}

async function receipts(luck: Dice, id: string, station: 'A1' | 'A2' | 'C1' | null, sub: 'S1' | 'S2'): Promise<void> {
  const lines = station === null ? [[seats[sub], 1] as const] : [[seats[station], 1] as const, [seats[sub], 2] as const]
  if (luck.often(0.7))
    for (const [seat, line] of lines)
      await seat.ask('POST', '/signal/dispatch/acknowledge', { lines: [{ incident: id, line, seen: false }] })
  for (const [seat] of lines) {
    house.clock?.pass(luck.of([0, 3, 20, 30, 31, 60, 150, 200]))
    if (luck.often(0.7)) await act(seat, id, 'sign', {}, said(luck, [null, null, 'typed'], 60))
  }
}

async function handled(luck: Dice, id: string, unit: 'A1' | 'A2' | 'C1'): Promise<void> {
  const seat = seats[unit]
  if (luck.often(0.3)) await act(seat, id, 'correct', luck.often(0.5) ? { kind: 'fraud', reason: '-' } : { narrative: '--', reason: '-' })
  if (luck.often(0.8)) {
    if (luck.often(0.1)) await act(seats.importer, id, 'arrive', {}, { source: 'imported', time: now() })
    else await act(seat, id, 'arrive', {}, said(luck, [null, 'typed', 'position', 'radio'], luck.of([60, 9000, 40_000])))
  }
  house.clock?.pass(luck.of([0, 5, 40]))
  if (luck.often(0.15)) return act(seats.taker, id, 'cancel', { reason: '-' })
  if (luck.often(0.2)) return
  await act(seat, id, 'feedback', feedback, said(luck, [null, null, 'typed', 'radio'], 5000))
  if (luck.often(0.4)) await act(seat, id, 'close')
  if (luck.often(0.2)) {
    await act(seats[unit === 'C1' ? 'S2' : 'S1'], id, 'sendBack', { reason: '-' })
    if (luck.often(0.5)) await act(seat, id, 'feedback', feedback)
  }
}

/** One incident after another, of every sort that there is. */
async function night(luck: Dice, incidents: number): Promise<void> {
  for (let one = 0; one < incidents; one++) {
    house.clock?.pass(luck.upTo(30))
    if (luck.often(0.1)) {
      await importedOne(luck)
      continue
    }
    const unit = luck.of(['A1', 'A1', 'A2', 'C1', 'S1', null] as const)
    const called = said(luck, [null, null, 'typed', 'radio', 'radio'], luck.of([900, 1800, 18_000]))
    const id = await open(seats.taker, unit, luck.of(['theft', 'noise', 'missing']), called)
    if (unit === null) continue
    const sub = unit === 'C1' ? 'S2' : 'S1'
    await receipts(luck, id, unit === 'S1' ? null : unit, sub)
    if (unit === 'S1') continue
    const moved = luck.often(0.15) ? (unit === 'C1' ? 'A2' : 'C1') : null
    if (moved !== null) await act(seats[sub], id, 'transfer', { station: moved, reason: '-' })
    await handled(luck, id, moved ?? unit)
  }
}

const statistics = async (seat: Seat, asked: Record<string, string>): Promise<Statistics> =>
  (await seat.view<Statistics>('dispatch', 'statistics', asked)).data
const raw = () =>
  sql<Raw>(
    house.database.owner,
    `select e.stream, e.type, e.at, e.occurred_at as time, e.occurred_source as source, c.data
     from kernel.event e join kernel.content c on c.position = e.position where e.module = 'dispatch' order by e.position`,
  )
/** The flags have tests of their own. */
const plain = ({ rows, total, ...rest }: Statistics) => {
  const bare = ({ flags: _flags, ...row }: Statistics['total']) => row
  return { ...rest, rows: rows.map(bare), total: bare(total) }
}

test('a unit without anything has noughts, and the last seven days are what is asked for when nothing is', async () => {
  const none = { count: 0, mean: null, p50: null, p90: null, p99: null, sources: {}, unsigned: 0, left: {} }
  const bands = { reached: [], receipt: [0, 0, 0, 0], arrival: [0, 0, 0, 0], feedback: [0, 0, 0, 0, 0] }
  for (const span of spans) {
    const found = await statistics(seats.city, { unit: 'B1', by: 'day', of: span })
    assert.deepEqual(
      [found.from, found.until, found.rows, found.total.incidents, found.total.flags],
      ['2026-11-16', '2026-11-22', [], 0, []],
    )
    assert.deepEqual(found.total.figure, { ...none, bands: bands[span] })
  }
})

test('every figure is the one that the events give by themselves: any span, unit, breakdown, period and sort', async () => {
  await night(dice(20_261_122), 130)
  const events = await raw()
  const readers: Readonly<Record<string, Seat>> = { B1: seats.city, S1: seats.S1, S2: seats.S2, A1: seats.A1 }
  const periods = [
    [days[0], days[1], false],
    [days[0], days[1], true],
    [days[0], days[0], false],
    [days[1], days[1], false],
  ] as const
  let incidents = 0
  for (const [unit, seat] of Object.entries(readers))
    for (const span of spans)
      for (const by of breakdowns)
        for (const [from, until, imported] of periods) {
          const asked: Asked = { unit, of: span, by, from, until, imported, now: now() }
          const found = await statistics(seat, { unit, of: span, by, from, until, ...(imported && { imported: 'only' }) })
          assert.deepEqual(plain(found), expected(events, asked), JSON.stringify(asked))
          incidents += found.total.incidents
        }
  assert.ok(incidents > 500)
})

test('the night has something of everything, else it would have proved little', async () => {
  const whole = async (of: SpanName) => statistics(seats.city, { unit: 'B1', of, by: 'day', from: days[0], until: days[1] })
  const [reached, receipt, arrival, fed] = await Promise.all(spans.map(whole))
  assert.ok(reached && receipt && arrival && fed)
  assert.deepEqual(
    arrival.rows.map(({ key }) => key),
    days,
  )
  assert.ok(arrival.others > 0 && arrival.total.cancelled > 0 && reached.total.figure.count > 0 && receipt.total.figure.unsigned > 0)
  for (const { of, total } of [receipt, arrival, fed])
    assert.ok(
      total.figure.bands.every((count) => count > 0),
      `${of}: ${JSON.stringify(total.figure)}`,
    )
  assert.deepEqual(Object.keys(arrival.total.figure.sources).toSorted(), ['position', 'radio', 'system', 'typed'])
  assert.deepEqual(Object.keys(arrival.total.figure.left).toSorted(), ['disorder', 'mixed', 'typed'])
  assert.deepEqual(Object.keys(fed.total.figure.left).toSorted(), ['disorder', 'missing', 'mixed', 'typed'])
  assert.ok((receipt.total.figure.left.within ?? 0) > 0 && (reached.total.figure.left.typed ?? 0) > 0)
})

test('rows are what their events say, and the migration makes the same of what was there before', async () => {
  assert.deepEqual((await verify(house.database.owner, modules)).differences, [])
  const migration = await readFile(new URL('0050_measured.sql', import.meta.url), 'utf8')
  const part = (pattern: RegExp) => pattern.exec(migration)?.[0] ?? assert.fail(String(pattern))
  const [making, insert] = [part(/^create function dispatch\.interval_of[\s\S]*?\$\$;/m), part(/^insert into dispatch\.measured$[^;]*;/m)]
  const update = part(/^update dispatch\.line [^;]*;/m)
  const differing = await connected(house.database.owner, async (client) => {
    await client.query(
      `begin; create temp table kept on commit drop as select * from dispatch.measured; create temp table lines on commit drop as select * from dispatch.line;
       delete from dispatch.measured; update dispatch.line set kind = null; ${making} ${insert} ${update}`,
    )
    const { rows } = await client.query<{ kept: number; differing: number; lines: number }>(`
      select (select count(*) from kept)::int as kept,
        (select count(*) from ((table kept except table dispatch.measured) union all (table dispatch.measured except table kept)) one)::int as differing,
        (select count(*) from ((table lines except table dispatch.line) union all (table dispatch.line except table lines)) one)::int as lines`)
    await client.query('rollback')
    return rows
  })
  assert.deepEqual(differing, [{ kept: 130, differing: 0, lines: 0 }])
})

test('receipts that nobody could have read are flagged, of the unit and not of the others', async () => {
  for (let one = 0; one < 50; one++) await act(seats.A3, await open(seats.taker, 'A3', 'theft'), 'sign')
  const found = await statistics(seats.S1, { unit: 'S1', of: 'receipt', by: 'station', from: days[1], until: days[1] })
  const flagged = found.rows.flatMap(({ key, flags }) => (flags.some(({ of }) => of === 'receipt') ? [[key, flags]] : []))
  assert.deepEqual(flagged, [['A3', [{ rule: 'atOnce', of: 'receipt', values: { seconds: 0, count: 50 } }]]])
  // By hours nothing is a unit.
  const hours = await statistics(seats.A3, { unit: 'A3', of: 'receipt', by: 'hour', from: days[1], until: days[1] })
  assert.deepEqual(
    hours.rows.map(({ flags }) => flags),
    hours.rows.map(() => []),
  )
  assert.deepEqual(hours.total.flags, [{ rule: 'atOnce', of: 'receipt', values: { seconds: 0, count: 50 } }])
})

test('whoever asks for another unit’s is told nothing, by the view and by the functions behind it', async () => {
  for (const [seat, unit] of [
    [seats.A1, 'A2'],
    [seats.A1, 'S1'],
    [seats.S1, 'S2'],
    [seats.S2, 'B1'],
  ] as const)
    assert.equal((await seat.ask('GET', `/view/dispatch/statistics?unit=${unit}&of=receipt&by=day`)).status, 404, unit)
  const period = `'${start}'::timestamptz - interval '1 day', '${now()}'::timestamptz + interval '1 s'`
  const rows = async (unit: string) => {
    const calls = [
      `dispatch.statistics_incidents('${unit}', ${period}, 'day', false)`,
      `dispatch.statistics_receipts('${unit}', ${period}, 'day', '${now()}', '{30000,60000,180000}')`,
      `dispatch.statistics_reached('${unit}', ${period}, 'day')`,
      `dispatch.statistics_intervals('${unit}', ${period}, 'day', false, 'arrival', '{300000}')`,
      `dispatch.statistics_repeated('${unit}', ${period}, 'day', false, 'arrival')`,
    ]
    const found = await Promise.all(
      calls.map((call) =>
        sql<{ found: number }>(
          house.database.owner,
          `select count(*)::int as found from (select set_config('plumbline.scope', 'S1', false)) scope, lateral (select * from ${call}) one`,
        ),
      ),
    )
    return found.map(([one]) => (one?.found ?? 0) > 0)
  }
  assert.deepEqual(await rows('S1'), [true, true, true, true, true])
  assert.deepEqual(await rows('S2'), [false, false, false, false, false])
})

test('a period is whole days, both ends or neither, in their order and not too many', async () => {
  const status = async (asked: string, by: Breakdown = 'day') =>
    (await seats.city.ask('GET', `/view/dispatch/statistics?unit=B1&of=receipt&by=${by}${asked}`)).status
  assert.deepEqual(
    await Promise.all(
      ['&from=2026-11-20&until=2026-11-20', '&from=2026-11-01&until=2026-12-01', '&from=2026-11-20', '&until=2026-11-20'].map((asked) =>
        status(asked),
      ),
    ),
    [200, 200, 422, 422],
  )
  assert.deepEqual(
    await Promise.all(
      [
        '&from=2026-11-21&until=2026-11-20',
        '&from=2026-10-31&until=2026-12-01',
        '&from=0000-01-01&until=0000-01-02',
        '&from=x&until=y',
      ].map((asked) => status(asked)),
    ),
    [422, 422, 422, 422],
  )
})
