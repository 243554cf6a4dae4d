import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { copyFile, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, test } from 'node:test'
import { modules } from '../../modules.ts'
import { withClient } from '../database/roles.ts'
import { parts } from '../house.ts'
import { type TestDatabase, testDatabase } from '../testing/cluster.ts'
import { openOn, rewritten } from '../testing/restored.ts'
import { type Seat, server, type TestServer } from '../testing/server.ts'
import { until } from '../testing/until.ts'
import { verify } from '../verify.ts'
import { backup } from './backup.ts'
import { restore } from './restore.ts'

const root = resolve(import.meta.dirname, '../..')
const kept = join(import.meta.dirname, 'kept/dispatch-0002.plumbline')
const square = [
  [
    [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
      [0, 0],
    ],
  ],
]

let house: TestServer
let taker: Seat
let duty: Seat
let folder: string
const made: TestDatabase[] = []

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-backup-'))
  house = await server(modules)
  await house.unit('B1', { kind: 'bureau', name: '市局' })
  await house.unit('S1', { kind: 'subBureau', name: '一分局', parent: 'B1', boundary: square })
  await house.unit('A1', { kind: 'station', name: '甲所', parent: 'S1', boundary: square })
  taker = await house.seat('callTaker', 'B1')
  duty = await house.seat('stationDuty', 'A1')
})
after(async () => {
  await house.stop()
  for (const database of made) await database.drop()
  await rm(folder, { recursive: true, force: true })
})

const rows = (url: string, sql: string) => withClient(url, async (client) => (await client.query<Record<string, unknown>>(sql)).rows)
const empty = async (): Promise<TestDatabase> => {
  const database = await testDatabase([])
  made.push(database)
  return database
}
const tables = async (url: string) =>
  rows(url, `select from pg_tables where schemaname not in ('pg_catalog', 'information_schema') and tablename <> 'migration'`)
const openData = () => ({
  call: { id: randomUUID(), channel: 'voice', number: '138 0000 2071' },
  narrative: '𠮷䶮\t\\N\n两人持棍互殴',
  place: { kind: 'point', lon: 0.5, lat: 0.5 },
  kind: 'assault',
})
const digests = (url: string, position: number) =>
  rows(
    url,
    `select count(*)::int as events, encode(sha256(string_agg(e.digest || c.salt || convert_to(c.data::text, 'UTF8'), '' order by position)), 'hex') as sum
     from kernel.event e join kernel.content c using (position) where position <= ${position}`,
  )

test('a backup while commands arrive is one moment; restored elsewhere it is whole, and the work goes on there', async () => {
  const busy = { stop: false, opened: 0 }
  const writers = Array.from({ length: 4 }, async () => {
    while (!busy.stop) {
      const id = randomUUID()
      assert.equal((await taker.command('dispatch', id, 'open', openData())).status, 200)
      assert.equal((await duty.command('dispatch', id, 'sign', {})).status, 200)
      busy.opened++
    }
  })
  await until('work', () => busy.opened >= 20, 60_000)
  const file = join(folder, 'busy.plumbline')
  const written = await backup(house.database.owner, file)
  const then = busy.opened
  await until('more work', () => busy.opened >= then + 10, 60_000)
  busy.stop = true
  await Promise.all(writers)
  assert.deepEqual((await readdir(folder)).sort(), ['busy.plumbline'])

  const elsewhere = await empty()
  const restored = await restore(elsewhere.owner, file, parts(modules))
  assert.deepEqual([restored.position, restored.rows, restored.migrated], [written.position, written.rows, []])
  assert.deepEqual(await verify(elsewhere.owner, modules), { events: written.position, differences: [] })
  assert.deepEqual(await digests(elsewhere.owner, written.position), await digests(house.database.owner, written.position))
  assert.deepEqual(
    await rows(elsewhere.owner, `select distinct tableowner from pg_tables where schemaname in ('kernel', 'access', 'dispatch')`),
    [{ tableowner: 'plumbline_owner' }],
  )

  const forced = `select relname from pg_class where relforcerowsecurity order by 1`
  assert.deepEqual(await rows(elsewhere.owner, forced), await rows(house.database.owner, forced))

  const next = await openOn(elsewhere, modules, join(folder, 'readings'))
  try {
    assert.equal(await next.status(duty.cookie), 401, 'a session does not outlive a restore')
    const cookie = await next.logIn(taker.login)
    const answer = await next.command(cookie, randomUUID(), 'open', openData())
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    // Log-ins and readings may have been noted meanwhile, but no position is given twice or left out.
    assert.ok((answer.body as { position: number }).position > written.position)
  } finally {
    await next.close()
  }
  assert.deepEqual((await verify(elsewhere.owner, modules)).differences, [])
})

test('the data of an earlier release comes through today’s migrations and is worked on', async () => {
  const database = await empty()
  const restored = await restore(database.owner, kept, parts(modules))
  assert.ok(restored.migrated.includes('dispatch/0005_search.sql'), restored.migrated.join())
  assert.deepEqual((await verify(database.owner, modules)).differences, [])
  assert.deepEqual(
    await rows(database.owner, `select row ->> 'phase' as phase, count(*)::int from dispatch.incident group by 1 order by 1`),
    [
      { phase: 'arrived', count: 1 },
      { phase: 'assigned', count: 1 },
      { phase: 'cancelled', count: 1 },
      { phase: 'cleared', count: 1 },
      { phase: 'closed', count: 1 },
      { phase: 'open', count: 8 },
      { phase: 'reported', count: 1 },
      { phase: 'underWay', count: 1 },
    ],
  )
  assert.deepEqual(
    await rows(
      database.owner,
      `select (select count(*)::int from kernel.event) as events, (select count(*)::int from access.unit) as units, (select count(*)::int from access.account) as accounts,
        (select count(*)::int from dispatch.call) as calls, (select encode(sha256(string_agg(digest, '' order by position)), 'hex') from kernel.event) as digest`,
    ),
    [{ events: 102, units: 5, accounts: 7, calls: 16, digest: '1ccbe7e5921aa20b7263078c99cd3fcdf733df7cfd8ef30152174dfb51b1cfd7' }],
  )
  const next = await openOn(database, modules, join(folder, 'readings-kept'))
  try {
    const cookie = await next.logIn('stationduty-2')
    const answer = await next.command(cookie, '4913b043-53d3-4dfa-b94e-a5db974565bb', 'sign', {})
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
  } finally {
    await next.close()
  }
  assert.deepEqual((await verify(database.owner, modules)).differences, [])
})

test('a file that is not whole or not ours is refused in a sentence, and the database stays empty', async () => {
  const database = await empty()
  const whole = await readFile(kept)
  const bad = join(folder, 'bad')
  const refused = async (content: Buffer, sentence: RegExp) => {
    await writeFile(bad, content)
    await assert.rejects(restore(database.owner, bad, parts(modules)), sentence)
  }
  const flipped = (at: number) => {
    const copy = Buffer.from(whole)
    copy[at] = (copy[at] ?? 0) ^ 1
    return copy
  }
  await assert.rejects(restore(database.owner, join(folder, 'none'), parts(modules)), /There is no file/)
  await assert.rejects(restore(database.owner, folder, parts(modules)), /is no file/)
  await refused(Buffer.from('PGDMP and more that is not ours'), /is no backup of Plumbline/)
  await refused(Buffer.alloc(0), /is cut off/)
  for (const length of [10, 25, 500, whole.length - 1]) await refused(whole.subarray(0, length), /is cut off/)
  for (const at of [20, 24, 25, 30, 4000, whole.length - 20]) await refused(flipped(at), /is damaged/)
  await refused(Buffer.concat([Buffer.from('plumbline-backup 2\n'), whole.subarray(19)]), /newer release/)
  await refused(
    rewritten(whole, (text) => text.replace('"number":2,"name":"patrols"', '"number":9,"name":"patrols"')),
    /newer release.*dispatch\/0009_patrols/s,
  )
  await refused(
    rewritten(whole, (text) => text.replace(/("table":"dispatch\.call","rows":)\d\d/, '$177')),
    /77 went in/,
  )
  assert.deepEqual(await tables(database.owner), [])
})

test('a backup never overwrites, a restore wants an empty database', async () => {
  const file = join(folder, 'there')
  await copyFile(kept, file)
  await assert.rejects(backup(house.database.owner, file), /is there already/)
  assert.deepEqual(await readFile(file), await readFile(kept))
  await assert.rejects(backup(house.database.owner, join(folder, 'no', 'folder')), /There is no folder/)
  await assert.rejects(backup((await empty()).owner, join(folder, 'nothing')), /nothing to back up/)
  const before = await rows(house.database.owner, 'table kernel.counter')
  await assert.rejects(restore(house.database.owner, kept, parts(modules)), /The database is not empty/)
  assert.deepEqual(await rows(house.database.owner, 'table kernel.counter'), before)
})

test('a backup that finds no room says so and leaves nothing behind', async () => {
  const file = join(folder, 'full')
  const { owner, app, worker } = house.database
  const child = spawn('bash', ['-c', 'ulimit -f 1; exec "$@"', 'bash', process.execPath, join(root, 'backup.ts'), file], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, PLUMBLINE_DATA: folder, DATABASE_URL: owner, DATABASE_APP_URL: app, DATABASE_WORKER_URL: worker },
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  assert.deepEqual(await once(child, 'close'), [1, null])
  assert.match(said, /^There is no room left in .*; no backup was made\.\n$/)
  assert.deepEqual(
    (await readdir(folder)).filter((name) => name.startsWith('full')),
    [],
  )
})

function start(program: string, file: string, database: TestDatabase): ChildProcess {
  const { owner, app, worker } = database
  return spawn(process.execPath, [join(root, program), file], {
    stdio: 'inherit',
    env: { ...process.env, PLUMBLINE_DATA: folder, DATABASE_URL: owner, DATABASE_APP_URL: app, DATABASE_WORKER_URL: worker },
  })
}

/** Starts a program that comes to wait for what `hold` takes, and kills it there. */
async function killedInTheMiddle(program: string, file: string, database: TestDatabase, hold: string): Promise<void> {
  await withClient(database.owner, async (holder) => {
    await holder.query('begin')
    await holder.query(hold)
    const child = start(program, file, database)
    const ended = once(child, 'exit')
    const waits = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and application_name = 'plumbline start'`
    await until('it waits', async () => (await rows(database.owner, waits)).length > 0, 60_000)
    child.kill('SIGKILL')
    assert.deepEqual(await ended, [null, 'SIGKILL'])
    await holder.query('rollback')
  })
  const others = 'select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and state is not null'
  await until('its connection is gone', async () => (await rows(database.owner, others)).length === 0, 60_000)
}

test('killed in the middle, a restore leaves the database empty and a backup leaves no file of the name', async () => {
  const database = await empty()
  await killedInTheMiddle('restore.ts', kept, database, 'create schema dispatch')
  assert.deepEqual(await tables(database.owner), [])
  const [code] = (await once(start('restore.ts', kept, database), 'exit')) as [number]
  assert.equal(code, 0)

  const file = join(folder, 'killed')
  await killedInTheMiddle('backup.ts', file, database, 'lock table dispatch.incident in access exclusive mode')
  const left = (await readdir(folder)).filter((name) => name.startsWith('killed'))
  assert.equal(left.length, 1)
  assert.match(left[0] ?? '', /^killed\.[0-9a-f]{12}\.part$/)
  await truncate(join(folder, left[0] ?? ''), 0)
  const again = once(start('backup.ts', file, database), 'exit')
  assert.deepEqual(await again, [0, null])
  const elsewhere = await empty()
  assert.equal((await restore(elsewhere.owner, file, parts(modules))).migrated.length, 0)
})
