import { z } from 'zod'
import type { Clock } from '#kernel/clock.ts'
import type { StatutoryLimit } from '#kernel/statute.ts'
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

/** The last three are there for somebody else (`of`): AP 75, 76; PSL25 98, 101. */
export const personRoles = ['reporter', 'victim', 'suspect', 'witness', 'guardian', 'otherAdult', 'interpreter'] as const
export type PersonRole = (typeof personRoles)[number]
export const helpers: ReadonlySet<PersonRole> = new Set(['guardian', 'otherAdult', 'interpreter'])
export const sexes = ['male', 'female'] as const
/** What rules of procedure ask about somebody: AP 72 to 76; CQ 9, 10; PSL25 98, 101. */
export const situations = [
  'pregnant',
  'nursing',
  'deafMute',
  'blind',
  'otherLanguage',
  'mentalIllness',
  'graveIllness',
  'deputy',
  'publicServant',
  'foreigner',
] as const
export const idTypes = ['residentId', 'passport', 'travelPermit', 'otherId'] as const

/** Digits with the marks people write; kept as given. */
const phone = z.string().regex(/^\+?[0-9][0-9 ()#*-]{1,30}$/, { error: 'phone' })

/** A person of one case and of no other: there is no file of persons. Somebody unknown has no name but is described. */
export const person = z.strictObject({
  id: uuid,
  roles: z.array(z.enum(personRoles)).min(1).max(personRoles.length),
  personName: text(60).optional(),
  described: text(300).optional(),
  sex: z.enum(sexes).optional(),
  born: z.iso.date({ error: 'day' }).optional(),
  situations: z.array(z.enum(situations)).min(1).max(situations.length).optional(),
  /** Whose guardian, adult or interpreter it is: persons of this case; and what he is to them. */
  of: z.array(uuid).min(1).max(personsMost).optional(),
  relation: text(40).optional(),
  employer: text(100).optional(),
  /** The person belongs to this force: who is a party can be no officer of the case (AP 17). */
  account: uuid.optional(),
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

/** Where a matter stands. Later acts follow on `filed`. */
export const phases = [
  'reported',
  'undetermined',
  'transferring',
  'notPolice',
  'handedOver',
  'accepted',
  'proposed',
  'filed',
  'refused',
  'noticed',
  'reviewing',
  'decided',
  'served',
  'closed',
  'terminated',
] as const
export type Phase = (typeof phases)[number]
/**
 * Under what its record is, or was: `state` `late` is what was met after its breach. `clock` null: no point of it is left. `subject`: whom or which act it
 * is of, where a case may have several of one rule.
 */
export interface Running {
  readonly limit: StatutoryLimit
  readonly subject: string | null
  /** Who answers for it. */
  readonly unit: string
  readonly clock: Clock | null
  readonly state: (typeof limitStates)[number]
}
export const limitStates = ['running', 'warned', 'breached', 'met', 'late'] as const

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
