import { useEffect } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import type { Entry } from '#kernel/web/outbox.ts'
import { useMe } from '#kernel/web/session.tsx'
import { dayTime, serverNow } from '#kernel/web/time.ts'
import { useUnits } from '#kernel/web/units.ts'
import { priorityOf } from './form.ts'
import { answerText, type Kinds, questionText, useKinds } from './kinds.ts'
import { spotText } from './place.ts'
import { placeText } from './trace.ts'
import { openingOf, slipNumber } from './unsent.ts'
import './slip.css'

const printing = 'printing-slip'

/** The lines of a call as they are read out over the telephone, name and content. What nobody said has no line. */
function useLines(entry: Entry, kinds: Kinds): readonly (readonly [name: string, content: string])[] {
  const { t } = useTranslation()
  const units = useUnits()
  const { call, place, unit, kind, priority, narrative, answers = [], note } = openingOf(entry)
  const level = priorityOf({ kind, priority }, kinds)
  const questions = kinds.find(kind)?.questions ?? []
  const said = answers.map(({ question, answer }) => {
    const asked = questions.find(({ code }) => code === question)
    return `${questionText(asked ?? { code: question }, t)} ${answerText(asked?.ask ?? 'text', answer, t)}`
  })
  const point = place.kind === 'point' && place.text !== undefined ? ` (${spotText(place)})` : ''
  const lines: readonly (readonly [string, string | undefined])[] = [
    [t('slip.number'), slipNumber(entry)],
    [t('slip.taken'), dayTime(entry.occurred.time)],
    [t('field.place'), `${placeText(place, t)}${point}`],
    [t('field.narrative'), narrative],
    [t('field.kind'), kinds.name(kind)],
    [t('field.priority'), level === undefined ? undefined : t(`priority.${level}`)],
    [t('slip.caller'), [call.number, call.name].filter(Boolean).join(' ')],
    [t('field.questions'), said.join(t('shell.comma'))],
    [t('field.note'), note],
    [t('field.toUnit'), unit === undefined ? undefined : units.name(unit)],
  ]
  return lines.flatMap(([name, content]) => (content ? [[name, content] as const] : []))
}

/** One call on paper, for the time in which it is in no system; on the screen it is not there. Prints itself once and says when that is over. */
export function Slip({ entry, done }: { entry: Entry; done: () => void }) {
  const { t } = useTranslation()
  const me = useMe()
  const units = useUnits()
  const lines = useLines(entry, useKinds())
  useEffect(() => {
    document.body.classList.add(printing)
    addEventListener('afterprint', done)
    print()
    return () => {
      removeEventListener('afterprint', done)
      document.body.classList.remove(printing)
    }
  }, [done])
  return createPortal(
    <article className="slip">
      <header>
        <b>{t('slip.title')}</b>
        <span>准绳 Plumbline</span>
      </header>
      <p className="slip-unsent">
        <b>{t('slip.unsent')}</b>
        {t('slip.unsentHow')}
      </p>
      <dl>
        {lines.map(([name, content]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{content}</dd>
          </div>
        ))}
      </dl>
      <p>{t('slip.taker', { unit: units.name(me.unit), name: me.name })}</p>
      <p className="slip-blanks">
        <span>{t('slip.toldTo')}</span>
        <span>{t('slip.toldAt')}</span>
      </p>
      <footer>{t('slip.printed', { time: dayTime(new Date(serverNow()).toISOString()) })}</footer>
    </article>,
    document.body,
  )
}
