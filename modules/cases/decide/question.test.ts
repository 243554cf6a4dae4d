import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Command } from '../contract.ts'
import {
  head,
  incident,
  later,
  matter,
  officer,
  question,
  Record,
  refused,
  start,
  station,
  sub,
  subBureau,
  system,
} from '../testing/given.ts'

const ask: Command = {
  type: 'ask',
  data: {
    incident,
    incidentNumber: '26-1127-00012',
    incidentKind: 'assault',
    narrative: '两人互殴',
    place: '东门',
    station,
    closed: start,
  },
}
const asked = (): Record => {
  const record = new Record()
  record.do(ask, { who: system }, question)
  return record
}
const explain: Command = { type: 'explain', data: { explanation: 'mediatedOnSpot', reason: '双方无伤，当场和解' } }
const confirm: Command = { type: 'confirmExplanation', data: {} }
const known = (phase: 'reported' | 'accepted') => ({ facts: { ofIncident: { id: matter, number: 'J1', phase } } })
const states = (record: Record) => record.question.limits.map(({ limit, unit, state }) => [limit.rule, unit, state, limit.due])

test('an incident of a case type without an acceptance is a question to its station, and climbs', () => {
  const record = asked()
  assert.deepEqual(states(record), [
    ['question-open', station, 'running', later(24)],
    ['question-climbed', station, 'running', later(48)],
  ])
  refused('asked-already', () => record.do(ask, { who: system }, question))
  const pass: Command = { type: 'passLimit', data: { rule: 'question-open', point: 'breach', due: later(24) } }
  refused('limit-not-due', () => record.do(pass, { who: system, at: later(23) }, question))
  const warn: Command = { type: 'passLimit', data: { rule: 'question-open', point: 'warn', due: later(20) } }
  record.do(warn, { who: system, at: later(20) }, question)
  record.do(pass, { who: system, at: later(24) }, question)
  assert.deepEqual(states(record)[0], ['question-open', station, 'breached', later(24)])
})

test('nothing is asked of what was accepted, and what was accepted on the way is the answer', () => {
  refused('accepted-already', () => new Record().do(ask, { who: system, ...known('accepted') }, question))
  refused('unit-unknown', () => new Record().do(ask, { who: system, facts: { unit: null } }, question))
  refused('not-a-question', () => new Record().do(ask, { who: system }))
  refused('not-a-question', () => new Record().do(explain, {}, question))
  const record = new Record()
  record.do(ask, { who: system, ...known('reported') }, question)
  const pass: Command = { type: 'passLimit', data: { rule: 'question-open', point: 'warn', due: later(20) } }
  const answer = { type: 'answered', data: { matter, matterNumber: 'J1' } }
  assert.deepEqual(record.do(pass, { who: system, at: later(20), ...known('accepted') }, question), [answer])
})

test('answered by an acceptance', () => {
  const record = asked()
  const answer: Command = { type: 'answer', data: { matter, matterNumber: 'J1' } }
  record.do(answer, { who: system }, question)
  assert.deepEqual([record.question.phase, record.question.matter], ['answered', { id: matter, number: 'J1' }])
  refused('question-over', () => record.do(answer, { who: system }, question))
  refused('question-over', () => record.do(explain, {}, question))
})

test('or by a reason that the unit above confirms, and not who gave it', () => {
  const record = asked()
  refused('nothing-explained', () => record.do(confirm, { who: sub }, question))
  record.do(explain, { who: officer, at: later(2) }, question)
  refused('explained-already', () => record.do(explain, {}, question))
  assert.deepEqual(states(record)[1], ['question-confirm', subBureau, 'running', later(26)])
  refused('unit-above-decides', () => record.do(confirm, { who: head }, question))
  refused('four-eyes', () => record.do(confirm, { who: { by: officer.by, as: sub.as } }, question))
  const reject: Command = { type: 'rejectExplanation', data: { reason: '一方已住院' } }
  record.do(reject, { who: sub, at: later(3) }, question)
  assert.deepEqual([record.question.phase, record.question.rejected?.reason], ['open', '一方已住院'])
  record.do(explain, { at: later(4) }, question)
  record.do(confirm, { who: sub, at: later(5) }, question)
  assert.deepEqual([record.question.phase, record.question.explained?.reason], ['confirmed', '双方无伤，当场和解'])
  refused('nothing-explained', () => record.do(reject, { who: sub }, question))
})
