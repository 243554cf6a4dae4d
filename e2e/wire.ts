import { connect, createServer, type Server, type Socket } from 'node:net'
import { freePort } from './server.ts'

/** A line between a browser and the server that can be cut: what a lost network looks like from both ends. */
export class Wire {
  readonly port: number
  readonly #to: number
  readonly #sockets = new Set<Socket>()
  #server: Server | undefined
  #deaf = false

  private constructor(port: number, to: number) {
    this.port = port
    this.#to = to
  }

  static async to(port: number): Promise<Wire> {
    const wire = new Wire(await freePort(), port)
    await wire.mend()
    return wire
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** Open connections are torn down and new ones refused. */
  async cut(): Promise<void> {
    const server = this.#server
    this.#server = undefined
    const closed = new Promise<void>((done, failed) =>
      server === undefined ? done() : server.close((error) => (error ? failed(error) : done())),
    )
    for (const socket of this.#sockets) socket.destroy()
    await closed
  }

  async mend(): Promise<void> {
    const server = createServer((near) => this.#join(near))
    this.#server = server
    await new Promise<void>((done, failed) => {
      server.once('error', failed)
      server.listen(this.port, '127.0.0.1', done)
    })
  }

  /** Connections stay open and nothing passes, as when a cable is pulled behind a switch. */
  still(): void {
    this.#deaf = true
    for (const socket of this.#sockets) socket.pause()
  }

  /** What was held back passes. */
  flow(): void {
    this.#deaf = false
    for (const socket of this.#sockets) socket.resume()
  }

  #join(near: Socket): void {
    const far = connect(this.#to, '127.0.0.1')
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(from)
      from.on('data', (bytes) => to.write(bytes))
      from.on('end', () => to.end())
      // The other end is told by the tearing down itself; there is nothing to mend here.
      from.on('error', () => to.destroy())
      from.on('close', () => {
        this.#sockets.delete(from)
        to.destroy()
      })
      if (this.#deaf) from.pause()
    }
  }
}
