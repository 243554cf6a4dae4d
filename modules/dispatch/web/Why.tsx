import { useTranslation } from 'react-i18next'
import { shortSpan, useCount } from '#kernel/web/Tag.tsx'
import { briefTime, serverNow, useSecond } from '#kernel/web/time.ts'
import { useUnits } from '#kernel/web/units.ts'
import type { Views } from '../contract.ts'
import { rungs } from '../rules/ladder.ts'
import { settings } from '../rules.ts'
import type { Given } from '../rules/waiting.ts'
import { type Reason, reasonsOf } from './waits.ts'

const measureOf = (key: string) => (Object.hasOwn(settings, key) ? settings[key as keyof typeof settings].measure : 'seconds')

/** Which setting says so, its value, and where it was set. */
function useSaid(): (given: Given) => string {
  const { t } = useTranslation()
  const units = useUnits()
  return ({ key, value, unit }) =>
    t('why.setting', {
      name: t(`setting.dispatch.${key}`),
      value: t(`setting.measure.${measureOf(key)}`, { value }),
      where: unit === null ? t('why.initial') : t('why.setAt', { unit: units.name(unit) }),
    })
}

function Next({ reason: { rule, due } }: { reason: Reason }) {
  const { t } = useTranslation()
  const count = useCount()
  const now = useSecond() * 1000
  if (due === null) return <>{t('why.paused')}</>
  const name = rungs.some((rung) => rung === due.point) && rule === 'receipt' ? t(`rung.${due.point}`) : t(`lapse.${rule}-${due.point}`)
  return <>{t('rung.next', { rung: name, time: count(Math.max(0, Date.parse(due.time) - now)) })}</>
}

function Because({ reason }: { reason: Reason }) {
  const { t } = useTranslation()
  const said = useSaid()
  const units = useUnits()
  const { rule, unit, due, started, ran, begun, set } = reason
  const now = serverNow()
  return (
    <li>
      <b className="num">
        <Next reason={reason} />
      </b>
      <small>
        {t('why.line', {
          rule: t(`clock.rule.dispatch.${rule}`),
          unit: units.name(unit),
          since: briefTime(started, now),
          begun: begun === null ? t('why.unknown') : t(`eventName.${begun}`),
          due: due === null ? t('why.paused') : briefTime(due.time, now),
          set: set === null ? t('why.unknown') : set.map(said).join(t('shell.comma')),
          pauses: ran === null ? t('why.noPause') : t('why.ran', { time: shortSpan(ran) }),
        })}
      </small>
    </li>
  )
}

/** What is due next of this incident, and why just then. */
export function Why({ row, trace }: Pick<Views['incident'], 'row' | 'trace'>) {
  const { t } = useTranslation()
  const reasons = reasonsOf(row, trace)
  if (reasons.length === 0) return null
  return (
    <ul className="why" aria-label={t('why.title')}>
      {reasons.map((reason) => (
        <Because key={reason.rule} reason={reason} />
      ))}
    </ul>
  )
}
