import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { encode } from 'uqr'
import { z } from 'zod'
import { ask, type Failure, failed } from '#kernel/web/api.ts'
import { useCommand } from '#kernel/web/command.ts'
import { Form } from '#kernel/web/Form.tsx'
import { useMe, useSession } from '#kernel/web/session.tsx'
import { Trouble } from '#kernel/web/States.tsx'
import { Sign, Tag } from '#kernel/web/Tag.tsx'
import { commands } from '../contract.ts'
import { recoveryCodes } from '../rules.ts'

/** As `POST /second-factor` offers it, once. */
interface Offered {
  readonly id: string
  readonly secret: string
  readonly uri: string
  readonly recovery: readonly string[]
}

const confirmed = commands.setSecondFactor.pick({ oneTimeCode: true })
const removed = z.strictObject({ old: z.string().min(1).max(200).meta({ secret: true }), oneTimeCode: confirmed.shape.oneTimeCode })
/** So few left: time for new ones. */
const few = 3

function Square({ text }: { text: string }) {
  const { t } = useTranslation()
  const { data, size } = encode(text, { border: 2 })
  const dark = data.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : [])))
  return (
    <svg className="factor-square" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={t('factor.square')} shapeRendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={dark.join('')} fill="#000" />
    </svg>
  )
}

/** Scan it, write the recovery codes down, give one code. */
function SetUp({ offered, cancel }: { offered: Offered; cancel: () => void }) {
  const { t } = useTranslation()
  const me = useMe()
  const { again } = useSession()
  const { busy, send } = useCommand()
  const give = async (data: unknown) => {
    const { oneTimeCode } = data as z.infer<typeof confirmed>
    const answer = await send({ module: 'staff', stream: me.account, type: 'setSecondFactor', data: { factor: offered.id, oneTimeCode } })
    if (failed(answer)) return answer
    again()
    return null
  }
  return (
    <ol className="factor-steps">
      <li>
        <h3>{t('factor.scan')}</h3>
        <div className="factor-scan">
          <Square text={offered.uri} />
          <div>
            <p className="muted">{t('factor.type')}</p>
            <code className="factor-secret">{offered.secret}</code>
          </div>
        </div>
      </li>
      <li>
        <h3>{t('factor.keep')}</h3>
        <p className="muted">{t('factor.keepHow')}</p>
        <ul className="factor-recovery" aria-label={t('factor.codes')}>
          {offered.recovery.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ul>
      </li>
      <li>
        <h3>{t('factor.confirm')}</h3>
        <Form schema={confirmed} submit={t('factor.turnOn')} busy={busy} send={give} cancel={cancel} />
      </li>
    </ol>
  )
}

function Off() {
  const { t } = useTranslation()
  const [offered, setOffered] = useState<Offered | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [busy, setBusy] = useState(false)
  const begin = async () => {
    setBusy(true)
    const answer = await ask<Offered>('POST', '/second-factor')
    setBusy(false)
    setFailure(failed(answer) ? answer : null)
    if (!failed(answer)) setOffered(answer)
  }
  if (offered) return <SetUp key={offered.id} offered={offered} cancel={() => setOffered(null)} />
  return (
    <>
      <p className="muted">{t('factor.how')}</p>
      {failure ? <Trouble failure={failure} /> : null}
      <div>
        <Button type="primary" loading={busy} onClick={() => void begin()}>
          {t('factor.begin')}
        </Button>
      </div>
    </>
  )
}

function On({ left }: { left: number }) {
  const { t } = useTranslation()
  const me = useMe()
  const { again } = useSession()
  const { busy, send } = useCommand()
  const [off, setOff] = useState(false)
  const give = async (data: unknown) => {
    const answer = await send({ module: 'staff', stream: me.account, type: 'removeSecondFactor', data })
    if (failed(answer)) return answer
    again()
    return null
  }
  return (
    <>
      <p>{t('factor.onHow')}</p>
      <p className={left <= few ? 'factor-few' : 'muted'}>
        {left <= few ? <Sign tone="warn" /> : null} {t('factor.left', { left, all: recoveryCodes })}
      </p>
      {off ? (
        <>
          <p className="muted">{t('factor.offHow')}</p>
          <Form schema={removed} submit={t('factor.turnOff')} busy={busy} send={give} cancel={() => setOff(false)} />
        </>
      ) : (
        <div>
          <Button onClick={() => setOff(true)}>{t('factor.turnOff')}</Button>
        </div>
      )}
    </>
  )
}

/** One's own second factor: the code of an authenticator beside the password. */
export function SecondFactor() {
  const { t } = useTranslation()
  const { secondFactor, owes, demo } = useMe()
  return (
    <section className="panel" aria-labelledby="own-factor">
      <div className="panel-head">
        <h2 id="own-factor">{t('field.factor')}</h2>
        <span className="grow" />
        {secondFactor ? <Tag tone="good">{t('factor.on')}</Tag> : <Tag tone={owes ? 'warn' : 'calm'}>{t('factor.off')}</Tag>}
      </div>
      <div className="pad-staff">
        {owes ? (
          <p className="factor-owed" role="status">
            <Sign tone="warn" /> {t('error.totp-first')} <small>{t('factor.law')}</small>
          </p>
        ) : null}
        {demo ? <p className="muted">{t('factor.demo')}</p> : null}
        {secondFactor ? <On left={secondFactor.left} /> : <Off />}
      </div>
    </section>
  )
}
