import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { Refusal } from '../decider.ts'

type Roles = readonly string[] | 'system' | 'self'

const start = '<!-- table: made by the tests of the decisions, do not edit -->'
const end = '<!-- end of table -->'

/**
 * What the tests of a module's decisions have seen: command → events and refusals. The table in the module's README is made from it, so it can
 * neither be out of date nor claim a case that no test holds.
 */
export class Observed {
  readonly #events = new Map<string, Set<string>>()
  readonly #refusals = new Map<string, Map<string, string | undefined>>()

  watch<Event extends { type: string }>(command: string, decide: () => readonly Event[]): readonly Event[] {
    try {
      const events = decide()
      const seen = this.#events.get(command) ?? new Set()
      for (const event of events) seen.add(event.type)
      this.#events.set(command, seen)
      return events
    } catch (error) {
      if (error instanceof Refusal) {
        const seen = this.#refusals.get(command) ?? new Map<string, string | undefined>()
        this.#refusals.set(command, seen.set(error.rule, error.article))
      }
      throw error
    }
  }

  /** Fails when a command has no accepted case, when a rule of the sources was never refused, or when the README's table differs; `UPDATE=1` writes it. */
  check(readme: URL, commands: Readonly<Record<string, { roles: Roles }>>, sources: readonly URL[]): void {
    const missing = Object.keys(commands).filter((command) => !this.#events.has(command))
    assert.deepEqual(missing, [], 'commands without an accepted case')
    const rules = sources.flatMap((source) =>
      [...readFileSync(source, 'utf8').matchAll(/new Refusal\('([^']+)'/g)].map((match) => match[1]),
    )
    const refused = new Set([...this.#refusals.values()].flatMap((seen) => [...seen.keys()]))
    assert.deepEqual(
      [...new Set(rules)].filter((rule) => rule !== undefined && !refused.has(rule)),
      [],
      'refusals that no test has seen',
    )
    const text = readFileSync(readme, 'utf8')
    const [head, rest] = text.split(start)
    const tail = rest?.split(end)[1]
    assert.ok(head !== undefined && tail !== undefined, `${readme.pathname} has no place for the table`)
    const wanted = `${head}${start}\n${this.#table(commands)}\n${end}${tail}`
    if (process.env['UPDATE'] === '1') writeFileSync(readme, wanted)
    else assert.equal(text, wanted, 'the README is out of date: run the tests once with UPDATE=1')
  }

  #table(commands: Readonly<Record<string, { roles: Roles }>>): string {
    const rows = Object.entries(commands).map(([command, { roles }]) => {
      const refusals = [...(this.#refusals.get(command) ?? [])].toSorted(([a], [b]) => (a < b ? -1 : 1))
      const articles = [...new Set(refusals.map(([, article]) => article).filter((article) => article !== undefined))]
      const who = typeof roles === 'string' ? roles : roles.join(', ')
      const events = [...(this.#events.get(command) ?? [])].map((event) => `\`${event}\``).join(', ')
      return `| \`${command}\` | ${who} | ${events} | ${refusals.map(([rule]) => `\`${rule}\``).join(', ') || '—'} | ${articles.join('; ') || '—'} |`
    })
    return ['| command | given by | events | refused as | article |', '|---|---|---|---|---|', ...rows].join('\n')
  }
}
