import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { dueOf } from '#kernel/clock.ts'
import { type Occurred, Refusal } from '#kernel/decider.ts'
import type { Command, Event } from '../contract.ts'
import type { SettingRows, WaitPoint, WaitRule } from '../rules/waiting.ts'
import {
  beijing,
  bureau,
  city,
  duty,
  importer,
  later,
  limits,
  noFacts,
  opened,
  patrol,
  point,
  Record,
  refused,
  start,
  station,
  sub,
  subBureau,
  system,
  unit,
} from '../testing/given.ts'

const assign: Command = { type: 'assign', data: { handlers: ['王某'] } }
const arrive: Command = { type: 'arrive', data: {} }
const feedback: Command = { type: 'feedback', data: { result: 'handled', injured: 0, persons: 0, measures: ['none'], text: '-' } }
const lapse = (clock: WaitRule, name: WaitPoint, seconds: number): Command => ({
  type: 'lapse',
  data: { clock, point: name, due: later(seconds) },
})
const said = (clock: WaitRule, name: WaitPoint, seconds: number, more: object = {}) => ({
  type: 'lapsed',
  data: { clock, point: name, unit: station, due: later(seconds), late: false, rings: name === 'late', ...more },
})
const passes = (record: Record, [clock, name]: [WaitRule, WaitPoint], seconds: number, at = seconds) =>
  record.do(lapse(clock, name, seconds), { who: system, at: later(at) })
/** What is waited for, and when its next point is due, in seconds after the call. */
const waiting = ({ row: { waits = [] } }: Record) =>
  waits.map(({ rule, clock, last }) => {
    const due = clock && dueOf(clock)
    return [rule, due && `${due.point} ${(Date.parse(due.time) - Date.parse(start)) / 1000}`, last?.point ?? null]
  })

test('an urgent arrival in town warns after four minutes, is late after five and rings then, and ends with the arrival', () => {
  const record = opened()
  record.do(assign, { who: duty, at: later(20) })
  assert.deepEqual(waiting(record), [
    ['departure', 'late 200', null],
    ['arrival', 'warn 260', null],
  ])
  record.do({ type: 'depart', data: {} }, { who: patrol, at: later(40) })
  assert.deepEqual(passes(record, ['arrival', 'warn'], 260), [said('arrival', 'warn', 260)])
  assert.deepEqual(passes(record, ['arrival', 'late'], 320), [said('arrival', 'late', 320)])
  assert.deepEqual(record.row.waits, [{ rule: 'arrival', clock: null, last: { point: 'late', at: later(320), rings: true } }])
  record.do(arrive, { who: patrol, at: later(330) })
  assert.deepEqual(waiting(record), [['feedback', 'late 14730', null]])
})

test('feedback is due half an hour after it is cleared, four hours after an arrival that is never cleared, and anew when it is sent back', () => {
  const record = opened()
  assert.deepEqual(record.do(arrive, { who: patrol, at: later(100) }), [{ type: 'arrived', data: { limits: limits(['feedback'], false) } }])
  assert.deepEqual(waiting(record), [['feedback', 'late 14500', null]])
  assert.deepEqual(record.do({ type: 'clear', data: {} }, { who: patrol, at: later(900) }), [
    { type: 'cleared', data: { limits: limits(['feedback']) } },
  ])
  assert.deepEqual(waiting(record), [['feedback', 'late 2700', null]])
  assert.deepEqual(passes(record, ['feedback', 'late'], 2700), [said('feedback', 'late', 2700)])
  record.do(feedback, { who: patrol, at: later(2800) })
  assert.equal(record.row.waits, undefined)
  record.do({ type: 'close', data: {} }, { who: duty, at: later(2900) })
  record.do({ type: 'sendBack', data: { reason: '-' } }, { who: sub, at: later(3000) })
  assert.deepEqual(waiting(record), [['feedback', 'late 4800', null]])
})

test('signed and nobody sent, sent and nobody left: both levels are told, then it stays as a finding', () => {
  const record = opened()
  record.do({ type: 'sign', data: {} }, { who: duty, at: later(10) })
  assert.deepEqual(passes(record, ['assignment', 'late'], 310), [said('assignment', 'late', 310)])
  assert.deepEqual(passes(record, ['assignment', 'finding'], 2110), [
    said('assignment', 'finding', 2110),
    { type: 'found', data: { rule: 'never-assigned', detail: station } },
  ])
  record.do(assign, { who: duty, at: later(2200) })
  assert.deepEqual(passes(record, ['departure', 'late'], 2380), [said('departure', 'late', 2380)])
  passes(record, ['arrival', 'warn'], 2440)
  passes(record, ['arrival', 'late'], 2500)
  assert.deepEqual(passes(record, ['departure', 'finding'], 4180), [
    said('departure', 'finding', 4180),
    { type: 'found', data: { rule: 'never-departed', detail: station } },
  ])
  assert.deepEqual(
    [record.row.findings, waiting(record)],
    [
      2,
      [
        ['departure', null, 'finding'],
        ['arrival', null, 'late'],
      ],
    ],
  )
})

test('only the receipt of the line that leads waits for officers; the other’s, and one that sends them at once, do not', () => {
  const record = opened()
  assert.deepEqual(record.do({ type: 'sign', data: {} }, { who: sub, at: later(5) }), [
    { type: 'signed', data: { line: 2, unit: subBureau } },
  ])
  assert.deepEqual(record.do(assign, { who: duty, at: later(9) }), [
    { type: 'signed', data: { line: 1, unit: station } },
    { type: 'assigned', data: { handlers: ['王某'], limits: limits(['departure', 'arrival']) } },
  ])
  const alone = opened({ facts: { ...beijing, byBoundary: { station: null, subBureau, covered: true } } })
  alone.do({ type: 'sign', data: {} }, { who: sub, at: later(5) })
  assert.deepEqual([waiting(alone), alone.row.waits?.[0]?.clock?.unit], [[['assignment', 'late 305', null]], subBureau])
})

test('after a transfer the wait for an arrival goes on and the new station answers for it; a receipt before it counts no more', () => {
  const facts = { ...noFacts, named: unit('110105002', 'station', subBureau) }
  const transfer: Command = { type: 'transfer', data: { station: '110105002', reason: '-' } }
  const record = opened()
  record.do(assign, { who: duty, at: later(20) })
  record.do(transfer, { who: city, facts, at: later(60) })
  assert.deepEqual(
    record.row.waits?.map(({ rule, clock }) => [rule, clock?.unit, clock?.started]),
    [
      ['departure', '110105002', later(20)],
      ['arrival', '110105002', later(20)],
    ],
  )
  const signed = opened()
  signed.do({ type: 'sign', data: {} }, { who: duty, at: later(20) })
  signed.do(transfer, { who: city, facts, at: later(60) })
  assert.deepEqual([signed.row.waits, signed.row.climb?.line], [undefined, 3])
})

test('a point comes at its moment, once, in its order; one that was slept through says so, and rings only while it is worth it', () => {
  const record = opened()
  record.do(assign, { who: duty })
  refused('not-waiting', () => passes(record, ['arrival', 'warn'], 240, 239))
  refused('not-waiting', () => passes(record, ['arrival', 'late'], 300, 301))
  refused('not-waiting', () => passes(record, ['feedback', 'late'], 240, 301))
  assert.deepEqual(passes(record, ['arrival', 'warn'], 240, 246), [said('arrival', 'warn', 240, { late: true })])
  refused('not-waiting', () => passes(record, ['arrival', 'warn'], 240, 247))
  assert.deepEqual(passes(record, ['arrival', 'late'], 300, 901), [said('arrival', 'late', 300, { late: true, rings: false })])
})

test('a force sets it by unit, place and priority; the outskirts have their own limits, and no warning where none is wanted', () => {
  const row = (at: string, value: number) => ({ unit: at, value, from: later(-9), by: '-', reason: '-', at: later(-9) })
  const rows: SettingRows = {
    outskirts: [row(bureau, 0), row(station, 1)],
    arrivalMinutesOutskirts1: [row(subBureau, 15)],
    arrivalMinutesUrban1: [row(station, 1)],
    arrivalWarnSeconds: [row(bureau, 0)],
  }
  const record = opened()
  const [, event] = record.do(assign, { who: duty, facts: { ...noFacts, limits: rows } })
  assert.deepEqual(event?.type === 'assigned' && event.data.limits?.[1], {
    rule: 'arrival',
    points: [
      {
        name: 'late',
        after: 900_000,
        set: [
          { key: 'arrivalMinutesOutskirts1', value: 15, unit: subBureau },
          { key: 'outskirts', value: 1, unit: station },
        ],
      },
    ],
  })
  assert.deepEqual(waiting(record)[1], ['arrival', 'late 900', null])
})

test('what was imported waits for nothing, a time given by hand makes no wait begin earlier or end before the server knew', () => {
  const said = (source: Occurred['source'], seconds: number): Occurred => ({ source, time: later(seconds) })
  const imported = opened({ who: importer, occurred: said('imported', -60) })
  imported.do(assign, { who: importer, occurred: said('imported', 0), at: later(9) })
  imported.do(arrive, { who: patrol, at: later(10) })
  assert.equal(imported.row.waits, undefined)
  const own = opened()
  own.do(assign, { who: importer, occurred: said('imported', 0), at: later(9) })
  assert.equal(own.row.waits, undefined)
  const typed = opened()
  typed.do(assign, { who: duty, occurred: said('typed', -600), at: later(30) })
  assert.deepEqual(waiting(typed)[1], ['arrival', 'warn 270', null])
  passes(typed, ['arrival', 'warn'], 270)
  passes(typed, ['arrival', 'late'], 330)
  typed.do(arrive, { who: patrol, occurred: said('typed', 60), at: later(400) })
  assert.deepEqual(waiting(typed), [['feedback', 'late 14800', null]])
})

test('who is there faster than the way allows leaves a finding; nothing is said where the way is not known any more', () => {
  const east = { of: 'patrol', lon: point.lon + 0.1, lat: point.lat } as const
  const near = { of: 'patrol', lon: point.lon + 0.05, lat: point.lat } as const
  const sent = (...origins: (typeof east)[] | (typeof near)[]) => ({ ...noFacts, origins })
  const record = opened()
  const [, assigned] = record.do(assign, { who: duty, facts: { ...noFacts, origins: [east, near] } })
  const most = { key: 'arrivalSpeed', value: 120, unit: null }
  assert.deepEqual(assigned?.type === 'assigned' && assigned.data.way, { of: 'patrol', metres: 4300, most })
  assert.deepEqual(record.do(arrive, { who: patrol, at: later(120) })[1], {
    type: 'found',
    data: { rule: 'too-fast', detail: '4.3 km, 120 s' },
  })
  const after = (work: (record: Record) => unknown, at = 120) => {
    const one = opened()
    one.do(assign, { who: duty, facts: sent(east) })
    work(one)
    return one.do(arrive, { who: patrol, at: later(at) }).length - 1
  }
  assert.equal(
    after(() => 0),
    1,
  )
  assert.equal(
    after(() => 0, 300),
    0,
  )
  assert.equal(
    after((one) => one.do(assign, { who: duty, facts: sent(near) }), 130),
    0,
  )
  assert.equal(
    after((one) => one.do(assign, { who: duty })),
    0,
  )
  assert.equal(
    after((one) => one.do({ type: 'locate', data: { place: { ...point, lon: 116.5 } } }, { facts: beijing })),
    0,
  )
  const moved = opened()
  moved.do(assign, { who: duty, facts: sent(east) })
  const facts = { ...noFacts, named: unit('110105002', 'station', subBureau) }
  moved.do({ type: 'transfer', data: { station: '110105002', reason: '-' } }, { who: city, facts })
  assert.equal(moved.row.way, undefined)
})

/** What a layman would keep on a slip of paper: what is waited for since when, told from the commands alone. */
class Model {
  readonly waits = new Map<WaitRule, { since: number; points: readonly (readonly [WaitPoint, number])[] }>()
  readonly told: unknown[] = []
  readonly reached = new Set<string>()
  #wait(rule: WaitRule, since: number, points: readonly (readonly [WaitPoint, number])[]) {
    this.waits.set(rule, { since, points })
  }
  pass(now: number) {
    const due = [...this.waits].flatMap(([rule, { since, points }]) => points.map(([name, after]) => ({ rule, name, due: since + after })))
    for (const { rule, name, due: at } of due.filter((one) => one.due <= now)) {
      this.told.push([rule, name, at])
      const wait = this.waits.get(rule)
      if (wait) this.#wait(rule, wait.since, wait.points.slice(1))
    }
  }
  did(step: string, now: number) {
    const not = (...names: string[]) => names.every((name) => !this.reached.has(name))
    const stop = (...rules: WaitRule[]) => rules.forEach((rule) => this.waits.delete(rule))
    if (step === 'sign' && not('assign', 'depart', 'arrive', 'clear', 'feedback'))
      this.#wait('assignment', now, [
        ['late', 300],
        ['finding', 2100],
      ])
    if (step === 'transfer' || ['assign', 'depart', 'arrive', 'clear'].includes(step)) stop('assignment')
    if (step === 'assign' && not('assign', 'arrive', 'clear', 'feedback')) {
      if (not('depart'))
        this.#wait('departure', now, [
          ['late', 180],
          ['finding', 1980],
        ])
      this.#wait('arrival', now, [
        ['warn', 240],
        ['late', 300],
      ])
    }
    if (['depart', 'arrive', 'clear'].includes(step)) stop('departure')
    if (['arrive', 'clear'].includes(step)) stop('arrival')
    if (step === 'arrive' && not('clear', 'feedback')) this.#wait('feedback', now, [['late', 14_400]])
    if (step === 'clear' && not('feedback')) this.#wait('feedback', now, [['late', 1800]])
    if (['feedback', 'close', 'cancel'].includes(step)) stop('assignment', 'departure', 'arrival', 'feedback')
    this.reached.add(step)
    if (step !== 'sendBack') return
    this.reached.delete('feedback')
    this.#wait('feedback', now, [['late', 1800]])
  }
}

const steps = {
  sign: [{ type: 'sign', data: {} }, duty],
  assign: [assign, sub],
  depart: [{ type: 'depart', data: {} }, patrol],
  arrive: [arrive, patrol],
  clear: [{ type: 'clear', data: {} }, patrol],
  feedback: [feedback, patrol],
  close: [{ type: 'close', data: {} }, sub],
  sendBack: [{ type: 'sendBack', data: { reason: '-' } }, sub],
  transfer: [{ type: 'transfer', data: { station: '110105002', reason: '-' } }, city],
  cancel: [{ type: 'cancel', data: { reason: '-' } }, city],
  note: [{ type: 'note', data: { text: '-' } }, city],
} as const satisfies { readonly [name: string]: readonly [Command, typeof duty] }

/** Every point that has come, as the sweep finds them; `told` gets those that were no rung of the ladder. */
function sweep(record: Record, now: number, told: unknown[]): void {
  for (;;) {
    const due = (record.row.waits ?? []).flatMap(({ rule, clock }) => {
      const next = clock && dueOf(clock)
      return next && Date.parse(next.time) <= Date.parse(later(now)) ? [{ rule, ...next }] : []
    })
    const [first] = due
    if (first === undefined) return
    const data = { clock: first.rule, point: first.point as WaitPoint, due: first.time }
    const events: Event[] = record.do({ type: 'lapse', data }, { who: system, at: later(now) })
    for (const event of events)
      if (event.type === 'lapsed') told.push([event.data.clock, event.data.point, (Date.parse(event.data.due) - Date.parse(start)) / 1000])
  }
}

test('whatever is done in whatever order and however late, the clocks tell what the slip of paper tells', () => {
  const step = fc.record({
    name: fc.constantFrom(...(Object.keys(steps) as (keyof typeof steps)[])),
    gap: fc.integer({ min: 0, max: 2500 }),
  })
  const facts = { ...noFacts, named: unit('110105002', 'station', subBureau) }
  fc.assert(
    fc.property(fc.array(step, { maxLength: 14 }), (taken) => {
      const [record, model, told] = [opened(), new Model(), [] as unknown[]]
      let now = 0
      for (const { name, gap } of [...taken, { name: 'note', gap: 20_000 } as const]) {
        now += gap
        sweep(record, now, told)
        model.pass(now)
        const [command, who] = steps[name]
        try {
          record.do(command, { who, facts, at: later(now) })
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
          continue
        }
        model.did(name, now)
      }
      assert.deepEqual(told.map(String).toSorted(), model.told.map(String).toSorted())
      assert.deepEqual(
        (record.row.waits ?? []).map(({ rule, clock }) => [rule, ...(clock?.points.map(({ name }) => name) ?? [])].join(' ')).toSorted(),
        [...model.waits].map(([rule, { points }]) => [rule, ...points.map(([name]) => name)].join(' ')).toSorted(),
      )
    }),
    { numRuns: 400, seed: 110 },
  )
})
