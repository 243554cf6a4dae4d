import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A message as it came in. */
export interface Got {
  readonly path: string
  readonly id: string
  readonly timestamp: string
  readonly signature: string
  readonly text: string
}
export type Answering = (got: Got, response: ServerResponse, request: IncomingMessage) => void

/** A receiver of webhooks: a real server that takes what it is sent and answers as the test says. */
export class Receiver {
  readonly got: Got[] = []
  answering: Answering = (_, response) => response.writeHead(204).end()
  readonly #server = createServer((request, response) => {
    let text = ''
    request.setEncoding('utf8').on('data', (part: string) => {
      text += part
    })
    request.on('end', () => {
      const header = (name: string) => String(request.headers[name])
      const got = {
        path: request.url ?? '',
        id: header('webhook-id'),
        timestamp: header('webhook-timestamp'),
        signature: header('webhook-signature'),
        text,
      }
      this.got.push(got)
      this.answering(got, response, request)
    })
  })

  static async open(): Promise<Receiver> {
    const receiver = new Receiver()
    await new Promise<void>((resolve) => receiver.#server.listen(0, '127.0.0.1', resolve))
    return receiver
  }

  url(path = '/'): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${path}`
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}
