import { Link, useLocation } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '#kernel/web/session.tsx'
import { Since, Sign } from '#kernel/web/Tag.tsx'
import { useSecond } from '#kernel/web/time.ts'
import { useUnits } from '#kernel/web/units.ts'
import type { DeskRow } from '../contract/shift.ts'
import type { Priority } from '../rules.ts'
import { alarms, useStaffing } from './desk.ts'

const none: readonly DeskRow[] = []

/** The desks below a unit, whichever page is open: one on shift that falls silent rings here, and so does one whose people leave it to nobody. */
export function DeskWatch({ unit, bell }: { unit: string; bell: (key: string, priority: Priority | undefined) => void }) {
  const { t } = useTranslation()
  const units = useUnits()
  const { locked } = useMe()
  const path = useLocation({ select: (location) => location.pathname })
  const { data } = useStaffing(unit)
  const now = useSecond() * 1000
  const found = alarms(data?.rows ?? none, unit, { units, now })
  const loud = found.some(({ rings }) => rings)
  const key = `desks ${unit}`
  useEffect(() => {
    bell(key, loud ? 2 : undefined)
  }, [bell, key, loud])
  useEffect(() => () => bell(key, undefined), [bell, key])
  const first = found.find(({ rings }) => rings) ?? found[0]
  if (!first || (path === '/desks' && !locked)) return null
  const others = found.length - 1
  return (
    <div className="strip desk-alarm" role="alert">
      <span>
        <Sign tone="alarm" /> {t(first.state === 'silent' ? 'desks.alarm' : 'desks.alarmEnded', { unit: units.name(first.unit) })} ·{' '}
        <Since time={first.since} />
        {others > 0 ? ` · ${t('desks.more', { count: others })}` : ''}
      </span>
      {locked ? null : (
        <Link to="/desks" search={{ desk: first.unit } as never}>
          {t('desks.toDesks')}
        </Link>
      )}
    </div>
  )
}
