import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dueOf as dueIn, passPoint } from '#kernel/clock.ts'
import { Refusal } from '#kernel/decider.ts'
import { limitClock, type StatutoryLimit } from '#kernel/statute.ts'
import { inZones } from '#kernel/testing/zones.ts'
import { afterAll, dueOf } from '../testing/due.ts'
import { decisionDues, evidenceDues, executionDues, intakeDues, questioningDues, remedyDues } from '../testing/dueRows.ts'
import { rules } from './rows.ts'

const dues = [...intakeDues, ...questioningDues, ...evidenceDues, ...decisionDues, ...executionDues, ...remedyDues]

/** What is left to come of a limit once every point that is due has passed; null: its end has. */
function leftAt(limit: StatutoryLimit, now: number): StatutoryLimit['is'] | null {
  let clock = limitClock(limit, { id: 'c', unit: 'A1' })
  for (let due = clock && dueIn(clock); clock !== null && due && Date.parse(due.time) <= now; due = clock && dueIn(clock))
    clock = passPoint(clock)
  return clock === null ? null : limit.is
}

inZones(() => {
  for (const [rule, from, hand, due, happens] of dues)
    test(`${rule} from ${from}: ${hand} → ${due}`, () => {
      const limit = afterAll(rule, from, happens).at(-1)
      assert.ok(limit)
      const { due: at, provisional, standing } = limit
      assert.deepEqual({ due: at, provisional, standing }, dueOf(due))
      // Done a millisecond before the end it is met, at the end it is breached; what stands still comes to nothing.
      const end = Date.parse(at)
      assert.deepEqual([leftAt(limit, end - 1), leftAt(limit, end)], standing ? [limit.is, limit.is] : [limit.is, null])
    })
})

test('every rule that is counted has its rows', () => {
  const tested = new Set<string>(dues.map(([rule]) => rule))
  const counted = rules.filter(({ is }) => is === 'limit' || is === 'wait').map(({ rule }) => rule)
  assert.deepEqual(
    counted.filter((rule) => !tested.has(rule)),
    [],
  )
})

test('what the law does not allow is refused: a third extension, a second under the law of 2012, a pause for nothing, a year that is not published', () => {
  const refused = (rule: string, work: () => unknown): void =>
    assert.throws(work, (error) => error instanceof Refusal && error.rule === rule)
  const times = ['2026-01-10T10:00', '2026-01-11T10:00', '2026-01-12T10:00']
  refused('limit-extended', () => afterAll('dec-limit', '2026-01-05T10:00', { extended: times }))
  refused('limit-extended', () => afterAll('dec-limit', '2025-12-30T10:00', { extended: times.slice(1) }))
  refused('limit-over', () => afterAll('dec-limit', '2026-01-05T10:00', { extended: ['2026-02-05T00:01'] }))
  refused('limit-no-extension', () => afterAll('fast-48h', '2026-01-05T10:00', { extended: ['2026-01-05T12:00'] }))
  // A hearing is out since 2026 only; asking for approval stops no continued questioning.
  refused('limit-no-pause', () => afterAll('dec-limit', '2025-12-30T10:00', { pauses: [['hearing', '2026-01-10T10:00', null]] }))
  refused('limit-no-pause', () => afterAll('cq-12', '2026-03-05T10:00', { pauses: [['restraint', '2026-03-05T11:00', null]] }))
  refused('limit-unpublished', () => afterAll('hear-request', '2026-12-25T10:00'))
})
