import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { FormLine, type LineControl } from '#kernel/web/FormLine.tsx'
import type { IntakeState } from './intake.ts'

interface Props {
  readonly name: string
  readonly state: IntakeState
  readonly paths: readonly string[]
  readonly optional?: boolean
  readonly children: (control: LineControl) => ReactNode
}

const errorOf = (state: IntakeState, paths: readonly string[]) =>
  state.errors.find((error) => paths.some((path) => error.path === path || error.path.startsWith(`${path}.`)))

/** One line of the call taker's form: its name, its control, what is wrong with it. */
export function Line({ name, state, paths, optional, children }: Props) {
  const { t } = useTranslation()
  return (
    <FormLine id={`intake-${name}`} label={t(`field.${name}`)} optional={optional} error={errorOf(state, paths)}>
      {children}
    </FormLine>
  )
}
