import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { instantOf } from './clock.ts'
import { differences, figuresOf, nearestRank } from './figures.ts'
import { fromFile, fromTrace } from './measured.ts'
import { columns, NoExport, readExport } from './rows.ts'
import { fromNote, narrativeOf, noteOf, placeOf, storiesOf } from './steps.ts'
import { kindOf, resultOf } from './tables.ts'

const now = '2026-02-01T00:00:00.000Z'
const csv = readFileSync(new URL('./made-up.csv', import.meta.url), 'utf8')
const read = () => readExport(csv, now)
const stories = () => storiesOf('made-up', read().calls)
const storyOf = (id: string) => {
  const found = stories().find((story) => story.row.id === id)
  assert.ok(found)
  return found
}

test('a wall clock of the city becomes an instant in UTC', () => {
  assert.deepEqual(instantOf('2026/01/15 07:18:10 AM'), { time: '2026-01-15T15:18:10.000Z', odd: null })
  assert.deepEqual(instantOf('2026/01/16 12:00:00 AM'), { time: '2026-01-16T08:00:00.000Z', odd: null })
  assert.deepEqual(instantOf('2025/07/01 12:30:00 PM'), { time: '2025-07-01T19:30:00.000Z', odd: null })
  for (const wrong of [
    '',
    '2026-01-15 07:18:10',
    '2026/13/01 01:00:00 AM',
    '2026/02/29 01:00:00 AM',
    '2026/01/01 00:10:00 AM',
    '2026/01/01 01:60:00 PM',
  ]) {
    assert.equal(instantOf(wrong), null, wrong)
  }
})

test('the hour that comes twice is the earlier one unless that lies before the receipt; the hour left out moves on', () => {
  assert.deepEqual(instantOf('2025/11/02 01:30:00 AM'), { time: '2025-11-02T08:30:00.000Z', odd: 'fold' })
  assert.deepEqual(instantOf('2025/11/02 01:05:00 AM', '2025-11-02T08:50:00.000Z'), { time: '2025-11-02T09:05:00.000Z', odd: 'fold' })
  assert.deepEqual(instantOf('2025/11/02 01:05:00 AM', '2025-11-02T10:00:00.000Z'), { time: '2025-11-02T08:05:00.000Z', odd: 'fold' })
  assert.deepEqual(instantOf('2025/03/09 02:30:00 AM'), { time: '2025-03-09T10:30:00.000Z', odd: 'gap' })
})

test('the export is read in order of receipt, and rows that cannot be a call are refused with line and reason', () => {
  const { rows, calls, refused, odd } = read()
  assert.equal(rows, 17)
  assert.deepEqual(
    calls.map(({ line, id }) => [line, id]),
    [
      [5, '103'],
      [4, '102'],
      [2, '101'],
      [6, '104'],
      [7, '105'],
      [9, '106'],
      [19, '116'],
    ],
  )
  assert.deepEqual(refused, [
    { line: 10, reason: 'no id' },
    { line: 11, reason: 'no received_datetime' },
    { line: 12, reason: 'received_datetime is no time' },
    { line: 13, reason: 'received_datetime is in the future' },
    { line: 14, reason: 'no call type' },
    { line: 15, reason: 'close_datetime is no time' },
    { line: 16, reason: 'id came before' },
    { line: 17, reason: 'wrong number of cells' },
    { line: 18, reason: 'received_datetime is no time' },
    { line: 20, reason: 'onscene_datetime is in the future' },
  ])
  assert.deepEqual(odd, [
    { line: 5, column: 'received_datetime', odd: 'fold' },
    { line: 5, column: 'dispatch_datetime', odd: 'fold' },
    { line: 5, column: 'enroute_datetime', odd: 'fold' },
  ])
})

test('a missing column is named before anything else is looked at', () => {
  const without = columns.filter((column) => column !== 'agency' && column !== 'cad_number').join(',')
  assert.throws(() => readExport(`${without}\n`, now), new NoExport('missing columns: cad_number, agency'))
  assert.throws(() => readExport(`${columns.join(',')},id\n`, now), new NoExport('column there twice: id'))
  assert.throws(() => readExport('', now), new NoExport('the file is empty'))
  assert.throws(() => readExport(`${columns.join(',')}\n"open`, now), NoExport)
})

test('a row becomes the commands of its incident with the times of the file', () => {
  const { incident, steps, calls } = storyOf('101')
  assert.deepEqual(calls, [])
  assert.match(incident, /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/)
  assert.deepEqual(
    steps.map(({ command, time }) => [command.type, time]),
    [
      ['open', '2026-01-15T15:18:10.000Z'],
      ['assign', '2026-01-15T15:20:34.000Z'],
      ['depart', '2026-01-15T15:20:34.000Z'],
      ['arrive', '2026-01-15T15:30:00.000Z'],
      ['feedback', '2026-01-15T16:00:00.000Z'],
      ['close', '2026-01-15T16:00:00.000Z'],
    ],
  )
  const [open, assign, , , feedback] = steps.map((step) => step.command)
  assert.ok(open?.type === 'open')
  const { call, note, ...rest } = open.data
  assert.deepEqual(rest, {
    narrative: '418DV FIGHT NO WEAPON DV (first: 418 FIGHT NO WEAPON)',
    place: { kind: 'point', lon: -122.4, lat: 37.77, text: '𠮷 ST \\ <script>' },
    kind: 'domestic',
    priority: 1,
    unit: 'SF-MISSION',
  })
  assert.equal(call.channel, 'voice')
  assert.equal(
    note,
    'id: 101\ncad_number: 260150001\nagency: Police\npriority_final: A\nonview_flag: N\ndisposition: ARR\npolice_district: MISSION',
  )
  assert.deepEqual(assign, { type: 'assign', data: { handlers: ['Police'] } })
  assert.deepEqual(feedback, {
    type: 'feedback',
    data: { result: 'caseOpened', injured: 0, persons: 0, measures: ['none'], text: 'Disposition in the export: ARR' },
  })
})

test('without district the sub-bureau gets it, without place it is unknown; what is still open stays open; the officer found it: patrol', () => {
  const { steps } = storyOf('104')
  assert.deepEqual(
    steps.map((step) => step.command.type),
    ['open', 'assign', 'depart'],
  )
  const [open] = steps.map((step) => step.command)
  assert.ok(open?.type === 'open')
  assert.deepEqual(
    { unit: open.data.unit, place: open.data.place, channel: open.data.call.channel, kind: open.data.kind, priority: open.data.priority },
    { unit: 'SF-CITY', place: { kind: 'unknown' }, channel: 'patrol', kind: 'other', priority: undefined },
  )
})

test('rows with one cad_number are one incident: the first received opens it, each other is a further call', () => {
  const { row, calls, steps } = storyOf('105')
  assert.deepEqual([row.id, calls.map((call) => call.id)], ['105', ['106']])
  assert.deepEqual(
    steps.map((step) => [step.line, step.command.type]),
    [
      [7, 'open'],
      [9, 'addCall'],
      [7, 'assign'],
      [7, 'depart'],
      [7, 'arrive'],
      [7, 'feedback'],
      [7, 'close'],
    ],
  )
  assert.equal(stories().length, 6)
})

test('ids hang on the file, the row and the step: the same file gives the same, another file others, none twice', () => {
  const ids = (file: string) => storiesOf(file, read().calls).flatMap((story) => [story.incident, ...story.steps.map((step) => step.id)])
  assert.deepEqual(ids('a'), ids('a'))
  assert.equal(new Set([...ids('a'), ...ids('b')]).size, ids('a').length * 2)
})

test('codes fall back to their digits and to other; every result has one of ours', () => {
  assert.deepEqual(['418DV', '418XY', '519HR', '000', 'MED', '100A'].map(kindOf), [
    'domestic',
    'assault',
    'collision',
    'other',
    'other',
    'break-in',
  ])
  assert.deepEqual(['GOA', 'utl', 'DUP', 'FIR', 'NOM', 'REP', '??', ''].map(resultOf), [
    'notFound',
    'notFound',
    'duplicate',
    'handedOver',
    'unfounded',
    'caseOpened',
    'handled',
    'handled',
  ])
})

test('places, narratives and notes of odd fields', () => {
  const { fields } = storyOf('101').row
  assert.deepEqual(placeOf({ ...fields, intersection_point: 'POINT (-222 37)' }), { kind: 'described', text: '𠮷 ST \\ <script>' })
  assert.deepEqual(placeOf({ ...fields, intersection_point: '', intersection_name: 'Not Available' }), { kind: 'unknown' })
  assert.equal([...narrativeOf({ ...fields, call_type_final_desc: '𠮷'.repeat(3000) })].length, 2000)
  assert.equal(fromNote(noteOf({ ...fields, agency: 'A: b' })).agency, 'A: b')
})

test('nearest rank gives one of the values', () => {
  assert.equal(nearestRank([], 50), null)
  assert.equal(nearestRank([7], 90), 7)
  assert.deepEqual(
    [50, 90, 100].map((percent) => nearestRank([15, 20, 35, 40, 50], percent)),
    [35, 50, 50],
  )
  assert.equal(nearestRank([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 90), 9)
})

test('figures by agency, priority and on-view flag, from the file and from the trace alike; a changed row is named', () => {
  const file = stories().map(fromFile)
  assert.deepEqual(figuresOf(file).at(0), {
    agency: 'Municipal Transportation Agency',
    priority: 'C',
    onview: 'N',
    incidents: 1,
    assigned: { count: 1, p50: 60, p90: 60 },
    arrived: { count: 1, p50: 120, p90: 120 },
  })
  const stored = stories().map((story) => {
    const types = {
      open: 'opened',
      assign: 'assigned',
      arrive: 'arrived',
      depart: 'departed',
      feedback: 'reported',
      close: 'closed',
      addCall: 'callAdded',
    }
    const trace = story.steps.map(({ command, time }, index) => ({
      n: index + 1,
      position: index + 1,
      type: types[command.type as keyof typeof types] as 'opened',
      at: now,
      occurred: { time, source: 'imported' as const },
      by: null,
      unit: null,
      data: command.data,
    }))
    return fromTrace({ trace })
  })
  assert.deepEqual(stored, file)
  assert.deepEqual(differences(file, stored), [])
  const changed = stored.map((one) => (one.id === '101' ? { ...one, assigned: null } : one)).filter((one) => one.id !== '102')
  assert.deepEqual(
    differences(file, changed).map(({ id, stored: found }) => [id, found?.assigned]),
    [
      ['101', null],
      ['102', undefined],
    ],
  )
})
