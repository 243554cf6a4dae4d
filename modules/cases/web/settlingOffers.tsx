import type { z } from 'zod'
import type { Offer } from '#kernel/web/Actions.tsx'
import type { FormHints } from '#kernel/web/Form.tsx'
import { Moment } from '#kernel/web/Moment.tsx'
import type { Mediation } from '../contract/mediation.ts'
import { mediationActs, mediationCommands } from '../contract/mediation.ts'
import { spotCommands } from '../contract/spot.ts'
import { Second } from './inquiryOffers.tsx'
import { requestOffer } from './requestOffers.ts'

type Own = keyof typeof mediationCommands
const words = { mediationCause: 'mediationCause', failure: 'mediationFailure', settledBy: 'settledBy' }
const initial: Readonly<Partial<Record<Own, FormHints['initial']>>> = { agree: { performDays: 0 } }

const spotHints = { words: { penalty: 'penaltyKind', said: 'defence', collection: 'collection' }, initial: { said: 'nothing' } }
/** What was imposed on the spot, and what is left of it to be done. */
export function spotOffers(person: string, unit: string): readonly Offer[] {
  return (Object.keys(spotCommands) as (keyof typeof spotCommands)[]).map((type): Offer => {
    const schema = (spotCommands[type] as z.ZodObject<{ person: z.ZodType }>).omit({ person: true })
    const controls: FormHints['controls'] = {
      imposed: (control) => <Moment {...control} />,
      second: (control) => <Second control={control} unit={unit} />,
    }
    return { type, schema, beside: { person }, hints: type === 'imposeOnTheSpot' ? { ...spotHints, controls } : {} }
  })
}

/** To settle it with one suspect, in the order of the work. */
export function settlingOffers(person: string, unit: string): readonly Offer[] {
  const controls: FormHints['controls'] = { second: (control) => <Second control={control} unit={unit} /> }
  const own = (Object.keys(mediationCommands) as Own[]).map((type): Offer => {
    const schema = (mediationCommands[type] as z.ZodObject<{ person: z.ZodType }>).omit({ person: true })
    return { type, schema, beside: { person }, hints: { words, controls, ...(initial[type] && { initial: initial[type] }) } }
  })
  const { kind: _kind, person: _person, ...asked } = mediationActs[0].shape
  return [...own, requestOffer('acceptSettlement', asked, { words }, { person })]
}

/** What comes next while it is being settled; nothing once it is. Null: it is not. */
export function nextInSettling(mediation: Mediation | null): readonly string[] | null {
  if (mediation?.state === 'open') return ['agree']
  if (mediation?.state === 'agreed') return ['keepAgreement']
  return mediation?.state === 'kept' ? [] : null
}
