import { Refusal } from '#kernel/decider.ts'
import type { Event } from '../contract.ts'
import type { ThingRow } from '../contract/evidence.ts'
import { handling } from './handling.ts'
import { type Asked, giverOf, type Of } from './asked.ts'
import { begin } from './counting.ts'
import { claimOver } from './evidenceState.ts'
import { lawOn } from './law.ts'
import type { Matter } from './matter.ts'
import {
  attested,
  measureIn,
  newList,
  newMeasure,
  nextList,
  pairOf,
  personIn,
  recordedWhole,
  takeable,
  thingsIn,
  witnessed,
  working,
} from './things.ts'

/** What was approved is done, and lasts so long from then. */
export function carryOutMeasure(matter: Matter, { second, ...data }: Of<'carryOutMeasure'>, asked: Asked): Event[] {
  handling(matter, asked)
  const { state, way } = measureIn(matter, data.measure)
  if (state !== 'ordered') throw new Refusal('carried-out', { article: lawOn(asked, 'ev-seize').article })
  witnessed(data, asked)
  const limits = [begin(asked, way === 'keeping' ? 'ev-save-7' : 'ev-seize-30')]
  return [{ type: 'measureCarriedOut', data: { ...data, number: nextList(matter), officers: pairOf(matter, second, asked), limits } }]
}

/**
 * 当场扣押, before anybody could approve: then it is reported at once and approved afterwards, or lifted. Of what may be a crime nothing is seized before it is
 * filed (`intake-mixed`).
 */
export function seizeOnTheSpot(matter: Matter, { second, actedAt, ...data }: Of<'seizeOnTheSpot'>, asked: Asked): Event[] {
  working(matter, asked)
  if (matter.row.nature === 'criminal' && matter.row.caseNumber === null)
    throw new Refusal('file-first', { article: lawOn(asked, 'intake-mixed').article })
  newMeasure(matter, data.measure)
  takeable(matter, data, 'seizure', asked)
  recordedWhole(data, asked)
  witnessed(data, asked)
  const since = actedAt === undefined ? asked.at : new Date(actedAt).toISOString()
  if (since > asked.at) throw new Refusal('in-future', { field: 'data.actedAt' })
  const limits = [begin(asked, 'ev-seize-30', since), begin(asked, 'ev-seize-spot.report', since)]
  const officers = pairOf(matter, second, asked)
  return [{ type: 'seizedOnTheSpot', data: { ...data, since, number: nextList(matter), officers, limits } }]
}

export function tellHolder(matter: Matter, data: Of<'tellHolder'>, asked: Asked): Event[] {
  working(matter, asked)
  if (!measureIn(matter, data.measure).untold.includes(data.about))
    throw new Refusal('nothing-to-tell', { article: lawOn(asked, 'ev-seize-30').article })
  return [{ type: 'holderTold', data }]
}

const there: ReadonlySet<ThingRow['state']> = new Set(['held', 'kept', 'ordered'])
function present(matter: Matter, items: readonly string[], asked: Asked): void {
  if (thingsIn(matter, items, 'data.items').some(({ state }) => !there.has(state)))
    throw new Refusal('thing-gone', { field: 'data.items', article: lawOn(asked, 'ev-return.now').article })
}
/** Whoever has the matter; before it is somebody's, the desk that took the things in. */
function ofMatter({ row }: Matter, asked: Asked): void {
  const giver = giverOf(asked)
  if (giver !== null && row.officers.length > 0 && !row.officers.some(({ account }) => account === giver.account))
    throw new Refusal('not-handling', { article: 'AP 52' })
}

/** Unrelated, decided on, or over: back at once (`ev-return.now`). Nobody has to approve that. */
export function returnThings(matter: Matter, { second, ...data }: Of<'returnThings'>, asked: Asked): Event[] {
  ofMatter(matter, asked)
  newList(matter, data.list)
  present(matter, data.items, asked)
  personIn(matter, data.receiver, 'data.receiver')
  attested(data, asked)
  return [{ type: 'thingsReturned', data: { ...data, number: nextList(matter), officers: pairOf(matter, second, asked) } }]
}

/** Who may fetch it is told, or the public: six months later it is nobody's. */
export function noticeClaim(matter: Matter, data: Of<'noticeClaim'>, asked: Asked): Event[] {
  ofMatter(matter, asked)
  present(matter, data.items, asked)
  const { evidence } = matter.books
  const running = evidence.claims.filter(({ items }) => !claimOver(evidence, items))
  if (running.some(({ claim, items }) => claim === data.claim || items.some((id) => data.items.includes(id))))
    throw new Refusal('claim-runs', { article: lawOn(asked, 'ev-return.unclaimed').article })
  return [{ type: 'claimNotified', data: { ...data, limit: begin(asked, 'ev-return.unclaimed') } }]
}

/** 视为自动解除: what nobody has decided on within the seven days is free by itself. */
export function lapsed(_matter: Matter, { rule, subject }: { readonly rule: string; readonly subject?: string | undefined }): Event[] {
  return rule === 'ev-save-7' && subject !== undefined ? [{ type: 'measureLapsed', data: { measure: subject } }] : []
}
