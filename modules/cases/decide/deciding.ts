import { momentOf } from '#kernel/day.ts'
import { Refusal } from '#kernel/decider.ts'
import type { Event, MatterRow } from '../contract.ts'
import type { notCarried, Penalty } from '../contract/decision.ts'
import { remedies } from '../rules.ts'
import type { Person } from '../contract/parts.ts'
import type { Level } from '../rules/row.ts'
import { situated, suspectOf } from './about.ts'
import type { ActRule } from './book.ts'
import { type Asked, giverOf } from './asked.ts'
import { begin } from './counting.ts'
import { hearingRuns } from './hearing.ts'
import { begun, met } from './limits.ts'
import { windows } from './notice.ts'
import { notBeingSettled } from './settling.ts'
import { type About, administrative, type Draft, has, penal, pending, wouldBeLast } from './penalty.ts'
import { reviewDue } from './review.ts'
import { amountOn } from './amounts.ts'
import { approverOn, lawOn } from './law.ts'
import type { Matter } from './matter.ts'
import { ageOn } from './persons.ts'

/** Told, heard, and his time to ask for a hearing over or given up; no decision without (PSL25 112). */
function toldAndHeard({ notice, defence, hearing }: Penalty, asked: Asked): void {
  const article = lawOn(asked, 'dec-notice').article
  if (notice === null) throw new Refusal('notice-first', { article })
  if (defence === null) throw new Refusal('defence-first', { article })
  if (notice.hearing && hearing === null && asked.at < (notice.askUntil ?? notice.at))
    throw new Refusal('hearing-window', {
      article: lawOn(asked, 'hear-request').article,
      values: { due: momentOf(notice.askUntil ?? notice.at) },
    })
}

/** @throws Refusal by the first thing that is missing */
function ready(matter: Matter, person: string, asked: Asked): Penalty {
  const penalty = pending(matter, person)
  const { draft, review, discussed } = penalty
  notBeingSettled(matter, person, asked)
  if (penal(draft)) toldAndHeard(penalty, asked)
  if (hearingRuns(penalty)) throw new Refusal('hearing-runs', { article: lawOn(asked, 'hear-scope').article })
  const article = lawOn(asked, 'dec-legal-review').article
  if (review === null && reviewDue(penalty)) throw new Refusal('review-first', { article })
  if (review !== null && review.state !== 'passed') throw new Refusal('review-open', { article })
  const deputy = has(draft, 'detention') && situated(suspectOf(matter, person), 'deputy')
  if (deputy && draft.leave === undefined) throw new Refusal('leave-first', { article: lawOn(asked, 'dec-deputy.leave').article })
  if (draft.complex === true && discussed === null) throw new Refusal('discussion-first', { article })
  return penalty
}

/** PSL25 109: a warning or a small fine by the station, anything heavier at county level. */
function levelOf({ penalties, fine = 0 }: Draft, asked: Asked): { readonly level: Level; readonly article: string } {
  const station = amountOn(asked, 'dec-level.station')
  const light = penalties.every((kind) => kind === 'warning' || kind === 'fine' || kind === 'none')
  return light && fine <= station.amount ? { level: 'stationHead', article: station.article } : approverOn(asked, 'dec-level.detention')
}

/** PSL25 23: whose detention is decided but not carried out. What is grave or was done again lifts the bar of age, never that of pregnancy or nursing. */
function withheld(draft: Draft, suspect: Person, asked: Asked): (typeof notCarried)[number] | undefined {
  if (!has(draft, 'detention')) return undefined
  if (situated(suspect, 'pregnant') || situated(suspect, 'nursing')) return 'nursing'
  const age = ageOn(suspect, asked.at)
  if (age === null || draft.exception !== undefined) return undefined
  if (age >= amountOn(asked, 'dec-detention.old').amount) return 'old'
  if (age < amountOn(asked, 'dec-detention.young').amount) return 'young'
  return age <= amountOn(asked, 'dec-detention.first').amount ? 'first' : undefined
}

type Decided = Extract<Event, { type: 'penaltyDecided' }>
/** What was drafted for him, as it is decided: the next number of the case, and whether it was the last one. */
export function decisionOn(
  matter: Matter,
  person: string,
  more: Pick<Decided['data'], 'level' | 'withheld' | 'remedies' | 'limits'>,
): Decided {
  const { complex: _complex, publicInterest: _interest, exception: _exception, leave: _leave, ...said } = pending(matter, person).draft
  const number = Object.values(matter.books.decision).filter(({ decided }) => decided !== null).length + 1
  const decisionNumber = `${matter.row.caseNumber ?? ''}-${number}`
  return { type: 'penaltyDecided', data: { ...said, person, decisionNumber, last: wouldBeLast(matter, person), ...more } }
}

/** 决定. Asked for by who handles it, decided by the head whom the penalty asks for and who has not reviewed it. */
export const decidePenalty: ActRule<'decidePenalty'> = {
  ask(matter, { person }, asked) {
    administrative(matter)
    return levelOf(ready(matter, person, asked).draft, asked)
  },
  done(matter, { person }, asked) {
    const { draft, review } = ready(matter, person, asked)
    if (review?.reviewer && review.reviewer.account === giverOf(asked)?.account)
      throw new Refusal('reviewer-decides', { article: lawOn(asked, 'dec-legal-review').article })
    const kept = withheld(draft, suspectOf(matter, person), asked)
    const more = { level: levelOf(draft, asked).level, ...(kept !== undefined && { withheld: kept }) }
    return [decisionOn(matter, person, { ...more, remedies: [...remedies.administrative], limits: [begin(asked, 'dec-serve.absent')] })]
  },
}

export function decided(before: Penalty, { at, data }: About<'penaltyDecided'>): Penalty {
  if (data === null) return before
  const { decisionNumber, withheld: kept = null } = data
  return { ...before, decided: { decisionNumber, at, withheld: kept } }
}

export function decidedRow({ row }: Matter, { data }: About<'penaltyDecided'>): Partial<MatterRow> {
  if (data === null) return {}
  const done = met(row.limits, windows, data.person)
  return { limits: begun(data.last ? met(done, ['dec-limit']) : done, data.limits, row.unit, data.person) }
}
