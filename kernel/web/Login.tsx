import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Role, roles } from '#kernel/decider.ts'
import { ask, type Failure } from './api.ts'
import { Combobox } from './Combobox.tsx'
import { Brand, Preferences } from './Brand.tsx'
import { Credential, Credentials } from './Credentials.tsx'
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
  const codeHow = (
    <>
      {t('login.codeHow')}{' '}
      <button type="button" className="plain" onClick={back}>
        {t('login.otherAccount')}
      </button>
    </>
  )
  const creed = (
    <p className="creed" lang="zh-Hans">
      以事实为根据，以法律为准绳
    </p>
  )
  return (
    <div className="login">
      <header>
        <Brand />
        <Preferences />
      </header>
      <main>
        <Credentials
          title={t('login.title')}
          submit={t('login.enter')}
          busy={busy}
          wrong={failure && sentence(failure)}
          send={() => enter(login.trim(), password)}
          foot={creed}
        >
          {code === null ? (
            <>
              <Credential id="login" kind="login" value={login} set={setLogin} />
              <Credential id="password" kind="password" value={password} set={setPassword} />
            </>
          ) : (
            // The password was right: now the code of the authenticator, or a recovery code.
            <Credential id="code" kind="oneTimeCode" value={code} set={setCode} hint={codeHow} first />
          )}
        </Credentials>
        {code === null ? <DemoAccounts choose={(as, secret) => void enter(as, secret)} /> : null}
      </main>
    </div>
  )
}
