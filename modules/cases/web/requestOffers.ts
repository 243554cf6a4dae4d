import { z } from 'zod'
import type { Offer } from '#kernel/web/Actions.tsx'
import type { FormHints } from '#kernel/web/Form.tsx'
import { commands } from '../contract.ts'
import type { Act } from '../contract/acts.ts'
import { terminations } from '../contract/execution.ts'

const { reason } = commands.requestApproval.shape

/** To ask for the approval of an act: what its paper says, and why. `beside`: what of it nobody is asked for, such as what it is about. */
export const requestOffer = (kind: Act['kind'], asked: z.ZodRawShape = {}, hints?: FormHints, beside: object = {}): Offer => ({
  type: 'requestApproval',
  as: `act:${kind}`,
  word: kind,
  schema: z.strictObject({ ...asked, reason }),
  sent: ({ reason: because, ...rest }: { reason?: string }) => ({ act: { kind, ...rest, ...beside }, reason: because }),
  ...(hints && { hints }),
})

/** Every act of a case as a whole that somebody must approve. */
export const requestOffers: readonly Offer[] = [
  requestOffer('extendCase'),
  requestOffer('toCriminal'),
  requestOffer('terminate', { termination: z.enum(terminations) }, { words: { termination: 'termination' } }),
  requestOffer('reopen'),
]
