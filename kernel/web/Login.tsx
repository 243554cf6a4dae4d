import { Button, Input } from 'antd'
import { type FormEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Role, roles } from '#kernel/decider.ts'
import { ask, type Failure } from './api.ts'
import { Combobox } from './Combobox.tsx'
import { Brand, Preferences } from './Brand.tsx'
import { Sign } from './Tag.tsx'
import { useSentence } from './States.tsx'
import { useSession } from './session.tsx'

interface DemoAccount {
  readonly login: string
  readonly password: string
  readonly name: string
  readonly unit: string
  readonly role: Role
}

/** The demonstration city names its accounts; a real house answers 404. */
function DemoAccounts({ choose }: { choose: (login: string, password: string) => void }) {
  const { t } = useTranslation()
  const [accounts, setAccounts] = useState<readonly DemoAccount[]>([])
  useEffect(() => {
    void ask<DemoAccount[]>('GET', '/demo/accounts').then((answer) => setAccounts(Array.isArray(answer) ? answer : []))
  }, [])
  if (accounts.length === 0) return null
  // One of each role to begin with; a whole city's accounts are found by typing.
  const first = roles.flatMap((role) => (role === 'importer' ? [] : accounts.filter((account) => account.role === role).slice(0, 1)))
  const others = accounts.map((account) => ({
    value: account.login,
    label: `${account.unit} · ${account.name}`,
    hint: `${t(`role.${account.role}`)} ${account.login}`,
  }))
  const other = (login: string) => {
    const account = accounts.find((one) => one.login === login)
    if (account) choose(account.login, account.password)
  }
  return (
    <section className="demo" aria-labelledby="demo">
      <h2 id="demo">{t('login.demo')}</h2>
      <p>{t('login.demoHow')}</p>
      <ul>
        {first.map((account) => (
          <li key={account.login}>
            <button type="button" onClick={() => choose(account.login, account.password)}>
              <b>{t(`role.${account.role}`)}</b>
              <span lang="zh-Hans">
                {account.unit} · {account.name}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {others.length > first.length ? (
        <div className="row">
          <label htmlFor="other">{t('login.other')}</label>
          <Combobox id="other" value="" options={others} onChange={other} placeholder={t('login.otherHow')} />
        </div>
      ) : null}
    </section>
  )
}

/** The password was right: now the code of the authenticator, or a recovery code. */
function SecondStep({ code, setCode, back }: { code: string; setCode: (code: string) => void; back: () => void }) {
  const { t } = useTranslation()
  return (
    <>
      <label htmlFor="code">{t('field.oneTimeCode')}</label>
      <Input
        id="code"
        className="num"
        autoComplete="one-time-code"
        aria-describedby="code-how"
        value={code}
        onChange={(event) => setCode(event.target.value)}
        // The only field of the step that was just entered
        autoFocus
        required
      />
      <p className="hint" id="code-how">
        {t('login.codeHow')}{' '}
        <button type="button" className="plain" onClick={back}>
          {t('login.otherAccount')}
        </button>
      </p>
    </>
  )
}

function useEntering() {
  const { logIn } = useSession()
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const enter = async (as: string, secret: string) => {
    setBusy(true)
    const answer = await logIn(as, secret, code ?? undefined)
    setBusy(false)
    const asked = answer?.code === 'second-factor'
    if (asked) {
      setLogin(as)
      setPassword(secret)
      setCode('')
    }
    setFailure(asked ? null : answer)
  }
  const back = () => {
    setCode(null)
    setPassword('')
    setFailure(null)
  }
  return { login, setLogin, password, setPassword, code, setCode, busy, failure, enter, back }
}

export default function Login() {
  const { t } = useTranslation()
  const sentence = useSentence()
  const { login, setLogin, password, setPassword, code, setCode, busy, failure, enter, back } = useEntering()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void enter(login.trim(), password)
  }
  return (
    <div className="login">
      <header>
        <Brand />
        <Preferences />
      </header>
      <main>
        <form className="panel" onSubmit={submit} aria-labelledby="login-title">
          <h1 id="login-title">{t('login.title')}</h1>
          {code === null ? (
            <>
              <label htmlFor="login">{t('field.login')}</label>
              <Input id="login" autoComplete="username" value={login} onChange={(event) => setLogin(event.target.value)} required />
              <label htmlFor="password">{t('field.password')}</label>
              <Input.Password
                id="password"
                autoComplete="current-password"
                value={password}
                onChange={(event) => setPassword(event.target.value)}
                required
              />
            </>
          ) : (
            <SecondStep code={code} setCode={setCode} back={back} />
          )}
          <p className="problem" role="alert">
            {failure ? (
              <>
                <Sign tone="alarm" /> {sentence(failure)}
              </>
            ) : null}
          </p>
          <Button type="primary" htmlType="submit" size="large" block loading={busy}>
            {t('login.enter')}
          </Button>
          <p className="creed" lang="zh-Hans">
            以事实为根据，以法律为准绳
          </p>
        </form>
        {code === null ? <DemoAccounts choose={(as, secret) => void enter(as, secret)} /> : null}
      </main>
    </div>
  )
}
