import type { SpanName } from '../contract/statistics.ts'
import { arrivalBands, feedbackBands, receiptBands } from '../rules.ts'

/** A day begins where the force is. */
const zone = '+08:00'
const dayMs = 86_400_000

/** The instant at which a day begins that lies so many days after this one. */
export const daysFrom = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00${zone}`) + days * dayMs).toISOString()

/** Where the bands of a span end, in seconds; one more has no end. Of `reached` there are none. */
export const bandsOf = (span: SpanName): readonly number[] =>
  ({ reached: [], receipt: receiptBands, arrival: arrivalBands, feedback: feedbackBands })[span]
