import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Asked, type Limit, limitOf } from '../calendar.ts'
import { inZones } from '../testing/zones.ts'
import type { Pause } from './step.ts'
import { builtInYears } from './years.ts'

const minute = 60_000
const zero = Date.parse('2021-06-01T00:00:00.000Z')
const instant = fc.integer({ min: 0, max: 5 * 366 * 24 * 60 }).map((minutes) => new Date(zero + minutes * minute).toISOString())
const later = (text: string, minutes: number): string => new Date(Date.parse(text) + minutes * minute).toISOString()
const hours = fc.integer({ min: 1, max: 200 }).map((count) => `PT${count}H`)
const days = fc.integer({ min: 1, max: 90 }).map((count) => `P${count}D`)
const workingDays = fc.integer({ min: 1, max: 40 }).map((count) => `P${count}WD`)
const months = fc.integer({ min: 1, max: 30 }).map((count) => `P${count}M`)
const years = fc.integer({ min: 1, max: 3 }).map((count) => `P${count}Y`)

/** Pauses that lie about where a limit from this instant runs: minutes before or after its trigger, and how long. */
const spans = fc.array(fc.tuple(fc.integer({ min: -5000, max: 100_000 }), fc.integer({ min: 0, max: 60_000 })), { maxLength: 4 })
const pausesOf = (from: string, list: readonly (readonly [number, number])[]): Pause[] =>
  list.map(([begins, long]) => ({ from: later(from, begins), to: later(from, begins + long), reason: 'appraisal', approval: null }))

const given = { calendar: builtInYears, now: '2029-01-01T00:00:00.000Z' }
const limit = (asked: Pick<Asked, 'term' | 'from'> & Partial<Asked>): Limit => limitOf({ liberty: false, ...given, ...asked })
/** Null where working days cannot be counted: that is no answer, so it is neither earlier nor later. */
const due = (asked: Parameters<typeof limit>[0]): number | null => {
  const answer = limit(asked)
  return answer.is === 'due' ? Date.parse(answer.due) : null
}
const notBefore = (last: number | null, first: number | null): void =>
  assert.ok(first === null || last === null || first <= last, `${first} ${last}`)
const always = { seed: 20261127, numRuns: 250 }

inZones(() => {
  test('more pause never means an earlier end', () => {
    const property = fc.property(
      fc.oneof(hours, days, workingDays, months, years),
      fc.boolean(),
      instant,
      spans,
      spans,
      (term, free, from, some, more) => {
        const liberty = free && !term.endsWith('WD')
        const few = due({ term, from, liberty, pauses: pausesOf(from, some) })
        notBefore(due({ term, from, liberty, pauses: pausesOf(from, [...some, ...more]) }), few)
      },
    )
    fc.assert(property, always)
  })

  test('a holiday never moves liberty', () => {
    const property = fc.property(fc.oneof(hours, days, months, years), instant, spans, (term, from, list) => {
      const asked = { term, from, liberty: true, pauses: pausesOf(from, list) }
      assert.equal(due(asked), due({ ...asked, calendar: new Map() }))
    })
    fc.assert(property, always)
  })

  test('a later trigger never means an earlier end', () => {
    const gap = fc.integer({ min: 0, max: 10_000 })
    const property = fc.property(fc.oneof(hours, days, workingDays), instant, gap, spans, (term, from, minutes, list) => {
      const pauses = pausesOf(from, list)
      notBefore(due({ term, from: later(from, minutes), pauses }), due({ term, from, pauses }))
    })
    fc.assert(property, always)
    // Without pauses: a month is 31 days from January and 28 from February, so that a pause between two triggers may turn them round.
    const whole = fc.property(fc.oneof(months, years), fc.boolean(), instant, gap, (term, liberty, from, minutes) => {
      notBefore(due({ term, liberty, from: later(from, minutes) }), due({ term, liberty, from }))
    })
    fc.assert(whole, always)
  })

  test('a pause in two parts is the same pause', () => {
    const cut = fc.double({ min: 0, max: 1, noNaN: true })
    const property = fc.property(fc.oneof(hours, days, workingDays, months), instant, spans, cut, (term, from, list, at) => {
      const parts = list.flatMap(([begins, long]): [number, number][] => {
        const first = Math.round(long * at)
        return [
          [begins, first],
          [begins + first, long - first],
        ]
      })
      assert.equal(due({ term, from, pauses: pausesOf(from, parts) }), due({ term, from, pauses: pausesOf(from, list) }))
    })
    fc.assert(property, always)
  })

  test('the notice of a year can only move what was provisional to later', () => {
    const until = (year: number) => new Map([...builtInYears].filter(([of]) => of <= year))
    const property = fc.property(fc.oneof(days, months), instant, fc.integer({ min: 2021, max: 2025 }), spans, (term, from, year, list) => {
      const asked = { term, from, pauses: pausesOf(from, list) }
      const before = limit({ ...asked, calendar: until(year) })
      const after = limit({ ...asked, calendar: until(year + 1) })
      assert.ok(before.is === 'due' && after.is === 'due')
      if (before.provisional) notBefore(Date.parse(after.due), Date.parse(before.due))
      else assert.deepEqual(after, before)
    })
    fc.assert(property, always)
  })
})
