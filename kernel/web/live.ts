import { QueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { ask, failed, type Viewed } from './api.ts'
import { serverNow } from './time.ts'

export interface Change {
  readonly position: number
  readonly module: string
  readonly stream: string
  readonly type: string
  readonly row?: unknown
  readonly gone?: boolean
  /** This screen is the one of its unit that is to answer what it shows. */
  readonly turn?: boolean
}

type Apply = (data: never, change: Change) => unknown
interface Followed {
  readonly key: readonly unknown[]
  readonly apply: Apply
}

/** `connecting` before the first frame; `late` when two heartbeats are missing or the line is down. */
export interface Connection {
  readonly state: 'off' | 'connecting' | 'live' | 'late'
  readonly since: number
}

const kept = 1000
const late = 33_000
const slowest = 5000

export const views = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (count, error) => count < 2 && failed(error) && error.unanswered,
      refetchOnWindowFocus: false,
      gcTime: 60_000,
    },
  },
})
/** Told when the grants of the one who is logged in have changed, or may have while this screen heard nothing. */
export const regranted = new Set<() => void>()
/** Another server than this stream's may go by the old grants for a second. */
const settled = 1100
const followed = new Set<Followed>()
const paced = new Set<(module: string) => void>()
let recent: Change[] = []
let pending: Change[] = []
let flushing: ReturnType<typeof setTimeout> | undefined
let flushed = 0

/** Applies one change to one view's cache entry; a frame at or below the view's position is old. */
function applyTo({ key, apply }: Followed, change: Change): void {
  if (key[0] !== change.module) return
  const held = views.getQueryData<Viewed<unknown>>(key)
  if (!held || change.position <= held.position) return
  const data = apply(held.data as never, change)
  if (data === null) {
    void views.invalidateQueries({ queryKey: key, exact: true })
    return
  }
  views.setQueryData(key, data === 'gone' ? { ...held, position: change.position, gone: true } : { position: change.position, data })
}

function flush(): void {
  flushing = undefined
  flushed = Date.now()
  const changes = pending
  pending = []
  for (const change of changes) for (const one of followed) applyTo(one, change)
  for (const module of new Set(changes.map((change) => change.module))) for (const changed of paced) changed(module)
}

/** When this screen speaks for a record whose turn another screen has: late, in case that one is silent, and not all others at once. */
const speaks = new Map<string, number>()
const quietMs = 500
const spreadMs = 1000
const mostQuiet = 2000

/** The moment (`Date.now()`) from which this screen answers for the record; 0: at once. */
export const speaksFrom = (stream: string): number => speaks.get(stream) ?? 0

function heed({ stream, turn }: Change): void {
  if (turn) speaks.set(stream, 0)
  else if (!speaks.has(stream)) speaks.set(stream, Date.now() + quietMs + Math.random() * spreadMs)
  const [oldest] = speaks.keys()
  if (speaks.size > mostQuiet && oldest !== undefined) speaks.delete(oldest)
}

function take(change: Change): void {
  if (change.position <= position) return
  position = change.position
  heed(change)
  recent.push(change)
  if (recent.length > kept) recent = recent.slice(-kept / 2)
  pending.push(change)
  // One at once, a burst together: a board that is rebuilt for every frame of a burst falls behind.
  flushing ??= setTimeout(flush, Date.now() - flushed > 60 ? 0 : 60)
}

export function follow(key: readonly unknown[], apply: Apply): () => void {
  const one = { key, apply }
  followed.add(one)
  return () => {
    followed.delete(one)
  }
}

/** Has a view read again after changes in its module, at most once in `pace` milliseconds: for totals, into which no single change can be put. */
export function reread(key: readonly unknown[], pace: number): () => void {
  let read = Date.now()
  let waiting: ReturnType<typeof setTimeout> | undefined
  const again = () => {
    waiting = undefined
    read = Date.now()
    void views.invalidateQueries({ queryKey: key, exact: true })
  }
  const changed = (module: string) => {
    if (module === key[0]) waiting ??= setTimeout(again, Math.max(0, read + pace - Date.now()))
  }
  paced.add(changed)
  return () => {
    clearTimeout(waiting)
    paced.delete(changed)
  }
}

/**
 * Frames that came while a view was being read may be newer than the answer: they are applied to it again. `null`: the answer is older than
 * a change that only a new reading can show.
 */
export function replay<Data>(
  module: string,
  answer: Viewed<Data>,
  apply: (data: Data, change: Change) => Data | 'gone' | null,
): Viewed<Data> | null {
  let { position: at, data } = answer
  let gone = false
  for (const change of recent) {
    if (change.position <= at || change.module !== module) continue
    const next = apply(data, change)
    if (next === null) return null
    gone = next === 'gone'
    if (next !== 'gone') data = next
    at = change.position
  }
  return gone ? { position: at, data, gone } : { position: at, data }
}

let source: EventSource | undefined
let position = 0
let lastFrame = 0
let failures = 0
let connection: Connection = { state: 'off', since: 0 }
let retry: ReturnType<typeof setTimeout> | undefined
let watchdog: ReturnType<typeof setInterval> | undefined
let wanted = false
const watchers = new Set<() => void>()

function show(state: Connection['state']): void {
  const since = state === 'late' ? lastFrame : 0
  if (connection.state === state && connection.since === since) return
  connection = { state, since }
  for (const watcher of watchers) watcher()
}

function frame(): void {
  lastFrame = serverNow()
  failures = 0
  show('live')
}

const parsed = (event: Event): Change => JSON.parse((event as MessageEvent<string>).data) as Change

function renew(): void {
  if (wanted) for (const tell of regranted) tell()
}

function connect(): void {
  clearTimeout(retry)
  retry = undefined
  source?.close()
  if (!wanted) return
  const opened = new EventSource(`/live?after=${position}`)
  source = opened
  opened.addEventListener('hello', () => {
    if (failures > 0) setTimeout(renew, settled)
    frame()
  })
  opened.addEventListener('beat', frame)
  opened.addEventListener('change', (event) => {
    frame()
    take(parsed(event))
  })
  opened.addEventListener('reset', (event) => {
    frame()
    position = parsed(event).position
    recent = []
    pending = []
    void views.invalidateQueries()
  })
  opened.addEventListener('grants', () => {
    frame()
    setTimeout(renew, settled)
  })
  opened.addEventListener('bye', () => {
    leave()
    void ask('GET', '/session')
  })
  opened.onerror = () => {
    if (source === opened) lost()
  }
}

/** The line broke. Tried again at most 5 s later; from the second failure on the session is asked for, because a stream cannot say 401. */
function lost(): void {
  source?.close()
  source = undefined
  if (!wanted || retry !== undefined) return
  failures += 1
  if (failures > 1) show('late')
  if (failures > 1) void ask('GET', '/session').then((answer) => (failed(answer) && answer.status === 401 ? leave() : undefined))
  retry = setTimeout(connect, Math.min(slowest, 250 * 2 ** Math.min(failures, 6)) * (0.7 + Math.random() * 0.3))
}

function check(): void {
  if (!wanted || serverNow() - lastFrame < late) return
  show('late')
  if (source) lost()
}

const wakened = () => {
  if (wanted && connection.state === 'late') connect()
}

/** Opens the tab's one stream. `from` is the position at which the session was read: no view is older. */
export function enter(from: number): void {
  if (wanted) return
  wanted = true
  position = Math.max(position, from)
  lastFrame = serverNow()
  show('connecting')
  connect()
  watchdog ??= setInterval(check, 1000)
  addEventListener('online', wakened)
}

export function leave(): void {
  wanted = false
  clearTimeout(retry)
  retry = undefined
  clearInterval(watchdog)
  watchdog = undefined
  removeEventListener('online', wakened)
  source?.close()
  source = undefined
  recent = []
  pending = []
  position = 0
  show('off')
}

export const useConnection = (): Connection =>
  useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    () => connection,
  )
