import { useSyncExternalStore } from 'react'
import { serverNow } from './time.ts'

/**
 * Browsers stay silent until a person has acted: `unlock` is called by the button that starts a shift and plays a test.
 * Each priority has its own pitch and rhythm, so that it is told apart without looking.
 */
const patterns: Record<1 | 2 | 3, { readonly notes: readonly number[]; readonly length: number; readonly every: number }> = {
  1: { notes: [988, 740, 988, 740], length: 0.16, every: 1600 },
  2: { notes: [784, 659], length: 0.22, every: 2600 },
  3: { notes: [587], length: 0.3, every: 4000 },
}
type Priority = keyof typeof patterns

/** Who first let this page make sounds, which is how a shift is begun at a screen. */
export interface Begun {
  readonly by: string
  readonly since: number
}

let context: AudioContext | undefined
let begun: Begun | undefined
let ringing: Priority | undefined
let timer: ReturnType<typeof setTimeout> | undefined
const watchers = new Set<() => void>()
const changed = () => {
  for (const watcher of watchers) watcher()
}

function play(priority: Priority): void {
  if (!context) return
  const { notes, length } = patterns[priority]
  notes.forEach((pitch, index) => {
    if (!context) return
    const from = context.currentTime + index * (length + 0.05)
    const tone = context.createOscillator()
    const volume = context.createGain()
    tone.type = 'triangle'
    tone.frequency.value = pitch
    volume.gain.setValueAtTime(0, from)
    volume.gain.linearRampToValueAtTime(0.35, from + 0.02)
    volume.gain.setValueAtTime(0.35, from + length - 0.05)
    volume.gain.linearRampToValueAtTime(0, from + length)
    tone.connect(volume).connect(context.destination)
    tone.start(from)
    tone.stop(from + length)
  })
}

function round(): void {
  clearTimeout(timer)
  timer = undefined
  if (!ringing) return
  play(ringing)
  timer = setTimeout(round, patterns[ringing].every)
}

export async function unlock(by: string): Promise<void> {
  context ??= new AudioContext()
  await context.resume()
  context.onstatechange = changed
  if (begun?.by !== by) begun = { by, since: serverNow() }
  if (ringing) round()
  else play(2)
  changed()
}

/** The most urgent thing that nobody has signed, or nothing. */
export function ring(priority: Priority | undefined): void {
  if (priority === ringing) return
  ringing = priority
  changed()
  round()
}

const unlocked = (): boolean => context?.state === 'running'
const watch = (watcher: () => void) => {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}
export function useSound(): { unlocked: boolean; begun: Begun | undefined; ringing: Priority | undefined } {
  const on = useSyncExternalStore(watch, unlocked)
  return { unlocked: on, begun: on ? begun : undefined, ringing: useSyncExternalStore(watch, () => ringing) }
}
