import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { serverNow, useSecond } from './time.ts'

export type Tone = 'alarm' | 'warn' | 'good' | 'calm' | 'line'
/** Never colour alone: every tone has its sign. */
const signs: Record<Tone, string> = { alarm: '▲', warn: '●', good: '✓', calm: '○', line: '◆' }

export function Sign({ tone }: { tone: Tone }) {
  return (
    <span className={`sign ${tone}`} aria-hidden="true">
      {signs[tone]}
    </span>
  )
}

export function Tag({ tone, bare, children }: { tone: Tone; bare?: boolean; children: ReactNode }) {
  return (
    <span className={`tag ${tone}`}>
      {bare ? null : <Sign tone={tone} />}
      <span>{children}</span>
    </span>
  )
}

export function Key({ children }: { children: ReactNode }) {
  return (
    <kbd className="key" aria-hidden="true">
      {children}
    </kbd>
  )
}

/** A length of time as people say it: 0.04 秒, 21 秒, 4 分 10 秒, 1 时 02 分, 3 天. */
export function useSpan(): (ms: number) => string {
  const { t } = useTranslation()
  return (ms) => {
    const seconds = Math.max(0, ms) / 1000
    const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
    if (seconds < 10) return t('time.seconds', { s: seconds < 1 ? seconds.toFixed(2) : seconds.toFixed(1) })
    if (seconds < 60) return t('time.seconds', { s: Math.floor(seconds) })
    if (seconds < 3600) return t('time.minutes', { m: Math.floor(seconds / 60), s: two(seconds % 60) })
    if (seconds < 86_400) return t('time.hours', { h: Math.floor(seconds / 3600), m: two((seconds % 3600) / 60) })
    return t('time.days', { d: Math.floor(seconds / 86_400), h: Math.floor((seconds % 86_400) / 3600) })
  }
}

/** Counts up from a moment of the server's time; whole seconds, on the page's one timer. */
export function Since({ time }: { time: string }) {
  useSecond()
  const { t } = useTranslation()
  const span = useSpan()
  const ms = Math.max(0, serverNow() - Date.parse(time))
  return <span className="num">{ms < 10_000 ? t('time.seconds', { s: Math.floor(ms / 1000) }) : span(ms)}</span>
}
