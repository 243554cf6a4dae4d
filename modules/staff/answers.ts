import { z } from 'zod'
import { roles } from '#kernel/decider.ts'
import { boundary, findingKinds, unitKinds, type Views } from './contract.ts'
import { calendarAnswer } from './contract/calendar.ts'

// The answers of the views as schemas: a client is made from them, and the types of the contract hold them.
const unit = z.object({
  code: z.string(),
  kind: z.enum(unitKinds),
  name: z.string(),
  parent: z.string().nullable(),
  position: z.tuple([z.number(), z.number()]).nullable(),
  schematic: z.boolean(),
  closed: z.boolean(),
  keys: z.string(),
})
const account = z.object({
  id: z.string(),
  login: z.string(),
  name: z.string(),
  unit: z.string(),
  grants: z.array(z.object({ role: z.enum(roles), unit: z.string() })),
  secondFactor: z.boolean(),
  closed: z.boolean(),
})

export const answers: { readonly [Name in keyof Views]: z.ZodType<Views[Name]> } = {
  units: z.object({ units: z.array(unit) }),
  boundaries: z.object({ areas: z.array(z.object({ unit: z.string(), boundary, schematic: z.boolean() })) }),
  findings: z.object({
    findings: z.array(z.object({ kind: z.enum(findingKinds), units: z.tuple([z.string(), z.string()]), share: z.number() })),
    gap: z.object({ share: z.number().nullable(), drawn: z.int(), all: z.int() }).nullable(),
  }),
  accounts: z.object({ accounts: z.array(account), total: z.int(), offices: z.array(z.object({ role: z.enum(roles), holders: z.int() })) }),
  calendar: calendarAnswer,
}
