import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findProgram } from './browser.ts'
import { freePort, until } from './server.ts'

/** nginx is in a folder that an ordinary user's path often leaves out. */
export const findNginx = (): string | undefined => findProgram(['nginx'], ['/usr/sbin', '/usr/local/sbin'])

interface Site {
  /** The addresses of one server, or of two as `docs/operators/two-servers.md` has them. */
  readonly servers: readonly string[]
  /** Files; without them the site speaks plain HTTP, which is all that is changed. */
  readonly tls?: { readonly certificate: string; readonly key: string }
}

/** nginx with `deploy/nginx.conf` as it stands, but for ports, certificate and the servers behind it. */
export class Nginx {
  readonly url: string
  readonly #process: ChildProcess
  readonly #folder: string
  private constructor(url: string, process: ChildProcess, folder: string) {
    this.url = url
    this.#process = process
    this.#folder = folder
  }

  static async open(site: Site): Promise<Nginx> {
    const program = findNginx()
    if (program === undefined) throw new Error('There is no nginx.')
    const folder = await mkdtemp(join(tmpdir(), 'plumbline-nginx-'))
    // nginx's workers are another user and keep long bodies here.
    await chmod(folder, 0o711)
    const [plain, main] = [await freePort(), await freePort()]
    const text = await siteOf(site, plain, main)
    const whole = `daemon off; pid ${folder}/pid; error_log ${folder}/error.log; events {} http { access_log off; client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy;
fastcgi_temp_path ${folder}/f; uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;\n${text}\n}`
    await writeFile(join(folder, 'nginx.conf'), whole)
    const args = ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log')]
    const child = spawn(program, args, { stdio: 'inherit' })
    process.once('exit', () => child.kill('SIGTERM'))
    await until('nginx answers', () =>
      fetch(`http://127.0.0.1:${plain}/`, { redirect: 'manual' }).then(
        (answer) => answer.status === 308,
        () => {
          if (child.exitCode !== null) throw new Error('nginx has ended')
          return false
        },
      ),
    )
    return new Nginx(`${site.tls ? 'https' : 'http'}://127.0.0.1:${main}`, child, folder)
  }

  async stop(): Promise<void> {
    const ended = once(this.#process, 'exit')
    this.#process.kill('SIGTERM')
    await ended
    await rm(this.#folder, { recursive: true, force: true })
  }
}

async function siteOf({ servers, tls }: Site, plain: number, main: number): Promise<string> {
  const [first = '', second] = servers.map((server) => new URL(server).host)
  const text = (await readFile(join(import.meta.dirname, '../deploy/nginx.conf'), 'utf8'))
    .replaceAll('server 127.0.0.1:8110', `server ${first}`)
    .replace('listen 80;', `listen 127.0.0.1:${plain};`)
    .replaceAll(/ +listen \[::\].*\n/g, '')
  const both = second === undefined ? text : text.replaceAll('# server 127.0.0.1:8111', `server ${second}`)
  const listen = 'listen 443 ssl http2;'
  if (tls === undefined) return both.replace(listen, `listen 127.0.0.1:${main};`).replaceAll(/ +ssl_.*\n/g, '')
  return both
    .replace(listen, `listen 127.0.0.1:${main} ssl http2;`)
    .replace('/etc/plumbline/tls.crt', tls.certificate)
    .replace('/etc/plumbline/tls.key', tls.key)
}
