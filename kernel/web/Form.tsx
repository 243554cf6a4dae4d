import { Button, Checkbox, Input, InputNumber } from 'antd'
import { type FormEvent, Fragment, type KeyboardEvent, type ReactNode, useId, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { wrongFields } from '#kernel/text.ts'
import type { Failure, FieldError } from './api.ts'
import { Combobox, type Option } from './Combobox.tsx'
import { type Draft, dataOf, type Field, fieldsOf, sentenceOf } from './fields.ts'
import { useSentence } from './States.tsx'
import { Key, Sign } from './Tag.tsx'
import { clockTime } from './time.ts'

export interface Control {
  readonly id: string
  readonly field: Field
  readonly value: unknown
  readonly invalid: boolean
  readonly describedBy: string | undefined
  readonly first: boolean
  readonly set: (value: unknown) => void
}

/** What a module adds to what the schema says: its own controls, where the words of a choice stand, which units can be chosen. */
export interface FormHints {
  readonly controls?: Readonly<Record<string, (control: Control) => ReactNode>>
  /** Field → section of words for its options; the field's own name otherwise. */
  readonly words?: Readonly<Record<string, string>>
  /** Field → section of words that says what the chosen option means. */
  readonly meanings?: Readonly<Record<string, string>>
  readonly units?: readonly Option[]
  /** Field → words key of the heading above it, where a part of the form begins. */
  readonly heads?: Readonly<Record<string, string>>
  readonly hide?: readonly string[]
  readonly initial?: Draft
  /** From what stands in the form to what the schema asks for, where a control of the module holds more than is sent. */
  readonly fit?: (data: Readonly<Record<string, unknown>>) => object
  /** What an event of this type is called: where the record has moved on since, what happened is said. */
  readonly happened?: (type: string) => string
}

interface Props extends FormHints {
  readonly schema: z.ZodType
  readonly submit: string
  readonly busy: boolean
  readonly send: (data: unknown) => Promise<Failure | null>
  readonly cancel?: () => void
}

function Choice({ control, section }: { control: Control; section: string }) {
  const { t } = useTranslation()
  const { field, value, set, id } = control
  if (field.options.length > 6) {
    const options = field.options.map((option) => ({ value: String(option), label: t(`${section}.${option}`) }))
    return (
      <Combobox
        id={id}
        value={String(value ?? '')}
        options={options}
        onChange={set}
        invalid={control.invalid}
        describedBy={control.describedBy}
        autoFocus={control.first}
      />
    )
  }
  return (
    <span className="choices" role="radiogroup" aria-labelledby={`${id}-label`} aria-describedby={control.describedBy}>
      {field.options.map((option, index) => (
        <label key={option} className={option === value ? 'choice on' : 'choice'}>
          <input
            type="radio"
            id={index === 0 ? id : undefined}
            name={id}
            checked={option === value}
            onChange={() => set(option)}
            // The first field of a drawer that was just asked for
            autoFocus={control.first && index === 0}
          />
          {t(`${section}.${option}`)}
        </label>
      ))}
    </span>
  )
}

function Many({ control, section }: { control: Control; section: string }) {
  const { t } = useTranslation()
  const { field, value, set, id } = control
  return (
    <Checkbox.Group
      className="many"
      aria-labelledby={`${id}-label`}
      value={(value as string[] | undefined) ?? []}
      onChange={set}
      options={field.options.map((option) => ({ value: option, label: t(`${section}.${option}`) }))}
    />
  )
}

function Standard({ control, hints }: { control: Control; hints: FormHints }) {
  const { t } = useTranslation()
  const { field, value, set, id, invalid, describedBy, first } = control
  const section = hints.words?.[field.name] ?? field.name
  const plain = { id, 'aria-invalid': invalid || undefined, 'aria-describedby': describedBy, autoFocus: first }
  const text = { ...plain, value: String(value ?? ''), onChange: (event: { target: { value: string } }) => set(event.target.value) }
  switch (field.kind) {
    case 'choice':
      return <Choice control={control} section={section} />
    case 'many':
      return <Many control={control} section={section} />
    case 'number':
      return <InputNumber {...plain} min={0} precision={0} value={(value as number | undefined) ?? null} onChange={set} controls={false} />
    case 'switch':
      return (
        <Checkbox {...plain} checked={value === true} onChange={(event) => set(event.target.checked)}>
          {t(`field.${field.name}Yes`)}
        </Checkbox>
      )
    case 'unit':
      return (
        <Combobox
          id={id}
          value={String(value ?? '')}
          options={hints.units ?? []}
          onChange={set}
          invalid={invalid}
          describedBy={describedBy}
          placeholder={t('form.unitHow')}
          autoFocus={first}
          optional={field.optional}
        />
      )
    case 'secret':
      return <Input.Password {...text} autoComplete="new-password" />
    case 'paragraph':
      return <Input.TextArea {...text} rows={3} />
    case 'line':
    case 'list':
    case 'other':
      return <Input {...text} autoComplete="off" placeholder={field.kind === 'list' ? t('form.listHow') : undefined} />
  }
}

function Row({ control, hints, error }: { control: Control; hints: FormHints; error: string | undefined }) {
  const { t } = useTranslation()
  const { field, id, value } = control
  const own = hints.controls?.[field.name]
  const meanings = hints.meanings?.[field.name]
  return (
    <div className={error ? 'row wrong' : 'row'}>
      <label htmlFor={id} id={`${id}-label`}>
        {t(`field.${field.name}`)}
        {field.optional ? <small>{t('form.optional')}</small> : null}
      </label>
      <div>
        {own ? own(control) : <Standard control={control} hints={hints} />}
        {meanings && typeof value === 'string' && value !== '' ? <p className="hint">{t(`${meanings}.${value}`)}</p> : null}
        {error ? (
          <p className="problem" id={`${id}-error`}>
            <Sign tone="alarm" /> {error}
          </p>
        ) : null}
      </div>
    </div>
  )
}

/** Where an error of a nested path is shown: at the field that holds it, else at the head of the form. */
const ofField = (errors: readonly FieldError[], name: string) =>
  errors.find((error) => {
    const parts = error.path.split('.')
    return parts[0] === name || (parts[0] === 'data' && parts[1] === name)
  })

function useForm({ schema, send, hide, initial, fit }: Props) {
  const { t } = useTranslation()
  const fields = useMemo(() => fieldsOf(schema).filter((field) => !hide?.includes(field.name)), [schema, hide])
  const [draft, setDraft] = useState<Draft>(initial ?? {})
  const [errors, setErrors] = useState<readonly FieldError[]>([])
  const [failure, setFailure] = useState<Failure | null>(null)
  const form = useRef<HTMLFormElement>(null)
  const complain = (next: readonly FieldError[]) => {
    setErrors(next)
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"], .wrong input, .wrong textarea')?.focus())
  }
  const submit = async (event?: FormEvent) => {
    event?.preventDefault()
    const typed = dataOf(fields, draft)
    const data = fit ? fit(typed) : typed
    const parsed = schema.safeParse(data, { reportInput: true })
    setFailure(null)
    if (!parsed.success) return complain(wrongFields(parsed.error).map((wrong) => ({ path: wrong.path, sentence: sentenceOf(wrong, t) })))
    setErrors([])
    const answer = await send(parsed.data)
    setFailure(answer)
    if (answer && answer.fields.length > 0)
      complain(answer.fields.map(({ path, sentence }) => ({ path, sentence: [sentence, answer.article].filter(Boolean).join(' ') })))
  }
  const set = (name: string, value: unknown) => {
    setDraft((before) => ({ ...before, [name]: value }))
    setErrors((before) => before.filter((error) => ofField([error], name) === undefined))
  }
  return { fields, draft, errors, failure, form, submit, set }
}

/** A command's fields, asked for and checked by the contract's own schema; nothing that was typed is lost when the answer is no. */
export function Form(props: Props) {
  const { t } = useTranslation()
  const sentence = useSentence()
  const id = useId()
  const { fields, draft, errors, failure, form, submit, set } = useForm(props)
  const loose = errors.filter((error) => !fields.some((field) => ofField([error], field.name)))
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && event.ctrlKey && !props.busy) void submit()
  }
  return (
    // Ctrl+Enter sends from every field
    <form ref={form} className="form" onSubmit={(event) => void submit(event)} onKeyDown={keys} noValidate aria-busy={props.busy}>
      {(failure && failure.fields.length === 0) || loose.length > 0 ? (
        <div className="problem head" role="alert">
          {failure && failure.fields.length === 0 ? (
            <p>
              <Sign tone="alarm" /> {sentence(failure)} {failure.article}
              {failure.since.map(({ n, type, at }) => (
                <span key={n} className="since">
                  {clockTime(at)} {props.happened?.(type)}
                </span>
              ))}
            </p>
          ) : null}
          {loose.map((error) => (
            <p key={error.path}>
              <Sign tone="alarm" /> {error.path}: {error.sentence}
            </p>
          ))}
        </div>
      ) : null}
      {fields.map((field, index) => {
        const error = ofField(errors, field.name)?.sentence
        const control: Control = {
          id: `${id}-${field.name}`,
          field,
          value: draft[field.name],
          invalid: error !== undefined,
          describedBy: error ? `${id}-${field.name}-error` : undefined,
          first: index === 0,
          set: (value) => set(field.name, value),
        }
        const head = props.heads?.[field.name]
        return (
          <Fragment key={field.name}>
            {head ? <h2 className="form-head">{t(head)}</h2> : null}
            <Row control={control} hints={props} error={error} />
          </Fragment>
        )
      })}
      <div className="form-foot">
        {/* Where nothing is asked for, what is left to do has the keyboard. */}
        <Button type="primary" htmlType="submit" loading={props.busy} autoFocus={fields.length === 0}>
          {props.submit} <Key>Ctrl Enter</Key>
        </Button>
        {props.cancel ? <Button onClick={props.cancel}>{t('form.cancel')}</Button> : null}
      </div>
    </form>
  )
}
