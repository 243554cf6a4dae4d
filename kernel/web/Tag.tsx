import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { serverNow, useSecond } from './time.ts'

export type Tone = 'alarm' | 'warn' | 'good' | 'calm' | 'line'
/** Never colour alone: every tone has its sign, drawn so that it looks the same with every font. */
const signs: Record<Tone, string> = {
  alarm: 'M5 1 9.6 9H.4Z',
  warn: 'M5 1.4a3.6 3.6 0 1 0 0 7.2 3.6 3.6 0 0 0 0-7.2Z',
  good: 'M1 5.4 2.3 4.1 4 5.8 7.8 1.6 9 2.8 4 8.4Z',
  calm: 'M5 1.4a3.6 3.6 0 1 0 0 7.2 3.6 3.6 0 0 0 0-7.2Zm0 1.2a2.4 2.4 0 1 1 0 4.8 2.4 2.4 0 0 1 0-4.8Z',
  line: 'M5 .6 9.4 5 5 9.4.6 5Z',
}

export function Sign({ tone }: { tone: Tone }) {
  return (
    <svg className={`sign ${tone}`} viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
      <path d={signs[tone]} fill="currentColor" fillRule="evenodd" />
    </svg>
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

/** The same where there is little room, without the unit below a minute: 0.04, 21, 2:21, 1:02:03, and days beyond two. */
export function shortSpan(ms: number): string {
  const seconds = Math.max(0, ms) / 1000
  if (seconds < 60) return seconds < 1 ? seconds.toFixed(2) : seconds < 10 ? seconds.toFixed(1) : String(Math.floor(seconds))
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  if (seconds >= 172_800) return `${Math.floor(seconds / 86_400)} d`
  return seconds < 3600
    ? `${Math.floor(seconds / 60)}:${two(seconds % 60)}`
    : `${Math.floor(seconds / 3600)}:${two((seconds % 3600) / 60)}:${two(seconds % 60)}`
}

/** The same for what counts down or up in whole seconds: below a minute with the unit, which alone would say nothing. */
export function useCount(): (ms: number) => string {
  const { t } = useTranslation()
  return (ms) => (ms < 60_000 ? t('time.seconds', { s: Math.floor(ms / 1000) }) : shortSpan(ms))
}

/** Counts up from a moment of the server's time; whole seconds, on the page's one timer. */
export function Since({ time, short }: { time: string; short?: boolean }) {
  useSecond()
  const { t } = useTranslation()
  const span = useSpan()
  const ms = Math.max(0, serverNow() - Date.parse(time))
  const seconds = ms < 60_000 ? t('time.seconds', { s: Math.floor(ms / 1000) }) : undefined
  return <span className="num">{seconds ?? (short ? shortSpan(ms) : span(ms))}</span>
}

/** How long it is until a moment, or since; on the page's one timer. */
export function Left({ due }: { due: string }) {
  const { t } = useTranslation()
  const span = useSpan()
  const left = Date.parse(due) - useSecond() * 1000
  return <span className="num">{left >= 0 ? t('time.left', { time: span(left) }) : t('time.over', { time: span(-left) })}</span>
}
