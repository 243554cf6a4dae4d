import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Row } from '../rules/row.ts'
import { compare, factsOf, leftOutOf } from './lawFacts.ts'

const document = `# Facts
## 2 Counting
| id | rule | source | v |
|---|---|---|---|
| count-wd | Working days | PEN 85 | yes |
## 4 Questioning
| id | what must happen | trigger | limit | extension / approver | exceptions, notes | source | v |
|---|---|---|---|---|---|---|---|
| q-8h | Questioning | arrival | PT8H | ~ | ~ | PSL25 97; AP 69, 70 | yes |
| dec-limit | Decide | filing | P30D | +P30D, twice at most | gone: P9D | PSL25 118 | yes |
| hear-request | Ask | told | 5 wd | ~ | AP 133 says P3D | PEN 64; AP 133 | 2nd |
| spot-cap | Fine ≤ CNY 3,000 | facts | imm. | ~ | ~ | PEN 51 | yes |
## 7 Switches
| id | change | source | v |
|---|---|---|---|
| ver-question | 8 h as before (AP 77) | PSL12 83 | yes |
## 8 Not asked
| id | change | source | v |
|---|---|---|---|
| det-24 | custody | CPL 1 | yes |
`
const facts = factsOf(document)
const now = { from: '2026-01-01', until: null } as const
const eight = { rule: 'q-8h', is: 'limit', term: 'PT8H', trigger: 'arrival', verified: 'yes' } as const
const rows: readonly Row[] = [
  { ...eight, from: '2020-01-01', until: '2025-12-31', article: 'PSL12 83; AP 77', ended: 'ver-question' },
  { ...eight, ...now, article: 'PSL25 97; AP 69, 70' },
  {
    rule: 'dec-limit',
    ...now,
    is: 'limit',
    term: 'P30D',
    trigger: 'filing',
    extension: { term: 'P30D', most: 2, approver: 'nextHigher' },
    article: 'PSL25 118',
    verified: 'yes',
  },
  { rule: 'hear-request', ...now, is: 'limit', term: 'P5WD', trigger: 'rightsTold', article: 'PEN 64; AP 133', verified: '2nd' },
  { rule: 'spot-cap.unit', ...now, is: 'most', amount: 3000, of: 'yuan', article: 'PEN 51', verified: 'yes' },
  { rule: 'spot-cap.now', ...now, is: 'atOnce', article: 'PEN 51', verified: 'yes' },
]
const leftOut = leftOutOf('| id | why |\n|---|---|\n| count-wd | in the terms |\n')
const differing = (changed: readonly Row[], left = leftOut): readonly string[] => compare(facts, changed, left).differences
const changing = (at: number, to: object): readonly Row[] => rows.map((row, index) => (index === at ? ({ ...row, ...to } as Row) : row))

test('rows that say what the facts say: nothing differs, and each fact is accounted for', () => {
  assert.equal(facts.length, 7)
  assert.deepEqual(compare(facts, rows, leftOut), { facts: 6, encoded: 5, leftOut: 1, differences: [] })
})

test('a value, an article, a mark, an extension that differs is named', () => {
  assert.deepEqual(differing(changing(1, { term: 'PT9H' })), ['q-8h: PT9H is not in the fact'])
  assert.deepEqual(differing(changing(3, { term: 'P3D' })), ['hear-request: the fact has P5WD'])
  assert.deepEqual(differing(changing(4, { amount: 300 })), ['spot-cap.unit: 300 is not in the fact'])
  assert.deepEqual(differing(changing(2, { extension: { term: 'P30D', most: 1, approver: 'nextHigher' } })), [
    'dec-limit: extended 1 times',
  ])
  assert.deepEqual(differing(changing(3, { verified: 'yes' })), ['hear-request: verified yes, the fact 2nd'])
  assert.deepEqual(differing(changing(1, { article: 'PSL25 97; AP 69' })), ['q-8h: no row names AP 70'])
  assert.deepEqual(differing(changing(1, { article: 'PSL25 97; AP 69, 70, 71' })), ['q-8h: the fact does not name AP 71'])
  // Only an older wording may name what ended with a switch.
  assert.deepEqual(differing(changing(1, { article: 'PSL25 97; AP 69, 70, 77' })), ['q-8h: the fact does not name AP 77'])
})

test('a fact that nobody encoded, and a row that stands for none, are named', () => {
  assert.deepEqual(differing(rows.slice(0, 5)), ['spot-cap: the fact has atOnce'])
  assert.deepEqual(differing(rows.filter(({ rule }) => rule !== 'dec-limit')), ['dec-limit: neither encoded nor left out with a reason'])
  assert.deepEqual(differing(rows.slice(1)), ['ver-question: neither encoded nor left out with a reason'])
  assert.deepEqual(differing(changing(3, { rule: 'hear-ask' })), [
    'hear-ask: no such fact',
    'hear-request: neither encoded nor left out with a reason',
  ])
  assert.deepEqual(differing(rows, new Map([...leftOut, ['q-8h', 'no'], ['q-9h', 'no']])), [
    'q-8h: left out and encoded',
    'q-9h: left out, but no such fact',
  ])
})
