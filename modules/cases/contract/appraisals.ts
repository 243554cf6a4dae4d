import { z } from 'zod'
import { statutoryLimit } from '#kernel/statute/stored.ts'
import { instant, text, uuid } from '#kernel/text.ts'
import { noticeWays } from './parts.ts'

export const appraisalKinds = ['injury', 'price', 'psychiatric', 'toxicology', 'document', 'trace', 'other'] as const
/** Why an injury must be appraised (AP 90). */
export const injuryGrounds = ['lightInjury', 'victimAsks', 'dispute'] as const
/** How soon an injury can be judged. `unstable`: when it has settled. */
export const courses = ['usual', 'complex', 'unstable'] as const
export const withdrawReasons = ['victimRefused', 'notNeeded', 'impossible'] as const
/** Why an opinion is not trusted (AP 98). */
export const doubts = ['wrongProcedure', 'unqualified', 'unfounded', 'falseOpinion', 'shouldHaveWithdrawn', 'badSample', 'other'] as const

const opinion = text(2000)
export const appraisalActs = [
  /** 重新鉴定, once. `asker`: who has asked for it and when; without him it is the officers' own wish. */
  z.strictObject({
    kind: z.literal('reappraise'),
    appraisal: uuid,
    order: uuid,
    agency: text(100),
    doubt: z.enum(doubts),
    asker: uuid.optional(),
    askedAt: instant.optional(),
  }),
] as const

export const appraisalCommands = {
  noteInjury: z.strictObject({ person: uuid, injuryGrounds: z.array(z.enum(injuryGrounds)).min(1) }),
  /** `appraisal`: made by the client. Of a person, a thing, or both. `injuryState`: of an injury. */
  orderAppraisal: z.strictObject({
    appraisal: uuid,
    appraisalKind: z.enum(appraisalKinds),
    person: uuid.optional(),
    sample: uuid.optional(),
    agency: text(100),
    issue: text(500),
    injuryState: z.enum(courses).optional(),
  }),
  /** `oral`: of an injury that could be judged at once; its paper follows. */
  receiveOpinion: z.strictObject({ appraisal: uuid, opinion, oral: z.boolean().optional() }),
  copyOpinion: z.strictObject({ appraisal: uuid, person: uuid, way: z.enum(noticeWays) }),
  tellRefusal: z.strictObject({ appraisal: uuid, way: z.enum(noticeWays) }),
  withdrawAppraisal: z.strictObject({ appraisal: uuid, withdrawReason: z.enum(withdrawReasons) }),
} as const
export type AppraisalCommand = keyof typeof appraisalCommands

const limits = z.array(statutoryLimit)
export const appraisalEvents = {
  injuryNoted: z.strictObject({ person: uuid, injuryGrounds: z.array(z.enum(injuryGrounds)), limit: statutoryLimit }),
  /** `again`: the appraisal that it is made instead of. */
  appraisalOrdered: z.strictObject({ ...appraisalCommands.orderAppraisal.shape, again: uuid.optional(), limits }),
  opinionTold: z.strictObject({ appraisal: uuid, opinion: z.string() }),
  /** `copies`: by when each party is to have one. */
  opinionReceived: z.strictObject({
    appraisal: uuid,
    opinion: z.string(),
    copies: z.array(z.strictObject({ person: uuid, limit: statutoryLimit })),
  }),
  /** `asking`: until when he may ask for a new one. */
  opinionCopied: z.strictObject({ appraisal: uuid, person: uuid, way: z.enum(noticeWays), asking: statutoryLimit }),
  reappraisalRefused: z.strictObject({ appraisal: uuid, person: uuid, limit: statutoryLimit }),
  refusalTold: z.strictObject({ appraisal: uuid, way: z.enum(noticeWays) }),
  appraisalWithdrawn: z.strictObject({ appraisal: uuid, withdrawReason: z.enum(withdrawReasons) }),
} as const

const copy = z.object({
  person: z.string(),
  /** When he had it, and until when he may ask for a new one. */
  given: z.string().nullable(),
  until: z.string().nullable(),
  limit: statutoryLimit,
})
export const appraisalStates = ['ordered', 'told', 'received', 'withdrawn'] as const
export const appraisalRow = z.object({
  appraisal: z.string(),
  kind: z.enum(appraisalKinds),
  person: z.string().nullable(),
  sample: z.string().nullable(),
  agency: z.string(),
  issue: z.string(),
  again: z.string().nullable(),
  ordered: z.string(),
  state: z.enum(appraisalStates),
  /** Null: none yet, or not for this reader. */
  opinion: z.string().nullable(),
  copies: z.array(copy),
  /** Whose wish for a new one was refused, and whether he knows. */
  refused: z.object({ person: z.string(), told: z.boolean() }).nullable(),
})
export type AppraisalRow = z.infer<typeof appraisalRow>
