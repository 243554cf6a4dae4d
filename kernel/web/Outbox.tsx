import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Entry, outbox, undelivered, useOutbox } from './outbox.ts'
import { useSentence } from './States.tsx'
import { Sign, type Tone } from './Tag.tsx'
import { clockTime } from './time.ts'
import './outbox.css'

const tones: Record<Entry['standing'], Tone> = { waiting: 'warn', sending: 'line', delivered: 'good', refused: 'alarm' }

/** How far one command came, in a word and, once the server has answered, a time. */
export function Standing({ entry }: { entry: Entry }) {
  const { t } = useTranslation()
  const time = entry.answer ? clockTime(entry.answer.time) : ''
  return (
    <span className={`standing ${entry.standing}`}>
      <Sign tone={tones[entry.standing]} />
      <span className="num">{t(`outbox.${entry.standing}`, { time })}</span>
      {entry.standing === 'waiting' && entry.tries > 0 ? <small>{t('outbox.tried', { count: entry.tries })}</small> : null}
    </span>
  )
}

/** Takes a command out of the box, asked twice: it cannot come back. */
export function Discard({ entry }: { entry: Entry }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  if (!asking)
    return (
      <button type="button" className="plain" onClick={() => setAsking(true)}>
        {t('outbox.discard')}
      </button>
    )
  // A refused one the server surely does not have; one that went out without an answer it may.
  const unsure = entry.standing !== 'refused' && (entry.tries > 0 || entry.standing === 'sending')
  return (
    <span className="discarding" role="alertdialog" aria-label={t('outbox.discard')}>
      <span>{t(unsure ? 'outbox.discardUnsure' : 'outbox.discardSure')}</span>
      <button type="button" className="plain" onClick={() => setAsking(false)} autoFocus>
        {t('outbox.keep')}
      </button>
      <button type="button" className="plain alarm" onClick={() => outbox.discard(entry)}>
        {t('outbox.discardNow')}
      </button>
    </span>
  )
}

interface Props {
  /** What a command is, in the words of its screen. */
  readonly name: (entry: Entry) => string
  /** Opens the form that made a command, filled as it was; without one for commands that have no form. */
  readonly change?: (entry: Entry) => (() => void) | undefined
}

/** Why it was refused, and that it does not outlive the page where that is so. */
export function Troubles({ entry }: { entry: Entry }) {
  const { t } = useTranslation()
  const sentence = useSentence()
  return (
    <>
      {entry.failure ? (
        <p className="problem">
          {[...new Set([sentence(entry.failure), ...entry.failure.fields.map((field) => field.sentence)])].join(' ')}{' '}
          {entry.failure.article}
        </p>
      ) : null}
      {entry.standing !== 'delivered' && !entry.kept ? <p className="unkept">{t('outbox.unkept')}</p> : null}
    </>
  )
}

/** What can be done with a command that the server has not accepted; `children` come first. */
export function OutboxActs({ entry, edit, children }: { entry: Entry; edit?: (() => void) | undefined; children?: ReactNode }) {
  const { t } = useTranslation()
  if (entry.standing === 'delivered') return null
  const refused = entry.standing === 'refused'
  return (
    <div className="outbox-acts">
      {children}
      {refused ? (
        <button type="button" className="plain" onClick={() => outbox.again(entry)}>
          {t('outbox.again')}
        </button>
      ) : null}
      {refused && edit ? (
        <button type="button" className="plain" onClick={edit}>
          {t('outbox.change')}
        </button>
      ) : null}
      <Discard entry={entry} />
    </div>
  )
}

function Line({ entry, name, change }: { entry: Entry } & Props) {
  const { t } = useTranslation()
  return (
    <li className={entry.standing}>
      <div>
        <b>{name(entry)}</b>
        <small className="num">{t('outbox.tapped', { time: clockTime(entry.occurred.time) })}</small>
        <Standing entry={entry} />
      </div>
      <Troubles entry={entry} />
      <OutboxActs entry={entry} edit={change?.(entry)} />
    </li>
  )
}

/** What was given on this device and how far it came; always in sight, a refusal opens it. */
export function Outbox(props: Props) {
  const { t } = useTranslation()
  const state = useOutbox()
  const { entries } = state
  const refused = entries.filter(({ standing }) => standing === 'refused').length
  const moving = undelivered(state).length - refused
  const last = entries.filter(({ standing }) => standing === 'delivered').at(-1)
  if (entries.length === 0 && state.keeps) return null
  return (
    <details className="outbox" open={refused > 0 || undefined}>
      <summary>
        <span role="status">
          {refused > 0 ? (
            <span className="standing refused">
              <Sign tone="alarm" /> {t('outbox.countRefused', { count: refused })}
            </span>
          ) : null}
          {moving > 0 ? (
            <span className="standing waiting">
              <Sign tone="warn" /> {t('outbox.countWaiting', { count: moving })}
            </span>
          ) : null}
          {refused + moving === 0 && last ? <Standing entry={last} /> : null}
          {state.keeps ? null : <span>{t('outbox.keepsNothing')}</span>}
        </span>
      </summary>
      <ol aria-label={t('outbox.title')}>
        {[...entries].reverse().map((entry) => (
          <Line key={entry.id} entry={entry} {...props} />
        ))}
      </ol>
    </details>
  )
}
