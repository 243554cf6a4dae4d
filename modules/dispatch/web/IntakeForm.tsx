import { Button, Input } from 'antd'
import { type KeyboardEvent, type ReactNode, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Combobox } from '#kernel/web/Combobox.tsx'
import { useSentence } from '#kernel/web/States.tsx'
import { Key, Sign } from '#kernel/web/Tag.tsx'
import { useUnits } from '#kernel/web/units.ts'
import type { Priority } from '../rules.ts'
import { CommandBar } from './CommandBar.tsx'
import { type IntakeState, priorityOf } from './intake.ts'
import { useKinds } from './kinds.ts'
import { receives, unitOptions } from './offers.tsx'
import { PlaceInput } from './PlaceField.tsx'

interface LineProps {
  readonly name: string
  readonly state: IntakeState
  readonly paths: readonly string[]
  readonly optional?: boolean
  readonly children: (plain: { id: string; 'aria-invalid': true | undefined; 'aria-describedby': string | undefined }) => ReactNode
}

const errorOf = (state: IntakeState, paths: readonly string[]) =>
  state.errors.find((error) => paths.some((path) => error.path === path || error.path.startsWith(`${path}.`)))

function Line({ name, state, paths, optional, children }: LineProps) {
  const { t } = useTranslation()
  const error = errorOf(state, paths)
  const id = `intake-${name}`
  return (
    <div className={error ? 'row wrong' : 'row'}>
      <label htmlFor={id} id={`${id}-label`}>
        {t(`field.${name}`)}
        {optional ? <small>{t('form.optional')}</small> : null}
      </label>
      <div>
        {children({ id, 'aria-invalid': error ? true : undefined, 'aria-describedby': error ? `${id}-error` : undefined })}
        {error ? (
          <p className="problem" id={`${id}-error`}>
            <Sign tone="alarm" /> {error.sentence}
          </p>
        ) : null}
      </div>
    </div>
  )
}

function Caller({ state }: { state: IntakeState }) {
  const { t } = useTranslation()
  const { intake, set } = state
  return (
    <Line name="number" state={state} paths={['call.number', 'call.name', 'call']} optional>
      {(plain) => (
        <div className="pair">
          <Input
            {...plain}
            inputMode="tel"
            autoComplete="off"
            placeholder={t('field.number')}
            value={intake.number}
            onChange={(event) => set({ number: event.target.value })}
            // The console is for typing from the first key on
            autoFocus
          />
          <Input
            aria-label={t('field.name')}
            placeholder={t('field.name')}
            autoComplete="off"
            value={intake.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        </div>
      )}
    </Line>
  )
}

function KindAndPriority({ state }: { state: IntakeState }) {
  const { t } = useTranslation()
  const { intake, set } = state
  const kinds = useKinds()
  const priority = priorityOf(intake, kinds)
  return (
    <>
      <Line name="kind" state={state} paths={['kind']}>
        {(plain) => (
          <Combobox
            id={plain.id}
            value={intake.kind}
            options={kinds.options}
            invalid={plain['aria-invalid'] ?? false}
            describedBy={plain['aria-describedby']}
            placeholder={t('intake.kindHow')}
            onChange={(kind) => set({ kind, priority: undefined })}
          />
        )}
      </Line>
      <Line name="priority" state={state} paths={['priority']}>
        {(plain) => (
          <div className="choices" role="radiogroup" aria-labelledby="intake-priority-label">
            {([1, 2, 3] as const).map((level, index) => (
              <label key={level} className={`choice${priority === level ? ' on' : ''}${level === 1 ? ' alarm-able' : ''}`}>
                <input
                  type="radio"
                  id={index === 0 ? plain.id : undefined}
                  name="priority"
                  checked={priority === level}
                  onChange={() => set({ priority: level satisfies Priority })}
                />
                {level === 1 ? '▲ ' : ''}
                {t(`priority.${level}`)}
              </label>
            ))}
            <span className="hint">{intake.kind && intake.priority === undefined ? t('intake.byKind') : ''}</span>
          </div>
        )}
      </Line>
    </>
  )
}

function Where({ state, receivers }: { state: IntakeState; receivers: ReactNode }) {
  const { t } = useTranslation()
  const units = useUnits()
  const { intake, set } = state
  const options = useMemo(() => unitOptions(units, receives), [units])
  return (
    <>
      <Line name="place" state={state} paths={['place']}>
        {(plain) => (
          <>
            <PlaceInput
              id={plain.id}
              draft={intake.place}
              change={(place) => set({ place })}
              invalid={plain['aria-invalid'] ?? false}
              describedBy={plain['aria-describedby']}
            />
            {receivers}
          </>
        )}
      </Line>
      <Line name="toUnit" state={state} paths={['unit']} optional>
        {(plain) => (
          <Combobox
            id={plain.id}
            value={intake.unit}
            options={options}
            invalid={plain['aria-invalid'] ?? false}
            describedBy={plain['aria-describedby']}
            placeholder={t('intake.unitHow')}
            optional
            onChange={(unit) => set({ unit })}
          />
        )}
      </Line>
    </>
  )
}

/** The call taker's form: the hands stay on the keys from the first digit to Enter. */
export function IntakeForm({ state, receivers }: { state: IntakeState; receivers: ReactNode }) {
  const { t } = useTranslation()
  const sentence = useSentence()
  const form = useRef<HTMLFormElement>(null)
  const { intake, set, failure, busy } = state
  const focus = (selector: string) => requestAnimationFrame(() => form.current?.querySelector<HTMLElement>(selector)?.focus())
  const send = () => void state.submit().then((done) => focus(done ? '#intake-number' : '.wrong input, .wrong textarea'))
  const keys = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.defaultPrevented) return
    const target = event.target as HTMLElement
    if (target.closest('button') || (target.tagName === 'TEXTAREA' && !event.ctrlKey)) return
    event.preventDefault()
    send()
  }
  const submit = (event: { preventDefault: () => void }) => {
    event.preventDefault()
    send()
  }
  return (
    // Enter sends from every field but the narrative
    <form className="form intake" ref={form} onKeyDown={keys} onSubmit={submit} noValidate aria-busy={busy}>
      <div className="intake-fields">
        <Caller state={state} />
        <Where state={state} receivers={receivers} />
        <Line name="narrative" state={state} paths={['narrative']}>
          {(plain) => (
            <Input.TextArea
              {...plain}
              rows={4}
              placeholder={t('intake.narrativeHow')}
              value={intake.narrative}
              onChange={(event) => set({ narrative: event.target.value })}
            />
          )}
        </Line>
        <KindAndPriority state={state} />
        <Line name="note" state={state} paths={['note']} optional>
          {(plain) => (
            <Input
              {...plain}
              autoComplete="off"
              placeholder={t('intake.noteHow')}
              value={intake.note}
              onChange={(event) => set({ note: event.target.value })}
            />
          )}
        </Line>
      </div>
      <div className="intake-foot">
        <p className="problem" role="alert">
          {failure && failure.fields.length === 0 ? (
            <>
              <Sign tone="alarm" /> {sentence(failure)} {failure.article}
            </>
          ) : null}
        </p>
        <CommandBar state={state} send={send} />
        <Button onClick={state.clear}>{t('intake.clear')}</Button>
        <Button type="primary" htmlType="submit" loading={busy} size="large">
          {t('intake.send')} <Key>Enter</Key>
        </Button>
      </div>
    </form>
  )
}
