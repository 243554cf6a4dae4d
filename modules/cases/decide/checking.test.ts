import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Command } from '../contract.ts'
import { account, county, head, refused, reporter } from '../testing/given.ts'
import { ask, givenCase, suspect } from '../testing/inquiry.ts'
import { rule, inspect, lineUp, certificate, sampling } from '../testing/checks.ts'

const old = { at: '2025-12-30T01:00:00.000Z' }
const approve = (request: number): Command => ({ type: 'approve', data: { request } })
test('premises by certificate of the head of county level, or at once and recorded; a home by certificate always', () => {
  const record = givenCase()
  refused('certificate-needed', () => record.do(inspect()), rule)
  refused('certificate-needed', () => record.do(inspect({ inspects: 'home', atOnce: true, recorded: true })), rule)
  refused('recording-needed', () => record.do(inspect({ atOnce: true })), rule)
  refused('show-card', () => record.do(inspect({ cardShown: false })), rule)
  refused('two-officers', () => record.do(inspect({ atOnce: true, recorded: true, second: undefined })), 'PSL25 108; AP 52')
  refused('refusal-noted', () => record.do(inspect({ atOnce: true, recorded: true, signature: 'refused' })), 'PSL25 98; AP 77')
  record.do(inspect({ atOnce: true, recorded: true }))
  record.do(ask(certificate))
  assert.equal(record.row.requests[0]?.level, 'countyHead')
  refused('level-too-low', () => record.do(approve(1), { who: head }), rule)
  record.do(approve(1), { who: county })
  refused('other-certificate', () => record.do(inspect({ certificate: 1 })), rule)
  refused('other-certificate', () => record.do(inspect({ inspects: 'home', certificate: 2 })), rule)
  record.do(inspect({ inspects: 'home', certificate: 1 }))
  refused('certificate-used', () => record.do(inspect({ inspects: 'home', certificate: 1 })), rule)
  assert.deepEqual(
    record.matter.books.checks.inspections.map(({ inspects, certificate: by }) => [inspects, by]),
    [
      ['premises', null],
      ['home', 1],
    ],
  )
})

test('a woman’s body is inspected by women', () => {
  const record = givenCase({ sex: 'female' })
  refused('whose-body', () => record.do(inspect({ inspects: 'body' })), rule)
  refused('by-women', () => record.do(inspect({ inspects: 'body', person: suspect.id })), rule)
  refused('person-unknown', () => record.do(inspect({ inspects: 'body', person: account(4) })))
  record.do(inspect({ inspects: 'body', person: suspect.id, byWomen: true }))
})

test('seven persons, ten photographs, five things at least, and no hint', () => {
  const record = givenCase({}, [{ id: account(1), roles: ['guardian'], personName: '孙三', of: [suspect.id] }])
  for (const [kind, least] of [
    ['persons', 7],
    ['photos', 10],
    ['objects', 5],
  ] as const) {
    refused('lineup-few', () => record.do(lineUp({ lineUp: kind, among: least - 1 })), 'AP 102-106')
    record.do(lineUp({ lineUp: kind, among: least }))
  }
  refused('no-hints', () => record.do(lineUp({ noHints: false })), 'AP 102-106')
  refused('not-asked-to-recognise', () => record.do(lineUp({ person: account(1) })))
  assert.deepEqual(
    record.matter.books.checks.lineUps.map(({ among }) => among),
    [7, 10, 5],
  )
})

test('samples as approved by the head of the department, never twice, of a victim with consent', () => {
  const record = givenCase()
  const take = (more: object = {}): Command => ({ type: 'takeSamples', data: { person: suspect.id, samples: ['prints'], ...more } })
  refused('sampling-not-approved', () => record.do(take()), 'PSL25 102')
  refused('person-unknown', () => record.do(ask({ ...sampling, person: account(4) })))
  record.do(ask(sampling))
  record.do(ask({ ...sampling, samples: ['prints'] }))
  assert.equal(record.row.requests[0]?.level, 'departmentHead')
  record.do(approve(1), { who: head })
  refused('sampled-already', () => record.do(approve(2), { who: head }), 'PSL25 102')
  record.do(take())
  refused('sampling-not-approved', () => record.do(take()), 'PSL25 102')
  refused('sampled-already', () => record.do(ask(sampling)), 'PSL25 102')
  record.do(ask({ kind: 'sampling', person: reporter.id, samples: ['prints'] }))
  record.do(approve(3), { who: head })
  refused('consent-needed', () => record.do(take({ person: reporter.id })), 'PSL25 102')
  record.do(take({ person: reporter.id, consent: true }))
  assert.equal(record.matter.books.checks.samples.filter(({ at }) => at !== null).length, 2)
})

test('what the law of a day said that is not kept here is not guessed', () => {
  const record = givenCase({}, [], old.at)
  for (const command of [inspect(), ask(certificate), ask(sampling)]) refused('rule-not-kept', () => record.do(command, old))
  refused('rule-not-kept', () => record.do({ type: 'takeSamples', data: { person: suspect.id, samples: ['prints'] } }, old))
})
