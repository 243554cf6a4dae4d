import type { TFunction } from 'i18next'
import { z } from 'zod'
import type { Offer } from '#kernel/web/Actions.tsx'
import { newId } from '#kernel/web/api.ts'
import type { Control, FormHints } from '#kernel/web/Form.tsx'
import { Moment } from '#kernel/web/Moment.tsx'
import { commands, type Views } from '../contract.ts'
import type { ThingRow } from '../contract/evidence.ts'
import { ways } from '../contract/measures.ts'
import { Boxes, namesOf, OneOf } from './Choices.tsx'
import { Second } from './inquiryOffers.tsx'
import { requestOffer } from './requestOffers.ts'
import { blankThing, fitThings, ThingsField } from './ThingsField.tsx'

const held: ReadonlySet<ThingRow['state']> = new Set(['held', 'kept', 'ordered'])
const free = ({ state, measure }: ThingRow): boolean => state === 'kept' || state === 'left' || (state === 'held' && measure === null)

/** Some of the things that stand on the lists of the case. */
function Things({ control, things, t }: { control: Control; things: readonly ThingRow[]; t: TFunction }) {
  const options = things.map(({ id, thingName, count, measureWord }) => ({ id, name: `${thingName} ${count} ${measureWord}` }))
  if (options.length === 0) return <small>{t('evidence.nothingThere')}</small>
  const chosen = (control.value as readonly string[] | undefined) ?? []
  return <Boxes label={t(`field.${control.field.name}`)} options={options} chosen={chosen} set={control.set} />
}

/** The fields that steps about evidence have in common. */
function hintsOf({ row, persons, evidence: { things } }: Views['matter'], t: TFunction): FormHints {
  const names = namesOf(persons, t)
  const person = (control: Control) => <OneOf control={control} options={names} />
  return {
    words: {
      signed: 'signing',
      preserved: 'measureWay',
      way: 'noticeWay',
      returnReason: 'returnReason',
      injuryGrounds: 'injuryGround',
      appraisalKind: 'appraisalKind',
      injuryState: 'injuryState',
    },
    controls: {
      giver: person,
      holder: person,
      receiver: person,
      person,
      sample: (control) => <OneOf control={control} options={things.map(({ id, thingName }) => ({ id, name: thingName }))} />,
      things: (control) => <ThingsField control={control} persons={names} />,
      known: (control) => <Things control={control} things={things.filter(free)} t={t} />,
      items: (control) => <Things control={control} things={things.filter(({ state }) => held.has(state))} t={t} />,
      second: (control) => <Second control={control} unit={row.unit} />,
      actedAt: (control) => <Moment {...control} />,
    },
    initial: { things: [blankThing()], known: [] },
    fit: fitThings,
  }
}

/** What may be done about evidence and property of a case. */
export function evidenceOffers(whole: Views['matter'], t: TFunction): readonly Offer[] {
  const hints = hintsOf(whole, t)
  const [list, measure] = [newId(), newId()]
  const { things, known, holder } = commands.seizeOnTheSpot.shape
  const paper = { preserved: z.enum(ways), holder, things, known }
  return [
    { type: 'receiveEvidence', schema: commands.receiveEvidence.omit({ list: true }), key: 'r', beside: { list }, hints },
    { type: 'gatherEvidence', schema: commands.gatherEvidence.omit({ list: true }), beside: { list }, hints },
    { type: 'registerProperty', schema: commands.registerProperty.omit({ list: true }), beside: { list }, hints },
    requestOffer('preserve', paper, hints, { measure }),
    { type: 'seizeOnTheSpot', schema: commands.seizeOnTheSpot.omit({ measure: true }), beside: { measure }, hints },
    { type: 'returnThings', schema: commands.returnThings.omit({ list: true }), beside: { list }, hints },
    { type: 'noteInjury', schema: commands.noteInjury, hints },
    { type: 'orderAppraisal', schema: commands.orderAppraisal.omit({ appraisal: true }), beside: { appraisal: newId() }, hints },
    { type: 'noticeClaim', schema: commands.noticeClaim.omit({ claim: true }), beside: { claim: newId() }, hints },
  ]
}
