/** The server's clock as its answers show it: a `Date` header is cut to the second, so each answer bounds the offset from both sides. */
export class ServerClock {
  #low = Number.NEGATIVE_INFINITY
  #high = Number.POSITIVE_INFINITY
  #heard = Date.now()

  heard = (date: string | null, sent: number, received: number): void => {
    this.#heard = received
    const server = date === null ? Number.NaN : Date.parse(date)
    if (Number.isNaN(server)) return
    const [low, high] = [server - received, server + 1000 - sent]
    // Bounds that exclude each other: one of the clocks was set anew.
    const anew = low > this.#high || high < this.#low
    this.#low = anew ? low : Math.max(low, this.#low)
    this.#high = anew ? high : Math.min(high, this.#high)
  }

  /** Ms since 1970. */
  now = (): number => Date.now() + (Number.isFinite(this.#low) ? (this.#low + this.#high) / 2 : 0)

  /** Ms since the server last answered anybody. */
  get silence(): number {
    return Date.now() - this.#heard
  }
}
