import { z } from 'zod'
import { type Context, isPerson, type Recorded, Refusal } from './decider.ts'
import { instant, text, unitCode } from './text.ts'

/**
 * What a force may set for itself: dated rows over the value that a module brings along. Pure: modules declare their settings in rules.ts.
 */

/** The bound that the law sets: a value beyond it is `looser` and refused. */
interface Bound {
  readonly value: number
  /** On which side of the bound a value would be looser than the law. */
  readonly looser: 'above' | 'below'
  readonly article: string
}

/** `yesNo`: 1 or 0. */
export const measures = ['seconds', 'minutes', 'hours', 'kilometresPerHour', 'yesNo'] as const

export interface Setting {
  readonly schema: z.ZodNumber
  /** Words: `setting.measure.<measure>`. The setting's own name and meaning stand under `setting.<module>.<key>`. */
  readonly measure: (typeof measures)[number]
  /** In force where nobody has set anything. */
  readonly value: number
  /** Where this value comes from: `null` when it is the house's own. */
  readonly source: string | null
  readonly verified: 'yes' | '2nd' | 'no'
  readonly bound?: Bound
}
export type Settings = Readonly<Record<string, Setting>>

/** One row: from then on this value holds at the unit and everything below it; `null`: again what holds above. Instants in UTC. */
export interface SettingRow {
  readonly unit: string
  readonly value: number | null
  readonly from: string
  readonly by: string
  readonly reason: string
  readonly at: string
}

export const settingStream = z.string().regex(/^setting:[a-z][A-Za-z0-9]{0,59}$/)
export const keyOf = (stream: string): string => stream.slice('setting:'.length)

/** The input of `setSetting`, on the stream `setting:<key>` of the module that declares it. Without `from`: from now on. */
export const setSetting = z.strictObject({
  unit: unitCode,
  value: z.number().nullable(),
  from: instant.optional(),
  reason: text(500),
})
export const settingSet = z.strictObject({ unit: unitCode, value: z.number().nullable(), from: z.string(), reason: z.string() })
export interface SettingCommand {
  readonly type: 'setSetting'
  readonly stream: string
  readonly data: z.infer<typeof setSetting>
}
export interface SettingEvent {
  readonly type: 'settingSet'
  readonly data: z.infer<typeof settingSet>
}
/** The unit that the command names, as it is: null when there is none. */
export interface SettingFacts {
  readonly unit: { readonly path: readonly string[]; readonly closed: boolean } | null
}

/** @throws Refusal when the module has no such setting, the value does not fit it, is looser than the law, begins in the past, or the unit is not the giver's */
export function decideSetting(settings: Settings, { stream, data }: SettingCommand, context: Context<SettingFacts>): SettingEvent {
  const key = keyOf(stream)
  const setting = Object.hasOwn(settings, key) ? settings[key] : undefined
  if (setting === undefined) throw new Refusal('no-setting', { values: { key } })
  const { unit } = context.facts
  if (unit === null || unit.closed) throw new Refusal('no-unit', { field: 'data.unit', values: { code: data.unit } })
  if (isPerson(context.by) && !context.as.some((grant) => unit.path.includes(grant.unit)))
    throw new Refusal('foreign-unit', { field: 'data.unit' })
  if (data.value !== null) fits(setting, data.value)
  // What held in the past holds: it is not set anew.
  if (data.from !== undefined && data.from < context.at) throw new Refusal('setting-past', { field: 'data.from' })
  return { type: 'settingSet', data: { unit: data.unit, value: data.value, from: data.from ?? context.at, reason: data.reason } }
}

function fits({ schema, bound }: Setting, value: number): void {
  const { minValue, maxValue } = schema
  if (!schema.safeParse(value).success)
    throw new Refusal('setting-value', { field: 'data.value', values: { least: minValue ?? '', most: maxValue ?? '' } })
  if (bound === undefined) return
  const looser = bound.looser === 'above' ? value > bound.value : value < bound.value
  if (looser) throw new Refusal('looser-than-law', { field: 'data.value', article: bound.article, values: { bound: bound.value } })
}

/** The rows of one setting, in the order in which they were set. */
export const evolveSetting = (rows: readonly SettingRow[], { data, by, at }: Recorded<SettingEvent>): readonly SettingRow[] =>
  data === null ? rows : [...rows, { ...data, by: isPerson(by) ? by.name : by.system, at }]

/**
 * The row in force at a moment for the unit at the end of this path: of the nearest unit upward that has a value; of its rows the one that began last, the
 * later set one of two that begin together. Null: nobody has set anything, the module's own value holds.
 */
export function inForce(rows: readonly SettingRow[], path: readonly string[], at: string): SettingRow | null {
  for (const unit of path.toReversed()) {
    const begun = rows.filter((row) => row.unit === unit && row.from <= at)
    const last = begun.reduce<SettingRow | null>((best, row) => (best === null || row.from >= best.from ? row : best), null)
    if (last !== null && last.value !== null) return last
  }
  return null
}

/** One setting as the screen shows it for a unit. `rows`: set at the unit and above it, the latest first; instants in UTC. */
export interface SettingView {
  readonly key: string
  readonly measure: Setting['measure']
  readonly value: number
  /** The row that makes it so; null: the module's own value. */
  readonly set: SettingRow | null
  readonly initial: number
  readonly source: string | null
  readonly verified: Setting['verified']
  readonly least: number | null
  readonly most: number | null
  readonly bound: Bound | null
  readonly rows: readonly SettingRow[]
}
