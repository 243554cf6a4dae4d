import { Refusal } from '#kernel/decider.ts'
import type { Reader, SignalTools } from '#kernel/module.ts'
import type { z } from 'zod'
import type { Command, signals } from './contract.ts'

type Receipt = Extract<Command, { type: 'acknowledge' }>['data']['lines'][number]

/** One command takes this many lines: the streams it locks stay few. */
const linesPerCommand = 100
/** Receipts known to be recorded, so that the fifth screen of a unit costs nothing. */
const remembered = 50_000
/** Receipts gather this long: both levels paint the same row at about the same time, and each push of it goes to all their screens. Each keeps the moment at which it came. */
const gatherMs = 100

interface Coming {
  readonly receipt: Receipt
  readonly end: PromiseWithResolvers<void>
}

/**
 * Gathers what the screens of a process acknowledge, so the load on the road follows the number of lines, not of screens. While one command is on
 * its way the next ones gather. A screen is answered only after its lines are recorded: it repeats what was not answered.
 */
export class Receipts {
  readonly #tools: SignalTools
  readonly #recorded = new Set<string>()
  /** Not recorded yet, by what they say; a second screen that says the same waits for the first one's record. */
  readonly #coming = new Map<string, Coming>()
  #waiting: string[] = []
  #running = false
  constructor(tools: SignalTools) {
    this.#tools = tools
  }

  async take(lines: z.infer<typeof signals.acknowledge>['lines'], reader: Reader): Promise<void> {
    const { account, name } = reader.person
    const receipts = lines.map((line): Receipt => ({ ...line, account, name, units: [...reader.units], time: reader.now }))
    await Promise.all(receipts.filter((receipt) => !this.#recorded.has(keyOf(receipt))).map((receipt) => this.#add(receipt)))
  }

  #add(receipt: Receipt): Promise<void> {
    const key = keyOf(receipt)
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
      const batch = this.#waiting.splice(0, linesPerCommand).flatMap((key) => this.#coming.get(key) ?? [])
      const ended = await this.#record(batch.map(({ receipt }) => receipt)).then(
        () => ({ failed: false as const }),
        (error: unknown) => ({ failed: true as const, error }),
      )
      for (const { receipt, end } of batch) {
        this.#coming.delete(keyOf(receipt))
        if (ended.failed) end.reject(ended.error)
        else end.resolve()
      }
    }
    this.#running = false
  }

  async #record(lines: Receipt[]): Promise<void> {
    const [first] = lines
    if (first === undefined) return
    try {
      await this.#tools.system('acknowledge', first.incident, { type: 'acknowledge', data: { lines } })
    } catch (error) {
      if (!(error instanceof Refusal) || error.rule !== 'nothing-new') throw error
      return
    }
    for (const line of lines) this.#recorded.add(keyOf(line))
    if (this.#recorded.size > remembered) this.#recorded.clear()
  }
}

/** With the units in whose name it is said: what somebody says of a foreign unit's line is not recorded, and must not stand in for that unit's own word. */
const keyOf = ({ incident, line, seen, units }: Receipt) => `${incident}/${line}/${seen}/${units.join()}`
