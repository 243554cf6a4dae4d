import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Command } from '../contract.ts'
import type { SettingRows } from '../rules/waiting.ts'
import {
  beijing,
  bureau,
  city,
  duty,
  later,
  noFacts,
  opened,
  openCommand,
  patrol,
  Record,
  refused,
  station,
  sub,
  subBureau,
  system,
  unit,
} from '../testing/given.ts'

const usual = [
  { name: 'ring', after: 30_000 },
  { name: 'assign', after: 60_000 },
  { name: 'city', after: 180_000 },
  { name: 'finding', after: 1_800_000 },
] as const
type Name = (typeof usual)[number]['name']
const climb = (rung: Name, seconds: number, line = 1): Command => ({
  type: 'climb',
  data: { clock: `receipt-${line}`, rung, due: later(seconds) },
})
const said = (rung: Name, seconds: number, more: object = {}) => ({
  type: 'climbed',
  data: { clock: 'receipt-1', line: 1, unit: station, rung, due: later(seconds), late: false, rings: true, ...more },
})

test('a silent station climbs from rung to rung, and stays as a finding', () => {
  const record = opened()
  assert.deepEqual(record.row.climb?.clock?.points, usual)
  for (const [rung, seconds] of [
    ['ring', 30],
    ['assign', 60],
    ['city', 180],
  ] as const) {
    assert.deepEqual(record.do(climb(rung, seconds), { who: system, at: later(seconds) }), [said(rung, seconds)])
    assert.deepEqual(record.row.climb?.rung, { name: rung, at: later(seconds), rings: true })
  }
  assert.deepEqual(record.do(climb('finding', 1800), { who: system, at: later(1800) }), [
    said('finding', 1800, { rings: false }),
    { type: 'found', data: { rule: 'never-signed', detail: station } },
  ])
  assert.deepEqual([record.row.findings, record.row.climb?.clock], [1, null])
  refused('not-climbing', () => record.do(climb('finding', 1800), { who: system, at: later(1801) }))
})

test('a rung comes at its moment, once, in its order; one that was slept through says so, and rings only while it is worth it', () => {
  const record = opened()
  refused('not-climbing', () => record.do(climb('ring', 30), { who: system, at: later(29) }))
  refused('not-climbing', () => record.do(climb('assign', 60), { who: system, at: later(61) }))
  refused('not-climbing', () => record.do(climb('ring', 30, 2), { who: system, at: later(61) }))
  assert.deepEqual(record.do(climb('ring', 30), { who: system, at: later(35) }), [said('ring', 30)])
  refused('not-climbing', () => record.do(climb('ring', 30), { who: system, at: later(36) }))
  assert.deepEqual(record.do(climb('assign', 60), { who: system, at: later(65.001) }), [said('assign', 60, { late: true })])
  assert.deepEqual(record.do(climb('city', 180), { who: system, at: later(780.001) }), [said('city', 180, { late: true, rings: false })])
})

test('the ladder ends with the receipt of its line, with anybody sent or moving, and with the incident; another’s receipt changes nothing', () => {
  const ends: [string, (record: Record) => unknown][] = [
    ['sign', (record) => record.do({ type: 'sign', data: {} }, { who: duty, at: later(40) })],
    ['assign', (record) => record.do({ type: 'assign', data: { handlers: ['王某'] } }, { who: sub, at: later(40) })],
    ['depart', (record) => record.do({ type: 'depart', data: {} }, { who: patrol, at: later(40) })],
    ['cancel', (record) => record.do({ type: 'cancel', data: { reason: '-' } }, { at: later(40) })],
  ]
  for (const [name, end] of ends) {
    const record = opened()
    record.do(climb('ring', 30), { who: system, at: later(30) })
    end(record)
    assert.equal(record.row.climb, undefined, name)
  }
  const record = opened()
  record.do({ type: 'sign', data: {} }, { who: sub, at: later(10) })
  assert.equal(record.row.climb?.line, 1)
})

test('a transfer begins a new ladder for the new station; a sub-bureau is waited for only while there is no station', () => {
  const record = opened()
  record.do(climb('ring', 30), { who: system, at: later(30) })
  const facts = { ...noFacts, named: unit('110105002', 'station', subBureau) }
  record.do({ type: 'transfer', data: { station: '110105002', reason: '-' } }, { who: city, facts, at: later(50) })
  assert.deepEqual(
    [record.row.climb?.line, record.row.climb?.clock?.unit, record.row.climb?.clock?.started, record.row.climb?.rung],
    [3, '110105002', later(50), null],
  )
  const without = opened({ facts: { ...beijing, byBoundary: { station: null, subBureau, covered: true } } })
  assert.deepEqual([without.row.climb?.line, without.row.climb?.clock?.unit], [1, subBureau])
  without.do({ type: 'route', data: {} }, { who: system, facts: beijing, at: later(5) })
  assert.deepEqual([without.row.climb?.line, without.row.climb?.clock?.unit], [2, station])
})

test('what was imported never climbs, nor what was sent before there was a ladder', () => {
  const imported = opened({ occurred: { time: later(-60), source: 'imported' } })
  assert.equal(imported.row.climb, undefined)
  refused('not-climbing', () => imported.do(climb('ring', 30), { who: system, at: later(31) }))
})

test('a time given by hand does not make a ladder begin earlier', () => {
  const record = opened({ occurred: { time: later(-600), source: 'typed' } })
  assert.equal(record.row.climb?.clock?.since, later(0))
})

test('a force sets the rungs by unit and priority; the nearest unit upward counts', () => {
  const row = (at: string, value: number) => ({ unit: at, value, from: later(-9), by: '-', reason: '-', at: later(-9) })
  const rungs: SettingRows = {
    ringSeconds1: [row(bureau, 20), row(subBureau, 10)],
    ringSeconds2: [row(bureau, 99)],
    findingMinutes: [row('110108', 5)],
  }
  const record = new Record()
  record.do(openCommand(), { facts: { ...beijing, rungs } })
  assert.deepEqual(record.row.climb?.clock?.points, [{ name: 'ring', after: 10_000 }, ...usual.slice(1)])
})
