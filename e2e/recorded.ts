import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { type RolePasswords, roleUrls } from '#kernel/database/roles.ts'
import { ownerUrl } from '#kernel/database/running.ts'
import { verify } from '#kernel/verify.ts'
import { modules } from '../modules.ts'

/** A look into the database beside the server, as its owner; the server is not disturbed. */
export async function asOwner<Result>(data: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const { url, done } = await ownerUrl({ data })
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
    await done()
  }
}

/** The connections on which the servers of this embedded database listen: only the role itself sees what its connections do. */
export async function listening(data: string, end = false): Promise<readonly number[]> {
  const { passwords, port } = JSON.parse(await readFile(join(data, 'database.json'), 'utf8')) as { passwords: RolePasswords; port: number }
  const client = new pg.Client({ connectionString: roleUrls(`postgres://127.0.0.1:${port}/`, passwords, 'plumbline').worker })
  await client.connect()
  try {
    const ears = `from pg_stat_activity where datname = current_database() and query = 'listen plumbline'`
    const text = end ? `select pid, pg_terminate_backend(pid) ${ears}` : `select pid ${ears}`
    return (await client.query<{ pid: number }>(text)).rows.map(({ pid }) => pid)
  } finally {
    await client.end()
  }
}

/** Moves the time of a house that stands still: its database is so many milliseconds ahead of the machine from now on, and its servers go by the database. */
export const moveTime = (data: string, ms: number): Promise<unknown> =>
  asOwner(data, (client) =>
    client.query(
      `create or replace function kernel.now() returns timestamptz language sql volatile set search_path = ''
       as $$ select clock_timestamp() + interval '${ms} milliseconds' $$`,
    ),
  )

/** How many events a module has recorded. What was read is recorded as well, under `access`, so the position alone says little. */
export const recorded = (data: string, module: string): Promise<number> =>
  asOwner(data, async (client) => {
    const { rows } = await client.query<{ amount: number }>('select count(*)::int as amount from kernel.event where module = $1', [module])
    return rows[0]?.amount ?? 0
  })

/** Everything in which the database differs from what its events say. */
export async function wrongIn(data: string): Promise<readonly unknown[]> {
  const { url, done } = await ownerUrl({ data })
  try {
    return (await verify(url, modules)).differences
  } finally {
    await done()
  }
}
