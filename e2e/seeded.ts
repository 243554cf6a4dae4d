import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { glob, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { Server, type ServerOptions } from './server.ts'

const execute = promisify(execFile)
const root = resolve(import.meta.dirname, '..')
/** One kept city for each checkout. */
const prefix = `plumbline-e2e-city-${createHash('sha256').update(root).digest('hex').slice(0, 8)}-`

/** Everything that the data of a freshly started city depends on. */
async function contentOf(): Promise<string> {
  const patterns = ['{kernel,modules,demo}/**/*.{ts,sql,csv,geojson}', 'main.ts', 'modules.ts', 'package-lock.json']
  const files: string[] = []
  for await (const file of glob(patterns, { cwd: root })) {
    if (!/\.test\.ts$|\/web\/|\/testing\/|^demo\/replay/.test(file)) files.push(file)
  }
  const hash = createHash('sha256')
  for (const file of files.toSorted())
    hash
      .update(file)
      .update('\0')
      .update(await readFile(join(root, file)))
  return hash.digest('hex').slice(0, 16)
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error
      return false
    },
  )

/** The data folder of a city that was seeded and stopped: made at the first test of this code, copied by the others. */
async function seeded(): Promise<string> {
  const folder = join(tmpdir(), `${prefix}${await contentOf()}`)
  if (await exists(folder)) return folder
  for (const name of await readdir(tmpdir())) {
    if (name.startsWith(prefix)) await rm(join(tmpdir(), name), { recursive: true, force: true })
  }
  const server = await Server.open()
  await server.stop()
  await rename(server.folder, folder).catch((error: NodeJS.ErrnoException) => {
    // Another test process was faster.
    if (error.code !== 'ENOTEMPTY') throw error
  })
  await server.clean()
  return folder
}

/** A running server with the demonstration city, on a copy of its own. */
export async function openCity(options: ServerOptions = {}): Promise<Server> {
  const from = await seeded()
  const server = await Server.prepare(options)
  await execute('cp', ['-a', join(from, 'data'), server.folder])
  await server.start()
  return server
}
