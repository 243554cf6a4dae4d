import { z } from 'zod'
import { unitCode, uuid } from '#kernel/text.ts'

export const shows = ['all', 'unsigned', 'moving', 'arrived'] as const
export type Show = (typeof shows)[number]

/** What of the board stands in its address: whose board, which part of it, which incident is open beside it. */
export const boardSearch = z.object({
  unit: z.coerce.string().pipe(unitCode).optional().catch(undefined),
  show: z.enum(shows).optional().catch(undefined),
  incident: uuid.optional().catch(undefined),
})

export const unplacedSearch = z.object({
  unit: z.coerce.string().pipe(unitCode).optional().catch(undefined),
  incident: uuid.optional().catch(undefined),
})
