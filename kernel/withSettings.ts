import { z } from 'zod'
import type { Statement, Tx } from './database/tx.ts'
import { administrators, type Context, type Recorded, Refusal } from './decider.ts'
import type { AnyModule, Followed, Reader } from './module.ts'
import {
  decideSetting,
  evolveSetting,
  inForce,
  keyOf,
  measures,
  type SettingCommand,
  type SettingEvent,
  type SettingFacts,
  type SettingRow,
  type Settings,
  settingSet,
  settingStream,
  type SettingView,
  setSetting,
} from './settings.ts'
import { unitCode } from './text.ts'

const isSetting = (stream: string): boolean => stream.startsWith('setting:')

const rowColumns = `unit, value, from_at as "from", by, reason, at`
const pathOf = async (tx: Tx, unit: string): Promise<readonly string[] | null> =>
  (await tx.query<{ path: string[] }>('select path from access.unit_of($1)', [unit]))[0]?.path ?? null

/** The value of a module's setting for a unit at a moment, where its settings stand in the table `<schema>.setting`. */
export async function settingAt(tx: Tx, schema: string, settings: Settings, key: string, unit: string, at: string): Promise<number> {
  const text = `select ${rowColumns} from ${schema}.setting where key = $1 order by n`
  const [path, rows] = await Promise.all([pathOf(tx, unit), tx.query<SettingRow>(text, [key])])
  return inForce(rows, path ?? [], at)?.value ?? settings[key]?.value ?? Number.NaN
}

async function factsOf(tx: Tx, { data }: SettingCommand): Promise<SettingFacts> {
  const text = 'select path, closed from access.unit_of($1)'
  return { unit: (await tx.query<{ path: string[]; closed: boolean }>(text, [data.unit]))[0] ?? null }
}

const putText = (schema: string) =>
  `insert into ${schema}.setting (key, n, unit, value, from_at, by, reason, at) values ($1, $2, $3, $4, $5, $6, $7, $8)`

function projected(schema: string, stream: string, events: readonly Recorded<SettingEvent>[]): readonly Statement[] {
  return events.flatMap((event) =>
    evolveSetting([], event).map(({ unit, value, from, by, reason, at }) => ({
      text: putText(schema),
      values: [keyOf(stream), event.n, unit, value, from, by, reason, at],
    })),
  )
}

const row = z.object({
  unit: z.string(),
  value: z.number().nullable(),
  from: z.string(),
  by: z.string(),
  reason: z.string(),
  at: z.string(),
})
const answer: z.ZodType<{ settings: readonly SettingView[] }> = z.object({
  settings: z.array(
    z.object({
      key: z.string(),
      measure: z.enum(measures),
      value: z.number(),
      set: row.nullable(),
      initial: z.number(),
      source: z.string().nullable(),
      verified: z.enum(['yes', '2nd', 'no']),
      least: z.number().nullable(),
      most: z.number().nullable(),
      bound: z.object({ value: z.number(), looser: z.enum(['above', 'below']), article: z.string() }).nullable(),
      rows: z.array(row),
    }),
  ),
})
const byUnit = z.strictObject({ unit: unitCode })

function viewOf(schema: string, settings: Settings) {
  const text = `select key, ${rowColumns} from ${schema}.setting where unit = any ($1::text[]) order by key, n`
  return {
    roles: [...administrators],
    reads: 'board' as const,
    input: byUnit,
    answer,
    async read(tx: Tx, { unit }: z.infer<typeof byUnit>, reader: Reader): Promise<{ data: { settings: readonly SettingView[] } } | null> {
      const path = await pathOf(tx, unit)
      if (path === null || !path.some((code) => reader.units.includes(code))) return null
      const byKey = Map.groupBy(await tx.query<SettingRow & { key: string }>(text, [path]), ({ key }) => key)
      const views = Object.entries(settings).map(
        ([
          key,
          {
            schema: { minValue, maxValue },
            measure,
            value,
            source,
            verified,
            bound,
          },
        ]) => {
          const rows = (byKey.get(key) ?? []).map(({ key: _key, ...rest }): SettingRow => rest)
          const set = inForce(rows, path, reader.now)
          return {
            key,
            measure,
            value: set?.value ?? value,
            set,
            initial: value,
            source,
            verified,
            least: minValue,
            most: maxValue,
            bound: bound ?? null,
            rows: rows.toSorted((a, b) => b.from.localeCompare(a.from) || b.at.localeCompare(a.at)),
          }
        },
      )
      return { data: { settings: views } }
    },
  }
}

/**
 * The module with its settings: the command `setSetting` on streams `setting:<key>` of its own road, the event `settingSet`, the table `setting` of its own
 * schema, and the view `settings`. Everything else goes to the module as before.
 */
export function withSettings(own: AnyModule, settings: Settings): AnyModule {
  const [schema = own.name] = own.schemas
  const live = own.live && {
    ...own.live,
    rows: (tx: Tx, streams: readonly string[], events: readonly Followed[]) =>
      own.live?.rows(
        tx,
        streams.filter((stream) => !isSetting(stream)),
        events,
      ) ?? Promise.resolve(new Map()),
  }
  return {
    ...own,
    rebuilt: [...own.rebuilt, `${schema}.setting`],
    stream: z.union([own.stream, settingStream]),
    commands: { ...own.commands, setSetting: { schema: setSetting, roles: ['securityAdministrator'], opens: true } },
    events: { ...own.events, settingSet },
    views: { ...own.views, settings: viewOf(schema, settings) },
    live,
    decider: {
      ...own.decider,
      evolve: (state, event) =>
        isSetting(event.stream) ? evolveSetting(rowsOf(state), event as Recorded<SettingEvent>) : own.decider.evolve(state, event),
      decide: (state, command, context, others) => {
        if (isSetting(command.stream) !== (command.type === 'setSetting'))
          throw new Refusal('no-setting', { values: { key: command.stream } })
        if (command.type !== 'setSetting') return own.decider.decide(state, command, context, others)
        return [decideSetting(settings, command as SettingCommand, context as Context<SettingFacts>)]
      },
    },
    factsFor: async (tx, ask) => (ask.command.type === 'setSetting' ? factsOf(tx, ask.command as SettingCommand) : own.factsFor(tx, ask)),
    ...(own.clocks && { clocks: (state) => (Array.isArray(state) ? [] : (own.clocks?.(state) ?? [])) }),
    ...(own.effects && {
      effects: { ...own.effects, of: (state: unknown) => (Array.isArray(state) ? [] : (own.effects?.of(state) ?? [])) },
    }),
    owners: (state) => (Array.isArray(state) ? [] : own.owners(state)),
    project: (stream, events, state) =>
      isSetting(stream) ? projected(schema, stream, events as readonly Recorded<SettingEvent>[]) : own.project(stream, events, state),
  }
}

/** The rows of a setting's stream: before its first event it has the module's own beginning. */
const rowsOf = (state: unknown): readonly SettingRow[] => (Array.isArray(state) ? (state as SettingRow[]) : [])
