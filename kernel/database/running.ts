import { join } from 'node:path'
import pg from 'pg'
import { hasCode, textOf } from './private.ts'
import { openDatabase } from './open.ts'
import { roleUrls, type RolePasswords } from './roles.ts'

/**
 * The owner's URL of a database that may be in use: a running embedded server is used as it stands and neither adopted nor stopped; one that does
 * not run is started, and `done` stops it again.
 */
export async function ownerUrl(o: { data: string; url?: string }): Promise<{ url: string; done: () => Promise<void> }> {
  const running = o.url === undefined ? await runningOwner(o.data) : undefined
  if (running !== undefined) return { url: running, done: async () => {} }
  const database = await openDatabase({ ...o, log: () => undefined })
  return { url: database.owner, done: () => database.stop() }
}

async function runningOwner(data: string): Promise<string | undefined> {
  const text = await textOf(join(data, 'database.json'))
  if (text === undefined) return undefined
  const { passwords, port } = JSON.parse(text) as { passwords: RolePasswords; port?: number }
  if (port === undefined) return undefined
  const { owner } = roleUrls(`postgres://127.0.0.1:${port}/`, passwords, 'plumbline')
  const client = new pg.Client({ connectionString: owner, connectionTimeoutMillis: 2000 })
  try {
    await client.connect()
    return owner
  } catch (error) {
    if (hasCode(error, 'ECONNREFUSED', '57P03')) return undefined
    throw error
  } finally {
    await client.end()
  }
}
