import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import { hasCode, newSecret, textOf, withLock, writePrivate } from './private.ts'
import { checkRoles, closeDatabase, letsIn, makeRoles, type RolePasswords, roles, type RoleUrls, roleUrls, withClient } from './roles.ts'

const oldest = 15

interface Given {
  readonly data: string
  readonly url: string
  readonly log: (text: string) => void
}

/**
 * The three logins of a PostgreSQL that the operator runs. Either `DATABASE_URL`, `DATABASE_APP_URL` and `DATABASE_WORKER_URL` are the
 * logins of the three roles, or `DATABASE_URL` is a login that may create roles: then their passwords are made once and kept in `data`.
 * @throws with what the operator can do about it
 */
export async function openGiven({ data, url, log }: Given): Promise<RoleUrls> {
  const [app, worker] = [process.env['DATABASE_APP_URL'], process.env['DATABASE_WORKER_URL']]
  if (!app !== !worker) throw new Error('Set both DATABASE_APP_URL and DATABASE_WORKER_URL, or neither.')
  const urls = app && worker ? { owner: url, app, worker } : await prepared({ data, url, log })
  for (const key of ['owner', 'app', 'worker'] as const) {
    const variable = key === 'owner' ? 'DATABASE_URL' : `DATABASE_${key.toUpperCase()}_URL`
    if (userOf(urls[key], variable) !== roles[key]) throw new Error(`${variable} must be the login of ${roles[key]}.`)
  }
  const places = await Promise.all(Object.values(urls).map((each) => entered(each, place)))
  if (new Set(places).size !== 1) throw new Error('DATABASE_URL, DATABASE_APP_URL and DATABASE_WORKER_URL lead to different databases.')
  await entered(urls.owner, async (client) => {
    await checkServer(client)
    await checkRoles(client)
  })
  return urls
}

function userOf(url: string, variable: string): string {
  if (!URL.canParse(url)) throw new Error(`${variable} is no URL. It looks like postgres://user:password@host:5432/database.`)
  return decodeURIComponent(new URL(url).username)
}

/** Names the database so that two connections can be compared. */
async function place(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ place: string }>(
    `select concat_ws(' ', current_database(), oid, coalesce(host(inet_server_addr()), 'local'), inet_server_port()) as place
       from pg_database where datname = current_database()`,
  )
  return rows[0]?.place ?? ''
}

async function checkServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: number; shown: string; encoding: string }>(
    `select current_setting('server_version_num')::int as version, current_setting('server_version') as shown, current_setting('server_encoding') as encoding`,
  )
  const server = rows[0]
  if (!server || server.version < oldest * 10_000) {
    throw new Error(`Plumbline needs PostgreSQL ${oldest} or newer; DATABASE_URL leads to ${server?.shown}.`)
  }
  if (server.encoding !== 'UTF8') {
    throw new Error(
      `The database of DATABASE_URL has the encoding ${server.encoding}. Create one with: createdb --encoding=UTF8 --template=template0 NAME`,
    )
  }
}

/** Like `withClient`, with the faults of a connection put into words. */
async function entered<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  try {
    return await withClient(url, work)
  } catch (error) {
    const { username, host, pathname } = new URL(url)
    const where = `${decodeURIComponent(username)} at ${host}${pathname}`
    if (hasCode(error, '28P01', '28000')) throw new Error(`The database refuses the login of ${where}.`, { cause: error })
    if (hasCode(error, '3D000'))
      throw new Error(`There is no database ${decodeURIComponent(pathname.slice(1))} at ${host}.`, { cause: error })
    if (hasCode(error, 'ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH')) {
      throw new Error(`No database answers at ${host}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
    }
    throw error
  }
}

/** Makes the roles with the login given, or uses what an earlier start has made. */
async function prepared({ data, url, log }: Given): Promise<RoleUrls> {
  if (userOf(url, 'DATABASE_URL') === roles.owner) {
    throw new Error(`DATABASE_URL is the login of ${roles.owner}; set DATABASE_APP_URL and DATABASE_WORKER_URL too.`)
  }
  await mkdir(data, { recursive: true, mode: 0o700 })
  const waiting = (): void => log('waiting for another start on the same data')
  return withLock(join(data, 'database.lock'), waiting, async () => {
    const path = join(data, 'database-given.json')
    const kept = JSON.parse((await textOf(path)) ?? '{}') as Record<string, RolePasswords>
    const { host, pathname } = new URL(url)
    const passwords = kept[host] ?? { owner: newSecret(), app: newSecret(), worker: newSecret() }
    await writePrivate(path, JSON.stringify({ ...kept, [host]: passwords }))
    await entered(url, async (client) => {
      await checkServer(client)
      await mayPrepare(client, async () => {
        await makeRoles(client, passwords)
        await closeDatabase(client, decodeURIComponent(pathname.slice(1)))
      })
    })
    const urls = roleUrls(url, passwords)
    for (const each of Object.values(urls)) {
      if (!(await letsIn(each)))
        throw new Error(`The role ${userOf(each, '')} has been made but cannot log in. Does pg_hba.conf let it in?`)
    }
    log(`using the roles ${Object.values(roles).join(', ')} at ${host}`)
    return urls
  })
}

async function mayPrepare(client: pg.Client, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!hasCode(error, '42501')) throw error
    await client.query('rollback')
    const { rows } = await client.query<{ name: string }>('select quote_ident(current_database()) as name')
    const name = rows[0]?.name ?? ''
    const { owner, app, worker } = roles
    throw new Error(
      `The login of DATABASE_URL may not prepare the database (${error instanceof Error ? error.message : ''}). Either use one that owns the database and may create roles, or let an administrator run
  create role ${owner} login; create role ${app} login; create role ${worker} login;  -- each with a password
  alter role ${app} set statement_timeout = '5s'; alter role ${app} set idle_in_transaction_session_timeout = '2s';
  alter role ${worker} set statement_timeout = '60s'; alter role ${worker} set idle_in_transaction_session_timeout = '2s';
  revoke all on database ${name} from public; grant connect, create, temporary on database ${name} to ${owner}; grant connect on database ${name} to ${app}, ${worker};
  revoke all on schema public from public; grant usage, create on schema public to ${owner};
and set DATABASE_URL, DATABASE_APP_URL and DATABASE_WORKER_URL to the logins of the three.`,
      { cause: error },
    )
  }
}
