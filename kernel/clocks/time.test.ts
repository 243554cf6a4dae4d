import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from '../testing/notes.ts'
import { type Seat, server, type TestServer } from '../testing/server.ts'
import { modules } from '../../modules.ts'

let house: TestServer
let taker: Seat
before(async () => {
  house = await server(modules)
  await house.unit('B1', { kind: 'bureau', name: '市局' })
  await house.unit('S1', { kind: 'subBureau', name: '一分局', parent: 'B1' })
  await house.unit('A1', { kind: 'station', name: 'A1', parent: 'S1' })
  taker = await house.seat('callTaker', 'B1')
})
after(() => house.stop())

const setTime = (ahead: string) =>
  sql(
    house.database.owner,
    `create or replace function kernel.now() returns timestamptz language sql volatile set search_path = '' as $$ select clock_timestamp() + interval '${ahead}' $$`,
  )
const open = async (): Promise<string> => {
  const id = randomUUID()
  const data = { call: { id: randomUUID(), channel: 'voice' }, narrative: '-', place: { kind: 'unknown' }, kind: 'noise', unit: 'A1' }
  assert.equal((await taker.command('dispatch', id, 'open', data)).status, 200)
  return id
}
const events = (stream: string) =>
  sql<{ type: string; at: Date; late: boolean | null }>(
    house.database.owner,
    `select e.type, e.at, (c.data ->> 'late')::boolean as late from kernel.event e join kernel.content c using (position) where e.stream = $1 order by e.position`,
    [stream],
  )
const near = (time: Date | undefined, wanted: number) => Math.abs((time?.getTime() ?? 0) - wanted) < 1500
const hour = 3_600_000

test('the database’s time rules: an hour ahead everything is recorded and due by it, and a server that far off says so', async () => {
  const before = await open()
  await setTime('1 hour')
  await house.reopen()
  taker = await taker.again()
  assert.ok(Math.abs(house.house.time.offset - hour) < 1000)
  assert.ok(house.log.some((line) => line.includes('"about":"time"')))
  const id = await open()
  assert.ok(near((await events(id))[0]?.at, Date.now() + hour))
  await house.house.sweep.sweep()
  const climbed = (await events(before)).filter(({ type }) => type === 'climbed')
  assert.deepEqual(
    climbed.map(({ late, at }) => [late, near(at, Date.now() + hour)]),
    Array.from({ length: 4 }, () => [true, true]),
  )
  assert.deepEqual(
    (await events(id)).filter(({ type }) => type === 'climbed'),
    [],
  )
})

test('a server whose clock agrees with the database’s keeps its own: the way to it and back is no difference', async () => {
  await setTime('0 hours')
  await house.reopen()
  taker = await taker.again()
  assert.ok(Math.abs(house.house.time.offset) < 50)
  assert.ok(near((await events(await open()))[0]?.at, Date.now()))
})
