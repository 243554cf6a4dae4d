import { z } from 'zod'
import { text, unitCode, uuid } from '#kernel/text.ts'
import { phases, sources } from '../contract/parts.ts'

const unit = z.coerce.string().pipe(unitCode).optional().catch(undefined)

/** Whose matters, and which of them; `q` looks for words or a number instead. */
export const casesSearch = z.object({
  unit,
  phase: z.enum(phases).optional().catch(undefined),
  source: z.enum(sources).optional().catch(undefined),
  q: z.coerce.string().pipe(text(100)).optional().catch(undefined),
})
/** The incident that a report answers for. */
export const reportSearch = z.object({ incident: uuid.optional().catch(undefined) })
/** Whose questions, and which of them is open beside the list. */
export const questionsSearch = z.object({ unit, incident: uuid.optional().catch(undefined) })
/** What of the list is open beside it. */
export const waitingSearch = z.object({ on: z.string().max(300).optional().catch(undefined) })
export const limitsSearch = z.object({ unit })
