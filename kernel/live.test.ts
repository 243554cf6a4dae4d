import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { connected, foreignEvent, type Notes, notes, openNote, sql, table } from './testing/notes.ts'
import { type Frame, Screen } from './testing/screen.ts'
import type { Seat } from './testing/server.ts'
import { until } from './testing/until.ts'

let house: Notes
let dutyA: Seat
let dutyB: Seat
before(async () => {
  house = await notes()
  dutyA = await house.seat('stationDuty', 'A1')
  dutyB = await house.seat('stationDuty', 'A2')
})
after(() => house.stop())

const screenOf = (seat: Seat, more: Parameters<typeof Screen.open>[2] = {}) => Screen.open(house.url, seat.cookie, more)
const positionOf = (reply: { body: unknown }): number => (reply.body as { position: number }).position
const add = async (stream: string, text: string): Promise<number> => positionOf(await house.taker.command('probe', stream, 'add', { text }))
const told = (frames: readonly Frame[]) =>
  frames
    .filter(({ event, data }) => event === 'change' && data['module'] === 'probe')
    .map(({ id, data }) => [id, data['stream'], data['gone'] ?? (data['row'] as { last: string }).last])
const has = (position: number) => (frames: readonly Frame[]) => frames.some((frame) => frame.id !== null && frame.id >= position)
const ascending = (frames: readonly Frame[]) => {
  const ids = frames.flatMap((frame) => (frame.event === 'change' && frame.id !== null ? [frame.id] : []))
  assert.deepEqual(
    ids,
    [...new Set(ids)].toSorted((a, b) => a - b),
  )
}
const clients = async (): Promise<number> => ((await house.taker.ask('GET', '/health')).body as { clients: number }).clients
/** Everything that was committed has been handed to the screens. */
const level = async () => {
  const [row] = await sql<{ position: number }>(house.database.owner, 'select position::int as position from kernel.counter')
  await until('the reader to be level', () => house.house.follow.position >= (row?.position ?? 0) || null)
}

test('hello first; then rows, only of units in scope; gone after a transfer', async () => {
  const [a, b, bureau] = await Promise.all([screenOf(dutyA), screenOf(dutyB), screenOf(house.taker)])
  await Promise.all([a, b, bureau].map((screen) => screen.until('hello', (frames) => frames.length > 0)))
  const start = a.frames[0]
  assert.deepEqual(start, { event: 'hello', id: start?.id ?? -1, data: { position: start?.id } })
  const stream = await openNote(house.taker, 'A1')
  const [opened] = (await table(house.database.owner)).filter((event) => event.stream === stream)
  await Promise.all([a, bureau].map((screen) => screen.until('the note', has(opened?.position ?? 0))))
  const moved = positionOf(await house.taker.command('probe', stream, 'move', { unit: 'A2' }))
  await Promise.all([a, b, bureau].map((screen) => screen.until('the move', has(moved))))
  const after = await add(stream, 'second')
  await Promise.all([b, bureau].map((screen) => screen.until('the addition', has(after))))
  await level()
  const row = { id: stream, n: 1, unit: 'A1', last: 'first' }
  const change = { position: opened?.position, module: 'probe', stream, type: 'opened', row, turn: true }
  assert.deepEqual(a.of('change')[0], { event: 'change', id: opened?.position, data: change })
  assert.deepEqual(told(a.frames), [
    [opened?.position, stream, 'first'],
    [moved, stream, true],
  ])
  assert.deepEqual(told(b.frames), [
    [moved, stream, 'first'],
    [after, stream, 'second'],
  ])
  assert.deepEqual(told(bureau.frames), [
    [opened?.position, stream, 'first'],
    [moved, stream, 'first'],
    [after, stream, 'second'],
  ])
  for (const screen of [a, b, bureau]) screen.close()
  await until('no client to be left', async () => (await clients()) === 0 || null)
})

test('a screen that was cut off gets what it missed, in order and once, also over a restart of the house', async () => {
  const screen = await screenOf(dutyA)
  const [one, two] = [await openNote(house.taker, 'A1'), await openNote(house.taker, 'A1')]
  const seen = await add(two, 'seen')
  await screen.until('what it sees', has(seen))
  screen.close()
  const before = screen.position
  const elsewhere = await openNote(house.taker, 'A2')
  const missed = [await add(one, 'missed one'), await add(elsewhere, 'not yours'), await add(two, 'missed two')]
  await house.reopen()
  const later = positionOf(await house.taker.command('probe', one, 'move', { unit: 'A2' }))
  const wanted = [
    [missed[2], two, 'missed two'],
    [later, one, true],
  ]
  for (const how of [{ after: before }, { lastEventId: before }, { lastEventId: before, after: 0 }]) {
    const back = await screenOf(dutyA, how)
    await back.until('what it missed', has(later))
    await level()
    assert.deepEqual(told(back.frames).slice(-2), wanted, JSON.stringify(how))
    ascending(back.frames)
    assert.equal(back.frames[0]?.id, before)
    back.close()
  }
})

test('further back than is kept: reset, and only then what is new', async () => {
  const ahead = await screenOf(dutyA, { after: 1_000_000_000 })
  await ahead.until('a reset', (frames) => frames.length > 1)
  assert.deepEqual(
    ahead.frames.map((frame) => frame.event),
    ['hello', 'reset'],
  )
  const [hello, reset] = ahead.frames
  assert.equal(hello?.event, 'hello')
  assert.deepEqual(reset?.data, { position: reset?.id })
  const stream = await openNote(house.taker, 'A1')
  const next = await add(stream, 'after the reset')
  await ahead.until('what is new', has(next)).catch(() => assert.fail('a screen that was reset hears nothing any more'))
  ahead.close()
  for (const after of ['-1', 'x', '1.5', '1e40']) assert.equal((await dutyA.ask('GET', `/live?after=${after}`)).status, 422, after)
})

test('a revoked session is told bye at once, an account that is closed too', async () => {
  const again = await dutyA.again()
  const [kept, ended] = await Promise.all([screenOf(dutyA), screenOf(again)])
  await Promise.all([kept, ended].map((screen) => screen.until('hello', (frames) => frames.length > 0)))
  assert.equal((await again.ask('DELETE', '/session')).status, 204)
  await until('the end', () => ended.ended || null)
  assert.deepEqual(ended.frames.at(-1), { event: 'bye', id: null, data: {} })
  assert.equal(kept.ended, false)
  kept.close()
  const leaving = await house.seat('stationDuty', 'A1')
  const screen = await screenOf(leaving)
  await house.staff(leaving.account, 'closeAccount', { reason: 'left' })
  await until('the end', () => screen.ended || null)
  assert.deepEqual(screen.frames.at(-1)?.event, 'bye')
  assert.equal((await leaving.ask('GET', '/session')).status, 401)
})

test('a grant taken away ends the frames of that unit, a grant given begins them', async () => {
  const seat = await house.seat('stationDuty', 'A1')
  await house.staff(seat.account, 'grant', { role: 'stationDuty', unit: 'A2' })
  const [inA, inB] = [await openNote(house.taker, 'A1'), await openNote(house.taker, 'A2')]
  await level()
  const screen = await screenOf(seat)
  await screen.until('hello', (frames) => frames.length > 0)
  const both = [await add(inA, 'both'), await add(inB, 'both')]
  await screen.until('both', has(both[1] ?? 0))
  await house.staff(seat.account, 'revoke', { role: 'stationDuty', unit: 'A1', reason: 'moved' })
  const rest = [await add(inA, 'no more'), await add(inB, 'still')]
  await screen.until('the rest', has(rest[1] ?? 0))
  await house.staff(seat.account, 'grant', { role: 'stationDuty', unit: 'A1' })
  await level()
  const anew = await add(inA, 'again')
  await screen.until('again', has(anew))
  assert.equal(screen.of('grants').length, 2)
  assert.deepEqual(told(screen.frames), [
    [both[0], inA, 'both'],
    [both[1], inB, 'both'],
    [rest[1], inB, 'still'],
    [anew, inA, 'again'],
  ])
  screen.close()
})

test('a frame that is read together with the loss of its grant is not sent', async () => {
  const seat = await house.seat('stationDuty', 'A1')
  await house.staff(seat.account, 'grant', { role: 'stationDuty', unit: 'A2' })
  const [stream, kept] = [await openNote(house.taker, 'A1'), await openNote(house.taker, 'A2')]
  await level()
  // Those who are asked for before it, so that its own turn comes late.
  const others = await Promise.all(Array.from({ length: 6 }, async () => screenOf(await dutyB.again())))
  const screen = await screenOf(seat)
  await screen.until('hello', (frames) => frames.length > 0)
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  house.house.follow.add(() => held)
  const seen = await add(stream, 'the reader stands still here')
  await screen.until('what was before', has(seen))
  await house.staff(seat.account, 'revoke', { role: 'stationDuty', unit: 'A1', reason: 'moved' })
  await add(stream, 'not for you any more')
  const still = await add(kept, 'still for you')
  release()
  await screen.until('what it still has', has(still))
  assert.deepEqual(told(screen.frames), [
    [seen, stream, 'the reader stands still here'],
    [still, kept, 'still for you'],
  ])
  for (const each of [...others, screen]) each.close()
})

test('a screen that reads nothing is cut and comes back with everything', async () => {
  const wide = 400_000
  const streams = [await openNote(house.taker, 'A1', { width: wide }), await openNote(house.taker, 'A1', { width: wide })]
  await level()
  const deaf = await screenOf(dutyA, { read: false })
  const count = await clients()
  const from = house.house.follow.position
  let written = 0
  await until(
    'the cut',
    async () => {
      for (const stream of streams) await add(stream, `${written++}`)
      return (await clients()) < count || null
    },
    30_000,
  )
  const end = await add(streams[0] ?? '', 'the end')
  const back = await screenOf(dutyA, { after: from })
  await back.until('the end', has(end), 20_000)
  ascending(back.frames)
  assert.deepEqual(told(back.frames).at(-1), [end, streams[0], 'the end'])
  assert.equal((told(back.frames).findLast(([, stream]) => stream === streams[1]) ?? [])[2], `${written - 1}`)
  deaf.close()
  back.close()
})

test('a screen that connects while 20 write misses nothing', async () => {
  const streams = await Promise.all(Array.from({ length: 20 }, () => openNote(house.taker, 'A1')))
  await level()
  const from = house.house.follow.position
  const writing = streams.map(async (stream) => {
    for (let round = 0; round < 6; round++) await add(stream, `${round}`)
  })
  const screens: Screen[] = []
  for (let wave = 0; wave < 6; wave++) {
    screens.push(...(await Promise.all([screenOf(dutyA, { after: from }), screenOf(dutyA, { lastEventId: from })])))
    await level()
  }
  await Promise.all(writing)
  const events = (await table(house.database.owner)).filter((event) => event.module === 'probe' && event.position > from)
  const end = events.at(-1)?.position ?? 0
  const newest = new Map(events.map((event) => [event.stream, [event.position, (event.data as { text: string }).text]]))
  for (const screen of screens) {
    await screen.until('the end', has(end))
    ascending(screen.frames)
    const last = new Map(told(screen.frames).map(([id, stream, text]) => [stream as string, [id, text]]))
    assert.deepEqual(last, newest)
    screen.close()
  }
})

test('of the screens that answer for a unit each frame makes one speak, in turns; one that does not answer for it never', async () => {
  const again = await dutyA.again()
  const screens = await Promise.all([screenOf(dutyA), screenOf(again), screenOf(again), screenOf(house.taker)])
  await Promise.all(screens.map((screen) => screen.until('hello', (frames) => frames.length > 0)))
  const stream = await openNote(house.taker, 'A1')
  await level()
  const before = house.house.follow.position
  for (let round = 1; round <= 6; round++) {
    await add(stream, `${round}`)
    // Read one by one: two in one reading would be one frame.
    await level()
  }
  await Promise.all(screens.map((screen) => screen.until('the last', has(before + 6))))
  const turns = screens.map(({ frames }) =>
    frames.flatMap(({ id, data }) => (data['turn'] === true && id !== null && id > before ? [id - before] : [])),
  )
  assert.deepEqual(turns.pop(), [])
  assert.deepEqual(
    turns.flat().toSorted((a, b) => a - b),
    [1, 2, 3, 4, 5, 6],
  )
  assert.deepEqual(
    turns.map((list) => list.length),
    [2, 2, 2],
  )
  screens[0]?.close()
  await until('it to be gone', async () => (await clients()) === 3 || null)
  const after = [await add(stream, 'after')]
  await level()
  after.push(await add(stream, 'after that'))
  await Promise.all(screens.slice(1).map((screen) => screen.until('the last', has(after[1] ?? 0))))
  const spoken = screens.slice(1, 3).flatMap(({ frames }) => frames.flatMap(({ id, data }) => (data['turn'] === true ? [id] : [])))
  assert.ok(after.every((position) => spoken.includes(position)))
  for (const screen of screens) screen.close()
})

test('what is committed while a screen is being caught up follows what it missed, it does not take its place', async () => {
  const before = await openNote(house.taker, 'A1')
  await level()
  const from = house.house.follow.position
  /** Past the road, which would wait for the table that is held here. */
  const append = (stream: string, ...ns: readonly number[]) =>
    connected(house.database.owner, async (owner) => {
      for (const n of ns) {
        const { text, values } = foreignEvent(stream, n, `${n}`)
        await owner.query(text, [...values])
      }
    })
  // More than one reading of the catching up.
  await append(before, ...Array.from({ length: 500 }, (_, index) => index + 2))
  const missed = await openNote(house.taker, 'A1')
  await level()
  const opened = house.house.follow.position
  const screen = await connected(house.database.owner, async (owner) => {
    await owner.query('begin')
    await owner.query('lock table probe.note in access exclusive mode')
    const back = await screenOf(dutyA, { after: from })
    const text = `select 1 from pg_locks where not granted and relation = 'probe.note'::regclass and database = (select oid from pg_database where datname = current_database())`
    await until('the screen to be caught up', async () => (await owner.query(text)).rows.length > 0 || null)
    await append(missed, 2)
    await owner.query('commit')
    return back
  })
  await screen.until('what came meanwhile', has(opened + 1))
  assert.deepEqual(
    told(screen.frames).flatMap(([id, stream]) => (stream === missed ? [id] : [])),
    [opened, opened + 1],
  )
  ascending(screen.frames)
  screen.close()
})

/** Holds the table of sessions: whoever asks who a screen belongs to waits until `work` is done. */
const withSessionsHeld = (work: (waiting: () => Promise<void>) => Promise<void>) =>
  connected(house.database.owner, async (owner) => {
    await owner.query('begin')
    await owner.query('lock table kernel.session in access exclusive mode')
    const text = `select 1 from pg_locks where not granted and relation = 'kernel.session'::regclass and database = (select oid from pg_database where datname = current_database())`
    await work(async () => {
      await until('somebody to wait for the sessions', async () => (await owner.query(text)).rows.length > 0 || null)
    })
    await owner.query('commit')
  })

test('a screen that left before it was admitted, or while its grants were looked up, leaves nothing behind', async () => {
  await until('no client to be left', async () => (await clients()) === 0 || null)
  const screen = await screenOf(dutyA)
  assert.equal(await clients(), 1)
  await withSessionsHeld(async (waiting) => {
    await house.staff(dutyB.account, 'revoke', { role: 'stationDuty', unit: 'A2', reason: 'a change of grants' })
    await waiting()
    screen.close()
    await until('the screen to be gone', async () => (await clients()) === 0 || null)
  })
  await level()
  assert.equal(await clients(), 0)
  const seat = await dutyA.again()
  await house.staff(dutyB.account, 'grant', { role: 'stationDuty', unit: 'A2' })
  await level()
  await withSessionsHeld(async (waiting) => {
    const leaving = new AbortController()
    const asked = fetch(`${house.url}/live`, { headers: { cookie: seat.cookie }, signal: leaving.signal }).catch(() => null)
    await waiting()
    leaving.abort()
    await asked
  })
  assert.equal((await seat.ask('GET', '/session')).status, 200)
  assert.equal(await clients(), 0)
})

test('a screen that cannot be caught up is cut, not kept waiting', async () => {
  const stream = await openNote(house.taker, 'A1')
  const end = await add(stream, 'missed')
  await level()
  await sql(house.database.owner, 'revoke select on kernel.content from plumbline_worker')
  try {
    const screen = await screenOf(dutyA, { after: 0 })
    await until('the cut', () => screen.ended || null)
    assert.deepEqual(told(screen.frames), [])
  } finally {
    await sql(house.database.owner, 'grant select on kernel.content to plumbline_worker')
  }
  const back = await screenOf(dutyA, { after: end - 1 })
  await back.until('what it missed', has(end))
  back.close()
})
