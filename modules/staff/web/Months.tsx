import { type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addDays, addMonths, type Day, weekday } from '#kernel/calendar/day.ts'
import { dayName } from '#kernel/web/time.ts'
import type { Mark, Marks } from '../rules/notice.ts'

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/** The weeks of a month from Monday on; null: a day of another month. */
function weeksOf(month: Day): (Day | null)[][] {
  const cells: (Day | null)[] = Array.from({ length: weekday(month) - 1 }, () => null)
  for (let day = month; day < addMonths(month, 1); day = addDays(day, 1)) cells.push(day)
  while (cells.length % 7 > 0) cells.push(null)
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7))
}

/** Where a key leads from a day. */
const moves: Readonly<Record<string, (day: Day) => Day>> = {
  ArrowLeft: (day) => addDays(day, -1),
  ArrowRight: (day) => addDays(day, 1),
  ArrowUp: (day) => addDays(day, -7),
  ArrowDown: (day) => addDays(day, 7),
  PageUp: (day) => addMonths(day, -1),
  PageDown: (day) => addMonths(day, 1),
  Home: (day) => `${day.slice(0, 8)}01`,
  End: (day) => addDays(addMonths(`${day.slice(0, 8)}01`, 1), -1),
}

interface Props {
  readonly year: number
  readonly marks: Marks
  /** Whether what is a day off is known at all. */
  readonly published: boolean
  /** Given while the year is being set: a day is chosen by a click, Enter or space. */
  readonly choose?: ((day: Day) => void) | undefined
}

function useMeaning(): (mark: Mark | undefined) => string {
  const { t } = useTranslation()
  return (mark) => (mark === undefined ? '' : mark === 'work' ? t('calendar.workDay') : t(`holiday.${mark}`))
}

interface CellProps {
  readonly day: Day
  readonly mark: Mark | undefined
  readonly on: boolean
  readonly choose: Props['choose']
}
function Cell({ day, mark, on, choose }: CellProps) {
  const { t } = useTranslation()
  const meaning = useMeaning()(mark)
  const kind = mark === undefined ? (weekday(day) > 5 ? 'weekend' : undefined) : mark === 'work' ? 'work' : 'off'
  const inside = (
    <>
      <span className="num">{Number(day.slice(8))}</span>
      {kind === 'off' || kind === 'work' ? <small>{t(`calendar.${kind}`)}</small> : null}
    </>
  )
  return (
    <td className={kind} data-day={day} title={meaning && !choose ? `${dayName(day)} ${meaning}` : undefined}>
      {choose ? (
        <button type="button" tabIndex={on ? 0 : -1} title={`${dayName(day)} ${meaning}`} onClick={() => choose(day)}>
          {inside}
        </button>
      ) : (
        inside
      )}
    </td>
  )
}

/** A year as twelve months: days off, weekends on which one works. One stop of the Tab key; within it arrows, Page Up and Down, Home and End. */
export function Months({ year, marks, published, choose }: Props) {
  const { t, i18n } = useTranslation()
  const [at, setAt] = useState<Day>(`${year}-01-01`)
  const whole = useRef<HTMLDivElement>(null)
  const keys = (event: KeyboardEvent) => {
    const next = choose && moves[event.key]?.(at)
    if (!next || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    if (Number(next.slice(0, 4)) !== year) return
    setAt(next)
    whole.current?.querySelector<HTMLElement>(`[data-day="${next}"] button`)?.focus()
  }
  const heading = new Intl.DateTimeFormat(i18n.language, { month: 'long', timeZone: 'UTC' })
  const months = Array.from({ length: 12 }, (_, index) => addMonths(`${year}-01-01`, index))
  return (
    <div ref={whole} role="group" aria-label={String(year)} className={published ? 'months' : 'months unpublished'} onKeyDown={keys}>
      {months.map((month) => (
        <table key={month}>
          <caption>{heading.format(new Date(month))}</caption>
          <thead>
            <tr>
              {weekdays.map((name) => (
                <th key={name} scope="col" abbr={t(`weekday.${name}`)}>
                  {t(`calendar.short.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weeksOf(month).map((week, row) => (
              <tr key={row}>
                {week.map((day, column) =>
                  day === null ? (
                    <td key={column}>{'\u00a0'}</td>
                  ) : (
                    <Cell
                      key={day}
                      day={day}
                      mark={marks.get(day)}
                      on={day === at}
                      choose={
                        choose &&
                        ((chosen) => {
                          setAt(chosen)
                          choose(chosen)
                        })
                      }
                    />
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </div>
  )
}
