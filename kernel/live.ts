import type { ServerResponse } from 'node:http'
import type { Pool } from './database/tx.ts'
import type { Person, Role } from './decider.ts'
import { eventsAfter, positionNow } from './follow.ts'
import type { AnyModule, Followed } from './module.ts'

/** A client that has fallen this many bytes behind is cut; it comes back with its position and misses nothing. */
const backlogBytes = 1024 * 1024
const beatMs = 15_000
/** A reconnecting screen is caught up from the table as far back as this; beyond it reads its views again. */
const resumeEvents = 20_000
const resumeBatch = 500

/** A frame and whom it is for, made once for all. `units` null: for nobody's board, only its position counts. */
interface Frame {
  readonly position: number
  readonly module: string
  readonly bytes: Buffer
  /** The same for the one screen of a unit that is to answer for it. */
  readonly turnBytes: Buffer
  readonly units: readonly string[]
  readonly goneBytes: Buffer | null
  readonly gone: readonly string[]
}

class Client {
  readonly person: Person
  readonly session: string
  readonly response: ServerResponse
  /** Frames at or below it have been sent. */
  position: number
  /** Frames that came while the client was being caught up; null once it is. */
  waiting: Frame[] | null = []
  scopes = new Map<string, ReadonlySet<string>>()
  constructor(person: Person, session: string, response: ServerResponse, position: number) {
    this.person = person
    this.session = session
    this.response = response
    this.position = position
  }
}

const encode = (event: string, id: number | null, data: unknown): Buffer =>
  Buffer.from(`event: ${event}\n${id === null ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`)

/** What is for everybody of the roles, whatever his unit. */
const everybody = '*'
function scopeOf(roles: readonly Role[] = [], person: Person): ReadonlySet<string> {
  const units = person.grants.filter((grant) => roles.includes(grant.role)).map((grant) => grant.unit)
  return new Set(units.length > 0 ? [...units, everybody] : [])
}

/** Pushes what was committed to every open screen that may see it. One stream a tab; bounded memory per client. */
export class Live {
  readonly #pool: Pool
  readonly #modules: ReadonlyMap<string, AnyModule>
  readonly #clients = new Set<Client>()
  readonly #byUnit = new Map<string, Set<Client>>()
  /** The screens that answer for a unit, which take turns. */
  readonly #answering = new Map<string, Client[]>()
  readonly #beat: NodeJS.Timeout
  #position: number

  constructor(parts: { pool: Pool; modules: readonly AnyModule[]; position: number }) {
    this.#pool = parts.pool
    this.#modules = new Map(parts.modules.map((module) => [module.name, module]))
    this.#position = parts.position
    const beat = encode('beat', null, {})
    this.#beat = setInterval(() => {
      for (const client of this.#clients) this.#write(client, beat)
    }, beatMs)
  }

  get clients(): number {
    return this.#clients.size
  }

  /** Hands an open response over; `after` is what the screen already has, null: from now on. */
  async open(person: Person, session: string, response: ServerResponse, after: number | null): Promise<void> {
    const client = new Client(person, session, response, after ?? this.#position)
    if (response.destroyed) return
    this.#admit(client)
    response.on('close', () => this.#drop(client))
    response.on('error', () => this.#drop(client))
    this.#write(client, encode('hello', client.position, { position: client.position }))
    try {
      if (after !== null) await this.#catchUp(client)
    } catch (error) {
      // Cut: the screen comes back and asks again. Left open it would wait for frames that never come.
      response.destroy()
      throw error
    }
    for (const frame of client.waiting ?? []) this.#send(client, frame)
    client.waiting = null
  }

  /** The follower: frames for a batch, each record's row computed once. */
  async follow(events: readonly Followed[]): Promise<void> {
    const frames = await this.#frames(events)
    // All that one client gets of this batch goes out in one write.
    const corked = new Set<ServerResponse>()
    for (const frame of frames) {
      const reached = new Set<Client>()
      for (const unit of [...frame.units, ...frame.gone]) {
        for (const client of this.#byUnit.get(`${frame.module}/${unit}`) ?? []) reached.add(client)
      }
      const turns = this.#turnsOf(frame)
      for (const client of reached) {
        if (frames.length > 1 && !corked.has(client.response)) {
          client.response.cork()
          corked.add(client.response)
        }
        if (client.waiting !== null) client.waiting.push(frame)
        else this.#send(client, frame, turns.has(client))
      }
    }
    for (const response of corked) response.uncork()
    this.#position = events.at(-1)?.position ?? this.#position
  }

  /**
   * Grants or sessions may have changed, of one account or of any: `who` gives each session's person as of now; whoever is missing has lost his session.
   */
  async recheck(who: (sessions: readonly string[]) => Promise<ReadonlyMap<string, Person>>, account?: string): Promise<void> {
    const asked = [...this.#clients].filter(({ person }) => account === undefined || person.account === account)
    if (asked.length === 0) return
    const people = await who([...new Set(asked.map((client) => client.session))])
    for (const client of asked) {
      // It may have left while its session was looked up.
      if (!this.#clients.has(client)) continue
      const person = people.get(client.session)
      if (person === undefined) this.#bye(client)
      else if (JSON.stringify(person.grants) !== JSON.stringify(client.person.grants)) this.#rescope(client, person)
    }
  }

  end(session: string): void {
    for (const client of [...this.#clients]) if (client.session === session) this.#bye(client)
  }

  close(): void {
    clearInterval(this.#beat)
    for (const client of [...this.#clients]) {
      client.response.end()
      this.#drop(client)
    }
  }

  async #catchUp(client: Client): Promise<void> {
    const now = await this.#pool.read('*', positionNow)
    if (client.position > now || now - client.position > resumeEvents) {
      client.position = now
      this.#write(client, encode('reset', now, { position: now }))
      return
    }
    while (client.position < now && !client.response.destroyed) {
      // Never past `now`: what came later stands in `waiting`, and one frame for both would show a record at its last change instead of where it began.
      const few = Math.min(resumeBatch, now - client.position)
      const events = await this.#pool.read('*', (tx) => eventsAfter(tx, this.#modules, client.position, few))
      const last = events.at(-1)
      if (last === undefined) return
      for (const frame of await this.#frames(events)) this.#send(client, frame)
      client.position = last.position
    }
  }

  /** Events of one record in one batch are one frame, at the position of the last; its row is as of now. */
  async #frames(events: readonly Followed[]): Promise<Frame[]> {
    const records = [...Map.groupBy(events, (event) => `${event.module}/${event.stream}`).values()]
    const frames: Frame[] = []
    for (const [name, module] of this.#modules) {
      const mine = records.filter(([event]) => event?.module === name)
      if (mine.length === 0 || module.live === null) continue
      const { live } = module
      const streams = mine.flatMap(([event]) => (event === undefined ? [] : [event.stream]))
      const rows = await this.#pool.read('*', (tx) => live.rows(tx, streams, mine.flat()))
      for (const group of mine) {
        const { position, stream, type } = group.at(-1) as Followed
        const found = rows.get(stream)
        if (found === undefined) continue
        const units = found.units
        const lost = group.flatMap((event) => live.gone(event, found.row as never)).filter((unit) => !units.includes(unit))
        const change = { position, module: name, stream, type, row: found.row }
        const bytes = encode('change', position, change)
        const turnBytes = live.answering === undefined ? bytes : encode('change', position, { ...change, turn: true })
        const goneBytes = lost.length > 0 ? encode('change', position, { position, module: name, stream, type, gone: true }) : null
        frames.push({ position, module: name, bytes, turnBytes, units, goneBytes, gone: lost })
      }
    }
    return frames.sort((a, b) => a.position - b.position)
  }

  /** Of each unit one screen, a different one each time: if all answered at once, a unit with many screens would ask for its own work many times over. */
  #turnsOf({ module, units, position }: Frame): ReadonlySet<Client> {
    const screens = units.map((unit) => this.#answering.get(`${module}/${unit}`) ?? [])
    return new Set(screens.flatMap((list) => list[position % list.length] ?? []))
  }

  #send(client: Client, frame: Frame, turn = false): void {
    if (frame.position <= client.position) return
    const scope = client.scopes.get(frame.module)
    if (scope === undefined) return
    if (frame.units.some((unit) => scope.has(unit))) this.#write(client, turn ? frame.turnBytes : frame.bytes)
    else if (frame.goneBytes !== null && frame.gone.some((unit) => scope.has(unit))) this.#write(client, frame.goneBytes)
    client.position = frame.position
  }

  #write(client: Client, bytes: Buffer): void {
    if (client.response.destroyed) return
    client.response.write(bytes)
    if (client.response.writableLength > backlogBytes) client.response.destroy()
  }

  #bye(client: Client): void {
    this.#write(client, encode('bye', null, {}))
    client.response.end()
    this.#drop(client)
  }

  /** What the screen shows of units that are no longer its own stands there until it reads anew. */
  #rescope(client: Client, person: Person): void {
    this.#drop(client)
    const next = Object.assign(client, { person })
    this.#admit(next)
    this.#write(next, encode('grants', null, {}))
  }

  #admit(client: Client): void {
    this.#clients.add(client)
    for (const [name, module] of this.#modules) {
      const scope = scopeOf(module.live?.roles, client.person)
      client.scopes.set(name, scope)
      for (const unit of scope) {
        const key = `${name}/${unit}`
        const set = this.#byUnit.get(key) ?? new Set()
        this.#byUnit.set(key, set.add(client))
      }
      for (const unit of scopeOf(module.live?.answering, client.person)) {
        const key = `${name}/${unit}`
        this.#answering.set(key, [...(this.#answering.get(key) ?? []), client])
      }
    }
  }

  #drop(client: Client): void {
    this.#clients.delete(client)
    for (const [name, scope] of client.scopes) {
      for (const unit of scope) {
        const key = `${name}/${unit}`
        const set = this.#byUnit.get(key)
        set?.delete(client)
        if (set?.size === 0) this.#byUnit.delete(key)
        const others = (this.#answering.get(key) ?? []).filter((one) => one !== client)
        if (others.length > 0) this.#answering.set(key, others)
        else this.#answering.delete(key)
      }
    }
  }
}
