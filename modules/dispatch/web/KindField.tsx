import { useDeferredValue, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Combobox } from '#kernel/web/Combobox.tsx'
import { Key } from '#kernel/web/Tag.tsx'
import type { Priority } from '../rules.ts'
import { suggest, type Suggestion } from '../rules/suggesting.ts'
import { priorityOf } from './form.ts'
import type { IntakeState } from './intake.ts'
import { Line } from './IntakeLine.tsx'
import { type Kinds, responseText, useKinds } from './kinds.ts'
import { Questions } from './Questions.tsx'

/** What the narrative speaks of and is not chosen yet, best first. */
export function useSuggestions({ intake }: IntakeState, kinds: Kinds): readonly Suggestion[] {
  const narrative = useDeferredValue(intake.narrative)
  const all = useMemo(() => suggest(narrative, kinds.all), [narrative, kinds.all])
  return all.filter(({ code }) => code !== intake.kind)
}

interface Props {
  readonly state: IntakeState
  readonly suggested: readonly Suggestion[]
}

/** Offered, never taken: a type stands in the form because somebody chose it. */
function Suggested({ state, suggested }: Props) {
  const { t } = useTranslation()
  const kinds = useKinds()
  if (suggested.length === 0) return null
  return (
    <p className="suggested">
      <span>{t('intake.suggested')}</span>
      {suggested.map(({ code, words }, at) => (
        <button key={code} type="button" aria-keyshortcuts={`Alt+${at + 1}`} onClick={() => state.set({ kind: code, priority: undefined })}>
          {kinds.name(code)} <small>{words.join(t('shell.comma'))}</small> <Key>{`Alt ${at + 1}`}</Key>
        </button>
      ))}
    </p>
  )
}

/** The type, what the narrative suggests, the priority that follows from it, and what is to be asked. */
export function KindAndPriority({ state, suggested }: Props) {
  const { t } = useTranslation()
  const { intake, set } = state
  const kinds = useKinds()
  const kind = kinds.find(intake.kind)
  const priority = priorityOf(intake, kinds)
  return (
    <>
      <Line name="kind" state={state} paths={['kind']}>
        {(plain) => (
          <>
            <Combobox
              id={plain.id}
              value={intake.kind}
              options={kinds.options}
              invalid={plain['aria-invalid'] ?? false}
              describedBy={plain['aria-describedby']}
              placeholder={t('intake.kindHow')}
              onChange={(code) => set({ kind: code, priority: undefined })}
            />
            <Suggested state={state} suggested={suggested} />
          </>
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
            <span className="hint">
              {intake.kind && intake.priority === undefined ? t('intake.byKind') : ''}
              {kind ? ` · ${t('intake.wanted', { response: responseText(kind.response, t) })}` : ''}
            </span>
          </div>
        )}
      </Line>
      {kind && kind.questions.length > 0 ? (
        <Line name="answers" state={state} paths={['answers']} optional>
          {() => <Questions state={state} />}
        </Line>
      ) : null}
    </>
  )
}
