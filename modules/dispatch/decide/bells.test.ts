import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Command } from '../contract.ts'
import { bureau, duty, incident, later, noFacts, opened, person, Record, refused, station, subBureau, system } from '../testing/given.ts'
import { settling } from './bells.ts'
import type { Facts } from './commands.ts'

const who = person('systemAdministrator', bureau)
const stream = 'bell:duty-room'
const path = [bureau, subBureau]
const underUnit = { code: subBureau, path, closed: false }
const at = { unit: subBureau, channel: 'webhook', target: 'https://bells.example/a?b=c' } as const
const set = (more: object = {}): Command => ({ type: 'setBell', data: { ...at, ...more } })
const ask = (more: object = {}): { who: typeof who; facts: Facts } => ({ who, facts: { ...noFacts, underUnit: { ...underUnit, ...more } } })
const retire: Command = { type: 'retireBell', data: { reason: '搬迁' } }

const usual = ['assign', 'drill', 'lateArrival', 'lateAssignment', 'lateDeparture', 'lateFeedback']

test('a bell is set for an assignment asked for, what is late and drills, changed, retired and brought back', () => {
  const record = new Record()
  const bell = { ...at, path, rungs: usual }
  assert.deepEqual(record.do(set(), ask(), stream), [{ type: 'bellSet', data: bell }])
  refused('bell-unchanged', () => record.do(set({ rungs: [...usual, 'assign'] }), ask(), stream))
  assert.deepEqual(record.do(set({ rungs: ['ring', 'city'] }), ask(), stream), [
    { type: 'bellSet', data: { ...bell, rungs: ['city', 'ring'] } },
  ])
  assert.deepEqual(record.do(retire, ask(), stream), [{ type: 'bellRetired', data: { reason: '搬迁' } }])
  refused('bell-retired', () => record.do(retire, ask(), stream))
  assert.deepEqual(record.do(set(), ask(), stream), [{ type: 'bellSet', data: bell }])
})

test('only under an open unit of one’s own, on a stream of its own', () => {
  const record = new Record()
  refused('unit-unknown', () => record.do(set(), { who, facts: noFacts }, stream))
  refused('unit-unknown', () => record.do(set(), ask({ closed: true }), stream))
  refused('foreign-unit', () => record.do(set(), { ...ask(), who: person('systemAdministrator', '120000') }, stream))
  refused('not-a-bell', () => record.do(set(), ask(), 'place:x'))
  refused('not-a-bell', () => opened().do(retire, ask(), incident))
  record.do(set(), ask(), stream)
  refused('not-an-incident', () => record.do({ type: 'sign', data: {} }, {}, stream))
})

test('an address is http or https, without a log-in, a fragment or a space', () => {
  const record = new Record()
  const wrong = [
    'ftp://a.example/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'a.example',
    'https://u:p@a.example/',
    'https://@a.example/',
    'https://a.example/#x',
    'https://a.example/ b',
    'https://',
    'http://[::1',
    'https://a.example/\n',
  ]
  for (const target of wrong) refused('not-an-address', () => record.do(set({ target }), ask(), stream))
  for (const target of ['http://10.0.0.7:8080/bell', 'http://[::1]/', 'https://值班室.example/响铃'])
    assert.equal(record.do(set({ target }), ask(), stream).length, 1)
})

test('a queue is one name and never an option', () => {
  const record = new Record()
  for (const target of ['-oraw', '', 'a b', 'a;b', '$(x)', 'a/b', 'a#b', '../x', '值班室', `a${'b'.repeat(127)}`])
    refused('not-a-queue', () => record.do(set({ channel: 'printer', target }), ask(), stream))
  assert.deepEqual(record.do(set({ channel: 'printer', target: 'Duty_Room-1.a' }), ask(), stream), [
    { type: 'bellSet', data: { ...at, channel: 'printer', target: 'Duty_Room-1.a', path, rungs: usual } },
  ])
})

const climb: Command = { type: 'climb', data: { clock: 'receipt-1', rung: 'ring', due: later(30) } }
const came = { target: 'https://bells.example/', outcome: 'rung', delivered: true, tries: 2, error: 'status 500' } as const

test('a rung rings its bells, each once, and the outcome ends it', () => {
  const record = opened()
  const [climbed] = record.do(climb, { who: system, at: later(30), facts: { ...noFacts, bells: ['a', 'b'] } })
  assert.deepEqual(climbed?.type === 'climbed' && climbed.data.bells, ['a', 'b'])
  const waiting = () => {
    const state = record.streams.get(incident)
    assert.equal(state?.kind, 'incident')
    return state.effects
  }
  const n = record.row.n
  const data = { number: record.row.number, unit: station, line: 1, rung: 'ring', due: later(30) }
  const [a, b] = [
    { id: `a-${n}`, n, target: 'a', data },
    { id: `b-${n}`, n, target: 'b', data },
  ]
  assert.deepEqual(waiting(), [a, b])
  const settle = settling(b, { outcome: 'rung', address: came.target, delivered: true, tries: 2, error: 'status 500' })
  assert.deepEqual(settle, { type: 'recordBell', data: { effect: b.id, ...came } })
  assert.deepEqual(record.do(settle, { who: system, at: later(31) }), [
    { type: 'belled', data: { effect: b.id, bell: 'b', rung: 'ring', due: later(30), ...came } },
  ])
  assert.deepEqual(waiting(), [a])
  refused('not-ringing', () => record.do(settle, { who: system, at: later(32) }))
  record.do({ type: 'cancel', data: { reason: '-' } }, { at: later(40) })
  assert.deepEqual(waiting(), [a])
  record.do(settling(a, { outcome: 'withdrawn', address: '-', delivered: false, tries: 0, error: null }), { who: system, at: later(50) })
  assert.equal(waiting(), undefined)
  assert.throws(() => settling(a, { outcome: 'other', address: '-', delivered: false, tries: 0, error: null }), /no outcome of a bell/)
})

test('what is late rings its bells in its own name, until the outcome', () => {
  const record = opened()
  record.do({ type: 'sign', data: {} }, { who: duty, at: later(10) })
  const due = record.row.waits?.[0]?.clock?.points[0]
  assert.ok(due)
  const at = later(10 + due.after / 1000)
  const late: Command = { type: 'lapse', data: { clock: 'assignment', point: 'late', due: at } }
  const [lapsed] = record.do(late, { who: system, at, facts: { ...noFacts, bells: ['a'] } })
  assert.deepEqual(lapsed?.type === 'lapsed' && lapsed.data.bells, ['a'])
  const state = record.streams.get(incident)
  assert.equal(state?.kind, 'incident')
  const { n, number } = record.row
  const [effect] = state.effects ?? []
  assert.ok(effect)
  assert.deepEqual(effect, { id: `a-${n}`, n, target: 'a', data: { number, unit: station, rung: 'lateAssignment', due: at } })
  const settle = settling(effect, { outcome: 'rung', address: came.target, delivered: true, tries: 2, error: 'status 500' })
  assert.deepEqual(record.do(settle, { who: system, at: later(400) }), [
    { type: 'belled', data: { effect: effect.id, bell: 'a', rung: 'lateAssignment', due: at, ...came } },
  ])
})
