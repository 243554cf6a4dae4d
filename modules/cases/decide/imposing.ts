import type { Recorded } from '#kernel/decider.ts'
import { Refusal } from '#kernel/decider.ts'
import type { Event } from '../contract.ts'
import type { Officer } from '../contract/parts.ts'
import { spotRemedies } from '../rules.ts'
import { amountOn } from './amounts.ts'
import { type Asked, giverOf, type Of } from './asked.ts'
import { begin, inForce } from './counting.ts'
import { decision } from './decision.ts'
import { decisionOn } from './deciding.ts'
import { execution } from './execution.ts'
import { payFine } from './fine.ts'
import { lawOn } from './law.ts'
import type { Matter } from './matter.ts'
import { noticePenalty, recordDefence } from './notice.ts'
import { draftPenalty } from './penalty.ts'
import { serveDecision } from './serving.ts'
import { notBeingSettled } from './settling.ts'
import { twoOfficers } from './sessions.ts'

type Imposed = Of<'imposeOnTheSpot'>

/** One step after the other on what the last one has left, as if each had been given for itself. */
function inTurn(matter: Matter, steps: readonly ((matter: Matter) => readonly Event[])[], { at, occurred, by }: Asked): Event[] {
  const all: Event[] = []
  let now = matter
  for (const step of steps)
    for (const event of step(now)) {
      all.push(event)
      const recorded = { version: 1, at, occurred, by, stream: matter.row.id, n: now.row.n, ...event } as Recorded<Event>
      const books = {
        ...now.books,
        decision: decision.evolve(now.books.decision, recorded, now),
        execution: execution.evolve(now.books.execution, recorded, now),
      }
      now = { ...now, books }
    }
  return all
}

/** Only a warning or a small fine, where the facts are clear, and never of the four kinds that the police rules shut out (PSL25 119; AP 37). */
function fit(matter: Matter, data: Imposed, then: Asked): void {
  const cap = amountOn(then, 'spot-cap.security')
  const { article } = cap
  if ((data.fine ?? 0) > cap.amount) throw new Refusal('spot-over', { field: 'data.fine', article, values: { yuan: cap.amount } })
  if (data.clearFacts !== true) throw new Refusal('spot-unclear', { field: 'data.clearFacts', article })
  if (data.noVice !== true) throw new Refusal('spot-vice', { field: 'data.noVice', article })
  const before = matter.books.decision[data.person]
  if (before?.decided === null && before.notice !== null) throw new Refusal('ordinary-runs', { article })
}

/** Card shown, rights told, handed over; alone only where he has nothing against it, and recorded since 2026 (PSL25 120; AP 38). */
function kept(matter: Matter, data: Imposed, then: Asked): readonly Officer[] {
  const { article } = lawOn(then, 'spot-steps')
  const { cardShown, rightsTold, handedOver, said, second, recorded } = data
  if (cardShown !== true) throw new Refusal('spot-card', { field: 'data.cardShown', article })
  if (rightsTold !== true) throw new Refusal('spot-rights', { field: 'data.rightsTold', article })
  if (handedOver !== true) throw new Refusal('hand-over', { field: 'data.handedOver', article })
  if (second !== undefined) return twoOfficers(matter, { second, oneMay: false }, then)
  if (said === 'statement') throw new Refusal('spot-disputed', { field: 'data.second', article })
  if (recorded !== true && inForce('ver-av.onTheSpot', then.at))
    throw new Refusal('recording-needed', { field: 'data.recorded', article: lawOn(then, 'ver-av.onTheSpot').article })
  return [giverOf(then)].filter((one) => one !== null)
}

/** A fine is taken on the spot for one of three reasons alone, against a receipt (PSL25 123, 124). */
function collected({ fine, collection, receipt, said }: Imposed, then: Asked): void {
  if (collection === undefined) return
  const { amount, article } = amountOn(then, 'ex-fine-spot.cap')
  if (fine === undefined) throw new Refusal('no-fine', { field: 'data.collection', article })
  if (receipt === undefined) throw new Refusal('collect-receipt', { field: 'data.receipt', article })
  if (collection !== 'undisputed') return
  if (said === 'statement') throw new Refusal('collect-disputed', { field: 'data.collection', article })
  if (fine > amount) throw new Refusal('collect-over', { field: 'data.collection', article, values: { yuan: amount } })
}

/** 当场处罚: drafted, told, heard, decided, served and, where it may be, paid in one moment, by the law of that moment. */
export function imposeOnTheSpot(matter: Matter, data: Imposed, asked: Asked): Event[] {
  const { person, imposed = asked.at, penalty, fine, article, facts, guardian, guardianAbsent, said, statement, recheck } = data
  if (imposed > asked.at) throw new Refusal('in-future', { field: 'data.imposed' })
  const then = { ...asked, at: new Date(imposed).toISOString() }
  const { recorded, collection, receipt } = data
  const lacking = <T extends object>(given: T) => Object.fromEntries(Object.entries(given).filter(([, one]) => one !== undefined)) as T
  notBeingSettled(matter, person, then)
  fit(matter, data, then)
  collected(data, then)
  const draft = lacking({ penalties: [penalty], fine, article, facts })
  const course = inTurn(
    matter,
    [
      (now) => draftPenalty(now, { person, ...draft }, then),
      (now) => noticePenalty(now, lacking({ person, path: 'told' as const, guardian, guardianAbsent }), then),
      (now) => recordDefence(now, lacking({ person, said, statement, recheck }), then),
      (now) => [decisionOn(now, person, { remedies: [...spotRemedies], limits: [] })],
      (now) => serveDecision(now, { person, service: 'announced' }, then),
      (now) => (collection === undefined ? [] : payFine(now, { person, amount: fine ?? 0, receipt: receipt ?? '' }, then)),
    ],
    then,
  )
  const limits = [begin(then, 'spot-file.usual'), ...(collection === undefined ? [] : [begin(then, 'ex-fine-spot.turnIn')])]
  const officers = [...kept(matter, data, then)]
  return [...course, { type: 'imposedOnTheSpot', data: lacking({ person, imposed: then.at, recorded, officers, collection, limits }) }]
}
