import { useEffect } from 'react'
import { ask, type Failure, failed } from './api.ts'
import { views } from './live.ts'

/** Whether somebody may be looking: a window that is hidden or locked shows its rows to nobody. */
let locked = false
const watchers = new Set<() => void>()
const tell = () => {
  for (const watcher of watchers) watcher()
}

export const attended = (): boolean => document.visibilityState === 'visible' && !locked

function setLocked(value: boolean): void {
  if (locked === value) return
  locked = value
  tell()
}

/** Told when that may have changed; gives the way to stop. */
export function onAttended(watcher: () => void): () => void {
  watchers.add(watcher)
  document.addEventListener('visibilitychange', watcher)
  return () => {
    watchers.delete(watcher)
    document.removeEventListener('visibilitychange', watcher)
  }
}

/** Every window of this browser shares one session: a hand on one of them is a hand on all. */
const handKey = 'hand'
const noteMs = 5000
const lookMs = 5000
const hands = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const

/** Locks the session once no hand has been on this browser for so many minutes; null: it does not lock. */
function useIdle(minutes: number | null): void {
  useEffect(() => {
    if (minutes === null) return
    let noted = 0
    const note = () => {
      const now = Date.now()
      if (now - noted < noteMs) return
      noted = now
      localStorage.setItem(handKey, String(now))
    }
    note()
    const timer = setInterval(() => {
      const idle = Date.now() - Number(localStorage.getItem(handKey) ?? 0)
      if (idle >= minutes * 60_000) void lock()
    }, lookMs)
    for (const hand of hands) addEventListener(hand, note, { capture: true, passive: true })
    return () => {
      clearInterval(timer)
      for (const hand of hands) removeEventListener(hand, note, { capture: true })
    }
  }, [minutes])
}

/** Windows of this browser tell each other that the session has been locked or opened. */
const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('plumbline session')
const listeners = new Set<() => void>()
channel?.addEventListener('message', () => {
  for (const listener of listeners) listener()
})

/** This window has locked or opened it. */
function changed(): void {
  channel?.postMessage(null)
  for (const listener of listeners) listener()
}

export function onChanged(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export async function lock(): Promise<void> {
  await ask('POST', '/session/lock')
  changed()
}

export async function unlock(password: string, oneTimeCode?: string): Promise<Failure | null> {
  const answer = await ask('POST', '/session/unlock', { password, ...(oneTimeCode !== undefined && { oneTimeCode }) })
  changed()
  return failed(answer) ? answer : null
}

/** A desk on shift locks when nobody is at it, and nobody sees its rows then. */
export function useLocking(
  me: { readonly onShift: boolean; readonly locked: boolean; readonly idleMinutes: number } | null | undefined,
): void {
  useIdle(me?.onShift && !me.locked ? me.idleMinutes : null)
  const shut = me?.locked === true
  useEffect(() => {
    setLocked(shut)
    // What was refused meanwhile is read now.
    if (!shut) void views.refetchQueries({ predicate: ({ state }) => state.status === 'error' })
  }, [shut])
}
