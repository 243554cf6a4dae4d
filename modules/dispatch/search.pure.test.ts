import assert from 'node:assert/strict'
import { test } from 'node:test'
import { digitsOf, numberOf } from './search.ts'

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
