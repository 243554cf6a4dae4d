import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { glob, readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import type pg from 'pg'
import { modules } from '../modules.ts'
import { Pool } from './database/tx.ts'
import { openHouse } from './house.ts'
import type { AnyModule } from './module.ts'
import { connected, sql } from './testing/notes.ts'
import { probe } from './testing/probe.ts'
import { server, type TestServer } from './testing/server.ts'

let house: TestServer
before(async () => {
  house = await server(modules)
  await house.unit('B1', { kind: 'bureau', name: '市局' })
  await house.unit('S1', { kind: 'subBureau', name: '分局', parent: 'B1' })
  await house.unit('A1', { kind: 'station', name: 'A1', parent: 'S1' })
  const taker = await house.seat('callTaker', 'B1')
  const data = { call: { id: randomUUID(), channel: 'voice' }, narrative: 'x', place: { kind: 'unknown' }, kind: 'noise', unit: 'A1' }
  assert.equal((await taker.command('dispatch', randomUUID(), 'open', data)).status, 200)
})
after(() => house.stop())

type RoleName = 'owner' | 'app' | 'worker'
const denied = '42501'
const grown = 'PL002'
const unscoped = 'PL001'

/** What a statement comes to, undone whatever it was: `ok` or the SQLSTATE. */
async function attempt(client: pg.Client, text: string, scope = '*'): Promise<string> {
  await client.query('begin')
  try {
    await client.query(`select set_config('plumbline.scope', $1, true)`, [scope])
    await client.query(text)
    return 'ok'
  } catch (error) {
    return (error as { code?: string }).code ?? String(error)
  } finally {
    await client.query('rollback')
  }
}
const outcomes = (role: RoleName, texts: readonly string[]) =>
  connected(house.database[role], async (client) => {
    const list: [string, string][] = []
    for (const text of texts) list.push([text, await attempt(client, text)])
    return Object.fromEntries(list)
  })
const all = (texts: readonly string[], outcome: string) => Object.fromEntries(texts.map((text) => [text, outcome]))

const changesOfTheRecord = ['kernel.event', 'kernel.content'].flatMap((table) => [
  `update ${table} set position = position`,
  `delete from ${table}`,
  `delete from ${table} where position = 0`,
  `truncate ${table} cascade`,
])
const insertions = [
  `insert into kernel.event select 99, module, stream, 99, type, version, by, unit, at, occurred_at, occurred_source, gen_random_uuid(), 0, command_digest, digest from kernel.event limit 1`,
  `insert into kernel.content select 99, salt, data, class, sealed from kernel.content limit 1`,
  'update kernel.counter set position = position + 1',
]
const structure = [
  'create table kernel.mine (id int)',
  'create table public.mine (id int)',
  'create table dispatch.mine (id int)',
  'create temporary table mine (id int)',
  'create schema mine',
  'create function kernel.mine() returns int language sql as $$ select 1 $$',
  'create or replace function kernel.scope() returns text[] language sql as $$ select null::text[] $$',
  'alter table kernel.event add column mine int',
  'alter table kernel.content disable row level security',
  'alter table dispatch.incident disable row level security',
  'drop policy reader on dispatch.incident',
  'drop table kernel.event cascade',
  'grant select on kernel.throttle to public',
  'set role plumbline_owner',
  'set session_replication_role = replica',
  `select pg_read_file('/etc/hostname')`,
  `copy (select 1) to program 'true'`,
]
const foreignRows = [
  'insert into access.unit select * from access.unit',
  'update access.account set closed = true',
  'delete from access.grant_',
  'select credential from access.account',
  'select * from kernel.throttle',
  'select secret from kernel.factor',
  'select digest from kernel.recovery',
  'delete from dispatch.incident',
  'delete from dispatch.call',
  'update dispatch.call set row = row',
  'select * from dispatch.day',
  `select nextval('dispatch.number')`,
  `select access.ring('[]')`,
]

test('no role is a superuser or can make itself one, and none is a member of another', async () => {
  const rows = await sql<Record<string, unknown>>(
    house.database.app,
    `select r.rolname, r.rolsuper, r.rolbypassrls, r.rolcreaterole, r.rolcreatedb, r.rolreplication,
       exists (select from pg_auth_members m where m.member = r.oid) as member, pg_get_userbyid(d.datdba) = r.rolname as owns
     from pg_roles r, pg_database d where r.rolname like 'plumbline%' and d.datname = current_database() order by 1`,
  )
  const plain = { rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, rolreplication: false, member: false }
  assert.deepEqual(rows, [
    { rolname: 'plumbline_app', ...plain, owns: false },
    { rolname: 'plumbline_owner', ...plain, owns: true },
    { rolname: 'plumbline_worker', ...plain, owns: false },
  ])
  const limits = await Promise.all(
    (['app', 'worker'] as const).map((role) =>
      sql(
        house.database[role],
        `select current_setting('idle_in_transaction_session_timeout') as idle, current_setting('statement_timeout') as statement`,
      ),
    ),
  )
  assert.deepEqual(limits, [[{ idle: '2s', statement: '5s' }], [{ idle: '2s', statement: '1min' }]])
})

test('what was recorded is changed by nobody, not even by its owner', async () => {
  assert.deepEqual(await outcomes('app', [...changesOfTheRecord, ...insertions]), all([...changesOfTheRecord, ...insertions], denied))
  assert.deepEqual(await outcomes('worker', [...changesOfTheRecord, ...insertions]), all([...changesOfTheRecord, ...insertions], denied))
  assert.deepEqual(await outcomes('owner', changesOfTheRecord), all(changesOfTheRecord, grown))
  const falsified = [
    `update kernel.content set data = '{}'`,
    `update kernel.content set data = null`,
    `update kernel.content set data = null, sealed = true, salt = ''`,
    `update kernel.content set class = 'other', data = null, sealed = true`,
  ]
  assert.deepEqual(await outcomes('owner', falsified), all(falsified, grown))
})

test('one function may erase a content, and only for the worker; the event and its digest stay', async () => {
  const erase = 'select kernel.erase((select max(position) from kernel.event))'
  assert.deepEqual([await outcomes('app', [erase]), await outcomes('worker', [erase])], [{ [erase]: denied }, { [erase]: 'ok' }])
})

test('app and worker can neither build nor break, nor read or write what is not theirs', async () => {
  const both = [...structure, ...foreignRows]
  assert.deepEqual(await outcomes('app', both), all(both, denied))
  assert.deepEqual(await outcomes('worker', both), all(both, denied))
  const secrets = ['select * from kernel.secret', 'select * from kernel.session', `select kernel.failed('login:x')`]
  assert.deepEqual(await outcomes('worker', secrets), all(secrets, denied))
  const key = 'select private from kernel.signing_key'
  assert.deepEqual([await outcomes('app', [key]), await outcomes('worker', [key])], [{ [key]: denied }, { [key]: 'ok' }])
  const followers = [
    'select * from kernel.follower',
    'select * from kernel.effect_target',
    'select * from kernel.parked',
    'delete from kernel.session',
  ]
  assert.deepEqual(await outcomes('app', followers), all(followers, denied))
})

const scoped = [
  'select data from kernel.content',
  'select row from dispatch.incident',
  'select row from dispatch.call',
  'select id from access.account',
  'select role from access.grant_',
  `select data from kernel.trace('dispatch', 'x')`,
]

test('a read without a scope raises, on a fresh connection and on one that had a scope before', async () => {
  for (const role of ['app', 'worker'] as const) {
    for (const text of scoped) {
      await connected(house.database[role], async (client) => {
        const bare = () =>
          client.query(text).then(
            ({ rows }) => `${rows.length} rows`,
            (error: { code: string }) => error.code,
          )
        const got = [
          await bare(),
          await attempt(client, text),
          await bare(),
          await attempt(client, text, 'A1'),
          await bare(),
          await attempt(client, text, ''),
        ]
        assert.deepEqual(got, [unscoped, 'ok', unscoped, 'ok', unscoped, unscoped], `${role}: ${text}`)
      })
    }
  }
  const pool = new Pool(house.database.app, { max: 1, name: 'laws', onError: () => undefined })
  const read = (tx: { query: (text: string) => Promise<object[]> }) => tx.query('select row from dispatch.incident')
  const got: (number | string)[] = []
  for (const scope of ['*', ['A1'], ['A2'], []] as const) {
    got.push((await pool.read(scope, read)).length)
    got.push(
      await pool
        .write('own', async (tx) => ({
          statements: [],
          result: (
            (rows) => () =>
              rows.length
          )(await read(tx)),
        }))
        .catch((error: { code: string }) => error.code),
    )
  }
  await pool.close()
  assert.deepEqual(got, [1, unscoped, 1, unscoped, 0, unscoped, 0, unscoped])
})

/** What a module's text names beyond its own schemas and the functions of the kernel. */
function strays(text: string, own: readonly string[], schemas: readonly string[]): string[] {
  const plain = text
    .replaceAll('"', '')
    .replaceAll(/--.*$/gm, '')
    .replaceAll(/\s*\.\s*/g, '.')
  const named = [...plain.matchAll(/(?:\b(into|references|update|table)\s+)?(?<![\w.$/'-])([a-z_]+)\.([a-z_]+)(\s*\()?/gi)]
  return named.flatMap(([, target, schema = '', name, bracket]) => {
    if (!schemas.includes(schema.toLowerCase()) || own.includes(schema.toLowerCase())) return []
    const called = target === undefined && bracket !== undefined && ['kernel', 'access'].includes(schema.toLowerCase())
    return called ? [] : [`${schema}.${name}`]
  })
}

test('each module’s SQL touches only its own schemas and kernel functions', async () => {
  const schemas = ['kernel', 'public', 'pg_catalog', 'information_schema', ...modules.flatMap((module) => module.schemas)]
  const found: Record<string, string[]> = {}
  for (const module of modules) {
    const names: string[] = []
    for await (const file of glob(`modules/${module.name}/**/*.{sql,ts}`, { cwd: new URL('..', import.meta.url) })) {
      if (!/\.test\.ts$|\/web\//.test(file)) names.push(file)
    }
    assert.ok(
      names.some((name) => name.endsWith('views.ts')),
      module.name,
    )
    for (const name of names) {
      const stray = strays(await readFile(new URL(`../${name}`, import.meta.url), 'utf8'), module.schemas, schemas)
      if (stray.length > 0) found[name] = stray
    }
  }
  assert.deepEqual(found, {})
  const planted: [string, string[]][] = [
    ['select * from kernel.event', ['kernel.event']],
    ['select * from KERNEL . event', ['KERNEL.event']],
    ['select * from "kernel"."content" c', ['kernel.content']],
    ['update access.unit set name = $1', ['access.unit']],
    ['select 1 from dispatch.day d join probe.note using (id)', ['probe.note']],
    ['id text references access.account (id)', ['access.account']],
    ['select * from pg_catalog.pg_authid', ['pg_catalog.pg_authid']],
    ['select kernel.scope(), access.unit_of ($1) from dispatch.incident', []],
  ]
  assert.deepEqual(
    planted.map(([text]) => [text, strays(text, ['dispatch'], [...schemas, 'probe'])]),
    planted,
  )
})

test('a route, a view, a command, a signal or a push that does not say for whom refuses to start', async () => {
  const start = async (changed: object): Promise<string> => {
    const planted = { ...probe, ...changed } as AnyModule
    const opening = openHouse({ ...house.database, modules: [planted], spool: `${house.spool}-laws` })
    return opening.then(
      async (opened) => {
        await opened.close()
        return 'started'
      },
      (error: Error) => error.message,
    )
  }
  const without = (rule: object) => ({ ...rule, roles: undefined })
  const [view, command] = [Object.values(probe.views)[0] ?? {}, Object.values(probe.commands)[0] ?? {}]
  assert.deepEqual(
    {
      nothing: await start({}),
      view: await start({ views: { planted: without(view) } }),
      empty: await start({ views: { planted: { ...view, roles: [] } } }),
      unknown: await start({ views: { planted: { ...view, roles: ['sergeant'] } } }),
      command: await start({ commands: { planted: without(command) } }),
      signal: await start({ signals: () => ({ planted: { input: null, handle: null } }) }),
      live: await start({ live: without(probe.live ?? {}) }),
    },
    {
      nothing: 'started',
      view: 'the view probe.planted does not say who may use it',
      empty: 'the view probe.planted does not say who may use it',
      unknown: 'the view probe.planted does not say who may use it',
      command: 'the command probe.planted does not say who may use it',
      signal: 'the signal probe.planted does not say who may use it',
      live: 'the push of probe does not say who may use it',
    },
  )
  const opened = await openHouse({ ...house.database, modules, spool: `${house.spool}-laws` })
  assert.throws(() => opened.app.get('/planted', () => 'for anyone'), /the route \/planted does not say who may use it/)
  await opened.close()
})
