import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dueOf } from '#kernel/clock.ts'
import type { Command } from '../contract.ts'
import { nextRun } from '../rules/series.ts'
import {
  type Ask,
  bureau,
  city,
  duty,
  later,
  noFacts,
  opened,
  person,
  Record,
  refused,
  start,
  station,
  sub,
  subBureau,
  system,
} from '../testing/given.ts'
import type { DrillFacts } from './drill.ts'
import type { Series } from './series.ts'

/** `start` is 14:32:10 of a Sunday where the force is. */
const stream = 'drill-series:66666666-6666-4666-8666-666666666666'
const id = stream.slice('drill-series:'.length)
const run = (n: number) => `77777777-7777-4777-8777-77777777777${n}`
const [monday, wednesday, nextMonday] = ['2026-11-23T01:30:00.000Z', '2026-11-25T01:30:00.000Z', '2026-11-30T01:30:00.000Z']
const named = { code: bureau, kind: 'bureau', bureau, path: [bureau], closed: false }
const below: DrillFacts['below'] = [
  { code: subBureau, kind: 'subBureau', parent: bureau },
  { code: station, kind: 'station', parent: subBureau },
]
const facts = (unit: DrillFacts['unit'], units = below) => ({ ...noFacts, drill: { unit, below: units, bells: [] } })
const weekly = { weekdays: ['mon', 'wed'], time: '09:30', limitSeconds: 60, reason: '早间抽查' } as const
const plan = (more: object = {}): Command => ({
  type: 'planSeries',
  data: { unit: bureau, ...weekly, weekdays: [...weekly.weekdays], until: '2026-12-31', ...more },
})
const pass = (due: string, n = 1): Command => ({ type: 'runSeries', data: { drill: run(n), due } })
const end: Command = { type: 'endSeries', data: { reason: '改为每月一次' } }
const made = (command: Command = plan(), ask: Ask = {}): Record => {
  const record = new Record()
  record.do(command, { who: city, facts: facts(named), ...ask }, stream)
  return record
}
const seriesOf = (record: Record): Series => {
  const state = record.streams.get(stream)
  assert.equal(state?.kind, 'series')
  return state
}
const plus = (at: string, seconds: number) => new Date(Date.parse(at) + seconds * 1000).toISOString()
const ran = (record: Record, due: string, { n = 1, behind = 0, ask = {} }: { n?: number; behind?: number; ask?: Ask } = {}) =>
  record.do(pass(due, n), { who: system, facts: facts(named), at: plus(due, behind), ...ask }, stream)

test('the next moment is the first after now on one of its weekdays, at its time where the force is, within its days', () => {
  const days = { ...weekly, from: '2026-11-22', until: '2026-12-02' }
  assert.deepEqual(
    [start, monday, plus(monday, -1), wednesday, '2026-12-01T00:00:00.000Z', '2026-12-02T01:30:00.000Z'].map((at) => nextRun(days, at)),
    [monday, wednesday, monday, nextMonday, '2026-12-02T01:30:00.000Z', null],
  )
  assert.equal(nextRun({ ...days, from: '2026-11-24' }, start), wednesday)
  // Today's has passed: a week later, on the same weekday, and not if that is beyond the last day.
  assert.equal(nextRun({ ...days, weekdays: ['sun'], time: '14:32' }, start), '2026-11-29T06:32:00.000Z')
  assert.equal(nextRun({ ...days, weekdays: ['sun'], time: '14:33' }, start), '2026-11-22T06:33:00.000Z')
  assert.equal(nextRun({ ...days, weekdays: ['sun'], time: '14:32', until: '2026-11-28' }, start), null)
  // Before eight in the morning Beijing's day is not that of Greenwich; over the end of a year the weekdays go on.
  assert.equal(nextRun({ weekdays: ['fri'], time: '00:05', from: '2026-12-31', until: '2027-01-31' }, start), '2026-12-31T16:05:00.000Z')
})

test('a series waits on one clock to its first moment', () => {
  const record = new Record()
  assert.deepEqual(record.do(plan({ weekdays: ['wed', 'mon', 'wed'] }), { who: city, facts: facts(named) }, stream), [
    {
      type: 'seriesPlanned',
      data: {
        unit: bureau,
        path: [bureau],
        bureau,
        ...weekly,
        weekdays: ['wed', 'mon'],
        from: '2026-11-22',
        until: '2026-12-31',
        next: monday,
      },
    },
  ])
  const { row, clock } = seriesOf(record)
  assert.deepEqual([row.id, row.next, row.ran, clock && dueOf(clock)], [id, monday, 0, { point: 'drillSeries', time: monday }])
})

test('each moment starts one drill of the units that there are then, and the clock goes on from that moment', () => {
  const record = made()
  refused('drill-not-due', () => record.do(pass(monday), { who: system, facts: facts(named), at: plus(monday, -1) }, stream))
  refused('drill-not-due', () => ran(record, plus(monday, -60), { behind: 120 }))
  const events = ran(record, monday, { behind: 2 })
  const drill = `drill:${run(1)}`
  assert.deepEqual(events, [
    { type: 'seriesRan', data: { drill: run(1), due: monday, missed: null, next: wednesday } },
    {
      type: 'drillPlanned',
      stream: drill,
      data: {
        unit: bureau,
        path: [bureau],
        bureau,
        start: monday,
        limitSeconds: 60,
        reason: '早间抽查',
        series: { id, by: 'citySupervisor' },
      },
    },
    {
      type: 'drillStarted',
      stream: drill,
      data: {
        due: monday,
        late: false,
        until: plus(monday, 62),
        units: [
          { unit: subBureau, level: 'subBureau', subBureau },
          { unit: station, level: 'station', subBureau },
        ],
      },
    },
  ])
  const started = record.streams.get(drill)
  assert.equal(started?.kind, 'drill')
  assert.deepEqual([started.row.phase, started.row.series, started.row.planned.by], ['running', id, 'citySupervisor'])
  refused('drill-not-due', () => ran(record, monday, { n: 2, behind: 3 }))
  assert.deepEqual(record.do({ type: 'signDrill', data: { unit: station } }, { who: duty, at: plus(monday, 9) }, drill), [
    { type: 'drillSigned', data: { unit: station, channel: 'screen', late: false } },
  ])
  assert.deepEqual([seriesOf(record).row.ran, seriesOf(record).row.missed, seriesOf(record).row.next], [1, 0, wednesday])
})

test('where another series has come to the same moment its drill stands, and is not rung again', () => {
  const record = made()
  ran(record, monday)
  // The drill of Wednesday is there already when this series comes to it.
  assert.deepEqual(ran(record, wednesday), [{ type: 'seriesRan', data: { drill: run(1), due: wednesday, missed: null, next: nextMonday } }])
  assert.deepEqual([seriesOf(record).row.ran, seriesOf(record).row.next], [2, nextMonday])
})

test('what fell due while no server ran is missed moment by moment, at its own time, and rings nobody', () => {
  const record = made()
  assert.deepEqual(ran(record, monday, { behind: 60 })[2]?.type, 'drillStarted')
  const missed = (due: string, n: number, at: string) => ran(record, due, { n, ask: { at } })
  const back = '2026-11-30T01:31:00.001Z'
  for (const [due, n, next] of [
    [wednesday, 2, nextMonday],
    [nextMonday, 3, '2026-12-02T01:30:00.000Z'],
  ] as const) {
    const { clock } = seriesOf(record)
    assert.equal(clock && dueOf(clock)?.time, due)
    const [series, , drill] = missed(due, n, back)
    assert.deepEqual(
      [series, drill],
      [
        { type: 'seriesRan', data: { drill: run(n), due, missed: 'down', next } },
        { type: 'drillMissed', stream: `drill:${run(n)}`, data: { due, why: 'down' } },
      ],
    )
  }
  const state = record.streams.get(`drill:${run(3)}`)
  assert.equal(state?.kind, 'drill')
  assert.deepEqual([state.row.start, state.row.phase, state.row.missed, state.clock], [nextMonday, 'missed', 'down', null])
  assert.deepEqual([seriesOf(record).row.ran, seriesOf(record).row.missed], [3, 2])
})

test('a moment at which there is nobody below is missed, and after the last one the series is over', () => {
  const record = made(plan({ until: '2026-11-23' }))
  const [series, , drill] = ran(record, monday, { ask: { facts: facts(null, []) } })
  assert.deepEqual(
    [series, drill],
    [
      { type: 'seriesRan', data: { drill: run(1), due: monday, missed: 'nobody', next: null } },
      { type: 'drillMissed', stream: `drill:${run(1)}`, data: { due: monday, why: 'nobody' } },
    ],
  )
  assert.deepEqual([seriesOf(record).row.next, seriesOf(record).clock], [null, null])
  refused('series-over', () => record.do(end, { who: city }, stream))
  refused('drill-not-due', () => ran(record, wednesday, { n: 2 }))
})

test('who may plan what: an own unit that leads others, with a moment that is to come, for a year at most', () => {
  refused('not-a-series', () => new Record().do(plan(), { who: city, facts: facts(named) }, 'drill:44444444-4444-4444-8444-444444444444'))
  refused('series-exists', () => made().do(plan(), { who: city, facts: facts(named) }, stream))
  refused('unit-unknown', () => made(plan(), { facts: noFacts }))
  refused('foreign-unit', () => made(plan(), { who: sub }))
  refused('foreign-unit', () =>
    made(plan({ unit: subBureau }), { who: person('subBureauDuty', '110106'), facts: facts({ ...named, path: [bureau, subBureau] }) }),
  )
  refused('drill-unit-kind', () => made(plan({ unit: station }), { facts: facts({ ...named, kind: 'station' }) }))
  refused('series-long', () => made(plan({ until: '2027-11-24' })))
  assert.equal(seriesOf(made(plan({ until: '2027-11-23' }))).row.until, '2027-11-23')
  refused('series-empty', () => made(plan({ until: '2026-11-22' })))
  refused('series-empty', () => made(plan({ from: '2026-11-24', until: '2026-11-24' })))
})

test('it is ended by whoever could have planned it, rings no more then, and what it has started goes on', () => {
  const record = made()
  ran(record, monday)
  refused('drill-foreign', () => record.do(end, { who: sub }, stream))
  assert.deepEqual(record.do(end, { who: city, at: later(9) }, stream), [{ type: 'seriesEnded', data: { reason: '改为每月一次' } }])
  const { row, clock } = seriesOf(record)
  assert.deepEqual([row.next, row.ended, clock], [null, { at: later(9), by: 'citySupervisor', reason: '改为每月一次' }, null])
  refused('series-over', () => record.do(end, { who: city }, stream))
  refused('drill-not-due', () => ran(record, wednesday, { n: 2 }))
  const drill = record.streams.get(`drill:${run(1)}`)
  assert.equal(drill?.kind === 'drill' && drill.row.phase, 'running')
})

test('an incident is no series, and a series is no drill', () => {
  const record = opened()
  for (const command of [end, pass(monday)]) refused('not-a-series', () => record.do(command, { who: city }))
  refused('not-a-drill', () => made().do({ type: 'cancelDrill', data: { reason: '-' } }, { who: city }, stream))
})
