import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Command } from '../contract.ts'
import { dayOf } from '#kernel/day.ts'
import { kindOn } from '../rules/kinds.ts'
import { beijing, bureau, incident, kindNow, openCommand, opened, person, Record, refused, start } from '../testing/given.ts'

const who = person('securityAdministrator', bureau)
const today = dayOf(start)
const [stream, code] = ['kind:drone-race', 'drone-race']
const names = { 'zh-CN': '无人机竞速', en: 'Drone race', 'zh-TW': '無人機競速' }
const rest = {
  group: 'order',
  priority: 2,
  response: { units: 2, marks: ['armed'] },
  questions: [{ code: 'injured', ask: 'yesNo' }],
  words: ['竞速'],
  reason: '赛事将至',
} as const
const set = (more: object = {}): Command => ({
  type: 'setKind',
  data: { from: today, ...structuredClone(rest), names, seen: 0, ...more } as never,
})
const retire = (more: object = {}): Command => ({ type: 'retireKind', data: { from: today, reason: '赛事已过', seen: 0, ...more } })
const made = () => {
  const record = new Record()
  record.do(set(), { who }, stream)
  return record
}
const changesOf = (record: Record) => {
  const state = record.streams.get(stream)
  assert.equal(state?.kind, 'taxon')
  return state.changes
}

test('a type is added, changed from a day on, retired and brought back; an earlier row stays as it was', () => {
  const record = new Record()
  assert.deepEqual(record.do(set(), { who }, stream), [{ type: 'kindSet', data: { from: today, ...rest, names } }])
  const { names: _names, ...later } = { ...rest, names, from: '2026-12-24', priority: 1 }
  assert.deepEqual(record.do(set({ from: later.from, priority: 1, names: undefined, seen: 1 }), { who }, stream), [
    { type: 'kindSet', data: { ...later, names } },
  ])
  record.do(retire({ from: '2027-01-01', seen: 2 }), { who }, stream)
  record.do(set({ from: '2027-05-01', seen: 3 }), { who }, stream)
  const on = (day: string) => {
    const { priority, retired, next } = kindOn(code, changesOf(record), day) ?? {}
    return [priority, retired, next]
  }
  assert.deepEqual(['2026-11-21', today, '2026-12-23', '2026-12-24', '2027-01-01', '2027-05-01'].map(on), [
    [undefined, undefined, undefined],
    [2, false, '2026-12-24'],
    [2, false, '2026-12-24'],
    [1, false, '2027-01-01'],
    [1, true, '2027-05-01'],
    [2, false, null],
  ])
})

test('of two changes for one day the later recorded holds, and both are kept', () => {
  const record = made()
  record.do(set({ priority: 3, seen: 1 }), { who }, stream)
  assert.equal(kindOn(code, changesOf(record), today)?.priority, 3)
  assert.deepEqual(
    changesOf(record).map(({ set: one }) => one?.priority),
    [2, 3],
  )
})

test('never from a day that is over, never over a change that one has not seen', () => {
  const record = made()
  refused('kind-from-past', () => record.do(set({ from: '2026-11-21', seen: 1, priority: 1 }), { who }, stream))
  refused('kind-changed', () => record.do(set({ priority: 1 }), { who }, stream))
  refused('kind-from-past', () => record.do(retire({ from: '2026-11-21', seen: 1 }), { who }, stream))
  refused('kind-changed', () => record.do(retire(), { who }, stream))
  refused('kind-unchanged', () => record.do(set({ seen: 1 }), { who }, stream))
  record.do(retire({ seen: 1 }), { who }, stream)
  refused('kind-retired', () => record.do(retire({ seen: 2 }), { who }, stream))
})

test('a new type has its names and a new question its words', () => {
  const record = new Record()
  refused('kind-needs-names', () => record.do(set({ names: undefined }), { who }, stream))
  refused('question-needs-text', () => record.do(set({ questions: [{ code: 'altitude', ask: 'number' }] }), { who }, stream))
  refused('not-a-kind', () => record.do(set(), { who }, incident))
  refused('not-a-kind', () => record.do(retire(), { who }, stream))
  refused('not-a-kind', () => record.do(retire(), { who }, 'place:SLT'))
})

test('the priority is the operator’s where he gives one, else the type’s', () => {
  assert.equal(opened().row.priority, 1)
  assert.equal(opened({}, { priority: 3 }).row.priority, 3)
})

test('only a type in force can be taken, in opening and in correcting', () => {
  const gone = { ...beijing, kind: null }
  refused('kind-unknown', () => opened({ facts: gone }))
  const theft = kindNow('theft')
  assert.ok(theft)
  const retired = { ...beijing, kind: { ...theft, retired: true } }
  refused('kind-unknown', () => opened({ facts: retired }, { kind: 'theft' }))
  const record = opened()
  refused('kind-unknown', () => record.do({ type: 'correct', data: { kind: 'theft', reason: '-' } }, { facts: retired }))
  record.do({ type: 'correct', data: { kind: 'assault', priority: 2, reason: '-' } }, { facts: gone })
  assert.deepEqual([record.row.kind, record.row.priority], ['assault', 2])
})

test('what was asked and said is kept with its question as it was; what the type does not ask is refused', () => {
  const answers = [
    { question: 'injured', answer: 'yes' },
    { question: 'injuredCount', answer: '1' },
    { question: 'weapon', answer: 'no' },
  ]
  const [, event] = new Record().do(openCommand({ answers }), { facts: beijing })
  assert.deepEqual(event?.type === 'opened' && event.data.answers, [
    { question: 'injured', ask: 'yesNo', answer: 'yes' },
    { question: 'injuredCount', ask: 'number', answer: '1' },
    { question: 'weapon', ask: 'yesNo', answer: 'no' },
  ])
  const says =
    (...list: readonly (readonly [string, string])[]) =>
    () =>
      opened({}, { answers: list.map(([question, answer]) => ({ question, answer })) })
  refused('question-unknown', says(['burning', '纸箱']))
  refused('question-unknown', says(['injured', 'no'], ['injuredCount', '1']))
  refused('question-unknown', says(['injured', 'no'], ['injured', 'yes']))
  refused('answer-unfit', says(['injured', 'maybe']))
  refused('answer-unfit', says(['injured', 'yes'], ['injuredCount', 'two']))
})
