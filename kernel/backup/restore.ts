import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import copy from 'pg-copy-streams'
import { knownMigrations, label, lockMigrations, type Migration, type Part, prepare, refuse, runMigration } from '../database/migrate.ts'
import { withClient } from '../database/roles.ts'
import { plainText } from './backup.ts'
import { checkFile, end, foot, type Frame, framesOf, head, type Manifest, manifest, nextRecord } from './file.ts'

export interface Restored {
  readonly position: number
  readonly rows: number
  readonly madeAt: string
  /** Migrations that are younger than the backup and ran over it. */
  readonly migrated: readonly string[]
}

/**
 * Puts a backup into an empty database: the schema as it was, by the migrations that had landed, its rows, then the migrations since. One transaction:
 * whatever goes wrong, the database stays empty.
 * @throws when the file is not whole or of a newer release, or the database is not empty
 */
export async function restore(ownerUrl: string, path: string, parts: readonly Part[]): Promise<Restored> {
  const place = await checkFile(path)
  const known = await knownMigrations(parts)
  return withClient(ownerUrl, async (client) => {
    await client.query(plainText)
    // A server that is started on this database meanwhile waits, and finds the restored one.
    await lockMigrations(client)
    await client.query('begin')
    await checkEmpty(client)
    await prepare(client)
    const frames = framesOf(path, place)
    const made = await nextRecord(frames, manifest)
    const [then, since] = divide(path, known, made)
    for (const migration of then) await runMigration(client, migration)
    for (const { part, number, appliedAt } of made.migrations)
      await client.query('update public.migration set applied_at = $3 where part = $1 and number = $2', [part, number, appliedAt])
    await clear(client, made.tables)
    const forced = await forcedTables(client)
    for (const table of forced) await client.query(`alter table ${table} no force row level security`)
    let rows = 0
    for (const table of made.tables) rows += await fill(client, frames, table)
    for (const table of forced) await client.query(`alter table ${table} force row level security`)
    await nextRecord(frames, end)
    for (const { name, value, called } of made.sequences) await client.query('select setval($1::regclass, $2, $3)', [name, value, called])
    await checkPosition(client, made.position)
    for (const migration of since) await runMigration(client, migration)
    await client.query('commit')
    await client.query('analyze')
    return { position: made.position, rows, madeAt: made.madeAt, migrated: since.map(label) }
  })
}

async function checkEmpty(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p', 'v', 'm', 'S', 'f') and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
       and c.oid is distinct from to_regclass('public.migration') order by 1 limit 3`,
  )
  if (rows.length > 0) {
    const found = rows.map((row) => row.name).join(', ')
    throw new Error(
      `The database is not empty (${found}); nothing was changed. A restore wants an empty one: create another, or name another PLUMBLINE_DATA. A server that runs on this one goes on undisturbed.`,
    )
  }
}

/** What had landed when the backup was made, and what came since, each in the order of the program. @throws when the backup knows more than we do */
function divide(path: string, known: readonly Migration[], made: Manifest): [Migration[], Migration[]] {
  const has = (migration: Migration) => made.migrations.some((row) => row.part === migration.part && row.number === migration.number)
  const strange = made.migrations.filter((row) => !known.some((each) => each.part === row.part && each.number === row.number))
  if (strange.length > 0) {
    throw new Error(
      `${path} was made by a newer release of Plumbline: it has ${strange.map(label).join(', ')}, which this program does not know. Restore it with that release.`,
    )
  }
  refuse(known, made.migrations)
  return [known.filter(has), known.filter((migration) => !has(migration))]
}

/** Rows that the migrations themselves have put in stand in the backup as well. */
async function clear(client: pg.Client, tables: readonly string[]): Promise<void> {
  for (const table of tables.toReversed()) {
    const { rows } = await client.query(`select from ${table} limit 1`)
    if (rows.length > 0) await client.query(`delete from ${table}`)
  }
}

/** Tables whose policies hold for their owner too; COPY does not write to them. Inside this transaction nobody else sees the difference. */
async function forcedTables(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and c.relforcerowsecurity order by 1`,
  )
  return rows.map((row) => row.name)
}

async function fill(client: pg.Client, frames: AsyncGenerator<Frame>, table: string): Promise<number> {
  const { table: named, columns } = await nextRecord(frames, head)
  if (named !== table) throw new Error(`The backup has ${named} where ${table} belongs.`)
  const hash = createHash('sha256')
  let last: Frame | undefined
  async function* rows(): AsyncGenerator<Buffer> {
    for (;;) {
      const next = await frames.next()
      if (next.done === true) throw new Error(`The backup ends within ${table}.`)
      if (next.value.kind === 'J') {
        last = next.value
        return
      }
      hash.update(next.value.bytes)
      yield next.value.bytes
    }
  }
  const into = client.query(copy.from(`copy ${table} (${columns}) from stdin`))
  await pipeline(Readable.from(rows()), into)
  const said = foot.parse(JSON.parse(last?.bytes.toString('utf8') ?? 'null'))
  if (said.table !== table || said.rows !== into.rowCount || said.sha256 !== hash.digest('hex'))
    throw new Error(`${table}: ${into.rowCount} rows came out of the backup, ${said.rows} went in.`)
  return said.rows
}

async function checkPosition(client: pg.Client, position: number): Promise<void> {
  const { rows } = await client.query<{ counter: string; events: string }>(
    'select (select position from kernel.counter) as counter, (select count(*) from kernel.event) as events',
  )
  const [{ counter, events } = { counter: '', events: '' }] = rows
  if (Number(counter) !== position || Number(events) !== position)
    throw new Error(`The backup says position ${position}; restored were ${events} events and position ${counter}.`)
}
