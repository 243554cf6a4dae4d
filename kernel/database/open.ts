import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { openEmbedded } from './embedded.ts'
import { openGiven } from './given.ts'
import { checkRoles, closeDatabase, makeRoles, roles, roleUrls, withClient, withLogin } from './roles.ts'

/** An open database: the URLs of the three login roles, none of them a superuser. */
export interface Database {
  readonly kind: 'embedded' | 'given'
  /** Migrations and verification. */
  readonly owner: string
  /** Requests. */
  readonly app: string
  /** Followers, reactions, clocks. */
  readonly worker: string
  /** Stops the embedded server unless another process has adopted it since; does nothing to a given one. */
  stop(): Promise<void>
}

/** Where this installation keeps its data: `PLUMBLINE_DATA`, else /var/lib/plumbline for root and the user's own data folder for others. */
export function dataFolder(): string {
  const named = process.env['PLUMBLINE_DATA']
  if (named) return resolve(named)
  if (process.getuid?.() === 0) return '/var/lib/plumbline'
  return join(process.env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), 'plumbline')
}

/**
 * Opens the database at `url`, or without one the embedded PostgreSQL with its data in `data`, made at the first start.
 * @param o.name database of the embedded server, `plumbline` when not said
 * @throws with a sentence that says what to do
 */
export async function openDatabase(o: { data: string; url?: string; name?: string; log: (text: string) => void }): Promise<Database> {
  if (o.url) return { kind: 'given', ...(await openGiven({ data: o.data, url: o.url, log: o.log })), stop: async () => {} }
  const name = o.name ?? 'plumbline'
  const server = await openEmbedded({
    data: o.data,
    log: o.log,
    prepare: async (admin, passwords) => {
      await withClient(admin, async (client) => {
        await makeRoles(client, passwords)
        await checkRoles(client)
        await makeDatabase(client, name)
      })
      await withClient(withLogin(admin, 'postgres', passwords.postgres, name), (client) => closeDatabase(client, name))
    },
  })
  return { kind: 'embedded', ...roleUrls(server.near, server.passwords, name), stop: () => server.stop() }
}

/** Creates the database when it is missing; it belongs to the owner role. */
export async function makeDatabase(client: pg.Client, name: string): Promise<void> {
  const { rows } = await client.query('select from pg_database where datname = $1', [name])
  if (rows.length === 0) await client.query(`create database ${pg.escapeIdentifier(name)} owner ${roles.owner} template template0`)
}
