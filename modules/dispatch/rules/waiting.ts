import { z } from 'zod'
import type { Point } from '#kernel/clock.ts'
import { inForce, type Setting, type SettingRow } from '#kernel/settings.ts'
import type { Priority } from './kinds/row.ts'

/**
 * What an incident waits for once somebody has signed: that officers are sent, that they leave, that they arrive, that feedback comes. None of the values is
 * statutory: the national rules say only that officers go at once; 5 minutes in town and 10 at its outskirts are what a provincial rule of 110 (art. 23) asks
 * of urgent calls, 30 minutes and 4 hours are the first and the last band by which Chinese forces publish their feedback (Ankang 110 bulletins).
 */
export const waitRules = ['assignment', 'departure', 'arrival', 'feedback'] as const
export type WaitRule = (typeof waitRules)[number]

/** `warn`: it will soon be late. `late`: station and sub-bureau are told. `finding`: nobody has done it since, and that stays on the record. */
export const waitPoints = ['warn', 'late', 'finding'] as const
export type WaitPoint = (typeof waitPoints)[number]

const minutes = (value: number): Setting => ({ schema: z.int().min(1).max(1440), measure: 'minutes', value, source: null, verified: 'no' })

export const waitSettings = {
  /** 1: this unit's area is the outskirts, 0: it is the town. */
  outskirts: { schema: z.int().min(0).max(1), measure: 'yesNo', value: 0, source: null, verified: 'no' },
  arrivalMinutesUrban1: minutes(5),
  arrivalMinutesUrban2: minutes(10),
  arrivalMinutesUrban3: minutes(30),
  arrivalMinutesOutskirts1: minutes(10),
  arrivalMinutesOutskirts2: minutes(20),
  arrivalMinutesOutskirts3: minutes(60),
  /** So long before an arrival is late its clock warns; 0: not at all. */
  arrivalWarnSeconds: { schema: z.int().min(0).max(3600), measure: 'seconds', value: 60, source: null, verified: 'no' },
  assignMinutes: minutes(5),
  departMinutes: minutes(3),
  /** Counted from when it was late. */
  abandonedMinutes: minutes(30),
  feedbackMinutes: minutes(30),
  feedbackArrivedMinutes: minutes(240),
  /** Nobody gets anywhere faster, as the crow flies. */
  arrivalSpeed: { schema: z.int().min(20).max(400), measure: 'kilometresPerHour', value: 120, source: null, verified: 'no' },
} as const satisfies Record<string, Setting>
type Key = keyof typeof waitSettings

/** The values of these settings, and the unit that each comes from; null: nobody has set any, the module's own holds. */
export interface Given {
  readonly key: string
  readonly value: number
  readonly unit: string | null
}
/** A point with the settings that it was made of. */
export interface Limit {
  readonly name: WaitPoint
  readonly after: number
  readonly set: readonly Given[]
}
export type SettingRows = Readonly<Partial<Record<string, readonly SettingRow[]>>>

/** What is in force of a setting for a unit at the end of this path. */
export function givenOf(rows: SettingRows, path: readonly string[], at: string): (key: string, initial: number) => Given {
  return (key, initial) => {
    const row = inForce(rows[key] ?? [], path, at)
    return { key, value: row?.value ?? initial, unit: row?.unit ?? null }
  }
}

export interface Place {
  readonly rows: SettingRows
  readonly path: readonly string[]
  readonly at: string
}
const valuesOf = ({ rows, path, at }: Place) => {
  const given = givenOf(rows, path, at)
  return (key: Key): Given => given(key, waitSettings[key].value)
}
const ms = ({ value }: Given): number => value * 60_000

function arrivalLimits(value: (key: Key) => Given, priority: Priority): Limit[] {
  const outskirts = value('outskirts')
  const limit = value(outskirts.value === 1 ? `arrivalMinutesOutskirts${priority}` : `arrivalMinutesUrban${priority}`)
  const warn = value('arrivalWarnSeconds')
  const before = ms(limit) - warn.value * 1000
  const set = [limit, outskirts]
  const late: Limit = { name: 'late', after: ms(limit), set }
  return warn.value > 0 && before > 0 ? [{ name: 'warn', after: before, set: [...set, warn] }, late] : [late]
}

function abandonedLimits(limit: Given, finding: Given): Limit[] {
  const late: Limit = { name: 'late', after: ms(limit), set: [limit] }
  return [late, { name: 'finding', after: ms(limit) + ms(finding), set: [limit, finding] }]
}

/** When what is waited for is due, in milliseconds after the wait begins. `cleared`: nobody is busy at the scene any more. */
export function limitsOf(rule: WaitRule, place: Place, { priority, cleared }: { priority: Priority; cleared: boolean }): readonly Limit[] {
  const value = valuesOf(place)
  switch (rule) {
    case 'arrival':
      return arrivalLimits(value, priority)
    case 'assignment':
      return abandonedLimits(value('assignMinutes'), value('abandonedMinutes'))
    case 'departure':
      return abandonedLimits(value('departMinutes'), value('abandonedMinutes'))
    case 'feedback': {
      const limit = value(cleared ? 'feedbackMinutes' : 'feedbackArrivedMinutes')
      return [{ name: 'late', after: ms(limit), set: [limit] }]
    }
  }
}

export const speedOf = (place: Place): Given => valuesOf(place)('arrivalSpeed')
/** As a clock takes them: what they were made of stays with the event. */
export const bare = (points: readonly Point[]): readonly Point[] => points.map(({ name, after }) => ({ name, after }))
