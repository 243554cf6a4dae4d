import assert from 'node:assert/strict'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type Embedded, openEmbedded } from './embedded.ts'
import { openDatabase } from './open.ts'
import { withClient, withLogin } from './roles.ts'

// An embedded server of its own plays the operator's: these tests change passwords of roles that other tests log in with.
let data: string
let server: Embedded

before(async () => {
  data = await mkdtemp(join(tmpdir(), 'given-'))
  server = await openEmbedded({ data, settings: { fsync: 'off', shared_buffers: '32MB' }, log: () => {}, prepare: async () => {} })
})
after(async () => {
  await server.stop()
  await rm(data, { recursive: true })
})

const rows = (url: string, sql: string) => withClient(url, async (client) => (await client.query<Record<string, unknown>>(sql)).rows)
const run = (sql: string) => rows(server.admin, sql)
const at = (database: string, user = 'postgres', password = server.passwords.postgres) => withLogin(server.admin, user, password, database)
const open = (url: string) => openDatabase({ data: join(data, 'own'), url, log: () => {} })

test('a login that may create roles makes the three once and keeps their passwords', async () => {
  await run('create database one')
  const first = await open(at('one'))
  assert.equal(first.kind, 'given')
  await rows(first.owner, 'create table t ()')
  assert.deepEqual(await rows(first.worker, 'select current_user as name, current_database() as database'), [
    { name: 'plumbline_worker', database: 'one' },
  ])
  await assert.rejects(rows(first.app, 'table public.t'), { code: '42501' })
  assert.equal((await stat(join(data, 'own', 'database-given.json'))).mode & 0o777, 0o600)
  assert.deepEqual({ ...(await open(at('one'))), stop: 0 }, { ...first, stop: 0 })
  await first.stop()
  assert.deepEqual(await rows(first.app, 'select 1 as one'), [{ one: 1 }])
})

test('an owner of the database who may create roles is enough, no superuser is needed', async () => {
  await run(`create role manager login createrole password 'manager'`)
  await run('create database two owner manager')
  for (const role of ['owner', 'app', 'worker']) await run(`grant plumbline_${role} to manager with admin option`)
  const database = await open(at('two', 'manager', 'manager'))
  assert.deepEqual(await rows(database.app, 'select current_user as name'), [{ name: 'plumbline_app' }])
})

test('three given logins are used as they are', async () => {
  await run('create database three')
  const made = await open(at('three'))
  process.env['DATABASE_APP_URL'] = made.app
  try {
    await assert.rejects(open(made.owner), /Set both DATABASE_APP_URL and DATABASE_WORKER_URL/)
    process.env['DATABASE_WORKER_URL'] = made.worker
    assert.deepEqual({ ...(await open(made.owner)), stop: 0 }, { ...made, stop: 0 })
    await assert.rejects(open(at('three')), /DATABASE_URL must be the login of plumbline_owner/)
    process.env['DATABASE_WORKER_URL'] = made.worker.replace('/three', '/two')
    await assert.rejects(open(made.owner), /lead to different databases/)
  } finally {
    delete process.env['DATABASE_APP_URL']
    delete process.env['DATABASE_WORKER_URL']
  }
  await assert.rejects(open(made.owner), /set DATABASE_APP_URL and DATABASE_WORKER_URL too/)
})

test('a role with more power than its work is refused', async () => {
  await run('create database four')
  await open(at('four'))
  await run('grant plumbline_owner to plumbline_app')
  await assert.rejects(open(at('four')), /plumbline_app is a member of another role/)
  await run('revoke plumbline_owner from plumbline_app; alter role plumbline_worker superuser')
  await assert.rejects(open(at('four')), /plumbline_worker is a superuser/)
  await run('alter role plumbline_worker nosuperuser')
  await open(at('four'))
})

test('what cannot be used is refused with a sentence', async () => {
  await run(`create database ascii encoding 'SQL_ASCII' locale 'C' template template0`)
  await run(`create role guest login password 'guest'`)
  await run('create database five')
  await assert.rejects(open(at('ascii')), /has the encoding SQL_ASCII/)
  await assert.rejects(open(at('nowhere')), /There is no database nowhere/)
  await assert.rejects(open(at('five', 'postgres', 'wrong')), /refuses the login of postgres/)
  await assert.rejects(open(at('five', 'guest', 'guest')), /may not prepare the database .*create role plumbline_owner/s)
  await assert.rejects(open('postgres://postgres:x@127.0.0.1:1/five'), /No database answers at 127\.0\.0\.1:1/)
  await assert.rejects(open('nonsense'), /DATABASE_URL is no URL/)
})
