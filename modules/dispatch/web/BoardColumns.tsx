import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Column } from '#kernel/web/Grid.tsx'
import { wide } from '#kernel/web/Schematic.tsx'
import { shortSpan, Since, Tag, useSpan } from '#kernel/web/Tag.tsx'
import { briefTime, milliseconds, serverNow } from '#kernel/web/time.ts'
import { useUnits } from '#kernel/web/units.ts'
import type { IncidentRow, Line, Stamp } from '../contract.ts'
import { useKinds } from './kinds.ts'
import { lineOf } from './live.ts'
import { placeText } from './trace.ts'
import { lapsedOf } from './waits.ts'

/** 26-1122-08843 → 08843: the day is the same for nearly all rows; the whole number stands in the record. */
export const shortNumber = (number: string): string => number.split('-').at(-1) ?? number

/** `12 秒` below a minute, `4:10` from then on. */
function useBrief(): (ms: number) => string {
  const span = useSpan()
  return (ms) => (ms < 60_000 ? span(ms) : shortSpan(ms))
}

export function Signed({ row, line }: { row: IncidentRow; line: Line | undefined }) {
  const { t } = useTranslation()
  const span = useBrief()
  if (!line) return <span className="calm">—</span>
  if (line.signed) return <Tag tone="good">{span(milliseconds(line.sent.time, line.signed.time))}</Tag>
  if (row.imported) return <Tag tone="calm">{t('board.notSigned')}</Tag>
  return (
    <Tag tone="alarm">
      {t('board.notSigned')} <Since time={line.sent.time} short />
    </Tag>
  )
}

/** The moment that a figure counts: a time that was only given by hand is as good as when the server had it. */
const counted = (stamp: Stamp): string => (stamp.source === 'typed' ? stamp.at : stamp.time)

/** How far the people on the ground are, or what has not come in time. Each figure counts from the call. */
export function Progress({ row }: { row: IncidentRow }) {
  const { t } = useTranslation()
  const span = useBrief()
  const { arrived, underWay, assigned } = row.milestones
  const lapsed = lapsedOf(row)
  if (lapsed) return <Tag tone={lapsed.tone}>{t(`lapse.${lapsed.name}`)}</Tag>
  if (arrived) return <Tag tone="good">{span(milliseconds(row.received.time, counted(arrived)))}</Tag>
  if (underWay) return <Tag tone="warn">{`${t('phase.underWay')} ${row.handlers[0] ?? ''}`}</Tag>
  if (assigned) return <Tag tone="calm">{`${t('phase.assigned')} ${row.handlers[0] ?? ''}`}</Tag>
  if (row.climb?.rung) return <Tag tone="alarm">{t(`rung.${row.climb.rung.name}`)}</Tag>
  return <span className="calm">—</span>
}

export function What({ row }: { row: IncidentRow }) {
  const kinds = useKinds()
  return (
    <>
      <b>
        {row.priority === 1 ? '▲ ' : ''}
        {kinds.name(row.kind)}
      </b>{' '}
      {row.narrative}
    </>
  )
}

function Station({ row }: { row: IncidentRow }) {
  const { t } = useTranslation()
  const units = useUnits()
  return row.station ? <>{units.name(row.station)}</> : <Tag tone="warn">{t('board.noStation')}</Tag>
}

/** A station sees its own receipt; a level above sees whose incident it is and the receipt below it as well. */
export function useColumns(unit: string, kind: string): readonly Column<IncidentRow>[] {
  const { t } = useTranslation()
  return useMemo(() => {
    // As wide as the tag of an unsigned line is in this language: its word, and 10:00:00.
    const signed = `${84 + Math.ceil(wide(t('board.notSigned')) * 1.1)}px`
    const stationLine = (row: IncidentRow) => row.lines.find((line) => line.level === 'station' && line.ended === null)
    const above: Column<IncidentRow>[] = [
      { id: 'station', header: t('board.station'), width: '116px', cell: (row) => <Station row={row} /> },
      { id: 'below', header: t('board.stationSigned'), width: signed, cell: (row) => <Signed row={row} line={stationLine(row)} /> },
    ]
    const own: Column<IncidentRow> = {
      id: 'signed',
      header: t('board.signed'),
      width: signed,
      cell: (row) => <Signed row={row} line={lineOf(row, unit)} />,
    }
    const phase: Column<IncidentRow> = { id: 'phase', header: t('board.phase'), width: '78px', cell: (row) => t(`phase.${row.phase}`) }
    return [
      { id: 'number', header: t('board.number'), width: '66px', cell: (row) => <span className="num">{shortNumber(row.number)}</span> },
      { id: 'what', header: t('board.what'), width: 'minmax(0, 1fr)', cell: (row) => <What row={row} /> },
      { id: 'where', header: t('board.where'), width: 'minmax(80px, 0.36fr)', cell: (row) => placeText(row.place, t) },
      ...(kind === 'station' ? [] : above),
      ...(kind === 'bureau' ? [] : [own]),
      { id: 'progress', header: t('board.progress'), width: '132px', cell: (row) => <Progress row={row} /> },
      ...(kind === 'station' ? [phase] : []),
      {
        id: 'received',
        header: t('board.received'),
        width: '82px',
        right: true,
        cell: (row) => briefTime(row.received.time, serverNow()),
      },
    ]
  }, [unit, kind, t])
}

function Phase({ row }: { row: IncidentRow }) {
  const { t } = useTranslation()
  const lapsed = lapsedOf(row)
  return lapsed ? <Tag tone={lapsed.tone}>{t(`lapse.${lapsed.name}`)}</Tag> : <span>{t(`phase.${row.phase}`)}</span>
}

/** A row at phone width: what and whether it is signed; where and how far. */
export function BoardLine({ row, unit }: { row: IncidentRow; unit: string }) {
  const { t } = useTranslation()
  return (
    <>
      <div>
        <span className="text">
          <What row={row} />
        </span>
        <Signed row={row} line={lineOf(row, unit) ?? row.lines.find((line) => line.ended === null)} />
      </div>
      <div>
        <span className="num">{shortNumber(row.number)}</span>
        <span className="text">{placeText(row.place, t)}</span>
        <Phase row={row} />
      </div>
    </>
  )
}
