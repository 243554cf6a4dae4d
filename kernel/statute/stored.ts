import { z } from 'zod'
import { pauseReasons, restartReasons, type Step } from '../calendar/step.ts'
import { holidayNames } from '../calendar/year.ts'
import type { StatutoryLimit } from '../statute.ts'

const verified = z.enum(['yes', '2nd', 'no'])
const approval = z.strictObject({ by: z.string(), at: z.string() })
const pause = z.strictObject({ from: z.string(), to: z.string().nullable(), reason: z.enum(pauseReasons), approval: approval.nullable() })
const restart = z.strictObject({ from: z.string(), reason: z.enum(restartReasons), approval: approval.nullable() })
const term = z.strictObject({ unit: z.enum(['hours', 'days', 'workingDays', 'months', 'years']), count: z.int() })
const off = z.enum(['weekend', ...holidayNames])
const day = z.iso.date()

const step: z.ZodType<Step> = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('restarted'), from: z.string(), due: z.string().nullable(), restart }),
  z.strictObject({ is: z.literal('beginsMinute'), at: z.string() }),
  z.strictObject({ is: z.literal('beginsDay'), at: z.string(), first: day }),
  z.strictObject({ is: z.literal('offset'), days: z.number() }),
  z.strictObject({ is: z.literal('extended'), term, approval }),
  z.strictObject({ is: z.literal('countedHours'), term, until: z.string() }),
  z.strictObject({ is: z.literal('countedDays'), term, last: day }),
  z.strictObject({ is: z.literal('pausedHours'), pause, minutes: z.number() }),
  z.strictObject({ is: z.literal('pausedDays'), pause, days: z.number() }),
  z.strictObject({ is: z.literal('skipped'), day, why: off }),
  z.strictObject({ is: z.literal('swapped'), day }),
  z.strictObject({ is: z.literal('movedOn'), from: day, to: day }),
  z.strictObject({ is: z.literal('notMoved'), day, why: off }),
  z.strictObject({ is: z.literal('unsettled'), day, year: z.int() }),
  z.strictObject({ is: z.literal('table'), year: z.int(), source: z.string(), verified, n: z.int() }),
  z.strictObject({ is: z.literal('due'), at: z.string(), day: day.nullable() }),
])

/** Of an event that begins or changes a limit. */
export const statutoryLimit: z.ZodType<StatutoryLimit> = z.strictObject({
  rule: z.string(),
  version: day,
  article: z.string(),
  verified,
  is: z.enum(['limit', 'wait']),
  term: z.string(),
  liberty: z.boolean(),
  trigger: z.string(),
  stops: z.array(z.enum(pauseReasons)),
  extension: z.strictObject({ term: z.string(), most: z.int(), approver: z.string() }).nullable(),
  decided: z.strictObject({ setting: z.string(), value: z.number() }).nullable(),
  from: z.string(),
  prior: z.number().nullable(),
  pauses: z.array(pause),
  extensions: z.array(z.strictObject({ term: z.string(), approval })),
  restarts: z.array(restart),
  counted: z.string(),
  due: z.string(),
  standing: z.boolean(),
  provisional: z.boolean(),
  steps: z.array(step),
})
