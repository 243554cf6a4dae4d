import { z } from 'zod'
import { text, unitCode, uuid } from '#kernel/text.ts'
import { phases, searched } from '../contract.ts'
import { kindCode } from '../contract/kinds.ts'
import { breakdowns, spans } from '../contract/statistics.ts'
import { groups } from '../rules/kinds/row.ts'

export const priorities = [1, 2, 3] as const

/** What of the board stands in its address: whose board, what of it is asked for, which incident is open beside it. */
export const boardSearch = z.object({
  unit: z.coerce.string().pipe(unitCode).optional().catch(undefined),
  group: z.enum(groups).optional().catch(undefined),
  priority: z.literal(priorities).optional().catch(undefined),
  station: z.coerce.string().pipe(unitCode).optional().catch(undefined),
  phase: z.enum(phases).optional().catch(undefined),
  unsigned: z.literal(true).optional().catch(undefined),
  urged: z.literal(true).optional().catch(undefined),
  incident: uuid.optional().catch(undefined),
})

const day = z.iso.date().optional().catch(undefined)
/** What is looked for among all incidents; `from` and `to` are days, both whole. */
export const searchSearch = z.object({
  unit: z.coerce.string().pipe(unitCode).optional().catch(undefined),
  q: z.coerce.string().pipe(text(100)).optional().catch(undefined),
  kind: kindCode.optional().catch(undefined),
  state: z.enum(searched).optional().catch(undefined),
  from: day,
  to: day,
  incident: uuid.optional().catch(undefined),
})

/** Which types are looked at, and which of them is open beside the list. */
export const kindsSearch = z.object({
  find: z.coerce.string().pipe(text(40)).optional().catch(undefined),
  group: z.enum(groups).optional().catch(undefined),
  kind: kindCode.optional().catch(undefined),
})

export const unplacedSearch = z.object({
  unit: z.coerce.string().pipe(unitCode).optional().catch(undefined),
  incident: uuid.optional().catch(undefined),
})

/** Whose statistics, of which days, of what and by what; `from` and `until` are days, both whole. */
export const statisticsSearch = z.object({
  unit: z.coerce.string().pipe(unitCode).optional().catch(undefined),
  of: z.enum(spans).optional().catch(undefined),
  by: z.enum(breakdowns).optional().catch(undefined),
  from: day,
  until: day,
  imported: z.literal('only').optional().catch(undefined),
})

/** Whose bells, and which of them is open beside the list. */
export const bellsSearch = z.object({
  unit: z.coerce.string().pipe(unitCode).optional().catch(undefined),
  bell: z.coerce.string().pipe(text(40)).optional().catch(undefined),
})
/** Which desk's record is open beside the list. */
export const desksSearch = z.object({ desk: z.coerce.string().pipe(unitCode).optional().catch(undefined) })

/** Whose drills, and which of them, or which series, is open beside the list. */
export const drillsSearch = z.object({
  unit: z.coerce.string().pipe(unitCode).optional().catch(undefined),
  drill: uuid.optional().catch(undefined),
  series: uuid.optional().catch(undefined),
})

/** Whose wall. */
export const wallSearch = z.object({ unit: z.coerce.string().pipe(unitCode).optional().catch(undefined) })
