import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from './api.ts'
import { unlock } from './attended.ts'
import { useSentence } from './States.tsx'
import { useMe } from './session.tsx'
import { Sign } from './Tag.tsx'

/** Over a desk whose officer is away: it rings on, and opens with his password. */
export default function Lock() {
  const { t } = useTranslation()
  const sentence = useSentence()
  const { name, secondFactor } = useMe()
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    const answer = await unlock(password, secondFactor ? code.trim() : undefined)
    setBusy(false)
    setPassword('')
    setFailure(answer)
  }
  return (
    <form className="panel lock" onSubmit={(event) => void submit(event)} aria-labelledby="lock-title">
      <h1 id="lock-title">
        <Sign tone="warn" /> {t('lock.title')}
      </h1>
      <p className="hint">{t('lock.how', { name })}</p>
      <label htmlFor="unlock">{t('field.password')}</label>
      <Input.Password
        id="unlock"
        autoComplete="current-password"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        // The only thing that can be done here
        autoFocus
        required
      />
      {secondFactor ? (
        <>
          <label htmlFor="unlock-code">{t('field.oneTimeCode')}</label>
          <Input
            id="unlock-code"
            className="num"
            autoComplete="one-time-code"
            value={code}
            onChange={(event) => setCode(event.target.value)}
            required
          />
        </>
      ) : null}
      <p className="problem" role="alert">
        {failure ? (
          <>
            <Sign tone="alarm" /> {failure.code === 'login' ? t('lock.wrong') : sentence(failure)}
          </>
        ) : null}
      </p>
      <Button type="primary" htmlType="submit" size="large" block loading={busy}>
        {t('lock.open')}
      </Button>
    </form>
  )
}
