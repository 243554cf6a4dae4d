import { useTranslation } from 'react-i18next'
import type { Tongue } from '#kernel/calendar/told.ts'
import { dayName, dayTime } from './time.ts'

/** How the reader's language says what is told in data: limits and why they end when they do. */
export function useTongue(): Tongue {
  const { t } = useTranslation()
  return { say: (word, values) => t(word, values), day: dayName, instant: dayTime }
}
