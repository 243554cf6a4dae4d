import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Command, Event } from '../contract.ts'
import type { AtHand, DeskFacts } from '../contract/shift.ts'
import { equipment } from '../rules/shift.ts'
import {
  beijing,
  bureau,
  duty,
  later,
  noFacts,
  openCommand,
  Record,
  refused,
  start,
  station,
  sub,
  subBureau,
  system,
} from '../testing/given.ts'
import type { State } from './state.ts'

const stream = 'shift:44444444-4444-4444-8444-444444444444'
const nextId = '55555555-5555-4555-8555-555555555555'
const next = `shift:${nextId}`
const path = [bureau, subBureau, station]
const at = (account: string) => ({ by: { account, name: account, unit: station, grants: duty.as }, as: duty.as })
const [wang, li, zhao] = [at('王某'), at('李某'), at('赵某')]
const said = (account: string) => ({ account, name: account })
const hand: AtHand = {
  open: 2,
  incidents: [{ id: 'i', number: '26-1122-00001', kind: 'theft', priority: 2, phase: 'open' }],
  clocks: [{ incident: 'i', rule: 'receipt', point: 'ring', due: later(30) }],
}
const facts = (desk: DeskFacts) => ({ ...noFacts, desk })
const ofStation = facts({ unit: { code: station, kind: 'station', path, closed: false } })
const list = equipment.map((item) => ({ item, ok: true }))

const starting: Command = { type: 'startShift', data: { unit: station } }
const joining: Command = { type: 'joinShift', data: {} }
const leaving: Command = { type: 'leaveShift', data: {} }
const ending: Command = { type: 'endShift', data: { reason: '停电' } }
const handing = (to: string, more: object = {}): Command => ({ type: 'handOver', data: { to, equipment: list, ...more } })
const taking = (offer: number, id = nextId): Command => ({ type: 'takeOver', data: { offer, next: id } })
const silence = (since: number, seconds = 60): Command => ({ type: 'noteSilence', data: { since: later(since), seconds } })
const back = (heard: number): Command => ({ type: 'noteBack', data: { heard: later(heard) } })

const begun = (): Record => {
  const record = new Record()
  record.do(starting, { who: wang, facts: ofStation }, stream)
  return record
}
const rowOf = (record: Record, id = stream) => {
  const state: State | undefined = record.streams.get(id)
  assert.equal(state?.kind, 'shift')
  return state.row
}
const offered = (to = '李某'): Record => {
  const record = begun()
  record.do(handing(to, { note: '东门有积水' }), { who: wang, facts: facts({ to: said(to), hand }) }, stream)
  return record
}

test('a shift starts at the desk of one’s own unit, others join it and leave it, the last one does not', () => {
  const record = new Record()
  const first: Event[] = [{ type: 'shiftStarted', data: { unit: station, path, people: [said('王某')], after: null } }]
  assert.deepEqual(record.do(starting, { who: wang, facts: ofStation }, stream), first)
  assert.deepEqual(record.do(joining, { who: li, at: later(5) }, stream), [{ type: 'shiftJoined', data: said('李某') }])
  refused('on-shift-already', () => record.do(joining, { who: li }, stream))
  assert.deepEqual(rowOf(record).people, [
    { ...said('王某'), since: start },
    { ...said('李某'), since: later(5) },
  ])
  assert.deepEqual(record.do(leaving, { who: wang }, stream), [{ type: 'shiftLeft', data: said('王某') }])
  refused('not-on-shift', () => record.do(leaving, { who: wang }, stream))
  refused('last-on-shift', () => record.do(leaving, { who: li }, stream))
})

test('no shift on a stream of something else, on one that stands, at a foreign or closed unit, or where there is no desk', () => {
  refused('not-a-shift', () => new Record().do(starting, { who: wang, facts: ofStation }))
  refused('not-a-shift', () => new Record().do(joining, { who: wang }, stream))
  refused('shift-exists', () => begun().do(starting, { who: wang, facts: ofStation }, stream))
  refused('foreign-unit', () => new Record().do(starting, { who: sub, facts: ofStation }, stream))
  refused('unit-unknown', () => new Record().do(starting, { who: wang, facts: facts({ unit: null }) }, stream))
  const closed = facts({ unit: { code: station, kind: 'station', path, closed: true } })
  refused('unit-unknown', () => new Record().do(starting, { who: wang, facts: closed }, stream))
  const squad = facts({ unit: { code: station, kind: 'squad', path, closed: false } })
  refused('no-desk', () => new Record().do(starting, { who: wang, facts: squad }, stream))
  assert.throws(() => begun().do(joining, { who: system }, stream), /a person’s/)
  refused('not-an-incident', () => begun().do({ type: 'sign', data: {} }, { who: wang }, stream))
  refused('not-an-incident', () => new Record().do(openCommand(), { facts: beijing }, stream))
})

test('a hand-over says what is open and how the equipment is, and passes nothing on by itself', () => {
  const record = begun()
  refused('not-on-shift', () => record.do(handing('王某'), { who: li, facts: facts({ to: said('王某') }) }, stream))
  refused('not-to-oneself', () => record.do(handing('王某'), { who: wang, facts: facts({ to: said('王某') }) }, stream))
  const give = (more: object, to: DeskFacts['to'] = said('李某')) =>
    record.do(handing('李某', more), { who: wang, facts: facts({ to, hand }), at: later(9) }, stream)
  refused('not-of-this-desk', () => give({}, null))
  refused('equipment-unchecked', () => give({ equipment: list.slice(1) }))
  refused('equipment-unchecked', () => give({ equipment: [...list.slice(1), list[1]] }))
  const faulty = [{ item: 'phones', ok: false }, ...list.slice(1)]
  refused('fault-needs-note', () => give({ equipment: faulty }))
  const told = [{ item: 'phones', ok: false, note: '二号话机无声' }, ...list.slice(1)]
  const offer = { from: said('王某'), to: said('李某'), ...hand, equipment: told, note: '东门有积水' }
  assert.deepEqual(give({ equipment: told, note: '东门有积水' }), [{ type: 'handOverOffered', data: offer }])
  assert.deepEqual(rowOf(record).offer, { ...offer, n: 2, at: later(9) })
  assert.deepEqual(rowOf(record).people, [{ ...said('王某'), since: start }])
})

test('only the one to whom it is offered takes over, what he has read, and then the next shift has begun with whoever stays', () => {
  refused('nothing-offered', () => begun().do(taking(2), { who: li }, stream))
  const record = offered()
  record.do(joining, { who: zhao }, stream)
  refused('not-offered-to-you', () => record.do(taking(2), { who: zhao }, stream))
  refused('not-offered-to-you', () => record.do(taking(2), { who: wang }, stream))
  refused('offer-changed', () => record.do(taking(1), { who: li }, stream))
  refused('shift-exists', () => record.do(taking(2, stream.slice('shift:'.length)), { who: li }, stream))
  const now: AtHand = { ...hand, open: 3 }
  assert.deepEqual(record.do(taking(2), { who: li, facts: facts({ hand: now }), at: later(60) }, stream), [
    { type: 'shiftTakenOver', data: { next, from: said('王某'), to: said('李某'), ...now } },
    { type: 'shiftStarted', stream: next, data: { unit: station, path, people: [said('李某'), said('赵某')], after: stream } },
  ])
  assert.deepEqual(rowOf(record).ended, { at: later(60), by: '李某', reason: null, next })
  assert.deepEqual([rowOf(record, next).since, rowOf(record, next).after, rowOf(record, next).ended], [later(60), stream, null])
  refused('shift-over', () => record.do(taking(2), { who: li }, stream))
  const again = offered()
  again.streams.set(next, record.streams.get(next) as State)
  refused('shift-exists', () => again.do(taking(2), { who: li }, stream))
})

test('an offer goes with the one who made it; a new one takes its place', () => {
  const record = offered()
  record.do(joining, { who: li }, stream)
  record.do(handing('赵某'), { who: wang, facts: facts({ to: said('赵某'), hand }) }, stream)
  refused('not-offered-to-you', () => record.do(taking(4), { who: li }, stream))
  record.do(leaving, { who: wang }, stream)
  refused('nothing-offered', () => record.do(taking(4), { who: zhao }, stream))
})

test('a shift that nobody takes over ends with its reason, and nothing more happens on it', () => {
  const record = offered()
  assert.deepEqual(record.do(ending, { who: li, at: later(9) }, stream), [{ type: 'shiftEnded', data: { unit: station, reason: '停电' } }])
  assert.deepEqual(rowOf(record).ended, { at: later(9), by: '李某', reason: '停电', next: null })
  for (const command of [joining, leaving, handing('李某'), taking(2), ending, silence(0), back(5)])
    refused('shift-over', () => record.do(command, { who: wang }, stream))
})

test('silence is noted once it has lasted, once, and ends when the desk is heard after it', () => {
  const record = begun()
  refused('desk-not-silent', () => record.do(silence(0), { who: system, at: later(59.999) }, stream))
  refused('desk-not-silent', () => record.do(silence(-1), { who: system, at: later(99) }, stream))
  refused('desk-not-back', () => record.do(back(5), { who: system }, stream))
  const silent: Event = { type: 'deskSilent', data: { unit: station, since: start, seconds: 60 } }
  assert.deepEqual(record.do(silence(0), { who: system, at: later(60) }, stream), [silent])
  refused('desk-silent-already', () => record.do(silence(0), { who: system, at: later(61) }, stream))
  assert.deepEqual(rowOf(record).silent, { since: start, at: later(60) })
  refused('desk-not-back', () => record.do(back(0), { who: system }, stream))
  const heard: Event = { type: 'deskBack', data: { unit: station, since: start, heard: later(70) } }
  assert.deepEqual(record.do(back(70), { who: system, at: later(71) }, stream), [heard])
  record.do(silence(70), { who: system, at: later(130) }, stream)
  assert.deepEqual([rowOf(record).silences, rowOf(record).silent?.since], [2, later(70)])
})
