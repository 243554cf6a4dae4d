import { Button, Input } from 'antd'
import { type KeyboardEvent, type ReactNode, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Combobox } from '#kernel/web/Combobox.tsx'
import { useSentence } from '#kernel/web/States.tsx'
import { Key, Sign } from '#kernel/web/Tag.tsx'
import { unitOptions } from '#kernel/web/reach.ts'
import { useUnits } from '#kernel/web/units.ts'
import { CommandBar } from './CommandBar.tsx'
import type { IntakeState } from './intake.ts'
import { Line } from './IntakeLine.tsx'
import { KindAndPriority, useSuggestions } from './KindField.tsx'
import { useKinds } from './kinds.ts'
import { receives } from './offers.tsx'
import { PlaceInput } from './PlaceField.tsx'

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

/** What went wrong as a whole, the command bar, and the way out. */
function Foot({ state, send }: { state: IntakeState; send: () => void }) {
  const { t } = useTranslation()
  const sentence = useSentence()
  const { failure, busy } = state
  return (
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
  )
}

/** The call taker's form: the hands stay on the keys from the first digit to Enter. */
export function IntakeForm({ state, receivers }: { state: IntakeState; receivers: ReactNode }) {
  const { t } = useTranslation()
  const form = useRef<HTMLFormElement>(null)
  const { intake, set, busy } = state
  const focus = (selector: string) => requestAnimationFrame(() => form.current?.querySelector<HTMLElement>(selector)?.focus())
  const send = () => void state.submit().then((done) => focus(done ? '#intake-number' : '.wrong input, .wrong textarea'))
  const kinds = useKinds()
  const suggested = useSuggestions(state, kinds)
  const keys = (event: KeyboardEvent) => {
    const offered = event.altKey && !event.ctrlKey ? suggested[Number(/^Digit([1-3])$/.exec(event.code)?.[1]) - 1] : undefined
    if (offered) {
      event.preventDefault()
      return set({ kind: offered.code, priority: undefined })
    }
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
        <KindAndPriority state={state} suggested={suggested} />
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
      <Foot state={state} send={send} />
    </form>
  )
}
