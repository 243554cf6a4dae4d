import { randomUUID } from 'node:crypto'
import type { Pool, Tx } from './database/tx.ts'
import type { AnyModule, Followed } from './module.ts'
import { type EventRow, followed } from './recording.ts'
import { Wakes } from './wakes.ts'

/** One reading of the event table; followers are handed whole batches, in order of position. */
const batch = 500
/** A lost wake-up costs at most this. */
const pollMs = 1000
/** Transactions of this process that wait to be handed on; more are read from the table. */
const ownMost = 200
const channel = 'plumbline'
/** What a notification begins with that says whose sessions have ended; any other is a wake-up. */
const endedMark = 'ended '
/**
 * The end of sessions is no event, so it is told beside the table: sent with the transaction that ends them, it cannot be lost on this side. `accounts`: a
 * query that gives the column `account`.
 */
export const tellingEnded = (accounts: string): string =>
  `with ended as (${accounts}) select pg_notify('${channel}', '${endedMark}' || account) from ended`

// Positions have no gaps, so a range is a limit; and each content is looked up by its position. Said in this way the database never reads the whole
// table for the few events at its end, however long it has become since it was last analysed.
const columns = `e.position, e.module, e.stream, e.n, e.type, e.version, e.at, e.occurred_at, e.occurred_source, e.by,
  (select c.data from kernel.content c where c.position = e.position) as data`
const allText = `select ${columns} from kernel.event e where e.position between $1::bigint + 1 and $1::bigint + $2::bigint order by e.position`
const someText = `
  select ${columns} from kernel.event e
  where e.position > $1 and e.module = $3 and e.type = any ($4::text[]) order by e.position limit $2`

/** The events after a position, in order; `only` those of one module's types. */
export async function eventsAfter(
  tx: Tx,
  modules: ReadonlyMap<string, AnyModule>,
  position: number,
  limit: number,
  only?: { readonly module: string; readonly types: readonly string[] },
): Promise<Followed[]> {
  const rows = await (only === undefined
    ? tx.query<EventRow>(allText, [position, limit])
    : tx.query<EventRow>(someText, [position, limit, only.module, only.types]))
  return rows.map((row) => followed(modules.get(row.module), row))
}

export const positionNow = async (tx: Tx): Promise<number> =>
  (await tx.query<{ position: number }>('select position from kernel.counter'))[0]?.position ?? 0

type Follower = (events: readonly Followed[]) => Promise<void>
type Ended = (account?: string) => Promise<void>

/**
 * The one reader of the event table in this process. Waking it carries no truth: it goes on from its own position, and positions are in commit order, so
 * nothing is missed. What this process has stored right after that position need not be read again: it is handed on as it was stored.
 */
export class Follow {
  readonly #pool: Pool
  readonly #modules: ReadonlyMap<string, AnyModule>
  readonly #fault: (error: unknown) => void
  readonly #followers: Follower[] = []
  #ended: Ended | undefined
  /** Signs this process's wake-ups, so that it does not wake itself twice. */
  readonly #self = randomUUID()
  #position = 0
  /** What this process has committed beyond the position, by the position of each transaction's first event. */
  readonly #own = new Map<number, readonly Followed[]>()
  /** Others may have written since the table was read. */
  #foreign = false
  readonly #reading: Wakes
  readonly #notifying: Wakes
  #stopped = false
  #timer: NodeJS.Timeout | undefined
  #stopListening: (() => void) | undefined

  constructor(parts: { pool: Pool; modules: readonly AnyModule[]; fault: (error: unknown) => void }) {
    this.#pool = parts.pool
    this.#modules = new Map(parts.modules.map((module) => [module.name, module]))
    this.#fault = parts.fault
    this.#reading = new Wakes(() => this.#read(), parts.fault)
    this.#notifying = new Wakes(() => this.#pool.notify(channel, this.#self), parts.fault)
  }

  /** The last position that every follower has been handed. */
  get position(): number {
    return this.#position
  }

  /** Called with each batch; the next is read only when all followers are done with this one. */
  add(follower: Follower): void {
    this.#followers.push(follower)
  }

  /** Called when sessions of an account have ended, here or elsewhere; without an account when that may have been missed. */
  onEnded(ended: Ended): void {
    this.#ended = ended
  }

  async start(): Promise<void> {
    this.#position = await this.#pool.read('*', positionNow)
    await this.#listen()
    this.#timer = setInterval(() => this.wake(), pollMs)
  }

  /** Something was committed, here or elsewhere, or perhaps nothing. */
  wake(): void {
    this.#foreign = true
    this.#reading.wake()
  }

  /** This process committed: wake itself at once and the others by a coalesced NOTIFY on a connection of its own. */
  committed(events: readonly Followed[]): void {
    const [first] = events
    if (this.#own.size === ownMost) {
      this.#own.clear()
      this.#foreign = true
    }
    if (first !== undefined && first.position > this.#position) this.#own.set(first.position, events)
    this.#reading.wake()
    this.#notifying.wake()
  }

  /** What this process knows to come next without a gap, at most a batch and what a transaction has more. */
  #known(): readonly Followed[] {
    const events: Followed[] = []
    for (let next: readonly Followed[] | undefined; events.length < batch; events.push(...next)) {
      next = this.#own.get(this.#position + events.length + 1)
      if (next === undefined) break
    }
    return events
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearInterval(this.#timer)
    this.#stopListening?.()
    await Promise.all([this.#reading.stop(), this.#notifying.stop()])
  }

  /** Hands on what is known, then what the table has more, where somebody else may have written or something lies between. */
  async #read(): Promise<void> {
    for (let known = this.#known(); known.length > 0; known = this.#known()) await this.#hand(known)
    if (this.#own.size === 0 && !this.#foreign) return
    this.#foreign = false
    while (!this.#stopped) {
      const events = await this.#pool.read('*', (tx) => eventsAfter(tx, this.#modules, this.#position, batch))
      if (events.length > 0) await this.#hand(events)
      if (events.length < batch) return
    }
  }

  async #hand(events: readonly Followed[]): Promise<void> {
    await Promise.all(this.#followers.map((follower) => follower(events)))
    this.#position = events.at(-1)?.position ?? this.#position
    for (const first of this.#own.keys()) if (first <= this.#position) this.#own.delete(first)
  }

  #tell(account?: string): void {
    if (!this.#stopped) this.#ended?.(account).catch(this.#fault)
  }

  async #listen(): Promise<void> {
    try {
      const end = await this.#pool.listen(
        channel,
        (said) => {
          if (said.startsWith(endedMark)) this.#tell(said.slice(endedMark.length))
          else if (said !== this.#self) this.wake()
        },
        () => {
          if (!this.#stopped) setTimeout(() => void this.#listen(), pollMs)
        },
      )
      // Stopped in the meantime: a connection kept here would hold the pool open for ever.
      if (this.#stopped) {
        end()
        return
      }
      this.#stopListening = end
      this.#tell()
      this.wake()
    } catch (error) {
      this.#fault(error)
      if (!this.#stopped) setTimeout(() => void this.#listen(), pollMs)
    }
  }
}
