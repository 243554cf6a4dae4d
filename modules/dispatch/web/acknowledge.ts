import { useEffect } from 'react'
import { ask, failed } from '#kernel/web/api.ts'
import { attended, onAttended } from '#kernel/web/attended.ts'
import { speaksFrom } from '#kernel/web/live.ts'
import type { IncidentRow } from '../contract.ts'

interface Receipt {
  readonly incident: string
  readonly line: number
  readonly seen: boolean
}

const most = 200
/** What was told already in this tab: 1 painted, 2 in a visible window. */
const told = new Map<string, 1 | 2>()
/** Which rows stand in a window now, by the list that shows them. */
const windows = new Map<string, readonly string[]>()
const watchers = new Set<() => void>()

/** A list says which rows it has painted where they can be seen; an empty list when it goes. */
export function showing(list: string, ids: readonly string[]): void {
  if (ids.length === 0) windows.delete(list)
  else windows.set(list, ids)
  for (const watcher of watchers) watcher()
}

function receipts(rows: readonly IncidentRow[], units: readonly string[]): Receipt[] {
  const seenRows = new Set(attended() ? [...windows.values()].flat() : [])
  return rows.flatMap((row) =>
    row.lines.flatMap((line) => {
      if (line.ended !== null || !units.includes(line.unit)) return []
      const seen = seenRows.has(row.id)
      const before = told.get(`${row.id}/${line.line}`) ?? 0
      const news = seen ? line.seen === null && before < 2 : line.delivered === null && before < 1
      return news ? [{ incident: row.id, line: line.line, seen }] : []
    }),
  )
}

async function tell(lines: readonly Receipt[]): Promise<boolean> {
  for (const { incident, line, seen } of lines) told.set(`${incident}/${line}`, seen ? 2 : 1)
  const answer = await ask('POST', '/signal/dispatch/acknowledge', { lines })
  if (!failed(answer)) return true
  for (const { incident, line } of lines) told.delete(`${incident}/${line}`)
  return !answer.unanswered
}

/** After the next paint; a hidden page paints nothing, there the rows only stand in the document and are never called seen. */
export function afterPaint(act: () => void): void {
  if (document.visibilityState !== 'visible') setTimeout(act, 40)
  else requestAnimationFrame(() => setTimeout(act, 0))
}

/** Tells the server which lines of these units this screen has, once each: at once when it is its turn, later when another screen's was and nobody has. */
export function useAcknowledge(rows: readonly IncidentRow[], units: readonly string[]): void {
  useEffect(() => {
    let on = true
    let retry: ReturnType<typeof setTimeout> | undefined
    let turn: ReturnType<typeof setTimeout> | undefined
    const act = () => {
      if (!on) return
      const now = Date.now()
      const all = receipts(rows, units)
      const lines = all.filter(({ incident }) => speaksFrom(incident) <= now)
      clearTimeout(turn)
      if (lines.length < all.length) {
        const next = Math.min(...all.map(({ incident }) => speaksFrom(incident)).filter((time) => time > now))
        turn = setTimeout(act, next - now)
      }
      for (let from = 0; from < lines.length; from += most)
        void tell(lines.slice(from, from + most)).then((done) => {
          if (!done && on) retry = setTimeout(act, 1000)
        })
    }
    const soon = () => afterPaint(act)
    soon()
    watchers.add(soon)
    const off = onAttended(soon)
    return () => {
      on = false
      clearTimeout(retry)
      clearTimeout(turn)
      watchers.delete(soon)
      off()
    }
  }, [rows, units])
}
