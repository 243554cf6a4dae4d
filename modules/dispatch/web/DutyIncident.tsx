import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Discard, Standing } from '#kernel/web/Outbox.tsx'
import { type Entry, outbox } from '#kernel/web/outbox.ts'
import { Since, Tag } from '#kernel/web/Tag.tsx'
import { serverNow } from '#kernel/web/time.ts'
import type { IncidentRow } from '../contract.ts'
import { metres } from '../rules/distance.ts'
import { shortNumber } from './BoardColumns.tsx'
import { type Draft, FeedbackForm, NoteForm } from './DutyForm.tsx'
import { acted, nextStep, type Step } from './duty.ts'
import { usePosition } from './fix.ts'
import { useKinds } from './kinds.ts'
import { PriorityTag } from './PriorityTag.tsx'
import { placeText } from './trace.ts'

/** Which form stands open, of which incident, with what. */
export interface Writing {
  readonly stream: string
  readonly form: 'feedback' | 'note'
  readonly draft: Draft
  /** The refused command that is being changed: it goes when the changed one is given. */
  readonly instead?: Entry
}

export function Where({ row }: { row: IncidentRow }) {
  const { t } = useTranslation()
  const { fix } = usePosition()
  const far = fix && row.place.kind === 'point' ? metres(fix, row.place) : null
  return (
    <span className="where">
      {placeText(row.place, t)}
      {far === null ? null : (
        <span className="num">
          {' · '}
          {far < 1000 ? t('duty.metres', { m: Math.round(far / 10) * 10 }) : t('duty.kilometres', { km: (far / 1000).toFixed(1) })}
        </span>
      )}
    </span>
  )
}

interface Props {
  readonly row: IncidentRow
  /** Its level on the page. */
  readonly heading: 'h2' | 'h3'
  /** What was given here and the record does not show yet. */
  readonly pending: readonly Entry[]
  /** The last of them, or the last that was delivered from this page. */
  readonly latest: Entry | undefined
  readonly writing: Writing | null
  readonly write: (writing: Writing | null) => void
}

/** The last tap and how far it came. Before it has left it can be taken back; what the server has stays, and a slip is said by an addition. */
function Latest({ entry, write }: { entry: Entry; write: Props['write'] }) {
  const { t } = useTranslation()
  const { stream, type } = entry.intention
  const slip = () => write({ stream, form: 'note', draft: { text: t('duty.slipText', { step: t(`action.${type}`) }) } })
  return (
    <p className="latest">
      <b>{t(`action.${type}`)}</b> <Standing entry={entry} />
      {entry.standing === 'delivered' ? (
        type === 'note' ? null : (
          <button type="button" className="plain" onClick={slip}>
            {t('duty.slip')}
          </button>
        )
      ) : (
        <Discard entry={entry} />
      )}
    </p>
  )
}

function Acts({ row, pending, writing, write }: Props) {
  const { t } = useTranslation()
  const { fix } = usePosition()
  const step = nextStep(row, pending)
  const own = writing?.stream === row.id ? writing : null
  const give = (type: Step | 'note', data: unknown) => {
    const age = fix ? Date.now() - fix.time : 0
    outbox.put({ module: 'dispatch', stream: row.id, type, data }, acted(type === 'note' ? 'feedback' : type, row, fix, serverNow(), age))
  }
  const open = (form: Writing['form']) => write({ stream: row.id, form, draft: {} })
  if (own) {
    const send = (data: unknown) => {
      give(own.form, data)
      if (own.instead) outbox.discard(own.instead)
      write(null)
    }
    const props = { draft: own.draft, set: (draft: Draft) => write({ ...own, draft }), give: send, close: () => write(null) }
    return own.form === 'feedback' ? <FeedbackForm {...props} /> : <NoteForm {...props} />
  }
  return (
    <>
      {step === null ? (
        <p className="latest calm">{t('duty.nothingLeft')}</p>
      ) : (
        <button type="button" className="big" onClick={() => (step === 'feedback' ? open('feedback') : give(step, {}))}>
          {t(`action.${step}`)}
        </button>
      )}
      <div className="small-row">
        {step === 'feedback' || step === null ? null : (
          <button type="button" className="small" onClick={() => open('feedback')}>
            {t('action.feedback')}
          </button>
        )}
        <button type="button" className="small" onClick={() => open('note')}>
          {t('action.note')}
        </button>
        <Link className="small" to={`/incident/${row.id}`}>
          {t('duty.whole')}
        </Link>
      </div>
    </>
  )
}

/** One incident as an officer holds it: what, where, what was said, and what comes next under the thumb. */
export function DutyIncident(props: Props) {
  const { t } = useTranslation()
  const kinds = useKinds()
  const { row, latest, write, heading: Heading } = props
  return (
    <article className="own" aria-label={`${row.number} ${kinds.name(row.kind)}`}>
      <header>
        <span className="num">{shortNumber(row.number)}</span>
        <Heading>{kinds.name(row.kind)}</Heading>
        <PriorityTag row={row} />
        <span className="grow" />
        <span className="phase">{t(`phase.${row.phase}`)}</span>
      </header>
      <p className="line">
        <Where row={row} />
        <span className="grow" />
        <Since time={row.received.time} short />
      </p>
      <p className="said">{row.narrative}</p>
      {row.urged > 0 ? <Tag tone="warn">{t('incident.urged', { count: row.urged })}</Tag> : null}
      {latest ? <Latest entry={latest} write={write} /> : null}
      <Acts {...props} />
    </article>
  )
}
