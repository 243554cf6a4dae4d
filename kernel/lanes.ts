interface Waiting<Item, Result> {
  readonly item: Item
  readonly keys: readonly string[]
  readonly done: (result: Result) => void
  readonly failed: (error: unknown) => void
}

/** How each item of a group ended. */
export type Ended<Result> = { readonly result: Result } | { readonly error: unknown }

/**
 * A few lanes, each taking one group at a time. What comes in one turn of the event loop goes together, and so does what comes while all lanes are busy: a
 * queue makes groups larger instead of longer. Whoever was answered may ask again in the same turn before the next group leaves. Items that share a key
 * never go in one group, and go in the order in which they came.
 */
export class Lanes<Item, Result> {
  readonly #lanes: number
  readonly #most: number
  readonly #run: (items: readonly Item[]) => Promise<readonly Ended<Result>[]>
  #busy = 0
  #queue: Waiting<Item, Result>[] = []
  #starting = false

  constructor(parts: { lanes: number; most: number; run: (items: readonly Item[]) => Promise<readonly Ended<Result>[]> }) {
    this.#lanes = parts.lanes
    this.#most = parts.most
    this.#run = parts.run
  }

  take(item: Item, keys: readonly string[]): Promise<Result> {
    return new Promise((done, failed) => {
      this.#queue.push({ item, keys, done, failed })
      this.#soon()
    })
  }

  #soon(): void {
    if (this.#starting) return
    this.#starting = true
    setImmediate(() => this.#start())
  }

  #start(): void {
    this.#starting = false
    while (this.#busy < this.#lanes && this.#queue.length > 0) {
      this.#busy++
      void this.#go(this.#next()).finally(() => {
        this.#busy--
        this.#soon()
      })
    }
  }

  #next(): Waiting<Item, Result>[] {
    const group: Waiting<Item, Result>[] = []
    const left: Waiting<Item, Result>[] = []
    const held = new Set<string>()
    for (const waiting of this.#queue) {
      const free = group.length < this.#most && !waiting.keys.some((key) => held.has(key))
      for (const key of waiting.keys) held.add(key)
      if (free) group.push(waiting)
      else left.push(waiting)
    }
    this.#queue = left
    return group
  }

  async #go(group: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const ended = await this.#run(group.map(({ item }) => item))
      for (const [index, { done, failed }] of group.entries()) {
        const one = ended[index]
        if (one !== undefined && 'result' in one) done(one.result)
        else failed(one?.error ?? new Error('an item of a group without an end'))
      }
    } catch (error) {
      for (const { failed } of group) failed(error)
    }
  }
}
