import type { TFunction } from 'i18next'
import { Combobox } from '#kernel/web/Combobox.tsx'
import type { Control } from '#kernel/web/Form.tsx'
import type { PersonRow } from '../contract.ts'

/** Something to choose, with its name as people read it. */
export interface Named {
  readonly id: string
  readonly name: string
}

/** Persons by name, by description, or as hidden. */
export const namesOf = (persons: readonly PersonRow[], t: TFunction): readonly Named[] =>
  persons.map(({ id, personName, described }) => ({ id, name: personName ?? described ?? t('cases.hiddenName') }))

export const nameIn =
  (persons: readonly PersonRow[], t: TFunction) =>
  (id: string | null): string =>
    namesOf(persons, t).find((one) => one.id === id)?.name ?? ''

interface BoxesProps {
  readonly label: string
  readonly options: readonly Named[]
  readonly chosen: readonly string[]
  readonly set: (chosen: readonly string[]) => void
}
/** Any number of a few. */
export function Boxes({ label, options, chosen, set }: BoxesProps) {
  const toggle = (id: string) => set(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id])
  return (
    <span className="choices" role="group" aria-label={label}>
      {options.map(({ id, name }) => (
        <label key={id} className={chosen.includes(id) ? 'choice on' : 'choice'}>
          <input type="checkbox" checked={chosen.includes(id)} onChange={() => toggle(id)} />
          {name}
        </label>
      ))}
    </span>
  )
}

/** One of several by name, as the field of a command's form. */
export function OneOf({ control, options }: { control: Control; options: readonly Named[] }) {
  return (
    <Combobox
      id={control.id}
      value={String(control.value ?? '')}
      options={options.map(({ id, name }) => ({ value: id, label: name }))}
      optional={control.field.optional}
      autoFocus={control.first}
      invalid={control.invalid}
      describedBy={control.describedBy}
      onChange={(value) => control.set(value === '' ? undefined : value)}
    />
  )
}
