import { z } from 'zod'
import { unitCode, uuid } from '#kernel/text.ts'

const unit = z.coerce.string().pipe(unitCode).optional().catch(undefined)
const find = z.coerce.string().max(60).optional().catch(undefined)
export const unitsSearch = z.object({ unit, find })
export const accountsSearch = z.object({ unit, find, account: uuid.optional().catch(undefined) })
