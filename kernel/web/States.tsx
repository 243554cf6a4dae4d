import { Component, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Role } from '#kernel/decider.ts'
import { Failure } from './api.ts'
import { useNarrow } from './screen.ts'
import { Sign } from './Tag.tsx'

/** Says what would be here and how it gets here. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="state">
      <p className="state-title">{title}</p>
      {children ? <p>{children}</p> : null}
    </div>
  )
}

/** The head of a detail: below the list's on a wide screen, the page's own where it stands alone. */
export function DetailHead({ children }: { children: ReactNode }) {
  return useNarrow() ? <h1>{children}</h1> : <h2>{children}</h2>
}

export function Loading() {
  const { t } = useTranslation()
  return (
    <div className="state loading" role="status">
      <span className="drop" aria-hidden="true" />
      <p>{t('shell.loading')}</p>
    </div>
  )
}

/** The sentence of a failure: the server's own, or ours when it could not say anything. */
export function useSentence(): (failure: Failure) => string {
  const { t } = useTranslation()
  return (failure) => failure.sentence || t([`error.${failure.code}`, 'error.fault'])
}

export function Trouble({ failure, again }: { failure: Failure; again?: () => void }) {
  const { t } = useTranslation()
  const sentence = useSentence()
  return (
    <div className="state" role="alert">
      <p className="state-title">
        <Sign tone={failure.status === 404 || failure.status === 403 ? 'calm' : 'alarm'} /> {sentence(failure)}
      </p>
      {failure.article ? <p>{failure.article}</p> : null}
      {again ? (
        <button type="button" className="button" onClick={again}>
          {t('shell.again')}
        </button>
      ) : null}
    </div>
  )
}

/** Says who may. */
export function Forbidden({ roles }: { roles: readonly Role[] }) {
  const { t } = useTranslation()
  return (
    <div className="state">
      <h1 className="state-title">
        <Sign tone="calm" /> {t('shell.forbidden')}
      </h1>
      <p>{t('shell.forbiddenWho', { roles: roles.map((role) => t(`role.${role}`)).join(t('shell.comma')) })}</p>
    </div>
  )
}

export function Missing() {
  const { t } = useTranslation()
  return (
    <div className="state">
      <h1 className="state-title">{t('shell.missing')}</h1>
      <p>{t('shell.missingHow')}</p>
    </div>
  )
}

export function Broken() {
  return <Trouble failure={new Failure(0, { code: 'screen' })} again={() => location.reload()} />
}

/** A screen that breaks must not take the shell, the alarm and the connection with it. */
export class Guard extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false }
  static getDerivedStateFromError() {
    return { broken: true }
  }
  override render() {
    return this.state.broken ? <Broken /> : this.props.children
  }
}
