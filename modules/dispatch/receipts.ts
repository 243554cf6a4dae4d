import { Refusal } from '#kernel/decider.ts'
import type { Reader, SignalTools } from '#kernel/module.ts'
import type { z } from 'zod'
import type { Command, signals } from './contract.ts'

type Receipt = Extract<Command, { type: 'acknowledge' }>['data']['lines'][number]

/** One command takes this many lines: the streams it locks stay few. */
const linesPerCommand = 100
/** Lines known to be recorded, so that the fifth screen of a unit costs nothing. */
const remembered = 50_000

interface Waiting {
  readonly receipt: Receipt
  readonly done: () => void
  readonly failed: (error: unknown) => void
}

/**
 * Gathers what the screens of a process acknowledge. While one command is on its way the next ones gather, so the load on the road follows the
 * number of lines, not of screens. A screen is answered only after its lines are recorded: it repeats what was not answered.
 */
export class Receipts {
  readonly #tools: SignalTools
  readonly #recorded = new Set<string>()
  #waiting: Waiting[] = []
  #running = false
  constructor(tools: SignalTools) {
    this.#tools = tools
  }

  async take(lines: z.infer<typeof signals.acknowledge>['lines'], reader: Reader): Promise<void> {
    const { account, name } = reader.person
    const fresh = lines.filter((line) => !this.#recorded.has(keyOf(line)))
    const receipts = fresh.map((line): Receipt => ({ ...line, account, name, units: [...reader.units], time: reader.now }))
    await Promise.all(
      receipts.map((receipt) => new Promise<void>((done, failed) => this.#waiting.push({ receipt, done, failed }) && this.#start())),
    )
  }

  #start(): void {
    if (this.#running) return
    this.#running = true
    setImmediate(() => void this.#run())
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, linesPerCommand)
      try {
        await this.#record(batch.map((waiting) => waiting.receipt))
        for (const { done } of batch) done()
      } catch (error) {
        for (const { failed } of batch) failed(error)
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

const keyOf = (line: { incident: string; line: number; seen: boolean }) => `${line.incident}/${line.line}/${line.seen}`
