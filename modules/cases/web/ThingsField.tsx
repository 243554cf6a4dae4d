import { Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { newId } from '#kernel/web/api.ts'
import type { Control } from '#kernel/web/Form.tsx'
import { evidenceKinds, fixings, thingsMost } from '../contract/things.ts'
import type { Named } from './Choices.tsx'

/** An item as it is typed; what is empty is not sent. */
interface ThingDraft {
  readonly id: string
  readonly evidenceKind: string
  readonly thingName: string
  readonly count: string
  readonly measureWord: string
  readonly features: string
  readonly worth: string
  readonly owner: string
  readonly fixed: string
  readonly fixing: string
}
export const blankThing = (): ThingDraft => ({
  id: newId(),
  evidenceKind: 'physical',
  thingName: '',
  count: '1',
  measureWord: '',
  features: '',
  worth: '',
  owner: '',
  fixed: '',
  fixing: '',
})
const numbers: ReadonlySet<string> = new Set(['count', 'worth'])
const thingOf = (draft: ThingDraft): object =>
  Object.fromEntries(
    Object.entries(draft).flatMap(([name, value]) => (value === '' ? [] : [[name, numbers.has(name) ? Number(value) : value]])),
  )
/** Nothing was typed into it: other things were chosen. */
const untouched = ({ thingName, features, worth }: ThingDraft): boolean => thingName === '' && features === '' && worth === ''

const typedOf = (data: Readonly<Record<string, unknown>>): readonly ThingDraft[] => {
  const drafts = data['things'] as readonly ThingDraft[]
  const chosen = (data['known'] as readonly string[] | undefined) ?? []
  return chosen.length === 0 ? drafts : drafts.filter((draft) => !untouched(draft))
}
/** What of a form's items a command carries. */
export const fitThings = (data: Readonly<Record<string, unknown>>): object => ({
  ...data,
  ...(data['things'] !== undefined && { things: typedOf(data).map(thingOf) }),
})

interface Props {
  readonly draft: ThingDraft
  readonly base: string
  readonly persons: readonly Named[]
  readonly set: (part: Partial<ThingDraft>) => void
}

const lines = ['thingName', 'count', 'measureWord', 'features', 'worth'] as const

function ThingFields({ draft, base, persons, set }: Props) {
  const { t } = useTranslation()
  const electronic = draft.evidenceKind === 'electronic'
  const choice = (name: 'evidenceKind' | 'fixed', options: readonly string[]) => (
    <div className="row">
      <label htmlFor={`${base}-${name}`}>{t(`field.${name}`)}</label>
      <select id={`${base}-${name}`} value={draft[name]} onChange={({ target }) => set({ [name]: target.value })}>
        {name === 'fixed' ? <option value="">{t('evidence.choose')}</option> : null}
        {options.map((option) => (
          <option key={option} value={option}>
            {t(`${name}.${option}`)}
          </option>
        ))}
      </select>
    </div>
  )
  return (
    <div className="person-fields">
      {choice('evidenceKind', evidenceKinds)}
      {lines.map((name) => (
        <div key={name} className="row">
          <label htmlFor={`${base}-${name}`}>{t(`field.${name}`)}</label>
          <Input
            id={`${base}-${name}`}
            value={draft[name]}
            autoComplete="off"
            inputMode={numbers.has(name) ? 'numeric' : undefined}
            placeholder={name === 'measureWord' ? t('evidence.measureHow') : undefined}
            onChange={({ target }) => set({ [name]: target.value })}
          />
        </div>
      ))}
      <div className="row">
        <label htmlFor={`${base}-owner`}>{t('field.owner')}</label>
        <select id={`${base}-owner`} value={draft.owner} onChange={({ target }) => set({ owner: target.value })}>
          <option value="">{t('evidence.unknownOwner')}</option>
          {persons.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </div>
      {electronic ? choice('fixed', fixings) : null}
      {electronic ? (
        <div className="row">
          <label htmlFor={`${base}-fixing`}>{t('field.fixing')}</label>
          <Input id={`${base}-fixing`} value={draft.fixing} onChange={({ target }) => set({ fixing: target.value })} />
        </div>
      ) : null}
    </div>
  )
}

/** The items of a list, one after the other. */
export function ThingsField({ control, persons }: { control: Control; persons: readonly Named[] }) {
  const { t } = useTranslation()
  const drafts = (control.value as readonly ThingDraft[] | undefined) ?? []
  return (
    <div className="things" id={control.id} role="group" aria-labelledby={`${control.id}-label`}>
      {drafts.map((draft, at) => (
        <fieldset key={draft.id} className="person">
          <legend>{t('evidence.thing', { n: at + 1 })}</legend>
          <ThingFields
            draft={draft}
            base={`${control.id}-${at}`}
            persons={persons}
            set={(part) => control.set(drafts.map((one) => (one.id === draft.id ? { ...one, ...part } : one)))}
          />
          {drafts.length > 1 ? (
            <button type="button" className="button" onClick={() => control.set(drafts.filter((one) => one.id !== draft.id))}>
              {t('evidence.removeThing', { n: at + 1 })}
            </button>
          ) : null}
        </fieldset>
      ))}
      {drafts.length < thingsMost ? (
        <button type="button" className="button" onClick={() => control.set([...drafts, blankThing()])}>
          {t('evidence.addThing')}
        </button>
      ) : null}
    </div>
  )
}
