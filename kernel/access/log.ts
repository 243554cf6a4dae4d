import { randomUUID } from 'node:crypto'
import { appendFile, readFile, rm } from 'node:fs/promises'
import type { Pool, Tx } from '../database/tx.ts'
import type { Person } from '../decider.ts'
import { appendStatement, type Draft } from '../recording.ts'
import { storable } from '../text.ts'

/** One opening of records, or one attempt that was denied. */
export interface Reading {
  readonly account: string
  readonly name: string
  readonly unit: string
  readonly at: string
  readonly view: string
  readonly streams: readonly string[]
  readonly denied?: true
}

const flushMs = 1000
const module = 'access'

/**
 * Who read what: batched into `access/<account>/<day, UTC>` once a second. When the table cannot be written the readings go to a local spool file and
 * from there into the table later; a reader whose module is not urgent waits until his reading is written.
 */
export class ReadLog {
  readonly #pool: Pool
  readonly #spool: string
  readonly #fault: (error: unknown) => void
  readonly #timer: NodeJS.Timeout
  #waiting: Reading[] = []
  #flushing: Promise<void> = Promise.resolve()
  #spooled: boolean | undefined

  constructor(parts: { pool: Pool; spool: string; fault: (error: unknown) => void }) {
    this.#pool = parts.pool
    this.#spool = parts.spool
    this.#fault = parts.fault
    this.#timer = setInterval(() => void this.flush().catch(this.#fault), flushMs)
  }

  note(person: Person, at: string, view: string, streams: readonly string[], denied?: true): void {
    this.#waiting.push({ account: person.account, name: person.name, unit: person.unit, at, view, streams, ...(denied && { denied }) })
  }

  /** Writes what waits; throws when the table could not be written (the readings are then in the spool). */
  flush(): Promise<void> {
    this.#flushing = this.#flushing.then(
      () => this.#write(),
      () => this.#write(),
    )
    return this.#flushing
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.flush()
  }

  async #write(): Promise<void> {
    const earlier = this.#spooled === false ? [] : await this.#unspool()
    const fresh = this.#waiting.splice(0)
    const readings = [...earlier, ...fresh]
    if (readings.length === 0) return
    try {
      await this.#pool.write('*', async (tx) => ({ statements: [await this.#statement(tx, readings)], result: () => undefined }))
    } catch (error) {
      await this.#keep(fresh)
      throw error
    }
    if (this.#spooled !== false) await rm(this.#spool, { force: true })
    this.#spooled = false
  }

  /** Into the spool, each on a line of its own even after a line that a crash has cut; where that fails too they wait here. */
  async #keep(fresh: readonly Reading[]): Promise<void> {
    this.#spooled = true
    if (fresh.length === 0) return
    const lines = fresh.map((reading) => `\n${JSON.stringify(reading)}\n`)
    await appendFile(this.#spool, lines.join(''), { mode: 0o600, flush: true }).catch((error: unknown) => {
      this.#waiting.unshift(...fresh)
      throw error
    })
  }

  async #unspool(): Promise<Reading[]> {
    const text = await readFile(this.#spool, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return ''
      throw error
    })
    return text.split('\n').flatMap((line) => {
      if (line === '') return []
      try {
        return [JSON.parse(line) as Reading]
      } catch (error) {
        // Cut by a crash while it was written.
        this.#fault(error)
        return []
      }
    })
  }

  async #statement(tx: Tx, readings: readonly Reading[]) {
    const byStream = Map.groupBy(readings, (reading) => `${reading.account}/${reading.at.slice(0, 10)}`)
    const streams = [...byStream.keys()]
    const [, taken] = await Promise.all([
      tx.query('select kernel.lock($1, $2::text[])', [module, streams]),
      tx.query<{ stream: string; n: number }>(
        'select stream, max(n) as n from kernel.event where module = $1 and stream = any ($2::text[]) group by stream',
        [module, streams],
      ),
    ])
    const last = new Map(taken.map((row) => [row.stream, row.n]))
    const drafts = [...byStream].map(([stream, list]): Draft => {
      const [{ account, name, unit, at }] = list as [Reading, ...Reading[]]
      return {
        module,
        stream,
        n: (last.get(stream) ?? 0) + 1,
        type: 'read',
        version: 1,
        at,
        occurred: { time: at, source: 'system' },
        by: { account, name, unit, grants: [] },
        data: {
          readings: list.map(({ at: time, view, streams: read, denied }) => ({
            time,
            view: storable(view),
            streams: read.map(storable),
            ...(denied && { denied }),
          })),
        },
      }
    })
    return appendStatement({ drafts, command: { id: randomUUID(), digest: '' } })
  }
}
