import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newId } from '#kernel/web/api.ts'
import { Combobox } from '#kernel/web/Combobox.tsx'
import type { Control } from '#kernel/web/Form.tsx'
import { asks, type Question } from '../rules/asking.ts'
import { isBuiltInQuestion, question, questionCodes } from '../rules/questions.ts'
import { answerText, questionText } from './kinds.ts'

/** A condition goes with the question it hangs on: without that one it could never be met. */
const without = (list: readonly Question[], code: string): readonly Question[] =>
  list.filter((one) => one.code !== code && one.when?.question !== code)
const withBase = (list: readonly Question[], added: Question): readonly Question[] => {
  const base = added.when?.question
  const missing = base !== undefined && isBuiltInQuestion(base) && !list.some(({ code }) => code === base)
  return [...list, ...(missing ? [question(base)] : []), added]
}
function raised(list: readonly Question[], at: number): readonly Question[] {
  const [above, one] = [list[at - 1], list[at]]
  if (above === undefined || one === undefined || one.when?.question === above.code) return list
  return list.with(at - 1, one).with(at, above)
}

/** A question of the force's own: its words, how it is answered, and when it is asked. */
function OwnQuestion({ list, add }: { list: readonly Question[]; add: (question: Question) => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [ask, setAsk] = useState<Question['ask']>('yesNo')
  const [choices, setChoices] = useState('')
  const [when, setWhen] = useState('')
  const options = choices.split(/[,，、;；\s]+/).filter((choice) => choice !== '')
  const whole = text.trim() !== '' && (ask !== 'choice' || options.length >= 2)
  const put = () => {
    const [of = '', is = ''] = when.split(' ')
    const own = { code: `q${newId().slice(0, 8)}`, ask, text: text.trim(), ...(ask === 'choice' && { choices: options }) }
    add(when === '' ? own : { ...own, when: { question: of, is } })
    setText('')
    setChoices('')
  }
  return (
    <details>
      <summary>{t('kinds.ownQuestion')}</summary>
      <div className="own-question">
        <Input
          aria-label={t('field.question')}
          placeholder={t('field.question')}
          value={text}
          maxLength={80}
          onChange={(event) => setText(event.target.value)}
        />
        <select
          aria-label={t('kinds.ask')}
          value={ask}
          onChange={(event) => setAsk(asks.find((one) => one === event.target.value) ?? 'yesNo')}
        >
          {asks.map((one) => (
            <option key={one} value={one}>
              {t(`ask.${one}`)}
            </option>
          ))}
        </select>
        {ask === 'choice' ? (
          <Input
            aria-label={t('kinds.choices')}
            placeholder={t('kinds.choices')}
            value={choices}
            onChange={(event) => setChoices(event.target.value)}
          />
        ) : null}
        <select aria-label={t('kinds.when')} value={when} onChange={(event) => setWhen(event.target.value)}>
          <option value="">{t('kinds.always')}</option>
          {list
            .filter((one) => one.ask === 'yesNo')
            .flatMap((one) => ['yes', 'no'].map((is) => [one, is] as const))
            .map(([one, is]) => (
              <option key={`${one.code} ${is}`} value={`${one.code} ${is}`}>
                {t('kinds.onlyWhen', { question: questionText(one, t), answer: answerText('yesNo', is, t) })}
              </option>
            ))}
        </select>
        <Button disabled={!whole} onClick={put}>
          {t('kinds.add')}
        </Button>
      </div>
    </details>
  )
}

/** The list that is asked from its top: taken from the house's questions or written anew, in the order that the call taker will see. */
export function QuestionsField({ control }: { control: Control }) {
  const { t } = useTranslation()
  const list = (control.value ?? []) as readonly Question[]
  const set = (next: readonly Question[]) => control.set([...next])
  const left = questionCodes.filter((code) => !list.some((one) => one.code === code))
  const condition = ({ when }: Question) => {
    const base = list.find((one) => one.code === when?.question)
    if (when === undefined || base === undefined) return null
    return <small>{t('kinds.onlyWhen', { question: questionText(base, t), answer: answerText(base.ask, when.is, t) })}</small>
  }
  return (
    <div className="questions-field">
      <ol>
        {list.map((one, at) => (
          <li key={one.code} className={one.when ? 'step' : undefined}>
            <span>
              {questionText(one, t)} {condition(one)}
            </span>
            <Button
              size="small"
              type="text"
              aria-label={`${t('kinds.up')} ${questionText(one, t)}`}
              disabled={at === 0}
              onClick={() => set(raised(list, at))}
            >
              ↑
            </Button>
            <Button
              size="small"
              type="text"
              aria-label={`${t('kinds.remove')} ${questionText(one, t)}`}
              onClick={() => set(without(list, one.code))}
            >
              ×
            </Button>
          </li>
        ))}
      </ol>
      <Combobox
        id={control.id}
        value=""
        options={left.map((code) => ({ value: code, label: t(`question.${code}`), hint: t(`ask.${question(code).ask}`) }))}
        placeholder={t('kinds.addQuestion')}
        invalid={control.invalid}
        describedBy={control.describedBy}
        onChange={(code) => (isBuiltInQuestion(code) ? set(withBase(list, question(code))) : undefined)}
      />
      <OwnQuestion list={list} add={(one) => set([...list, one])} />
    </div>
  )
}
