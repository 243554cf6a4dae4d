// What a desk asks for, over HTTP, and the same by one plain statement of the owner of the tables: no session, no scope, no policy, no log.
import { queryOf } from '#kernel/search.ts'
import { Chance } from '../../e2e/fuzz/values.ts'
import { bureau, caseStation, stations } from '../dispatch/plan.ts'
import { caseVocabulary } from './million.ts'

export const asks = ['desk', 'list', 'search', 'limits', 'limitCounts'] as const
export type Ask = (typeof asks)[number]

/** One question: the view and who asks; `answers` picks from its answer what the plain statement gives as well. */
export interface Question {
  readonly ask: Ask
  readonly who: 'officer' | 'head' | 'supervisor'
  readonly path: string
  readonly text: string
  readonly values: readonly unknown[]
  readonly answers: (data: never) => readonly string[]
}

const page = { desk: 200, list: 100, search: 60, limits: 200 }
const { leads, details, objects, streets, names } = caseVocabulary
const idsOf = (data: { rows: readonly { id: string }[] }) => data.rows.map(({ id }) => id)
const pathOf = (unit: string): readonly string[] => [bureau, stations.find(({ code }) => code === unit)?.subBureau ?? unit, unit]
const address = (view: string, query: Readonly<Record<string, string>>): string =>
  `/view/cases/${view}?${new URLSearchParams(query).toString()}`

/** Those of the officer and of his head in turn. */
function desk(accounts: Readonly<Record<'officer' | 'head', string>>, who: 'officer' | 'head'): Question {
  const role = who === 'officer' ? 'caseOfficer' : 'unitHead'
  return {
    ask: 'desk',
    who,
    path: address('tasks', {}),
    text: `select row ->> 'id' as id from cases.task where who = any ($1) and not ($2 = any (apart))
      group by id, act, key, due, row order by due, id, act, key limit ${page.desk}`,
    values: [[accounts[who], `${role}@${caseStation}`], accounts[who]],
    answers: (data: { rows: readonly { stream: string }[] }) => data.rows.map(({ stream }) => stream),
  }
}

interface Scope {
  readonly who: Question['who']
  readonly unit: string
  readonly depth: number
}
const scopes: readonly Scope[] = [
  { who: 'officer', unit: caseStation, depth: 3 },
  { who: 'supervisor', unit: pathOf(caseStation)[1] ?? '', depth: 2 },
  { who: 'supervisor', unit: bureau, depth: 1 },
]

const list = ({ who, unit, depth }: Scope): Question => ({
  ask: 'list',
  who,
  path: address('list', { unit }),
  text: `select id, row from cases.matter where path[${depth}] = $1 order by registered desc, id desc limit ${page.list}`,
  values: [unit],
  answers: idsOf,
})

/** Runs of two to four characters out of a text, as people type what they remember of it. */
function wordOf(chance: Chance, text: string): string {
  const part = chance.one(text.split(/[，、]/))
  const length = Math.min(part.length, 2 + chance.below(3))
  const from = chance.below(part.length - length + 1)
  return part.slice(from, from + length)
}

function search(chance: Chance, { who, unit, depth }: Scope): Question {
  const asked = [
    () => wordOf(chance, chance.one(leads)),
    () => `a${String(chance.below(100_000)).padStart(5, '0')}`,
    () => `${chance.one(objects)} ${chance.one(streets)}`,
    () => `${chance.one(names)} ${wordOf(chance, chance.one(details))}`,
  ]
  const q = chance.one(asked)()
  const query = queryOf(q)
  // A tsquery finds its pairs of characters anywhere: that they stand together is looked at in the text.
  return {
    ask: 'search',
    who,
    path: address('search', { unit, q }),
    text: `select m.id, m.row from (select id, registered from cases.word w where w.path[${depth}] = $1 and w.words @@ $2::tsquery
        and (select bool_and(position(part in w.content) > 0) from unnest($3::text[]) part) order by registered desc, id desc limit ${page.search}) w
      join cases.matter m using (id) order by w.registered desc, m.id desc`,
    values: [unit, query?.words, query?.parts],
    answers: idsOf,
  }
}

/** What the board of the city asks for at once; each is timed alone. */
const limits: Question = {
  ask: 'limits',
  who: 'supervisor',
  path: address('limits', { unit: bureau }),
  text: `select id, row from cases.due where path[1] = $1 order by due, id, rule limit ${page.limits}`,
  values: [bureau],
  answers: idsOf,
}
const limitCounts: Question = {
  ask: 'limitCounts',
  who: 'supervisor',
  path: address('limitCounts', { unit: bureau }),
  text: `select path[2] || ' ' || count(*) as id from cases.due where path[1] = $1 group by path[2] order by 1`,
  values: [bureau],
  answers: (data: { units: readonly { unit: string; running: number; warned: number; breached: number }[] }) =>
    data.units.map(({ unit, running, warned, breached }) => `${unit} ${running + warned + breached}`).toSorted((a, b) => (a < b ? -1 : 1)),
}

/** So many of each kind; every run with the same seed asks the same. */
export function questions(amount: number, seed: number, accounts: Readonly<Record<'officer' | 'head', string>>): readonly Question[] {
  const chance = new Chance(seed)
  return Array.from({ length: amount }, (_, index) => {
    const scope = scopes[index % scopes.length] ?? scopes[0]
    if (scope === undefined) throw new Error('nobody asks')
    return [desk(accounts, index % 2 === 0 ? 'officer' : 'head'), list(scope), search(chance, scope), limits, limitCounts]
  }).flat()
}
