import { Button } from 'antd'
import { type ReactNode, useCallback, useEffect, useRef, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { free } from '#kernel/web/keys.ts'
import { Combobox } from '#kernel/web/Combobox.tsx'
import { useAddress } from '#kernel/web/screen.ts'
import { unitsOf, useMe } from '#kernel/web/session.tsx'
import { LateLine, LiveState } from '#kernel/web/Shell.tsx'
import { Loading, Trouble } from '#kernel/web/States.tsx'
import { Key, Sign, type Tone } from '#kernel/web/Tag.tsx'
import { clockTime, serverNow, useSecond } from '#kernel/web/time.ts'
import { useUnits } from '#kernel/web/units.ts'
import { unitOptions } from '#kernel/web/reach.ts'
import { useView } from '#kernel/web/view.ts'
import type { Wall as Figures } from '../contract/wall.ts'
import type { Views } from '../contract.ts'
import { wallSearch } from './search.ts'
import { Bands, Groups, LiveMap, Slowest } from './WallPanels.tsx'
import { countSpan, lateAfter, shareInTime, useAmount, useSeconds } from './wall.ts'
import './wall.css'

/** A wall reads its figures anew at most this often, in milliseconds, however much happens. */
const pace = 2000
/** Figures that are older than this are said to be old, in milliseconds. */
const stale = 90_000

function useFull(element: { readonly current: HTMLElement | null }) {
  const full = useSyncExternalStore(
    (changed) => {
      document.addEventListener('fullscreenchange', changed)
      return () => document.removeEventListener('fullscreenchange', changed)
    },
    () => document.fullscreenElement !== null,
  )
  const toggle = useCallback(() => {
    void (document.fullscreenElement ? document.exitFullscreen() : element.current?.requestFullscreen())
  }, [element])
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'f' || !free(event)) return
      event.preventDefault()
      toggle()
    }
    // The key is the screen's, so the keyboard begins in it.
    element.current?.focus({ preventScroll: true })
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [element, toggle])
  return { full, toggle }
}

function Clock() {
  const second = useSecond()
  return <time className="num wall-clock">{clockTime(second * 1000)}</time>
}

/** The line can be up and the figures old all the same: then they say of when they are. */
function Stale({ now }: { now: string }) {
  const { t } = useTranslation()
  useSecond()
  if (serverNow() - Date.parse(now) < stale) return null
  return (
    <p className="late" role="alert">
      <Sign tone="warn" /> {t('wall.stale', { time: clockTime(now) })}
    </p>
  )
}

interface TileProps {
  readonly label: string
  readonly value: string
  readonly unit?: ReactNode
  readonly foot: ReactNode
  readonly tone?: Tone | undefined
}

function Tile({ label, value, unit, foot, tone }: TileProps) {
  return (
    <div className="tile">
      <dt>{label}</dt>
      <dd className={tone ? `num ${tone}` : 'num'}>
        {tone ? <Sign tone={tone} /> : null}
        <b>{value}</b> {unit ? <span>{unit}</span> : null}
      </dd>
      <dd className="foot num">{foot}</dd>
    </div>
  )
}

function Unsigned({ waiting: { lines, since } }: Pick<Figures, 'waiting'>) {
  const { t } = useTranslation()
  const amount = useAmount()
  useSecond()
  if (since === null) return <Tile label={t('wall.waiting')} value="0" foot={t('wall.allSigned')} />
  const waited = serverNow() - Date.parse(since)
  return (
    <Tile
      label={t('wall.waiting')}
      value={amount(lines)}
      unit={t('wall.lines', { count: lines, time: countSpan(waited) })}
      foot={t('wall.oldest', { time: clockTime(since) })}
      tone={waited > lateAfter ? 'alarm' : undefined}
    />
  )
}

function Tiles({ figures }: { figures: Figures }) {
  const { t } = useTranslation()
  const amount = useAmount()
  const seconds = useSeconds()
  const { hour, today, reached, bands } = figures
  const mean = reached.mean === null ? null : seconds(reached.mean)
  const inTime = shareInTime(bands)
  const p90 = seconds(reached.p90 ?? 0)
  return (
    <dl className="tiles">
      <Tile
        label={t('wall.calls')}
        value={amount(hour.calls)}
        foot={t('wall.incidents', { hour: amount(hour.incidents), today: amount(today.incidents) })}
      />
      <Tile
        label={t('wall.reached')}
        value={mean?.value ?? '—'}
        unit={mean?.unit}
        foot={mean ? t('wall.reachedOf', { p90: `${p90.value} ${p90.unit}`, amount: amount(reached.count) }) : t('wall.reachedNone')}
      />
      <Tile
        label={t('wall.inTime')}
        value={inTime ? (inTime.share * 100).toFixed(1) : '—'}
        unit={inTime ? '%' : undefined}
        foot={inTime ? t('wall.inTimeOf', { amount: amount(inTime.signed), all: amount(inTime.all) }) : t('wall.inTimeNone')}
      />
      <Unsigned waiting={figures.waiting} />
    </dl>
  )
}

/** Whose wall: a supervisor's city, or one of its sub-bureaus; a sub-bureau's own. */
function useWallUnit() {
  const me = useMe()
  const units = useUnits()
  const [search, change] = useAddress(wallSearch)
  const own = unitsOf(me, ['citySupervisor', 'subBureauDuty'])
  const reach = new Set(own.flatMap((code) => units.under(code).map((one) => one.code)))
  const options = unitOptions(units, (one) => reach.has(one.code) && (one.kind === 'bureau' || one.kind === 'subBureau'))
  return { unit: search.unit ?? own[0] ?? me.unit, units, options, choose: (unit: string) => change({ unit }) }
}

/** The unit's 110 for a whole room: always dark, without anybody's data, made anew while things happen. */
export default function Wall() {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  const { full, toggle } = useFull(box)
  const { unit, units, options, choose } = useWallUnit()
  const view = useView<Views['wall']>('dispatch', 'wall', { unit }, { pace })
  const { data } = view
  return (
    <div className="wall" data-theme="dark" ref={box} tabIndex={-1}>
      <header className="wall-head">
        <h1>{t('wall.title', { unit: units.name(unit) })}</h1>
        {options.length > 1 ? (
          <div className="unit-choice">
            <Combobox label={t('board.unit')} value={unit} options={options} onChange={choose} />
          </div>
        ) : null}
        <span className="grow" />
        {full ? <LiveState /> : null}
        <Clock />
        <Button size="small" ghost onClick={toggle}>
          {t(full ? 'wall.leave' : 'wall.full')} <Key>F</Key>
        </Button>
      </header>
      {full ? <LateLine /> : null}
      {data ? <Stale now={data.now} /> : null}
      {view.failure && !data ? <Trouble failure={view.failure} again={view.again} /> : null}
      {view.loading ? <Loading /> : null}
      {data ? (
        <>
          <Tiles figures={data} />
          <div className="wall-middle">
            <LiveMap unit={unit} figures={data} />
            <Slowest figures={data} />
            <Groups figures={data} />
          </div>
          <Bands bands={data.bands} />
        </>
      ) : null}
    </div>
  )
}
