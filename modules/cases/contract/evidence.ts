import { z } from 'zod'
import { uuid } from '#kernel/text.ts'
import { appraisalRow } from './appraisals.ts'
import { claimRow, measureRow, ways } from './measures.ts'
import { officer } from './parts.ts'
import { second, signing, signings, thing, things } from './things.ts'

/** Whose property is registered and left with its holder, never seized (PSL25 105). */
export const owners = ['victim', 'goodFaith'] as const
export const registerCommands = {
  /** 接受证据: what somebody hands in, with the list that is his receipt (AP 64; CP 173). `list`: made by the client. */
  receiveEvidence: z.strictObject({ list: uuid, giver: uuid, things, signed: signing.signed, recorded: signing.recorded }),
  /** What officers have gathered themselves, two of them. `giver`: whom it was got from. */
  gatherEvidence: z.strictObject({ list: uuid, giver: uuid.optional(), things, second, ...signing }),
  /** 登记: property of a victim or of a holder in good faith is not seized but registered (PSL25 105). */
  registerProperty: z.strictObject({ list: uuid, giver: uuid, ownerKind: z.enum(owners), things, second, ...signing }),
} as const

export type RegisterCommand = keyof typeof registerCommands

export const listKinds = ['received', 'gathered', 'registered'] as const
export const registerEvents = {
  /** `number`: of the list within its case, from 1. `officers`: who made it. */
  evidenceListed: z.strictObject({
    list: uuid,
    number: z.int(),
    listKind: z.enum(listKinds),
    giver: uuid.optional(),
    ownerKind: z.enum(owners).optional(),
    officers: z.array(officer),
    things: z.array(thing),
    ...signing,
  }),
} as const

/** Where a thing is: with the police, with its holder, still to be seized, kept in its place, given back, or gone to the treasury or an auction. */
export const thingStates = ['held', 'left', 'ordered', 'kept', 'returned', 'disposed'] as const
/** `list`: on which it stood first. `measure`: that it is under. */
const thingRow = z.object({ ...thing.shape, list: z.string(), measure: z.string().nullable(), state: z.enum(thingStates) })
export type ThingRow = z.infer<typeof thingRow>

/** One list as it was made. Words: `evidenceList.<kind>`. */
const listRow = z.object({
  list: z.string(),
  number: z.int(),
  kind: z.enum([...listKinds, ...ways, 'returned']),
  giver: z.string().nullable(),
  ownerKind: z.enum(owners).nullable(),
  officers: z.array(officer),
  things: z.array(z.string()),
  signed: z.enum(signings),
  attestor: z.string().nullable(),
  recorded: z.boolean(),
  at: z.string(),
})
export type ListRow = z.infer<typeof listRow>

/** What a case keeps of evidence and property; what is told of it, too. */
export const evidenceRow = z.object({
  lists: z.array(listRow),
  things: z.array(thingRow),
  measures: z.array(measureRow),
  /** What each order names, by its measure. */
  orders: z.record(z.string(), z.array(z.string())),
  claims: z.array(claimRow),
  appraisals: z.array(appraisalRow),
  /** Persons whose injury must be appraised. */
  injured: z.array(z.string()),
  /** When the matter was accepted. */
  accepted: z.string().nullable(),
})
export type EvidenceRow = z.infer<typeof evidenceRow>
