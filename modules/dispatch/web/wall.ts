import { useTranslation } from 'react-i18next'
import { receiptBands } from '../rules.ts'

/** An unsigned line is an alarm once it has waited longer than the first band, in milliseconds. */
export const lateAfter = receiptBands[0] * 1000

export function useAmount(): (amount: number) => string {
  const { i18n } = useTranslation()
  const format = new Intl.NumberFormat(i18n.language)
  return (amount) => format.format(amount)
}

/** 0:09, 1:12, 1:02:03: so that waits of different lengths stand under one another. */
export function countSpan(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const two = (value: number) => String(value).padStart(2, '0')
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}

/** A figure and its unit: hundredths below ten seconds, minutes from a hundred on. */
export function useSeconds(): (ms: number) => { readonly value: string; readonly unit: string } {
  const { t } = useTranslation()
  return (ms) =>
    ms < 100_000
      ? { value: (ms / 1000).toFixed(ms < 10_000 ? 2 : 1), unit: t('wall.seconds') }
      : { value: countSpan(ms), unit: t('wall.minutes') }
}

/** How many of the counted lines were signed within the first band; null while there are none. */
export function shareInTime(bands: readonly number[]): { readonly signed: number; readonly all: number; readonly share: number } | null {
  const [signed = 0] = bands
  const all = bands.reduce((sum, one) => sum + one, 0)
  return all === 0 ? null : { signed, all, share: signed / all }
}
