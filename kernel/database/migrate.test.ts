import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { pathToFileURL } from 'node:url'
import { testDatabase } from '#kernel/testing/cluster.ts'
import { migrate, type Part } from './migrate.ts'
import { withClient } from './roles.ts'

/** An empty database and a part whose files are these, both gone after the test. */
async function setUp(t: TestContext, files: Record<string, string>): Promise<{ owner: string; app: string; part: Part; folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'migrations-'))
  t.after(() => rm(folder, { recursive: true }))
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
  const database = await testDatabase([])
  t.after(() => database.drop())
  return { ...database, folder, part: { name: 'sample', folder: pathToFileURL(`${folder}/`) } }
}

const landed = (owner: string) =>
  withClient(owner, async (client) =>
    (await client.query<{ file: string }>(`select part || number as file from migration order by 1`)).rows.map((row) => row.file),
  )

const two = { '0001_first.sql': 'create table a (id int)', '0002_second.sql': `create table b (id int); insert into b values (1)` }

test('twenty starts at once apply every file once', async (t) => {
  const { owner, part } = await setUp(t, two)
  await Promise.all(Array.from({ length: 20 }, () => migrate(owner, [part])))
  assert.deepEqual(await landed(owner), ['sample1', 'sample2'])
  assert.deepEqual(await withClient(owner, async (client) => (await client.query('select id from b')).rows), [{ id: 1 }])
})

test('a new file is applied to a database that has the older ones', async (t) => {
  const { owner, part, folder } = await setUp(t, two)
  await migrate(owner, [part])
  await writeFile(join(folder, '0003_third.sql'), 'insert into b values (2)')
  await migrate(owner, [part])
  await migrate(owner, [part])
  assert.deepEqual(await withClient(owner, async (client) => (await client.query('select id from b order by 1')).rows), [
    { id: 1 },
    { id: 2 },
  ])
})

test('a database newer than the code is refused', async (t) => {
  const { owner, part, folder } = await setUp(t, two)
  await migrate(owner, [part])
  await rm(join(folder, '0002_second.sql'))
  await assert.rejects(migrate(owner, [part]), /newer than this program: it has sample\/0002_second\.sql/)
  await assert.rejects(migrate(owner, []), /newer than this program/)
})

test('a landed file that was edited or renamed is refused, a change of line ends is none', async (t) => {
  const { owner, part, folder } = await setUp(t, { '0001_first.sql': 'create table a (id int);\n' })
  await migrate(owner, [part])
  await writeFile(join(folder, '0001_first.sql'), 'create table a (id int);\r\n')
  await migrate(owner, [part])
  await writeFile(join(folder, '0001_first.sql'), 'create table a (id bigint);\n')
  await assert.rejects(migrate(owner, [part]), /0001_first\.sql has landed in this database and was edited/)
  await rm(join(folder, '0001_first.sql'))
  await writeFile(join(folder, '0001_other.sql'), 'create table a (id int);\n')
  await assert.rejects(migrate(owner, [part]), /0001_first\.sql has landed/)
})

test('a number before the last landed one is refused', async (t) => {
  const { owner, part, folder } = await setUp(t, { '0001_first.sql': 'select 1', '0003_third.sql': 'select 1' })
  await migrate(owner, [part])
  await writeFile(join(folder, '0002_second.sql'), 'select 1')
  await assert.rejects(migrate(owner, [part]), /0002_second\.sql comes too late/)
})

test('a failing file is named with its line and leaves nothing', async (t) => {
  const { owner, part, folder } = await setUp(t, { ...two, '0003_third.sql': 'create table c (id int);\ncreate table d (\n  id nonsense)' })
  await assert.rejects(migrate(owner, [part]), /Migration sample\/0003_third\.sql, line 3: type "nonsense" does not exist/)
  assert.deepEqual(await landed(owner), ['sample1', 'sample2'])
  await writeFile(join(folder, '0003_third.sql'), 'create table c (id int)')
  await migrate(owner, [part])
  assert.deepEqual(await landed(owner), ['sample1', 'sample2', 'sample3'])
})

test('names that do not fit and doubled numbers are refused', async (t) => {
  const { owner, part, folder } = await setUp(t, { '1_first.sql': 'select 1' })
  await assert.rejects(migrate(owner, [part]), /NNNN_name\.sql, not sample\/1_first\.sql/)
  await rm(join(folder, '1_first.sql'))
  for (const name of ['0001_a.sql', '0001_b.sql']) await writeFile(join(folder, name), 'select 1')
  await assert.rejects(migrate(owner, [part]), /Two migrations of sample have the number 1/)
})

test('the app may do nothing that a file does not grant', async (t) => {
  const { owner, app, part } = await setUp(t, {
    '0001_first.sql': `create schema s; grant usage on schema s to plumbline_app;
      create table s.secret (id int); create function s.power() returns int language sql as 'select 1';
      create function s.given() returns int language sql as 'select 2'; grant execute on function s.given() to plumbline_app`,
  })
  await migrate(owner, [part])
  const asApp = (sql: string) => withClient(app, async (client) => (await client.query(sql)).rows)
  assert.deepEqual(await asApp('select s.given()'), [{ given: 2 }])
  for (const sql of [
    'select s.power()',
    'table s.secret',
    'table public.migration',
    'create table public.mine ()',
    'create temporary table mine ()',
    'create schema mine',
  ]) {
    await assert.rejects(asApp(sql), { code: '42501' }, sql)
  }
})
