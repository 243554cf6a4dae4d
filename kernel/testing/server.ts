import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'
import type { Role } from '../decider.ts'
import { keepSecret } from '../access/sessions.ts'
import { type Opened, openHouse, parts } from '../house.ts'
import type { AnyModule } from '../module.ts'
import { testDatabase } from './cluster.ts'

/** A clock that stands still until it is told. */
export class Clock {
  #ms: number
  constructor(start: string) {
    this.#ms = Date.parse(start)
  }
  now = (): string => new Date(this.#ms).toISOString()
  pass(seconds: number): void {
    this.#ms += seconds * 1000
  }
}

export interface Reply {
  readonly status: number
  readonly body: unknown
}

/** A person of the tests: asks with a session of his own. */
export interface Seat {
  readonly account: string
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>
  command(module: string, stream: string, type: string, data: unknown, more?: { id?: string; occurred?: unknown }): Promise<Reply>
  view<Data>(module: string, name: string, query?: Record<string, string>): Promise<{ position: number; data: Data }>
  readonly cookie: string
}

export interface TestServer {
  readonly house: Opened
  readonly database: { owner: string; app: string; worker: string }
  readonly url: string
  readonly clock: Clock | null
  /** A unit, opened by the system: no rights are checked. */
  unit(code: string, data: Record<string, unknown>): Promise<void>
  /** A person with one grant, at the unit. */
  seat(role: Role, unit: string): Promise<Seat>
  /** The same person again with a new session. */
  stop(): Promise<void>
}

const password = 'a test password'

async function ask(
  url: string,
  cookie: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const response = await fetch(url + path, {
    method,
    headers: { cookie, 'accept-language': 'en', ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, body: text === '' ? null : JSON.parse(text) }
}

async function logIn(url: string, login: string): Promise<string> {
  const response = await fetch(`${url}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password }),
  })
  if (!response.ok) throw new Error(`log-in of ${login}: ${response.status} ${await response.text()}`)
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

const seatAt = (url: string, cookie: string, account: string): Seat => ({
  account,
  cookie,
  ask: (method, path, body, headers) => ask(url, cookie, method, path, body, headers),
  command: (module, stream, type, data, more = {}) =>
    ask(url, cookie, 'POST', `/command/${module}/${stream}`, { id: randomUUID(), type, data, ...more }),
  async view<Data>(module: string, name: string, query: Record<string, string> = {}) {
    const { status, body } = await ask(url, cookie, 'GET', `/view/${module}/${name}?${new URLSearchParams(query).toString()}`)
    if (status !== 200) throw new Error(`view ${module}.${name}: ${status} ${JSON.stringify(body)}`)
    return body as { position: number; data: Data }
  },
})

/** A whole server on a database of its own. Only the clock is ours; `at` makes it stand still. */
export async function server(
  modules: readonly AnyModule[],
  options: { at?: string; demoAccounts?: readonly unknown[] } = {},
): Promise<TestServer> {
  const database = await testDatabase(parts(modules))
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-test-'))
  const clock = options.at === undefined ? null : new Clock(options.at)
  const house = await openHouse({
    ...database,
    modules,
    spool: join(folder, 'readings'),
    reactionWaitMs: 5,
    ...(clock !== null && { now: clock.now }),
    ...(options.demoAccounts && { demoAccounts: options.demoAccounts }),
  })
  await house.app.listen({ port: 0, host: '127.0.0.1' })
  const url = `http://127.0.0.1:${(house.app.server.address() as AddressInfo).port}`
  const secret = await keepSecret(password)
  let seats = 0
  const system = async (stream: string, type: string, data: unknown, secrets: readonly { id: string; hash: string }[] = []) => {
    const by = { system: 'test', because: 0 }
    await house.road.take({ module: 'staff', stream, id: randomUUID(), type, data, by, as: [], secrets })
  }
  return {
    house,
    database,
    url,
    clock,
    unit: (code, data) => system(code, 'openUnit', data),
    async seat(role, unit) {
      const account = randomUUID()
      const id = randomUUID()
      const login = `${role.toLowerCase()}-${++seats}`
      await system(account, 'openAccount', { login, name: `${role} ${seats}`, unit, password: id }, [{ id, hash: secret.hash }])
      await system(account, 'grant', { role, unit })
      return seatAt(url, await logIn(url, login), account)
    },
    async stop() {
      await house.close()
      await database.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
