import { useSyncExternalStore } from 'react'
import { language } from './words.ts'

/**
 * The server's clock as seen from here. A Date header is cut to the second, so each answer only bounds the offset from both sides;
 * together they close in on it.
 */
let low = Number.NEGATIVE_INFINITY
let high = Number.POSITIVE_INFINITY

export function heard(date: string | null, sent: number, received: number): void {
  const server = date ? Date.parse(date) : Number.NaN
  if (Number.isNaN(server)) return
  const [from, to] = [server - received, server + 1000 - sent]
  // Bounds that exclude each other: one of the clocks was set anew.
  if (from > high || to < low) [low, high] = [from, to]
  else [low, high] = [Math.max(low, from), Math.min(high, to)]
}

const offset = (): number => (Number.isFinite(low) && Number.isFinite(high) ? (low + high) / 2 : 0)
export const serverNow = (): number => Date.now() + offset()

let second = Math.floor(Date.now() / 1000)
const watchers = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined
const tick = () => {
  const now = Math.floor(serverNow() / 1000)
  if (now === second) return
  second = now
  for (const watcher of watchers) watcher()
}
const watch = (watcher: () => void) => {
  watchers.add(watcher)
  timer ??= setInterval(tick, 200)
  return () => {
    watchers.delete(watcher)
    if (watchers.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

/** The server's time in whole seconds since 1970; all counting figures of a page move together on one timer. */
export const useSecond = (): number => useSyncExternalStore(watch, () => second)

const zone = 'Asia/Shanghai'
const formats = new Map<string, Intl.DateTimeFormat>()
function format(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${name} ${language()}`
  const made = formats.get(key) ?? new Intl.DateTimeFormat(language(), { timeZone: zone, hourCycle: 'h23', ...options })
  formats.set(key, made)
  return made
}

const clock: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', second: '2-digit' }
const day: Intl.DateTimeFormatOptions = { month: '2-digit', day: '2-digit' }

export const clockTime = (time: number | string): string => format('clock', clock).format(new Date(time))
export const dayTime = (time: string): string => format('dayTime', { year: 'numeric', ...day, ...clock }).format(new Date(time))
/** A day where the force is, `2026-02-14`, with its weekday. */
export const dayName = (date: string): string => format('dayName', { year: 'numeric', ...day, weekday: 'short' }).format(new Date(date))
/** The time alone when it is of the same day as `beside`, else with its day. */
export function briefTime(time: string, beside: number): string {
  const days = format('day', { year: 'numeric', ...day })
  return days.format(new Date(time)) === days.format(new Date(beside))
    ? clockTime(time)
    : format('brief', { ...day, ...clock }).format(new Date(time))
}
export const milliseconds = (from: string, to: string): number => Date.parse(to) - Date.parse(from)
