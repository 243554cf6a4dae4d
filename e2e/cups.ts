import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { findProgram } from './browser.ts'
import { freePort, until } from './server.ts'

const execute = promisify(execFile)
const places = ['/usr/sbin', '/usr/local/sbin', '/usr/bin']
const programOf = (name: string): string | undefined => findProgram([name], places)

/** The daemon, where all that a test of it needs is there. */
export const findCups = (): string | undefined =>
  ['lp', 'lpadmin', 'lpstat', 'pdftotext'].every((name) => programOf(name) !== undefined) ? programOf('cupsd') : undefined

const run = async (name: string, ...args: string[]): Promise<string> => (await execute(programOf(name) ?? name, args)).stdout

/** Where the daemon of Debian looks for its filters and helpers. */
const bin = '/usr/lib/cups'
/** A backend, as CUPS calls it: job, user, title, copies, options and perhaps a file. What it is given to print it puts into a folder, under the job's number. */
const backend = `#!/bin/sh
if [ $# -eq 0 ]; then echo 'direct kept "Unknown" "Kept in a folder"'; exit 0; fi
to="\${DEVICE_URI#kept:}/$1"
cat "\${6:--}" > "$to.part" && printf '%s' "$3" > "$to.title" && mv "$to.part" "$to.pdf"
`

/** A CUPS of the test's own; its queues keep in a folder what they print. */
export class Cups {
  /** As CUPS_SERVER takes it. */
  readonly address: string
  readonly #process: ChildProcess
  readonly #folder: string
  private constructor(address: string, process: ChildProcess, folder: string) {
    this.address = address
    this.#process = process
    this.#folder = folder
  }

  static async open(): Promise<Cups> {
    const program = findCups()
    if (program === undefined) throw new Error('There is no CUPS.')
    const folder = await mkdtemp(join(tmpdir(), 'plumbline-cups-'))
    await chmod(folder, 0o755)
    for (const name of ['spool', 'spool/tmp', 'cache', 'state', 'bin', 'bin/backend']) await mkdir(join(folder, name))
    for (const name of await readdir(bin)) if (name !== 'backend') await symlink(join(bin, name), join(folder, 'bin', name))
    await writeFile(join(folder, 'bin/backend/kept'), backend, { mode: 0o755 })
    const address = `127.0.0.1:${await freePort()}`
    const { uid, username } = userInfo()
    const files = [
      `ServerBin ${folder}/bin`,
      `ServerRoot ${folder}`,
      `RequestRoot ${folder}/spool`,
      `TempDir ${folder}/spool/tmp`,
      `CacheDir ${folder}/cache`,
      `StateDir ${folder}/state`,
      ...['Access', 'Error', 'Page'].map((log) => `${log}Log ${folder}/${log}.log`),
      'Printcap',
      ...(uid === 0 ? [] : [`User ${username}`]),
    ]
    const allowed = 'Order allow,deny\nAllow all'
    const rules = [
      `Listen ${address}`,
      'Browsing No',
      'WebInterface No',
      ...['/', '/admin', '/admin/conf'].map((path) => `<Location ${path}>\n${allowed}\n</Location>`),
      `<Policy default>\n<Limit All>\n${allowed}\n</Limit>\n</Policy>`,
    ]
    await writeFile(join(folder, 'cups-files.conf'), `${files.join('\n')}\n`)
    await writeFile(join(folder, 'cupsd.conf'), `${rules.join('\n')}\n`)
    const child = spawn(program, ['-f', '-c', join(folder, 'cupsd.conf'), '-s', join(folder, 'cups-files.conf')], { stdio: 'inherit' })
    process.once('exit', () => child.kill('SIGTERM'))
    const cups = new Cups(address, child, folder)
    await until('CUPS answers', () =>
      run('lpstat', '-h', address, '-r').then(
        (said) => {
          if (child.exitCode !== null) throw new Error('cupsd has ended')
          return said.includes('is running')
        },
        () => false,
      ),
    )
    return cups
  }

  async queue(name: string): Promise<void> {
    await mkdir(join(this.#folder, name))
    // A backend runs as the user of print jobs, where the daemon is root.
    await chmod(join(this.#folder, name), 0o777)
    await run('lpadmin', '-h', this.address, '-p', name, '-E', '-v', `kept:${join(this.#folder, name)}`)
  }

  /** What a queue has printed, by job: its title and the file. */
  async printed(name: string): Promise<readonly { readonly title: string; readonly file: string }[]> {
    const folder = join(this.#folder, name)
    const jobs = (await readdir(folder)).filter((file) => file.endsWith('.pdf')).map((file) => Number(file.slice(0, -'.pdf'.length)))
    const read = async (job: number) => ({ title: await readFile(join(folder, `${job}.title`), 'utf8'), file: join(folder, `${job}.pdf`) })
    return Promise.all(jobs.toSorted((one, other) => one - other).map(read))
  }

  /** How many jobs a queue was given, printed or not. */
  async given(name: string): Promise<number> {
    const said = await run('lpstat', '-h', this.address, '-W', 'all', '-o', name)
    return said.split('\n').filter(Boolean).length
  }

  /** The words of a printed file. */
  async words(file: string): Promise<string> {
    return run('pdftotext', '-layout', file, '-')
  }

  async stop(): Promise<void> {
    const ended = once(this.#process, 'exit')
    this.#process.kill('SIGTERM')
    await ended
    await rm(this.#folder, { recursive: true, force: true })
  }
}
