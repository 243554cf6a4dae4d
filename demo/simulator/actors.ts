import { Client } from '../client.ts'
import type { DemoAccount } from '../city.ts'
import type { ServerClock } from './clock.ts'

/** So many requests are on their way at once; the others wait their turn. */
const atOnce = 16

/** Everybody of the city at the public API, each with a session that is opened when he first acts. */
export class Actors {
  readonly #base: string
  readonly #accounts: ReadonlyMap<string, DemoAccount>
  readonly #clock: ServerClock
  readonly #clients = new Map<string, Client>()
  readonly #waiting: (() => void)[] = []
  #free = atOnce
  constructor(base: string, accounts: readonly DemoAccount[], clock: ServerClock) {
    this.#base = base
    this.#accounts = new Map(accounts.map((account) => [account.login, account]))
    this.#clock = clock
  }

  /** How many wait for their turn. */
  get queue(): number {
    return this.#waiting.length
  }

  client(login: string): Client {
    const account = this.#accounts.get(login)
    if (account === undefined) throw new Error(`The city has no ${login}.`)
    const client = this.#clients.get(login) ?? new Client(this.#base, account, { heard: this.#clock.heard })
    this.#clients.set(login, client)
    return client
  }

  /** Does it when it is its turn; what is prompt goes before all others. */
  async as<Answer>(login: string, what: (client: Client) => Promise<Answer>, prompt = false): Promise<Answer> {
    if (this.#free > 0) this.#free--
    else await new Promise<void>((turn) => (prompt ? this.#waiting.unshift(turn) : this.#waiting.push(turn)))
    try {
      return await what(this.client(login))
    } finally {
      const next = this.#waiting.shift()
      if (next === undefined) this.#free++
      else next()
    }
  }
}
