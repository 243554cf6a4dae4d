import { createHash, randomBytes } from 'node:crypto'
import { link, open, stat, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import type pg from 'pg'
import copy from 'pg-copy-streams'
import { hasCode } from '../database/private.ts'
import { withClient } from '../database/roles.ts'
import { firstLine, frame, type Manifest, record, tail } from './file.ts'

/**
 * Left out: sessions, because a restored session that was ended meanwhile would be open again; waits after wrong passwords; and signals, which are
 * the last value of something that says it again and would be untrue by the time of a restore.
 */
export const kept = `n.nspname not in ('pg_catalog', 'information_schema', 'public') and n.nspname !~ '^pg_'
  and (n.nspname, c.relname) not in (('kernel', 'session'), ('kernel', 'throttle')) and c.relname !~ '^signal_'`

interface Table {
  readonly name: string
  readonly columns: string
}

/**
 * Writes everything of record in one snapshot into a new file, while the server goes on. Whole or not at all: until its last byte is on the disk the
 * file has another name.
 * @throws when the file is there already, the database holds nothing of ours, or the disk is full
 */
export async function backup(ownerUrl: string, path: string): Promise<{ position: number; rows: number; bytes: number }> {
  if (await exists(path)) throw new Error(`${path} is there already; a backup never overwrites. Name another file.`)
  const half = `${path}.${randomBytes(6).toString('hex')}.part`
  const file = await open(half, 'wx', 0o600).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) throw new Error(`There is no folder ${dirname(path)}.`)
    throw error
  })
  try {
    const written = await withClient(ownerUrl, async (client) => {
      const hash = createHash('sha256')
      let bytes = 0
      const put = async (chunk: Buffer) => {
        hash.update(chunk)
        bytes += chunk.length
        await file.appendFile(chunk)
      }
      await put(Buffer.from(firstLine))
      const found = await openSnapshot(client)
      const count = { rows: 0 }
      for await (const chunk of Readable.from(contents(client, found, count)).compose(createGzip({ level: 3 }))) await put(chunk as Buffer)
      const last = tail(hash.digest())
      await file.appendFile(last)
      await client.query('commit')
      return { position: found.manifest.position, rows: count.rows, bytes: bytes + last.length }
    })
    await file.sync()
    await file.close()
    // Unlike a rename, a link fails when another has taken the name meanwhile.
    await link(half, path)
    await syncFolder(dirname(path))
    return written
  } catch (error) {
    if (hasCode(error, 'ENOSPC', 'EDQUOT', 'EFBIG'))
      throw new Error(`There is no room left in ${dirname(path)}; no backup was made.`, { cause: error })
    if (hasCode(error, 'EEXIST'))
      throw new Error(`${path} is there already; a backup never overwrites. Name another file.`, { cause: error })
    throw error
  } finally {
    await file.close()
    await unlink(half)
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false
    throw error
  }
}

/** A name is on the disk only when its folder is. Windows knows no such thing. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  await folder.sync()
  await folder.close()
}

interface Found {
  readonly manifest: Manifest
  readonly tables: readonly Table[]
}

/** Values as text that every server from 15 on reads alike. */
export const plainText = `set datestyle = 'ISO'; set intervalstyle = 'postgres'; set timezone = 'UTC'; set client_encoding = 'UTF8';
  set extra_float_digits = 1; set bytea_output = 'hex'; set statement_timeout = 0`

async function openSnapshot(client: pg.Client): Promise<Found> {
  await client.query(plainText)
  await client.query('begin isolation level repeatable read read only')
  const migrations = await landed(client)
  const tables = await tablesOf(client)
  // No migration may change a table between the moment of the snapshot and its turn.
  await client.query(`lock table ${tables.map((table) => table.name).join(', ')} in access share mode`)
  const { rows } = await client.query<{ position: string; now: string }>('select position, now()::text from kernel.counter')
  const sequences = await sequencesOf(client)
  const [{ position, now } = { position: '0', now: '' }] = rows
  return {
    tables,
    manifest: {
      format: 1,
      madeAt: now,
      position: Number(position),
      migrations,
      sequences,
      tables: tables.map((table) => table.name),
    },
  }
}

async function landed(client: pg.Client): Promise<Manifest['migrations']> {
  const { rows: there } = await client.query(`select from pg_class where oid = to_regclass('public.migration')`)
  const { rows } =
    there.length === 0
      ? { rows: [] }
      : await client.query<Manifest['migrations'][number]>(
          `select part, number, name, sha256, applied_at::text as "appliedAt" from public.migration order by applied_at, part, number`,
        )
  if (rows.length === 0) throw new Error('This database holds nothing of Plumbline yet: there is nothing to back up.')
  return rows
}

/** Tables and the columns that are written, those that others refer to first. */
async function tablesOf(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<Table & { needs: string[] }>(`
    select format('%I.%I', n.nspname, c.relname) as name,
      (select string_agg(quote_ident(a.attname), ', ' order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
      array(select format('%I.%I', fn.nspname, f.relname) from pg_constraint k join pg_class f on f.oid = k.confrelid
        join pg_namespace fn on fn.oid = f.relnamespace where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid) as needs
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and ${kept} order by 1`)
  const sorted: Table[] = []
  let waiting = rows
  while (waiting.length > 0) {
    const ready = waiting.filter((table) => table.needs.every((need) => !waiting.some((other) => other.name === need)))
    if (ready.length === 0) throw new Error(`Tables refer to each other in a circle: ${waiting.map((table) => table.name).join(', ')}.`)
    sorted.push(...ready)
    waiting = waiting.filter((table) => !ready.includes(table))
  }
  return sorted
}

/** Read after the snapshot was taken: never behind a number that a row of the snapshot has. */
async function sequencesOf(client: pg.Client): Promise<Manifest['sequences']> {
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'S' and ${kept} order by 1`,
  )
  const found: Manifest['sequences'] = []
  for (const { name } of rows) {
    const state = await client.query<{ value: string; called: boolean }>(
      `select last_value::text as value, is_called as called from ${name}`,
    )
    for (const { value, called } of state.rows) found.push({ name, value, called })
  }
  return found
}

/** A row is a line: COPY writes a line end within a value as two letters. */
function lines(bytes: Buffer): number {
  let found = 0
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) found++
  return found
}

async function* contents(client: pg.Client, { manifest, tables }: Found, count: { rows: number }): AsyncGenerator<Buffer> {
  yield record(manifest)
  for (const { name, columns } of tables) {
    yield record({ table: name, columns })
    const hash = createHash('sha256')
    const rows = client.query(copy.to(`copy ${name} (${columns}) to stdout`))
    // When the file cannot be written the loop is left in the middle; that the connection then ends is no further fault.
    rows.on('error', () => undefined)
    let amount = 0
    for await (const chunk of rows) {
      hash.update(chunk as Buffer)
      amount += lines(chunk as Buffer)
      yield frame('D', chunk as Buffer)
    }
    count.rows += amount
    yield record({ table: name, rows: amount, sha256: hash.digest('hex') })
  }
  yield record({ end: true })
}
