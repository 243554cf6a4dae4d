import { useSyncExternalStore } from 'react'
import { ask, failed } from '#kernel/web/api.ts'
import { serverNow } from '#kernel/web/time.ts'
import { metres } from '../rules/distance.ts'
import type { Fix } from './duty.ts'

/** `told`: when the server last took a position, in its time. */
export interface Position {
  readonly state: 'off' | 'asking' | 'on' | 'denied' | 'unavailable'
  readonly fix: Fix | null
  readonly told: number | null
  readonly silent: boolean
}

const often = 10_000
/** Who stands still says so now and then: an old position looks like a lost one. */
const seldom = 120_000
const moved = 10
const off: Position = { state: 'off', fix: null, told: null, silent: false }

let position = off
const watchers = new Set<() => void>()
const set = (part: Partial<Position>) => {
  position = { ...position, ...part }
  for (const watcher of watchers) watcher()
}

let watching: number | undefined
let incident: string | null = null
let sent: { readonly fix: Fix; readonly at: number } | undefined

async function tell(fix: Fix): Promise<void> {
  const since = sent ? Date.now() - sent.at : Number.POSITIVE_INFINITY
  if (since < often || (since < seldom && sent && metres(sent.fix, fix) < moved)) return
  sent = { fix, at: Date.now() }
  const answer = await ask('POST', '/signal/dispatch/position', { lon: fix.lon, lat: fix.lat, incident })
  // A position is worth something only now: one that did not arrive is not kept, the next one is.
  if (position.state === 'on') set(failed(answer) ? { silent: true } : { silent: false, told: serverNow() })
}

const here = ({ coords, timestamp }: GeolocationPosition): void => {
  const fix = { lon: coords.longitude, lat: coords.latitude, accuracy: coords.accuracy, time: timestamp }
  set({ state: 'on', fix })
  void tell(fix)
}

const lost = ({ code, PERMISSION_DENIED }: GeolocationPositionError): void => {
  if (code === PERMISSION_DENIED) stopTelling('denied')
  else set({ state: 'unavailable', fix: null })
}

export function startTelling(): void {
  if (watching !== undefined) return
  if (!('geolocation' in navigator)) return set({ state: 'unavailable' })
  set({ state: 'asking' })
  watching = navigator.geolocation.watchPosition(here, lost, { enableHighAccuracy: true, maximumAge: 5000, timeout: 30_000 })
}

export function stopTelling(state: 'off' | 'denied' = 'off'): void {
  if (watching !== undefined) navigator.geolocation.clearWatch(watching)
  watching = undefined
  sent = undefined
  set({ ...off, state })
}

/** The incident that the officer is on, told with each position. */
export function onIncident(id: string | null): void {
  incident = id
}

export const usePosition = (): Position =>
  useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    () => position,
  )
