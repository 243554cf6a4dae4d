import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ask, failed, type Failure } from '#kernel/web/api.ts'
import { useCommand } from '#kernel/web/command.ts'
import { free } from '#kernel/web/keys.ts'
import { speaksFrom } from '#kernel/web/live.ts'
import { useMe } from '#kernel/web/session.tsx'
import { useSentence } from '#kernel/web/States.tsx'
import { ringDrill } from '#kernel/web/sound.ts'
import { Key, useCount } from '#kernel/web/Tag.tsx'
import { useSecond } from '#kernel/web/time.ts'
import { useUnits } from '#kernel/web/units.ts'
import { useView } from '#kernel/web/view.ts'
import type { DrillNow } from '../contract/drill.ts'
import type { Views } from '../contract.ts'
import { shownAfterMs } from '../rules/drill.ts'
import { afterPaint } from './acknowledge.ts'
import { onDrills } from './drills.ts'
import './drill.css'

/** Told by this tab already, by drill and unit. */
const told = new Set<string>()
const none: readonly DrillNow[] = []

/** Tells the server once that this screen has painted it: at once when it is its turn, later when another screen's was and nobody has. */
function useTold(rows: readonly DrillNow[], unit: string): void {
  useEffect(() => {
    let on = true
    let later: ReturnType<typeof setTimeout> | undefined
    const act = () => {
      if (!on) return
      const open = rows.filter(({ id, own }) => !own.delivered.some(({ channel }) => channel === 'screen') && !told.has(`${id}/${unit}`))
      const now = Date.now()
      const turn = (row: DrillNow) => speaksFrom(`drill:${row.id}`)
      const mine = open.filter((row) => turn(row) <= now).map(({ id }) => id)
      if (mine.length < open.length) later = setTimeout(act, Math.min(...open.map(turn).filter((time) => time > now)) - now)
      if (mine.length === 0) return
      for (const id of mine) told.add(`${id}/${unit}`)
      const drills = mine.map((drill) => ({ drill, unit }))
      void ask('POST', '/signal/dispatch/acknowledgeDrill', { drills }).then((answer) => {
        if (!failed(answer)) return
        for (const id of mine) told.delete(`${id}/${unit}`)
        if (answer.unanswered && on) later = setTimeout(act, 1000)
      })
    }
    if (rows.length > 0) afterPaint(act)
    return () => {
      on = false
      clearTimeout(later)
    }
  }, [rows, unit])
}

/** Signs by a click or by its key, which no other action has. */
function Sign({ id, unit }: { id: string; unit: string }) {
  const { t } = useTranslation()
  const { busy, send } = useCommand()
  const sentence = useSentence()
  const [failure, setFailure] = useState<Failure | null>(null)
  const give = async () => {
    const answer = await send({ module: 'dispatch', stream: `drill:${id}`, type: 'signDrill', data: { unit } })
    setFailure(failed(answer) ? answer : null)
  }
  const held = useRef(give)
  held.current = give
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'y' || !free(event)) return
      event.preventDefault()
      void held.current()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])
  return (
    <>
      <button type="button" className="button small" aria-keyshortcuts="y" disabled={busy} onClick={() => void give()}>
        {t('drill.sign')} <Key>Y</Key>
      </button>
      {failure ? <span role="alert">{sentence(failure)}</span> : null}
    </>
  )
}

function Left({ until }: { until: string }) {
  const { t } = useTranslation()
  const count = useCount()
  const ms = Math.max(0, Date.parse(until) - useSecond() * 1000)
  if (ms === 0) return <span>{t('drill.over')}</span>
  return <span className="num">{t('drill.left', { time: count(ms) })}</span>
}

/** `several`: the screen is of more than one unit, so each strip says whose it is. */
function Strip({ row, unit, several }: { row: DrillNow; unit: string; several: boolean }) {
  const { t } = useTranslation()
  const { locked } = useMe()
  const units = useUnits()
  return (
    <section className="strip drill-strip" aria-label={t('drill.notACall')} data-drill={row.id}>
      <span className="drill-said">
        <span className="drill-mark">{t('drill.mark')}</span> <b>{t('drill.notACall')}</b> ·{' '}
        {units.ready ? t('drill.heldBy', { unit: units.name(row.unit), reason: row.reason }) : row.reason}
        {several ? ` · ${t('drill.of', { unit: units.name(unit) })}` : ''}
      </span>
      {row.own.signed ? <span>{t('drill.signed')}</span> : <Left until={row.until} />}
      {row.own.signed ? null : locked ? <span>{t('drill.unlockFirst')}</span> : <Sign id={row.id} unit={unit} />}
    </section>
  )
}

/** One unit's drills, on whichever page; `waits` is told whether one of them is to be heard. */
function UnitDrills({ unit, several, waits }: { unit: string; several: boolean; waits: (unit: string, on: boolean) => void }) {
  const { data } = useView<Views['drillsNow']>('dispatch', 'drillsNow', { unit }, { apply: onDrills })
  const rows = data?.rows ?? none
  useTold(rows, unit)
  const now = useSecond() * 1000
  const shown = rows.filter(({ until }) => now - Date.parse(until) < shownAfterMs)
  const on = shown.some(({ phase, own, until }) => phase === 'running' && own.signed === null && now < Date.parse(until))
  useEffect(() => waits(unit, on), [unit, on, waits])
  useEffect(() => () => waits(unit, false), [unit, waits])
  return shown.map((row) => <Strip key={row.id} row={row} unit={unit} several={several} />)
}

/** Every drill that the units of this screen are in: a strip on each page, a bell of its own, and the word for both. */
export function DrillWatch({ units }: { units: readonly string[] }) {
  const heard = useRef(new Set<string>())
  const waits = useMemo(
    () => (unit: string, on: boolean) => {
      if (on) heard.current.add(unit)
      else heard.current.delete(unit)
      ringDrill(heard.current.size > 0)
    },
    [],
  )
  return units.map((unit) => <UnitDrills key={unit} unit={unit} several={units.length > 1} waits={waits} />)
}
