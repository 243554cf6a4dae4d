import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type Area, type Mark, Schematic } from '#kernel/web/Schematic.tsx'
import { Sign, type Tone } from '#kernel/web/Tag.tsx'
import { milliseconds, serverNow, useSecond } from '#kernel/web/time.ts'
import { useUnits } from '#kernel/web/units.ts'
import type { Wall } from '../contract/wall.ts'
import { receiptBands } from '../rules.ts'
import { useAreas } from './areas.ts'
import { useKinds } from './kinds.ts'
import { countSpan, lateAfter, useAmount } from './wall.ts'

/** Names on the map are read from where the room sits. */
const lettering = 15

/** Where things are going on; only what waits longest, and too long, has a ring. */
export function LiveMap({ unit, figures }: { unit: string; figures: Wall }) {
  const { t } = useTranslation()
  const units = useUnits()
  const areas: readonly Area[] = useAreas(unit)
  const { spots, waiting, now } = figures
  const late = waiting.since !== null && milliseconds(waiting.since, now) > lateAfter
  const marks = useMemo(() => {
    const dots = spots.map((spot, index): Mark => ({ ...spot, id: String(index), tone: 'line' }))
    return late && waiting.at ? [...dots, { ...waiting.at, id: 'longest', tone: 'alarm' as const }] : dots
  }, [spots, waiting.at, late])
  return (
    <section className="panel wall-map" aria-label={t('wall.map')}>
      <div className="panel-head">
        <h2>{t('wall.map')}</h2>
        <small className="num">{t('wall.mapOf', { areas: areas.length, spots: spots.length })}</small>
      </div>
      <div className="map-body">
        <Schematic
          label={t('wall.mapLabel', { unit: units.name(unit), spots: spots.length })}
          areas={areas}
          name={(code) => units.name(code)}
          marks={marks}
          lettering={lettering}
        />
      </div>
    </section>
  )
}

function SlowLine({ line, first }: { line: Wall['slowest'][number]; first: boolean }) {
  const { t } = useTranslation()
  const units = useUnits()
  useSecond()
  const ms = line.until === null ? serverNow() - Date.parse(line.sent) : milliseconds(line.sent, line.until)
  // One alarm an area: the one that waits longest. The others are warnings.
  const tone: Tone = ms <= lateAfter ? 'calm' : first && line.until === null ? 'alarm' : 'warn'
  return (
    <li>
      <span className="text">{units.name(line.unit)}</span>
      <small>{t(line.until === null ? 'wall.waits' : line.signed ? 'wall.signed' : 'wall.left')}</small>
      <span className={`num ${tone}`}>
        {tone === 'calm' ? null : <Sign tone={tone} />} {countSpan(ms)}
      </span>
    </li>
  )
}

export function Slowest({ figures: { slowest } }: { figures: Wall }) {
  const { t } = useTranslation()
  return (
    <section className="panel" aria-label={t('wall.slowest')}>
      <div className="panel-head">
        <h2>{t('wall.slowest')}</h2>
        <small>{t('wall.slowestOf')}</small>
      </div>
      {slowest.length === 0 ? <p className="nothing">{t('wall.slowestNone')}</p> : null}
      <ul className="wall-list">
        {slowest.map((line, index) => (
          <SlowLine key={`${line.unit} ${line.sent}`} line={line} first={index === 0} />
        ))}
      </ul>
    </section>
  )
}

export function Groups({ figures: { kinds } }: { figures: Wall }) {
  const { t } = useTranslation()
  const { find } = useKinds()
  const amount = useAmount()
  const groups = useMemo(() => {
    const sums = new Map<string, number>()
    for (const { kind, count } of kinds) {
      const group = find(kind)?.group
      if (group !== undefined) sums.set(group, (sums.get(group) ?? 0) + count)
    }
    return [...sums].toSorted(([, a], [, b]) => b - a)
  }, [kinds, find])
  const most = groups[0]?.[1] ?? 1
  return (
    <section className="panel" aria-label={t('wall.groups')}>
      <div className="panel-head">
        <h2>{t('wall.groups')}</h2>
      </div>
      {groups.length === 0 ? <p className="nothing">{t('wall.groupsNone')}</p> : null}
      <ul className="wall-list">
        {groups.map(([group, count]) => (
          <li key={group}>
            <span className="text">{t(`kindGroup.${group}`)}</span>
            <span className="num">{amount(count)}</span>
            <span className="share" style={{ width: `${(count / most) * 100}%` }} />
          </li>
        ))}
      </ul>
    </section>
  )
}

const tones = ['good', 'calm', 'warn', 'alarm'] as const

/** Today's receipts by how long they took; each band says its own share, so nothing hangs on its width or colour. */
export function Bands({ bands }: { bands: readonly number[] }) {
  const { t } = useTranslation()
  const amount = useAmount()
  const all = bands.reduce((sum, one) => sum + one, 0)
  const name = (index: number) => {
    const [from, to] = [receiptBands[index - 1] ?? 0, receiptBands[index]]
    return to === undefined ? t('wall.bandLast', { from }) : t('wall.band', { from, to })
  }
  return (
    <section className="panel bands" aria-label={t('wall.bands', { amount: amount(all) })}>
      <h2 className="num">{t('wall.bands', { amount: amount(all) })}</h2>
      <ol className="num">
        {tones.map((tone, index) => {
          const count = bands[index] ?? 0
          return (
            <li key={tone} className={tone} style={{ flexGrow: all === 0 ? 1 : count / all }}>
              <span>{name(index)}</span> <b>{amount(count)}</b> {all === 0 ? null : <span>{((count / all) * 100).toFixed(1)} %</span>}
            </li>
          )
        })}
      </ol>
      <p>{t('wall.source')}</p>
    </section>
  )
}
