import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Grant, Role } from '#kernel/decider.ts'
import type { IncidentRow } from '#modules/dispatch/contract.ts'

export interface DemoAccount {
  readonly login: string
  readonly password: string
  readonly name: string
  readonly unit: string
  readonly role: Role
}

/** Who a session belongs to, as the server says. */
interface Me {
  readonly account: string
  readonly login: string
  readonly name: string
  readonly unit: string
  readonly grants: readonly Grant[]
  readonly position: number
}

export interface Reply {
  readonly status: number
  readonly body: unknown
}

async function request(url: string, cookie: string, method: string, path: string, body?: unknown): Promise<Reply & { cookie: string }> {
  const response = await fetch(url + path, {
    method,
    headers: { cookie, 'accept-language': 'en', ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(30_000),
  })
  const text = await response.text()
  const set = response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  // A proxy that has nobody to ask says so in its own way.
  const ours = response.headers.get('content-type')?.startsWith('application/json') === true
  return { status: response.status, body: ours ? (JSON.parse(text) as unknown) : text || null, cookie: set }
}

/** The accounts that the demonstration city offers. */
export async function demoAccounts(url: string): Promise<readonly DemoAccount[]> {
  const { status, body } = await request(url, '', 'GET', '/demo/accounts')
  if (status !== 200) throw new Error(`/demo/accounts: ${status}`)
  return body as DemoAccount[]
}

export function accountOf(accounts: readonly DemoAccount[], role: Role): DemoAccount {
  const found = accounts.find((account) => account.role === role)
  if (found === undefined) throw new Error(`the city has no ${role}`)
  return found
}

/** A person at work with a session of his own, over the public API. */
export class Person {
  readonly #url: string
  readonly cookie: string
  readonly me: Me
  private constructor(url: string, cookie: string, me: Me) {
    this.#url = url
    this.cookie = cookie
    this.me = me
  }

  static async logIn(url: string, { login, password }: { login: string; password: string }): Promise<Person> {
    const { status, body, cookie } = await request(url, '', 'POST', '/session', { login, password })
    if (status !== 200) throw new Error(`log-in of ${login}: ${status} ${JSON.stringify(body)}`)
    return new Person(url, cookie, body as Me)
  }

  ask(method: string, path: string, body?: unknown): Promise<Reply> {
    return request(this.#url, this.cookie, method, path, body)
  }

  /** The same request again, with the same command id, until the server has answered it: neither silence nor a fault is an answer. */
  async answered(path: string, body: unknown, stop?: AbortSignal): Promise<Reply> {
    for (;;) {
      stop?.throwIfAborted()
      const reply = await this.ask('POST', path, body).catch(silence)
      if (reply !== null && reply.status < 500) return reply
      await sleep(150)
    }
  }

  /** @throws when the command is not taken */
  async command(module: string, stream: string, type: string, data: unknown): Promise<void> {
    const { status, body } = await this.ask('POST', `/command/${module}/${stream}`, { id: randomUUID(), type, data })
    if (status !== 200) throw new Error(`${module}.${type}: ${status} ${JSON.stringify(body)}`)
  }

  async view<Data>(module: string, name: string, query: Record<string, string> = {}): Promise<{ position: number; data: Data }> {
    const { status, body } = await this.ask('GET', `/view/${module}/${name}?${new URLSearchParams(query).toString()}`)
    if (status !== 200) throw new Error(`${module}.${name}: ${status} ${JSON.stringify(body)}`)
    return body as { position: number; data: Data }
  }
}

/** A broken or refused connection; everything else is a fault of the test. */
function silence(error: unknown): null {
  if (error instanceof TypeError || (error instanceof DOMException && error.name === 'TimeoutError')) return null
  throw error
}

/** An incident opened for a unit by name, so that no boundary is needed; gives its id. */
export async function openAt(taker: Person, unit: string, narrative: string): Promise<string> {
  const incident = randomUUID()
  const call = { id: randomUUID(), channel: 'voice' }
  await taker.command('dispatch', incident, 'open', { call, narrative, place: { kind: 'unknown' }, kind: 'theft', unit })
  return incident
}

interface Change {
  readonly position: number
  readonly stream: string
  readonly row?: IncidentRow
}

interface Owed {
  readonly incident: string
  readonly line: number
  readonly seen: true
}

/** A board of one unit without a browser: it follows the live stream, comes back with its position, and acknowledges every line of its unit. */
export class Screen {
  readonly unit: string
  /** The position at which each incident was first shown. */
  readonly shown = new Map<string, number>()
  /** What a board must never see: a frame twice, an older one after a newer, a reset within the kept history. */
  readonly faults: string[] = []
  connections = 0
  readonly #url: string
  readonly #person: Person
  readonly #stop = new AbortController()
  readonly #owed = new Map<string, Owed>()
  readonly #told = new Set<string>()
  #position: number
  #telling: Promise<void> | undefined
  #running: Promise<void> | undefined

  constructor(url: string, person: Person, unit: string) {
    this.unit = unit
    this.#url = url
    this.#person = person
    this.#position = person.me.position
  }

  /** Everything shown so far has been acknowledged and answered. */
  get settled(): boolean {
    return this.#owed.size === 0 && this.#telling === undefined
  }

  open(): void {
    this.#running = this.#follow()
  }

  async close(): Promise<void> {
    this.#stop.abort()
    await this.#running
    await this.#telling
  }

  async #follow(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      await this.#stream().catch((error: unknown) => {
        // The line broke or was closed here; whatever the reason, a board comes back with its position.
        if (!(error instanceof TypeError) && !(error instanceof DOMException)) throw error
      })
      if (!this.#stop.signal.aborted) await sleep(100 + Math.random() * 200)
    }
  }

  async #stream(): Promise<void> {
    const headers = { cookie: this.#person.cookie, accept: 'text/event-stream', 'last-event-id': String(this.#position) }
    const response = await fetch(`${this.#url}/live`, { headers, signal: this.#stop.signal })
    if (!response.ok || response.body === null) {
      await response.body?.cancel()
      return
    }
    this.connections += 1
    let held = ''
    for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
      const frames = (held + text).split('\n\n')
      held = frames.pop() ?? ''
      for (const frame of frames) this.#take(frame)
    }
  }

  #take(frame: string): void {
    const field = (name: string) =>
      frame
        .split('\n')
        .find((line) => line.startsWith(`${name}: `))
        ?.slice(name.length + 2)
    const [event, data] = [field('event'), field('data')]
    if (event === 'reset' || event === 'bye') this.faults.push(`${this.unit}: ${event}`)
    if (event !== 'change' || data === undefined) return
    const change = JSON.parse(data) as Change
    if (change.position <= this.#position) this.faults.push(`${this.unit}: frame ${change.position} after ${this.#position}`)
    this.#position = change.position
    if (change.row?.lines === undefined) return
    if (!this.shown.has(change.stream)) this.shown.set(change.stream, change.position)
    for (const { line, unit, ended, delivered, seen } of change.row.lines) {
      const key = `${change.stream}/${line}`
      if (unit !== this.unit || ended !== null || (delivered !== null && seen !== null) || this.#told.has(key)) continue
      this.#told.add(key)
      this.#owed.set(key, { incident: change.stream, line, seen: true })
    }
    if (this.#owed.size > 0) this.#telling ??= this.#tell()
  }

  async #tell(): Promise<void> {
    try {
      while (this.#owed.size > 0 && !this.#stop.signal.aborted) {
        const batch = [...this.#owed].slice(0, 200)
        const lines = batch.map(([, owed]) => owed)
        const reply = await this.#person.answered('/signal/dispatch/acknowledge', { lines }, this.#stop.signal)
        if (reply.status !== 200) this.faults.push(`${this.unit}: acknowledge ${reply.status} ${JSON.stringify(reply.body)}`)
        for (const [key] of batch) this.#owed.delete(key)
      }
    } catch (error) {
      if (!this.#stop.signal.aborted) throw error
    } finally {
      this.#telling = undefined
    }
  }
}
