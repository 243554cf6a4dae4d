import assert from 'node:assert/strict'
import { test } from 'node:test'
import { digitsOf, numberOf, queryOf } from './search.ts'

test('a number of an incident may be given short: without a day it is today’s, where the force is', () => {
  const now = '2026-11-23T16:30:00Z'
  assert.deepEqual(
    ['26-1122-00012', '1122-12', '12', '123456', '12a', ''].map((asked) => numberOf(asked, now)),
    ['26-1122-00012', '26-1122-00012', '26-1124-00012', null, null, null],
  )
})

test('a telephone number is its digits, at least seven', () => {
  assert.deepEqual(['138 0013 2071', '+86 138-0013-2071', '(010) 8888 1234', '123456', '东门 13800132071'].map(digitsOf), [
    '13800132071',
    '13800132071',
    '01088881234',
    null,
    null,
  ])
})

test('what is asked becomes pairs of Han, beginnings of everything else, and the parts that must stand in the text', () => {
  assert.deepEqual(queryOf('自行车'), { words: "'自行' & '行车'", parts: ['自行车'] })
  assert.deepEqual(queryOf('  京Ａ１２3  抢 '), { words: "'京':* & 'a123':* & '抢':*", parts: ['京a123', '抢'] })
  assert.deepEqual(queryOf('𠮷野家'), { words: "'𠮷野' & '野家'", parts: ['𠮷野家'] })
  assert.deepEqual(queryOf("x'); drop table"), { words: "'x':* & 'drop':* & 'table':*", parts: ["x');", 'drop', 'table'] })
  assert.equal(queryOf('，。 ！'), null)
})
