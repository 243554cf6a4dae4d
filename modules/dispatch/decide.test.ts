import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Command } from './contract.ts'
import {
  Record,
  beijing,
  bureau,
  call,
  city,
  duty,
  importer,
  incident,
  ladder,
  later,
  limits,
  noFacts,
  openCommand,
  opened,
  other,
  patrol,
  person,
  point,
  refused,
  start,
  station,
  sub,
  subBureau,
  system,
  taker,
  type Ask,
  unit,
} from './testing/given.ts'
import { evolve, initial } from './decide/state.ts'

test('a call becomes an incident and leaves for both levels at one moment', () => {
  const record = new Record()
  assert.deepEqual(record.do(openCommand({ note: '已要求保持距离' }), { facts: beijing }), [
    { type: 'received', stream: call, data: { incident, call: { id: call, channel: 'voice', number: '138 0000 2071' } } },
    {
      type: 'opened',
      data: {
        number: '26-1122-00001',
        bureau,
        call,
        kind: 'assault',
        priority: 1,
        narrative: '两人持棍互殴',
        place: point,
        note: '已要求保持距离',
      },
    },
    {
      type: 'dispatched',
      data: {
        station,
        subBureau,
        routed: 'boundary',
        lines: [
          { line: 1, unit: station, level: 'station' },
          { line: 2, unit: subBureau, level: 'subBureau' },
        ],
        ladder,
      },
    },
  ])
  assert.deepEqual(record.streams.get(call), { kind: 'call', incident })
  assert.deepEqual(
    record.row.lines.map(({ unit: to, sent }) => [to, sent.time, sent.source]),
    [
      [station, start, 'system'],
      [subBureau, start, 'system'],
    ],
  )
})

test('a time given by hand says when the call came, never when the lines left; an imported one stands for both', () => {
  const before = '2026-11-22T01:02:03.000Z'
  const sent = (source: 'typed' | 'radio' | 'position' | 'imported') => {
    const { row } = opened({ occurred: { time: before, source } })
    assert.deepEqual([row.received.time, row.received.source], [before, source])
    return row.lines.map((line) => [line.sent.time, line.sent.source])
  }
  for (const source of ['typed', 'radio', 'position'] as const)
    assert.deepEqual(sent(source), [
      [start, 'system'],
      [start, 'system'],
    ])
  assert.deepEqual(sent('imported'), [
    [before, 'imported'],
    [before, 'imported'],
  ])
})

test('an unknown place opens an incident that waits without a line', () => {
  const record = opened({ facts: { ...beijing, byBoundary: null } }, { place: { kind: 'unknown' } })
  assert.deepEqual([record.row.station, record.row.subBureau, record.row.lines], [null, null, []])
})

test('a named sub-bureau gets its line while the station is unknown', () => {
  const record = opened(
    { facts: { ...beijing, byBoundary: null, named: unit(subBureau, 'subBureau', bureau) } },
    { place: { kind: 'unknown' }, unit: subBureau },
  )
  assert.deepEqual([record.row.station, record.row.lines.map((line) => line.unit)], [null, [subBureau]])
})

test('the operator’s station counts over the boundary', () => {
  const facts = { ...beijing, named: unit('110105002', 'station', subBureau) }
  const record = opened({ facts }, { unit: '110105002' })
  assert.deepEqual([record.row.station, record.row.lines.map((line) => line.unit)], ['110105002', ['110105002', subBureau]])
})

test('open is refused for a second time, a used call, a place outside, a unit that cannot lead', () => {
  refused('incident-exists', () => opened().do(openCommand(), { facts: beijing }))
  const record = opened()
  refused('call-exists', () => record.do(openCommand(), { facts: beijing }, other))
  refused('outside', () => opened({ facts: { ...beijing, byBoundary: { station: null, subBureau: null, covered: false } } }))
  refused('unit-unknown', () => opened({}, { unit: 'X1' }))
  refused('unit-unknown', () => opened({ facts: { ...beijing, named: unit('X1', 'station', 'Y', { bureau: 'SF' }) } }, { unit: 'X1' }))
  refused('unit-unknown', () => opened({ facts: { ...beijing, named: unit('X1', 'station', 'Y', { closed: true }) } }, { unit: 'X1' }))
  refused('unit-kind', () => opened({ facts: { ...beijing, named: unit('C1', 'centre', subBureau) } }, { unit: 'C1' }))
  refused('no-bureau', () => opened({ facts: noFacts }))
})

test('each unit signs its own line once', () => {
  const record = opened()
  assert.deepEqual(record.do({ type: 'sign', data: {} }, { who: duty, at: later(12) }), [
    { type: 'signed', data: { line: 1, unit: station, limits: limits(['assignment']) } },
  ])
  refused('signed-already', () => record.do({ type: 'sign', data: {} }, { who: duty }))
  assert.deepEqual(record.do({ type: 'sign', data: {} }, { who: sub }), [{ type: 'signed', data: { line: 2, unit: subBureau } }])
  assert.deepEqual(record.row.lines[0]?.signed, { time: later(12), source: 'system', at: later(12), by: 'stationDuty' })
  refused('not-addressed', () => record.do({ type: 'sign', data: {} }, { who: person('stationDuty', '110105009') }))
})

test('screens acknowledge each line once, only their own unit’s, and never an ended one', () => {
  const record = opened()
  const lines = (line: number, seen: boolean, units: string[], which = incident) => ({
    incident: which,
    line,
    seen,
    account: call,
    name: '周某',
    units,
    time: later(1),
  })
  const receipt = { line: 1, unit: station, account: call, name: '周某' }
  const occurred = { time: later(1), source: 'system' }
  assert.deepEqual(
    record.do(
      {
        type: 'acknowledge',
        data: {
          lines: [lines(1, false, [station]), lines(1, true, [station]), lines(2, true, [station]), lines(1, true, [station], other)],
        },
      },
      { who: system },
    ),
    [
      { type: 'delivered', stream: incident, occurred, data: receipt },
      { type: 'seen', stream: incident, occurred, data: receipt },
    ],
  )
  refused('nothing-new', () => record.do({ type: 'acknowledge', data: { lines: [lines(1, true, [station])] } }, { who: system }))
})

test('a station that assigns without signing signs by it', () => {
  const record = opened()
  assert.deepEqual(record.do({ type: 'assign', data: { handlers: ['巡 0312'] } }, { who: duty }), [
    { type: 'signed', data: { line: 1, unit: station } },
    { type: 'assigned', data: { handlers: ['巡 0312'], limits: limits(['departure', 'arrival']) } },
  ])
  assert.deepEqual(record.do({ type: 'assign', data: { handlers: ['巡 0313'] } }, { who: duty, at: later(60) }), [
    { type: 'assigned', data: { handlers: ['巡 0313'] } },
  ])
  assert.deepEqual([record.row.handlers, record.row.milestones.assigned?.time, record.row.phase], [['巡 0313'], start, 'assigned'])
})

test('who is sent by account is named with the record, and a transfer to another station ends it', () => {
  const record = opened()
  const officers = [call]
  const sent = (busy: string | null, at = station) => ({ ...noFacts, officers: [{ account: call, name: '赵某', units: [at], busy }] })
  const data = { officers, handlers: ['协警孙某', '赵某'] }
  assert.deepEqual(record.do({ type: 'assign', data }, { who: duty, facts: sent(null) }).at(-1), {
    type: 'assigned',
    data: { handlers: ['赵某', '协警孙某'], officers, limits: limits(['departure', 'arrival']) },
  })
  assert.deepEqual([record.row.officers, record.row.handlers], [officers, ['赵某', '协警孙某']])
  const busy = sent('26-1122-00007')
  refused('officer-busy', () => record.do({ type: 'assign', data: { officers } }, { who: duty, facts: busy }))
  assert.equal(record.do({ type: 'assign', data: { officers, busyToo: true } }, { who: duty, facts: busy }).length, 1)
  const next = { ...noFacts, named: unit('110105002', 'station', subBureau) }
  record.do({ type: 'transfer', data: { station: '110105002', reason: '-' } }, { who: duty, facts: next })
  assert.deepEqual([record.row.officers, record.row.handlers], [[], ['赵某']])
  for (const facts of [noFacts, sent(null, '110105009')])
    refused('not-its-officer', () => record.do({ type: 'assign', data: { officers } }, { who: duty, facts }))
  refused('nobody-assigned', () => record.do({ type: 'assign', data: {} }, { who: duty }))
})

test('the whole way to the end, and back again', () => {
  const record = opened()
  record.do({ type: 'assign', data: { handlers: ['巡 0312'] } }, { who: duty, at: later(20) })
  assert.deepEqual(record.do({ type: 'depart', data: {} }, { who: patrol, at: later(40) }), [{ type: 'departed', data: {} }])
  assert.equal(record.do({ type: 'arrive', data: {} }, { who: patrol, at: later(300) })[0]?.type, 'arrived')
  for (const type of ['depart', 'arrive'] as const) refused('milestone-set', () => record.do({ type, data: {} }, { who: patrol }))
  assert.equal(record.do({ type: 'clear', data: {} }, { who: patrol, at: later(900) })[0]?.type, 'cleared')
  refused('milestone-set', () => record.do({ type: 'clear', data: {} }, { who: patrol }))
  refused('feedback-first', () => record.do({ type: 'close', data: {} }, { who: duty }))
  const report = { result: 'mediated', injured: 1, persons: 2, measures: ['mediated'], text: '双方和解' } as const
  const feedback: Command = { type: 'feedback', data: { ...report, measures: ['mediated'] } }
  assert.deepEqual(record.do(feedback, { who: patrol, at: later(1000) }), [{ type: 'reported', data: report }])
  refused('reported-already', () => record.do(feedback, { who: patrol }))
  assert.deepEqual(record.do({ type: 'close', data: {} }, { who: duty, at: later(1100) }), [{ type: 'closed', data: {} }])
  refused('incident-over', () => record.do({ type: 'close', data: {} }, { who: duty }))
  refused('incident-over', () => record.do({ type: 'sign', data: {} }, { who: sub }))
  assert.deepEqual(record.do({ type: 'sendBack', data: { reason: '未写明伤情' } }, { who: sub }), [
    { type: 'sentBack', data: { reason: '未写明伤情', limits: limits(['feedback']) } },
  ])
  assert.deepEqual([record.row.phase, Object.keys(record.row.milestones)], ['assigned', ['assigned', 'underWay', 'arrived', 'cleared']])
  refused('nothing-to-send-back', () => record.do({ type: 'sendBack', data: { reason: '再退' } }, { who: sub }))
})

test('stamps out of order are kept and the record says so', () => {
  const record = opened({ who: importer, occurred: { time: start, source: 'imported' } })
  const imported = (seconds: number): Ask => ({ who: importer, at: later(9999), occurred: { time: later(seconds), source: 'imported' } })
  record.do({ type: 'assign', data: { handlers: ['x'] } }, imported(100))
  assert.deepEqual(record.do({ type: 'arrive', data: {} }, imported(50)), [
    { type: 'arrived', data: {} },
    { type: 'found', data: { rule: 'stamps-out-of-order', detail: 'assigned > arrived' } },
  ])
  assert.deepEqual(record.do({ type: 'depart', data: {} }, imported(-5)), [
    { type: 'departed', data: {} },
    { type: 'found', data: { rule: 'stamps-out-of-order', detail: 'received > underWay, assigned > underWay' } },
  ])
  assert.deepEqual([record.row.imported, record.row.findings, record.row.lines[0]?.signed], [true, 2, null])
})

test('a transfer ends the old line and sends a new one, across sub-bureaus both', () => {
  const record = opened()
  const near = { ...noFacts, named: unit('110105002', 'station', subBureau) }
  assert.deepEqual(
    record.do({ type: 'transfer', data: { station: '110105002', reason: '不在辖区' } }, { who: duty, facts: near, at: later(30) }),
    [
      {
        type: 'transferred',
        data: {
          from: station,
          station: '110105002',
          subBureau,
          reason: '不在辖区',
          ended: [1],
          lines: [{ line: 3, unit: '110105002', level: 'station' }],
          ladder,
        },
      },
    ],
  )
  const far = { ...noFacts, named: unit('110108001', 'station', '110108') }
  record.do({ type: 'transfer', data: { station: '110108001', reason: '跨区' } }, { who: city, facts: far, at: later(60) })
  assert.deepEqual(
    record.row.lines.map(({ line, unit: to, ended }) => [line, to, ended]),
    [
      [1, station, later(30)],
      [2, subBureau, later(60)],
      [3, '110105002', later(60)],
      [4, '110108001', null],
      [5, '110108', null],
    ],
  )
  refused('same-station', () => record.do({ type: 'transfer', data: { station: '110108001', reason: '-' } }, { who: city, facts: far }))
  refused('unit-unknown', () => record.do({ type: 'transfer', data: { station: 'X', reason: '-' } }, { who: city }))
  refused('unit-kind', () =>
    record.do(
      { type: 'transfer', data: { station: 'C', reason: '-' } },
      { who: city, facts: { ...noFacts, named: unit('C', 'centre', subBureau) } },
    ),
  )
  const waiting = opened({ facts: { ...beijing, byBoundary: null } }, { place: { kind: 'unknown' } })
  refused('locate-first', () => waiting.do({ type: 'transfer', data: { station: '110105002', reason: '-' } }, { who: city, facts: near }))
})

test('a place found later sends the incident out; a new boundary does the same', () => {
  const unknown = { facts: { ...beijing, byBoundary: null } }
  const record = opened(unknown, { place: { kind: 'unknown' } })
  assert.deepEqual(
    record.do({ type: 'locate', data: { place: point } }, { facts: beijing }).map((event) => event.type),
    ['located', 'dispatched'],
  )
  assert.deepEqual(record.do({ type: 'locate', data: { place: { kind: 'described', text: '东门' }, reason: '更正' } }), [
    { type: 'located', data: { place: { kind: 'described', text: '东门' }, reason: '更正' } },
  ])
  refused('transfer-instead', () =>
    record.do(
      { type: 'locate', data: { place: point, unit: '110105002' } },
      { facts: { ...beijing, named: unit('110105002', 'station', subBureau) } },
    ),
  )
  const gap = opened({ facts: { ...beijing, byBoundary: { station: null, subBureau, covered: true } } })
  assert.deepEqual(gap.do({ type: 'route', data: {} }, { who: system, facts: beijing }), [
    { type: 'dispatched', data: { station, subBureau, routed: 'boundary', lines: [{ line: 2, unit: station, level: 'station' }], ladder } },
  ])
  refused('routed-already', () => gap.do({ type: 'route', data: {} }, { who: system, facts: beijing }))
})

test('a place in another sub-bureau than the one that had it moves the line', () => {
  const record = opened(
    { facts: { ...beijing, byBoundary: null, named: unit('110108', 'subBureau', bureau) } },
    { place: { kind: 'unknown' }, unit: '110108' },
  )
  record.do({ type: 'locate', data: { place: point } }, { facts: beijing, at: later(5) })
  assert.deepEqual(
    record.row.lines.map(({ unit: to, ended }) => [to, ended]),
    [
      ['110108', later(5)],
      [station, null],
      [subBureau, null],
    ],
  )
})

test('calls, notes, urges and corrections are additions', () => {
  const record = opened()
  const second = { id: other, channel: 'text' } as const
  assert.deepEqual(record.do({ type: 'addCall', data: { call: second, text: '还在打' } }), [
    { type: 'received', stream: other, data: { incident, call: second, text: '还在打' } },
    { type: 'callAdded', data: { call: other } },
  ])
  refused('call-exists', () => record.do({ type: 'addCall', data: { call: second } }))
  assert.deepEqual(record.do({ type: 'note', data: { text: '东门施工' } }, { who: patrol }), [
    { type: 'noted', data: { text: '东门施工' } },
  ])
  assert.deepEqual(record.do({ type: 'urge', data: { text: '请即到场' } }, { who: sub }), [
    { type: 'urged', data: { unit: subBureau, text: '请即到场' } },
  ])
  assert.deepEqual(record.do({ type: 'correct', data: { kind: 'robbery', reason: '被抢' } }), [
    { type: 'corrected', data: { kind: 'robbery', reason: '被抢' } },
  ])
  refused('nothing-corrected', () => record.do({ type: 'correct', data: { kind: 'robbery', reason: '被抢' } }))
  assert.deepEqual([record.row.calls, record.row.urged, record.row.kind], [2, 1, 'robbery'])
})

test('a cancelled incident is over, but can still be noted', () => {
  const record = opened()
  assert.deepEqual(record.do({ type: 'cancel', data: { reason: '误报' } }), [{ type: 'cancelled', data: { reason: '误报' } }])
  const report = { result: 'handled', injured: 0, persons: 0, measures: ['none'], text: '-' } as const
  const closedTo: Command[] = [
    { type: 'locate', data: { place: point } },
    { type: 'route', data: {} },
    { type: 'sign', data: {} },
    { type: 'assign', data: { handlers: ['-'] } },
    { type: 'depart', data: {} },
    { type: 'arrive', data: {} },
    { type: 'clear', data: {} },
    { type: 'feedback', data: { ...report, measures: ['none'] } },
    { type: 'close', data: {} },
    { type: 'transfer', data: { station: '110105002', reason: '-' } },
    { type: 'cancel', data: { reason: '-' } },
    { type: 'urge', data: { text: '-' } },
  ]
  for (const command of closedTo) {
    refused('incident-over', () => record.do(command, { who: city }))
  }
  assert.equal(record.do({ type: 'note', data: { text: '报警人致歉' } }).length, 1)
})

test('erased contents leave the frame of the record standing', () => {
  const record = opened()
  const erased = {
    stream: incident,
    n: 9,
    version: 1,
    at: later(5),
    occurred: { time: later(5), source: 'system' as const },
    by: taker.by,
    data: null,
  }
  const before = record.row
  for (const type of ['noted', 'corrected', 'urged', 'delivered', 'transferred', 'located', 'found'] as const) {
    const state = evolve({ kind: 'incident', row: before }, { ...erased, type })
    assert.equal(state.kind, 'incident')
    assert.deepEqual([state.row.narrative, state.row.n, state.row.lines], [before.narrative, 9, before.lines])
  }
  const first = evolve(initial, { ...erased, n: 1, type: 'opened' })
  assert.equal(first.kind === 'incident' && first.row.narrative, '')
  assert.deepEqual(evolve(initial, { ...erased, type: 'received' }), { kind: 'call', incident: '' })
})
