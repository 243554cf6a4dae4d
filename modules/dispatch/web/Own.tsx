import { Link } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { OutboxActs, Standing, Troubles } from '#kernel/web/Outbox.tsx'
import { type Entry, undelivered, useOutbox } from '#kernel/web/outbox.ts'
import { useMe } from '#kernel/web/session.tsx'
import { AsOf } from '#kernel/web/Shell.tsx'
import { Empty, Loading, Trouble } from '#kernel/web/States.tsx'
import { Tag } from '#kernel/web/Tag.tsx'
import { briefTime, serverNow } from '#kernel/web/time.ts'
import { useView } from '#kernel/web/view.ts'
import type { IncidentRow, Views } from '../contract.ts'
import { Progress, What } from './BoardColumns.tsx'
import { IncidentLanes } from './Detail.tsx'
import { intakeOf, priorityOf } from './form.ts'
import type { IntakeState } from './intake.ts'
import { useKinds } from './kinds.ts'
import { onMine } from './live.ts'
import { Slip } from './Slip.tsx'
import { placeText } from './trace.ts'
import { openingOf, slipNumber, unsentOf } from './unsent.ts'

function MyIncident({ row, fresh }: { row: IncidentRow; fresh: boolean }) {
  const { t } = useTranslation()
  return (
    <li className={fresh ? 'mine fresh' : 'mine'}>
      <p className="mine-head">
        <Link to={`/incident/${row.id}`} className="num">
          {row.number}
        </Link>
        <span className="text">
          <What row={row} />
        </span>
        {row.station === null ? <Tag tone="warn">{t('board.noStation')}</Tag> : <Progress row={row} />}
        <time className="num">{briefTime(row.received.time, serverNow())}</time>
      </p>
      <IncidentLanes row={row} />
    </li>
  )
}

interface UnsentProps {
  readonly entry: Entry
  readonly edit: (() => void) | undefined
  readonly print: () => void
}

/** A call that the server has not said yes to, as it was taken. */
function UnsentCall({ entry, edit, print }: UnsentProps) {
  const { t } = useTranslation()
  const kinds = useKinds()
  const { kind, priority, narrative, place } = openingOf(entry)
  const waits = entry.standing !== 'delivered'
  return (
    <li className="mine unsent">
      <p className="mine-head">
        <span className="num">{slipNumber(entry)}</span>
        <span className="text">
          <b>
            {priorityOf({ kind, priority }, kinds) === 1 ? '▲ ' : ''}
            {kinds.name(kind)}
          </b>{' '}
          {narrative}
        </span>
        {waits ? <Tag tone={entry.standing === 'refused' ? 'alarm' : 'warn'}>{t('intake.unsent')}</Tag> : null}
        <time className="num">{briefTime(entry.occurred.time, serverNow())}</time>
      </p>
      <p className="unsent-how">
        <span>{placeText(place, t)}</span>
        <Standing entry={entry} />
      </p>
      <Troubles entry={entry} />
      <OutboxActs entry={entry} edit={edit}>
        <button type="button" className="plain" onClick={print}>
          {t('slip.print')}
        </button>
      </OutboxActs>
    </li>
  )
}

/** The calls that are on this console alone, and the one that is being printed. */
function useUnsent(rows: readonly IncidentRow[], state: IntakeState) {
  const { entries } = useOutbox()
  const [printed, setPrinted] = useState<Entry | null>(null)
  const done = useCallback(() => setPrinted(null), [])
  const unsent = unsentOf(entries, rows)
  // A call that is being written has the form: what stands there is not swept away by another.
  const edit = (entry: Entry) => {
    const opening = openingOf(entry)
    return state.empty
      ? () => state.restore({ intake: intakeOf(opening), ids: { incident: entry.intention.stream, call: opening.call.id } })
      : undefined
  }
  return { unsent, edit, print: setPrinted, slip: printed ? <Slip key={printed.id} entry={printed} done={done} /> : null }
}

/** What I have taken and how far it came: the receipt of both levels is read here, with who and from where the time is known. */
export function MyIncidents({ state }: { state: IntakeState }) {
  const { t } = useTranslation()
  const { account } = useMe()
  const apply = useMemo(() => onMine(account), [account])
  const view = useView<Views['mine']>('dispatch', 'mine', {}, { apply })
  const rows = view.data?.rows
  const { unsent, edit, print, slip } = useUnsent(rows ?? [], state)
  const waiting = undelivered({ entries: unsent, keeps: true }).length
  const some = unsent.length > 0 || (rows !== undefined && rows.length > 0)
  return (
    <section className="panel own" aria-label={t('intake.mine')}>
      <div className="panel-head">
        <h2>{t('intake.mine')}</h2>
        <small className="num">{rows ? t('board.count', { count: rows.length }) : ''}</small>
        <AsOf />
        <span className="grow" />
        <span role="status">{waiting > 0 ? <Tag tone="warn">{t('intake.unsentCount', { count: waiting })}</Tag> : null}</span>
      </div>
      {view.failure && !rows ? <Trouble failure={view.failure} again={view.again} /> : null}
      {view.loading ? <Loading /> : null}
      {rows && !some ? <Empty title={t('intake.mineEmpty')}>{t('intake.mineEmptyHow')}</Empty> : null}
      <ul className="panel-body" aria-live="polite" aria-relevant="additions" tabIndex={some ? 0 : -1}>
        {unsent.map((entry) => (
          <UnsentCall key={entry.id} entry={entry} edit={edit(entry)} print={() => print(entry)} />
        ))}
        {rows?.map((row) => (
          <MyIncident key={row.id} row={row} fresh={row.id === state.sent?.incident} />
        ))}
      </ul>
      {slip}
    </section>
  )
}
