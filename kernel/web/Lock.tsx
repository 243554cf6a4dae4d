import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from './api.ts'
import { unlock } from './attended.ts'
import { Credential, Credentials } from './Credentials.tsx'
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
  const send = async () => {
    setBusy(true)
    const answer = await unlock(password, secondFactor ? code.trim() : undefined)
    setBusy(false)
    setPassword('')
    setFailure(answer)
  }
  const wrong = failure && (failure.code === 'login' ? t('lock.wrong') : sentence(failure))
  const title = (
    <>
      <Sign tone="warn" /> {t('lock.title')}
    </>
  )
  return (
    <Credentials title={title} submit={t('lock.open')} busy={busy} wrong={wrong} send={send}>
      <p className="hint">{t('lock.how', { name })}</p>
      <Credential id="unlock" kind="password" value={password} set={setPassword} first />
      {secondFactor ? <Credential id="unlock-code" kind="oneTimeCode" value={code} set={setCode} /> : null}
    </Credentials>
  )
}
