import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { valuesOf } from '#kernel/database/tx.ts'
import type { Recorded } from '#kernel/decider.ts'
import { type Event, events, type IncidentRow } from './contract.ts'
import type { KindChange } from './contract/kinds.ts'
import { evolve, initial, type State } from './decide/state.ts'
import { goldenSeries, goldenSeriesStatements } from './testing/goldenSeries.ts'
import { goldenBells, goldenBellStatements } from './testing/goldenBells.ts'
import { goldenShifts, goldenShiftStatements } from './testing/goldenShift.ts'
import { project } from './views.ts'

/** Events of each type as a database has kept them. A landed line is never edited: a new shape of a type is a new version and a new line. */
const golden = readFileSync(new URL('events.golden.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Recorded<Event> & { position: number; module: string })

test('every type of event has a golden one, and each fits its schema to the letter', () => {
  assert.deepEqual([...new Set(golden.map(({ type }) => type))].toSorted(), Object.keys(events).toSorted())
  for (const event of golden) assert.deepEqual([event.module, events[event.type].parse(event.data)], ['dispatch', event.data])
})

const fold = (list: readonly Recorded<Event>[]) => {
  const states = new Map<string, State>()
  for (const event of list) states.set(event.stream, evolve(states.get(event.stream) ?? initial, event))
  return states
}

const day = (time: string) => `2026-11-22T06:${time}.000Z`
const stamp = (at: string, by: string, source: 'system' | 'radio' | 'typed' = 'system', time = at) => ({
  time: day(time),
  source,
  at: day(at),
  by,
})
const [taker, duty, sub] = ['callTaker 1', 'stationDuty 2', 'subBureauDuty 3'] as const
const unseen = { delivered: null, seen: null, signed: null }
const whole = {
  id: '3f1c1a52-7c1e-4a53-9a6e-0f6f5b1d2c31',
  number: '26-1122-00001',
  n: 20,
  phase: 'cancelled',
  kind: 'dispute',
  priority: 3,
  narrative: "𠮷䶮 '; drop table x; -- <script>alert(1)</script>",
  place: { kind: 'point', lon: 116.26, lat: 39.25, text: '建国路十字路口' },
  bureau: '110000',
  subBureau: '110106',
  station: '110106001',
  received: stamp('32:40', taker),
  opened: day('32:40'),
  imported: false,
  lines: [
    {
      line: 1,
      unit: '110105001',
      level: 'station',
      sent: stamp('32:40', taker),
      delivered: stamp('32:42', duty),
      seen: stamp('32:42', duty),
      signed: stamp('33:42', duty),
      ended: day('38:12'),
    },
    { line: 2, unit: '110105', level: 'subBureau', sent: stamp('32:40', taker), ...unseen, ended: day('38:12') },
    { line: 3, unit: '110106001', level: 'station', sent: stamp('38:12', sub), ...unseen, ended: null },
    { line: 4, unit: '110106', level: 'subBureau', sent: stamp('38:12', sub), ...unseen, ended: null },
  ],
  handlers: ['王某', '李某'],
  milestones: {
    assigned: stamp('34:12', duty),
    underWay: stamp('34:42', duty, 'radio', '34:15'),
    arrived: stamp('35:12', duty, 'typed', '34:00'),
    cleared: stamp('35:42', duty),
  },
  urged: 1,
  findings: 1,
  calls: 2,
  taker: '8d7cd0dc-6d5a-46f0-a38b-c14600a13518',
} as const satisfies IncidentRow

const silent = '4a2d2b63-8d2f-4b64-8b7f-1a7a6c2e3d42'
const night = (minutes: string) => `2026-11-24T16:${minutes}.000Z`
const sentAtNight = { time: night('00:00'), source: 'system', at: night('00:00'), by: taker } as const
/** A station that never signs: its ladder from the first rung to the finding. */
const climbed = {
  id: silent,
  number: '26-1125-00001',
  n: 7,
  phase: 'open',
  kind: 'noise',
  priority: 3,
  narrative: '楼上漏水，邻居争执',
  place: { kind: 'described', text: '东门' },
  bureau: '110000',
  subBureau: '110105',
  station: '110105001',
  received: sentAtNight,
  opened: night('00:00'),
  imported: false,
  lines: [
    { line: 1, unit: '110105001', level: 'station', sent: sentAtNight, ...unseen, ended: null },
    { line: 2, unit: '110105', level: 'subBureau', sent: sentAtNight, ...unseen, ended: null },
  ],
  handlers: [],
  milestones: {},
  urged: 0,
  findings: 1,
  calls: 1,
  taker: '2142a5f3-1043-4fab-b90d-9bdb793e4612',
  climb: { line: 1, clock: null, rung: { name: 'finding', at: night('30:00'), rings: false } },
} as const satisfies IncidentRow

const rung = '5b3e3c74-9e3a-4c75-9c80-2b8b7d3f4e53'
const late = (minutes: string) => `2026-11-24T17:${minutes}.000Z`
const sentLate = { time: late('01:00'), source: 'system', at: late('01:00'), by: taker } as const
/** A sub-bureau whose bell has rung once and is still to ring for the next rung. */
const belled = {
  ...climbed,
  id: rung,
  number: '26-1125-00002',
  n: 5,
  narrative: '-',
  place: { kind: 'unknown' },
  station: null,
  received: sentLate,
  opened: late('01:00'),
  lines: [{ line: 1, unit: '110105', level: 'subBureau', sent: sentLate, ...unseen, ended: null }],
  findings: 0,
  climb: { line: 1, clock: null, rung: { name: 'city', at: late('04:00'), rings: true } },
} as const satisfies IncidentRow
const waits = {
  id: 'duty-room-5',
  n: 5,
  target: 'duty-room',
  data: { number: '26-1125-00002', unit: '110105', line: 1, rung: 'city', due: late('04:00') },
}
const dutyRoom = {
  unit: '110105',
  path: ['110000', '110105'],
  channel: 'webhook',
  target: 'https://bells.example/110105',
  rungs: ['assign'],
} as const

const sentBack = '5b3e3c74-9e3a-4c75-9c8a-2b8b7d3f4e53'
const early = (time: string, by: string) =>
  ({ time: `2026-11-24T17:${time}.000Z`, source: 'system', at: `2026-11-24T17:${time}.000Z`, by }) as const
/** Signed and for five minutes nobody sent, there faster than the way allows, sent back: feedback is waited for anew. */
const waiting = {
  id: sentBack,
  number: '26-1125-00003',
  n: 10,
  phase: 'assigned',
  kind: 'collision',
  priority: 2,
  narrative: '路口两车相撞',
  place: { kind: 'point', lon: 116.46, lat: 39.92 },
  bureau: '110000',
  subBureau: '110105',
  station: '110105001',
  received: early('00:00', taker),
  opened: early('00:00', taker).at,
  imported: false,
  lines: [
    { line: 1, unit: '110105001', level: 'station', sent: early('00:00', taker), ...unseen, signed: early('00:10', duty), ended: null },
    { line: 2, unit: '110105', level: 'subBureau', sent: early('00:00', taker), ...unseen, ended: null },
  ],
  handlers: ['王某'],
  milestones: { assigned: early('05:10', duty), arrived: early('06:10', duty), cleared: early('16:10', duty) },
  urged: 0,
  findings: 1,
  calls: 1,
  taker: 'ee21da59-23a4-4519-a7b2-ccc861b31b26',
  climb: undefined,
  way: { of: 'station', metres: 8800, most: { key: 'arrivalSpeed', value: 120, unit: null } },
  waits: [
    {
      rule: 'feedback',
      clock: {
        id: 'feedback',
        rule: 'feedback',
        unit: '110105001',
        source: 'setting',
        started: early('17:20', sub).at,
        since: early('17:20', sub).at,
        ran: 0,
        points: [{ name: 'late', after: 1_800_000 }],
      },
      last: null,
    },
  ],
} as const

const sanlitun = {
  name: '三里屯',
  kind: 'landmark',
  unit: '110105',
  path: ['110000', '110105'],
  lon: 116.455,
  lat: 39.935,
  schematic: true,
  pinyin: 'san li tun',
} as const

const change = (n: number, at: string) => ({ n, at: day(at), by: 'securityAdministrator 6' })
const noise: readonly KindChange[] = [
  {
    ...change(1, '42:12'),
    from: '2026-12-01',
    reason: '冬季夜间施工增多',
    set: {
      group: 'order',
      priority: 2,
      response: { units: 1, marks: [] },
      questions: [
        { code: 'repeated', ask: 'yesNo' },
        { code: 'site', ask: 'choice', choices: ['房建', '市政'], when: { question: 'repeated', is: 'yes' }, text: '哪类工地' },
      ],
      words: ['噪音', '扰民'],
      names: { 'zh-CN': '夜间噪音', en: 'Noise at night', 'zh-TW': '夜間噪音' },
    },
  },
  { ...change(2, '42:42'), from: '2027-01-01', reason: '并入扰乱秩序', set: null },
]

const drill = (n: number) => `5b3e3c74-9e30-4c75-9c80-2b8b7d3f4e5${n}`
const drillAt = (time: string) => `2026-11-24T${time}.000Z`
const drillPlan = (n: number, unit: string, start: string, limitSeconds: number, reason: string) => ({
  id: drill(n),
  unit,
  path: unit === '110000' ? ['110000'] : ['110000', unit],
  bureau: '110000',
  limitSeconds,
  reason,
  planned: { at: drillAt('17:00:00'), by: 'citySupervisor 1' },
  start: drillAt(start),
  started: null,
  until: null,
  cancelled: null,
  missed: null,
})
const screened = (time: string) => ({ at: drillAt(time), by: 'stationDuty 2', channel: 'screen' }) as const
const drills = {
  [`drill:${drill(3)}`]: {
    kind: 'drill',
    row: {
      ...drillPlan(3, '110000', '17:00:30', 60, '夜间抽查'),
      phase: 'ended',
      started: { at: drillAt('17:00:30'), late: false },
      until: drillAt('17:01:30'),
    },
    units: [
      { unit: '110105', level: 'subBureau', subBureau: '110105', delivered: [], signed: null },
      {
        unit: '110105001',
        level: 'station',
        subBureau: '110105',
        delivered: [screened('17:00:31')],
        signed: { ...screened('17:00:39'), late: false },
      },
    ],
    clock: null,
  },
  [`drill:${drill(4)}`]: {
    kind: 'drill',
    row: {
      ...drillPlan(4, '110105', '18:00:00', 90, '交接班抽查'),
      phase: 'cancelled',
      cancelled: { at: drillAt('17:00:39'), by: 'citySupervisor 1', reason: '改到下周' },
    },
    units: [],
    clock: null,
  },
  [`drill:${drill(5)}`]: {
    kind: 'drill',
    row: { ...drillPlan(5, '110105', '19:00:00', 60, '周末抽查'), phase: 'missed', missed: 'late' },
    units: [],
    clock: null,
  },
} satisfies { [stream: string]: State }

test('the golden events fold to the record that they tell of, and to its views', () => {
  const states = fold(golden)
  assert.deepEqual(Object.fromEntries(states), {
    '8d2f7a04-5f0b-4d5e-8b7c-6c0a9e4d1f52': { kind: 'call', incident: whole.id },
    [whole.id]: { kind: 'incident', row: whole },
    [silent]: { kind: 'incident', row: climbed },
    [rung]: { kind: 'incident', row: belled, effects: [waits] },
    'bell:duty-room': { kind: 'bell', bell: dutyRoom, retired: true },
    [sentBack]: { kind: 'incident', row: waiting },
    'place:110105-sanlitun': { kind: 'place', place: sanlitun, retired: true },
    'kind:noise': { kind: 'taxon', changes: noise },
    ...goldenShifts,
    ...drills,
    ...goldenSeries,
    ...goldenBells,
  })
  const statements = [...states].flatMap(([stream, state]) =>
    project(
      stream,
      golden.filter((event) => event.stream === stream),
      state,
    ),
  )
  assert.deepEqual(
    statements
      .map(
        (statement) =>
          `${statement.text
            .trim()
            .split(' ')
            .slice(0, 3)
            .join(' ')
            .replace(/ from$/, '')} ${String(valuesOf(statement)[0]).replace(/^.*?([0-9a-f-]{36}).*$/, '$1')}`,
      )
      .toSorted(),
    [
      'delete from dispatch.place 110105-sanlitun',
      'insert into dispatch.bell duty-room',
      `insert into dispatch.belled ${rung}`,
      'insert into dispatch.call 8d2f7a04-5f0b-4d5e-8b7c-6c0a9e4d1f52',
      ...[3, 4, 5].map((n) => `insert into dispatch.drill ${drill(n)}`),
      `insert into dispatch.drill_unit ${drill(3)}`,
      `insert into dispatch.incident ${whole.id}`,
      `insert into dispatch.incident ${silent}`,
      `insert into dispatch.incident ${rung}`,
      `insert into dispatch.incident ${sentBack}`,
      'insert into dispatch.kind noise',
      'insert into dispatch.kind noise',
      `insert into dispatch.line ${whole.id}`,
      `insert into dispatch.line ${silent}`,
      `insert into dispatch.line ${rung}`,
      `insert into dispatch.line ${sentBack}`,
      `insert into dispatch.measured ${whole.id}`,
      `insert into dispatch.measured ${silent}`,
      `insert into dispatch.measured ${rung}`,
      `insert into dispatch.measured ${sentBack}`,
      `insert into dispatch.word ${whole.id}`,
      `insert into dispatch.word ${silent}`,
      `insert into dispatch.word ${rung}`,
      `insert into dispatch.word ${sentBack}`,
      ...goldenShiftStatements,
      ...goldenSeriesStatements,
      ...goldenBellStatements,
    ].toSorted(),
  )
})

test('what was lawfully erased folds and leaves no word of it', () => {
  const erased = golden.map((event) => ({ ...event, data: null }) as Recorded<Event>)
  const states = fold(erased)
  const rows = [...states].flatMap(([stream, state]) =>
    project(
      stream,
      erased.filter((event) => event.stream === stream),
      state,
    ),
  )
  const words = golden.flatMap((event) => JSON.stringify(event.data).match(/"[^"]*[^\x00-\x7f][^"]*"/g) ?? [])
  assert.ok(words.length > 5)
  assert.deepEqual(
    words.filter((word) => JSON.stringify([...states.values(), rows]).includes(word)),
    [],
  )
  const row = [...states.values()].flatMap((state): IncidentRow[] => (state.kind === 'incident' ? [state.row] : []))[0]
  assert.deepEqual([row?.phase, row?.calls, row?.urged], ['cancelled', 2, 1])
})
