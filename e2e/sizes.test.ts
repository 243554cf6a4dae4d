import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { sizes, table } from '../sizes.ts'

test('every screen loads no more script than a station’s old computer and an officer’s phone should have to', () => {
  const rows = sizes()
  console.log(table(rows))
  const over = rows.filter((row) => row.bytes > row.limit)
  assert.deepEqual(over, [])
  const listed = readFileSync(new URL('../web.tsx', import.meta.url), 'utf8').match(/path: '/g)?.length
  assert.equal(rows.length - 2, listed, 'every screen of web.tsx is measured')
})
