import { pen, pet, rev, type Row } from './row.ts'

const lit = { from: '2017-07-01', until: null, article: 'LIT 45-47', verified: 'yes' } as const
/** Until the regulation to the review law. */
const revAlone = { from: '2024-01-01', until: '2026-06-30', article: 'REV 23, 32', verified: 'yes' } as const
const revRuled = { from: '2026-07-01', until: null, article: 'REV 23, 32; REV-R 38', verified: 'yes' } as const

/** 信访、行政复议、行政诉讼, as far as they concern a case. */
// biome-ignore format: one line a row
export const remedyRows = [
  { rule: 'pet-tell.receipt', ...pet, is: 'limit', term: 'P15D', trigger: 'petition', article: 'PET 23', verified: 'yes' },
  { rule: 'pet-tell.object', ...pet, is: 'limit', term: 'P5WD', trigger: 'transferred', article: 'PET 23', verified: 'yes' },
  { rule: 'pet-60', ...pet, is: 'limit', term: 'P60D', trigger: 'petitionAccepted', extension: { term: 'P30D', most: 1, approver: 'agencyHead' }, article: 'PET 28, 31, 34', verified: 'yes' },
  { rule: 'pet-review.ask', ...pet, is: 'limit', term: 'P30D', trigger: 'petitionAnswered', article: 'PET 35, 36', verified: 'yes' },
  { rule: 'pet-review.answer', ...pet, is: 'limit', term: 'P30D', trigger: 'request', article: 'PET 35, 36', verified: 'yes' },
  { rule: 'pet-review.askAgain', ...pet, is: 'limit', term: 'P30D', trigger: 'petitionAnswered', article: 'PET 35, 36', verified: 'yes' },
  { rule: 'pet-review.answerAgain', ...pet, is: 'limit', term: 'P30D', trigger: 'request', article: 'PET 35, 36', verified: 'yes' },
  { rule: 'rev-apply.ask', ...rev, is: 'limit', term: 'P60D', trigger: 'served', article: 'REV 20, 21, 30, 62', verified: 'yes' },
  { rule: 'rev-apply.untold', ...rev, is: 'limit', term: 'P1Y', trigger: 'knew', article: 'REV 20, 21, 30, 62', verified: 'yes' },
  { rule: 'rev-apply.latest', ...rev, is: 'limit', term: 'P5Y', trigger: 'decision', article: 'REV 20, 21, 30, 62', verified: 'yes' },
  { rule: 'rev-apply.checked', ...rev, is: 'limit', term: 'P5WD', trigger: 'reviewAsked', article: 'REV 20, 21, 30, 62', verified: 'yes' },
  { rule: 'rev-apply.decided', ...rev, is: 'limit', term: 'P60D', trigger: 'reviewAccepted', extension: { term: 'P30D', most: 1, approver: 'agencyHead' }, article: 'REV 20, 21, 30, 62', verified: 'yes' },
  { rule: 'rev-where', ...rev, is: 'duty', article: 'REV 24', verified: 'yes' },
  { rule: 'rev-first.forward', ...revAlone, is: 'limit', term: 'P5WD', trigger: 'reviewAsked' },
  { rule: 'rev-first.forward', ...revRuled, is: 'limit', term: 'P5WD', trigger: 'reviewAsked' },
  { rule: 'rev-first.correct', ...revAlone, is: 'limit', term: 'P5WD', trigger: 'reviewAsked' },
  { rule: 'rev-first.correct', ...revRuled, is: 'limit', term: 'P5WD', trigger: 'reviewAsked' },
  { rule: 'lit-term.direct', ...lit, is: 'limit', term: 'P6M', trigger: 'knew' },
  { rule: 'lit-term.review', ...lit, is: 'limit', term: 'P15D', trigger: 'reviewServed' },
  { rule: 'lit-term.inaction', ...lit, is: 'wait', term: 'P2M', trigger: 'request' },
  { rule: 'rev-no-stop', ...pen, is: 'duty', article: 'PEN 73; AP 199', verified: 'yes' },
] as const satisfies readonly Row[]
