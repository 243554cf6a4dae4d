import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Sign } from './Tag.tsx'

/** What the control of a line carries, so that its label and its error belong to it. */
export interface LineControl {
  readonly id: string
  readonly 'aria-invalid': true | undefined
  readonly 'aria-describedby': string | undefined
}

interface Props {
  readonly id: string
  readonly label: string
  readonly optional?: boolean | undefined
  readonly error: { readonly sentence: string } | undefined
  readonly children: (control: LineControl) => ReactNode
}

/** One line of a form that is laid out by hand: its name, its control, what is wrong with it. */
export function FormLine({ id, label, optional, error, children }: Props) {
  const { t } = useTranslation()
  return (
    <div className={error ? 'row wrong' : 'row'}>
      <label htmlFor={id} id={`${id}-label`}>
        {label}
        {optional ? <small>{t('form.optional')}</small> : null}
      </label>
      <div>
        {children({ id, 'aria-invalid': error ? true : undefined, 'aria-describedby': error ? `${id}-error` : undefined })}
        {error ? (
          <p className="problem" id={`${id}-error`}>
            <Sign tone="alarm" /> {error.sentence}
          </p>
        ) : null}
      </div>
    </div>
  )
}
