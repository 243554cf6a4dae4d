import { z } from 'zod'
import { roles } from '#kernel/decider.ts'
import { unitCode, uuid } from '#kernel/text.ts'
import { kinds } from '../import/kinds.ts'

const unit = z.coerce.string().pipe(unitCode).optional().catch(undefined)
const find = z.coerce.string().max(60).optional().catch(undefined)
export const unitsSearch = z.object({ unit, find, misfit: z.boolean().optional().catch(undefined) })
export const accountsSearch = z.object({
  unit,
  find,
  account: uuid.optional().catch(undefined),
  role: z.enum(roles).optional().catch(undefined),
  closed: z.boolean().optional().catch(undefined),
  page: z.int().min(1).max(10_000).optional().catch(undefined),
})
export const importSearch = z.object({ kind: z.enum(kinds).optional().catch(undefined) })
export const calendarSearch = z.object({ year: z.int().min(2000).max(2099).optional().catch(undefined) })
export const settingsSearch = z.object({ unit, setting: z.string().max(100).optional().catch(undefined) })
