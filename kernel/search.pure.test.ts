import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pageOf, queryOf } from './search.ts'

test('what is asked becomes pairs of Han, beginnings of everything else, and the parts that must stand in the text', () => {
  assert.deepEqual(queryOf('自行车'), { words: "'自行' & '行车'", parts: ['自行车'] })
  assert.deepEqual(queryOf('  京Ａ１２3  抢 '), { words: "'京':* & 'a123':* & '抢':*", parts: ['京a123', '抢'] })
  assert.deepEqual(queryOf('𠮷野家'), { words: "'𠮷野' & '野家'", parts: ['𠮷野家'] })
  assert.deepEqual(queryOf("x'); drop table"), { words: "'x':* & 'drop':* & 'table':*", parts: ["x');", 'drop', 'table'] })
  assert.equal(queryOf('，。 ！'), null)
})

test('a page ends with the cursor of the next one only where there is a next one', () => {
  const rows = ['c', 'b', 'a'].map((id) => ({ id, at: `2026-01-0${id === 'c' ? 2 : 1}T00:00:00.000Z` }))
  assert.deepEqual(pageOf(rows, 3), { page: rows, next: null })
  assert.deepEqual(pageOf(rows, 2), { page: rows.slice(0, 2), next: '2026-01-01T00:00:00.000Z~b' })
  assert.deepEqual(pageOf([], 2), { page: [], next: null })
})
