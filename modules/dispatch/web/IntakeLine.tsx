import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Sign } from '#kernel/web/Tag.tsx'
import type { IntakeState } from './intake.ts'

interface Props {
  readonly name: string
  readonly state: IntakeState
  readonly paths: readonly string[]
  readonly optional?: boolean
  readonly children: (plain: { id: string; 'aria-invalid': true | undefined; 'aria-describedby': string | undefined }) => ReactNode
}

const errorOf = (state: IntakeState, paths: readonly string[]) =>
  state.errors.find((error) => paths.some((path) => error.path === path || error.path.startsWith(`${path}.`)))

/** One line of the call taker's form: its name, its control, what is wrong with it. */
export function Line({ name, state, paths, optional, children }: Props) {
  const { t } = useTranslation()
  const error = errorOf(state, paths)
  const id = `intake-${name}`
  return (
    <div className={error ? 'row wrong' : 'row'}>
      <label htmlFor={id} id={`${id}-label`}>
        {t(`field.${name}`)}
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
