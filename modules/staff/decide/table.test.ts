import { readdirSync } from 'node:fs'
import { test } from 'node:test'
import { allowed } from '../rules.ts'
import { observed } from '../testing/given.ts'
// Alone or beside others: whoever runs this runs every test of a decision.
import '../decide.test.ts'
import './calendar.test.ts'

test('the README has the table of these decisions', () => {
  const commands = Object.fromEntries(Object.entries(allowed).map(([command, roles]) => [command, { roles }]))
  const parts = readdirSync(import.meta.dirname).filter((name) => !name.endsWith('.test.ts'))
  const decisions = [new URL('../decide.ts', import.meta.url), ...parts.map((name) => new URL(name, import.meta.url))]
  observed.check(new URL('../README.md', import.meta.url), commands, decisions)
})
