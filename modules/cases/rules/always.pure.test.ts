import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { dayOf } from '#kernel/day.ts'
import { pauseReasons, restartReasons } from '#kernel/calendar/step.ts'
import { builtInYears } from '#kernel/calendar/years.ts'
import { type Clock, dueOf, passPoint } from '#kernel/clock.ts'
import { Refusal } from '#kernel/decider.ts'
import {
  beginLimit,
  extendLimit,
  limitClock,
  type LimitRow,
  pauseLimit,
  restartLimit,
  resumeLimit,
  type StatutoryLimit,
} from '#kernel/statute.ts'
import { statutoryLimit } from '#kernel/statute/stored.ts'
import { inZones } from '#kernel/testing/zones.ts'
import type { Row } from './row.ts'
import { rules } from './rows.ts'

const always = { seed: 20261127, numRuns: 300 }
const minute = 60_000
const zero = Date.parse('2024-01-01T00:00:00.000Z')
const later = (text: string, minutes: number): string => new Date(Date.parse(text) + minutes * minute).toISOString()
const instant = fc.integer({ min: 0, max: 2 * 365 * 24 * 60 }).map((minutes) => new Date(zero + minutes * minute).toISOString())

const rows: readonly Row[] = rules
const counted = rows.flatMap((row): LimitRow[] => (row.is === 'limit' || row.is === 'wait' ? [row] : []))
const stopping = counted.filter(({ stops }) => stops !== undefined)
const liberties = counted.filter(({ liberty }) => liberty === true)
const counting = (now: string) => ({ calendar: builtInYears, now })

/** What may happen to a limit, so many minutes after what happened before. */
const change = fc.record({
  after: fc.integer({ min: 0, max: 4 * 24 * 60 }),
  what: fc.constantFrom('pause', 'resume', 'extend', 'restart', 'pass'),
  reason: fc.constantFrom(...pauseReasons.filter((reason) => stopping.some(({ stops }) => stops?.includes(reason)))),
  anew: fc.constantFrom(...restartReasons),
})
type Change = typeof change extends fc.Arbitrary<infer One> ? One : never

/** What a module records: a limit as it stands now, or that a point of its clock has come. */
type Event = { readonly is: 'counted'; readonly limit: StatutoryLimit } | { readonly is: 'passed' }
interface State {
  readonly limit: StatutoryLimit | null
  readonly clock: Clock | null
  readonly breached: string | null
}
const initial: State = { limit: null, clock: null, breached: null }

/** As the `evolve` of a module: neither rules nor calendar. */
function evolve(state: State, event: Event): State {
  if (event.is === 'counted')
    return { ...state, limit: event.limit, clock: limitClock(event.limit, { id: 'c', unit: 'A1', breached: state.breached }) }
  const { clock, limit } = state
  const last = clock !== null && clock.points.length === 1
  return { limit, clock: clock && passPoint(clock), breached: last ? (limit?.due ?? null) : state.breached }
}

/** What is decided; null where the law refuses, or nothing is due. */
function decide({ limit, clock }: State, { what, reason, anew }: Change, now: string): Event | null {
  if (limit === null) return null
  if (what === 'pass') {
    const due = clock && dueOf(clock)
    return due !== null && due.time <= now ? { is: 'passed' } : null
  }
  const works = {
    pause: () => pauseLimit(limit, { from: now, reason, approval: null }, counting(now)),
    resume: () => resumeLimit(limit, reason, now, counting(now)),
    extend: () => extendLimit(limit, { by: '李某', at: now }, counting(now)),
    restart: () => restartLimit(limit, { from: now, reason: anew, approval: null }, counting(now)),
  }
  try {
    return { is: 'counted', limit: works[what]() }
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}

/** Every event that these changes leave, and the state that each left behind it. */
function happened(row: LimitRow, from: string, changes: readonly Change[]): (readonly [event: Event, state: State])[] {
  const begun: Event = { is: 'counted', limit: beginLimit(row, { from }, counting(from)) }
  const list: (readonly [Event, State])[] = [[begun, evolve(initial, begun)]]
  let now = from
  for (const one of changes) {
    now = later(now, one.after)
    const state = list.at(-1)?.[1] ?? initial
    const event = decide(state, one, now)
    if (event !== null) list.push([event, evolve(state, event)])
  }
  return list
}

const read = (event: Event): Event => {
  const again = JSON.parse(JSON.stringify(event)) as Event
  return again.is === 'counted' ? { is: 'counted', limit: statutoryLimit.parse(again.limit) } : again
}

inZones(() => {
  test('replay of the events gives the stored clock, and its last point is the due moment', () => {
    let [paused, extended, breached] = [0, 0, 0]
    const property = fc.property(
      fc.oneof(fc.constantFrom(...counted), fc.constantFrom(...stopping)),
      instant,
      fc.array(change, { maxLength: 20 }),
      (row, from, changes) => {
        const list = happened(row, from, changes)
        let replayed = initial
        for (const [event, state] of list) {
          replayed = evolve(replayed, read(event))
          assert.deepEqual(replayed, state)
          const { limit, clock } = state
          assert.ok(limit)
          if (clock === null) {
            assert.equal(state.breached, limit.due)
            breached += 1
          } else if (limit.standing) {
            assert.equal(dueOf(clock), null)
            paused += 1
          } else {
            const [last] = clock.points.slice(-1)
            assert.ok(last)
            assert.equal(dueOf({ ...clock, points: [last] })?.time, limit.due)
          }
          if (limit.extensions.length > 0) extended += 1
        }
      },
    )
    fc.assert(property, always)
    // The walk has been everywhere.
    assert.ok(paused > 10 && extended > 10 && breached > 10, `${paused} ${extended} ${breached}`)
  })
})

inZones(() => {
  test('more pause never means an earlier end', () => {
    const span = fc.tuple(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 20_000 }))
    const property = fc.property(fc.constantFrom(...stopping), instant, span, (row, from, [begins, long, more]) => {
      const [reason] = row.stops ?? []
      assert.ok(reason)
      const limit = beginLimit(row, { from }, counting(from))
      // It begins while there is something to stop.
      const start = later(from, Math.min(begins, (Date.parse(limit.due) - Date.parse(from)) / minute - 1))
      const still = pauseLimit(limit, { from: start, reason, approval: null }, counting(start))
      const dueAfter = (minutes: number): string => resumeLimit(still, reason, later(start, minutes), counting(later(start, minutes))).due
      assert.ok(limit.due <= dueAfter(long))
      assert.ok(dueAfter(long) <= dueAfter(long + more))
    })
    fc.assert(property, always)
  })

  test('a holiday never moves liberty, and every limit on it is one of hours or days', () => {
    const property = fc.property(fc.constantFrom(...liberties), instant, (row, from) => {
      const nowhere = { calendar: new Map(), now: from }
      assert.equal(beginLimit(row, { from }, counting(from)).due, beginLimit(row, { from }, nowhere).due)
    })
    fc.assert(property, always)
    assert.ok(liberties.length >= 9)
  })

  test('the looser reading is never the earlier end of a limit, nor the later of a wait', () => {
    const read2 = counted.filter(({ otherwise }) => otherwise !== undefined)
    const property = fc.property(fc.constantFrom(...read2), instant, (row, from) => {
      const strict = beginLimit(row, { from }, counting(from)).due
      const loose = beginLimit(row, { from, settings: { [row.otherwise?.setting ?? '']: 1 } }, counting(from)).due
      assert.ok(row.is === 'limit' ? strict <= loose : loose <= strict, `${dayOf(strict)} ${dayOf(loose)}`)
    })
    fc.assert(property, always)
    assert.ok(read2.length >= 6)
  })
})
