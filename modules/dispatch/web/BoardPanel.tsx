import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Combobox, type Option } from '#kernel/web/Combobox.tsx'
import { Grid } from '#kernel/web/Grid.tsx'
import { useAddress, useNarrow } from '#kernel/web/screen.ts'
import { holds, unitsOf, useMe } from '#kernel/web/session.tsx'
import { AsOf } from '#kernel/web/Shell.tsx'
import { Empty, Loading, Trouble } from '#kernel/web/States.tsx'
import { unlock, useSound } from '#kernel/web/sound.ts'
import { Since, Tag } from '#kernel/web/Tag.tsx'
import { useUnits } from '#kernel/web/units.ts'
import { useView } from '#kernel/web/view.ts'
import type { IncidentRow, Views } from '../contract.ts'
import { deskRoles } from '../rules/shift.ts'
import { showing } from './acknowledge.ts'
import { BoardLine, useColumns } from './BoardColumns.tsx'
import { AllHidden, BoardFilters } from './BoardFilters.tsx'
import { filtered, type Filters } from './filters.ts'
import { useKinds } from './kinds.ts'
import { onBoard, ringsFor, rungFor } from './live.ts'
import { boardSearch } from './search.ts'
import { lapseFor } from './waits.ts'
import { ShiftStrip } from './Shift.tsx'
import './dispatch.css'

const none: readonly IncidentRow[] = []

/** The row that Enter would sign. Until somebody chooses it is the first, and stays that one: a new arrival must not slip under the finger. */
function useChosen(shown: readonly IncidentRow[], wanted: string | undefined, narrow: boolean): string | undefined {
  const [first, setFirst] = useState<string | undefined>(undefined)
  const stays = shown.some((row) => row.id === first)
  const next = stays ? first : shown[0]?.id
  useEffect(() => setFirst(next), [next])
  return wanted ?? (narrow ? undefined : next)
}

/** A unit's board as its address asks for it, and the incident that is open beside it. */
export function useBoard(unit: string) {
  const [search, change] = useAddress(boardSearch)
  const narrow = useNarrow()
  const apply = useMemo(() => onBoard(unit), [unit])
  const view = useView<Views['board']>('dispatch', 'board', { unit }, { apply })
  const rows = view.data?.rows ?? none
  const { group, priority, station, phase, unsigned, urged } = search
  const filters = useMemo(() => ({ group, priority, station, phase, unsigned, urged }), [group, priority, station, phase, unsigned, urged])
  const { find } = useKinds()
  const seen = useMemo(() => ({ unit, groupOf: (kind: string) => find(kind)?.group }), [unit, find])
  const shown = useMemo(() => {
    const kept = filtered(rows, filters, seen)
    return [...kept.filter((row) => ringsFor(row, unit)), ...kept.filter((row) => !ringsFor(row, unit))]
  }, [rows, filters, seen, unit])
  const chosen = useChosen(shown, search.incident, narrow)
  return { unit, change, view, rows, shown, filters, seen, chosen }
}
type BoardState = ReturnType<typeof useBoard>

interface Props {
  readonly board: BoardState
  /** The units whose board can be looked at instead. */
  readonly options: readonly Option[]
  /** The columns that there is room for; all without it. */
  readonly only?: readonly string[]
}

function StartShift() {
  const { t } = useTranslation()
  const { account } = useMe()
  const { unlocked } = useSound()
  if (unlocked) return <Tag tone="good">{t('board.onShift')}</Tag>
  return (
    <Button type="primary" size="small" onClick={() => void unlock(account)}>
      {t('board.startShift')}
    </Button>
  )
}

function Summary({ board: { rows, shown: some, unit } }: { board: BoardState }) {
  const { t } = useTranslation()
  const waiting = rows.filter((row) => ringsFor(row, unit))
  const oldest = waiting.at(-1)
  const since = oldest ? ringsFor(oldest, unit)?.sent.time : undefined
  return (
    <small className="num">
      {t('board.count', { count: rows.length })}
      {some.length < rows.length ? ` · ${t('board.shown', { count: some.length })}` : ''}
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

function Head({ board, options }: Props) {
  const { t } = useTranslation()
  const me = useMe()
  const { unit, change } = board
  const rings = unitsOf(me, ['stationDuty', 'subBureauDuty']).includes(unit)
  return (
    <div className="panel-head">
      <h1>{t('board.title')}</h1>
      <Summary board={board} />
      <AsOf />
      <span className="grow" />
      {options.length > 1 ? (
        <div className="unit-choice">
          <Combobox
            label={t('board.unit')}
            value={unit}
            options={options}
            onChange={(next) => change({ unit: next, station: undefined, incident: undefined })}
          />
        </div>
      ) : null}
      {rings ? <StartShift /> : null}
    </div>
  )
}

export function BoardPanel({ board, options, only }: Props) {
  const { t } = useTranslation()
  const me = useMe()
  const narrow = useNarrow()
  const navigate = useNavigate()
  const units = useUnits()
  const { unit, change, view, rows, shown, filters, seen, chosen } = board
  const all = useColumns(unit, units.find(unit)?.kind ?? 'station')
  const columns = useMemo(() => (only ? all.filter(({ id }) => only.includes(id)) : all), [all, only])
  const painted = useCallback((ids: readonly string[]) => showing('board', ids), [])
  useEffect(() => () => showing('board', []), [])
  const open = (row: IncidentRow) => void navigate({ to: `/incident/${row.id}` })
  const ask = (part: Filters) => change({ ...part, incident: undefined })
  return (
    <section className="panel" aria-label={t('board.title')}>
      <Head board={board} options={options} />
      {holds(me, deskRoles) ? <ShiftStrip key={unit} unit={unit} own={unitsOf(me, deskRoles).includes(unit)} /> : null}
      <BoardFilters unit={unit} filters={filters} change={ask} />
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
          tone={(row) => (ringsFor(row, unit) || rungFor(row, unit) || lapseFor(row, unit) ? 'ringing' : undefined)}
          painted={painted}
          empty={
            rows.length > 0 ? (
              <AllHidden rows={rows} filters={filters} change={ask} seen={seen} />
            ) : (
              <Empty title={t('board.empty')}>{t('board.emptyHow', { unit: units.name(unit) })}</Empty>
            )
          }
        />
      ) : null}
    </section>
  )
}
