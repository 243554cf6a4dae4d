import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Loading, Trouble } from '#kernel/web/States.tsx'
import { Sign } from '#kernel/web/Tag.tsx'
import { dayTime } from '#kernel/web/time.ts'
import { useUnits } from '#kernel/web/units.ts'
import { useView } from '#kernel/web/view.ts'
import type { Views } from '../contract.ts'

/** What the reporter is given: the number, the code to ask for news with, by whom and where it was taken. It is what is printed. */
export function Receipt({ id, again }: { id: string; again: () => void }) {
  const { t } = useTranslation()
  const units = useUnits()
  const head = useRef<HTMLHeadingElement>(null)
  const { data, failure } = useView<Views['matter']>('cases', 'matter', { id })
  useEffect(() => head.current?.focus(), [data])
  if (failure) return <Trouble failure={failure} />
  if (!data) return <Loading />
  const { row, code } = data
  return (
    <div className="receipt">
      <h2 ref={head} tabIndex={-1}>
        <Sign tone="good" /> {t(code === null ? 'report.registered' : 'report.receipt')}
      </h2>
      <dl className="facts">
        <dt>{t('cases.number')}</dt>
        <dd className="num" data-number>
          {row.number}
        </dd>
        {code === null ? null : (
          <>
            <dt>{t('cases.code')}</dt>
            <dd className="num code" data-code>
              {code}
            </dd>
          </>
        )}
        <dt>{t('field.cause')}</dt>
        <dd>{row.cause}</dd>
        <dt>{t('report.received')}</dt>
        <dd className="num">{dayTime(row.received)}</dd>
        <dt>{t('cases.takenBy')}</dt>
        <dd>
          {units.name(row.first)} {row.registrar?.name}
        </dd>
      </dl>
      <p>{t(code === null ? 'report.noReceipt' : 'report.codeHow')}</p>
      <div className="action-row no-print">
        <Link className="button primary" to="/case/$id" params={{ id }}>
          {t('report.toCase')}
        </Link>
        {code === null ? null : (
          <button type="button" className="button" onClick={() => print()}>
            {t('report.print')}
          </button>
        )}
        <button type="button" className="button" onClick={again}>
          {t('report.next')}
        </button>
      </div>
    </div>
  )
}
