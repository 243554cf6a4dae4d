import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const root = resolve(import.meta.dirname, '..')
const startMs = 300_000
const stopMs = 60_000

/** Asks again until it is so. @throws with what was waited for when it does not come in time */
export async function until(what: string | (() => string), ask: () => boolean | Promise<boolean>, ms = 30_000, every = 50): Promise<void> {
  const end = Date.now() + ms
  while (!(await ask())) {
    if (Date.now() > end) throw new Error(`waited ${ms / 1000} s in vain: ${typeof what === 'string' ? what : what()}`)
    await sleep(every)
  }
}

export const freePort = (): Promise<number> =>
  new Promise((done, failed) => {
    const probe = createServer()
    probe.once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => done(port))
    })
  })

export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
    throw error
  }
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** The processes that a process has started, by the system's own list. */
export function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
        return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]) === parent
      } catch (error) {
        if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return false
        throw error
      }
    })
}

/** A folder under which the database's own user can reach its files, also when the tests run as root. */
async function openFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'plumbline-e2e-')))
  await chmod(folder, 0o711)
  return folder
}

export interface ServerOptions {
  /** What `main.ts` is given; `--demo --still` when not said: a city in which nothing happens but what the test does. */
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** The folder of another server of this test: a second start on the same data. */
  readonly folder?: string
}

/** The real server as a process of its own, as `npm start` runs it, on data and a port of its own. */
export class Server {
  readonly port: number
  readonly folder: string
  readonly #options: ServerOptions
  #launcher: ChildProcess | undefined
  #pid: number | undefined
  #said = ''

  private constructor(port: number, folder: string, options: ServerOptions) {
    this.port = port
    this.folder = folder
    this.#options = options
    process.once('exit', () => this.#abandon())
  }

  /** Not started yet. */
  static async prepare(options: ServerOptions = {}): Promise<Server> {
    return new Server(await freePort(), options.folder ?? (await openFolder()), options)
  }

  static async open(options: ServerOptions = {}): Promise<Server> {
    const server = await Server.prepare(options)
    await server.start()
    return server
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  get data(): string {
    return join(this.folder, 'data')
  }

  /** What it has printed since its last start. */
  get said(): string {
    return this.#said
  }

  /** The process that serves, not the launcher before it. */
  get pid(): number {
    if (this.#pid === undefined) throw new Error('the server does not run')
    return this.#pid
  }

  /** Starts it on the same data and port and waits for `ready`. @throws with all it said when it ends instead */
  async start(): Promise<void> {
    const { code } = await this.#run(true)
    if (code !== undefined) throw new Error(`the server ended with ${code}:\n${this.#said}`)
  }

  /** Starts it and waits for its end, for starts that must be refused. */
  async refused(): Promise<{ code: number; said: string }> {
    const { code } = await this.#run(false)
    if (code === undefined) throw new Error(`the server started:\n${this.#said}`)
    return { code, said: this.#said }
  }

  async #run(stay: boolean): Promise<{ code: number | undefined }> {
    this.#said = ''
    const { PATH, HOME, LANG, TMPDIR } = process.env
    const known = Object.fromEntries(Object.entries({ PATH, HOME, LANG, TMPDIR }).filter(([, value]) => value !== undefined))
    const env = { ...known, PORT: String(this.port), PLUMBLINE_DATA: this.data, ...this.#options.env }
    const launcher = spawn(process.execPath, ['run.mjs', 'main.ts', ...(this.#options.args ?? ['--demo', '--still'])], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#launcher = launcher
    for (const stream of [launcher.stdout, launcher.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#said += text
      })
    }
    let ended: number | undefined
    launcher.once('close', (code) => {
      ended = code ?? -1
    })
    const ready = () => stay && this.#said.includes(`ready ${this.url}\n`)
    await until(
      () => `the server is ready; it said:\n${this.#said}`,
      () => ended !== undefined || ready(),
      startMs,
      20,
    )
    if (ended === undefined && launcher.pid !== undefined) this.#pid = childrenOf(launcher.pid)[0]
    return { code: ended }
  }

  /** `kill -9` of the process that serves. */
  async killServer(): Promise<void> {
    const { pid } = this
    kill(pid, 'SIGKILL')
    await this.#gone()
  }

  async #gone(): Promise<void> {
    const launcher = this.#launcher
    const pid = this.#pid
    await until(
      'the server is gone',
      () => (launcher?.exitCode !== null || launcher?.signalCode !== null) && (pid === undefined || !alive(pid)),
      stopMs,
      10,
    )
    this.#pid = undefined
  }

  /** The embedded PostgreSQL of the data folder; undefined when none runs. */
  postmaster(): number | undefined {
    const file = join(this.data, 'postgres', 'postmaster.pid')
    if (!existsSync(file)) return undefined
    const [pid, folder] = readFileSync(file, 'utf8').split('\n')
    return folder === join(this.data, 'postgres') && alive(Number(pid)) ? Number(pid) : undefined
  }

  /** `kill -9` of PostgreSQL; the server is left alone. */
  async killDatabase(): Promise<void> {
    const pid = this.postmaster()
    if (pid === undefined) throw new Error('no PostgreSQL runs on this data')
    kill(pid, 'SIGKILL')
    await until('PostgreSQL is gone', () => !alive(pid), stopMs, 5)
  }

  /** Ends it as Ctrl-C does; its PostgreSQL ends with it. */
  async stop(): Promise<void> {
    if (this.#pid === undefined) return
    this.#launcher?.kill('SIGTERM')
    await this.#gone()
  }

  /** Ends whatever of it still runs and removes its data. */
  async clean(): Promise<void> {
    if (this.#pid !== undefined) await this.stop()
    const left = this.postmaster()
    if (left !== undefined) {
      kill(left, 'SIGINT')
      await until('PostgreSQL has stopped', () => !alive(left), stopMs)
    }
    await rm(this.folder, { recursive: true, force: true })
  }

  /** When the test itself ends early, nothing of its may live on. */
  #abandon(): void {
    for (const pid of [this.#pid, this.postmaster()]) if (pid !== undefined) kill(pid, 'SIGKILL')
    rmSync(this.folder, { recursive: true, force: true })
  }
}
