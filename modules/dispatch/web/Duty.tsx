import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Outbox } from '#kernel/web/Outbox.tsx'
import { type Entry, useOutbox } from '#kernel/web/outbox.ts'
import { unitsOf, useMe } from '#kernel/web/session.tsx'
import { Empty, Loading, Trouble } from '#kernel/web/States.tsx'
import { Since, Sign, type Tone } from '#kernel/web/Tag.tsx'
import { clockTime } from '#kernel/web/time.ts'
import { useView } from '#kernel/web/view.ts'
import type { IncidentRow, Views } from '../contract.ts'
import { shortNumber } from './BoardColumns.tsx'
import type { Draft } from './DutyForm.tsx'
import { DutyIncident, Where, type Writing } from './DutyIncident.tsx'
import { inOrder, isOwn, onDuty, pendingOf } from './duty.ts'
import { type Position, startTelling, stopTelling, usePosition } from './fix.ts'
import { useKinds } from './kinds.ts'
import './duty.css'

const none: readonly IncidentRow[] = []
const tones: Record<Position['state'], Tone> = { off: 'calm', asking: 'line', on: 'good', denied: 'warn', unavailable: 'warn' }

/** Off until the officer switches it on, on this page and this day; says what goes where before it goes. */
function Telling() {
  const { t } = useTranslation()
  const { state, told, silent } = usePosition()
  const on = state === 'asking' || state === 'on' || state === 'unavailable'
  const shown = state === 'on' && silent ? 'silent' : state
  return (
    <section className="telling" aria-label={t('position.title')}>
      <label>
        <input type="checkbox" checked={on} onChange={() => (on ? stopTelling() : startTelling())} />
        <b>{t('position.title')}</b>
      </label>
      <span role="status" className="num">
        <Sign tone={shown === 'silent' ? 'warn' : tones[state]} />{' '}
        {t(`position.${shown === 'on' && told === null ? 'asking' : shown}`, { time: told === null ? '' : clockTime(told) })}
      </span>
      <small>{t('position.how')}</small>
    </section>
  )
}

function Other({ row, chosen, choose }: { row: IncidentRow; chosen: boolean; choose: () => void }) {
  const { t } = useTranslation()
  const kinds = useKinds()
  return (
    <button type="button" className="other" aria-expanded={chosen} onClick={choose}>
      <span className="num">{shortNumber(row.number)}</span>
      <span className="text">
        <b>
          {row.priority === 1 ? '▲ ' : ''}
          {kinds.name(row.kind)}
        </b>{' '}
        <Where row={row} />
      </span>
      <span>{t(`phase.${row.phase}`)}</span>
      <Since time={row.received.time} short />
    </button>
  )
}

/** Forms that are open and what was typed into those that are not: turning to another incident loses nothing. */
function useWriting() {
  const [writing, setWriting] = useState<Writing | null>(null)
  const [drafts, setDrafts] = useState<ReadonlyMap<string, Draft>>(new Map())
  const write = (next: Writing | null) => {
    const before = writing
    setDrafts((kept) => {
      const map = new Map(kept)
      if (next) map.set(`${next.stream}/${next.form}`, next.draft)
      else if (before) map.delete(`${before.stream}/${before.form}`)
      return map
    })
    const known = next && Object.keys(next.draft).length === 0 ? drafts.get(`${next.stream}/${next.form}`) : undefined
    setWriting(next && known ? { ...next, draft: known } : next)
  }
  return { writing, write }
}

export default function Duty() {
  const { t } = useTranslation()
  const me = useMe()
  const apply = useMemo(() => onDuty(me.account, unitsOf(me, ['patrolOfficer'])), [me])
  const view = useView<Views['duty']>('dispatch', 'duty', {}, { apply })
  const { entries } = useOutbox()
  const { writing, write } = useWriting()
  const [chosen, setChosen] = useState<string | null>(null)
  const rows = view.data?.rows ?? none
  const own = inOrder(rows.filter((row) => isOwn(row, me.account)))
  const others = rows.filter((row) => !isOwn(row, me.account))
  const incident = (row: IncidentRow, heading: 'h2' | 'h3') => {
    const latest = entries.filter(({ intention, standing }) => intention.stream === row.id && standing !== 'refused').at(-1)
    return (
      <DutyIncident
        row={row}
        heading={heading}
        pending={pendingOf(entries, row.id, view.position)}
        latest={latest}
        writing={writing}
        write={write}
      />
    )
  }
  const name = ({ intention }: Entry) => {
    const row = rows.find(({ id }) => id === intention.stream)
    return [row ? shortNumber(row.number) : '', t(`action.${intention.type}`)].filter(Boolean).join(' ')
  }
  const change = (entry: Entry) => {
    const { type, stream, data } = entry.intention
    if (type !== 'feedback' && type !== 'note') return undefined
    return () => {
      setChosen(stream)
      write({ stream, form: type, draft: data as Draft, instead: entry })
    }
  }
  return (
    <div className="duty">
      <section className="own-list" aria-labelledby="own">
        <h1 id="own">{t('duty.own', { count: own.length })}</h1>
        {view.failure && !view.data ? <Trouble failure={view.failure} again={view.again} /> : null}
        {view.loading ? <Loading /> : null}
        {view.data && own.length === 0 ? <Empty title={t('duty.empty')}>{t('duty.emptyHow')}</Empty> : null}
        {own.map((row) => (
          <div key={row.id} data-id={row.id}>
            {incident(row, 'h2')}
          </div>
        ))}
      </section>
      <section className="others" aria-labelledby="others">
        <h2 id="others">{t('duty.others', { count: others.length })}</h2>
        {view.data && others.length === 0 ? <p className="latest calm">{t('duty.noOthers')}</p> : null}
        <ul>
          {others.map((row) => (
            <li key={row.id} data-id={row.id}>
              <Other row={row} chosen={row.id === chosen} choose={() => setChosen(row.id === chosen ? null : row.id)} />
              {row.id === chosen ? incident(row, 'h3') : null}
            </li>
          ))}
        </ul>
      </section>
      <Telling />
      <Outbox name={name} change={change} />
    </div>
  )
}
