import type { Role } from '#kernel/decider.ts'
import { z } from 'zod'
import { inForce, type Setting, type SettingRow } from '#kernel/settings.ts'

/** Whose desks have shifts, and whose screens say that they are there. */
export const deskRoles: readonly Role[] = ['stationDuty', 'subBureauDuty', 'citySupervisor']
/** What has a desk. */
export const deskKinds = ['station', 'subBureau', 'bureau'] as const

/** What is looked over at a hand-over, in this order. Names stand in `words` under `equipment.<item>`. */
export const equipment = ['phones', 'radio', 'network', 'screens', 'printer', 'power'] as const
export type Equipment = (typeof equipment)[number]

/** A screen says so often that it is there, in milliseconds: a third of the shortest usual limit, so that one lost word alarms nobody. */
export const beatMs = 20_000
/** A screen that has said nothing for so long is forgotten. */
export const forgottenHours = 24

/** A hand-over names at most so many open incidents, the newest; `open` counts all. */
export const handedRows = 200

export const presenceKey = 'presenceSeconds'
/** Not law: three words of a screen. A force whose lines break more often sets more. */
export const presenceSettings = {
  [presenceKey]: { schema: z.int().min(30).max(3600), measure: 'seconds', value: 60, source: null, verified: 'no' },
} as const satisfies Record<typeof presenceKey, Setting>

/** How many seconds a desk at the end of this path may be silent, as it is set at a moment. */
export const presenceAt = (rows: readonly SettingRow[], path: readonly string[], at: string): number =>
  inForce(rows, path, at)?.value ?? presenceSettings[presenceKey].value
