import { createHash, randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { gunzipSync, gzipSync } from 'node:zlib'
import { firstLine, tail } from '../backup/file.ts'
import { openHouse } from '../house.ts'
import type { AnyModule } from '../module.ts'
import { password, type Reply } from './server.ts'

const json = { 'content-type': 'application/json' }

/** A house on a database that was restored. */
export interface Restarted {
  readonly url: string
  status(cookie: string): Promise<number>
  logIn(login: string): Promise<string>
  command(cookie: string, stream: string, type: string, data: unknown): Promise<Reply>
  close(): Promise<void>
}

export async function openOn(database: { app: string; worker: string }, modules: readonly AnyModule[], spool: string): Promise<Restarted> {
  const house = await openHouse({ app: database.app, worker: database.worker, modules, spool })
  await house.app.listen({ port: 0, host: '127.0.0.1' })
  const url = `http://127.0.0.1:${(house.app.server.address() as AddressInfo).port}`
  return {
    url,
    status: async (cookie) => (await fetch(`${url}/session`, { headers: { cookie } })).status,
    async logIn(login) {
      const answer = await fetch(`${url}/session`, { method: 'POST', headers: json, body: JSON.stringify({ login, password }) })
      if (!answer.ok) throw new Error(`log-in of ${login}: ${answer.status} ${await answer.text()}`)
      return answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    },
    async command(cookie, stream, type, data) {
      const body = JSON.stringify({ id: randomUUID(), type, data })
      const answer = await fetch(`${url}/command/dispatch/${stream}`, { method: 'POST', headers: { ...json, cookie }, body })
      return { status: answer.status, body: await answer.json() }
    },
    close: () => house.close(),
  }
}

/** A backup with something else in its records, of the same length, and a digest that fits. */
export function rewritten(whole: Buffer, change: (text: string) => string): Buffer {
  const start = firstLine.length
  const length = tail(Buffer.alloc(32)).length
  const before = gunzipSync(whole.subarray(start, whole.length - length)).toString('latin1')
  const after = change(before)
  if (after === before) throw new Error('nothing was changed')
  const frames = Buffer.from(after, 'latin1')
  const body = Buffer.concat([Buffer.from(firstLine), gzipSync(frames)])
  return Buffer.concat([body, tail(createHash('sha256').update(body).digest())])
}
