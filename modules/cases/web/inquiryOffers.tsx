import type { TFunction } from 'i18next'
import type { Offer } from '#kernel/web/Actions.tsx'
import type { Control, FormHints } from '#kernel/web/Form.tsx'
import { Moment } from '#kernel/web/Moment.tsx'
import { useView } from '#kernel/web/view.ts'
import { commands, type PersonRow, type Views } from '../contract.ts'
import { continuedActs } from '../contract/continued.ts'
import { inquiryActs } from '../contract/inquiry.ts'
import type { PersonRole } from '../contract/parts.ts'
import { namesOf, OneOf } from './Choices.tsx'
import { requestOffer } from './requestOffers.ts'

/** Who of the unit could be the second officer. */
export function Second({ control, unit }: { control: Control; unit: string }) {
  const { data } = useView<Views['officers']>('cases', 'officers', { unit })
  return <OneOf control={control} options={data?.rows.map(({ account, name }) => ({ id: account, name })) ?? []} />
}

/** A form about one of these persons; where there is only one, it is he. */
function about(persons: readonly PersonRow[], t: TFunction, more: FormHints = {}): FormHints {
  const options = namesOf(persons, t)
  const [only] = options
  return {
    ...more,
    controls: { person: (control) => <OneOf control={control} options={options} />, ...more.controls },
    ...(options.length === 1 && only && { initial: { person: only.id } }),
  }
}

const [continueQuestioning] = continuedActs
const [summon, forceSummon, lengthen] = inquiryActs
const moment = (control: Control) => <Moment {...control} />

/** Every step of questioning in the order of the work, for those whom it can be about. */
export function inquiryOffers({ row, persons, inquiry }: Views['matter'], t: TFunction): readonly Offer[] {
  const of = (...roles: readonly PersonRole[]) => persons.filter((person) => person.roles.some((role) => roles.includes(role)))
  const here = persons.filter(({ id }) => inquiry.stays.some(({ person, left }) => person === id && left === null))
  const suspects = of('suspect')
  const away = suspects.filter((person) => !here.includes(person))
  const asked = persons.filter(({ id }) => inquiry.sessions.some(({ person, ended }) => person === id && ended === null))
  const one = (those: readonly PersonRow[]) => (control: Control) => <OneOf control={control} options={namesOf(those, t)} />
  const beside = {
    second: (control: Control) => <Second control={control} unit={row.unit} />,
    adult: one(of('guardian', 'otherAdult')),
    interpreter: one(of('interpreter')),
  }
  return [
    requestOffer('summon', summon.omit({ kind: true }).shape, about(away, t, { controls: { appear: moment } })),
    { type: 'summonOrally', schema: commands.summonOrally, hints: about(away, t) },
    requestOffer('forceSummon', forceSummon.omit({ kind: true }).shape, about(away, t, { words: { forceGround: 'forceGround' } })),
    { type: 'recordArrival', schema: commands.recordArrival, hints: about(away, t, { controls: { arrived: moment } }) },
    {
      type: 'bringIn',
      schema: commands.bringIn,
      hints: about(away, t, { controls: { arrived: moment }, words: { stopped: 'stopped', continueGround: 'continueGround' } }),
    },
    requestOffer(
      'continueQuestioning',
      continueQuestioning.omit({ kind: true }).shape,
      about(here, t, { words: { continueLevel: 'continueLevel', unclear: 'unclear' } }),
    ),
    { type: 'checkSafety', schema: commands.checkSafety, hints: about(here, t) },
    { type: 'tellFamily', schema: commands.tellFamily, hints: about(here, t) },
    { type: 'restrain', schema: commands.restrain, hints: about(here, t) },
    { type: 'sober', schema: commands.sober, hints: about(here, t) },
    { type: 'beginSession', schema: commands.beginSession, hints: about(of('suspect', 'victim', 'witness'), t, { controls: beside }) },
    { type: 'endSession', schema: commands.endSession, hints: about(asked, t) },
    requestOffer('lengthen', lengthen.omit({ kind: true }).shape, about(here, t, { words: { longGround: 'longGround' } })),
    { type: 'recordDeparture', schema: commands.recordDeparture, hints: about(here, t, { controls: { left: moment } }) },
  ]
}
