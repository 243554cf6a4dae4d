import { Refusal } from '#kernel/decider.ts'
import { pauseLimit, resumeLimit } from '#kernel/statute.ts'
import type { Event } from '../contract.ts'
import type { AppraisalRow } from '../contract/appraisals.ts'
import type { Running } from '../contract/parts.ts'
import type { Asked } from './asked.ts'
import { lawOn } from './law.ts'
import { isOpen } from './limits.ts'
import type { Matter } from './matter.ts'

/** Its opinion is still to come in writing. */
export const pending = ({ state }: AppraisalRow): boolean => state === 'ordered' || state === 'told'

export function appraisalIn({ books }: Matter, id: string, states: readonly AppraisalRow['state'][], asked: Asked): AppraisalRow {
  const found = books.evidence.appraisals.find(({ appraisal }) => appraisal === id)
  const { article } = lawOn(asked, 'ev-appraisal.copy')
  if (found === undefined) throw new Refusal('no-appraisal', { field: 'data.appraisal', article })
  if (!states.includes(found.state)) throw new Refusal('appraisal-state', { article, values: { state: found.state } })
  return found
}
export function newAppraisal({ books }: Matter, id: string): void {
  if (books.evidence.appraisals.some(({ appraisal }) => appraisal === id)) throw new Refusal('appraisal-exists')
}

/** The measure that a thing is under. */
const measureOf = ({ books }: Matter, sample: string | null): string | null =>
  books.evidence.things.find(({ id }) => id === sample)?.measure ?? null

/** What stands still for an appraisal: the time to decide (PSL25 118), and of a thing what it is seized for (AP 112). */
function stopping(matter: Matter, sample: string | null): readonly Running[] {
  const measure = measureOf(matter, sample)
  return matter.row.limits.filter(
    (one) => isOpen(one) && one.limit.stops.includes('appraisal') && (one.subject === null || one.subject === measure),
  )
}
const paused = ({ limit }: Running): boolean => limit.pauses.some(({ reason, to }) => reason === 'appraisal' && to === null)
const extended = (limit: Running['limit'], subject: string | null): Event => ({
  type: 'limitExtended',
  data: { limit, ...(subject !== null && { subject }) },
})

/** From the order on they stand still; what is over already stays over. */
export function standStill(matter: Matter, sample: string | null, { at, facts: { calendar } }: Asked): Event[] {
  const counting = { calendar, now: at }
  return stopping(matter, sample)
    .filter((one) => !paused(one) && (one.limit.standing || at < one.limit.due))
    .map(({ limit, subject }) => extended(pauseLimit(limit, { from: at, reason: 'appraisal', approval: null }, counting), subject))
}

/** They run on when nothing is appraised any more that they stand still for. */
export function runOn(matter: Matter, done: AppraisalRow, { at, facts: { calendar } }: Asked): Event[] {
  const others = matter.books.evidence.appraisals.filter((one) => one.appraisal !== done.appraisal && pending(one))
  const goesOn = ({ subject }: Running): boolean => others.some(({ sample }) => subject === null || measureOf(matter, sample) === subject)
  return stopping(matter, done.sample)
    .filter((one) => paused(one) && !goesOn(one))
    .map(({ limit, subject }) => extended(resumeLimit(limit, 'appraisal', at, { calendar, now: at }), subject))
}
