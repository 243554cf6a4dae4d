import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Combobox } from '#kernel/web/Combobox.tsx'
import { Grid } from '#kernel/web/Grid.tsx'
import { useAddress, useNarrow } from '#kernel/web/screen.ts'
import { unitsOf, useMe } from '#kernel/web/session.tsx'
import { Empty, Loading, Trouble } from '#kernel/web/States.tsx'
import { unlock, useSound } from '#kernel/web/sound.ts'
import { Since, Tag } from '#kernel/web/Tag.tsx'
import { useUnits } from '#kernel/web/units.ts'
import { useView } from '#kernel/web/view.ts'
import type { IncidentRow, Views } from '../contract.ts'
import { showing } from './acknowledge.ts'
import { BoardLine, useColumns } from './BoardColumns.tsx'
import { BoardDetail } from './BoardDetail.tsx'
import { onBoard, ringsFor } from './live.ts'
import { useReachedUnits } from './reach.ts'
import { boardSearch, type Show, shows } from './search.ts'
import './dispatch.css'

const none: readonly IncidentRow[] = []

const keep: Record<Show, (row: IncidentRow, unit: string) => boolean> = {
  all: () => true,
  unsigned: (row, unit) =>
    row.lines.some((line) => line.ended === null && line.signed === null && (line.unit === unit || row.bureau === unit)),
  moving: (row) => row.phase === 'assigned' || row.phase === 'underWay',
  arrived: (row) => row.phase === 'arrived' || row.phase === 'cleared' || row.phase === 'reported',
}

/** Whose board: one's own unit first, any unit below one's grants. */
function useBoardUnit() {
  const units = useUnits()
  const [search, change] = useAddress(boardSearch)
  const { own, options } = useReachedUnits()
  return { unit: search.unit ?? own, options, search, change, units }
}

function StartShift() {
  const { t } = useTranslation()
  const { unlocked } = useSound()
  if (unlocked) return <Tag tone="good">{t('board.onShift')}</Tag>
  return (
    <Button type="primary" size="small" onClick={() => void unlock()}>
      {t('board.startShift')}
    </Button>
  )
}

interface HeadProps {
  readonly rows: readonly IncidentRow[]
  readonly board: ReturnType<typeof useBoardUnit>
  readonly rings: boolean
}

function Summary({ rows, unit }: { rows: readonly IncidentRow[]; unit: string }) {
  const { t } = useTranslation()
  const waiting = rows.filter((row) => ringsFor(row, unit))
  const oldest = waiting.at(-1)
  const since = oldest ? ringsFor(oldest, unit)?.sent.time : undefined
  return (
    <small className="num">
      {t('board.count', { count: rows.length })}
      {waiting.length > 0 ? ` · ${t('board.unsigned', { count: waiting.length })}` : ''}
      {since ? (
        <>
          {' · '}
          {t('board.oldest')} <Since time={since} />
        </>
      ) : null}
    </small>
  )
}

function Head({ rows, board, rings }: HeadProps) {
  const { t } = useTranslation()
  const { unit, options, search, change } = board
  return (
    <div className="panel-head">
      <h1>{t('board.title')}</h1>
      <Summary rows={rows} unit={unit} />
      <span className="grow" />
      <select
        aria-label={t('board.show')}
        value={search.show ?? 'all'}
        onChange={(event) => change({ show: event.target.value === 'all' ? undefined : (event.target.value as Show) })}
      >
        {shows.map((show) => (
          <option key={show} value={show}>
            {t(`board.${show}`)}
          </option>
        ))}
      </select>
      {options.length > 1 ? (
        <div className="unit-choice">
          <Combobox
            label={t('board.unit')}
            value={unit}
            options={options}
            onChange={(next) => change({ unit: next, incident: undefined })}
          />
        </div>
      ) : null}
      {rings ? <StartShift /> : null}
    </div>
  )
}

/** The row that Enter would sign. Until somebody chooses it is the first, and stays that one: a new arrival must not slip under the finger. */
function useChosen(shown: readonly IncidentRow[], wanted: string | undefined, narrow: boolean): string | undefined {
  const [first, setFirst] = useState<string | undefined>(undefined)
  const stays = shown.some((row) => row.id === first)
  const next = stays ? first : shown[0]?.id
  useEffect(() => setFirst(next), [next])
  return wanted ?? (narrow ? undefined : next)
}

export default function Board() {
  const { t } = useTranslation()
  const me = useMe()
  const narrow = useNarrow()
  const navigate = useNavigate()
  const board = useBoardUnit()
  const { unit, search, change, units } = board
  const apply = useMemo(() => onBoard(unit), [unit])
  const view = useView<Views['board']>('dispatch', 'board', { unit }, { apply })
  const rows = view.data?.rows ?? none
  const show = search.show ?? 'all'
  const shown = useMemo(() => {
    const kept = rows.filter((row) => keep[show](row, unit))
    return [...kept.filter((row) => ringsFor(row, unit)), ...kept.filter((row) => !ringsFor(row, unit))]
  }, [rows, show, unit])
  const columns = useColumns(unit, units.find(unit)?.kind ?? 'station')
  const painted = useCallback((ids: readonly string[]) => showing('board', ids), [])
  useEffect(() => () => showing('board', []), [])
  const chosen = useChosen(shown, search.incident, narrow)
  const open = (row: IncidentRow) => void navigate({ to: `/incident/${row.id}` })
  const rings = unitsOf(me, ['stationDuty', 'subBureauDuty']).includes(unit)
  return (
    <div className="columns board">
      <section className="panel" aria-label={t('board.title')}>
        <Head rows={rows} board={board} rings={rings} />
        {view.failure && !view.data ? <Trouble failure={view.failure} again={view.again} /> : null}
        {view.loading ? <Loading /> : null}
        {view.data ? (
          <Grid
            label={t('board.title')}
            rows={shown}
            id={(row) => row.id}
            columns={columns}
            narrow={(row) => <BoardLine row={row} unit={unit} />}
            chosen={chosen}
            choose={narrow ? open : (row) => change({ incident: row.id })}
            {...(narrow ? { open } : {})}
            tone={(row) => (ringsFor(row, unit) ? 'ringing' : undefined)}
            painted={painted}
            empty={
              <Empty title={t(rows.length > 0 ? 'board.noneShown' : 'board.empty')}>
                {t('board.emptyHow', { unit: units.name(unit) })}
              </Empty>
            }
          />
        ) : null}
      </section>
      {narrow ? null : <BoardDetail id={chosen} />}
    </div>
  )
}
