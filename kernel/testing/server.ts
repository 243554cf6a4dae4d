import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'
import { type Logger, pino } from 'pino'
import type { Role } from '../decider.ts'
import type { First } from '../access/first.ts'
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

/** The body of what was answered with 200. @throws AssertionError with the body of anything else */
export function ok({ status, body }: Reply): unknown {
  assert.equal(status, 200, JSON.stringify(body))
  return body
}

/** A person of the tests: asks with a session of his own. */
export interface Seat {
  readonly account: string
  readonly login: string
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>
  command(module: string, stream: string, type: string, data: unknown, more?: { id?: string; occurred?: unknown }): Promise<Reply>
  view<Data>(module: string, name: string, query?: Record<string, string>): Promise<{ position: number; data: Data }>
  readonly cookie: string
  /** The same person with a new session. */
  again(): Promise<Seat>
}

/** A second process's house on the same database. */
export interface Another {
  readonly house: Opened
  readonly url: string
  close(): Promise<void>
}

export interface TestServer {
  readonly house: Opened
  readonly database: { owner: string; app: string; worker: string }
  readonly url: string
  readonly clock: Clock | null
  /** Where readings go when the database cannot take them. */
  readonly spool: string
  /** Every line of the log so far. */
  readonly log: readonly string[]
  /** A unit, opened by the system: no rights are checked. */
  unit(code: string, data: Record<string, unknown>): Promise<void>
  /** A person with one grant, at the unit. */
  seat(role: Role, unit: string): Promise<Seat>
  /** A command of the house itself to the module `staff`. */
  staff(stream: string, type: string, data: unknown): Promise<void>
  another(): Promise<Another>
  /** Closes the house and opens it again on the same database, at another address; `between` runs while it is closed. */
  reopen(between?: () => Promise<void>): Promise<void>
  stop(): Promise<void>
}

export const password = 'a test password'

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

const seatAt = (url: () => string, cookie: string, account: string, login: string): Seat => ({
  account,
  login,
  cookie,
  ask: (method, path, body, headers) => ask(url(), cookie, method, path, body, headers),
  command: (module, stream, type, data, more = {}) =>
    ask(url(), cookie, 'POST', `/command/${module}/${stream}`, { id: randomUUID(), type, data, ...more }),
  async view<Data>(module: string, name: string, query: Record<string, string> = {}) {
    const { status, body } = await ask(url(), cookie, 'GET', `/view/${module}/${name}?${new URLSearchParams(query).toString()}`)
    if (status !== 200) throw new Error(`view ${module}.${name}: ${status} ${JSON.stringify(body)}`)
    return body as { position: number; data: Data }
  },
  again: async () => seatAt(url, await logIn(url(), login), account, login),
})

interface Parts {
  readonly modules: readonly AnyModule[]
  readonly database: { owner: string; app: string; worker: string }
  readonly spool: string
  readonly now: (() => string) | undefined
  readonly logger: Logger
  readonly real: First | undefined
  readonly metricsToken: string | undefined
  readonly proxies: readonly string[]
  readonly effectTimeoutMs: number
  readonly origin: string | undefined
}

async function openAt({
  database,
  modules,
  spool,
  now,
  logger,
  real,
  proxies,
  metricsToken,
  effectTimeoutMs,
  origin,
}: Parts): Promise<Another> {
  const house = await openHouse({
    ...database,
    modules,
    spool,
    logger,
    reactionWaitMs: 5,
    effectTimeoutMs,
    proxies,
    ...(now !== undefined && { now }),
    ...(real ? { first: real } : { demoAccounts: [] }),
    ...(metricsToken !== undefined && { metricsToken }),
    ...(origin !== undefined && { origin }),
  })
  await house.app.listen({ port: 0, host: '127.0.0.1' })
  const url = `http://127.0.0.1:${(house.app.server.address() as AddressInfo).port}`
  return { house, url, close: () => house.close() }
}

/**
 * A whole server on a database of its own. Only the clock is ours; `at` makes it stand still. Administrators need no second factor, as in the demonstration;
 * with `real` it is a house that is meant.
 */
export async function server(
  modules: readonly AnyModule[],
  options: {
    at?: string
    real?: First
    metricsToken?: string
    proxies?: readonly string[]
    effectTimeoutMs?: number
    origin?: string
  } = {},
): Promise<TestServer> {
  const database = await testDatabase(parts(modules))
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-test-'))
  const clock = options.at === undefined ? null : new Clock(options.at)
  const log: string[] = []
  const logger = pino({ level: 'trace' }, { write: (line: string) => log.push(line) })
  const spool = join(folder, 'readings')
  const opening = {
    modules,
    database,
    spool,
    now: clock?.now,
    logger,
    real: options.real,
    metricsToken: options.metricsToken,
    proxies: options.proxies ?? [],
    effectTimeoutMs: options.effectTimeoutMs ?? 300,
    origin: options.origin,
  }
  let open = await openAt(opening)
  const secret = await keepSecret(randomUUID(), password)
  let seats = 0
  const system = async (stream: string, type: string, data: unknown, secrets: readonly { id: string; hash: string }[] = []) => {
    const by = { system: 'test', because: 0 }
    await open.house.road.take({ module: 'staff', stream, id: randomUUID(), type, data, by, as: [], secrets })
  }
  return {
    get house() {
      return open.house
    },
    get url() {
      return open.url
    },
    database,
    clock,
    spool,
    log,
    unit: (code, data) => system(code, 'openUnit', data),
    staff: system,
    async seat(role, unit) {
      const account = randomUUID()
      const id = randomUUID()
      const login = `${role.toLowerCase()}-${++seats}`
      await system(account, 'openAccount', { login, name: `${role} ${seats}`, unit, password: id }, [{ id, hash: secret.hash }])
      await system(account, 'grant', { role, unit })
      return seatAt(() => open.url, await logIn(open.url, login), account, login)
    },
    another: () => openAt(opening),
    async reopen(between) {
      await open.house.close()
      await between?.()
      open = await openAt(opening)
    },
    async stop() {
      await open.house.close()
      await database.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
