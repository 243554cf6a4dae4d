// How events are stored and read: the form of a row, the statements around it.
import { createHash, randomBytes } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { Statement } from './database/tx.ts'
import { type Actor, isPerson, type Occurred } from './decider.ts'
import type { AnyModule, Followed } from './module.ts'

/** An event before it is stored: the commit gives its position. */
export type Draft = Omit<Followed, 'position'>

export const digestOf = (salt: Uint8Array, data: unknown): string =>
  createHash('sha256')
    .update(salt)
    .update(canonicalize(data) ?? '')
    .digest('hex')

const actor = (by: Actor) =>
  isPerson(by) ? { account: by.account, name: by.name, unit: by.unit } : { system: by.system, because: by.because }

/** What one command adds. */
export interface Recording {
  readonly drafts: readonly Draft[]
  readonly command: { readonly id: string; readonly digest: string }
}

/** The last statement of a transaction: one call that moves the counter and stores every event of its commands. */
export const appendStatement = (...commands: readonly Recording[]): Statement => ({
  text: 'select kernel.append($1::jsonb) as position',
  values: [JSON.stringify(commands.flatMap(({ drafts, command }) => drafts.map((draft, index) => stored(draft, index, command))))],
})

function stored(draft: Draft, index: number, command: Recording['command']) {
  const salt = randomBytes(16)
  return {
    module: draft.module,
    stream: draft.stream,
    n: draft.n,
    type: draft.type,
    version: draft.version,
    by: actor(draft.by),
    unit: isPerson(draft.by) ? draft.by.unit : null,
    at: draft.at,
    occurredAt: draft.occurred.time,
    occurredSource: draft.occurred.source,
    commandId: command.id,
    commandN: index,
    commandDigest: command.digest,
    salt: salt.toString('hex'),
    digest: digestOf(salt, draft.data),
    class: draft.module,
    data: draft.data,
  }
}

/** An event as it is stored, beside its content. */
export interface EventRow {
  position: number
  module: string
  stream: string
  n: number
  type: string
  version: number
  at: string
  occurred_at: string
  occurred_source: Occurred['source']
  by: Actor
  data: unknown
}

const instant = (time: string): string => new Date(time).toISOString()

/** A draft as the table gives it back under its position, without asking the table. */
export const storedRow = (draft: Draft, position: number): EventRow => ({
  position,
  module: draft.module,
  stream: draft.stream,
  n: draft.n,
  type: draft.type,
  version: draft.version,
  at: instant(draft.at),
  occurred_at: instant(draft.occurred.time),
  occurred_source: draft.occurred.source,
  by: actor(draft.by) as Actor,
  data: JSON.parse(JSON.stringify(draft.data)) as unknown,
})

/** A stored row as modules see it, brought to the newest version of its type. */
export const followed = (module: AnyModule | undefined, row: EventRow): Followed => ({
  position: row.position,
  module: row.module,
  stream: row.stream,
  n: row.n,
  type: row.type,
  version: row.version,
  at: row.at,
  occurred: { time: row.occurred_at, source: row.occurred_source },
  by: row.by,
  data: row.data === null ? null : (module?.upcasts?.[row.type]?.(row.data, row.version) ?? row.data),
})
export type TakenRow = EventRow & { readonly command: number; readonly repeated: boolean; readonly same: boolean }

export const lockText = `select set_config('plumbline.scope', '*', true), kernel.lock($1, $2::text[])`

/**
 * Of each command of the list $2 ({id, digest, streams}) either the events that it has already made or its streams as they
 * stand; `command` counts the list from 0.
 */
export const takeText = `
  with given as materialized (
    select (ordinality - 1)::int as command, (item ->> 'id')::uuid as id, decode(item ->> 'digest', 'hex') as digest,
      array(select jsonb_array_elements_text(item -> 'streams')) as streams
    from jsonb_array_elements($2::jsonb) with ordinality list (item, ordinality)
  ), made as materialized (
    select g.command, g.digest = e.command_digest as same, e.position, e.module, e.stream, e.n, e.type, e.version, e.at, e.occurred_at, e.occurred_source, e.by
    from given g cross join lateral (select * from kernel.event e where e.command_id = g.id order by e.command_n) e
  )
  select command, true as repeated, same, position, module, stream, n, type, version, at, occurred_at, occurred_source, by, null::jsonb as data from made
  union all
  select g.command, false, false, e.position, e.module, e.stream, e.n, e.type, e.version, e.at, e.occurred_at, e.occurred_source, e.by,
    (select c.data from kernel.content c where c.position = e.position)
  from given g cross join lateral (
    select * from kernel.event e where e.module = $1 and e.stream = any (g.streams) order by e.stream, e.n
  ) e
  where not exists (select from made m where m.command = g.command)
  order by command, position`
