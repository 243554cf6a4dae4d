import { z } from 'zod'
import { statutoryLimit } from '#kernel/statute/stored.ts'
import { instant, text, uuid } from '#kernel/text.ts'
import { levels } from '../rules/row.ts'

/** PSL25 10, 11: what may be imposed on one person, alone or together; `none`: no penalty is imposed (不予处罚), and nothing beside it. */
export const penaltyKinds = ['warning', 'fine', 'detention', 'revocation', 'closure', 'none'] as const
export type PenaltyKind = (typeof penaltyKinds)[number]

/** PSL25 23: why a detention is carried out although age or health speaks against it. */
export const exceptions = ['grave', 'repeated'] as const
export const noticePaths = ['told', 'publicNotice'] as const
export const defences = ['nothing', 'statement', 'waived'] as const
export const hearingWishes = ['asks', 'waives'] as const
export const hearingAnswers = ['accepted', 'refused'] as const
export const hearingCourses = ['held', 'withdrawn', 'absent'] as const
/** AP 170: what a legal review looks at. */
export const reviewItems = ['person', 'facts', 'label', 'law', 'procedure', 'fitness'] as const
export const reviewConclusions = ['passed', 'returned'] as const
/** Why a detention is not carried out (PSL25 23). */
export const notCarried = ['young', 'first', 'old', 'nursing'] as const

/** The suspect whom it is about. */
const person = uuid
const finding = z.strictObject({ item: z.enum(reviewItems), finding: text(1000) })

/** What is proposed for one suspect: yuan, days. `leave`: of the congress whose deputy he is (AP 174). */
const draft = {
  penalties: z.array(z.enum(penaltyKinds)).min(1).max(penaltyKinds.length),
  fine: z.int().min(1).max(1_000_000).optional(),
  days: z.int().min(1).max(99).optional(),
  licence: text(100).optional(),
  article: text(200),
  facts: text(4000),
  complex: z.boolean().optional(),
  publicInterest: z.boolean().optional(),
  exception: z.enum(exceptions).optional(),
  leave: text(200).optional(),
}

export const decisionCommands = {
  draftPenalty: z.strictObject({ person, ...draft }),
  /** 告知: facts, grounds, basis and rights, before anything is decided. `guardian`: who was there for a minor; `guardianAbsent`: why none, and who instead. */
  noticePenalty: z.strictObject({ person, path: z.enum(noticePaths), guardian: text(60).optional(), guardianAbsent: text(300).optional() }),
  /** What the suspect said to it; `recheck`: what looking into it again has shown. */
  recordDefence: z.strictObject({ person, said: z.enum(defences), statement: text(4000).optional(), recheck: text(2000).optional() }),
  hearingWish: z.strictObject({ person, wish: z.enum(hearingWishes) }),
  answerHearing: z.strictObject({ person, answer: z.enum(hearingAnswers), reason: text(500) }),
  /** By the chair. */
  arrangeHearing: z.strictObject({ person, on: instant, place: text(200), open: z.boolean().optional() }),
  endHearing: z.strictObject({ person, course: z.enum(hearingCourses), record: text(4000) }),
  /** `corrected`: after a return, what was done about the findings. */
  askReview: z.strictObject({ person, corrected: text(2000).optional() }),
  reviewPenalty: z.strictObject({
    person,
    conclusion: z.enum(reviewConclusions),
    findings: z.array(finding).max(20),
  }),
  /** 集体讨论. */
  discussPenalty: z.strictObject({ person, present: text(500), agreed: text(2000) }),
} as const

const limits = z.array(statutoryLimit)

export const decisionEvents = {
  penaltyDrafted: decisionCommands.draftPenalty,
  /** `hearing`: whether the right to one was told. */
  penaltyNoticeGiven: decisionCommands.noticePenalty.extend({ hearing: z.boolean(), limits }),
  defenceRecorded: decisionCommands.recordDefence,
  hearingWished: decisionCommands.hearingWish.extend({ limits }),
  hearingAnswered: decisionCommands.answerHearing,
  hearingArranged: decisionCommands.arrangeHearing.extend({ limits }),
  hearingEnded: decisionCommands.endHearing,
  /** `round`: 1 the first, 2 after a return. */
  reviewAsked: decisionCommands.askReview.extend({ round: z.int().min(1) }),
  penaltyReviewed: decisionCommands.reviewPenalty,
  penaltyDiscussed: decisionCommands.discussPenalty,
  /** `last`: no suspect of the case is left undecided. `withheld`: why a detention is not carried out. */
  penaltyDecided: z.strictObject({
    person,
    decisionNumber: z.string(),
    penalties: draft.penalties,
    fine: draft.fine,
    days: draft.days,
    licence: draft.licence,
    article: z.string(),
    facts: z.string(),
    /** Missing where it was imposed on the spot: nobody approves that. */
    level: z.enum(levels).optional(),
    withheld: z.enum(notCarried).optional(),
    remedies: z.array(z.strictObject({ rule: z.string(), term: z.string(), article: z.string() })),
    last: z.boolean(),
    limits,
  }),
} as const

/** How far it has come with one suspect until the decision. Instants in UTC; null: not yet. */
export const penaltyState = z.object({
  draft: z.object({ ...draft, licence: z.string().optional(), article: z.string(), facts: z.string(), leave: z.string().optional() }),
  /** `ready`: from when on it may be gone on with; later than `at` only after a public notice. */
  notice: z
    .object({
      at: z.string(),
      path: z.enum(noticePaths),
      ready: z.string(),
      guardian: z.string().nullable(),
      hearing: z.boolean(),
      /** Until when one may be asked for. */
      askUntil: z.string().nullable(),
    })
    .nullable(),
  defence: z.object({ said: z.enum(defences), statement: z.string().nullable(), recheck: z.string().nullable() }).nullable(),
  hearing: z
    .object({
      state: z.enum(['waived', 'asked', 'accepted', 'refused', 'arranged', ...hearingCourses]),
      on: z.string().nullable(),
      place: z.string().nullable(),
      chair: z.string().nullable(),
    })
    .nullable(),
  review: z
    .object({
      state: z.enum(['asked', ...reviewConclusions]),
      round: z.int(),
      asked: z.string(),
      by: z.string(),
      corrected: z.string().nullable(),
      /** Of the last review; kept while the second one is awaited. */
      findings: z.array(z.object({ item: z.enum(reviewItems), finding: z.string() })),
      reviewer: z.object({ account: z.string(), name: z.string() }).nullable(),
    })
    .nullable(),
  discussed: z.object({ present: z.string(), agreed: z.string() }).nullable(),
  decided: z
    .object({
      decisionNumber: z.string(),
      at: z.string(),
      withheld: z.enum(notCarried).nullable(),
    })
    .nullable(),
})
export type Penalty = z.infer<typeof penaltyState>
