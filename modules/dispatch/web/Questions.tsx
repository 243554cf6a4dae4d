import { Input } from 'antd'
import { type KeyboardEvent, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Key, Sign } from '#kernel/web/Tag.tsx'
import { asked, type Question } from '../rules/asking.ts'
import type { IntakeState } from './intake.ts'
import { answerText, questionText, useKinds } from './kinds.ts'

interface OneProps {
  readonly id: string
  readonly question: Question
  readonly answer: string
  readonly set: (answer: string) => void
  readonly next: () => void
}

/** Y and N answer where the keyboard stands, and go on to the next question. */
const spoken: Readonly<Record<string, string>> = { y: 'yes', n: 'no' }

function Choices({ id, question, answer, set, next }: OneProps) {
  const { t } = useTranslation()
  const yesNo = question.ask === 'yesNo'
  const options = yesNo ? ['yes', 'no'] : (question.choices ?? [])
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.nativeEvent.isComposing) return
    const said = yesNo ? spoken[event.key.toLowerCase()] : options[Number(event.key) - 1]
    if (said === undefined) return
    event.preventDefault()
    set(said)
    next()
  }
  return (
    <span className="choices" role="radiogroup" aria-labelledby={`${id}-label`} onKeyDown={press}>
      {options.map((option, at) => (
        <label key={option} className={option === answer ? 'choice on' : 'choice'}>
          <input type="radio" id={at === 0 ? id : undefined} name={id} checked={option === answer} onChange={() => set(option)} />
          {answerText(question.ask, option, t)} <Key>{yesNo ? option.slice(0, 1).toUpperCase() : at + 1}</Key>
        </label>
      ))}
    </span>
  )
}

function One(props: OneProps) {
  const { t } = useTranslation()
  const { id, question, answer, set } = props
  const chosen = question.ask === 'yesNo' || question.ask === 'choice'
  return (
    <li className={`${question.ask === 'choice' ? 'choice-of' : ''}${question.when ? ' step' : ''}`}>
      <label id={`${id}-label`} htmlFor={id}>
        <Sign tone={answer === '' ? 'calm' : 'good'} /> {questionText(question, t)}
      </label>
      {chosen ? (
        <Choices {...props} />
      ) : (
        <Input
          id={id}
          size="small"
          autoComplete="off"
          inputMode={question.ask === 'number' ? 'numeric' : 'text'}
          maxLength={question.ask === 'number' ? 9 : 200}
          value={answer}
          onChange={(event) => set(question.ask === 'number' ? event.target.value.replaceAll(/\D/g, '') : event.target.value)}
        />
      )}
    </li>
  )
}

/** What the chosen type has asked, step by step: a question with a condition comes when its condition is answered so. */
export function Questions({ state: { intake, set } }: { state: IntakeState }) {
  const list = useRef<HTMLUListElement>(null)
  const kind = useKinds().find(intake.kind)
  const given = intake.answers ?? {}
  const questions = asked(kind?.questions ?? [], new Map(Object.entries(given)))
  // After the paint: the answer may have brought the next question.
  const next = (at: number) =>
    requestAnimationFrame(() => list.current?.children[at + 1]?.querySelector<HTMLElement>('input:checked, input')?.focus())
  return (
    <ul className="questions" ref={list}>
      {questions.map((question, at) => (
        <One
          key={question.code}
          id={`intake-question-${question.code}`}
          question={question}
          answer={given[question.code] ?? ''}
          set={(answer) => set({ answers: { ...given, [question.code]: answer } })}
          next={() => next(at)}
        />
      ))}
    </ul>
  )
}
