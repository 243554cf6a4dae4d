import { z } from 'zod'

/** A clock as the answer of a view has it; null where none runs. */
export const clockAnswer = z
  .object({
    id: z.string(),
    rule: z.string(),
    unit: z.string(),
    source: z.string(),
    started: z.string(),
    since: z.string().nullable(),
    ran: z.int(),
    points: z.array(z.object({ name: z.string(), after: z.int() })),
  })
  .nullable()
