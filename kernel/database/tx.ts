import { createHash } from 'node:crypto'
import type { Duplex } from 'node:stream'
import pg from 'pg'

/** One SQL statement: plain text with `$1…`, never built from input. */
export interface Statement {
  readonly text: string
  readonly values: readonly unknown[]
  /** Instead of values: what `$1::jsonb` is a list of. See `rowsInto`. */
  readonly rows?: readonly object[]
  /** What it changes is not made from the module's events alone: a rebuild of the module's tables leaves it out. */
  readonly outside?: true
}

/**
 * A statement over rows, which its text reads from `$1::jsonb`, a list of objects. Of one transaction all rows of one text go as one statement, at the
 * place of the first: no row may depend on what a statement between them writes, and no two may be the same record.
 */
export const rowsInto = (text: string, ...rows: readonly object[]): Statement => ({ text, values: [], rows })

/** What a statement's placeholders stand for. */
export const valuesOf = ({ values, rows }: Statement): readonly unknown[] => (rows === undefined ? values : [JSON.stringify(rows)])

function gathered(statements: readonly Statement[]): readonly Statement[] {
  const rows = Map.groupBy(
    statements.filter((statement) => statement.rows !== undefined),
    ({ text }) => text,
  )
  return statements.flatMap((statement) => {
    if (statement.rows === undefined) return [statement]
    const same = rows.get(statement.text) ?? []
    return same[0] === statement ? [rowsInto(statement.text, ...same.flatMap((one) => one.rows ?? []))] : []
  })
}

const instants = new Set([1184, 1114])
const int8 = 20

/** Instants come back as ISO 8601 in UTC, positions as numbers: 2^53 is out of reach. */
const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (instants.has(oid)) return (value: string) => new Date(value).toISOString()
    if (oid === int8) return Number
    return pg.types.getTypeParser(oid, format)
  },
}

const names = new Map<string, string>()
/** Every statement is prepared once a connection; its name is a digest of its text. */
const named = (text: string): string => {
  let name = names.get(text)
  if (name === undefined) {
    name = `s${createHash('sha256').update(text).digest('base64url').slice(0, 20)}`
    names.set(text, name)
  }
  return name
}

/**
 * What is sent in one turn travels in one packet: one system call instead of one a statement, and the database does not wait, with locks held,
 * for a statement that this process has already decided on.
 */
function together(client: pg.ClientBase): void {
  const { stream } = (client as unknown as { connection: { stream: Duplex } }).connection
  if (stream.writableCorked > 0) return
  stream.cork()
  process.nextTick(() => stream.uncork())
}

async function rollBack(client: pg.ClientBase, leave: (broken?: Error) => void): Promise<void> {
  await client.query('rollback').then(() => leave(), leave)
}

/** An open transaction. Statements sent without waiting travel in one round trip. */
export class Tx {
  readonly #client: pg.ClientBase
  readonly #shared = new Map<string, Promise<unknown[]>>()
  constructor(client: pg.ClientBase) {
    this.#client = client
  }
  async query<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    together(this.#client)
    const result = await this.#client.query<Row>({ name: named(text), text, values: values as unknown[] })
    return result.rows
  }
  /** What several commands of one transaction ask alike is asked once. Only for what does not change while it lasts. */
  shared<Row extends object>(text: string, values: readonly unknown[]): Promise<Row[]> {
    const key = JSON.stringify([text, values])
    const known = this.#shared.get(key) as Promise<Row[]> | undefined
    if (known !== undefined) return known
    const asked = this.query<Row>(text, values)
    this.#shared.set(key, asked)
    return asked
  }
  /** Several statements without parameters, as a migration file holds them. */
  async script(text: string): Promise<void> {
    await this.#client.query(text)
  }
}

/** What a transaction leaves to the end: sent together with `commit`, in one round trip. `result` is given what each has answered, rows gathered. */
export interface Finish<Result> {
  readonly statements: readonly Statement[]
  readonly result: (rows: readonly (readonly object[])[]) => Result
}

/** `*` is the road itself: it writes every unit's rows. A reader's scope is the units of his grants. `own`: the first statement sets it. */
export type Scope = '*' | 'own' | readonly string[]

const scopeText = (scope: Exclude<Scope, 'own'>): string => (scope === '*' ? '*' : scope.length === 0 ? '-' : scope.join(','))
/** A wake-up carries no truth: it does not wait for the disk. */
const notifyText = `select pg_notify($1, $2), set_config('synchronous_commit', 'off', true)`
const setScope = `select set_config('plumbline.scope', $1, true)`

export class Pool {
  readonly #pool: pg.Pool
  constructor(url: string, options: { max: number; name: string; onError: (error: Error) => void }) {
    const config: pg.PoolConfig & { pipeline: true } = {
      connectionString: url,
      max: options.max,
      application_name: options.name,
      pipeline: true,
      types,
      connectionTimeoutMillis: 5000,
      idleTimeoutMillis: 60_000,
    }
    this.#pool = new pg.Pool(config)
    // The pool hands the broken client over as well, which has no place in a log.
    this.#pool.on('error', (error) => options.onError(error))
  }

  /** Reads in one snapshot; nothing can be written. The answer does not wait for the end of the transaction, only the connection does. */
  async read<Result>(scope: Scope, work: (tx: Tx) => Promise<Result>): Promise<Result> {
    const { client, value, leave } = await this.#begin('begin isolation level repeatable read read only', scope, work)
    client.query({ name: 'commit', text: 'commit' }).then(() => leave(), leave)
    return value
  }

  /** Writes whatever `work` writes, then undoes it: for looking at what would be. */
  async rehearse(work: (tx: Tx) => Promise<void>): Promise<void> {
    const undo = new Error('undone on purpose')
    const done = this.#transaction('begin isolation level repeatable read', '*', async (tx) => {
      await work(tx)
      throw undo
    })
    await done.catch((error: unknown) => {
      if (error !== undo) throw error
    })
  }

  async write<Result>(scope: Scope, work: (tx: Tx) => Promise<Finish<Result>>): Promise<Result> {
    return this.#transaction('begin', scope, work)
  }

  async #transaction<Result>(begin: string, scope: Scope, work: (tx: Tx) => Promise<Finish<Result>>): Promise<Result> {
    const { client, value: finish, leave } = await this.#begin(begin, scope, work)
    try {
      together(client)
      const sent = gathered(finish.statements).map((statement) => {
        const { text } = statement
        return client.query({ name: named(text), text, values: valuesOf(statement) as unknown[] })
      })
      const [results, commit] = await Promise.all([Promise.all(sent), client.query({ name: 'commit', text: 'commit' })])
      if (commit.command !== 'COMMIT') throw new Error('the transaction was rolled back')
      leave()
      return finish.result(results.map((result) => result.rows as object[]))
    } catch (error) {
      await rollBack(client, leave)
      throw error
    }
  }

  /** An open transaction in which `work` is done; whoever asked for it ends it and leaves. */
  async #begin<Value>(begin: string, scope: Scope, work: (tx: Tx) => Promise<Value>) {
    const client = await this.#pool.connect()
    let broken: Error | undefined
    // A connection can break between two statements: unheard, its error would end the process. The statement after it fails.
    const lost = (error: Error) => {
      broken = error
    }
    client.on('error', lost)
    const leave = (reason?: Error) => {
      client.off('error', lost)
      client.release(broken ?? reason)
    }
    try {
      together(client)
      const opened = Promise.all([
        client.query({ name: named(begin), text: begin }),
        scope === 'own' ? null : client.query({ name: named(setScope), text: setScope, values: [scopeText(scope)] }),
      ])
      const [value] = await Promise.all([work(new Tx(client)), opened])
      return { client, value, leave }
    } catch (error) {
      await rollBack(client, leave)
      throw error
    }
  }

  /** A connection of its own that only listens; gives the way to end it. `lost` is called when the connection breaks. */
  async listen(channel: string, heard: (payload: string) => void, lost: () => void): Promise<() => void> {
    const client = await this.#pool.connect()
    let over = false
    let heeded = false
    const end = () => {
      if (!over) client.release(true)
      over = true
    }
    client.on('notification', ({ payload = '' }) => heard(payload))
    client.on('error', () => {
      const told = heeded && !over
      end()
      if (told) lost()
    })
    try {
      await client.query(`listen ${channel}`)
    } catch (error) {
      end()
      throw error
    }
    heeded = true
    return end
  }

  async notify(channel: string, payload: string): Promise<void> {
    await this.#pool.query({ name: named(notifyText), text: notifyText, values: [channel, payload] })
  }

  async close(): Promise<void> {
    await this.#pool.end()
  }
}
