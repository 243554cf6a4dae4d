import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { type Notes, notes, openNote, table } from './testing/notes.ts'
import type { Reply } from './testing/server.ts'

let house: Notes
before(async () => {
  house = await notes()
})
after(() => house.stop())

const said = ({ status, body }: Reply): string => {
  const { error } = body as { error?: { code: string; rule?: string } }
  return [status, error?.rule ?? error?.code].filter(Boolean).join(' ')
}
const open = (stream: string, more: object = {}, id: string = randomUUID()) =>
  house.taker.command('probe', stream, 'open', { unit: 'A1', text: 'first', ...more }, { id })

test('a hundred commands at once, some of them wrong: each gets its own answer, and the others do not notice', async () => {
  const broken = await openNote(house.taker)
  const [repeated, again] = [randomUUID(), randomUUID()]
  const good = Array.from({ length: 60 }, () => randomUUID())
  const rivals = Array.from({ length: 10 }, () => randomUUID())
  const before = (await table(house.database.owner)).length
  const [opened, raced, failed, same] = await Promise.all([
    Promise.all(good.map((stream) => open(stream))),
    Promise.all(rivals.map((stream) => open(stream, { slug: 'wanted' }))),
    Promise.all(
      ['facts', 'sql'].flatMap((where) => [0, 1, 2].map(() => house.taker.command('probe', broken, 'fail', { where, text: 'no number' }))),
    ),
    Promise.all(Array.from({ length: 20 }, () => open(repeated, {}, again))),
  ])
  assert.deepEqual(new Set(opened.map(said)), new Set(['200']))
  assert.deepEqual(raced.map(said).toSorted(), ['200', ...Array.from({ length: 9 }, () => '409 slug-taken')])
  assert.deepEqual(new Set(failed.map(said)), new Set(['500 fault']))
  assert.deepEqual(new Set(same.map(said)), new Set(['200']))
  assert.equal(new Set(same.map(({ body }) => JSON.stringify(body))).size, 1)
  const events = (await table(house.database.owner)).slice(before).filter((event) => event.type === 'opened')
  const won = rivals[raced.findIndex((reply) => reply.status === 200)]
  assert.deepEqual(new Set(events.map((event) => event.stream)), new Set([...good, repeated, won]))
  assert.equal(events.length, good.length + 2)
  const positions = new Map(events.map((event) => [event.stream, event.position]))
  for (const { body } of [...opened, ...same]) {
    const { stream, position, count } = body as { stream: string; position: number; count: number }
    assert.deepEqual([position, count], [positions.get(stream), 1])
  }
})
