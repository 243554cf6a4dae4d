import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Command } from '../contract.ts'
import type { DrillUnit } from '../contract/drill.ts'
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
  station,
  sub,
  subBureau,
  system,
} from '../testing/given.ts'
import { settling } from './bells.ts'
import type { Drill, DrillFacts } from './drill.ts'

const stream = 'drill:44444444-4444-4444-8444-444444444444'
const second = '110105002'
const account = '55555555-5555-4555-8555-555555555555'
const named = { code: bureau, kind: 'bureau', bureau, path: [bureau], closed: false }
const ofSub = { ...named, code: subBureau, kind: 'subBureau', path: [bureau, subBureau] }
/** A squad receives no incidents. */
const below: DrillFacts['below'] = [
  { code: subBureau, kind: 'subBureau', parent: bureau },
  { code: station, kind: 'station', parent: subBureau },
  { code: second, kind: 'station', parent: subBureau },
  { code: '110105901', kind: 'squad', parent: subBureau },
]
const facts = (unit: DrillFacts['unit'], units = below, bells: DrillFacts['bells'] = []) => ({
  ...noFacts,
  drill: { unit, below: units, bells },
})
const whole = facts(named)
const targets = [
  { unit: subBureau, level: 'subBureau', subBureau },
  { unit: station, level: 'station', subBureau },
  { unit: second, level: 'station', subBureau },
]
const plan = (more: object = {}): Command => ({ type: 'planDrill', data: { unit: bureau, limitSeconds: 60, reason: '夜间抽查', ...more } })
const pass = (clock: 'drillStart' | 'drillLimit', seconds: number): Command => ({ type: 'passDrill', data: { clock, due: later(seconds) } })
const sign = (unit = station): Command => ({ type: 'signDrill', data: { unit } })
const cancel: Command = { type: 'cancelDrill', data: { reason: '改期' } }
const receipt = (unit: string, seconds: number, name = 'stationDuty') =>
  ({ unit, channel: 'screen', account, name, time: later(seconds) }) as const
const deliver = (...receipts: ReturnType<typeof receipt>[]): Command => ({ type: 'deliverDrill', data: { receipts } })

const made = (command: Command, ask: Ask = {}): Record => {
  const record = new Record()
  record.do(command, { who: city, facts: whole, ...ask }, stream)
  return record
}
const running = () => made(plan())
const later1h = () => made(plan({ at: later(3600) }))
const drillOf = (record: Record): Drill => {
  const state = record.streams.get(stream)
  assert.equal(state?.kind, 'drill')
  return state
}
const own = (record: Record, unit: string): DrillUnit | undefined => drillOf(record).units.find((one) => one.unit === unit)

test('a drill that is to be now starts with the units that there are, and its clock runs to the limit', () => {
  const record = new Record()
  const planned = { unit: bureau, path: [bureau], bureau, start: later(0), limitSeconds: 60, reason: '夜间抽查' }
  assert.deepEqual(record.do(plan(), { who: city, facts: whole }, stream), [
    { type: 'drillPlanned', data: planned },
    { type: 'drillStarted', data: { due: later(0), late: false, until: later(60), units: targets } },
  ])
  const { row, clock, units } = drillOf(record)
  assert.deepEqual(
    [row.phase, row.until, row.started, clock?.points],
    ['running', later(60), { at: later(0), late: false }, [{ name: 'drillLimit', after: 60_000 }]],
  )
  assert.deepEqual(
    units,
    targets.map((target) => ({ ...target, delivered: [], signed: null })),
  )
})

test('one for later waits on a clock, knows its units when it starts, and says when it comes late', () => {
  const record = later1h()
  assert.deepEqual(drillOf(record).units, [])
  refused('drill-not-due', () => record.do(pass('drillStart', 3600), { who: system, facts: whole, at: later(3599) }, stream))
  refused('drill-not-due', () => record.do(pass('drillLimit', 3600), { who: system, facts: whole, at: later(3600) }, stream))
  refused('drill-not-due', () => record.do(pass('drillStart', 3500), { who: system, facts: whole, at: later(3600) }, stream))
  const one = facts(named, below.slice(1, 2))
  assert.deepEqual(record.do(pass('drillStart', 3600), { who: system, facts: one, at: later(3605.001) }, stream), [
    { type: 'drillStarted', data: { due: later(3600), late: true, until: later(3665.001), units: [targets[1]] } },
  ])
  refused('drill-not-due', () => record.do(pass('drillStart', 3600), { who: system, facts: one, at: later(3606) }, stream))
  assert.deepEqual(record.do(pass('drillLimit', 3665.001), { who: system, at: later(3666) }, stream), [
    { type: 'drillEnded', data: { due: later(3665.001), late: false } },
  ])
  assert.deepEqual([drillOf(record).row.phase, drillOf(record).clock], ['ended', null])
})

test('what is older than the bound, or has nobody to ring, is missed and rings nobody', () => {
  for (const [ask, why] of [
    [{ facts: whole, at: later(4200.001) }, 'late'],
    [{ facts: facts(named, []), at: later(3600) }, 'nobody'],
  ] as const) {
    const record = later1h()
    assert.deepEqual(record.do(pass('drillStart', 3600), { who: system, ...ask }, stream), [
      { type: 'drillMissed', data: { due: later(3600), why } },
    ])
    assert.deepEqual([drillOf(record).row.phase, drillOf(record).row.missed, drillOf(record).clock], ['missed', why, null])
    refused('drill-over', () => record.do(sign(), { who: duty, at: later(3601) }, stream))
    refused('drill-over', () => record.do(cancel, { who: city, at: later(3601) }, stream))
  }
  const edge = later1h()
  assert.equal(edge.do(pass('drillStart', 3600), { who: system, facts: whole, at: later(4200) }, stream)[0]?.type, 'drillStarted')
})

test('who may plan what: an own unit that leads others, for a moment that is to come and not a year away', () => {
  refused('not-a-drill', () => new Record().do(plan(), { who: city, facts: whole }, 'kind:noise'))
  refused('drill-exists', () => running().do(plan(), { who: city, facts: whole }, stream))
  const planned = (more: object, ask: Ask) => () => made(plan(more), ask)
  refused('unit-unknown', planned({}, { facts: facts(null) }))
  refused('unit-unknown', planned({}, { facts: noFacts }))
  refused('unit-unknown', planned({}, { facts: facts({ ...named, closed: true }) }))
  refused('foreign-unit', planned({}, { who: sub }))
  refused('foreign-unit', planned({ unit: subBureau }, { who: person('subBureauDuty', '110106'), facts: facts(ofSub) }))
  refused('drill-unit-kind', planned({ unit: station }, { facts: facts({ ...ofSub, code: station, kind: 'station' }) }))
  refused('drill-past', planned({ at: later(0) }, {}))
  refused('drill-far', planned({ at: later(92 * 86_400 + 1) }, {}))
  refused('drill-nobody', planned({}, { facts: facts(named, below.slice(3)) }))
  const { row } = drillOf(made(plan({ unit: subBureau, at: '2026-11-22T15:00:00+08:00' }), { who: sub, facts: facts(ofSub, []) }))
  assert.deepEqual([row.unit, row.start, row.phase], [subBureau, '2026-11-22T07:00:00.000Z', 'planned'])
})

test('a receipt is within the limit or late by when the server has it, and each unit gives one', () => {
  const record = running()
  refused('drill-not-addressed', () => record.do(sign('110106001'), { who: duty, at: later(1) }, stream))
  refused('drill-not-addressed', () => record.do(sign(second), { who: duty, at: later(1) }, stream))
  const typed = { time: later(1), source: 'typed' } as const
  assert.deepEqual(record.do(sign(), { who: duty, at: later(60) }, stream), [
    { type: 'drillSigned', data: { unit: station, channel: 'screen', late: false } },
  ])
  assert.deepEqual(record.do(sign(subBureau), { who: sub, at: later(60.001), occurred: typed }, stream), [
    { type: 'drillSigned', data: { unit: subBureau, channel: 'screen', late: true } },
  ])
  refused('signed-already', () => record.do(sign(), { who: duty, at: later(61) }, stream))
  record.do(pass('drillLimit', 60), { who: system, at: later(70) }, stream)
  const other = person('stationDuty', second)
  assert.deepEqual(record.do(sign(second), { who: other, at: later(90) }, stream), [
    { type: 'drillSigned', data: { unit: second, channel: 'screen', late: true } },
  ])
  assert.deepEqual(own(record, station)?.signed, { at: later(60), by: 'stationDuty', channel: 'screen', late: false })
  assert.deepEqual(own(record, subBureau)?.signed, { at: later(60.001), by: 'subBureauDuty', channel: 'screen', late: true })
})

test('nothing can be signed before it starts or after it was called off', () => {
  const record = later1h()
  refused('drill-not-running', () => record.do(sign(), { who: duty }, stream))
  assert.deepEqual(record.do(cancel, { who: city, at: later(9) }, stream), [{ type: 'drillCancelled', data: { reason: '改期' } }])
  assert.deepEqual([drillOf(record).clock, drillOf(record).row.cancelled], [null, { at: later(9), by: 'citySupervisor', reason: '改期' }])
  refused('drill-over', () => record.do(sign(), { who: duty }, stream))
  refused('drill-over', () => record.do(cancel, { who: city }, stream))
  refused('drill-not-due', () => record.do(pass('drillStart', 3600), { who: system, facts: whole, at: later(3600) }, stream))
  const during = running()
  refused('drill-foreign', () => during.do(cancel, { who: sub }, stream))
  during.do(cancel, { who: city, at: later(5) }, stream)
  refused('nothing-new', () => during.do(deliver(receipt(station, 6)), { who: system }, stream))
})

test('screens of many units answer in one event, each unit once by each channel, whoever was first', () => {
  const record = running()
  const first = [receipt(station, 1), receipt(subBureau, 2)]
  const foreign = receipt('110106001', 1)
  assert.deepEqual(record.do(deliver(...first, receipt(station, 3, 'second screen'), foreign), { who: system }, stream), [
    { type: 'drillDelivered', data: { receipts: first } },
  ])
  assert.deepEqual(own(record, station)?.delivered, [{ at: later(1), by: 'stationDuty', channel: 'screen' }])
  assert.deepEqual(own(record, second)?.delivered, [])
  refused('nothing-new', () => record.do(deliver(...first, foreign), { who: system }, stream))
  refused('nothing-new', () => new Record().do(deliver(...first), { who: system }, stream))
  refused('nothing-new', () => later1h().do(deliver(...first), { who: system }, stream))
  record.do(pass('drillLimit', 60), { who: system, at: later(60) }, stream)
  assert.equal(record.do(deliver(receipt(second, 61)), { who: system }, stream).length, 1)
})

test('an incident is no drill, and a drill is no incident', () => {
  const record = opened()
  for (const command of [sign(), cancel, pass('drillStart', 0)]) refused('not-a-drill', () => record.do(command, { who: city }))
  refused('not-an-incident', () => running().do({ type: 'sign', data: {} }, { who: duty }, stream))
  refused('not-an-incident', () => running().do({ type: 'note', data: { text: '-' } }, { who: city }, stream))
})

const siren = { bell: 'siren', unit: station, channel: 'webhook' } as const
const slips = { bell: 'slips', unit: station, channel: 'printer' } as const
const ofSquad = { bell: 'squad', unit: '110105901', channel: 'webhook' } as const
const came = { outcome: 'rung', address: 'https://bells.example/', delivered: true, tries: 1, error: null } as const
const effectsOf = (record: Record) => drillOf(record).effects

test('a drill rings the bells of those who take part, behind what these ring for in earnest; each says once what came of it', () => {
  const record = made(plan(), { facts: facts(named, below, [ofSquad, siren, slips]) })
  const n = 2
  const lane = (bell: typeof siren | typeof slips) => ({
    id: `${bell.bell}-${n}`,
    n,
    target: `${bell.bell}/drill`,
    behind: bell.bell,
    data: bell,
  })
  assert.deepEqual(effectsOf(record), [lane(siren), lane(slips)])
  assert.deepEqual([own(record, station)?.bells, own(record, second)?.bells], [['webhook', 'printer'], undefined])
  const settle = settling(lane(siren), came)
  const { outcome, address: target, delivered, tries, error } = came
  const said = { effect: 'siren-2', target, outcome, delivered, tries, error }
  assert.deepEqual(record.do(settle, { who: system, at: later(2) }, stream), [{ type: 'drillBelled', data: { ...said, ...siren } }])
  refused('not-ringing', () => record.do(settle, { who: system, at: later(3) }, stream))
  record.do(settling(lane(slips), { ...came, outcome: 'expired', delivered: false }), { who: system, at: later(70) }, stream)
  assert.equal(effectsOf(record), undefined)
  assert.deepEqual(own(record, station)?.delivered, [{ at: later(2), by: 'siren', channel: 'webhook' }])
  refused('not-an-incident', () => record.do(settle, { who: system }, 'bell:none'))
})

test('a planned drill rings the bells that there are when it starts; calling it off leaves what waits to be told so', () => {
  const record = later1h()
  assert.equal(effectsOf(record), undefined)
  record.do(pass('drillStart', 3600), { who: system, at: later(3600), facts: facts(named, below, [siren]) }, stream)
  assert.deepEqual(
    effectsOf(record)?.map(({ target }) => target),
    ['siren/drill'],
  )
  record.do(cancel, { who: city, at: later(3610) }, stream)
  assert.equal(effectsOf(record)?.length, 1)
})

test('two bells of one channel mark a unit once', () => {
  const twin = { ...siren, bell: 'twin' }
  const record = made(plan(), { facts: facts(named, below, [siren, twin]) })
  const [first, last] = effectsOf(record) ?? []
  assert.ok(first && last)
  record.do(settling(last, came), { who: system, at: later(4) }, stream)
  record.do(settling(first, came), { who: system, at: later(5) }, stream)
  assert.deepEqual(own(record, station)?.delivered, [{ at: later(4), by: 'twin', channel: 'webhook' }])
})
