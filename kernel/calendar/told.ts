import type { Limit } from '../calendar.ts'
import type { Day } from './day.ts'
import type { Approval, Pause, Step } from './step.ts'
import type { Term } from './term.ts'

/** A sentence of `words/*.json` by its key, and what fills its blanks. */
export interface Told {
  readonly word: string
  readonly values: Readonly<Record<string, Value>>
}
/** Days and instants are written as the reader's language writes them. */
type Value = string | number | { readonly day: Day } | { readonly instant: string } | Told

/** How one language speaks. */
export interface Tongue {
  readonly say: (word: string, values: Readonly<Record<string, string | number>>) => string
  readonly day: (day: Day) => string
  readonly instant: (instant: string) => string
}

const word = (key: string, values: Told['values'] = {}): Told => ({ word: key, values })
const termTold = ({ unit, count }: Term): Told => word(`limit.term.${unit}`, { count })
const approvalTold = (approval: Approval | null): Told =>
  approval === null ? word('limit.noApproval') : word('limit.approved', { by: approval.by, at: { instant: approval.at } })
const pauseTold = ({ from, to, reason, approval }: Pause): Told['values'] => ({
  reason: word(`limit.pause.${reason}`),
  from: { instant: from },
  to: to === null ? word('limit.stillOn') : { instant: to },
  approval: approvalTold(approval),
})
/** Nobody says 0:00 of the day after when he means the end of a day. */
const endTold = ({ at, day }: { readonly at: string; readonly day: Day | null }): Value =>
  day === null ? { instant: at } : word('limit.dayEnd', { day: { day } })
const offTold = (why: string): Told => word(`holiday.${why}`)

/** What a step says to somebody who is no lawyer. */
export function stepTold(step: Step): Told {
  switch (step.is) {
    case 'restarted': {
      const { from, reason, approval } = step.restart
      const anew = {
        at: { instant: from },
        reason: word(`limit.restart.${reason}`),
        approval: approvalTold(approval),
        from: { instant: step.from },
      }
      return step.due === null ? word('limit.restartedOpen', anew) : word('limit.restarted', { ...anew, due: { instant: step.due } })
    }
    case 'beginsMinute':
      return word('limit.beginsMinute', { at: { instant: step.at } })
    case 'beginsDay':
      return word('limit.beginsDay', { at: { instant: step.at }, first: { day: step.first } })
    case 'offset':
      return word('limit.offset', { count: step.days })
    case 'extended':
      return word('limit.extended', { term: termTold(step.term), approval: approvalTold(step.approval) })
    case 'countedHours':
      return word('limit.counted', { term: termTold(step.term), last: { instant: step.until } })
    case 'countedDays':
      return word('limit.counted', { term: termTold(step.term), last: { day: step.last } })
    case 'pausedHours':
      return word('limit.paused', { ...pauseTold(step.pause), out: word('limit.minutes', { count: Math.round(step.minutes) }) })
    case 'pausedDays':
      return word('limit.paused', { ...pauseTold(step.pause), out: termTold({ unit: 'days', count: step.days }) })
    case 'skipped':
      return word('limit.skipped', { day: { day: step.day }, why: offTold(step.why) })
    case 'swapped':
      return word('limit.swapped', { day: { day: step.day } })
    case 'movedOn':
      return word('limit.movedOn', { from: { day: step.from }, to: { day: step.to } })
    case 'notMoved':
      return word('limit.notMoved', { day: { day: step.day }, why: offTold(step.why) })
    case 'unsettled':
      return word('limit.unsettled', { day: { day: step.day }, year: step.year })
    case 'table':
      return word('limit.table', { year: step.year, source: step.source, verified: word(`limit.verified.${step.verified}`) })
    case 'due':
      return step.day === null ? word('limit.due', { at: { instant: step.at } }) : word('limit.dueDay', { day: { day: step.day } })
  }
}

/** How it stands, in one sentence. */
export function limitTold(limit: Limit): Told {
  if (limit.is === 'gap') return word('limit.gap', { year: limit.gap })
  const due = limit.is === 'paused' ? limit.ifEndedNow : limit.due
  const end = limit.steps.findLast((step) => step.is === 'due')
  const at = endTold({ at: due, day: end?.day ?? null })
  if (limit.is === 'paused') return word('limit.standing', { at })
  return word(limit.provisional ? 'limit.provisional' : 'limit.settled', { at })
}

export function spoken({ word: key, values }: Told, tongue: Tongue): string {
  const written = (value: Value): string | number => {
    if (typeof value !== 'object') return value
    if ('day' in value) return tongue.day(value.day)
    return 'instant' in value ? tongue.instant(value.instant) : spoken(value, tongue)
  }
  return tongue.say(key, Object.fromEntries(Object.entries(values).map(([name, value]) => [name, written(value)])))
}
