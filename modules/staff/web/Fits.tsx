import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Sign } from '#kernel/web/Tag.tsx'
import { useUnits } from '#kernel/web/units.ts'
import type { Views } from '../contract.ts'

/** How a unit's boundary lies with those around it: what does not fit, and whether anything is nobody's. */
export function Fits({ unit, data, go }: { unit: string; data: Views['findings']; go: (code: string) => void }) {
  const { t } = useTranslation()
  const units = useUnits()
  const { findings, gap } = data
  return (
    <section aria-label={t('staff.fits')}>
      <p className="muted">{t('staff.fits')}</p>
      {findings.length === 0 ? (
        <p>
          <Sign tone="good" /> {t('staff.fitsAll')}
        </p>
      ) : null}
      <ul className="grants">
        {findings.map(({ kind, units: [one, other], share }) => (
          <li key={`${kind} ${one} ${other}`}>
            <Sign tone="warn" /> {t(`staff.found.${kind}`, { unit: units.name(one), other: units.name(other), share })}
            <Button type="link" size="small" onClick={() => go(one === unit ? other : one)}>
              {t('staff.show', { unit: units.name(one === unit ? other : one) })}
            </Button>
          </li>
        ))}
      </ul>
      {gap ? (
        <p>
          <Sign tone={gap.share === null ? 'calm' : gap.share > 0 ? 'warn' : 'good'} />{' '}
          {gap.share === null
            ? t('staff.gapUndrawn', { drawn: gap.drawn, all: gap.all })
            : gap.share > 0
              ? t('staff.gap', { share: gap.share })
              : t('staff.gapNone')}
        </p>
      ) : null}
    </section>
  )
}
