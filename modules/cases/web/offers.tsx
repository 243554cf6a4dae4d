import { Input } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Offer } from '#kernel/web/Actions.tsx'
import { Combobox } from '#kernel/web/Combobox.tsx'
import type { Control, FormHints } from '#kernel/web/Form.tsx'
import { Moment } from '#kernel/web/Moment.tsx'
import { unitOptions } from '#kernel/web/reach.ts'
import { useUnits } from '#kernel/web/units.ts'
import { useView } from '#kernel/web/view.ts'
import { commands, type MatterRow, type PersonRow, type Views } from '../contract.ts'
import type { Destination } from '../contract/parts.ts'
import { requestOffers } from './requestOffers.ts'
import { Boxes, type Named, namesOf } from './Choices.tsx'
import { blankPerson, type PersonDraft, PersonField, personOf } from './PersonFields.tsx'

/** A unit of this force by name, or an agency in words. */
function DestinationField({ control }: { control: Control }) {
  const { t } = useTranslation()
  const units = useUnits()
  const options = useMemo(() => unitOptions(units, ({ kind }) => kind !== 'centre' && kind !== 'bureau'), [units])
  const value = control.value as Destination | undefined
  return (
    <div className="destination">
      <Combobox
        id={control.id}
        value={value?.to === 'unit' ? value.unit : ''}
        options={options}
        placeholder={t('form.unitHow')}
        optional
        autoFocus={control.first}
        invalid={control.invalid}
        describedBy={control.describedBy}
        onChange={(unit) => control.set(unit === '' ? undefined : { to: 'unit', unit })}
      />
      <Input
        aria-label={t('cases.agency')}
        placeholder={t('cases.agency')}
        value={value?.to === 'agency' ? value.agency : ''}
        onChange={({ target }) => control.set(target.value === '' ? undefined : { to: 'agency', agency: target.value })}
      />
    </div>
  )
}

function OfficersField({ unit, control }: { unit: string; control: Control }) {
  const { t } = useTranslation()
  const { data } = useView<Views['officers']>('cases', 'officers', { unit })
  const chosen = (control.value as readonly string[] | undefined) ?? []
  if (!data) return <small>{t('shell.loading')}</small>
  if (data.rows.length === 0) return <small>{t('cases.noOfficers')}</small>
  return (
    <Boxes
      label={t('cases.officers')}
      options={data.rows.map(({ account, name }) => ({ id: account, name }))}
      chosen={chosen}
      set={(next) => control.set(next.length > 0 ? next : undefined)}
    />
  )
}

/** When it happened: from, and until where it lasted. */
function HappenedField({ control }: { control: Control }) {
  const value = (control.value ?? {}) as { from?: string; until?: string }
  const set = (part: object) => {
    const next = Object.fromEntries(Object.entries({ ...value, ...part }).filter(([, one]) => one !== undefined))
    control.set('from' in next ? next : undefined)
  }
  return (
    <div className="halves">
      <Moment {...control} value={beijing(value.from)} set={(from) => set({ from })} />
      <Moment {...control} id={`${control.id}-until`} value={beijing(value.until)} set={(until) => set({ until })} />
    </div>
  )
}
/** An instant as the clocks of the force show it. */
const beijing = (instant: string | undefined): string | undefined =>
  instant === undefined ? undefined : new Date(Date.parse(instant) + 8 * 3_600_000).toISOString()

const asked = commands.amend.omit({ seen: true })
const corrected = commands.correctPerson.omit({ seen: true })

/** Every step of a matter in the order of the work. */
export function useOffers({ row, narrative, persons }: Views['matter']): readonly Offer[] {
  const { t } = useTranslation()
  return useMemo(() => {
    const { nature, cause, place, n } = row
    const named = namesOf(persons, t)
    const initial = { nature, cause, narrative, place: place ?? '', ...(row.happened && { happened: row.happened }) }
    const happened = (type: string) => t(`caseEvent.${type}`)
    const amend: FormHints = {
      words: { nature: 'nature' },
      controls: { happened: (control) => <HappenedField control={control} /> },
      initial,
      happened,
    }
    const filing = { words: { outcome: 'filingOutcome', caseKind: 'caseKind', ground: 'filingGround' } }
    const offers: readonly Offer[] = [
      { type: 'issueReceipt', schema: commands.issueReceipt, hints: { words: { contact: 'contact' } } },
      { type: 'accept', schema: commands.accept, key: 'Enter' },
      {
        type: 'proposeTransfer',
        schema: commands.proposeTransfer,
        key: 't',
        hints: { controls: { destination: (control) => <DestinationField control={control} /> } },
      },
      { type: 'transfer', word: 'transferMatter', schema: commands.transfer },
      { type: 'declineTransfer', schema: commands.declineTransfer },
      { type: 'leaveUndetermined', schema: commands.leaveUndetermined, key: 'u' },
      { type: 'turnAway', schema: commands.turnAway, key: 'w' },
      {
        type: 'assign',
        word: 'assignCase',
        schema: commands.assign,
        key: 'a',
        hints: { controls: { caseOfficers: (control) => <OfficersField unit={row.unit} control={control} /> } },
      },
      { type: 'proposeFiling', schema: commands.proposeFiling, key: 'f', hints: filing },
      { type: 'approveFiling', schema: commands.approveFiling },
      { type: 'returnProposal', schema: commands.returnProposal },
      { type: 'tellTransfer', schema: commands.tellTransfer, hints: { words: { way: 'noticeWay' } } },
      { type: 'giveNotice', schema: commands.giveNotice, hints: { words: { way: 'noticeWay' } } },
      {
        type: 'addPerson',
        schema: commands.addPerson,
        key: 'p',
        hints: {
          controls: { person: (control) => <PersonField control={control} others={named} unit={row.unit} /> },
          initial: { person: blankPerson(['witness']) },
          fit: fitPerson,
        },
      },
      ...requestOffers,
      { type: 'closeCase', schema: commands.closeCase, hints: { words: { closing: 'closing' } } },
      { type: 'amend', schema: asked, key: 'e', beside: { seen: n }, hints: amend },
      { type: 'recordWithdrawal', schema: commands.recordWithdrawal },
      { type: 'note', schema: commands.note, key: 'n' },
    ]
    return offers
  }, [row, narrative, persons, t])
}

/** What stands empty in a person's fields is not there. */
const fitPerson = (data: Readonly<Record<string, unknown>>) => ({ ...data, person: personOf(data['person'] as PersonDraft) })

export const correctOffer = (
  { hidden, ...person }: PersonRow,
  { n, unit }: Pick<MatterRow, 'n' | 'unit'>,
  others: readonly Named[],
  happened: (type: string) => string,
): Offer => ({
  type: 'correctPerson',
  schema: corrected,
  beside: { seen: n },
  hints: {
    controls: { person: (control) => <PersonField control={control} others={others} unit={unit} /> },
    initial: { person: { ...blankPerson([]), ...person, hideName: hidden } },
    fit: fitPerson,
    happened,
  },
})
