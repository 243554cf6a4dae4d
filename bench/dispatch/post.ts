import { connect, type Socket } from 'node:net'

export interface Reply {
  readonly status: number
  readonly body: string
}
interface Waiting {
  readonly bytes: string
  readonly done: (reply: Reply) => void
  readonly failed: (error: Error) => void
}

const endOfHead = '\r\n\r\n'

/** One kept-alive connection, one request at a time. */
class Line {
  readonly #socket: Socket
  readonly #free: (line: Line) => void
  #waiting: Waiting | null = null
  #read: Buffer = Buffer.alloc(0)
  constructor(port: number, free: (line: Line) => void, lost: (line: Line) => void) {
    this.#free = free
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true })
    this.#socket.on('data', (chunk) => this.#hear(chunk))
    this.#socket.on('error', (error) => this.#waiting?.failed(error))
    this.#socket.on('close', () => {
      this.#waiting?.failed(new Error('the connection has ended'))
      lost(this)
    })
  }
  send(waiting: Waiting): void {
    this.#waiting = waiting
    this.#socket.write(waiting.bytes)
  }
  close(): void {
    this.#socket.destroy()
  }
  #hear(chunk: Buffer): void {
    this.#read = this.#read.length === 0 ? chunk : Buffer.concat([this.#read, chunk])
    const head = this.#read.indexOf(endOfHead)
    if (head < 0) return
    const text = this.#read.toString('latin1', 0, head)
    const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0)
    const end = head + endOfHead.length + length
    if (this.#read.length < end) return
    const body = this.#read.toString('utf8', head + endOfHead.length, end)
    this.#read = this.#read.subarray(end)
    const waiting = this.#waiting
    this.#waiting = null
    waiting?.done({ status: Number(text.slice(9, 12)), body })
    this.#free(this)
  }
}

/** As few instructions a request as possible: the load shares the machine with what it measures. */
export class Posts {
  readonly #port: number
  readonly #most: number
  readonly #lines = new Set<Line>()
  readonly #free: Line[] = []
  readonly #queue: Waiting[] = []
  constructor(port: number, most: number) {
    this.#port = port
    this.#most = most
  }
  post(path: string, cookie: string, data: unknown): Promise<Reply> {
    const body = JSON.stringify(data)
    const head = `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncookie: ${cookie}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`
    return new Promise((done, failed) => {
      const waiting = { bytes: head + body, done, failed }
      const line = this.#free.pop() ?? (this.#lines.size < this.#most ? this.#open() : undefined)
      if (line === undefined) this.#queue.push(waiting)
      else line.send(waiting)
    })
  }
  close(): void {
    for (const line of this.#lines) line.close()
  }
  #open(): Line {
    const free = (line: Line) => {
      const next = this.#queue.shift()
      if (next === undefined) this.#free.push(line)
      else line.send(next)
    }
    const lost = (line: Line) => {
      this.#lines.delete(line)
      const at = this.#free.indexOf(line)
      if (at >= 0) this.#free.splice(at, 1)
    }
    const line = new Line(this.#port, free, lost)
    this.#lines.add(line)
    return line
  }
}
