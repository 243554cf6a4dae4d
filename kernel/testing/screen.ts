import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { until } from './until.ts'

export interface Frame {
  readonly event: string
  readonly id: number | null
  readonly data: Readonly<Record<string, unknown>>
}

/** A screen's live stream as it comes over the wire. */
export class Screen {
  readonly frames: Frame[] = []
  readonly status: number
  ended = false
  readonly #request: ClientRequest
  readonly #response: IncomingMessage
  #rest = ''

  private constructor(sent: ClientRequest, response: IncomingMessage) {
    this.#request = sent
    this.#response = response
    this.status = response.statusCode ?? 0
    response.setEncoding('utf8')
    const end = () => {
      this.ended = true
    }
    response.on('end', end).on('close', end).on('error', end)
  }

  /** Opens the stream. `read: false`: the screen takes nothing from the line. */
  static async open(
    url: string,
    cookie: string,
    more: { after?: number | string; lastEventId?: number | string; read?: boolean } = {},
  ): Promise<Screen> {
    const { after, lastEventId, read = true } = more
    const query = after === undefined ? '' : `?after=${after}`
    const headers = { cookie, ...(lastEventId !== undefined && { 'last-event-id': String(lastEventId) }) }
    const sent = request(`${url}/live${query}`, { headers, agent: false })
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      sent.on('response', resolve).on('error', reject).end()
    })
    const screen = new Screen(sent, response)
    if (read) screen.read()
    return screen
  }

  read(): void {
    this.#response.on('data', (chunk: string) => {
      const parts = (this.#rest + chunk).split('\n\n')
      this.#rest = parts.pop() ?? ''
      for (const part of parts) this.#take(part)
    })
  }

  close(): void {
    this.#request.destroy()
  }

  /** Frames of one kind, in the order in which they came. */
  of(event: string): Frame[] {
    return this.frames.filter((frame) => frame.event === event)
  }

  /** The last position this screen was told: what it gives when it comes back. */
  get position(): number {
    return this.frames.findLast((frame) => frame.id !== null)?.id ?? 0
  }

  async until(what: string, check: (frames: readonly Frame[]) => boolean, ms?: number): Promise<void> {
    await until(what, () => check(this.frames) || null, ms)
  }

  #take(part: string): void {
    const lines = new Map(
      part
        .split('\n')
        .filter((line) => !line.startsWith(':'))
        .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)] as const),
    )
    const event = lines.get('event')
    if (event === undefined) return
    const id = lines.get('id')
    this.frames.push({ event, id: id === undefined ? null : Number(id), data: JSON.parse(lines.get('data') ?? '{}') as Frame['data'] })
  }
}
