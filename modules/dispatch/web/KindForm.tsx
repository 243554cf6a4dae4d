import { Checkbox, Input, InputNumber } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { dayOf } from '#kernel/day.ts'
import { failed } from '#kernel/web/api.ts'
import { useCommand } from '#kernel/web/command.ts'
import { type Control, Form, type FormHints } from '#kernel/web/Form.tsx'
import { serverNow } from '#kernel/web/time.ts'
import { commands } from '../contract.ts'
import { kindCode } from '../contract/kinds.ts'
import type { KindRow } from '../rules/kinds.ts'
import { type Language, type Mark, marks, type Response } from '../rules/kinds/row.ts'
import { DayField } from './DayField.tsx'
import { QuestionsField } from './KindQuestions.tsx'

function ResponseField({ control }: { control: Control }) {
  const { t } = useTranslation()
  const response = (control.value ?? { units: 1, marks: [] }) as Response
  return (
    <div className="response-field">
      <label>
        {t('field.units')}{' '}
        <InputNumber
          id={control.id}
          min={0}
          max={9}
          precision={0}
          controls={false}
          value={response.units}
          onChange={(units) => control.set({ ...response, units: units ?? 0 })}
        />
      </label>
      <Checkbox.Group
        aria-label={t('field.marks')}
        value={[...response.marks]}
        options={marks.map((mark) => ({ value: mark, label: t(`mark.${mark}`) }))}
        onChange={(chosen: Mark[]) => control.set({ ...response, marks: marks.filter((mark) => chosen.includes(mark)) })}
      />
    </div>
  )
}

/** Words as people separate them; while one types they stay as they were typed. */
function WordsField({ control }: { control: Control }) {
  const [text, setText] = useState(((control.value ?? []) as readonly string[]).join('、'))
  const change = (next: string) => {
    setText(next)
    control.set([...new Set(next.split(/[,，、;；\s]+/).filter((word) => word !== ''))])
  }
  return (
    <Input.TextArea
      id={control.id}
      rows={4}
      value={text}
      aria-invalid={control.invalid || undefined}
      aria-describedby={control.describedBy}
      onChange={(event) => change(event.target.value)}
    />
  )
}

const languages: readonly Language[] = ['zh-CN', 'en', 'zh-TW']
const nameOf = (language: Language) => new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language

/** All three or none: a name that is left out is nobody's. */
function NamesField({ control }: { control: Control }) {
  const names = (control.value ?? {}) as Partial<Record<Language, string>>
  const change = (language: Language, name: string) => {
    const next = { ...names, [language]: name }
    control.set(languages.every((one) => !next[one]) ? undefined : next)
  }
  return (
    <div className="names-field">
      {languages.map((language, at) => (
        <Input
          key={language}
          id={at === 0 ? control.id : undefined}
          lang={language}
          aria-label={nameOf(language)}
          placeholder={nameOf(language)}
          value={names[language] ?? ''}
          onChange={(event) => change(language, event.target.value)}
        />
      ))}
    </div>
  )
}

const controls: FormHints['controls'] = {
  code: (control) => (
    <Input
      id={control.id}
      value={String(control.value ?? '')}
      autoComplete="off"
      aria-invalid={control.invalid || undefined}
      aria-describedby={control.describedBy}
      onChange={(event) => control.set(event.target.value.trim())}
    />
  ),
  from: (control) => <DayField control={control} />,
  response: (control) => <ResponseField control={control} />,
  questions: (control) => <QuestionsField control={control} />,
  words: (control) => <WordsField control={control} />,
  names: (control) => <NamesField control={control} />,
}

const setting = commands.setKind.omit({ seen: true })
const adding = z.strictObject({ code: kindCode, ...setting.shape })
const retiring = commands.retireKind.omit({ seen: true })

export type Doing = 'add' | 'set' | 'retire'

interface Props {
  readonly doing: Doing
  readonly kind: KindRow | undefined
  /** How many changes of the type the screen has shown. */
  readonly seen: number
  readonly done: (code: string) => void
}

/** A type from a day on: set, added or retired. What others have set since the screen was read is refused, not overwritten. */
export function KindForm({ doing, kind, seen, done }: Props) {
  const { t } = useTranslation()
  const { busy, send } = useCommand()
  const give = async (asked: unknown) => {
    const { code = kind?.code ?? '', ...data } = asked as Partial<z.infer<typeof adding>>
    const type = doing === 'retire' ? 'retireKind' : 'setKind'
    const answer = await send({ module: 'dispatch', stream: `kind:${code}`, type, data: { ...data, seen: doing === 'add' ? 0 : seen } })
    if (failed(answer)) return answer
    done(code)
    return null
  }
  const from = dayOf(serverNow())
  const now = kind && { group: kind.group, priority: kind.priority, response: kind.response, questions: kind.questions, words: kind.words }
  const blank = { priority: 2, response: { units: 1, marks: [] }, questions: [], words: [] }
  const initial = doing === 'add' ? { from, ...blank } : { from, ...now, ...(kind?.names && { names: kind.names }) }
  return (
    <Form
      schema={{ add: adding, set: setting, retire: retiring }[doing]}
      words={{ group: 'kindGroup' }}
      controls={controls}
      initial={initial}
      submit={t(`kinds.${doing}`)}
      busy={busy}
      send={give}
    />
  )
}
