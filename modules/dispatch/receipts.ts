import { Refusal } from '#kernel/decider.ts'
import type { Reader, SignalTools } from '#kernel/module.ts'
import type { z } from 'zod'
import type { Command, signals } from './contract.ts'

/** Receipts known to be recorded, so that the fifth screen of a unit costs nothing. */
const remembered = 50_000
/** Receipts gather this long: both levels paint the same row at about the same time, and each push of it goes to all their screens. Each keeps the moment at which it came. */
const gatherMs = 100

interface Coming<Receipt> {
  readonly receipt: Receipt
  readonly end: PromiseWithResolvers<void>
}

interface Parts<Receipt> {
  /** What it says: a second one with the same key is the same. */
  readonly keyOf: (receipt: Receipt) => string
  /** One command takes so many. */
  readonly most: number
  /** Records them; a refusal `nothing-new` says that others have told of all of them. */
  readonly record: (batch: readonly Receipt[]) => Promise<void>
}

/**
 * Gathers what the screens of a process acknowledge, so the load on the road follows the number of lines, not of screens. While one command is on
 * its way the next ones gather. A screen is answered only after its lines are recorded: it repeats what was not answered.
 */
export class Receipts<Receipt> {
  readonly #parts: Parts<Receipt>
  readonly #recorded = new Set<string>()
  /** Not recorded yet, by what they say; a second screen that says the same waits for the first one's record. */
  readonly #coming = new Map<string, Coming<Receipt>>()
  #waiting: string[] = []
  #running = false
  constructor(parts: Parts<Receipt>) {
    this.#parts = parts
  }

  async take(receipts: readonly Receipt[]): Promise<void> {
    await Promise.all(receipts.filter((receipt) => !this.#recorded.has(this.#parts.keyOf(receipt))).map((receipt) => this.#add(receipt)))
  }

  #add(receipt: Receipt): Promise<void> {
    const key = this.#parts.keyOf(receipt)
    const before = this.#coming.get(key)
    if (before !== undefined) return before.end.promise
    const end = Promise.withResolvers<void>()
    this.#coming.set(key, { receipt, end })
    this.#waiting.push(key)
    if (!this.#running) {
      this.#running = true
      setTimeout(() => void this.#run(), gatherMs)
    }
    return end.promise
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, this.#parts.most).flatMap((key) => this.#coming.get(key) ?? [])
      const ended = await this.#record(batch.map(({ receipt }) => receipt)).then(
        () => ({ failed: false as const }),
        (error: unknown) => ({ failed: true as const, error }),
      )
      for (const { receipt, end } of batch) {
        this.#coming.delete(this.#parts.keyOf(receipt))
        if (ended.failed) end.reject(ended.error)
        else end.resolve()
      }
    }
    this.#running = false
  }

  async #record(batch: readonly Receipt[]): Promise<void> {
    try {
      await this.#parts.record(batch)
    } catch (error) {
      if (!(error instanceof Refusal) || error.rule !== 'nothing-new') throw error
      return
    }
    for (const receipt of batch) this.#recorded.add(this.#parts.keyOf(receipt))
    if (this.#recorded.size > remembered) this.#recorded.clear()
  }
}

type Line = Extract<Command, { type: 'acknowledge' }>['data']['lines'][number]
type Said = z.infer<typeof signals.acknowledge>['lines']

/** What screens acknowledge of the lines of dispatches. */
export function lineReceipts({ system }: SignalTools): (lines: Said, reader: Reader) => Promise<void> {
  const gathered = new Receipts<Line>({
    // With the units in whose name it is said: what somebody says of a foreign unit's line is not recorded, and must not stand in for that unit's own word.
    keyOf: ({ incident, line, seen, units }) => `${incident}/${line}/${seen}/${units.join()}`,
    // The streams that it locks stay few.
    most: 100,
    async record(batch) {
      const [first] = batch
      if (first !== undefined) await system('acknowledge', first.incident, { type: 'acknowledge', data: { lines: [...batch] } })
    },
  })
  return async (lines, { person: { account, name }, units, now }) => {
    await gathered.take(lines.map((line) => ({ ...line, account, name, units: [...units], time: now })))
  }
}
