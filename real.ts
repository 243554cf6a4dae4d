// `npm run test:real -- FOLDER`: what the house says against the real files it was made from, which stand outside the project. No part of `npm test`.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { rules } from '#modules/cases/rules/rows.ts'
import { compare, factsOf, leftOutOf } from '#modules/cases/testing/lawFacts.ts'

function stop(reason: string): never {
  console.error(reason)
  process.exit(2)
}

/** The document of law facts that was meant: the file itself, in the folder, or in `domain/` beside it. */
function lawFacts(given: string): string {
  if (!existsSync(given)) stop(`There is nothing at ${given}.`)
  if (statSync(given).isFile()) return given
  const places = [join(given, 'law-facts.md'), join(given, '..', 'domain', 'law-facts.md')]
  return places.find((place) => existsSync(place)) ?? stop(`The law facts are missing: neither ${places.join(' nor ')} is there.`)
}

const [given] = process.argv.slice(2)
if (given === undefined) stop('Say where the real files are: npm run test:real -- FOLDER')
const file = lawFacts(given)
const facts = factsOf(readFileSync(file, 'utf8'))
if (facts.length === 0) stop(`${file} holds no table of facts.`)
const readme = readFileSync(join(import.meta.dirname, 'modules/cases/README.md'), 'utf8')
const { facts: asked, encoded, leftOut, differences } = compare(facts, rules, leftOutOf(readme))
console.log(`${file}: ${asked} facts of sections 2-7 and 13`)
console.log(`${encoded} encoded in ${rules.length} dated rows, ${leftOut} left out with a reason, ${differences.length} differences`)
for (const difference of differences) console.log(`  ${difference}`)
process.exitCode = differences.length > 0 ? 1 : 0
