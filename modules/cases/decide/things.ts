import { Refusal } from '#kernel/decider.ts'
import type { ThingRow } from '../contract/evidence.ts'
import type { MeasureRow } from '../contract/measures.ts'
import type { Officer } from '../contract/parts.ts'
import type { Thing } from '../contract/things.ts'
import { type Asked, giverOf, type Of } from './asked.ts'
import { inForce } from './counting.ts'
import { lawOn } from './law.ts'
import type { Matter } from './matter.ts'
import { twoOfficers } from './sessions.ts'

/** An officer of an accepted matter: evidence is secured from then on (AP 52, 60), whatever becomes of it. */
export function working({ row }: Matter, asked: Asked): void {
  if (row.phase === 'reported' || row.phase === 'undetermined')
    throw new Refusal('accept-first', { article: 'AP 60', values: { phase: row.phase } })
  const giver = giverOf(asked)
  if (giver !== null && !row.officers.some(({ account }) => account === giver.account))
    throw new Refusal('not-handling', { article: 'AP 52' })
}

export function personIn({ persons }: Matter, id: string, field: string): void {
  if (!persons.some((one) => one.id === id)) throw new Refusal('person-unknown', { field })
}

/** Electronic evidence says how it was secured, and in what state or why so (`ev-edata`). */
export function fit(matter: Matter, things: readonly Thing[], asked: Asked): void {
  const known = matter.books.evidence.things
  for (const [at, { id, evidenceKind, owner, fixed, fixing }] of things.entries()) {
    const field = `data.things.${at}`
    if (known.some((one) => one.id === id) || things.findIndex((one) => one.id === id) !== at) throw new Refusal('thing-twice', { field })
    if (owner !== undefined) personIn(matter, owner, `${field}.owner`)
    if (evidenceKind === 'electronic' && (fixed === undefined || fixing === undefined))
      throw new Refusal('fixing-needed', { field: `${field}.fixed`, article: lawOn(asked, 'ev-edata').article })
  }
}

type Signing = Pick<Of<'gatherEvidence'>, 'signed' | 'attestor' | 'recorded'>
/** @throws Refusal when a list is attested by nobody and nothing */
export function attested({ signed, attestor, recorded = false }: Signing, asked: Asked): void {
  if (signed !== 'signed' && attestor === undefined && !recorded)
    throw new Refusal('unattested', { field: 'data.attestor', article: lawOn(asked, 'ev-seize').article })
}

/** 会同在场见证人和持有人: counted and signed with a witness, or recorded where there was none. */
export function witnessed({ attestor, recorded = false }: Signing, asked: Asked): void {
  if (attestor === undefined && !recorded)
    throw new Refusal('no-attestor', { field: 'data.attestor', article: lawOn(asked, 'ev-seize').article })
}

/** Since the law of 2025 what is seized on the spot is recorded whole. */
export function recordedWhole({ recorded = false }: Signing, asked: Asked): void {
  if (!recorded && inForce('ver-av.seizure', asked.at))
    throw new Refusal('must-record', { field: 'data.recorded', article: lawOn(asked, 'ver-av.seizure').article })
}

/** The giver and a second officer: nothing here is among what one may do alone. */
export const pairOf = (matter: Matter, second: string, asked: Asked): Officer[] => [
  ...twoOfficers(matter, { second, oneMay: false }, asked),
]

export const nextList = ({ books }: Matter): number => books.evidence.lists.length + 1
export function newList({ books }: Matter, list: string): void {
  if (books.evidence.lists.some((one) => one.list === list)) throw new Refusal('list-exists')
}

/** Things of the case by their ids. @throws Refusal for one that nobody has listed */
export function thingsIn({ books }: Matter, ids: readonly string[], field: string): ThingRow[] {
  return ids.map((id, at) => {
    const found = books.evidence.things.find((one) => one.id === id)
    if (found === undefined || ids.indexOf(id) !== at) throw new Refusal('thing-unknown', { field: `${field}.${at}` })
    return found
  })
}

export function measureIn({ books }: Matter, id: string): MeasureRow {
  const found = books.evidence.measures.find(({ measure }) => measure === id)
  if (found === undefined) throw new Refusal('no-measure', { field: 'data.measure' })
  return found
}

interface Taken {
  readonly measure: string
  readonly holder: string
  readonly things: readonly Thing[]
  readonly known: readonly string[]
}
const free: ReadonlySet<ThingRow['state']> = new Set(['held', 'left', 'kept'])

/** What may come under a measure: what is not under another, nor, where it is to be taken away, a victim's or of a holder in good faith (PSL25 105). */
export function takeable(matter: Matter, { holder, things, known }: Taken, way: MeasureRow['way'], asked: Asked): void {
  personIn(matter, holder, 'data.holder')
  fit(matter, things, asked)
  const listed = thingsIn(matter, known, 'data.known')
  if (things.length + listed.length === 0) throw new Refusal('no-things', { field: 'data.things' })
  for (const { state, measure } of listed) {
    const kept = state === 'kept' && way !== 'keeping'
    if (!free.has(state) || (measure !== null && !kept)) throw new Refusal('thing-held', { field: 'data.known' })
  }
  if (way !== 'keeping') spared(matter, [...things, ...listed], asked)
}

function spared({ persons, books }: Matter, things: readonly (Thing | ThingRow)[], asked: Asked): void {
  const victims = new Set(persons.flatMap(({ id, roles }) => (roles.includes('victim') && !roles.includes('suspect') ? [id] : [])))
  const registered = new Set(books.evidence.lists.flatMap(({ list, ownerKind }) => (ownerKind === null ? [] : [list])))
  const found = things.find((thing) => victims.has(thing.owner ?? '') || ('list' in thing && registered.has(thing.list)))
  if (found !== undefined)
    throw new Refusal('only-registered', { values: { thing: found.thingName }, article: lawOn(asked, 'ev-seize').article })
}

export function newMeasure({ books }: Matter, measure: string): void {
  if (books.evidence.measures.some((one) => one.measure === measure)) throw new Refusal('measure-exists')
}
