import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Opened } from './house.ts'
import type { Followed } from './module.ts'
import { connected, foreignEvent, type Notes, notes, openNote, sql, table } from './testing/notes.ts'
import { until } from './testing/until.ts'
import { verify } from './verify.ts'
import { houseModules } from './testing/notes.ts'

let house: Notes
before(async () => {
  house = await notes()
})
after(() => house.stop())

/** Everything that a house's followers are handed from now on. */
function heard(of: Opened): { events: Followed[]; positions: number[]; from: number } {
  const record = { events: [] as Followed[], positions: [] as number[], from: of.follow.position }
  of.follow.add(async (events) => {
    record.events.push(...events)
    record.positions.push(...events.map((event) => event.position))
  })
  return record
}
const last = async (): Promise<number> =>
  (await sql<{ position: number }>(house.database.owner, 'select position::int as position from kernel.counter'))[0]?.position ?? 0
const upTo = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index + 1)
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Looks at the table again and again until `done`: every snapshot must be a whole beginning, which is what commit order means. */
async function watchPrefix(url: string, done: () => boolean): Promise<number> {
  return connected(url, async (client) => {
    let looks = 0
    for (; !done(); looks++) {
      const { rows } = await client.query<{ amount: number; last: number }>(
        'select count(*)::int as amount, max(position)::int as last from kernel.event',
      )
      assert.equal(rows[0]?.amount, rows[0]?.last, 'a position is visible before a lower one')
    }
    return looks
  })
}

/** A transaction that has appended and stays open for a while, then ends. */
async function longTransaction(stream: string, n: number, end: 'commit' | 'rollback', ms: number): Promise<void> {
  await connected(house.database.app, async (client) => {
    await client.query('begin')
    const { text, values } = foreignEvent(stream, n, end)
    await client.query(text, values as unknown[])
    await pause(ms)
    await client.query(end)
  })
}

test('20 writers and long foreign transactions: every follower sees every position once, in commit order', async () => {
  const second = await house.another()
  const streams = await Promise.all(Array.from({ length: 20 }, () => openNote(house.taker)))
  const foreign = await openNote(house.taker)
  await until('both readers to be level', async () => {
    const now = await last()
    return (house.house.follow.position === now && second.house.follow.position === now) || null
  })
  const [mine, theirs] = [heard(house.house), heard(second.house)]
  let done = false
  const watching = watchPrefix(house.database.owner, () => done)
  const answers: number[][] = streams.map(() => [])
  const writing = streams.map(async (stream, writer) => {
    for (let round = 0; round < 8; round++) {
      const reply = await house.taker.command('probe', stream, 'add', { text: `${writer} ${round} 𠮷\u0007 "1.0"` })
      assert.equal(reply.status, 200, JSON.stringify(reply.body))
      answers[writer]?.push((reply.body as { position: number }).position)
    }
  })
  const foreigners = async () => {
    await longTransaction(foreign, 2, 'commit', 400)
    await longTransaction(foreign, 3, 'rollback', 300)
    await longTransaction(foreign, 3, 'commit', 200)
  }
  await Promise.all([...writing, foreigners()])
  done = true
  assert.ok((await watching) > 5)
  const end = await last()
  await until('both readers to have all', () => (mine.positions.at(-1) === end && theirs.positions.at(-1) === end) || null)
  assert.deepEqual(mine.positions, upTo(mine.from, end))
  assert.deepEqual(theirs.positions, upTo(theirs.from, end))
  // One house hands on what it has stored itself, the other what the table gives.
  assert.deepEqual(mine.events, theirs.events)
  assert.equal(end - mine.from, 20 * 8 + 2)
  for (const positions of answers)
    assert.deepEqual(
      positions,
      positions.toSorted((a, b) => a - b),
    )
  const kept = (await table(house.database.owner)).filter((event) => event.stream === foreign).map(({ n, data }) => [n, data])
  assert.deepEqual(kept.slice(1), [
    [2, { text: 'commit' }],
    [3, { text: 'commit' }],
  ])
  await second.close()
  assert.deepEqual(
    (await verify(house.database.owner, houseModules)).differences.filter(({ what }) => what !== 'view'),
    [],
  )
})

test('a commit in one house wakes the reader of another; a lost wake-up costs at most the poll', async () => {
  const second = await house.another()
  const stream = await openNote(house.taker)
  const waits: number[] = []
  for (let round = 0; round < 5; round++) {
    const { body } = await house.taker.command('probe', stream, 'add', { text: 'wake' })
    const { position } = body as { position: number }
    const begun = performance.now()
    await until('the other reader', () => second.house.follow.position >= position || null)
    waits.push(performance.now() - begun)
  }
  assert.ok((waits.toSorted((a, b) => a - b)[2] ?? 0) < 400, `woken after ${waits.map(Math.round).join(', ')} ms`)
  const { text, values } = foreignEvent(stream, 7, 'nobody is told')
  await sql(house.database.app, text, values)
  const begun = performance.now()
  const end = await last()
  await until('both polls', () => (house.house.follow.position >= end && second.house.follow.position >= end) || null)
  assert.ok(performance.now() - begun < 1800)
  await second.close()
})

test('a reader whose listening connection is killed listens again and can be stopped', async () => {
  const second = await house.another()
  const stream = await openNote(house.taker)
  const pids = async () =>
    (
      await sql<{ pid: number }>(
        house.database.worker,
        `select pid from pg_stat_activity where datname = current_database() and usename = current_user and query = 'listen plumbline'`,
      )
    ).map(({ pid }) => pid)
  const old = await pids()
  assert.equal(old.length, 2)
  for (const pid of old) await sql(house.database.worker, 'select pg_terminate_backend($1)', [pid])
  await until('two new ears', async () => {
    const now = await pids()
    return (now.length === 2 && now.every((pid) => !old.includes(pid))) || null
  })
  const { body } = await house.taker.command('probe', stream, 'add', { text: 'heard again' })
  await until('the other reader', () => second.house.follow.position >= (body as { position: number }).position || null, 3000)
  const closed = second.close().then(() => 'closed')
  assert.equal(await Promise.race([closed, pause(5000).then(() => 'hangs')]), 'closed')
})

test('nobody can hold the append lock: a transaction that appended and sits is ended', async () => {
  const stream = await openNote(house.taker)
  await connected(house.database.app, async (client) => {
    await client.query('begin')
    const { text, values } = foreignEvent(stream, 2, 'held')
    await client.query(text, values as unknown[])
    const begun = performance.now()
    const reply = await house.taker.command('probe', await openNote(house.taker), 'add', { text: 'after the lock' })
    assert.equal(reply.status, 200)
    const waited = performance.now() - begun
    assert.ok(waited > 1000 && waited < 4000, `waited ${waited} ms`)
    await assert.rejects(client.query('commit'))
  })
  const held = await sql(house.database.owner, `select 1 from kernel.content where data ->> 'text' = 'held'`)
  assert.deepEqual(held, [])
})
