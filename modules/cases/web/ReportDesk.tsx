import { Button, Input } from 'antd'
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAddress } from '#kernel/web/screen.ts'
import { unitsOf, useMe } from '#kernel/web/session.tsx'
import { useSentence } from '#kernel/web/States.tsx'
import { FormLine, type LineControl } from '#kernel/web/FormLine.tsx'
import { Key, Sign } from '#kernel/web/Tag.tsx'
import { useUnits } from '#kernel/web/units.ts'
import { natures, narrativeMost, sources } from '../contract/parts.ts'
import { allowed } from '../rules.ts'
import { blankPerson, PersonFields } from './PersonFields.tsx'
import { Receipt } from './Receipt.tsx'
import { type ReportState, useReport, withSource } from './report.ts'
import { reportSearch } from './search.ts'
import './cases.css'

/** The field of the form that an error belongs to. */
function idOf(path: string): string {
  const [, at, name = 'personName'] = /^persons\.(\d+)(?:\.(\w+))?/.exec(path) ?? []
  if (at !== undefined) return `report-person-${at}-${name}`
  if (path.startsWith('happened')) return path.endsWith('until') ? 'report-until' : 'report-from'
  return path.startsWith('persons') ? 'report-add' : `report-${path.split('.')[0] ?? ''}`
}

/** What is to be corrected, each a way to its field; it takes the keyboard when it comes. */
function Summary({ state }: { state: ReportState }) {
  const { t } = useTranslation()
  const sentence = useSentence()
  const { errors, failure } = state
  if (errors.length === 0 && failure === null) return null
  return (
    <div className="problem head" role="alert" tabIndex={-1} id="report-problems">
      <p>
        <Sign tone="alarm" />{' '}
        {failure === null ? t('report.wrong', { count: errors.length }) : `${sentence(failure)} ${failure.article ?? ''}`}
      </p>
      <ul>
        {errors.map(({ path, sentence: said }) => (
          <li key={`${path} ${said}`}>
            <a
              href={`#${idOf(path)}`}
              onClick={(event) => {
                event.preventDefault()
                document.getElementById(idOf(path))?.focus()
              }}
            >
              {said}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}

interface LineProps {
  readonly name: string
  readonly state: ReportState
  readonly path?: string
  readonly optional?: boolean
  readonly children: (control: LineControl) => ReactNode
}
function Line({ name, state, path = name, optional, children }: LineProps) {
  const { t } = useTranslation()
  const error = state.errors.find((one) => one.path === path || one.path.startsWith(`${path}.`))
  return (
    <FormLine id={`report-${name}`} label={t(`report.${name}`)} optional={optional} error={error}>
      {children}
    </FormLine>
  )
}

function Choices<Value extends string>(props: {
  readonly name: string
  readonly section: string
  readonly options: readonly Value[]
  readonly value: string
  readonly set: (value: Value) => void
}) {
  const { t } = useTranslation()
  const { name, section, options, value, set } = props
  return (
    <fieldset className="row">
      <legend className="label">{t(`report.${name}`)}</legend>
      <span className="choices">
        {options.map((option) => (
          <label key={option} className={option === value ? 'choice on' : 'choice'}>
            <input type="radio" name={`report-${name}`} checked={option === value} onChange={() => set(option)} />
            {t(`${section}.${option}`)}
          </label>
        ))}
      </span>
    </fieldset>
  )
}

function What({ state }: { state: ReportState }) {
  const { t } = useTranslation()
  const { draft, set } = state
  const text = (name: 'cause' | 'place' | 'sender' | 'urgent') => ({
    value: draft[name],
    autoComplete: 'off',
    onChange: (event: { target: { value: string } }) => set({ [name]: event.target.value }),
  })
  const time = (name: 'from' | 'until' | 'received' | 'handled') => ({
    type: 'datetime-local',
    value: draft[name],
    onChange: (event: { target: { value: string } }) => set({ [name]: event.target.value }),
  })
  return (
    <>
      <Line name="cause" state={state}>
        {(plain) => <Input {...plain} {...text('cause')} placeholder={t('report.causeHow')} autoFocus />}
      </Line>
      <Choices name="nature" section="nature" options={natures} value={draft.nature} set={(nature) => set({ nature })} />
      <div className="halves">
        <Line name="from" path="happened.from" state={state} optional>
          {(plain) => <Input {...plain} {...time('from')} />}
        </Line>
        <Line name="until" path="happened.until" state={state} optional>
          {(plain) => <Input {...plain} {...time('until')} />}
        </Line>
      </div>
      <Line name="place" state={state} optional>
        {(plain) => <Input {...plain} {...text('place')} />}
      </Line>
      <Line name="narrative" state={state}>
        {(plain) => (
          <>
            <Input.TextArea {...plain} rows={6} value={draft.narrative} onChange={(event) => set({ narrative: event.target.value })} />
            <p className="hint num">{t('report.most', { count: [...draft.narrative].length, most: narrativeMost })}</p>
          </>
        )}
      </Line>
      <div className="halves">
        <Line name="urgent" state={state} optional>
          {(plain) => <Input {...plain} {...text('urgent')} />}
        </Line>
        <Line name="handled" state={state} optional>
          {(plain) => <Input {...plain} {...time('handled')} />}
        </Line>
      </div>
      <div className="halves">
        <Line name="received" state={state} optional>
          {(plain) => <Input {...plain} {...time('received')} />}
        </Line>
        {draft.source === 'mail' || draft.source === 'transfer' ? (
          <Line name="sender" state={state} optional={draft.source === 'mail'}>
            {(plain) => <Input {...plain} {...text('sender')} />}
          </Line>
        ) : null}
      </div>
    </>
  )
}

function Persons({ state }: { state: ReportState }) {
  const { t } = useTranslation()
  const { draft, set, errors } = state
  const { persons } = draft
  return (
    <>
      {persons.map((person, at) => (
        <section key={person.id} className="person" aria-label={t('report.person', { n: at + 1 })}>
          <h2>
            {t('report.person', { n: at + 1 })}
            <button type="button" className="button small" onClick={() => set({ persons: persons.filter((one) => one !== person) })}>
              {t('report.removePerson')}
            </button>
          </h2>
          <PersonFields
            draft={person}
            base={`report-person-${at}`}
            set={(part) => set({ persons: persons.map((one) => (one === person ? { ...one, ...part } : one)) })}
            others={persons.flatMap((one, n) =>
              one === person ? [] : [{ id: one.id, name: one.personName || one.described || t('report.person', { n: n + 1 }) }],
            )}
            errorOf={(name) =>
              errors.find(({ path }) => path === `persons.${at}.${name}` || path.startsWith(`persons.${at}.${name}.`))?.sentence
            }
          />
        </section>
      ))}
      <button
        type="button"
        id="report-add"
        className="button"
        onClick={() => {
          set({ persons: [...persons, blankPerson(persons.length === 0 ? ['reporter'] : ['suspect'])] })
          requestAnimationFrame(() => document.getElementById(`report-person-${persons.length}-personName`)?.focus())
        }}
      >
        {t('report.addPerson')}
      </button>
    </>
  )
}

function Desk({ unit, incident, done }: { unit: string; incident: string | undefined; done: (id: string) => void }) {
  const { t } = useTranslation()
  const units = useUnits()
  const state = useReport(unit, incident)
  const form = useRef<HTMLFormElement>(null)
  const { draft, setDraft, clear, busy } = state
  const send = () =>
    void state.submit().then((id) => {
      if (id === null) requestAnimationFrame(() => document.getElementById('report-problems')?.focus())
      else done(id)
    })
  const keys = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || !event.ctrlKey) return
    event.preventDefault()
    send()
  }
  const offered = sources.filter((source) => source !== 'incident' || incident !== undefined)
  return (
    // Ctrl+Enter sends from every field
    <form
      ref={form}
      className="form report"
      noValidate
      aria-busy={busy}
      onKeyDown={keys}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <Summary state={state} />
      <Choices
        name="source"
        section="reportSource"
        options={offered}
        value={draft.source}
        set={(source) => setDraft((before) => withSource(before, source))}
      />
      <div className="report-columns">
        <div className="form">
          <What state={state} />
        </div>
        <div className="form">
          <Persons state={state} />
        </div>
      </div>
      <div className="form-foot">
        <Button type="primary" htmlType="submit" size="large" loading={busy}>
          {t('report.send')} <Key>Ctrl Enter</Key>
        </Button>
        <Button size="large" onClick={clear}>
          {t('report.clear')}
        </Button>
        <small className="at-unit">{t('report.at', { unit: units.name(unit) })}</small>
      </div>
    </form>
  )
}

/** Taking a report: accept, register, receipt, without a hand leaving the keys. */
export default function ReportDesk() {
  const { t } = useTranslation()
  const me = useMe()
  const [{ incident }, change] = useAddress(reportSearch)
  const [taken, setTaken] = useState<string | null>(null)
  const unit = unitsOf(me, allowed.takeReport)[0] ?? me.unit
  const again = () => {
    change({ incident: undefined })
    setTaken(null)
  }
  return (
    <section className="panel report-desk" aria-label={t('report.title')}>
      <div className="panel-head">
        <h1>{t('report.title')}</h1>
        <small>{t('report.how')}</small>
      </div>
      <div className="pad">
        {taken === null ? <Desk unit={unit} incident={incident} done={setTaken} /> : <Receipt id={taken} again={again} />}
      </div>
    </section>
  )
}
