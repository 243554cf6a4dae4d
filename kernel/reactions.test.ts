import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { foreignEvent, type Notes, notes, openNote, sql, table } from './testing/notes.ts'
import { until } from './testing/until.ts'

let house: Notes
before(async () => {
  house = await notes()
})
after(() => house.stop())

const owner = <Row extends object>(text: string, values: readonly unknown[] = []) => sql<Row>(house.database.owner, text, values)
const block = (word: string) => owner('insert into probe.blocked values ($1)', [word])
const unblock = (word: string) => owner('delete from probe.blocked where word = $1', [word])
const say = async (stream: string, text: string): Promise<number> =>
  ((await house.taker.command('probe', stream, 'add', { text })).body as { position: number }).position
/** The words that were echoed on a stream, in order. */
const echoed = async (stream: string) =>
  (await table(house.database.owner))
    .filter((event) => event.stream === stream && event.type === 'echoed')
    .map(({ data }) => (data as { text: string }).text)
const parked = () =>
  owner<{ reaction: string; stream: string; position: number }>('select reaction, stream, position::int as position from kernel.parked')
const reached = async () =>
  (await owner<{ position: number }>(`select position::int as position from kernel.follower where name = 'probe.echo'`))[0]?.position ?? 0
const passed = (position: number) => until(`the reaction to pass ${position}`, async () => (await reached()) >= position || null)

test('a restart between two reactions loses none and doubles none', async () => {
  const streams = await Promise.all(['done', 'stuck', 'later'].map(() => openNote(house.taker)))
  const [done = '', stuck = '', later = ''] = streams
  await house.reopen(async () => {
    await block('stuck')
    for (const [stream, word] of [
      [done, 'done'],
      [stuck, 'stuck'],
      [later, 'later'],
    ] as const) {
      const { text, values } = foreignEvent(stream, 2, `echo ${word}`)
      await sql(house.database.app, text, values)
    }
  })
  const lines = house.log.length
  await until('the second to fail', () => house.log.slice(lines).some((line) => line.includes('probe.echo')) || null)
  assert.deepEqual(await echoed(done), ['done'])
  await house.reopen(() => unblock('stuck').then(() => undefined))
  await until('the third', async () => (await echoed(later)).length > 0 || null)
  await house.reopen()
  await passed(await say(done, 'echo again'))
  assert.deepEqual(await Promise.all(streams.map(echoed)), [['done', 'again'], ['stuck'], ['later']])
  assert.deepEqual(await parked(), [])
})

test('8 failures park a stream; others go on, and so does this one’s house', async () => {
  const [bad, good] = [await openNote(house.taker), await openNote(house.taker)]
  await block('never-MARKER')
  const lines = house.log.length
  const position = await say(bad, 'echo never-MARKER')
  await say(good, 'echo one')
  await until('the parking', async () => (await parked()).length > 0 || null)
  await until('the other stream', async () => (await echoed(good)).length > 0 || null)
  assert.deepEqual(await parked(), [{ reaction: 'probe.echo', stream: bad, position }])
  const faults = house.log.slice(lines).filter((line) => line.includes('probe.echo'))
  assert.equal(faults.length, 8)
  assert.deepEqual(
    faults.filter((line) => line.includes('MARKER')),
    [],
  )
  await unblock('never-MARKER')
  await say(bad, 'echo late')
  await passed(await say(good, 'echo two'))
  assert.deepEqual([await echoed(bad), await echoed(good)], [[], ['one', 'two']])
  assert.equal((await parked()).length, 1)
})

test('a refusal is an answer: it is not tried again and parks nothing', async () => {
  const stream = await openNote(house.taker)
  const before = await parked()
  const lines = house.log.length
  await say(stream, 'echo refused')
  await passed(await say(stream, 'echo heard'))
  assert.deepEqual(await echoed(stream), ['heard'])
  assert.deepEqual(await parked(), before)
  assert.deepEqual(house.log.slice(lines), [])
})

test('two houses react to everything once', async () => {
  const second = await house.another()
  const streams = await Promise.all(Array.from({ length: 6 }, () => openNote(house.taker)))
  const positions = await Promise.all(streams.map((stream, index) => say(stream, `echo w${index}`)))
  await passed(Math.max(...positions))
  await second.close()
  assert.deepEqual(
    await Promise.all(streams.map(echoed)),
    streams.map((_, index) => [`w${index}`]),
  )
})
