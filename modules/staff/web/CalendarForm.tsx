import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { holidayNames } from '#kernel/calendar/year.ts'
import { failed } from '#kernel/web/api.ts'
import { useCommand } from '#kernel/web/command.ts'
import { Form, type FormHints } from '#kernel/web/Form.tsx'
import { setCalendar, type verifications } from '../contract/calendar.ts'
import { type Mark, type Marks, readNotice, tableOf } from '../rules/notice.ts'

/** What a click on a day makes of it. */
export type Brush = Mark | 'none'
const brushes: readonly Brush[] = [...holidayNames, 'work', 'none']

const asked = z.strictObject({ notice: setCalendar.shape.source, verified: setCalendar.shape.verified, reason: setCalendar.shape.reason })
const hints: FormHints = { words: { verified: 'limit.verified' } }

interface Props {
  readonly year: number
  /** The version in force: its number is what was seen. */
  readonly seen: number
  readonly source: string | undefined
  readonly verified: (typeof verifications)[number] | undefined
  readonly marks: Marks
  readonly setMarks: (marks: Marks) => void
  readonly brush: Brush
  readonly setBrush: (brush: Brush) => void
  readonly done: (set: boolean) => void
}

/** The notice as it was published, pasted whole. */
function Paste({ year, setMarks }: Pick<Props, 'year' | 'setMarks'>) {
  const { t } = useTranslation()
  const id = useId()
  const [text, setText] = useState('')
  const [said, setSaid] = useState('')
  const read = () => {
    const { marks, outside } = readNotice(text, year)
    const more = outside.length > 0 ? t('calendar.outside', { days: outside.join(t('shell.comma')) }) : ''
    setSaid(marks.size === 0 ? t('calendar.unread') : `${t('calendar.read', { count: marks.size })}${more}`)
    if (marks.size > 0) setMarks(marks)
  }
  return (
    <div className="calendar-paste">
      <label htmlFor={id}>{t('calendar.paste')}</label>
      <Input.TextArea
        id={id}
        rows={4}
        value={text}
        onChange={(event) => setText(event.target.value)}
        placeholder={t('calendar.pasteHow')}
      />
      <div>
        <Button onClick={read} disabled={text.trim() === ''}>
          {t('calendar.readIn')}
        </Button>
        <span role="status">{said}</span>
      </div>
    </div>
  )
}

/** A year set whole: from the pasted notice, by clicks on its days, or both. */
export function CalendarForm({ year, seen, source, verified, marks, setMarks, brush, setBrush, done }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const { busy, send } = useCommand()
  const give = async (data: unknown) => {
    const { notice, ...rest } = data as z.infer<typeof asked>
    const whole = { ...tableOf(marks), ...rest, source: notice, seen }
    const answer = await send({ module: 'staff', stream: `calendar:${year}`, type: 'setCalendar', data: whole })
    if (failed(answer)) return answer
    done(true)
    return null
  }
  const initial = { ...(source !== undefined && { notice: source }), ...(verified !== undefined && { verified }) }
  return (
    <div className="calendar-form">
      <Paste year={year} setMarks={setMarks} />
      <div className="calendar-brush">
        <label htmlFor={id}>{t('calendar.brush')}</label>
        <select id={id} value={brush} onChange={(event) => setBrush(brushes.find((one) => one === event.target.value) ?? 'none')}>
          {brushes.map((one) => (
            <option key={one} value={one}>
              {one === 'none' ? t('calendar.plainDay') : one === 'work' ? t('calendar.workDay') : t(`holiday.${one}`)}
            </option>
          ))}
        </select>
        <p className="muted">{t('calendar.brushHow')}</p>
      </div>
      <Form
        schema={asked}
        {...hints}
        initial={initial}
        submit={t('action.setCalendar')}
        busy={busy}
        send={give}
        cancel={() => done(false)}
      />
    </div>
  )
}
