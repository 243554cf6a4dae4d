import { z } from 'zod'
import { type Desk, type DeskRow, shiftCommands, shiftEvents, type ShiftRow } from './shift.ts'

const person = z.object({ account: z.string(), name: z.string() })
const hand = shiftEvents.handOverOffered.pick({ open: true, incidents: true, clocks: true })
const screens = z.object({ alive: z.int(), visible: z.int(), seen: z.string().nullable() })
const common = {
  id: z.string(),
  n: z.int(),
  unit: z.string(),
  since: z.string(),
  after: z.string().nullable(),
  people: z.array(person.extend({ since: z.string() })),
  silent: z.object({ since: z.string(), at: z.string() }).nullable(),
  silences: z.int(),
  ended: z.object({ at: z.string(), by: z.string(), reason: z.string().nullable(), next: z.string().nullable() }).nullable(),
}

export const shiftAnswer: z.ZodType<ShiftRow> = z.object({
  ...common,
  path: z.array(z.string()),
  offer: shiftEvents.handOverOffered.extend({ n: z.int(), at: z.string() }).nullable(),
})
export const staffingAnswer: z.ZodType<{ readonly rows: readonly DeskRow[] }> = z.object({
  rows: z.array(z.object({ unit: z.string(), shift: z.object({ ...common, offered: person.nullable() }).nullable(), screens })),
})
const no = z.object({ rule: z.string(), values: z.record(z.string(), z.union([z.string(), z.number()])) })
const types = Object.keys(shiftCommands) as [keyof typeof shiftCommands, ...(keyof typeof shiftCommands)[]]
export const deskAnswer: z.ZodType<Desk> = z.object({
  unit: z.string(),
  now: z.string(),
  shift: shiftAnswer.nullable(),
  screens,
  hand,
  people: z.array(person),
  can: z.partialRecord(z.enum(types), z.union([z.literal(true), no])),
})
