import { readdirSync } from 'node:fs'
import { test } from 'node:test'
import { allowed } from '../rules.ts'
import { observed } from '../testing/given.ts'
// Alone or beside others: whoever runs this runs every test of a decision, in the same order.
import '../decide.test.ts'
import './appraisals.test.ts'
import './approvals.test.ts'
import './checking.test.ts'
import './continuing.test.ts'
import './decision.test.ts'
import './evidence.test.ts'
import './execution.test.ts'
import './filing.test.ts'
import './hearing.test.ts'
import './measures.test.ts'
import './mediation.test.ts'
import './persons.test.ts'
import './question.test.ts'
import './questioning.test.ts'
import './recusing.test.ts'
import './sorting.test.ts'
import './spot.test.ts'
import './summoning.test.ts'
import './tasks.test.ts'

test('the README has the table of these decisions', () => {
  const commands = Object.fromEntries(Object.entries(allowed).map(([command, roles]) => [command, { roles }]))
  const parts = readdirSync(import.meta.dirname).filter((name) => !name.endsWith('.test.ts'))
  const decisions = [new URL('../decide.ts', import.meta.url), ...parts.map((name) => new URL(name, import.meta.url))]
  observed.check(new URL('../README.md', import.meta.url), commands, decisions)
})
