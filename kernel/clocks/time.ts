import type { Pool } from '../database/tx.ts'

/** The offset is measured anew so often; a server's own clock drifts far less in between. */
const measureMs = 30_000
/** A measurement that took longer says too little. */
const slowestMs = 500
/** A server whose own clock is further away from the house's time is out of order. */
export const skewLimitMs = 2000

/**
 * The house's time: the database's, which every server of a house asks for and keeps as an offset to its own clock. So what one server records and
 * another counts from is one time, whatever their clocks say.
 */
export class HouseTime {
  readonly #pool: Pool
  readonly #fault: (error: unknown, about: string) => void
  #offset = 0
  #timer: NodeJS.Timeout | undefined
  constructor(parts: { pool: Pool; fault: (error: unknown, about: string) => void }) {
    this.#pool = parts.pool
    this.#fault = parts.fault
  }

  /** An instant in UTC. */
  readonly now = (): string => new Date(Date.now() + this.#offset).toISOString()

  /** Milliseconds that the house's time is ahead of this server's clock. */
  get offset(): number {
    return this.#offset
  }

  async start(): Promise<void> {
    await this.measure()
    this.#timer = setInterval(() => void this.measure().catch((error: unknown) => this.#fault(error, 'time')), measureMs)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  /** Asks the database for its time; the answer is as old as half of the way to it and back. */
  async measure(): Promise<void> {
    const { asked, heard, time } = await this.#pool.read('*', async (tx) => {
      await tx.query('select 1 as one')
      const asked = Date.now()
      const [row] = await tx.query<{ time: string }>('select kernel.now() as time')
      return { asked, heard: Date.now(), time: Date.parse(row?.time ?? '') }
    })
    if (heard - asked > slowestMs) return
    const offset = Math.round(time - (asked + heard) / 2)
    // What the way to the database and back leaves open is no difference of the clocks.
    this.#offset = Math.abs(offset) <= heard - asked ? 0 : offset
    if (Math.abs(this.#offset) > skewLimitMs)
      this.#fault(new Error(`this server’s clock is ${this.#offset} ms behind the database’s time, which rules`), 'time')
  }
}
