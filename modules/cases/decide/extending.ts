import { Refusal } from '#kernel/decider.ts'
import { extendLimit, type StatutoryLimit } from '#kernel/statute.ts'
import type { Running } from '../contract/parts.ts'
import type { Level } from '../rules/row.ts'
import type { ActRule } from './book.ts'
import { type Asked, giverOf } from './asked.ts'
import { isOpen } from './limits.ts'
import type { Matter } from './matter.ts'

const rule = 'dec-limit'

function runningOf({ row }: Matter): Running {
  const found = row.limits.find((one) => one.limit.rule === rule && isOpen(one))
  if (found === undefined) throw new Refusal('no-limit-runs', { article: 'PSL25 118' })
  return found
}

const extended = ({ limit }: Running, asked: Asked): StatutoryLimit =>
  extendLimit(limit, { by: giverOf(asked)?.name ?? '', at: asked.at }, { calendar: asked.facts.calendar, now: asked.at })

/** 延长办案期限 (PSL25 118): as often as the wording of its day allows, before the end, by the agency above. */
export const extendCase: ActRule<'extendCase'> = {
  ask(matter, _act, asked) {
    const running = runningOf(matter)
    // Whether it could be at all is known now; what it becomes, when it has been approved.
    extended(running, asked)
    const { extension, article } = running.limit
    return { level: (extension?.approver ?? 'nextHigher') as Level, article }
  },
  done: (matter, _act, asked) => [{ type: 'limitExtended', data: { limit: extended(runningOf(matter), asked) } }],
}
