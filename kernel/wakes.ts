/** Work that is done once after every wake-up, one run at a time: wake-ups during a run become one more run. */
export class Wakes {
  readonly #work: () => Promise<void>
  readonly #fault: (error: unknown) => void
  #running: Promise<void> | undefined
  #again = false
  #stopped = false

  constructor(work: () => Promise<void>, fault: (error: unknown) => void) {
    this.#work = work
    this.#fault = fault
  }

  wake(): void {
    if (this.#stopped) return
    if (this.#running !== undefined) {
      this.#again = true
      return
    }
    this.#running = this.#work()
      .catch(this.#fault)
      .finally(() => {
        this.#running = undefined
        if (!this.#again) return
        this.#again = false
        this.wake()
      })
  }

  /** No more runs; resolves when the one under way is over. */
  async stop(): Promise<void> {
    this.#stopped = true
    await this.#running
  }
}
