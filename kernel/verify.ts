import { readdir, readFile } from 'node:fs/promises'
import canonicalize from 'canonicalize'
import { clockRow } from './clocks/rows.ts'
import { effectRow } from './effects/rows.ts'
import { Pool, type Statement, type Tx, valuesOf } from './database/tx.ts'
import { parts } from './house.ts'
import type { AnyModule, Followed } from './module.ts'
import { digestOf, type EventRow, followed } from './recording.ts'

/** Something in a database that is not as the road leaves it. */
export interface Difference {
  readonly what: 'positions' | 'stream' | 'digest' | 'event' | 'view' | 'command' | 'clock' | 'effect'
  readonly where: string
  readonly detail: string
}

const batch = 2000
/** A longer stream would make each decision on it slow: it is a fault of the module. */
const longestStream = 2000
/** Differing rows named one by one; beyond it a table is simply wrong. */
const named = 20

/**
 * Reads a whole database in one snapshot and gives everything that differs from what its events say: gaps in positions and streams, contents that do not
 * match their digests, events that do not fit their schema, and every view, built anew beside the live one in a transaction that is then undone.
 */
export async function verify(ownerUrl: string, modules: readonly AnyModule[]): Promise<{ events: number; differences: Difference[] }> {
  const pool = new Pool(ownerUrl, { max: 1, name: 'plumbline-verify', onError: () => undefined })
  const found: Difference[] = []
  let events = 0
  try {
    await pool.rehearse(async (tx) => {
      found.push(...(await order(tx)))
      for (const module of modules) await shadow(tx, module)
      const states = new Map<string, unknown>()
      events = await walk(tx, modules, { found, states })
      found.push(...(await compareBeside(tx, modules, states)))
      for (const module of modules) for (const table of module.rebuilt) found.push(...(await compare(tx, module, table)))
    })
  } finally {
    await pool.close()
  }
  return { events, differences: found }
}

/** Positions run from 1 to the counter, and every stream from 1, without a gap. */
async function order(tx: Tx): Promise<Difference[]> {
  const [positions, streams, commands] = await Promise.all([
    tx.query<{ counter: number; amount: number; first: number | null; last: number | null }>(
      `select (select position from kernel.counter) as counter, count(*) as amount, min(position) as first, max(position) as last from kernel.event`,
    ),
    tx.query<{ module: string; stream: string; amount: number; last: number }>(
      `select module, stream, count(*) as amount, max(n) as last from kernel.event group by 1, 2
       having count(*) <> max(n) or min(n) <> 1 or (count(*) >= ${longestStream} and module <> 'access')`,
    ),
    tx.query<{ command_id: string }>(
      `select command_id from kernel.event group by 1 having count(*) <> max(command_n) + 1 or count(distinct command_digest) <> 1`,
    ),
  ])
  const [{ counter, amount, first, last } = { counter: 0, amount: 0, first: null, last: null }] = positions
  const whole = amount === counter && (amount === 0 || (first === 1 && last === counter))
  return [
    ...(whole
      ? []
      : [
          {
            what: 'positions' as const,
            where: 'kernel.event',
            detail: `${amount} events from ${first} to ${last}, the counter says ${counter}`,
          },
        ]),
    ...streams.map((row) => ({
      what: 'stream' as const,
      where: `${row.module}/${row.stream}`,
      detail: `${row.amount} events, the last is ${row.last}`,
    })),
    ...commands.map((row) => ({ what: 'command' as const, where: row.command_id, detail: 'its events are not whole' })),
  ]
}

const shadowed = (module: AnyModule, text: string): string =>
  module.schemas.reduce((sql, schema) => sql.replaceAll(new RegExp(`\\b${schema}\\.`, 'g'), `${schema}_shadow.`), text)

/** Empty copies of the module's schemas, made by its own migrations. */
async function shadow(tx: Tx, module: AnyModule): Promise<void> {
  for (const part of parts([module]).filter(({ name }) => module.schemas.includes(name))) {
    const files = (await readdir(part.folder)).filter((file) => /^\d{4}_.*\.sql$/.test(file)).sort()
    for (const file of files) {
      const sql = shadowed(module, await readFile(new URL(file, part.folder), 'utf8'))
      await tx.script(
        module.schemas.reduce((text, schema) => text.replaceAll(new RegExp(`\\bschema ${schema}\\b`, 'g'), `schema ${schema}_shadow`), sql),
      )
    }
  }
}

const text = `
  select e.position, e.module, e.stream, e.n, e.type, e.version, e.at, e.occurred_at, e.occurred_source, e.by, e.command_id,
    encode(e.digest, 'hex') as digest, encode(c.salt, 'hex') as salt, c.sealed, c.data
  from kernel.event e join kernel.content c on c.position = e.position
  where e.position > $1 order by e.position limit ${batch}`

type Row = EventRow & { command_id: string; digest: string; salt: string; sealed: boolean }

/** Every event in order: its digest, its schema, and its views into the shadow, a command and stream at a time as the road did. */
async function walk(
  tx: Tx,
  modules: readonly AnyModule[],
  { found, states }: { found: Difference[]; states: Map<string, unknown> },
): Promise<number> {
  const byName = new Map(modules.map((module) => [module.name, module]))
  let position = 0
  for (;;) {
    const rows = await tx.query<Row>(text, [position])
    const last = rows.at(-1)
    if (last === undefined) return position
    const complete = rows.length < batch ? rows : rows.filter((row) => row.command_id !== last.command_id)
    const statements: Statement[] = []
    for (const row of complete) found.push(...checkRow(byName.get(row.module), row))
    for (const group of Map.groupBy(complete, (row) => `${row.command_id} ${row.module} ${row.stream}`).values()) {
      const module = byName.get(group[0]?.module ?? '')
      if (module !== undefined)
        statements.push(
          ...rebuild(
            module,
            group.map((row) => followed(module, row)),
            states,
          ),
        )
    }
    await Promise.all(statements.map((statement) => tx.query(statement.text, valuesOf(statement))))
    position = complete.at(-1)?.position ?? last.position
  }
}

function checkRow(module: AnyModule | undefined, row: Row): Difference[] {
  const where = `${row.position} ${row.module}/${row.stream}#${row.n} ${row.type}`
  if (row.sealed) return []
  if (digestOf(Buffer.from(row.salt, 'hex'), row.data) !== row.digest)
    return [{ what: 'digest', where, detail: canonicalize(row.data)?.slice(0, 80) ?? '' }]
  if (module === undefined) return []
  const schema = module.events[row.type]
  const result = schema?.safeParse(followed(module, row).data)
  if (result?.success === true) return []
  return [
    {
      what: 'event',
      where,
      detail: result?.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ') ?? 'unknown type',
    },
  ]
}

const keyOf = (module: AnyModule, stream: string): string => `${module.name}/${stream}`

function rebuild(module: AnyModule, events: readonly Followed[], states: Map<string, unknown>): Statement[] {
  const stream = events[0]?.stream ?? ''
  const key = keyOf(module, stream)
  const state = events.reduce(
    (before: unknown, event) => module.decider.evolve(before, event as never),
    states.get(key) ?? module.decider.initial,
  )
  states.set(key, state)
  return module
    .project(stream, events as never, state)
    .filter(({ outside }) => outside !== true)
    .map((statement) => ({ ...statement, text: shadowed(module, statement.text) }))
}

interface Kept {
  readonly module: string
  readonly stream: string
  readonly id: string
}
type Built = (module: AnyModule, stream: string, state: unknown) => readonly Kept[]

const clocksOf: Built = (module, stream, state) => (module.clocks?.(state) ?? []).map((clock) => clockRow(module.name, stream, clock))
const effectsOf: Built = (module, stream, state) =>
  (module.effects?.of(state) ?? []).map((effect) => effectRow(module.name, stream, effect))

interface Beside {
  readonly what: 'clock' | 'effect'
  readonly live: readonly Kept[]
  readonly of: Built
}

/** What the road keeps beside the streams, against what the last state of each has. */
function compareKept(modules: readonly AnyModule[], states: ReadonlyMap<string, unknown>, { what, live, of }: Beside): Difference[] {
  const keyed = (rows: readonly Kept[]) =>
    new Map<string, string>(rows.map((row) => [`${row.module}/${row.stream}/${row.id}`, canonicalize(row) ?? '']))
  const kept = keyed(live)
  const built = keyed(
    modules.flatMap((module) => {
      const prefix = keyOf(module, '')
      return [...states].flatMap(([key, state]) => (key.startsWith(prefix) ? of(module, key.slice(prefix.length), state) : []))
    }),
  )
  const differ = [...new Set([...kept.keys(), ...built.keys()])].filter((key) => kept.get(key) !== built.get(key))
  return differ.slice(0, named).map((where) => ({
    what,
    where,
    detail: `kept: ${kept.get(where) ?? 'none'}; from the events: ${built.get(where) ?? 'none'}`,
  }))
}

async function compareBeside(tx: Tx, modules: readonly AnyModule[], states: ReadonlyMap<string, unknown>): Promise<Difference[]> {
  const clocks = await tx.query<ReturnType<typeof clockRow>>('select module, stream, id, unit, rule, point, due, clock from kernel.clock')
  const effects = await tx.query<ReturnType<typeof effectRow>>('select module, stream, id, n, target, effect from kernel.effect')
  return [
    ...compareKept(modules, states, { what: 'clock', live: clocks, of: clocksOf }),
    ...compareKept(modules, states, { what: 'effect', live: effects, of: effectsOf }),
  ]
}

async function compare(tx: Tx, module: AnyModule, table: string): Promise<Difference[]> {
  const built = shadowed(module, table)
  const rows = await tx.query<{ side: string; row: unknown }>(`
    (select 'only live' as side, to_jsonb(t) as row from ${table} t except all select 'only live', to_jsonb(t) from ${built} t)
    union all
    (select 'only from the events' as side, to_jsonb(t) as row from ${built} t except all select 'only from the events', to_jsonb(t) from ${table} t)
    limit ${named}`)
  return rows.map(({ side, row }) => ({ what: 'view' as const, where: table, detail: `${side}: ${JSON.stringify(row).slice(0, 300)}` }))
}
