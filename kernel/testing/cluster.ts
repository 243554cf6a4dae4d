import { createHash, randomBytes } from 'node:crypto'
import { readdir, readFile, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { type Embedded, openEmbedded, type Passwords } from '../database/embedded.ts'
import { migrate, type Part } from '../database/migrate.ts'
import { makeDatabase } from '../database/open.ts'
import { alive } from '../database/postmaster.ts'
import { hasCode, textOf, writePrivate } from '../database/private.ts'
import { checkRoles, closeDatabase, makeRoles, roles, type RoleUrls, roleUrls, withClient, withLogin } from '../database/roles.ts'

/** A database of one test: the URLs of the three login roles, and the way to remove it. */
export interface TestDatabase extends RoleUrls {
  drop(): Promise<void>
}

/** The cluster that tests share. `npm test` opens it once and hands it to the test processes through the environment. */
interface TestCluster {
  readonly admin: string
  readonly passwords: Passwords
}

const handed = 'PLUMBLINE_TEST_CLUSTER'
const templateLock = 0x746d706c
const dayOld = 24 * 60 * 60

// The data is worth nothing, so nothing waits for a disk. What a test can observe (isolation, visibility, order) stays as in earnest.
const careless = {
  fsync: 'off',
  full_page_writes: 'off',
  shared_buffers: '128MB',
  max_wal_size: '512MB',
  autovacuum_naptime: '1h',
}

/** Where the cluster of the tests keeps its data between runs: never beside real data. */
function testFolder(): string {
  const named = process.env['PLUMBLINE_TEST_DATA']
  if (named) return resolve(named)
  if (process.getuid?.() === 0) return '/var/lib/plumbline-test'
  return join(process.env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), 'plumbline-test')
}

/** Opens the shared cluster and drops what killed runs have left in it. `stop` leaves it running while other test processes use it. */
export async function openTestCluster(log: (text: string) => void): Promise<Embedded> {
  const data = testFolder()
  const cluster = await openEmbedded({
    data,
    before: forgetBeforeRestart,
    settings: careless,
    log,
    prepare: (admin, passwords) =>
      withClient(admin, async (client) => {
        await makeRoles(client, passwords)
        await checkRoles(client)
        await dropLeftovers(client)
      }),
  })
  const inUse = (client: pg.Client) =>
    client.query(`select from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`)
  return {
    ...cluster,
    async stop() {
      if ((await withClient(cluster.admin, inUse)).rows.length === 0) await cluster.stop()
    },
  }
}

/** The environment by which test processes find a cluster that is open already. */
export function handOver(cluster: TestCluster): Record<string, string> {
  return { [handed]: JSON.stringify({ admin: cluster.admin, passwords: cluster.passwords }) }
}

/**
 * Without fsync a crash of the machine may leave damaged data: what was written before the machine's last start is thrown away.
 * @throws when the folder holds data that is not of tests
 */
async function forgetBeforeRestart(data: string): Promise<void> {
  const marker = join(data, 'test-data')
  const boot = (await textOf('/proc/sys/kernel/random/boot_id')) ?? ''
  const seen = await textOf(marker)
  if (seen === undefined && (await readdir(data)).includes('postgres')) {
    throw new Error(`${data} holds data that is not of tests. Name another folder in PLUMBLINE_TEST_DATA.`)
  }
  if (seen !== boot) await rm(join(data, 'postgres'), { recursive: true, force: true })
  await writePrivate(marker, boot)
}

/** Databases of test processes that have ended, and templates half made or older than a day. */
async function dropLeftovers(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string; age: number }>(
    `select datname as name, extract(epoch from now() - (pg_stat_file('base/' || oid || '/PG_VERSION')).modification)::float8 as age
       from pg_database where datname ~ '^(test|template)_'`,
  )
  for (const { name, age } of rows) {
    const [kind, pid] = name.split('_')
    if (kind === 'test' ? !alive(Number(pid)) : age > dayOld) await dropDatabase(client, name)
  }
}

async function dropDatabase(client: pg.Client, name: string): Promise<void> {
  await client.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`)
}

let shared: Promise<TestCluster> | undefined

/** The cluster that `npm test` handed over, or for a test file started by hand one that is opened here and left running. */
function testCluster(): Promise<TestCluster> {
  const text = process.env[handed]
  shared ??= text ? Promise.resolve(JSON.parse(text) as TestCluster) : openTestCluster(() => {})
  return shared
}

/**
 * A database of its own, with these parts migrated: a copy of a template that is made once for each content of the files.
 * Many test processes may ask at the same time. It vanishes with `drop()`, or at the next start when the test was killed.
 */
export async function testDatabase(parts: readonly Part[]): Promise<TestDatabase> {
  const { admin, passwords } = await testCluster()
  const name = `test_${process.pid}_${randomBytes(6).toString('hex')}`
  const template = `template_${await contentOf(parts)}`
  await withClient(admin, async (client) => {
    await makeTemplate(client, admin, passwords, template, parts)
    await copy(client, template, name)
    await closeDatabase(client, name, false)
  })
  return {
    ...roleUrls(admin, passwords, name),
    drop: () => withClient(admin, (client) => dropDatabase(client, name)),
  }
}

/** A digest of the names and contents of all migrations, in order. */
async function contentOf(parts: readonly Part[]): Promise<string> {
  const hash = createHash('sha256')
  for (const part of parts) {
    for (const file of (await readdir(part.folder)).filter((each) => each.endsWith('.sql')).toSorted()) {
      hash
        .update(`${part.name}/${file}\n`)
        .update(await readFile(new URL(file, part.folder)))
        .update('\0')
    }
  }
  return hash.digest('hex').slice(0, 24)
}

/** Makes the template unless it is there. The name it gets last says that it is whole. */
async function makeTemplate(
  client: pg.Client,
  admin: string,
  passwords: Passwords,
  template: string,
  parts: readonly Part[],
): Promise<void> {
  const isThere = async (): Promise<boolean> =>
    (await client.query('select from pg_database where datname = $1', [template])).rows.length > 0
  if (await isThere()) return
  await client.query('select pg_advisory_lock($1)', [templateLock])
  try {
    if (await isThere()) return
    const half = `half_${template}`
    await dropDatabase(client, half)
    await makeDatabase(client, half)
    await withClient(withLogin(admin, 'postgres', passwords.postgres, half), (inside) => closeDatabase(inside, half))
    await migrate(withLogin(admin, roles.owner, passwords.owner, half), parts)
    await client.query(`alter database ${half} rename to ${template}`)
  } finally {
    await client.query('select pg_advisory_unlock($1)', [templateLock])
  }
}

/** Copies the template. Another session may look into it for a moment (autovacuum does): then once more. */
async function copy(client: pg.Client, template: string, name: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await client.query(`create database ${name} owner ${roles.owner} template ${template}`)
      return
    } catch (error) {
      if (!hasCode(error, '55006') || tries === 20) throw error
    }
  }
}
