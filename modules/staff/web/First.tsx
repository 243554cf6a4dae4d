import { Input } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { ask, type Failure, failed } from '#kernel/web/api.ts'
import { Brand, Preferences } from '#kernel/web/Brand.tsx'
import { type Control, Form, type FormHints } from '#kernel/web/Form.tsx'
import { Loading, Trouble } from '#kernel/web/States.tsx'
import { Sign } from '#kernel/web/Tag.tsx'
import { beginning } from '../contract.ts'
import './staff.css'

const asked = z.strictObject({ firstCode: z.string().min(1, { error: 'empty' }).max(60, { error: 'long:60' }), ...beginning.shape })
const line = ({ id, value, set, invalid, describedBy }: Control) => (
  <Input
    id={id}
    value={String(value ?? '')}
    onChange={(event) => set(event.target.value)}
    aria-invalid={invalid || undefined}
    aria-describedby={describedBy}
    autoComplete="off"
  />
)
const hints: FormHints = {
  controls: { bureau: line },
  heads: { bureau: 'first.bureau', systemLogin: 'first.system', securityLogin: 'first.security' },
}

function Ask({ done }: { done: () => void }) {
  const { t } = useTranslation()
  const [busy, setBusy] = useState(false)
  const give = async (data: unknown) => {
    setBusy(true)
    const answer = await ask('POST', '/first', data)
    setBusy(false)
    if (failed(answer)) return answer
    done()
    return null
  }
  return (
    <section className="panel" aria-labelledby="first-title">
      <div className="panel-head">
        <h1 id="first-title">{t('first.title')}</h1>
      </div>
      <div className="pad-staff first-form">
        <Form schema={asked} {...hints} submit={t('first.begin')} busy={busy} send={give} />
      </div>
    </section>
  )
}

function Said({ title, text }: { title: string; text: string }) {
  const { t } = useTranslation()
  return (
    <section className="panel first-said" role="status">
      <h1>
        <Sign tone="good" /> {t(title)}
      </h1>
      <p>{t(text)}</p>
      <a href="/">{t('first.enter')}</a>
    </section>
  )
}

/** Asked without the views' store: that is emptied when it turns out that nobody is logged in, which is the rule here. */
function useDoor() {
  const [answer, setAnswer] = useState<{ open: boolean } | Failure | null>(null)
  const [turn, setTurn] = useState(0)
  // `turn` asks again.
  useEffect(() => {
    let on = true
    void ask<{ open: boolean }>('GET', '/first/door').then((told) => (on ? setAnswer(told) : undefined))
    return () => {
      on = false
    }
  }, [turn])
  const failure = failed(answer) ? answer : null
  return { open: answer !== null && !failed(answer) ? answer.open : null, failure, again: () => setTurn((before) => before + 1) }
}

/** A new house: whoever reads the server's console names the bureau and its first two administrators, once. */
export default function First() {
  const { t } = useTranslation()
  const [done, setDone] = useState(false)
  const door = useDoor()
  const open = door.open === true && !done
  return (
    <div className="login first">
      <header>
        <Brand />
        <Preferences />
      </header>
      <main>
        {door.open === null && !door.failure ? <Loading /> : null}
        {door.failure ? <Trouble failure={door.failure} again={door.again} /> : null}
        {open ? <Ask done={() => setDone(true)} /> : null}
        {open ? (
          <aside>
            <h2>{t('first.how')}</h2>
            <ol>
              {['code', 'two', 'factor', 'next'].map((step) => (
                <li key={step}>{t(`first.${step}`)}</li>
              ))}
            </ol>
            <p className="muted">{t('first.rule')}</p>
          </aside>
        ) : null}
        {done ? <Said title="first.done" text="first.doneHow" /> : null}
        {door.open === false ? <Said title="first.over" text="first.overHow" /> : null}
      </main>
    </div>
  )
}
