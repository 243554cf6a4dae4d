import { useSyncExternalStore } from 'react'
import { serverNow } from './time.ts'

interface Pattern {
  readonly notes: readonly number[]
  readonly length: number
  readonly every: number
  readonly wave: OscillatorType
}
/**
 * Browsers stay silent until a person has acted: `unlock` is called by the button that starts a shift and plays a test.
 * Each priority has its own pitch and rhythm, so that it is told apart without looking. A drill rises slowly, in a tone that no call has.
 */
const patterns: Record<1 | 2 | 3 | 'drill', Pattern> = {
  1: { notes: [988, 740, 988, 740], length: 0.16, every: 1600, wave: 'triangle' },
  2: { notes: [784, 659], length: 0.22, every: 2600, wave: 'triangle' },
  3: { notes: [587], length: 0.3, every: 4000, wave: 'triangle' },
  drill: { notes: [262, 330, 392], length: 0.5, every: 5000, wave: 'sine' },
}
type Bell = keyof typeof patterns
type Priority = Exclude<Bell, 'drill'>

/** Who first let this page make sounds, which is how a shift is begun at a screen. */
export interface Begun {
  readonly by: string
  readonly since: number
}

let context: AudioContext | undefined
let begun: Begun | undefined
let call: Priority | undefined
let drill = false
let ringing: Bell | undefined
let tones: OscillatorNode[] = []
let timer: ReturnType<typeof setTimeout> | undefined
const watchers = new Set<() => void>()
const changed = () => {
  for (const watcher of watchers) watcher()
}

function play(bell: Bell): void {
  if (!context) return
  const { notes, length, wave } = patterns[bell]
  notes.forEach((pitch, index) => {
    if (!context) return
    const from = context.currentTime + index * (length + 0.05)
    const tone = context.createOscillator()
    const volume = context.createGain()
    tone.type = wave
    tone.frequency.value = pitch
    volume.gain.setValueAtTime(0, from)
    volume.gain.linearRampToValueAtTime(0.35, from + 0.02)
    volume.gain.setValueAtTime(0.35, from + length - 0.05)
    volume.gain.linearRampToValueAtTime(0, from + length)
    tone.connect(volume).connect(context.destination)
    tone.start(from)
    tone.stop(from + length)
    tones.push(tone)
    tone.onended = () => {
      tones = tones.filter((one) => one !== tone)
    }
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

/** A call outranks a drill: what a drill has begun to play is cut off, and it is not heard while a call waits. */
function choose(): void {
  const next = call ?? (drill ? 'drill' : undefined)
  if (next === ringing) return
  if (ringing === 'drill') for (const tone of tones) tone.stop()
  ringing = next
  changed()
  round()
}

/** The most urgent call that nobody has signed, or nothing. */
export function ring(priority: Priority | undefined): void {
  call = priority
  choose()
}

/** Whether a drill waits for a receipt. */
export function ringDrill(waits: boolean): void {
  drill = waits
  choose()
}

const unlocked = (): boolean => context?.state === 'running'
const watch = (watcher: () => void) => {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}
export function useSound(): { unlocked: boolean; begun: Begun | undefined; ringing: Bell | undefined } {
  const on = useSyncExternalStore(watch, unlocked)
  return { unlocked: on, begun: on ? begun : undefined, ringing: useSyncExternalStore(watch, () => ringing) }
}
