import { z } from 'zod'
import type { Setting } from '#kernel/settings.ts'
import type { Priority } from './kinds/row.ts'
import { type Given, givenOf, type SettingRows } from './waiting.ts'

/**
 * The receipt ladder: what happens while nobody signs a line. None of it is statutory; the bands of 30 and 180 seconds are those by which Chinese forces
 * publish their receipts (Ankang 110 bulletins), so the defaults stand where these end.
 */

/** `ring`: rings again, the sub-bureau is warned. `assign`: the sub-bureau must assign. `city`: the city supervisor is told. `finding`: it stays as a finding. */
export const rungs = ['ring', 'assign', 'city', 'finding'] as const
export type Rung = (typeof rungs)[number]

/** The rule of the ladder’s clock. */
export const ladder = 'receipt'

/** A rung that comes so much later than it was due says so: nobody was there to climb it. */
export const lateMs = 5000
/** One that is later than this tells nobody by a bell any more: it is shown. */
export const ringsForMs = 600_000

const seconds = (value: number): Setting => ({ schema: z.int().min(5).max(3600), measure: 'seconds', value, source: null, verified: 'no' })
const defaults = { ring: 30, assign: 60, city: 180 } as const
type Timed = keyof typeof defaults
const keyOf = (rung: Timed, priority: Priority) => `${rung}Seconds${priority}` as const
const findingKey = 'findingMinutes'

export const rungSettings = {
  ringSeconds1: seconds(defaults.ring),
  ringSeconds2: seconds(defaults.ring),
  ringSeconds3: seconds(defaults.ring),
  assignSeconds1: seconds(defaults.assign),
  assignSeconds2: seconds(defaults.assign),
  assignSeconds3: seconds(defaults.assign),
  citySeconds1: seconds(defaults.city),
  citySeconds2: seconds(defaults.city),
  citySeconds3: seconds(defaults.city),
  findingMinutes: { schema: z.int().min(1).max(1440), measure: 'minutes', value: 30, source: null, verified: 'no' },
} as const satisfies Record<`${Timed}Seconds${Priority}` | typeof findingKey, Setting>

/** So long a rung is heard at those whom it tells; after that it is shown. */
export const rungBellMs = 30_000

export const rungKeys: readonly string[] = Object.keys(rungSettings)

/** When each rung comes for a unit at the end of this path, as it is set at a moment; milliseconds after the line was sent, and the setting that says so. */
export function rungsAt(
  rows: SettingRows,
  path: readonly string[],
  priority: Priority,
  at: string,
): { name: Rung; after: number; set: Given[] }[] {
  const given = givenOf(rows, path, at)
  const valueOf = (key: keyof typeof rungSettings) => given(key, rungSettings[key].value)
  const timed = (['ring', 'assign', 'city'] as const).map((name) => {
    const set = valueOf(keyOf(name, priority))
    return { name, after: set.value * 1000, set: [set] }
  })
  const finding = valueOf(findingKey)
  return [...timed, { name: 'finding', after: finding.value * 60_000, set: [finding] }]
}
