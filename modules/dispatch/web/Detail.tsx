import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Actions } from '#kernel/web/Actions.tsx'
import { type Lane, Lanes } from '#kernel/web/Lanes.tsx'
import { useConnection } from '#kernel/web/live.ts'
import { type Bob, Plumb } from '#kernel/web/Plumb.tsx'
import { Loading, Trouble } from '#kernel/web/States.tsx'
import { Since } from '#kernel/web/Tag.tsx'
import { briefTime, serverNow } from '#kernel/web/time.ts'
import { type Units, useUnits } from '#kernel/web/units.ts'
import { useView, type ViewState } from '#kernel/web/view.ts'
import type { CommandType, IncidentRow, Phase, TraceEntry, Views } from '../contract.ts'
import { useKinds } from './kinds.ts'
import { onIncident } from './live.ts'
import { useOffers } from './offers.tsx'
import { awaited, foot, tell, tellCall, type Told } from './trace.ts'
import { Why } from './Why.tsx'

export type Whole = Views['incident']

export function useIncident(id: string | undefined): ViewState<Whole> {
  const apply = useMemo(() => onIncident(id ?? ''), [id])
  return useView<Whole>('dispatch', 'incident', { id: id ?? '' }, { apply, enabled: id !== undefined })
}

/** The incident's dispatch lines as lanes, those that run first. */
export function useLanes(row: IncidentRow, all: boolean): readonly Lane[] {
  const { t } = useTranslation()
  const units = useUnits()
  return row.lines
    .filter((line) => all || line.ended === null)
    .sort((a, b) => Number(a.ended !== null) - Number(b.ended !== null))
    .map((line) => ({
      id: String(line.line),
      unit: units.name(line.unit),
      sent: line.sent.time,
      steps: [
        { name: t('lane.delivered'), time: line.delivered?.time ?? null },
        { name: t('lane.seen'), time: line.seen?.time ?? null },
        { name: t('lane.signed'), time: line.signed?.time ?? null },
      ],
      awaited: t('lane.waiting'),
      finished: t('lane.done'),
      ended: line.ended !== null,
      calm: row.imported || row.phase === 'cancelled' || row.phase === 'closed',
      extra: line.signed ? t('lane.by', { foot: foot(line.signed, line.signed.by, t) }) : undefined,
    }))
}

export function IncidentLanes({ row, all = false }: { row: IncidentRow; all?: boolean }) {
  const { t } = useTranslation()
  const lanes = useLanes(row, all)
  if (lanes.length === 0) return <p className="no-lane">{t('lane.none')}</p>
  return <Lanes label={t('lane.title')} lanes={lanes} />
}

const person = new Set<TraceEntry['type']>([
  'opened',
  'dispatched',
  'signed',
  'assigned',
  'departed',
  'arrived',
  'cleared',
  'reported',
  'located',
])
const kindOf = (type: TraceEntry['type']): Bob['kind'] =>
  type === 'closed'
    ? 'good'
    : type === 'cancelled' || type === 'sentBack' || type === 'urged'
      ? 'alarm'
      : person.has(type)
        ? 'done'
        : 'passed'

export const bob = (id: string, time: string, kind: Bob['kind'], { title, quote, foot: below }: Told): Bob => ({
  id,
  time: briefTime(time, serverNow()),
  kind,
  title,
  detail: (
    <>
      {quote ? (
        <>
          <q>{quote}</q>
          <br />
        </>
      ) : null}
      {below}
    </>
  ),
})

function useDue(whole: Whole, units: Units) {
  const { t } = useTranslation()
  const { row } = whole
  const next = awaited(row)
  if (!next) return undefined
  const text = t(`awaited.${next.key}`, { unit: next.unit ? units.name(next.unit) : '' })
  return {
    time: <Since time={next.since} />,
    text,
    detail: (
      <>
        {t('awaited.since', { time: briefTime(next.since, serverNow()) })}
        <Why row={row} trace={whole.trace} />
      </>
    ),
    alarm: next.alarm,
  }
}

/** The whole record on its line: the first call, then every event in order, what is awaited at the end. */
export function Trace({ whole }: { whole: Whole }) {
  const { t } = useTranslation()
  const units = useUnits()
  const kinds = useKinds()
  const { calls, trace } = whole
  const first = calls[0]
  const told = trace.map((entry) => bob(String(entry.n), entry.occurred.time, kindOf(entry.type), tell(entry, t, { units, kinds })))
  const bobs = first ? [bob(first.id, first.received.time, 'passed', tellCall(first, t)), ...told] : told
  return <Plumb label={t('trace.title')} bobs={bobs} due={useDue(whole, units)} />
}

/** What a unit does next with an incident in this phase. */
const steps: Record<Phase, readonly CommandType[]> = {
  open: ['sign', 'assign'],
  assigned: ['sign', 'depart'],
  underWay: ['sign', 'arrive'],
  arrived: ['sign', 'clear'],
  cleared: ['sign', 'feedback'],
  reported: ['sign', 'close'],
  closed: [],
  cancelled: [],
}
const nextOf = (row: IncidentRow): readonly CommandType[] => (row.station === null ? ['sign', 'locate'] : steps[row.phase])

export function Acts({ whole, again }: { whole: Whole; again: () => void }) {
  const offers = useOffers(whole.row)
  // The live line brings what was done; asked for as well, a transferred incident would be a foreign one already.
  const done = useConnection().state === 'live' ? {} : { done: again }
  return <Actions module="dispatch" stream={whole.row.id} can={whole.can} offers={offers} next={nextOf(whole.row)} {...done} />
}

/** Waits, says what went wrong, or hands the whole incident on. */
interface WithIncidentProps {
  readonly view: ViewState<Whole>
  /** What stands above the sentence while there is no incident to name: no page and no part of one is without a heading. */
  readonly head?: React.ReactNode
  readonly children: (whole: Whole) => React.ReactNode
}

export function WithIncident({ view, head, children }: WithIncidentProps) {
  const lost = view.failure && (!view.data || view.failure.status === 404) ? view.failure : undefined
  if (view.data && !lost) return children(view.data)
  return (
    <>
      {head ? <div className="panel-head">{head}</div> : null}
      {lost ? <Trouble failure={lost} again={view.again} /> : <Loading />}
    </>
  )
}
