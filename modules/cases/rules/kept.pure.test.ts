import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { known } from '../testing/kept.ts'
import { decisionKept, hearingKept } from '../testing/kept/decision.ts'
import { evidenceKept } from '../testing/kept/evidence.ts'
import { executionKept } from '../testing/kept/execution.ts'
import { intakeKept } from '../testing/kept/intake.ts'
import { questioningKept } from '../testing/kept/questioning.ts'
import { settlingKept } from '../testing/kept/settling.ts'

const all = [...intakeKept, ...questioningKept, ...evidenceKept, ...decisionKept, ...hearingKept, ...executionKept, ...settlingKept]

for (const { rule, keeps, breaks } of all) {
  test(`${rule}: kept`, keeps)
  test(`${rule}: broken`, breaks)
}

/** The rules of the README's second table: `| ids | why |`. */
const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const [, after = ''] = readme.split('## Law that is encoded and that no decision asks yet')
const [table = ''] = after.split('<!-- table')
const unasked = [...table.matchAll(/^\| (`[^|]+`) \| ([^|]+) \|$/gm)].flatMap(([, ids = '']) =>
  [...ids.matchAll(/`([^`]+)`/g)].map(([, id = '']) => id),
)

test('every rule is kept in one case and broken in another, once each, or the README says why no decision asks it', () => {
  const ids: readonly string[] = [...new Set(known.map(({ rule }) => rule))]
  const tried: readonly string[] = all.map(({ rule }) => rule)
  assert.deepEqual([...tried, ...unasked].toSorted(), ids.toSorted())
})
