import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type Column, Grid } from '#kernel/web/Grid.tsx'
import { Plumb } from '#kernel/web/Plumb.tsx'
import { useAddress, useNarrow } from '#kernel/web/screen.ts'
import { unitsOf, useMe } from '#kernel/web/session.tsx'
import { DetailHead, Empty, Loading, Trouble } from '#kernel/web/States.tsx'
import { Since, Tag, type Tone } from '#kernel/web/Tag.tsx'
import { briefTime, serverNow } from '#kernel/web/time.ts'
import { type Units, useUnits } from '#kernel/web/units.ts'
import { useView } from '#kernel/web/view.ts'
import type { Views } from '../contract.ts'
import type { DeskRow } from '../contract/shift.ts'
import { bob } from './Detail.tsx'
import { type DeskState, stateOf, useStaffing } from './desk.ts'
import { useKinds } from './kinds.ts'
import { desksSearch } from './search.ts'
import { tell } from './trace.ts'
import './dispatch.css'

/** Screens make no frames: the list is read anew so often, in milliseconds. */
const pace = 15_000
const tones: Record<DeskState, Tone> = { silent: 'alarm', ended: 'alarm', offered: 'warn', staffed: 'good', unstaffed: 'calm' }
const order: readonly DeskState[] = ['silent', 'ended', 'offered', 'unstaffed', 'staffed']
const kinds = new Set(['bureau', 'subBureau', 'station'])
const nothing = { alive: 0, visible: 0, seen: null }

/** Every desk at or below a unit, those that need somebody first; a unit that the server knows no shift of has had none. */
function desksOf(units: Units, unit: string, rows: readonly DeskRow[]): readonly DeskRow[] {
  const known = new Map(rows.map((row) => [row.unit, row]))
  const all = units.under(unit).filter((one) => !one.closed && kinds.has(one.kind))
  return all
    .map(({ code }): DeskRow => known.get(code) ?? { unit: code, shift: null, screens: nothing })
    .toSorted((a, b) => order.indexOf(stateOf(a.shift)) - order.indexOf(stateOf(b.shift)) || a.unit.localeCompare(b.unit))
}

function StateTag({ row: { shift } }: { row: DeskRow }) {
  const { t } = useTranslation()
  const state = stateOf(shift)
  return (
    <Tag tone={tones[state]}>
      {t(`desks.${state}`)}
      {state === 'silent' && shift?.silent ? (
        <>
          {' '}
          <Since time={shift.silent.since} short />
        </>
      ) : null}
    </Tag>
  )
}

const running = ({ shift }: DeskRow) => (shift !== null && shift.ended === null ? shift : null)

function Who({ row }: { row: DeskRow }) {
  const { t } = useTranslation()
  return (
    <>
      {running(row)
        ?.people.map(({ name }) => name)
        .join(t('shell.comma')) ?? '—'}
    </>
  )
}

function Seen({ row: { screens } }: { row: DeskRow }) {
  const { t } = useTranslation()
  return screens.seen === null ? <>{t('desks.never')}</> : <Since time={screens.seen} short />
}

function useDeskColumns(): readonly Column<DeskRow>[] {
  const { t } = useTranslation()
  const units = useUnits()
  return useMemo(
    () => [
      { id: 'desk', header: t('desks.desk'), width: 'minmax(0, 1fr)', cell: (row) => units.name(row.unit) },
      { id: 'state', header: t('desks.state'), width: '150px', cell: (row) => <StateTag row={row} /> },
      { id: 'who', header: t('desks.who'), width: 'minmax(0, 0.8fr)', cell: (row) => <Who row={row} /> },
      {
        id: 'since',
        header: t('desks.since'),
        width: '96px',
        cell: (row) => <span className="num">{running(row) ? briefTime(running(row)?.since ?? '', serverNow()) : '—'}</span>,
      },
      {
        id: 'screens',
        header: t('desks.screens'),
        width: '80px',
        right: true,
        cell: (row) => <span className="num">{row.screens.alive}</span>,
      },
      { id: 'seen', header: t('desks.seen'), width: '96px', right: true, cell: (row) => <Seen row={row} /> },
    ],
    [t, units],
  )
}

/** Everything that happened on the desk's last shift, on its line. */
function Record({ row }: { row: DeskRow | undefined }) {
  const { t } = useTranslation()
  const units = useUnits()
  const named = { units, kinds: useKinds() }
  const id = row?.shift?.id
  const enabled = id !== undefined
  const view = useView<Views['shift']>(
    'dispatch',
    'shift',
    { id: id ?? '' },
    { enabled, apply: (data, { stream }) => (stream === id ? null : data) },
  )
  if (row === undefined) return <Empty title={t('desks.nothingChosen')}>{t('desks.how')}</Empty>
  return (
    <>
      <div className="panel-head">
        <DetailHead>{units.name(row.unit)}</DetailHead>
        <StateTag row={row} />
      </div>
      <div className="panel-body pad" tabIndex={0}>
        {enabled ? null : <p className="nothing">{t('desks.noShift')}</p>}
        {view.failure && !view.data ? <Trouble failure={view.failure} again={view.again} /> : null}
        {view.loading ? <Loading /> : null}
        {view.data ? (
          <Plumb
            label={t('desks.trace')}
            bobs={view.data.trace.map((entry) =>
              bob(
                String(entry.n),
                entry.at,
                entry.type === 'deskSilent' ? 'alarm' : entry.by === null ? 'passed' : 'done',
                tell(entry, t, named),
              ),
            )}
          />
        ) : null}
      </div>
    </>
  )
}

/** Which desks below one's unit are staffed, by whom and since when, how many screens they have, and which are silent. */
export default function Desks() {
  const { t } = useTranslation()
  const me = useMe()
  const narrow = useNarrow()
  const units = useUnits()
  const [search, change] = useAddress(desksSearch)
  const unit = unitsOf(me, ['citySupervisor', 'subBureauDuty'])[0] ?? me.unit
  const view = useStaffing(unit, pace)
  const rows = useMemo(() => (view.data ? desksOf(units, unit, view.data.rows) : []), [units, unit, view.data])
  const columns = useDeskColumns()
  const staffed = rows.filter((row) => running(row) !== null).length
  const chosen = rows.find((row) => row.unit === search.desk)
  const detail = (
    <section className="panel detail" aria-label={t('desks.trace')}>
      {narrow ? (
        <button type="button" className="plain back" onClick={() => change({ desk: undefined })}>
          {t('shell.back')}
        </button>
      ) : null}
      <Record row={chosen} />
    </section>
  )
  if (narrow && chosen) return <div className="columns">{detail}</div>
  return (
    <div className="columns board desks">
      <section className="panel" aria-label={t('desks.title')}>
        <div className="panel-head">
          <h1>{t('desks.title')}</h1>
          <small className="num">{t('desks.count', { staffed, all: rows.length })}</small>
        </div>
        {view.failure && !view.data ? <Trouble failure={view.failure} again={view.again} /> : null}
        {view.loading ? <Loading /> : null}
        {view.data ? (
          <Grid
            label={t('desks.title')}
            rows={rows}
            id={(row) => row.unit}
            columns={columns}
            narrow={(row) => (
              <>
                <div>
                  <span className="text">{units.name(row.unit)}</span>
                  <StateTag row={row} />
                </div>
                <div>
                  <span className="text">
                    <Who row={row} />
                  </span>
                  <small className="num">
                    {t('shift.screens', { count: row.screens.alive })} · <Seen row={row} />
                  </small>
                </div>
              </>
            )}
            chosen={search.desk}
            choose={(row) => change({ desk: row.unit })}
            tone={(row) => (['silent', 'ended'].includes(stateOf(row.shift)) ? 'ringing' : undefined)}
            empty={<Empty title={t('desks.none')}>{t('desks.noneHow')}</Empty>}
          />
        ) : null}
      </section>
      {narrow ? null : detail}
    </div>
  )
}
