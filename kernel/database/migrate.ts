import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import type pg from 'pg'
import { withClient } from './roles.ts'

/** The migrations of the kernel or of one module: `NNNN_name.sql` in a folder whose URL ends with a slash. */
export interface Part {
  readonly name: string
  readonly folder: URL
}

export interface Migration {
  readonly part: string
  readonly number: number
  readonly name: string
  readonly sha256: string
  readonly sql: string
}

export type Landed = Omit<Migration, 'sql'>

const migrationLock = 0x6d696772

export const label = ({ part, number, name }: Landed): string => `${part}/${String(number).padStart(4, '0')}_${name}.sql`

/**
 * Brings the database to the state of these parts, in their order: each file once, in a transaction of its own. Other starts at the
 * same time wait and then find nothing to do.
 * @throws when the database is newer than the code, a landed file was edited, or a file fails (named, with its line)
 */
export async function migrate(ownerUrl: string, parts: readonly Part[]): Promise<void> {
  const known = await knownMigrations(parts)
  await withClient(ownerUrl, async (client) => {
    await lockMigrations(client)
    await prepare(client)
    const { rows } = await client.query<Landed>('select part, number, name, sha256 from public.migration order by part, number')
    refuse(known, rows)
    const done = new Set(rows.map(label))
    for (const migration of known) {
      if (!done.has(label(migration))) await apply(client, migration)
    }
  })
}

/** Every migration that this program knows, in the order in which they run. @throws when a name does not fit or a number stands twice */
export async function knownMigrations(parts: readonly Part[]): Promise<Migration[]> {
  return (await Promise.all(parts.map(migrationsOf))).flat()
}

/** For as long as this connection lives nobody else migrates. */
export async function lockMigrations(client: pg.Client): Promise<void> {
  await client.query('select pg_advisory_lock($1)', [migrationLock])
}

/** What stands before the first migration. */
export async function prepare(client: pg.Client): Promise<void> {
  await client.query(`set client_min_messages = warning`)
  await client.query(`create table if not exists public.migration (
    part text not null, number int not null, name text not null, sha256 text not null, applied_at timestamptz not null default now(),
    primary key (part, number))`)
  // The app and the worker get what the files grant, and nothing that PostgreSQL would give to everybody.
  await client.query('alter default privileges revoke execute on functions from public')
  await client.query('alter default privileges revoke usage on types from public')
}

/** The files of one part in the order of their numbers. @throws when a name does not fit or a number stands twice */
async function migrationsOf(part: Part): Promise<Migration[]> {
  const files = (await readdir(part.folder)).filter((file) => file.endsWith('.sql')).toSorted()
  const found = await Promise.all(files.map((file) => read(part, file)))
  for (const [i, migration] of found.entries()) {
    if (migration.number === found[i - 1]?.number) throw new Error(`Two migrations of ${part.name} have the number ${migration.number}.`)
  }
  return found
}

async function read(part: Part, file: string): Promise<Migration> {
  const [, number, name] = /^(\d{4})_([a-z0-9_-]+)\.sql$/.exec(file) ?? []
  if (number === undefined || name === undefined) throw new Error(`A migration is called NNNN_name.sql, not ${part.name}/${file}.`)
  // A checkout on Windows may have changed the line ends; the text is the same.
  const sql = (await readFile(new URL(file, part.folder), 'utf8')).replaceAll('\r\n', '\n')
  return { part: part.name, number: Number(number), name, sha256: createHash('sha256').update(sql).digest('hex'), sql }
}

/** @throws when what has landed in the database and what the code knows do not fit together */
export function refuse(known: readonly Migration[], landed: readonly Landed[]): void {
  const byPlace = new Map(known.map((migration) => [`${migration.part} ${migration.number}`, migration]))
  const strange = landed.filter((row) => !byPlace.has(`${row.part} ${row.number}`))
  if (strange.length > 0) {
    throw new Error(
      `The database is newer than this program: it has ${strange.map(label).join(', ')}, which this program does not know. Start the release that made it, or restore a backup made before.`,
    )
  }
  for (const row of landed) {
    const migration = byPlace.get(`${row.part} ${row.number}`)
    if (migration?.name !== row.name || migration.sha256 !== row.sha256) {
      throw new Error(
        `${label(row)} has landed in this database and was edited or renamed since. Put it back as it was and write the change as a new migration.`,
      )
    }
  }
  for (const migration of known) {
    const last = landed.findLast((row) => row.part === migration.part)
    if (last && migration.number < last.number && !landed.some((row) => row.part === migration.part && row.number === migration.number)) {
      throw new Error(`${label(migration)} comes too late: ${label(last)} has landed in this database already. Give it the next number.`)
    }
  }
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('begin')
  await runMigration(client, migration)
  await client.query('commit')
}

/** Runs one file inside the transaction that is open, and notes it. @throws with the file and its line */
export async function runMigration(client: pg.Client, migration: Migration): Promise<void> {
  try {
    await client.query(migration.sql)
    await client.query('insert into public.migration (part, number, name, sha256) values ($1, $2, $3, $4)', [
      migration.part,
      migration.number,
      migration.name,
      migration.sha256,
    ])
  } catch (error) {
    const at = error instanceof Error && 'position' in error && typeof error.position === 'string' ? Number(error.position) : undefined
    const line = at === undefined ? '' : `, line ${migration.sql.slice(0, at).split('\n').length}`
    throw new Error(`Migration ${label(migration)}${line}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}
