import type { Pool } from '../database/tx.ts'
import { Refusal } from '../decider.ts'
import { derivedId } from '../ids.ts'
import type { AnyModule, Found } from '../module.ts'
import type { Road } from '../road.ts'

const everyMs = 2000

/**
 * Has the modules look for what makes no event by itself, every two seconds of the house's time, and gives what they find to the road. The id of each
 * command derives from what was found: of several servers that find the same one has the effect.
 */
export class Looks {
  readonly #pool: Pool
  readonly #road: Road
  readonly #modules: readonly AnyModule[]
  readonly #fault: (error: unknown, about: string) => void
  readonly #began: string
  #last = Number.NEGATIVE_INFINITY

  constructor(parts: {
    pool: Pool
    road: Road
    modules: readonly AnyModule[]
    now: () => string
    fault: (error: unknown, about: string) => void
  }) {
    this.#pool = parts.pool
    this.#road = parts.road
    this.#modules = parts.modules
    this.#fault = parts.fault
    this.#began = parts.now()
  }

  async look(now: string): Promise<void> {
    const passed = Date.parse(now) - this.#last
    // A house whose clock was set back looks on.
    if (passed >= 0 && passed < everyMs) return
    this.#last = Date.parse(now)
    for (const module of this.#modules) {
      const { looks } = module
      if (looks === undefined) continue
      try {
        const found = await this.#pool.read('*', (tx) => looks(tx, { now, began: this.#began }))
        for (const one of found) await this.#give(module.name, one)
      } catch (error) {
        this.#fault(error, `looks of ${module.name}`)
      }
    }
  }

  /** A refusal says that it was so no longer when it was decided. */
  async #give(module: string, { stream, key, command }: Found): Promise<void> {
    const by = { system: 'looks', because: 0 }
    try {
      await this.#road.take({ module, stream, id: derivedId('looks', module, stream, key), ...command, by, as: [] })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
    }
  }
}
