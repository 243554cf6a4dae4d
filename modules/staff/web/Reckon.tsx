import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { type Limit, limitOf } from '#kernel/calendar.ts'
import { limitTold, spoken, stepTold } from '#kernel/calendar/told.ts'
import type { Calendar } from '#kernel/calendar/year.ts'
import { instant } from '#kernel/text.ts'
import { Form, type FormHints } from '#kernel/web/Form.tsx'
import { Moment } from '#kernel/web/Moment.tsx'
import { Tag } from '#kernel/web/Tag.tsx'
import { serverNow } from '#kernel/web/time.ts'
import { useTongue } from '#kernel/web/tongue.ts'

const signs = { hours: 'H', days: 'D', workingDays: 'WD', months: 'M', years: 'Y' } as const
const units = ['hours', 'days', 'workingDays', 'months', 'years'] as const
const asked = z
  .strictObject({ trigger: instant, termCount: z.int().min(1).max(999), termUnit: z.enum(units), liberty: z.boolean().optional() })
  .refine(({ termUnit, liberty }) => liberty !== true || termUnit !== 'workingDays', { path: ['liberty'], error: 'libertyDays' })
const hints: FormHints = { words: { termUnit: 'termUnit' }, controls: { trigger: Moment } }

/** A limit as the house counts it, with every step: to be tried, and to be shown to somebody who doubts a date. */
export function Reckon({ calendar }: { calendar: Calendar }) {
  const { t } = useTranslation()
  const tongue = useTongue()
  const [limit, setLimit] = useState<Limit | null>(null)
  const said = useRef<HTMLDivElement>(null)
  const count = async (data: unknown) => {
    const { trigger, termCount, termUnit, liberty = false } = data as z.infer<typeof asked>
    const term = `P${termUnit === 'hours' ? 'T' : ''}${termCount}${signs[termUnit]}`
    setLimit(limitOf({ term, from: trigger, liberty, calendar, now: new Date(serverNow()).toISOString() }))
    requestAnimationFrame(() => said.current?.scrollIntoView({ block: 'nearest' }))
    return null
  }
  const tone = limit === null || limit.is === 'due' ? (limit?.is === 'due' && limit.provisional ? 'warn' : 'good') : 'alarm'
  return (
    <details className="reckon">
      <summary>{t('calendar.reckon')}</summary>
      <Form schema={asked} {...hints} initial={{ termUnit: 'workingDays' }} submit={t('calendar.count')} busy={false} send={count} />
      {limit ? (
        <div role="status" ref={said}>
          <p>
            <Tag tone={tone}>{spoken(limitTold(limit), tongue)}</Tag>
          </p>
          <ol>
            {limit.steps.map((step, at) => (
              <li key={at}>{spoken(stepTold(step), tongue)}</li>
            ))}
          </ol>
        </div>
      ) : null}
    </details>
  )
}
