import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { openDatabase } from './open.ts'
import { alive } from './postmaster.ts'
import { withClient } from './roles.ts'

/** A data folder of its own for a test that is about the first start. */
async function fresh(t: TestContext, name = 'embedded-'): Promise<string> {
  const data = await mkdtemp(join(tmpdir(), name))
  t.after(() => remove(data))
  return data
}

/** The data folder of all other tests. Each leaves it with whatever it did to the server; the next one starts from there. */
let used: string
before(async () => {
  used = await mkdtemp(join(tmpdir(), 'embedded-'))
  await (await open(used)).stop()
})
after(() => remove(used))

async function remove(data: string): Promise<void> {
  const pid = await postmaster(data)
  if (pid !== undefined && alive(pid)) {
    process.kill(pid, 'SIGQUIT')
    while (alive(pid)) await sleep(20)
  }
  await rm(data, { recursive: true, maxRetries: 20 })
}

async function postmaster(data: string): Promise<number | undefined> {
  const text = await readFile(join(data, 'postgres', 'postmaster.pid'), 'utf8').catch(() => undefined)
  return text === undefined ? undefined : Number(text.split('\n')[0])
}

const open = (data: string, lines: string[] = []) => openDatabase({ data, name: 'sample', log: (text) => lines.push(text) })

/** A process of its own that opens the database; gives the URL of the owner once it is open. */
async function elsewhere(t: TestContext, data: string): Promise<{ child: ChildProcess; owner: string }> {
  const code = `import { openDatabase } from ${JSON.stringify(new URL('open.ts', import.meta.url).href)}
    const database = await openDatabase({ data: process.argv[1], name: 'sample', log: () => {} })
    console.log(database.owner)
    process.on('SIGTERM', () => database.stop().then(() => process.exit()))
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code, data], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  })
  t.after(() => child.kill('SIGKILL'))
  for await (const line of createInterface({ input: child.stdout })) return { child, owner: line }
  throw new Error('the other process ended')
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const exit = once(child, 'exit')
  child.kill(signal)
  await exit
}

const rows = (url: string, sql: string) => withClient(url, async (client) => (await client.query<Record<string, unknown>>(sql)).rows)

test('the first start makes a database whose three roles can do no more than their work', async (t) => {
  const data = await fresh(t)
  const database = await open(data)
  const settings = `select current_setting('server_encoding') as encoding, current_setting('data_checksums') as checksums, current_setting('fsync') as fsync,
    current_setting('synchronous_commit') as commit, current_setting('statement_timeout') as statement, current_setting('idle_in_transaction_session_timeout') as idle,
    session_user as user, coalesce(inet_client_addr()::text, 'socket') as way`
  const sound = { encoding: 'UTF8', checksums: 'on', fsync: 'on', commit: 'on', way: 'socket' }
  assert.deepEqual(await rows(database.owner, settings), [{ ...sound, statement: '0', idle: '0', user: 'plumbline_owner' }])
  assert.deepEqual(await rows(database.app, settings), [{ ...sound, statement: '5s', idle: '2s', user: 'plumbline_app' }])
  assert.deepEqual(await rows(database.worker, settings), [{ ...sound, statement: '1min', idle: '2s', user: 'plumbline_worker' }])
  const powers = `select rolname from pg_roles where rolname ~ 'plumbline' and not (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication) order by 1`
  assert.deepEqual(await rows(database.app, powers), [
    { rolname: 'plumbline_app' },
    { rolname: 'plumbline_owner' },
    { rolname: 'plumbline_worker' },
  ])
  assert.deepEqual(await rows(database.app, `select 'ä' < 'z' as alphabetical, lower('Ä') as lower`), [{ alphabetical: false, lower: 'ä' }])
  for (const url of [database.app, database.worker]) await assert.rejects(rows(url, 'create table public.mine ()'), { code: '42501' })
  await assert.rejects(rows(database.app.replace(/:[^:@/]+@/, ':wrong@'), 'select 1'), { code: '28P01' })
  await database.stop()
  assert.equal(await postmaster(data), undefined)
})

test('where the path is too long for a socket the way in is TCP', async (t) => {
  const database = await open(await fresh(t, 'a-folder-with-a-long-name-'.repeat(4)))
  const way = `select inet_client_addr() <<= '127.0.0.0/8' as here`
  assert.deepEqual(await rows(database.owner, way), [{ here: true }])
  await database.stop()
})

test('the passwords and the data are closed to others, and nothing runs as root', async () => {
  const data = used
  const database = await open(data)
  assert.equal((await stat(join(data, 'database.json'))).mode & 0o777, 0o600)
  const cluster = await stat(join(data, 'postgres'))
  assert.equal(cluster.mode & 0o777, 0o700)
  assert.notEqual(cluster.uid, 0)
  assert.equal((await stat(`/proc/${await postmaster(data)}`)).uid, cluster.uid)
  assert.deepEqual((await readdir(data)).toSorted(), ['database.holder', 'database.json', 'database.lock', 'postgres', 'program'])
  await database.stop()
})

test('after kill -9 of everything the next start finds what was committed', async (t) => {
  const data = used
  const { child, owner } = await elsewhere(t, data)
  await rows(owner, 'create table if not exists kept as select 1 as id')
  const pid = await postmaster(data)
  process.kill(Number(pid), 'SIGKILL')
  await ended(child, 'SIGKILL')
  const database = await open(data)
  assert.notEqual(await postmaster(data), pid)
  assert.deepEqual(await rows(database.owner, 'table kept'), [{ id: 1 }])
  assert.equal(database.owner, owner)
  await database.stop()
})

test('a server whose parent was killed is adopted, and the last to adopt it stops it', async (t) => {
  const data = used
  const { child } = await elsewhere(t, data)
  const pid = await postmaster(data)
  await ended(child, 'SIGKILL')
  const lines: string[] = []
  const first = await open(data, lines)
  assert.match(lines.join('\n'), /found PostgreSQL/)
  assert.equal(await postmaster(data), pid)
  const second = await elsewhere(t, data)
  await first.stop()
  assert.deepEqual(await rows(second.owner, 'select 1 as one'), [{ one: 1 }])
  await ended(second.child, 'SIGTERM')
  assert.equal(await postmaster(data), undefined)
})

test('four starts at once on fresh data share one server', async (t) => {
  const data = await fresh(t)
  const starts = await Promise.all(Array.from({ length: 4 }, () => elsewhere(t, data)))
  assert.equal(new Set(starts.map((start) => start.owner)).size, 1)
  for (const { owner } of starts) assert.deepEqual(await rows(owner, 'select 1 as one'), [{ one: 1 }])
  for (const { child } of starts) await ended(child, 'SIGTERM')
  assert.equal(await postmaster(data), undefined)
})

test('a server that is killed while in use comes back on the same port with what was committed', async () => {
  const data = used
  const lines: string[] = []
  const database = await open(data, lines)
  await rows(database.owner, 'create table if not exists kept as select 1 as id')
  process.kill(Number(await postmaster(data)), 'SIGKILL')
  for (let tries = 0; !lines.some((line) => line.includes('is back')); tries++) {
    assert.ok(tries < 200, lines.join('\n'))
    await sleep(50)
  }
  assert.deepEqual(await rows(database.owner, 'table kept'), [{ id: 1 }])
  await database.stop()
  assert.equal(await postmaster(data), undefined)
})

test('a pid file that names a stranger is cleaned away', async () => {
  const data = used
  await (await open(data)).stop()
  await writeFile(join(data, 'postgres', 'postmaster.pid'), `${process.pid}\n${join(data, 'postgres')}\n1\n1\n\n127.0.0.1\n\nready\n`)
  const lines: string[] = []
  const database = await open(data, lines)
  assert.match(lines.join('\n'), /removing a stale postmaster\.pid/)
  await database.stop()
})

test('a Ctrl-C at the terminal does not reach the server', async (t) => {
  const data = used
  const { child, owner } = await elsewhere(t, data)
  const exit = once(child, 'exit')
  process.kill(-Number(child.pid), 'SIGINT')
  await exit
  assert.deepEqual(await rows(owner, 'select 1 as one'), [{ one: 1 }])
})

test('data of another major version is refused with the way out', async (t) => {
  const data = await fresh(t)
  await mkdir(join(data, 'postgres'))
  await writeFile(join(data, 'postgres', 'PG_VERSION'), '16\n')
  await assert.rejects(open(data), /written by PostgreSQL 16; this release brings 18\. Dump it .* or name another folder in PLUMBLINE_DATA/)
})

test('a start that was killed while it made the data is made anew', async (t) => {
  const data = await fresh(t)
  await mkdir(join(data, 'postgres.new'))
  await writeFile(join(data, 'postgres.new', 'PG_VERSION'), '18\n')
  const database = await open(data)
  assert.deepEqual(await rows(database.app, 'select 1 as one'), [{ one: 1 }])
  await database.stop()
})
