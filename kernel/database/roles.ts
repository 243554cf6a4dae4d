import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import pg from 'pg'
import { hasCode } from './private.ts'

/** The three login roles. Migrations name them literally. */
export const roles = { owner: 'plumbline_owner', app: 'plumbline_app', worker: 'plumbline_worker' } as const

export type RolePasswords = Readonly<Record<keyof typeof roles, string>>
export type RoleUrls = Readonly<Record<keyof typeof roles, string>>

/** How long each role may hold the others up. */
const limits = [
  [roles.app, 'statement_timeout', '5s'],
  [roles.app, 'idle_in_transaction_session_timeout', '2s'],
  [roles.worker, 'statement_timeout', '60s'],
  [roles.worker, 'idle_in_transaction_session_timeout', '2s'],
] as const

const rolesLock = 0x706c756d

/** Runs `work` with a connection of its own. */
export async function withClient<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, application_name: 'plumbline start' })
  let broken: Error | undefined
  client.on('error', (error) => {
    broken = error
  })
  try {
    await client.connect()
    return await work(client)
  } catch (error) {
    throw broken ?? error
  } finally {
    await client.end()
  }
}

/** The URL with another login or another database. */
export function withLogin(url: string, user: string, password: string, database?: string): string {
  const changed = new URL(url)
  changed.username = encodeURIComponent(user)
  changed.password = encodeURIComponent(password)
  if (database !== undefined) changed.pathname = `/${encodeURIComponent(database)}`
  return changed.href
}

export function roleUrls(url: string, passwords: RolePasswords, database?: string): RoleUrls {
  return {
    owner: withLogin(url, roles.owner, passwords.owner, database),
    app: withLogin(url, roles.app, passwords.app, database),
    worker: withLogin(url, roles.worker, passwords.worker, database),
  }
}

/** What PostgreSQL stores for a password (RFC 5803), so that the password itself never stands in a statement or a log. */
function scramVerifier(password: string): string {
  const rounds = 4096
  const salt = randomBytes(16)
  const salted = pbkdf2Sync(password, salt, rounds, 32, 'sha256')
  const keyed = (text: string): Buffer => createHmac('sha256', salted).update(text).digest()
  const stored = createHash('sha256').update(keyed('Client Key')).digest('base64')
  return `SCRAM-SHA-256$${rounds}:${salt.toString('base64')}$${stored}:${keyed('Server Key').toString('base64')}`
}

/** Creates the roles that are missing and gives all three these passwords and the limits. */
export async function makeRoles(client: pg.Client, passwords: RolePasswords): Promise<void> {
  await client.query('begin')
  await client.query('select pg_advisory_xact_lock($1)', [rolesLock])
  const { rows } = await client.query<{ rolname: string }>('select rolname from pg_roles where rolname = any($1)', [Object.values(roles)])
  const there = new Set(rows.map((row) => row.rolname))
  for (const key of ['owner', 'app', 'worker'] as const) {
    const verb = there.has(roles[key]) ? 'alter' : 'create'
    await client.query(`${verb} role ${roles[key]} login password ${pg.escapeLiteral(scramVerifier(passwords[key]))}`)
  }
  for (const [role, setting, value] of limits) await client.query(`alter role ${role} set ${setting} = '${value}'`)
  await client.query('commit')
}

/**
 * Takes from everybody what PostgreSQL grants by default in this database and gives the three roles the way in. Rights inside come
 * from the migrations. The client must be connected to it unless `inside` is false (a copy of a database that was closed already).
 */
export async function closeDatabase(client: pg.Client, database: string, inside = true): Promise<void> {
  const name = pg.escapeIdentifier(database)
  await client.query(`revoke all on database ${name} from public`)
  await client.query(`grant connect, create, temporary on database ${name} to ${roles.owner}`)
  await client.query(`grant connect on database ${name} to ${roles.app}, ${roles.worker}`)
  if (!inside) return
  await client.query('revoke all on schema public from public')
  await client.query(`grant usage, create on schema public to ${roles.owner}`)
}

/** @throws when a role could do more than its work: a superuser and the like, or a member of the owner */
export async function checkRoles(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ rolname: string; power: string | null }>(
    `select r.rolname,
            case when r.rolsuper then 'is a superuser'
                 when r.rolbypassrls then 'bypasses row-level security'
                 when r.rolcreaterole then 'may create roles'
                 when r.rolreplication then 'may replicate'
                 when r.rolname <> $1 and exists (select from pg_auth_members m where m.member = r.oid) then 'is a member of another role'
            end as power
       from pg_roles r where r.rolname = any($2)`,
    [roles.owner, Object.values(roles)],
  )
  const missing = Object.values(roles).filter((role) => !rows.some((row) => row.rolname === role))
  if (missing.length > 0) throw new Error(`The database has no role ${missing.join(', ')}.`)
  const strong = rows.filter((row) => row.power !== null)
  if (strong.length > 0) throw new Error(strong.map((row) => `The role ${row.rolname} ${row.power}; it must not.`).join(' '))
}

/** Whether this URL lets its user in now. @throws when the server cannot be reached or the database is missing */
export async function letsIn(url: string): Promise<boolean> {
  try {
    await withClient(url, (client) => client.query('select 1'))
    return true
  } catch (error) {
    if (hasCode(error, '28P01', '28000', '42501')) return false
    throw error
  }
}
