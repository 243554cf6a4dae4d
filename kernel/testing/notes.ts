import { randomUUID } from 'node:crypto'
import assert from 'node:assert/strict'
import pg from 'pg'
import type { Statement } from '../database/tx.ts'
import { appendStatement } from '../recording.ts'
import type { First } from '../access/first.ts'
import { modules } from '../../modules.ts'
import { probe } from './probe.ts'
import { type Seat, server, type TestServer } from './server.ts'

const staff = modules.find((module) => module.name === 'staff')
assert.ok(staff)
/** The house of the kernel's tests: who may walk, and the module that can go wrong. */
export const houseModules = [staff, probe]

export interface Notes extends TestServer {
  /** A call taker of the bureau B1. */
  readonly taker: Seat
}

/** A house with the bureau B1, its sub-bureau S1, the stations A1 and A2, and one call taker. */
export async function notes(options: { at?: string; real?: First } = {}): Promise<Notes> {
  const house = await server(houseModules, options)
  await house.unit('B1', { kind: 'bureau', name: '市局' })
  await house.unit('S1', { kind: 'subBureau', name: '分局', parent: 'B1' })
  for (const code of ['A1', 'A2']) await house.unit(code, { kind: 'station', name: code, parent: 'S1' })
  const taker = await house.seat('callTaker', 'B1')
  return Object.defineProperties({ taker }, Object.getOwnPropertyDescriptors(house)) as Notes
}

/** A new note's stream. */
export async function openNote(seat: Seat, unit = 'A1', more: object = {}): Promise<string> {
  const id = randomUUID()
  const reply = await seat.command('probe', id, 'open', { unit, text: 'first', ...more })
  assert.equal(reply.status, 200, JSON.stringify(reply.body))
  return id
}

/** An event as somebody else's program could append it: through `kernel.append`, past the road and its locks. */
export const foreignEvent = (stream: string, n: number, text: string): Statement => {
  const at = new Date().toISOString()
  return appendStatement({
    drafts: [
      {
        module: 'probe',
        stream,
        n,
        type: 'added',
        version: 1,
        at,
        occurred: { time: at, source: 'system' },
        by: { system: 'foreign', because: 0 },
        data: { text },
      },
    ],
    command: { id: randomUUID(), digest: '00' },
  })
}

/** A connection of its own as this role; `lost` tells how it was ended. */
export async function connected<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** One statement as this role. */
export const sql = async <Row extends object>(url: string, text: string, values: readonly unknown[] = []): Promise<Row[]> =>
  connected(url, async (client) => (await client.query<Row>(text, values as unknown[])).rows)

/** Every event of the database in order: what anybody else's account of it is compared with. */
export const table = (url: string) =>
  sql<{ position: number; module: string; stream: string; n: number; type: string; data: unknown }>(
    url,
    `select e.position::int as position, e.module, e.stream, e.n, e.type, c.data
     from kernel.event e join kernel.content c on c.position = e.position order by e.position`,
  )
