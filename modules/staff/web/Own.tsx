import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { ask, ended, Failure, failed } from '#kernel/web/api.ts'
import { useCommand } from '#kernel/web/command.ts'
import { Form } from '#kernel/web/Form.tsx'
import { views } from '#kernel/web/live.ts'
import { type OwnSession, useMe } from '#kernel/web/session.tsx'
import { Loading, Trouble } from '#kernel/web/States.tsx'
import { Tag } from '#kernel/web/Tag.tsx'
import { dayTime } from '#kernel/web/time.ts'
import { useUnits } from '#kernel/web/units.ts'
import { commands } from '../contract.ts'
import { deviceName } from './device.ts'
import { SecondFactor } from './SecondFactor.tsx'
import './staff.css'

/** The old one is asked for first. */
const change = z.strictObject({ old: z.string().min(1).max(200).meta({ secret: true }), password: commands.setPassword.shape.password })

function Password() {
  const { t } = useTranslation()
  const me = useMe()
  const { busy, send } = useCommand()
  const give = async (data: unknown) => {
    const answer = await send({ module: 'staff', stream: me.account, type: 'setPassword', data })
    if (failed(answer)) return answer
    for (const over of ended) over()
    return null
  }
  return (
    <section className="panel" aria-labelledby="own-password">
      <div className="panel-head">
        <h2 id="own-password">{t('own.change')}</h2>
      </div>
      <div className="pad-staff">
        <p className="muted">{t('own.rule')}</p>
        <Form schema={change} submit={t('own.change')} busy={busy} send={give} />
      </div>
    </section>
  )
}

function Row({ session, busy, end }: { session: OwnSession; busy: boolean; end: () => void }) {
  const { t } = useTranslation()
  const device = deviceName(session.device) || t('own.unknown')
  return (
    <li>
      <div className="own-device">
        <b>{device}</b> {session.own ? <Tag tone="good">{t('own.this')}</Tag> : null}
      </div>
      <dl className="facts">
        <dt>{t('own.since')}</dt>
        <dd className="num">{dayTime(session.since)}</dd>
        <dt>{t('own.seen')}</dt>
        <dd className="num">{dayTime(session.seen)}</dd>
      </dl>
      {session.own ? null : (
        <Button size="small" disabled={busy} onClick={end} aria-label={`${t('own.end')} ${device}`}>
          {t('own.end')}
        </Button>
      )}
    </li>
  )
}

function Sessions() {
  const { t } = useTranslation()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const list = useQuery({
    queryKey: ['sessions'],
    queryFn: async () => {
      const answer = await ask<{ sessions: readonly OwnSession[] }>('GET', '/sessions')
      if (failed(answer)) throw answer
      return answer.sessions
    },
  })
  const end = async (path: string) => {
    setBusy(true)
    const answer = await ask<null>('DELETE', path)
    setFailure(failed(answer) ? answer : null)
    await views.invalidateQueries({ queryKey: ['sessions'] })
    setBusy(false)
  }
  const sessions = list.data ?? []
  return (
    <section className="panel" aria-labelledby="own-sessions">
      <div className="panel-head">
        <h2 id="own-sessions">{t('own.sessions')}</h2>
        <span className="grow" />
        {sessions.length > 1 ? (
          <Button size="small" disabled={busy} onClick={() => void end('/sessions')}>
            {t('own.endOthers')}
          </Button>
        ) : null}
      </div>
      <div className="pad-staff">
        <p className="muted">{t('own.sessionsHow')}</p>
        {failure ? <Trouble failure={failure} /> : null}
        {list.isPending ? <Loading /> : null}
        {list.error instanceof Failure ? <Trouble failure={list.error} again={() => void list.refetch()} /> : null}
        <ul className="grants own-sessions">
          {sessions.map((session) => (
            <Row key={session.id} session={session} busy={busy} end={() => void end(`/sessions/${session.id}`)} />
          ))}
        </ul>
      </div>
    </section>
  )
}

/** One's own account: the second factor, where it is logged in, and the password. */
export default function Own() {
  const { t } = useTranslation()
  const me = useMe()
  const units = useUnits()
  return (
    <div className="own">
      <h1>{t('nav.me')}</h1>
      <p className="muted">{[me.name, me.login, ...(units.ready ? [units.name(me.unit)] : [])].join(' · ')}</p>
      <div className="own-parts">
        <SecondFactor />
        <div className="own-more">
          <Sessions />
          <Password />
        </div>
      </div>
    </div>
  )
}
