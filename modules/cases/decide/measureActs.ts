import { Refusal } from '#kernel/decider.ts'
import { extendLimit, type StatutoryLimit } from '#kernel/statute.ts'
import type { Act } from '../contract/acts.ts'
import type { ClaimRow, MeasureRow, measureActKinds } from '../contract/measures.ts'
import type { Running } from '../contract/parts.ts'
import type { Level } from '../rules/row.ts'
import { type Asked, giverOf } from './asked.ts'
import type { ActRule } from './book.ts'
import { claimOver } from './evidenceState.ts'
import { approverOn, lawOn } from './law.ts'
import { isOpen } from './limits.ts'
import type { Matter } from './matter.ts'
import { measureIn, newMeasure, takeable } from './things.ts'

type Kind = (typeof measureActKinds)[number]
type Told<K extends Kind> = Extract<Act, { kind: K }>

function preservable(matter: Matter, act: Told<'preserve'>, asked: Asked): void {
  newMeasure(matter, act.measure)
  takeable(matter, act, act.preserved, asked)
}
const preserve: ActRule<'preserve'> = {
  ask(matter, act, asked) {
    preservable(matter, act, asked)
    return approverOn(asked, act.preserved === 'keeping' ? 'ev-save-7' : 'ev-seize')
  },
  done(matter, act, asked) {
    preservable(matter, act, asked)
    const { kind: _kind, ...data } = act
    return [{ type: 'measureOrdered', data }]
  },
}

function unconfirmed(matter: Matter, { measure }: Told<'confirmSeizure'>, asked: Asked): MeasureRow {
  const row = measureIn(matter, measure)
  if (row.confirmed || row.state !== 'standing')
    throw new Refusal('nothing-to-confirm', { article: lawOn(asked, 'ev-seize-spot.report').article })
  return row
}
const confirmSeizure: ActRule<'confirmSeizure'> = {
  from: 'officers',
  ask(matter, act, asked) {
    unconfirmed(matter, act, asked)
    return approverOn(asked, 'ev-seize-spot.report')
  },
  done(matter, act, asked) {
    return [{ type: 'measureConfirmed', data: { measure: unconfirmed(matter, act, asked).measure } }]
  },
  declined: (_matter, { measure }) => [{ type: 'measureRejected', data: { measure } }],
}

const extendable = ['ev-seize-30', 'ev-return.unclaimed']
function runningOf({ row }: Matter, { subject }: Told<'extendMeasure'>, asked: Asked): Running {
  const found = row.limits.find((one) => one.subject === subject && extendable.includes(one.limit.rule) && isOpen(one))
  if (found === undefined) throw new Refusal('no-measure-runs', { article: lawOn(asked, 'ev-seize-30').article })
  return found
}
const longer = ({ limit }: Running, asked: Asked): StatutoryLimit =>
  extendLimit(limit, { by: giverOf(asked)?.name ?? '', at: asked.at }, { calendar: asked.facts.calendar, now: asked.at })
const extendMeasure: ActRule<'extendMeasure'> = {
  from: 'officers',
  ask(matter, act, asked) {
    const running = runningOf(matter, act, asked)
    const { extension, article } = longer(running, asked)
    return { level: (extension?.approver ?? 'countyHead') as Level, article }
  },
  done(matter, act, asked) {
    return [{ type: 'limitExtended', data: { limit: longer(runningOf(matter, act, asked), asked), subject: act.subject } }]
  },
}

/** What nobody has fetched within the time is nobody's. The law names nobody who approves it: the head who may make the time longer does. */
function unclaimed({ row, books }: Matter, { claim }: Told<'disposeUnclaimed'>, asked: Asked): ClaimRow {
  const { article } = lawOn(asked, 'ev-return.unclaimed')
  const found = books.evidence.claims.find((one) => one.claim === claim && !claimOver(books.evidence, one.items))
  const limit = row.limits.find((one) => one.subject === claim)?.limit
  if (found === undefined || limit === undefined) throw new Refusal('no-claim', { article })
  if (asked.at < limit.due) throw new Refusal('claim-waits', { article })
  return found
}
const disposeUnclaimed: ActRule<'disposeUnclaimed'> = {
  from: 'officers',
  ask(matter, act, asked) {
    unclaimed(matter, act, asked)
    const { article } = lawOn(asked, 'ev-return.unclaimed')
    return { level: 'agencyHead', article }
  },
  done(matter, act, asked) {
    const { claim, items } = unclaimed(matter, act, asked)
    const left = items.filter((id) => matter.books.evidence.things.some((thing) => thing.id === id && thing.state === 'held'))
    return [{ type: 'thingsDisposed', data: { claim, items: left, destiny: act.destiny } }]
  },
}

export const measureActRules: { readonly [K in Kind]: ActRule<K> } = { preserve, confirmSeizure, extendMeasure, disposeUnclaimed }
