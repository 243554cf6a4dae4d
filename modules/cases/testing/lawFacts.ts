import type { Row } from '../rules/row.ts'

/** One row of a table of the law facts. `cells`: everything that it says; `limit`: its limits and who may extend them. */
export interface Fact {
  readonly id: string
  readonly section: number
  readonly cells: string
  readonly limit: string
  readonly source: string
  readonly verified: string
}

const cellsOf = (line: string): string[] =>
  line
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => cell.trim())

/** The rows of all tables of a document of law facts: Markdown, `## <number> …` before each section. */
export function factsOf(text: string): Fact[] {
  const facts: Fact[] = []
  let section = 0
  let columns: readonly string[] = []
  for (const line of text.split('\n')) {
    const heading = /^## (\d+) /.exec(line)
    if (heading !== null) section = Number(heading[1])
    if (!line.startsWith('|')) columns = []
    else if (columns.length === 0) columns = cellsOf(line)
    else if (!line.startsWith('|---')) {
      const cells = cellsOf(line)
      const cell = (name: string): string => cells[columns.indexOf(name)] ?? ''
      const limit = `${cell('limit')} ; ${cell('extension / approver')}`
      facts.push({ id: cell('id'), section, cells: cells.join(' | '), limit, source: cell('source'), verified: cell('v') })
    }
  }
  return facts
}

/** `| id | why |` of the rows that are not encoded, from the README beside the rules. */
export const leftOutOf = (readme: string): ReadonlyMap<string, string> =>
  new Map([...readme.matchAll(/^\| ([a-z][a-z0-9]*-[a-z0-9-]+) \| ([^|]+) \|$/gm)].map(([, id = '', why = '']) => [id, why.trim()]))

/** Sections 2 to 7, and of 13 what concerns a case. */
const isAsked = ({ id, section }: Fact): boolean => (section >= 2 && section <= 7) || (section === 13 && /^(pet|rev|lit)-/.test(id))

/** `5 wd` and `P10D (wd)` as the house writes working days. */
const plain = (text: string): string => text.replace(/(\d+) wd/g, 'P$1WD').replace(/P(\d+)D \(wd\)/g, 'P$1WD')
/** What a cell says of times: terms, at once, before. */
function timesOf(text: string): Set<string> {
  const times = new Set(plain(text).match(/P(?:T\d+H|\d+(?:WD|[DMY]))/g))
  if (text.includes('imm.')) times.add('atOnce')
  if (/(?:^|\/ )before/.test(text)) times.add('before')
  return times
}

const words: Record<string, number> = { one: 1, two: 2, six: 6 }
const numbersOf = (text: string): Set<number> => {
  const numbers = text.replace(/(\d),(\d{3})/g, '$1$2').match(/\d+(?:\.\d+)?/g) ?? []
  return new Set([...numbers.map(Number), ...(text.toLowerCase().match(/\b(?:one|two|six)\b/g) ?? []).map((word) => words[word] ?? 0)])
}

/** `PSL25 97; AP 69, 70` as single articles: `PSL25 97`, `AP 69`, `AP 70`. */
const articlesOf = (source: string): Set<string> =>
  new Set(
    source.split('; ').flatMap((part) => {
      const [, law = part, articles = ''] = /^(\S+) (.+)$/.exec(part) ?? []
      return articles.split(', ').map((article) => `${law} ${article}`.trim())
    }),
  )

/** Articles named within a sentence: `may (AP 77)`. */
const citedIn = (text: string): string[] => (text.match(/[A-Z][A-Z0-9-]+ \d+(?:, \d+)*/g) ?? []).flatMap((cited) => [...articlesOf(cited)])

const sorted = (list: Iterable<string>): string => [...list].toSorted().join(', ')

/** What these rows say otherwise than the fact that they stand for. `switches`: the articles of section 7, which older wordings may name. */
function differences(fact: Fact, rows: readonly Row[], switches: ReadonlySet<string>): string[] {
  const wrong: string[] = []
  const said = timesOf(fact.cells)
  const ours = new Set<string>()
  for (const row of rows) {
    if (row.is === 'atOnce' || row.is === 'before') ours.add(row.is)
    if ((row.is === 'most' || row.is === 'least') && !numbersOf(fact.cells).has(row.amount))
      wrong.push(`${row.rule}: ${row.amount} is not in the fact`)
    if (row.is === 'limit' || row.is === 'wait') {
      // Of two readings the fact may name one.
      const readings = [row.term, ...(row.otherwise === undefined ? [] : [row.otherwise.term])]
      if (!readings.some((term) => said.has(term))) wrong.push(`${row.rule}: ${readings.join(' or ')} is not in the fact`)
      for (const term of readings) ours.add(term)
      if (row.extension !== undefined) {
        ours.add(row.extension.term)
        if (!said.has(row.extension.term)) wrong.push(`${row.rule}: an extension by ${row.extension.term} is not in the fact`)
        if (row.extension.most !== (fact.limit.includes('twice') ? 2 : 1)) wrong.push(`${row.rule}: extended ${row.extension.most} times`)
      }
    }
    if (row.verified !== fact.verified && row.verified !== 'no')
      wrong.push(`${row.rule}: verified ${row.verified}, the fact ${fact.verified}`)
  }
  const missing = timesOf(fact.limit).difference(ours)
  if (missing.size > 0) wrong.push(`${fact.id}: the fact has ${sorted(missing)}`)
  return [...wrong, ...articleDifferences(fact, rows, switches)]
}

function articleDifferences(fact: Fact, rows: readonly Row[], switches: ReadonlySet<string>): string[] {
  const source = articlesOf(fact.source)
  const articles = (list: readonly Row[]): Set<string> => new Set(list.flatMap(({ article }) => [...articlesOf(article)]))
  const wrong: string[] = []
  if (fact.section !== 7) {
    const unnamed = source.difference(articles(rows))
    if (unnamed.size > 0) wrong.push(`${fact.id}: no row names ${sorted(unnamed)}`)
  }
  // From memory, or worded as before a switch: that names what the fact need not.
  const strange = rows.flatMap(({ article, verified, until }) =>
    verified === 'no' ? [] : [...articlesOf(article)].filter((one) => !source.has(one) && (until === null || !switches.has(one))),
  )
  // The facts of the switches name a law where every article of it is meant.
  const unsaid = new Set(strange.filter((article) => !source.has(article.split(' ')[0] ?? '')))
  return unsaid.size > 0 ? [...wrong, `${fact.id}: the fact does not name ${sorted(unsaid)}`] : wrong
}

export interface Compared {
  /** Facts that are asked for. */
  readonly facts: number
  readonly encoded: number
  readonly leftOut: number
  readonly differences: readonly string[]
}

/** The rows of the house against the facts: value, article and verified mark of each, and none left out without a reason. */
export function compare(facts: readonly Fact[], rows: readonly Row[], leftOut: ReadonlyMap<string, string>): Compared {
  const asked = facts.filter(isAsked)
  const byFact = Map.groupBy(rows, ({ rule, facts: named }) => named ?? rule.split('.')[0] ?? rule)
  const ended = new Set(rows.map((row) => row.ended))
  const switches = new Set(asked.filter(({ section }) => section === 7).flatMap(({ cells }) => [...citedIn(cells)]))
  const known = new Set(asked.map(({ id }) => id))
  const wrong = [...byFact.keys()].filter((id) => !known.has(id)).map((id) => `${id}: no such fact`)
  for (const id of leftOut.keys()) {
    if (!known.has(id)) wrong.push(`${id}: left out, but no such fact`)
    if (byFact.has(id)) wrong.push(`${id}: left out and encoded`)
  }
  let encoded = 0
  for (const fact of asked) {
    const own = byFact.get(fact.id) ?? []
    const switched = [...ended].some((id) => id === fact.id)
    if (own.length > 0 || switched) encoded += 1
    else if (!leftOut.has(fact.id)) wrong.push(`${fact.id}: neither encoded nor left out with a reason`)
    if (own.length > 0) wrong.push(...differences(fact, own, switches))
  }
  return { facts: asked.length, encoded, leftOut: leftOut.size, differences: wrong }
}
