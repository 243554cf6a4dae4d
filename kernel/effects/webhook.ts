import type { SigningKey } from './key.ts'

export interface Message {
  /** The same at every attempt: a receiver that has it already answers 2xx and does nothing. */
  readonly id: string
  /** When it is sent: an instant in UTC. */
  readonly at: string
  readonly url: string
  readonly body: unknown
}

/**
 * Posts one message. A status of 2xx is the answer; what follows it is not read. No redirect is followed: nobody but the operator who set the address
 * chooses where the house sends to, which is why an address of the house's own network is allowed.
 * @throws with what a person can be told: a status, or what was wrong with the connection
 */
export async function post({ id, at, url, body }: Message, key: SigningKey, signal: AbortSignal): Promise<void> {
  const text = JSON.stringify(body)
  const timestamp = String(Math.floor(Date.parse(at) / 1000))
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': key.signature(id, timestamp, text),
  }
  const response = await fetch(url, { method: 'POST', headers, body: text, redirect: 'manual', signal })
  await response.body?.cancel()
  if (!response.ok) throw new Error(`status ${response.status}`)
}
