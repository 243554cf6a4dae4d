import { z } from 'zod'
import type { Step } from '#kernel/calendar/step.ts'
import type { Clock } from '#kernel/clock.ts'
import { instant, text, unitCode, uuid } from '#kernel/text.ts'

/** As long as a report may be told: some 30 printed pages. What is longer is evidence, not a report. */
export const narrativeMost = 20_000
/** As many persons as one report may name at once; more are added one by one. */
export const personsMost = 20

/** How the police came to know: RF 4, 10, 11; AP 60, 61. `mail`: letter, e-mail, fax. */
export const sources = ['counter', 'incident', 'mail', 'transfer', 'discovered', 'surrender'] as const
export type Source = (typeof sources)[number]

/** What it seems to be; `unclear` is run as an administrative case until a crime is suspected (AP 65). */
export const natures = ['administrative', 'criminal', 'unclear'] as const
export type Nature = (typeof natures)[number]

export const personRoles = ['reporter', 'victim', 'suspect', 'witness'] as const
export type PersonRole = (typeof personRoles)[number]
export const idTypes = ['residentId', 'passport', 'travelPermit', 'otherId'] as const

/** Digits with the marks people write; kept as given. */
const phone = z.string().regex(/^\+?[0-9][0-9 ()#*-]{1,30}$/, { error: 'phone' })

/** A person of one case and of no other: there is no file of persons. Somebody unknown has no name but is described. */
export const person = z.strictObject({
  id: uuid,
  roles: z.array(z.enum(personRoles)).min(1).max(personRoles.length),
  personName: text(60).optional(),
  described: text(300).optional(),
  idType: z.enum(idTypes).optional(),
  idNumber: text(40).optional(),
  phone: phone.optional(),
  address: text(200).optional(),
  /** The name is kept from whoever does not handle the case (AP 63; CP 170). */
  hideName: z.boolean().optional(),
})
export type Person = z.infer<typeof person>

/** When it happened: a moment, or from one to another. */
export const happened = z.strictObject({ from: instant, until: instant.optional() })

/** A step of a count as `kernel/calendar/step.ts` has it; kept as it was counted then. */
const step = z.looseObject({ is: z.string() })
/** A statutory limit as it was counted when it began: nothing of it is read again from rules or holiday tables. Instants in UTC. */
export const limit = z.strictObject({
  rule: z.string(),
  /** The first day from which the row was in force that says so. */
  version: z.string(),
  term: z.string(),
  article: z.string(),
  verified: z.enum(['yes', '2nd', 'no']),
  from: z.string(),
  /** Before the end: when its people are warned; null: not at all. */
  warn: z.string().nullable(),
  due: z.string(),
  provisional: z.boolean(),
  steps: z.array(step),
})
export type LimitData = z.infer<typeof limit>

/** A limit that a record is under or was. `clock` null: it was met, or its last point has passed. */
export interface Running extends Omit<LimitData, 'steps'> {
  readonly steps: readonly Step[]
  readonly unit: string
  readonly clock: Clock | null
  readonly state: 'running' | 'warned' | 'breached' | 'met' | 'late'
}

/** Where a matter goes: another unit of this force, or another agency by name. */
export const destination = z.discriminatedUnion('to', [
  z.strictObject({ to: z.literal('unit'), unit: unitCode }),
  z.strictObject({ to: z.literal('agency'), agency: text(100) }),
])
export type Destination = z.infer<typeof destination>

export const contacts = ['handed', 'reached', 'unreachable', 'refused', 'noContact'] as const
export const outcomes = ['file', 'refuse'] as const
export const kinds = ['administrative', 'criminal'] as const
/** Why nothing is filed. That somebody withdraws his report is none of them. */
export const grounds = ['noFacts', 'notLiable', 'timeBarred', 'otherLaw'] as const
export const noticeWays = ['inPerson', 'posted', 'electronic', 'publicNotice', 'untraceable'] as const
export const officersMost = 6
/** Who handles a case: account and name. */
export const officer = z.strictObject({ account: uuid, name: z.string() })
export type Officer = z.infer<typeof officer>
