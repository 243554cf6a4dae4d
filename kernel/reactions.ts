import type { Pool } from './database/tx.ts'
import { derivedId } from './ids.ts'
import { eventsAfter, positionNow } from './follow.ts'
import type { AnyModule, Followed, Reaction } from './module.ts'
import { Refusal } from './decider.ts'
import { Repeat, type Road } from './road.ts'
import { Wakes } from './wakes.ts'

const tries = 8
const firstWaitMs = 100
const batch = 200
/** What broke outside of a reaction, such as a lost connection, is tried again after this. */
const brokenMs = 1000
/** Without anything to react to, the kept position moves on this often, so that a restart has little to look through. */
const keepUpMs = 30_000

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/**
 * Turns other modules' events into commands, at least once, from a position of its own that survives a restart. A reaction that fails 8 times is
 * parked: its stream stops, the others go on. No reaction waits for another one. A refusal is an answer, not a failure.
 */
export class Reactions {
  readonly #pool: Pool
  readonly #road: Road
  readonly #modules: ReadonlyMap<string, AnyModule>
  readonly #fault: (error: unknown, about: string) => void
  readonly #waitMs: number
  readonly #runs: readonly { readonly reaction: Reaction; readonly wakes: Wakes }[]
  #stopped = false
  readonly #keepUp: NodeJS.Timeout

  constructor(parts: {
    pool: Pool
    road: Road
    modules: readonly AnyModule[]
    fault: (error: unknown, about: string) => void
    waitMs?: number
  }) {
    this.#pool = parts.pool
    this.#road = parts.road
    this.#modules = new Map(parts.modules.map((module) => [module.name, module]))
    this.#fault = parts.fault
    this.#waitMs = parts.waitMs ?? firstWaitMs
    this.#runs = parts.modules.flatMap((module) =>
      module.reactions.map((reaction) => {
        const name = `${module.name}.${reaction.name}`
        const wakes: Wakes = new Wakes(
          () => this.#run(module, reaction, name),
          (error) => {
            this.#fault(error, name)
            setTimeout(() => wakes.wake(), brokenMs).unref()
          },
        )
        return { reaction, wakes }
      }),
    )
    this.#keepUp = setInterval(() => this.wake(), keepUpMs)
  }

  /** The follower: most events concern no reaction, and cost none a look at the table. */
  async follow(events: readonly Followed[]): Promise<void> {
    for (const { reaction, wakes } of this.#runs)
      if (events.some(({ module, type }) => reaction.module === module && reaction.types.includes(type))) wakes.wake()
  }

  wake(): void {
    for (const { wakes } of this.#runs) wakes.wake()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearInterval(this.#keepUp)
    await Promise.all(this.#runs.map(({ wakes }) => wakes.stop()))
  }

  async #run(module: AnyModule, reaction: Reaction, name: string): Promise<void> {
    while (!this.#stopped) {
      const { events, from, end } = await this.#pool.read('*', async (tx) => {
        const [mine] = await tx.query<{ position: number }>('select position from kernel.follower where name = $1', [name])
        const from = mine?.position ?? 0
        const events = await eventsAfter(tx, this.#modules, from, batch, reaction)
        const last = events.length === batch ? events.at(-1) : undefined
        return { events, from, end: last?.position ?? (await positionNow(tx)) }
      })
      if (end <= from) return
      for (const event of events) await this.#react(module, reaction, name, event)
      // Stopped in the middle: what was not reached is read again at the next start.
      if (this.#stopped) return
      await this.#pool.write('*', async () => ({
        statements: [
          {
            text: `insert into kernel.follower (name, position) values ($1, $2) on conflict (name) do update set position = greatest(kernel.follower.position, $2)`,
            values: [name, end],
          },
        ],
        result: () => undefined,
      }))
      if (events.length < batch) return
    }
  }

  async #react(module: AnyModule, reaction: Reaction, name: string, event: Followed): Promise<void> {
    for (let attempt = 1; !this.#stopped; attempt++) {
      try {
        const [parked, wanted] = await this.#pool.read('*', async (tx) => [
          await tx.query('select 1 as one from kernel.parked where reaction = $1 and stream = $2', [name, event.stream]),
          await reaction.react(tx, event),
        ])
        if (parked.length > 0) return
        for (const { stream, command } of wanted) {
          const id = derivedId(name, event.position, stream)
          const by = { system: name, because: event.position }
          await this.#road.take({ module: module.name, stream, id, ...command, by, as: [] }).catch((error) => {
            // A repeat with other content: it was given before, when things stood otherwise.
            if (!(error instanceof Refusal || error instanceof Repeat)) throw error
          })
        }
        return
      } catch (error) {
        this.#fault(error, name)
        if (attempt === tries) return this.#park(name, event, error)
        await pause(this.#waitMs * 2 ** (attempt - 1))
      }
    }
  }

  async #park(name: string, event: Followed, error: unknown): Promise<void> {
    await this.#pool.write('*', async () => ({
      statements: [
        {
          text: `insert into kernel.parked (reaction, stream, position, error, parked_at) values ($1, $2, $3, $4, $5) on conflict do nothing`,
          values: [name, event.stream, event.position, String(error), event.at],
        },
      ],
      result: () => undefined,
    }))
  }
}
