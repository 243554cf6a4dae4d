import { access, chmod, chown, mkdir, readdir, realpath, rename, rm, stat } from 'node:fs/promises'
import { constants } from 'node:fs'
import { join } from 'node:path'
import { hasCode, newSecret, textOf, withLock, writePrivate } from './private.ts'
import { adminUrl, adoptOrStart, alive, type Cluster, nearUrl, type Running, stop } from './postmaster.ts'
import { installProgram, makeServerFolder, type Program, removeOldPrograms, runProgram, serverUser } from './program.ts'

/** Passwords of the roles; kept beside the data in a file that only the starting user can read. */
export interface Passwords {
  readonly postgres: string
  readonly owner: string
  readonly app: string
  readonly worker: string
}

/** An embedded PostgreSQL. `admin` is a superuser's URL of its database `postgres`: for the start only, never for the server's work. */
export interface Embedded {
  readonly port: number
  readonly admin: string
  /** The same by the nearest way, for connections that work. */
  readonly near: string
  readonly passwords: Passwords
  /** Stops the server, unless another process has adopted it since. */
  stop(): Promise<void>
}

export interface EmbeddedOptions {
  readonly data: string
  /** Lines of postgresql.conf that replace those below. */
  readonly settings?: Readonly<Record<string, string>>
  readonly log: (text: string) => void
  /** Runs under the lock of the data folder, given by its real path, before a server is looked for or started. */
  readonly before?: (data: string) => Promise<void>
  /** Runs under the lock of the data folder once the server answers. */
  readonly prepare: (admin: string, passwords: Passwords) => Promise<void>
}

// What a client sent must not reach a log, so messages of level ERROR, statements, parameters and details stay out of it.
const standard: Readonly<Record<string, string>> = {
  max_connections: '100',
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  maintenance_work_mem: '128MB',
  random_page_cost: '1.1',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  password_encryption: 'scram-sha-256',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_checkpoints: 'off',
  log_line_prefix: '%m [%p] ',
}

interface Kept {
  readonly passwords: Passwords
  readonly port?: number
}

/**
 * Starts or adopts the embedded server of a data folder. While this process lives and nobody else has adopted the server, it is
 * started again on the same port whenever it ends unasked.
 * @throws with a way out when the data belongs to another major version or user, or the server does not start
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { log } = options
  const data = await prepareFolder(options.data)
  const token = newSecret()
  const lock = <Result>(work: () => Promise<Result>): Promise<Result> =>
    withLock(join(data, 'database.lock'), () => log('waiting for another start on the same data'), work)
  const opened = await lock(async () => {
    await options.before?.(data)
    const cluster = await openCluster(data, options)
    const kept = await readKept(data)
    const running = await adoptOrStart(cluster, kept.port, false)
    log(`${running.adopted ? 'found' : 'started'} PostgreSQL ${cluster.program.version} on port ${running.port}, data in ${data}`)
    if (!running.adopted) await removeOldPrograms(data, cluster.program)
    await writePrivate(join(data, 'database.json'), JSON.stringify({ ...kept, port: running.port }))
    await options.prepare(adminUrl(running.port, kept.passwords.postgres), kept.passwords)
    await writePrivate(join(data, 'database.holder'), token)
    return { cluster, running, near: await nearUrl(cluster, running.port), passwords: kept.passwords }
  })
  const { cluster, running, near, passwords } = opened
  const holds = async (): Promise<boolean> => (await textOf(join(data, 'database.holder'))) === token
  const guard = watch(cluster, running, holds, lock)
  return {
    port: running.port,
    admin: adminUrl(running.port, passwords.postgres),
    near,
    passwords,
    async stop() {
      await guard.end()
      await lock(async () => {
        if (await holds()) await stop(cluster)
      })
    },
  }
}

/** Looks twice a second whether the server lives, and starts it again when it does not. */
function watch(
  cluster: Cluster,
  first: Running,
  holds: () => Promise<boolean>,
  lock: <Result>(work: () => Promise<Result>) => Promise<Result>,
): { end(): Promise<void> } {
  let running = first
  let repair: Promise<void> | undefined
  let failures = 0
  const revive = async (): Promise<void> => {
    try {
      await lock(async () => {
        if (!(await holds())) return clearInterval(timer)
        cluster.log('the database has ended unasked; starting it again')
        running = await adoptOrStart(cluster, running.port, true)
        failures = 0
        cluster.log(`the database is back on port ${running.port}`)
      })
    } catch (error) {
      failures += 1
      cluster.log(`the database could not be started again (try ${failures}): ${error instanceof Error ? error.message : String(error)}`)
    } finally {
      repair = undefined
    }
  }
  const timer = setInterval(() => {
    if (!repair && !alive(running.pid)) repair = revive()
  }, 500)
  timer.unref()
  return {
    async end() {
      clearInterval(timer)
      await repair
    },
  }
}

/** Makes the data folder and gives its real path. As root others may pass through it, because the server runs as another user. */
async function prepareFolder(path: string): Promise<string> {
  const root = process.getuid?.() === 0
  try {
    await mkdir(path, { recursive: true, mode: root ? 0o711 : 0o700 })
    const data = await realpath(path)
    await access(data, constants.W_OK)
    if (root) await chmod(data, ((await stat(data)).mode & 0o777) | 0o011)
    return data
  } catch (error) {
    if (!hasCode(error, 'EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST')) throw error
    throw new Error(`The data folder ${path} cannot be written by this user. Name another one in PLUMBLINE_DATA.`, { cause: error })
  }
}

async function openCluster(data: string, options: EmbeddedOptions): Promise<Cluster> {
  const folder = join(data, 'postgres')
  const user = await serverUser(folder)
  const program = await installProgram(data, user)
  await canRun(program)
  const written = (await textOf(join(folder, 'PG_VERSION')).catch(unreadable(folder)))?.trim()
  const major = program.version.split('.')[0]
  if (written === undefined) await createCluster(data, folder, program, options)
  else if (written !== major) {
    throw new Error(
      `The data in ${folder} was written by PostgreSQL ${written}; this release brings ${major}. Dump it with the release that wrote it (pg_dumpall), move ${folder} and ${join(data, 'database.json')} away, start, and load the dump; or name another folder in PLUMBLINE_DATA.`,
    )
  }
  const { passwords } = await readKept(data)
  return { folder, program, password: passwords.postgres, settings: { ...standard, ...options.settings }, log: options.log }
}

const unreadable =
  (folder: string) =>
  (error: unknown): never => {
    if (!hasCode(error, 'EACCES')) throw error
    throw new Error(`The data in ${folder} belongs to another user. Start as that user, or name another folder in PLUMBLINE_DATA.`, {
      cause: error,
    })
  }

/** The server's user must be able to reach the binaries and the data: not so when the folder lies under somebody's closed home. */
async function canRun(program: Program): Promise<void> {
  const { code, text } = await runProgram(program, 'postgres', ['--version'], '/').catch((error: unknown) => ({
    code: -1,
    text: String(error),
  }))
  if (code === 0) return
  if (!program.user)
    throw new Error(`The PostgreSQL in ${program.folder} does not run on this machine: ${text}. Set DATABASE_URL to use your own.`)
  throw new Error(
    `The user with id ${program.user.uid}, who runs the database for root, cannot run ${program.folder}: ${text}. Name a folder that every user may enter in PLUMBLINE_DATA, for example /var/lib/plumbline.`,
  )
}

/** Makes a new cluster beside its place and moves it there when it is whole. */
async function createCluster(data: string, folder: string, program: Program, options: EmbeddedOptions): Promise<void> {
  for (const name of await readdir(data)) {
    if (name.startsWith('postgres.')) await rm(join(data, name), { recursive: true, force: true })
  }
  const passwords: Passwords = { postgres: newSecret(), owner: newSecret(), app: newSecret(), worker: newSecret() }
  const half = join(data, 'postgres.new')
  await makeServerFolder(half, program.user)
  const passwordFile = join(data, 'postgres.password')
  await writePrivate(passwordFile, passwords.postgres)
  if (program.user) await chown(passwordFile, program.user.uid, program.user.gid)
  // The builtin provider sorts and folds the same on every machine. The C library's C.UTF-8 exists on Linux only.
  const locale = process.platform === 'linux' ? ['--locale=C.UTF-8'] : ['--locale=C', '--builtin-locale=C.UTF-8']
  const args = ['-D', half, '-U', 'postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8', ...locale]
  if (options.settings?.['fsync'] === 'off') args.push('--no-sync')
  const made = await runProgram(program, 'initdb', [...args, '--locale-provider=builtin', '--data-checksums', '--no-instructions'], data)
  await rm(passwordFile)
  if (made.code !== 0) throw new Error(`PostgreSQL could not make its data folder ${half}:\n${made.text}`)
  await writePrivate(join(data, 'database.json'), JSON.stringify({ passwords }))
  await rename(half, folder)
}

async function readKept(data: string): Promise<Kept> {
  const path = join(data, 'database.json')
  const text = await textOf(path)
  if (text === undefined)
    throw new Error(`${path} with the passwords of the data beside it is missing. Put it back, or move ${join(data, 'postgres')} away.`)
  return JSON.parse(text) as Kept
}
