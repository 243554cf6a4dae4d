import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { clockStatements } from './clocks/rows.ts'
import { effectStatements } from './effects/rows.ts'
import type { Finish, Pool, Statement, Tx } from './database/tx.ts'
import { type Actor, type Context, type Grant, isPerson, type Occurred, Refusal } from './decider.ts'
import { type Ended, Lanes } from './lanes.ts'
import type { AnyModule, CommandRule, Followed } from './module.ts'
import {
  appendStatement,
  type Draft,
  type EventRow,
  followed,
  lockText,
  type Recording,
  storedRow,
  type TakenRow,
  takeText,
} from './recording.ts'

/** A secret as it may be kept; `fits` tells whether an earlier hash is of the same. */
export interface Secret {
  readonly id: string
  readonly hash: string
  readonly fits?: (hash: string) => Promise<boolean>
}

/** A command as it arrives at the road: parsed, its giver known and entitled by role. */
export interface Given {
  readonly module: string
  readonly stream: string
  readonly id: string
  readonly type: string
  readonly data: unknown
  readonly occurred?: Occurred | undefined
  readonly by: Actor
  readonly as: readonly Grant[]
  /** Secrets already hashed, to be kept beside the events of this command. */
  readonly secrets?: readonly Secret[]
}

/** `position` is that of the command's last event, `count` how many it made. */
export interface Answer {
  readonly stream: string
  readonly position: number
  readonly count: number
}

/** 404: there is no such stream for this reader. */
export class Unknown extends Error {}
/** 422: the same command id came with another body or from another account. */
export class Repeat extends Error {}
/** 409: someone was faster, twice. `since` are the events that came in between. */
export class Stale extends Error {
  readonly since: readonly { n: number; type: string; at: string }[]
  constructor(since: readonly { n: number; type: string; at: string }[]) {
    super('stale')
    this.since = since
  }
}

/** Class 23 of SQLSTATE: integrity constraint violation, of whatever kind. */
const violation = /^23/
const uniqueViolation = '23505'
const attempts = 2
/** One group decides while the other commits: commits follow one another, so more lanes would only make the groups smaller. */
const lanes = 2
const groupSize = 32
/** A taken place in the stream, or the same command at the same moment: run once more, then the answer is clear. */
const raced = new Set(['event_module_stream_n_key', 'event_command_id_command_n_key'])
const sqlError = (error: unknown): { code?: string; constraint?: string } =>
  error instanceof Error ? (error as { code?: string; constraint?: string }) : {}

const commandDigest = ({ module, stream, type, data, occurred, by }: Given): string =>
  createHash('sha256')
    .update(canonicalize({ module, stream, type, data, occurred: occurred ?? null, by: isPerson(by) ? by.account : by.system }) ?? '')
    .digest('hex')

/** A command with the streams that it is decided on, or with the events that it has already made. */
interface Taken {
  readonly given: Given
  readonly digest: string
  readonly rows: readonly TakenRow[]
  /** The moment of the decision: one for all that are decided together. */
  readonly at: string
}

interface Loaded {
  readonly state: unknown
  readonly n: number
}

/** A command that has been decided: what it writes, and its answer once the position of its last event is known. */
interface Prepared {
  readonly statements: readonly Statement[]
  readonly recording: Recording | null
  readonly answer: (position: number) => Answer
}

interface Entry {
  readonly module: AnyModule
  readonly given: Given
}

/** What a command alone answers for; any other error spoils the transaction of its group. */
const answered = (error: unknown): boolean =>
  error instanceof Refusal || error instanceof Unknown || error instanceof Repeat || error instanceof Stale

export class Road {
  readonly #pool: Pool
  readonly #modules: ReadonlyMap<string, AnyModule>
  readonly #now: () => string
  readonly #committed: (events: readonly Followed[]) => void
  readonly #lanes = new Lanes<Entry, Answer>({ lanes, most: groupSize, run: (entries) => this.#together(entries) })
  constructor(parts: {
    pool: Pool
    modules: readonly AnyModule[]
    now: () => string
    /** What one transaction has stored, in order. */
    committed: (events: readonly Followed[]) => void
  }) {
    this.#pool = parts.pool
    this.#modules = new Map(parts.modules.map((module) => [module.name, module]))
    this.#now = parts.now
    this.#committed = parts.committed
  }

  /** One command, wholly or not at all. Throws Refusal, Unknown, Repeat or Stale; anything else is a fault. */
  async take(given: Given): Promise<Answer> {
    const module = this.#modules.get(given.module)
    if (module === undefined) throw new Unknown(given.module)
    if (!module.together) return this.#alone(module, given)
    return this.#lanes.take({ module, given }, [given.id, ...streamsOf(module, given)])
  }

  async #alone(module: AnyModule, given: Given): Promise<Answer> {
    let seen = 0
    for (let attempt = 1; ; attempt++) {
      try {
        const { answer, events } = await this.#pool.write('own', async (tx) => {
          const [taken] = await this.#locked(tx, module, [given])
          if (taken === undefined) throw new Error('a command was not taken')
          seen = taken.rows.findLast(({ stream }) => stream === given.stream)?.n ?? 0
          const prepared = await this.#prepare(tx, module, taken)
          return finishOf([prepared], (positions) => ({
            answer: prepared.answer(positions[0] ?? 0),
            events: eventsOf(module, [prepared], positions),
          }))
        })
        this.#committed(events)
        return answer
      } catch (error) {
        const { code, constraint } = sqlError(error)
        if (constraint === undefined || !violation.test(code ?? '')) throw error
        const rule = module.constraints[constraint]
        if (rule !== undefined) throw new Refusal(rule)
        if (code !== uniqueViolation || !raced.has(constraint)) throw error
        if (attempt === attempts) throw new Stale(await this.#since(module, given.stream, seen))
      }
    }
  }

  /**
   * Several commands of one module on different streams in one transaction, each decided as if alone. A refusal concerns its command only; whatever
   * else goes wrong undoes all of them, and then each finds out alone, and repeats nothing that was
   * committed after all.
   */
  async #together(entries: readonly Entry[]): Promise<readonly Ended<Answer>[]> {
    const [first] = entries
    if (first !== undefined && entries.length > 1 && entries.every(({ module }) => module === first.module)) {
      const group = await endOf(this.#group(first.module, entries))
      if ('result' in group) {
        const { ended, events } = group.result
        this.#committed(events)
        return ended
      }
    }
    return Promise.all(entries.map(({ module, given }) => endOf(this.#alone(module, given))))
  }

  #group(
    module: AnyModule,
    entries: readonly Entry[],
  ): Promise<{ readonly ended: readonly Ended<Answer>[]; readonly events: readonly Followed[] }> {
    return this.#pool.write('own', async (tx) => {
      const all = await this.#locked(
        tx,
        module,
        entries.map(({ given }) => given),
      )
      const ended = await Promise.all(all.map((taken) => endOf(this.#prepare(tx, module, taken))))
      const spoiling = ended.find((one) => 'error' in one && !answered(one.error))
      if (spoiling !== undefined && 'error' in spoiling) throw spoiling.error
      const prepared = ended.flatMap((one) => ('result' in one ? [one.result] : []))
      return finishOf(prepared, (positions) => {
        let next = 0
        const answers = ended.map((one) => ('result' in one ? { result: one.result.answer(positions[next++] ?? 0) } : one))
        return { ended: answers, events: eventsOf(module, prepared, positions) }
      })
    })
  }

  /**
   * All locks before anything is read, in one order: two groups never wait for each other. Each statement sees what was committed before it, so what
   * is read after the locks is the truth, also when both travel in one packet.
   */
  async #locked(tx: Tx, module: AnyModule, commands: readonly Given[]): Promise<readonly Taken[]> {
    const asked = commands.map((given) => ({ id: given.id, digest: commandDigest(given), streams: streamsOf(module, given) }))
    const [, found] = await Promise.all([
      tx.query(lockText, [module.name, asked.flatMap(({ streams }) => streams)]),
      tx.query<TakenRow>(takeText, [module.name, JSON.stringify(asked)]),
    ])
    const rows = Map.groupBy(found, ({ command }) => command)
    const at = this.#now()
    return commands.map((given, index) => ({ given, digest: asked[index]?.digest ?? '', rows: rows.get(index) ?? [], at }))
  }

  async #prepare(tx: Tx, module: AnyModule, { given, digest, rows, at }: Taken): Promise<Prepared> {
    const rule = module.commands[given.type]
    if (rule === undefined) throw new Unknown(given.type)
    const last = rows.at(-1)
    if (last?.repeated === true) {
      if (!last.same || !(await sameSecrets(tx, given))) throw new Repeat(given.id)
      return { statements: [], recording: null, answer: () => ({ stream: given.stream, position: last.position, count: rows.length }) }
    }
    const states = fold(module, rows)
    const n = states.get(given.stream)?.n ?? 0
    if (n === 0 && rule.opens !== true) throw new Unknown(given.stream)
    const since = overlooked(rule, given, rows)
    if (since.length > 0) throw new Stale(since)
    if (rule.roles !== 'self') allow(module, states.get(given.stream)?.state ?? module.decider.initial, given.by, given.as)
    return this.#decide(tx, module, { given, digest, at }, states)
  }

  async #decide(tx: Tx, module: AnyModule, { given, digest, at }: Omit<Taken, 'rows'>, states: Map<string, Loaded>): Promise<Prepared> {
    const { decider } = module
    const { stream, by, as } = given
    const own = states.get(stream)?.state ?? decider.initial
    const context = { at, occurred: given.occurred ?? { time: at, source: 'system' as const }, by, as }
    const command = { stream, type: given.type, data: given.data }
    const facts = await module.factsFor(tx, { command, state: own, context })
    const others = new Map([...states].map(([id, loaded]) => [id, loaded.state]))
    const decided = decider.decide(own, command, { ...context, facts } satisfies Context<unknown>, others)
    if (decided.length === 0) throw new Error(`${module.name}.${given.type} decided nothing`)
    const statements: Statement[] = (given.secrets ?? []).map(({ id, hash }) => ({
      text: 'insert into kernel.secret (id, hash) values ($1, $2)',
      values: [id, hash],
    }))
    const drafts: Draft[] = []
    const earlier = new Map(states)
    for (const event of decided) {
      const target = event.stream ?? stream
      const before = states.get(target) ?? { state: decider.initial, n: 0 }
      const draft: Draft = {
        module: module.name,
        stream: target,
        n: before.n + 1,
        type: event.type,
        version: event.version ?? 1,
        at,
        occurred: event.occurred ?? context.occurred,
        by,
        data: event.data,
      }
      const state = decider.evolve(before.state, draft as never)
      states.set(target, { state, n: draft.n })
      drafts.push(draft)
    }
    for (const [target, events] of Map.groupBy(drafts, (draft) => draft.stream)) {
      const state = states.get(target)?.state
      statements.push(...module.project(target, events as never, state))
      const before = earlier.get(target)?.state ?? decider.initial
      statements.push(...clockStatements(module, target, before, state), ...effectStatements(module, target, before, state))
    }
    return {
      statements,
      recording: { drafts, command: { id: given.id, digest } },
      answer: (position) => ({ stream, position, count: drafts.length }),
    }
  }

  async #since(module: AnyModule, stream: string, n: number): Promise<Stale['since']> {
    return this.#pool.read('*', (tx) =>
      tx.query<{ n: number; type: string; at: string }>(
        'select n, type, at from kernel.event where module = $1 and stream = $2 and n > $3 order by n',
        [module.name, stream, n],
      ),
    )
  }
}

/** What happened to the stream since the giver looked at it, where that bears on his command. */
function overlooked({ minds = [] }: CommandRule, { stream, data }: Given, rows: readonly EventRow[]): Stale['since'] {
  const { seen } = data as { readonly seen?: unknown }
  if (typeof seen !== 'number') return []
  return rows.filter((row) => row.stream === stream && row.n > seen && minds.includes(row.type)).map(({ n, type, at }) => ({ n, type, at }))
}

function streamsOf(module: AnyModule, given: Given): string[] {
  return [given.stream, ...(module.commands[given.type]?.streams?.(given.data as never) ?? [])]
}

const endOf = <Result>(work: Promise<Result>): Promise<Ended<Result>> =>
  work.then(
    (result) => ({ result }),
    (error: unknown) => ({ error }),
  )

/** Everything that these commands write, the append last; `result` is told the position of each one's last event. */
function finishOf<Result>(prepared: readonly Prepared[], result: (positions: readonly number[]) => Result): Finish<Result> {
  const recordings = prepared.flatMap(({ recording }) => recording ?? [])
  const counts = prepared.map(({ recording }) => recording?.drafts.length ?? 0)
  const statements = prepared.flatMap((one) => one.statements)
  if (recordings.length === 0) return { statements, result: () => result(counts) }
  return {
    statements: [...statements, appendStatement(...recordings)],
    result: (rows) => {
      let position = (rows.at(-1) as [{ position: number }])[0].position - counts.reduce((sum, count) => sum + count, 0)
      return result(counts.map((count) => (position += count)))
    },
  }
}

/** The events of these commands, whose last ones stand at these positions. */
const eventsOf = (module: AnyModule, prepared: readonly Prepared[], positions: readonly number[]): readonly Followed[] =>
  prepared.flatMap(({ recording }, index) => {
    const drafts = recording?.drafts ?? []
    const before = (positions[index] ?? 0) - drafts.length
    return drafts.map((draft, n) => followed(module, storedRow(draft, before + n + 1)))
  })

/** A digest cannot tell one secret from another: a repeat must bring the one that was kept. */
async function sameSecrets(tx: Tx, { secrets = [] }: Given): Promise<boolean> {
  const kept = await tx.query<{ id: string; hash: string }>('select id, hash from kernel.secret where id = any ($1::uuid[])', [
    secrets.map(({ id }) => id),
  ])
  const fits = await Promise.all(kept.map(async ({ id, hash }) => (await secrets.find((secret) => secret.id === id)?.fits?.(hash)) ?? true))
  return fits.every(Boolean)
}

/** Another unit's stream does not exist for this person. A stream that nobody owns yet is open to whoever may create it; a command of `self` looks at whom itself. */
function allow(module: AnyModule, state: unknown, by: Actor, as: readonly Grant[]): void {
  if (!isPerson(by)) return
  const owners = module.owners(state)
  if (owners.length > 0 && !as.some((grant) => owners.includes(grant.unit))) throw new Unknown('foreign')
}

/** The streams of these rows, each folded from its beginning. */
export function fold(module: AnyModule, rows: readonly EventRow[]): Map<string, Loaded> {
  const states = new Map<string, Loaded>()
  for (const row of rows) {
    const before = states.get(row.stream)?.state ?? module.decider.initial
    states.set(row.stream, { state: module.decider.evolve(before, followed(module, row) as never), n: row.n })
  }
  return states
}
