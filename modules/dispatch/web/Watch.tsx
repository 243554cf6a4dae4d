import { Link, useLocation } from '@tanstack/react-router'
import { useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { unitsOf, useMe } from '#kernel/web/session.tsx'
import { ring, unlock, useSound } from '#kernel/web/sound.ts'
import { Since, Sign } from '#kernel/web/Tag.tsx'
import { useSecond } from '#kernel/web/time.ts'
import { useUnits } from '#kernel/web/units.ts'
import { useView } from '#kernel/web/view.ts'
import type { IncidentRow, Views } from '../contract.ts'
import { answering, type Priority, rung } from '../rules.ts'
import { useAcknowledge } from './acknowledge.ts'
import { DeskWatch } from './DeskWatch.tsx'
import { DrillWatch } from './DrillWatch.tsx'
import { useKinds } from './kinds.ts'
import { onBoard, ringsFor, rungRings } from './live.ts'
import { lapsedOf, lapseRings } from './waits.ts'
import { usePresence } from './presence.ts'

const loud = new Map<string, Priority | undefined>()
const none: readonly IncidentRow[] = []

/** `key`: what rings, a unit's lines or the desks below it. */
function ringFor(key: string, priority: Priority | undefined): void {
  loud.set(key, priority)
  const waiting = [...loud.values()].filter((one) => one !== undefined)
  ring(waiting.length > 0 ? (Math.min(...waiting) as Priority) : undefined)
}

/** One unit's alarm: rings until its own lines are signed, and for what climbs to it, whichever page is open; acknowledges what its screens have painted. */
function UnitWatch({ unit }: { unit: string }) {
  const { t } = useTranslation()
  const kinds = useKinds()
  const sound = useSound()
  const { account, locked } = useMe()
  const kind = useUnits().find(unit)?.kind
  const path = useLocation({ select: (location) => location.pathname })
  const apply = useMemo(() => onBoard(unit), [unit])
  const units = useMemo(() => [unit], [unit])
  const { data } = useView<Views['board']>('dispatch', 'board', { unit }, { apply })
  const rows = data?.rows ?? none
  useAcknowledge(rows, units)
  const now = useSecond() * 1000
  const waiting = rows.filter((row) => ringsFor(row, unit))
  const climbed = rows.filter((row) => rungRings(row, unit, now) || lapseRings(row, unit, now))
  const loudest = [...waiting, ...climbed].map((row) => row.priority)
  const urgent = loudest.length > 0 ? (Math.min(...loudest) as Priority) : undefined
  useEffect(() => {
    ringFor(unit, urgent)
  }, [unit, urgent])
  useEffect(() => () => ringFor(unit, undefined), [unit])
  const told = ({ climb, ...row }: IncidentRow) => (climb?.rung ? t(`rung.${climb.rung.name}`) : t(`lapse.${lapsedOf(row)?.name}`))
  const oldest = waiting.at(-1) ?? climbed.at(-1)
  const shown = !locked && (path === '/board' || (path === '/room' && kind === 'station'))
  if (!oldest || shown) return null
  return (
    <div className="strip" role="alert">
      <span>
        <Sign tone="alarm" /> {waiting.length > 0 ? t('board.waiting', { count: waiting.length }) : told(oldest)} · {oldest.number}{' '}
        {kinds.name(oldest.kind)} · <Since time={ringsFor(oldest, unit)?.sent.time ?? oldest.opened} />
      </span>
      {locked ? null : (
        <Link to="/board" search={{ unit, incident: oldest.id } as never}>
          {t('board.toBoard')}
        </Link>
      )}
      {sound.unlocked ? null : (
        <button type="button" className="button small" onClick={() => void unlock(account)}>
          {t('board.startShift')}
        </button>
      )}
    </div>
  )
}

/** Calls first: a drill stands below them and is silent while one of them rings. */
export default function Watch() {
  const me = useMe()
  usePresence()
  return (
    <>
      {unitsOf(me, rung).map((unit) => (
        <UnitWatch key={unit} unit={unit} />
      ))}
      {unitsOf(me, ['subBureauDuty', 'citySupervisor']).map((unit) => (
        <DeskWatch key={unit} unit={unit} bell={ringFor} />
      ))}
      <DrillWatch units={unitsOf(me, answering)} />
    </>
  )
}
