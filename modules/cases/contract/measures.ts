import { z } from 'zod'
import { statutoryLimit } from '#kernel/statute/stored.ts'
import { instant, uuid } from '#kernel/text.ts'
import { noticeWays, officer } from './parts.ts'
import { second, signing, thing, thingsMost } from './things.ts'

/** 扣押、查封、先行登记保存. */
export const ways = ['seizure', 'sealing', 'keeping'] as const
/** Why nobody could be asked first. */
export const spotReasons = ['urgent', 'lowValue'] as const
export const returnReasons = ['unrelated', 'decided', 'over', 'lifted'] as const
/** What the holder has to be told in writing (AP 112; COE 25). */
export const tellings = ['extension', 'appraisal'] as const
/** Where nobody has claimed it (AP 197). */
export const destinies = ['treasury', 'auction'] as const

/** What it is about: things that are new to the case, and such as stand on a list already. */
const taken = { holder: uuid, things: z.array(thing).max(thingsMost), known: z.array(uuid).max(thingsMost) }
const some = z.array(uuid).min(1).max(thingsMost)

export const measureActs = [
  /** `measure`: made by the client; it is known by it from the order to its end. */
  z.strictObject({ kind: z.literal('preserve'), measure: uuid, preserved: z.enum(ways), ...taken }),
  /** 补办: what was seized on the spot. */
  z.strictObject({ kind: z.literal('confirmSeizure'), measure: uuid }),
  /** `subject`: a measure, or a notice to claim. */
  z.strictObject({ kind: z.literal('extendMeasure'), subject: uuid }),
  z.strictObject({ kind: z.literal('disposeUnclaimed'), claim: uuid, destiny: z.enum(destinies) }),
] as const
export const measureActKinds = ['preserve', 'confirmSeizure', 'extendMeasure', 'disposeUnclaimed'] as const

export const measureCommands = {
  /** What was approved is done: counted, listed, signed. */
  carryOutMeasure: z.strictObject({ measure: uuid, second, ...signing }),
  /** 当场扣押. `actedAt`: when, if not just now. */
  seizeOnTheSpot: z.strictObject({
    measure: uuid,
    ...taken,
    spotReason: z.enum(spotReasons),
    actedAt: instant.optional(),
    second,
    ...signing,
  }),
  tellHolder: z.strictObject({ measure: uuid, about: z.enum(tellings), way: z.enum(noticeWays) }),
  /** 发还、解除. `to`: who receives it. */
  returnThings: z.strictObject({ list: uuid, items: some, receiver: uuid, returnReason: z.enum(returnReasons), second, ...signing }),
  /** The rightful holder is told to fetch it, or the public where nobody knows him. */
  noticeClaim: z.strictObject({ claim: uuid, items: some, way: z.enum(noticeWays) }),
} as const
export type MeasureCommand = keyof typeof measureCommands

const limits = z.array(statutoryLimit)
const signedList = { number: z.int(), officers: z.array(officer), ...signing }
export const measureEvents = {
  measureOrdered: z.strictObject({ measure: uuid, preserved: z.enum(ways), ...taken }),
  measureCarriedOut: z.strictObject({ measure: uuid, ...signedList, limits }),
  /** `since`: when it was done. */
  seizedOnTheSpot: z.strictObject({ measure: uuid, ...taken, spotReason: z.enum(spotReasons), since: z.string(), ...signedList, limits }),
  measureConfirmed: z.strictObject({ measure: uuid }),
  /** It was not approved afterwards: it must be lifted. */
  measureRejected: z.strictObject({ measure: uuid }),
  holderTold: z.strictObject({ measure: uuid, about: z.enum(tellings), way: z.enum(noticeWays) }),
  /** 视为自动解除: nobody had decided within the seven days. */
  measureLapsed: z.strictObject({ measure: uuid }),
  thingsReturned: z.strictObject({ list: uuid, items: some, receiver: uuid, returnReason: z.enum(returnReasons), ...signedList }),
  claimNotified: z.strictObject({ claim: uuid, items: some, way: z.enum(noticeWays), limit: statutoryLimit }),
  thingsDisposed: z.strictObject({ claim: uuid, items: some, destiny: z.enum(destinies) }),
} as const

/** `rejected`: it must be lifted. */
export const measureStates = ['ordered', 'standing', 'rejected', 'ended'] as const
export const measureRow = z.object({
  measure: z.string(),
  way: z.enum(ways),
  holder: z.string(),
  state: z.enum(measureStates),
  /** Why it was done before anybody approved; null: it was approved first. */
  spot: z.enum(spotReasons).nullable(),
  confirmed: z.boolean(),
  since: z.string().nullable(),
  /** How often it was made longer, and what of it the holder has not been told yet. */
  extensions: z.int(),
  untold: z.array(z.enum(tellings)),
})
export type MeasureRow = z.infer<typeof measureRow>

/** Things whose rightful holder was told to fetch them. */
export const claimRow = z.object({ claim: z.string(), items: z.array(z.string()), at: z.string(), way: z.enum(noticeWays) })
export type ClaimRow = z.infer<typeof claimRow>
