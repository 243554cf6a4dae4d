import type { Acted, Entry } from '#kernel/web/outbox.ts'
import type { Apply } from '#kernel/web/view.ts'
import type { IncidentRow, Milestone, Views } from '../contract.ts'
import { metres } from '../rules/distance.ts'
import { boardRows } from '../rules.ts'
import { put } from './rows.ts'

/** What an officer does with an incident, in order. */
export const steps = ['depart', 'arrive', 'clear', 'feedback'] as const
export type Step = (typeof steps)[number]
const milestone: Record<Step, Milestone> = { depart: 'underWay', arrive: 'arrived', clear: 'cleared', feedback: 'reported' }

const over = (row: IncidentRow): boolean => row.phase === 'closed' || row.phase === 'cancelled'

export const isOwn = (row: IncidentRow, account: string): boolean => row.officers?.includes(account) ?? false

export const onDuty =
  (account: string, stations: readonly string[]): Apply<Views['duty']> =>
  (data, change) =>
    put(
      data,
      change,
      boardRows * 2,
      (row) => !over(row) && (isOwn(row, account) || (row.station !== null && stations.includes(row.station))),
    )

/** What was given on this device for the incident and the record as it was read at `position` does not show yet. Refused commands are not among it. */
export const pendingOf = (entries: readonly Entry[], id: string, position: number): readonly Entry[] =>
  entries.filter(
    ({ intention, standing, answer }) =>
      intention.stream === id && (standing === 'waiting' || standing === 'sending' || (answer?.position ?? 0) > position),
  )

/** The step behind the last one that stands in the record or is on its way; null when nothing is left for the officer. */
export function nextStep(row: IncidentRow, pending: readonly Entry[]): Step | null {
  if (over(row)) return null
  const given = new Set(pending.map(({ intention }) => intention.type))
  const done = steps.map((step) => row.milestones[milestone[step]] !== undefined || given.has(step))
  return steps[done.lastIndexOf(true) + 1] ?? null
}

/** The oldest first, what is done for the officer last: a new one comes below and never slips under the finger. */
export const inOrder = (rows: readonly IncidentRow[]): readonly IncidentRow[] =>
  [...rows].sort((a, b) => Number(nextStep(a, []) === null) - Number(nextStep(b, []) === null) || (a.opened < b.opened ? -1 : 1))

/** A position of this device, WGS-84, `accuracy` in metres, `time` as the device says. */
export interface Fix {
  readonly lon: number
  readonly lat: number
  readonly accuracy: number
  readonly time: number
}

/** How near and how fresh a position must be to evidence an arrival. */
const near = 150
const freshMs = 15_000

/** When it was tapped, `now` by the server's clock. A tap is the officer's word (`typed`); only an arrival that this device's own position bears out is more. */
export function acted(step: Step, row: IncidentRow, fix: Fix | null, now: number, age: number): Acted {
  const there = step === 'arrive' && row.place.kind === 'point' && fix !== null && age <= freshMs && fix.accuracy <= near
  const evidenced = there && row.place.kind === 'point' && metres(fix, row.place) <= near
  return { time: new Date(now).toISOString(), source: evidenced ? 'position' : 'typed' }
}
