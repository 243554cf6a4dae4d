import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Clock, dueOf, extendClock, passPoint, pauseClock, resumeClock, startClock } from './clock.ts'

const zero = Date.parse('2026-11-24T00:00:00.000Z')
const at = (ms: number): string => new Date(zero + ms).toISOString()
const given = { id: 'a', rule: 'r', unit: 'A1', source: 'setting' }

test('a clock comes to its points in order of time, whatever the order in which they were given', () => {
  const clock = startClock(
    {
      ...given,
      points: [
        { name: 'late', after: 60_000 },
        { name: 'early', after: 30_000 },
      ],
    },
    at(0),
  )
  assert.deepEqual(dueOf(clock), { point: 'early', time: at(30_000) })
  const next = passPoint(clock)
  assert.deepEqual(next && dueOf(next), { point: 'late', time: at(60_000) })
  assert.equal(next && passPoint(next), null)
})

test('a clock without a point, or with one that lies before its start, is none', () => {
  assert.throws(() => startClock({ ...given, points: [] }, at(0)), /has no points/)
  assert.throws(() => startClock({ ...given, points: [{ name: 'x', after: -1 }] }, at(0)), /has no points/)
  assert.throws(() => startClock({ ...given, points: [{ name: 'x', after: Number.NaN }] }, at(0)), /has no points/)
})

test('a paused clock has nothing due, goes on where it stood, and no pause turns it back', () => {
  const clock = startClock({ ...given, points: [{ name: 'x', after: 10_000 }] }, at(0))
  const paused = pauseClock(clock, at(4000))
  assert.equal(dueOf(paused), null)
  assert.deepEqual(pauseClock(paused, at(9000)), paused)
  assert.deepEqual(dueOf(resumeClock(paused, at(100_000))), { point: 'x', time: at(106_000) })
  assert.deepEqual(dueOf(resumeClock(pauseClock(clock, at(-5000)), at(1000))), { point: 'x', time: at(11_000) })
})

/** A repeatable stream of numbers in [0, 1): mulberry32. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

type Act = 'pause' | 'resume' | 'extend' | 'stop'
interface Step {
  readonly ms: number
  readonly act: Act
  readonly by: number
}
const spans = [1000, 2500, 4000]

/** The model: a second hand that is moved on one millisecond after the other, and looks at nothing else. */
function model(steps: readonly Step[], end: number): string[] {
  const passed: string[] = []
  let [running, ran, more, next] = [true, 0, 0, 0]
  for (let ms = 0; ms <= end; ms++) {
    for (const step of steps.filter((one) => one.ms === ms)) {
      if (step.act === 'stop') return passed
      if (step.act === 'pause') running = false
      if (step.act === 'resume') running = true
      if (step.act === 'extend') more += step.by
    }
    while (running && next < spans.length && ran >= (spans[next] ?? 0) + more) passed.push(`p${next++}`)
    if (running) ran++
  }
  return passed
}

/** The clock, as a server sweeps it that is away at times: a point is passed at the first sweep at or after its moment. */
function swept(steps: readonly Step[], end: number, away: (ms: number) => boolean): string[] {
  const passed: string[] = []
  let clock: Clock | null = startClock({ ...given, points: spans.map((after, index) => ({ name: `p${index}`, after })) }, at(0))
  const sweep = (ms: number) => {
    for (let due = clock && dueOf(clock); clock && due && due.time <= at(ms); due = clock && dueOf(clock)) {
      passed.push(due.point)
      clock = passPoint(clock)
    }
  }
  for (let ms = 0; ms <= end && clock; ms++) {
    for (const { act, by } of steps.filter((one) => one.ms === ms)) {
      // What is due before a change is due whether it was swept or not: the module passes it first.
      sweep(ms - 1)
      if (clock === null) return passed
      // Through the text in which the database keeps it: a restart reads nothing else.
      clock = JSON.parse(JSON.stringify(clock)) as Clock
      if (act === 'stop') return passed
      if (act === 'pause') clock = pauseClock(clock, at(ms))
      if (act === 'resume') clock = resumeClock(clock, at(ms))
      if (act === 'extend') clock = extendClock(clock, by)
    }
    if (!away(ms) || ms === end) sweep(ms)
  }
  return passed
}

test('any sequence of pauses, extensions, stops and restarts passes the points that a second hand passes', () => {
  const acts: readonly Act[] = ['pause', 'resume', 'extend', 'pause', 'resume', 'stop']
  for (let seed = 1; seed <= 300; seed++) {
    const next = random(seed)
    const end = 6000
    const steps = Array.from({ length: Math.floor(next() * 7) }, (): Step => {
      const act = acts[Math.floor(next() * (next() < 0.3 ? 6 : 5))] ?? 'pause'
      return { ms: 1 + Math.floor(next() * end), act, by: Math.floor(next() * 1500) }
    }).toSorted((a, b) => a.ms - b.ms)
    const [from, long] = [next() * end, next() * 3000]
    const away = (ms: number) => ms > from && ms < from + long
    assert.deepEqual(swept(steps, end, away), model(steps, end), `seed ${seed}: ${JSON.stringify(steps)}`)
  }
})
