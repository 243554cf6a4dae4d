import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Command } from '../contract.ts'
import {
  accepted,
  account,
  bureau,
  county,
  duty,
  filed,
  head,
  incident,
  later,
  officer,
  propose,
  question,
  Record,
  start,
  station,
  sub,
  subBureau,
  system,
  taken,
} from '../testing/given.ts'
import { approve, ask, askReview, defend, draft, review as passes, reviewer, suspected, suspectId, tell, wish } from '../testing/penalty.ts'
import { tasksIn } from './tasks.ts'

/** Act, rule, due, who, who may not. */
const told = (record: Record) =>
  tasksIn(record.matter).map(({ act, rule, due, who, apart }) => [act, rule, due, who.join(' '), apart.join(' ')])
const review = ['limit', 'intake-admin-file.review', later(24)]
const desk = `stationDuty@${station} caseOfficer@${station}`
const mine = account(2)

test('a report is its station’s until it is accepted, then its officers’; of one rule with two values the first to end stands there', () => {
  assert.deepEqual(told(taken()), [[...review, desk, '']])
  assert.deepEqual(told(accepted()), [[...review, mine, '']])
  const other = accepted()
  other.do({ type: 'assign', data: { caseOfficers: [account(8)] } }, { who: head })
  assert.deepEqual(told(other), [[...review, account(8), '']])
})

test('a proposal waits for the head of the unit, a criminal one for that of county level, never for who handles it', () => {
  const record = accepted()
  record.do(propose())
  const waits = ['approveFiling', 'intake-admin-file.review', later(24)]
  assert.deepEqual(told(record), [
    [...review, mine, ''],
    [...waits, `unitHead@${station}`, mine],
  ])
  record.do({ type: 'assign', data: { caseOfficers: [account(8)] } }, { who: head })
  assert.deepEqual(told(record)[1], [...waits, `unitHead@${station}`, `${mine} ${account(8)}`])
  const criminal = accepted({ nature: 'criminal' })
  criminal.do(propose({ caseKind: 'criminal' }))
  assert.deepEqual(told(criminal).at(-1)?.slice(0, 4), [...waits, `unitHead@${subBureau}`])
})

test('a review and a hearing wait for the legal reviewers up to county level, never for who handles the case', () => {
  const record = suspected()
  record.do(draft({ fine: 4000 }))
  record.do(tell())
  record.do(wish())
  record.do(askReview())
  const legal = `legalReviewer@${subBureau} legalReviewer@${station}`
  const [hearing] = record.row.limits.filter(({ limit: { rule } }) => rule === 'hear-steps.accept')
  assert.deepEqual(
    told(record).filter(([act]) => act === 'review' || act === 'hearing'),
    [
      ['review', 'hear-steps.accept', hearing?.limit.due, legal, mine],
      ['hearing', 'hear-steps.accept', hearing?.limit.due, legal, mine],
    ],
  )
  record.do(passes(), { who: reviewer })
  assert.deepEqual(
    told(record).flatMap(([act]) => (act === 'review' ? [act] : [])),
    [],
  )
})

test('what was refused is to be told, and then is nobody’s', () => {
  const refused = accepted()
  refused.do(propose({ outcome: 'refuse', ground: 'noFacts' }))
  refused.do({ type: 'approveFiling', data: {} }, { who: head })
  assert.deepEqual(told(refused), [['giveNotice', null, null, mine, '']])
  refused.do({ type: 'giveNotice', data: { way: 'inPerson' } })
  assert.deepEqual(told(refused), [])
})

test('what was filed has the limit of its decision; a request waits for the lowest head who may decide on it', () => {
  const record = filed()
  const decision = ['limit', 'dec-limit', '2026-12-28T16:00:00.000Z', mine, '']
  assert.deepEqual(told(record), [decision])
  record.do({ type: 'requestApproval', data: { act: { kind: 'extendCase' }, reason: '-' } })
  assert.deepEqual(told(record), [decision, ['approve', 'dec-limit', '2026-12-28T16:00:00.000Z', `unitHead@${bureau}`, mine]])
  const [, request] = tasksIn(record.matter)
  assert.deepEqual([request?.key, request?.detail], ['1', 'act.extendCase'])
  record.do({ type: 'withdrawRequest', data: { request: 1, reason: '-' } })
  assert.deepEqual(told(record), [decision])
})

test('whom a recusal is about does not decide on it, and who was recused has nothing more to do', () => {
  const record = accepted()
  const heads = [{ account: account(4), name: 'unitHead 4', unit: subBureau }]
  const act = { kind: 'recuse', account: mine, recusalGround: 'interest' } as const
  record.do({ type: 'requestApproval', data: { act, reason: '-' } }, { who: duty, facts: { heads } })
  const request = tasksIn(record.matter).find(({ act: one }) => one === 'approve')
  assert.deepEqual([request?.detail, request?.who, request?.apart], ['act.recuse', [`unitHead@${subBureau}`], [account(1), mine]])
  record.do({ type: 'approve', data: { request: 1 } }, { who: county })
  assert.deepEqual(
    tasksIn(record.matter).map(({ act, who, apart }) => [act, who.join(' '), apart]),
    [['limit', desk, [mine]]],
  )
})

test('a transfer is for the desk and the head, of a suspected crime for the head of county level who has not proposed it', () => {
  const away: Command = { type: 'proposeTransfer', data: { destination: { to: 'agency', agency: '市场监督管理局' }, reason: '-' } }
  const transfer = ['transfer', 'intake-transfer-24h', later(24)]
  const record = taken()
  record.do(away, { who: duty })
  assert.deepEqual(told(record), [
    [...review, desk, ''],
    [...transfer, `stationDuty@${station} unitHead@${station}`, ''],
  ])
  const criminal = taken({ nature: 'criminal' })
  criminal.do(away, { who: duty })
  assert.deepEqual(told(criminal).at(-1), [...transfer, `unitHead@${subBureau}`, account(1)])
  criminal.do({ type: 'transfer', data: {} }, { who: county })
  // Gone, but whoever has reported it is to be told where.
  assert.deepEqual(told(criminal), [['limit', 'intake-jurisdiction', '2026-11-30T16:00:00.000Z', desk, '']])
})

test('an unanswered incident is its station’s to explain, then also its sub-bureau’s to ask after, and an explanation is the sub-bureau’s to confirm', () => {
  const ask: Command = {
    type: 'ask',
    data: { incident, incidentNumber: '26-1127-00012', incidentKind: 'assault', narrative: '-', place: null, station, closed: start },
  }
  const record = new Record()
  record.do(ask, { who: system }, question)
  const asked = () =>
    tasksIn({ kind: 'question', row: record.question }).map(({ act, rule, due, state, who, apart }) => [
      act,
      rule,
      due,
      state,
      who.join(' '),
      apart.join(' '),
    ])
  const at = (roles: readonly string[], unit: string) => roles.map((role) => `${role}@${unit}`).join(' ')
  const explaining = at(['stationDuty', 'caseOfficer', 'unitHead'], station)
  const above = at(['subBureauDuty', 'unitHead', 'legalReviewer'], subBureau)
  assert.deepEqual(asked(), [['explain', 'question-open', later(24), 'running', explaining, '']])
  const pass = (point: 'warn' | 'breach', hours: number): Command => ({
    type: 'passLimit',
    data: { rule: 'question-open', point, due: later(hours) },
  })
  record.do(pass('warn', 20), { who: system, at: later(20) }, question)
  record.do(pass('breach', 24), { who: system, at: later(24) }, question)
  assert.deepEqual(asked(), [
    ['explain', 'question-open', later(24), 'breached', explaining, ''],
    ['climbed', 'question-climbed', later(48), 'running', above, ''],
  ])
  record.do({ type: 'explain', data: { explanation: 'noCase', reason: '-' } }, { who: officer, at: later(25) }, question)
  assert.deepEqual(asked(), [['confirmExplanation', 'question-confirm', later(49), 'running', above, mine]])
  record.do({ type: 'confirmExplanation', data: {} }, { who: sub, at: later(26) }, question)
  assert.deepEqual(asked(), [])
})

test('what the heads are to discuss waits for them once its review has passed; a case that is over asks for nothing of it', () => {
  const record = suspected()
  const waits = () => told(record).filter(([act]) => act === 'review' || act === 'discuss')
  const review = ['review', 'dec-limit', record.row.limits.find(({ limit: { rule } }) => rule === 'dec-limit')?.limit.due]
  record.do(draft({ complex: true, fine: 500 }))
  record.do(tell())
  record.do(defend())
  assert.deepEqual(waits(), [])
  record.do(askReview())
  assert.deepEqual(waits(), [[...review, `legalReviewer@${subBureau} legalReviewer@${station}`, mine]])
  record.do(passes(), { who: reviewer })
  assert.deepEqual(waits(), [['discuss', ...review.slice(1), `unitHead@${subBureau}`, '']])
  record.do(
    { type: 'discussPenalty', data: { person: suspectId, present: '局长、分管副局长、法制大队长', agreed: '同意' } },
    { who: county },
  )
  assert.deepEqual(waits(), [])
})

test('a review that was asked for waits for nobody once the case is terminated', () => {
  const record = suspected()
  record.do(draft({ complex: true, fine: 500 }))
  record.do(tell())
  record.do(defend())
  record.do(askReview())
  record.do(ask({ kind: 'terminate', termination: 'noFacts' }))
  record.do(approve(1), { who: county })
  assert.equal(record.row.phase, 'terminated')
  assert.deepEqual(
    told(record).filter(([act]) => act === 'review'),
    [],
  )
})
