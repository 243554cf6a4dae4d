import { type FormEvent, type ReactNode, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { wrongFields } from '#kernel/text.ts'
import { sentenceOf } from '#kernel/web/fields.ts'
import { Sign } from '#kernel/web/Tag.tsx'
import { commands, measures, results } from '../contract.ts'

/** What was typed so far; it stays while the form is closed. */
export type Draft = Readonly<Record<string, unknown>>

interface FormProps {
  readonly draft: Draft
  readonly set: (draft: Draft) => void
  /** Into the outbox. */
  readonly give: (data: unknown) => void
  readonly close: () => void
}

type Errors = ReadonlyMap<string, string>

/** Checked by the contract's own schema before it goes on its way: a slip is said while the officer still stands there. */
function useChecked(type: 'feedback' | 'note', { draft, give }: FormProps) {
  const { t } = useTranslation()
  const [errors, setErrors] = useState<Errors>(new Map())
  const form = useRef<HTMLFormElement>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const parsed = commands[type].safeParse(draft, { reportInput: true })
    if (parsed.success) return give(parsed.data)
    setErrors(new Map(wrongFields(parsed.error).map((wrong) => [wrong.path.split('.')[0] ?? '', sentenceOf(wrong, t)])))
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('.wrong input, .wrong textarea')?.focus())
  }
  return { errors, form, submit }
}

function Field({ name, error, children }: { name: string; error: string | undefined; children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <fieldset className={error ? 'field wrong' : 'field'}>
      <legend>{t(`field.${name}`)}</legend>
      {children}
      {error ? (
        <p className="problem">
          <Sign tone="alarm" /> {error}
        </p>
      ) : null}
    </fieldset>
  )
}

function Count({
  name,
  value,
  set,
  error,
}: {
  name: string
  value: unknown
  set: (value: number | undefined) => void
  error?: string | undefined
}) {
  const { t } = useTranslation()
  const amount = typeof value === 'number' ? value : undefined
  return (
    <Field name={name} error={error}>
      <span className="count">
        <button type="button" aria-label={`${t(`field.${name}`)} −1`} onClick={() => set(Math.max(0, (amount ?? 1) - 1))}>
          −1
        </button>
        <input
          inputMode="numeric"
          aria-label={t(`field.${name}`)}
          aria-invalid={error !== undefined || undefined}
          value={amount ?? ''}
          onChange={({ target }) => set(/^\d{1,4}$/.test(target.value) ? Number(target.value) : undefined)}
        />
        <button type="button" aria-label={`${t(`field.${name}`)} +1`} onClick={() => set((amount ?? 0) + 1)}>
          +1
        </button>
      </span>
    </Field>
  )
}

function Foot({ label, close }: { label: string; close: () => void }) {
  const { t } = useTranslation()
  return (
    <div className="duty-foot">
      <button type="submit" className="big">
        {label}
      </button>
      <button type="button" className="small" onClick={close}>
        {t('form.cancel')}
      </button>
    </div>
  )
}

function Text({
  name,
  value,
  set,
  error,
  rows,
}: {
  name: string
  value: unknown
  set: (value: string) => void
  error?: string | undefined
  rows: number
}) {
  const { t } = useTranslation()
  return (
    <Field name={name} error={error}>
      <textarea
        rows={rows}
        aria-label={t(`field.${name}`)}
        aria-invalid={error !== undefined || undefined}
        value={String(value ?? '')}
        onChange={({ target }) => set(target.value)}
      />
    </Field>
  )
}

export function FeedbackForm(props: FormProps) {
  const { t } = useTranslation()
  const id = useId()
  const { draft, set, close } = props
  const { errors, form, submit } = useChecked('feedback', props)
  const put = (name: string) => (value: unknown) => set({ ...draft, [name]: value })
  const taken = (draft['measures'] as readonly string[] | undefined) ?? []
  const toggle = (measure: string) => {
    // Nothing was done, or something was: one excludes the other.
    const kept = taken.filter((one) => one !== measure && (one === 'none') === (measure === 'none'))
    put('measures')(taken.includes(measure) ? kept : [...kept, measure])
  }
  return (
    <form ref={form} className="duty-form" onSubmit={submit} noValidate aria-label={t('action.feedback')}>
      <Field name="result" error={errors.get('result')}>
        <span className="picks">
          {results.map((result, index) => (
            <label key={result} className={draft['result'] === result ? 'choice on' : 'choice'}>
              <input
                type="radio"
                name={`${id}-result`}
                checked={draft['result'] === result}
                onChange={() => put('result')(result)}
                autoFocus={index === 0}
              />
              {t(`result.${result}`)}
            </label>
          ))}
        </span>
      </Field>
      <div className="counts">
        <Count name="injured" value={draft['injured']} set={put('injured')} error={errors.get('injured')} />
        <Count name="persons" value={draft['persons']} set={put('persons')} error={errors.get('persons')} />
      </div>
      <Field name="measures" error={errors.get('measures')}>
        <span className="picks">
          {measures.map((measure) => (
            <label key={measure} className={taken.includes(measure) ? 'choice on' : 'choice'}>
              <input type="checkbox" checked={taken.includes(measure)} onChange={() => toggle(measure)} />
              {t(`measure.${measure}`)}
            </label>
          ))}
        </span>
      </Field>
      <Text name="text" value={draft['text']} set={put('text')} error={errors.get('text')} rows={4} />
      <Foot label={t('action.feedback')} close={close} />
    </form>
  )
}

export function NoteForm(props: FormProps) {
  const { t } = useTranslation()
  const { draft, set, close } = props
  const { errors, form, submit } = useChecked('note', props)
  return (
    <form ref={form} className="duty-form" onSubmit={submit} noValidate aria-label={t('action.note')}>
      <Text name="text" value={draft['text']} set={(text) => set({ text })} error={errors.get('text')} rows={3} />
      <Foot label={t('action.note')} close={close} />
    </form>
  )
}
