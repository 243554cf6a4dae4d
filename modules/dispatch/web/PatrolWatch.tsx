import { Link, useLocation } from '@tanstack/react-router'
import { useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { undelivered, useOutbox } from '#kernel/web/outbox.ts'
import { unitsOf, useMe } from '#kernel/web/session.tsx'
import { Sign } from '#kernel/web/Tag.tsx'
import { useView } from '#kernel/web/view.ts'
import type { Views } from '../contract.ts'
import { isOwn, onDuty } from './duty.ts'
import { onIncident, stopTelling } from './fix.ts'

/** What an officer must not lose sight of on any page: the incident he is on, which goes with his position, and what has not been delivered. */
export default function PatrolWatch() {
  const { t } = useTranslation()
  const me = useMe()
  const path = useLocation({ select: (location) => location.pathname })
  const apply = useMemo(() => onDuty(me.account, unitsOf(me, ['patrolOfficer'])), [me])
  const { data } = useView<Views['duty']>('dispatch', 'duty', {}, { apply, enabled: !me.locked })
  const on = data?.rows.find((row) => isOwn(row, me.account) && (row.phase === 'underWay' || row.phase === 'arrived'))?.id ?? null
  useEffect(() => onIncident(on), [on])
  // Whoever logs in next has not switched it on.
  useEffect(() => () => stopTelling(), [])
  const left = undelivered(useOutbox()).length
  if (left === 0 || (path === '/duty' && !me.locked)) return null
  return (
    <div className="strip" role="status">
      <span>
        <Sign tone="alarm" /> {t('outbox.countWaiting', { count: left })}
      </span>
      {me.locked ? null : <Link to="/duty">{t('outbox.title')}</Link>}
    </div>
  )
}
