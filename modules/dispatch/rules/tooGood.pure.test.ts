import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Figure, type Flag, type SpanName, spans } from '../contract/statistics.ts'
import type { Occurred } from '#kernel/decider.ts'
import { flagsOf, tooFast } from './tooGood.ts'

const none: Figure = { count: 0, mean: null, p50: null, p90: null, p99: null, bands: [0, 0, 0, 0], sources: {}, unsigned: 0, left: {} }
type Figures = Partial<Record<SpanName, Figure>>
const judged = (figures: Figures, repeated: Partial<Record<SpanName, number>> = {}, fast = 0): readonly Flag[] =>
  spans.flatMap((of) => flagsOf({ of, figure: figures[of] ?? none, repeated: repeated[of] ?? 0, fast }))
const rules = (...asked: Parameters<typeof judged>) => judged(...asked).map(({ rule, of }) => `${of} ${rule}`)

test('nothing is too good where there is nothing', () => {
  assert.deepEqual(judged({}), [])
})

test('nearly all within the first band, and most of it typed: both must hold, and of many', () => {
  const typed = (count: number, first: number, given: number): Figure => ({
    ...none,
    count,
    p90: 200_000,
    bands: [first, count - first, 0, 0],
    sources: { system: count - given, typed: given },
  })
  assert.deepEqual(judged({ arrival: typed(200, 199, 100) }), [
    { rule: 'firstBand', of: 'arrival', values: { share: 99.5, typed: 50, count: 200 } },
  ])
  assert.deepEqual(rules({ feedback: typed(100, 100, 90) }), ['feedback firstBand'])
  assert.deepEqual(rules({ arrival: typed(200, 198, 200) }), [])
  assert.deepEqual(rules({ arrival: typed(200, 200, 99) }), [])
  assert.deepEqual(rules({ arrival: typed(99, 99, 99) }), [])
})

test('nine in ten faster than anybody is: receipts in two seconds, arrivals in a minute', () => {
  const fast = (count: number, p90: number): Figure => ({ ...none, count, p90 })
  assert.deepEqual(judged({ receipt: fast(50, 2000) }), [{ rule: 'atOnce', of: 'receipt', values: { seconds: 2, count: 50 } }])
  assert.deepEqual(rules({ arrival: fast(50, 60_000) }), ['arrival atOnce'])
  assert.deepEqual(rules({ receipt: fast(50, 2001), arrival: fast(50, 60_001) }), [])
  assert.deepEqual(rules({ receipt: fast(49, 10), arrival: fast(49, 10), feedback: fast(500, 10) }), [])
})

test('one and the same second again and again', () => {
  const some: Figure = { ...none, count: 50, p90: 400_000 }
  assert.deepEqual(judged({ arrival: some }, { arrival: 10 }), [{ rule: 'sameAgain', of: 'arrival', values: { share: 20, count: 50 } }])
  assert.deepEqual(rules({ feedback: some }, { feedback: 50 }), ['feedback sameAgain'])
  assert.deepEqual(rules({ arrival: some }, { arrival: 9, feedback: 50 }), [])
  assert.deepEqual(rules({ arrival: { ...some, count: 49 } }, { arrival: 49 }), [])
})

test('where the half or more is in no figure, what is left may be the better part', () => {
  const left = (count: number, typed: number, missing: number): Figure => ({ ...none, count, left: { typed, missing } })
  assert.deepEqual(judged({ feedback: left(25, 20, 5) }), [{ rule: 'mostLeft', of: 'feedback', values: { share: 50, count: 50 } }])
  assert.deepEqual(rules({ arrival: left(0, 50, 0) }), ['arrival mostLeft'])
  assert.deepEqual(rules({ arrival: left(26, 20, 5), feedback: left(24, 20, 5) }), [])
})

test('one arrival that was faster than the way allows is asked about, of arrivals alone', () => {
  assert.deepEqual(judged({ arrival: { ...none, count: 7 } }, {}, 1), [{ rule: 'tooFast', of: 'arrival', values: { times: 1, count: 7 } }])
  assert.deepEqual(judged({ arrival: { ...none, count: 7 } }), [])
})

test('faster than anybody goes: by the times as every figure counts them, of a way that is known and long enough', () => {
  const time = (seconds: number) => new Date(1_800_000_000_000 + seconds * 1000).toISOString()
  const stamp = (source: Occurred['source'], seconds: number, at = seconds) => ({ source, time: time(seconds), at: time(at), by: '-' })
  const most = { key: 'arrivalSpeed', value: 120, unit: null }
  const far = (metres: number) => ({ of: 'patrol', metres, most }) as const
  const sent = stamp('system', 0)
  const judge = (metres: number, assigned = sent, arrived = stamp('system', 60)) =>
    tooFast({ way: far(metres), milestones: { assigned, arrived }, imported: false })
  // 120 km/h are 2 km a minute.
  assert.deepEqual([judge(2100), judge(2000)], [{ metres: 2100, took: 60_000 }, null])
  assert.deepEqual([judge(500, sent, sent), judge(400, sent, sent)], [{ metres: 500, took: 0 }, null])
  assert.deepEqual(
    [judge(2100, sent, stamp('typed', 10, 60)), judge(2100, sent, stamp('typed', 10, 70))],
    [{ metres: 2100, took: 60_000 }, null],
  )
  assert.deepEqual(judge(9000, stamp('typed', 0)), null)
  assert.deepEqual(judge(9000, sent, stamp('imported', 1)), null)
  assert.deepEqual(judge(9000, sent, stamp('radio', -1)), null)
  assert.deepEqual(tooFast({ milestones: { assigned: sent, arrived: stamp('system', 1) }, imported: false }), null)
  assert.deepEqual(tooFast({ way: far(9000), milestones: { assigned: sent }, imported: false }), null)
})
