import { Button, Input } from 'antd'
import { type FormEvent, type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Sign } from './Tag.tsx'

/** What a browser's own store of passwords knows each by. */
const stored = { login: 'username', password: 'current-password', oneTimeCode: 'one-time-code' } as const

interface FieldProps {
  readonly id: string
  readonly kind: keyof typeof stored
  readonly value: string
  readonly set: (value: string) => void
  /** It takes the keyboard when it comes. */
  readonly first?: boolean
  readonly hint?: ReactNode
}

/** One thing by which a person proves who he is, with its name above it. */
export function Credential({ id, kind, value, set, first = false, hint }: FieldProps) {
  const { t } = useTranslation()
  const Field = kind === 'password' ? Input.Password : Input
  return (
    <>
      <label htmlFor={id}>{t(`field.${kind}`)}</label>
      <Field
        id={id}
        {...(kind === 'oneTimeCode' && { className: 'num' })}
        autoComplete={stored[kind]}
        {...(hint !== undefined && { 'aria-describedby': `${id}-how` })}
        value={value}
        onChange={(event) => set(event.target.value)}
        autoFocus={first}
        required
      />
      {hint === undefined ? null : (
        <p className="hint" id={`${id}-how`}>
          {hint}
        </p>
      )}
    </>
  )
}

interface Props {
  readonly title: ReactNode
  readonly submit: string
  readonly busy: boolean
  /** What the server said to the last try. */
  readonly wrong: string | null
  readonly send: () => Promise<void>
  readonly foot?: ReactNode
  readonly children: ReactNode
}

/** The form of whoever comes to the house, or back to his locked desk. */
export function Credentials({ title, submit, busy, wrong, send, foot, children }: Props) {
  const id = useId()
  const give = (event: FormEvent) => {
    event.preventDefault()
    void send()
  }
  return (
    <form className="panel credentials" onSubmit={give} aria-labelledby={id}>
      <h1 id={id}>{title}</h1>
      {children}
      <p className="problem" role="alert">
        {wrong === null ? null : (
          <>
            <Sign tone="alarm" /> {wrong}
          </>
        )}
      </p>
      <Button type="primary" htmlType="submit" size="large" block loading={busy}>
        {submit}
      </Button>
      {foot}
    </form>
  )
}
