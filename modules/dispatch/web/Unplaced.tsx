import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Role } from '#kernel/decider.ts'
import { useReason } from '#kernel/web/Actions.tsx'
import { useCommand } from '#kernel/web/command.ts'
import { failed } from '#kernel/web/api.ts'
import { Form } from '#kernel/web/Form.tsx'
import { type Column, Grid } from '#kernel/web/Grid.tsx'
import { useAddress, useNarrow } from '#kernel/web/screen.ts'
import { unitsOf, useMe } from '#kernel/web/session.tsx'
import { DetailHead, Empty, Loading, Trouble } from '#kernel/web/States.tsx'
import { Since, Tag } from '#kernel/web/Tag.tsx'
import { useUnits } from '#kernel/web/units.ts'
import { unitOptions } from '#kernel/web/reach.ts'
import { useView } from '#kernel/web/view.ts'
import { commands, type IncidentRow, type Views } from '../contract.ts'
import { shortNumber, What } from './BoardColumns.tsx'
import { Trace, useIncident, WithIncident } from './Detail.tsx'
import { onUnplaced } from './live.ts'
import { receives } from './offers.tsx'
import { PlaceField } from './PlaceField.tsx'
import { unplacedSearch } from './search.ts'
import { placeText } from './trace.ts'
import './dispatch.css'

const roles: readonly Role[] = ['callTaker', 'subBureauDuty', 'citySupervisor']

function LocateForm({ id, done }: { id: string; done: () => void }) {
  const { t } = useTranslation()
  const units = useUnits()
  const { busy, send } = useCommand()
  const give = async (data: unknown) => {
    const answer = await send({ module: 'dispatch', stream: id, type: 'locate', data })
    if (failed(answer)) return answer
    done()
    return null
  }
  return (
    <Form
      schema={commands.locate}
      units={unitOptions(units, receives)}
      controls={{ place: (control) => <PlaceField control={control} /> }}
      submit={t('action.locate')}
      busy={busy}
      send={give}
    />
  )
}

function Locate({ id, close }: { id: string | undefined; close: () => void }) {
  const { t } = useTranslation()
  const view = useIncident(id)
  const reason = useReason()
  if (id === undefined) return <Empty title={t('unplaced.nothingChosen')}>{t('unplaced.how')}</Empty>
  return (
    <WithIncident view={view} head={<DetailHead>{t('action.locate')}</DetailHead>}>
      {(whole) => (
        <>
          <div className="panel-head">
            <DetailHead>
              {t('action.locate')} <span className="num">{whole.row.number}</span>
            </DetailHead>
            <span className="grow" />
            <button type="button" className="plain" onClick={close}>
              {t('shell.close')}
            </button>
          </div>
          <div className="panel-body pad" tabIndex={0}>
            <p className="narrative">
              <What row={whole.row} />
            </p>
            <p className="where">
              {placeText(whole.row.place, t)}{' '}
              {whole.calls.map((call) => [call.number, call.name].filter(Boolean).join(' ')).join(t('shell.comma'))}
            </p>
            {whole.can.locate === true ? (
              <LocateForm key={id} id={id} done={close} />
            ) : (
              <p>{reason(whole.can.locate) || t('unplaced.notYours')}</p>
            )}
            <Trace whole={whole} />
          </div>
        </>
      )}
    </WithIncident>
  )
}

function useUnplacedColumns(): readonly Column<IncidentRow>[] {
  const { t } = useTranslation()
  const units = useUnits()
  return useMemo(
    () => [
      { id: 'number', header: t('board.number'), width: '74px', cell: (row) => <span className="num">{shortNumber(row.number)}</span> },
      { id: 'what', header: t('board.what'), width: 'minmax(0, 1fr)', cell: (row) => <What row={row} /> },
      { id: 'where', header: t('board.where'), width: 'minmax(90px, 0.5fr)', cell: (row) => placeText(row.place, t) },
      {
        id: 'level',
        header: t('unplaced.with'),
        width: '128px',
        cell: (row) => (row.subBureau ? units.name(row.subBureau) : units.name(row.bureau)),
      },
      {
        id: 'since',
        header: t('unplaced.since'),
        width: '116px',
        cell: (row) =>
          row.imported ? <Tag tone="calm">{t('source.imported')}</Tag> : <Tag tone="warn">{<Since time={row.opened} />}</Tag>,
      },
    ],
    [t, units],
  )
}

const none: readonly IncidentRow[] = []

/** Incidents whose place nobody knows yet: a state of its own, never a lost one. */
export default function Unplaced() {
  const { t } = useTranslation()
  const me = useMe()
  const narrow = useNarrow()
  const [search, change] = useAddress(unplacedSearch)
  const unit = search.unit ?? unitsOf(me, roles)[0] ?? me.unit
  const apply = useMemo(() => onUnplaced(unit), [unit])
  const view = useView<Views['unplaced']>('dispatch', 'unplaced', { unit }, { apply })
  const rows = view.data?.rows ?? none
  const columns = useUnplacedColumns()
  const close = () => change({ incident: undefined })
  const detail = (
    <section className="panel detail" aria-label={t('action.locate')}>
      <Locate id={search.incident} close={close} />
    </section>
  )
  if (narrow && search.incident) return <div className="columns">{detail}</div>
  return (
    <div className="columns board">
      <section className="panel" aria-label={t('unplaced.title')}>
        <div className="panel-head">
          <h1>{t('unplaced.title')}</h1>
          <small className="num">{t('board.count', { count: rows.length })}</small>
        </div>
        {view.failure && !view.data ? <Trouble failure={view.failure} again={view.again} /> : null}
        {view.loading ? <Loading /> : null}
        {view.data ? (
          <Grid
            label={t('unplaced.title')}
            rows={rows}
            id={(row) => row.id}
            columns={columns}
            narrow={(row) => (
              <>
                <div>
                  <span className="text">
                    <What row={row} />
                  </span>
                  {columns[4]?.cell(row)}
                </div>
                <div>
                  <span className="num">{shortNumber(row.number)}</span>
                  <span className="text">{placeText(row.place, t)}</span>
                </div>
              </>
            )}
            chosen={search.incident}
            choose={(row) => change({ incident: row.id })}
            empty={<Empty title={t('unplaced.empty')}>{t('unplaced.emptyHow')}</Empty>}
          />
        ) : null}
      </section>
      {narrow ? null : detail}
    </div>
  )
}
