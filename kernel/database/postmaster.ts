import { readFileSync } from 'node:fs'
import { readdir, readlink, rename, rm, stat, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { hasCode, textOf } from './private.ts'
import { type Program, runProgram } from './program.ts'

/** A data folder of PostgreSQL, with what is needed to run and to enter it. */
export interface Cluster {
  readonly folder: string
  readonly program: Program
  /** Password of the superuser `postgres`. */
  readonly password: string
  /** Lines of postgresql.conf besides port and address. */
  readonly settings: Readonly<Record<string, string>>
  readonly log: (text: string) => void
}

export interface Running {
  readonly pid: number
  readonly port: number
}

const startSeconds = 600
/** Longest path of a Unix socket that every system takes (sun_path), with the dot-file's name and what its lock adds. */
const longestFolder = 103 - '/.s.PGSQL.65535.lock'.length

export function adminUrl(port: number, password: string): string {
  return `postgres://postgres:${password}@127.0.0.1:${port}/postgres`
}

/**
 * The same server by its Unix socket, or by TCP when it has none: the path is too long for one, or an earlier version started it. A round trip on a
 * socket takes a fifth less of the processor.
 */
export async function nearUrl({ folder, password }: Cluster, port: number): Promise<string> {
  const socket = await stat(join(folder, `.s.PGSQL.${port}`)).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  })
  return socket?.isSocket() === true
    ? `postgres://postgres:${password}@${encodeURIComponent(folder)}:${port}/postgres`
    : adminUrl(port, password)
}

/**
 * Gives the running server of the cluster: the one that an earlier, killed process left behind, or a new one.
 * Call it under the lock of the data folder.
 * @param port the port to use if it is free
 * @param strict only this port will do
 * @throws when the server cannot be started, with what it said
 */
export async function adoptOrStart(cluster: Cluster, port: number | undefined, strict: boolean): Promise<Running & { adopted: boolean }> {
  const found = await adopt(cluster)
  if (found) return { ...found, adopted: true }
  await endOrphans(cluster)
  for (let tries = 1; ; tries++) {
    const chosen = port !== undefined && (strict || (await isFree(port))) ? port : await freePort()
    const failed = await start(cluster, chosen)
    if (failed === undefined) {
      const running = await adopt(cluster)
      if (running) return { ...running, adopted: false }
    }
    // Another program may have taken the port in between.
    if (tries === 3 || strict) throw new Error(`PostgreSQL did not start in ${cluster.folder}:\n${failed ?? 'it ended at once'}`)
    await sleep(500)
  }
}

/** The server of this folder if it lives and answers; removes a pid file that names a stranger. */
async function adopt(cluster: Cluster): Promise<Running | undefined> {
  for (let waited = 0; ; waited++) {
    const written = await pidFile(cluster.folder)
    if (!written) return undefined
    if (!alive(written.pid)) {
      // A start would refuse if the number were taken by a process that nobody has waited for.
      await removeStale(cluster.folder)
      return undefined
    }
    const own = await worksIn(written.pid, cluster.folder)
    if (own === false) {
      cluster.log(`removing a stale postmaster.pid: process ${written.pid} is another program`)
      await removeStale(cluster.folder)
      return undefined
    }
    if (written.port > 0 && (await answers(cluster, written.port))) return written
    if (waited >= (own === undefined ? 10 : startSeconds) * 10) {
      throw new Error(
        `process ${written.pid} holds ${cluster.folder} and does not answer. If it is no PostgreSQL, remove postmaster.pid there.`,
      )
    }
    if (waited % 100 === 50) cluster.log(`waiting for the database that runs as process ${written.pid}`)
    await sleep(100)
  }
}

/** What a killed server leaves lying: its pid file, and the socket with a lock that names the same process. */
async function removeStale(folder: string): Promise<void> {
  const left = (await readdir(folder)).filter((name) => name === 'postmaster.pid' || name.startsWith('.s.PGSQL.'))
  for (const name of left) await rm(join(folder, name), { force: true })
}

async function pidFile(folder: string): Promise<Running | undefined> {
  const lines = (await textOf(join(folder, 'postmaster.pid')))?.split('\n')
  const pid = Number(lines?.[0])
  return Number.isInteger(pid) && pid > 0 ? { pid, port: Number(lines?.[3] ?? 0) || 0 } : undefined
}

/** Whether the process runs. One that has ended and that nobody has waited for does not: in a container it may stay so for ever. */
export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    if (process.platform !== 'linux') return true
    const state = readFileSync(`/proc/${pid}/stat`, 'latin1').replace(/^.*\) /s, '')[0]
    return state !== 'Z' && state !== 'X'
  } catch (error) {
    return !hasCode(error, 'ESRCH', 'ENOENT')
  }
}

/** Whether the process stands in this folder, as every process of its server does. Undefined where the system does not tell. */
async function worksIn(pid: number, folder: string): Promise<boolean | undefined> {
  if (process.platform !== 'linux') return undefined
  try {
    return (await readlink(`/proc/${pid}/cwd`)) === folder
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ESRCH')) return false
    if (hasCode(error, 'EACCES', 'EPERM')) return undefined
    throw error
  }
}

/** @throws when the server refuses the password that is kept beside the data */
async function answers(cluster: Cluster, port: number): Promise<boolean> {
  const client = new pg.Client({ connectionString: adminUrl(port, cluster.password), connectionTimeoutMillis: 2000 })
  client.on('error', (error) => cluster.log(`database: ${error.message}`))
  try {
    await client.connect()
    const { rows } = await client.query<{ folder: string }>(`select current_setting('data_directory') as folder`)
    return rows[0]?.folder === cluster.folder
  } catch (error) {
    if (hasCode(error, '28P01')) throw new Error(`the passwords kept beside ${cluster.folder} do not fit its data`, { cause: error })
    return false
  } finally {
    await client.end().catch((error: unknown) => cluster.log(`database: ${String(error)}`))
  }
}

/** Backends of a killed server may still be at work on its shared memory; no new server may start before they are gone. */
async function endOrphans(cluster: Cluster): Promise<void> {
  if (process.platform !== 'linux') return
  for (let waited = 0; ; waited++) {
    const orphans: number[] = []
    for (const name of await readdir('/proc')) {
      if (/^\d+$/.test(name) && (await worksIn(Number(name), cluster.folder)) === true && (await isPostgres(Number(name))))
        orphans.push(Number(name))
    }
    if (orphans.length === 0) return
    if (waited === 100) throw new Error(`processes ${orphans.join(', ')} of a killed PostgreSQL do not end`)
    if (waited === 30) cluster.log(`ending ${orphans.length} processes of a killed database`)
    if (waited >= 30) for (const pid of orphans) if (alive(pid)) process.kill(pid, 'SIGKILL')
    await sleep(100)
  }
}

async function isPostgres(pid: number): Promise<boolean> {
  try {
    return /\/postgres( \(deleted\))?$/.test(await readlink(`/proc/${pid}/exe`))
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ESRCH', 'EACCES')) return false
    throw error
  }
}

/** Starts the server in a session of its own, so that a Ctrl-C meant for us does not reach it. Gives what it said when it failed. */
async function start(cluster: Cluster, port: number): Promise<string | undefined> {
  const { folder, program } = cluster
  await writeSettings(cluster, port)
  const logFile = join(folder, 'server.log')
  await rename(logFile, `${logFile}.1`).catch((error: unknown) => {
    if (!hasCode(error, 'ENOENT')) throw error
  })
  const { code, text } = await runProgram(
    program,
    'pg_ctl',
    ['start', '-w', '-t', String(startSeconds), '-D', folder, '-l', logFile],
    folder,
  )
  return code === 0 ? undefined : `${text}\n${(await textOf(logFile)) ?? ''}`.trim()
}

async function writeSettings(cluster: Cluster, port: number): Promise<void> {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: Buffer.byteLength(cluster.folder) <= longestFolder ? cluster.folder : '',
    ...cluster.settings,
  }
  const lines = Object.entries(settings).map(([key, value]) => `${key} = '${value.replaceAll("'", "''")}'`)
  await writeFile(join(cluster.folder, 'postgresql.conf'), `# Written at every start of the server.\n${lines.join('\n')}\n`)
  const entries = ['local all all scram-sha-256', 'host all all 127.0.0.1/32 scram-sha-256']
  await writeFile(join(cluster.folder, 'pg_hba.conf'), `# Written at every start of the server.\n${entries.join('\n')}\n`)
}

/** A fast shutdown: open transactions are rolled back, commits under way end. @throws when the server does not end within a minute */
export async function stop(cluster: Cluster): Promise<void> {
  const { code, text } = await runProgram(
    cluster.program,
    'pg_ctl',
    ['stop', '-m', 'fast', '-w', '-t', '60', '-D', cluster.folder],
    cluster.folder,
  )
  if (code !== 0 && (await pidFile(cluster.folder))) throw new Error(`PostgreSQL did not stop: ${text}`)
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
