import type { TFunction } from 'i18next'
import type { Offer } from '#kernel/web/Actions.tsx'
import type { Control } from '#kernel/web/Form.tsx'
import { commands, type Views } from '../contract.ts'
import { checkActs } from '../contract/checks.ts'
import { namesOf, OneOf } from './Choices.tsx'
import { Second } from './inquiryOffers.tsx'
import { requestOffer } from './requestOffers.ts'

const [inspection, sampling] = checkActs

/** Inspection, line-up and samples in the order of the work. */
export function checkOffers({ row, persons, checks }: Views['matter'], t: TFunction): readonly Offer[] {
  const second = (control: Control) => <Second control={control} unit={row.unit} />
  const person = (control: Control) => <OneOf control={control} options={namesOf(persons, t)} />
  const open = checks.certificates
    .filter(({ used }) => !used)
    .map(({ certificate, place }) => ({ id: String(certificate), name: `${t('checks.certificate', { n: certificate })} · ${place}` }))
  const certificate = (control: Control) => (
    <OneOf control={{ ...control, set: (value) => control.set(value === undefined ? undefined : Number(value)) }} options={open} />
  )
  return [
    requestOffer('inspection', inspection.omit({ kind: true }).shape, { words: { inspects: 'inspects' } }),
    {
      type: 'inspect',
      schema: commands.inspect,
      hints: { controls: { person, second, certificate }, words: { inspects: 'inspects' } },
    },
    {
      type: 'lineUp',
      schema: commands.lineUp,
      hints: { controls: { person, second }, words: { lineUp: 'lineUp', recognition: 'recognition' } },
    },
    requestOffer('sampling', sampling.omit({ kind: true }).shape, { controls: { person }, words: { samples: 'samples' } }),
    { type: 'takeSamples', schema: commands.takeSamples, hints: { controls: { person }, words: { samples: 'samples' } } },
  ]
}
