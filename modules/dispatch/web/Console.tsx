import { Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Schematic } from '#kernel/web/Schematic.tsx'
import { unitsOf, useMe } from '#kernel/web/session.tsx'
import { Empty, Loading, Trouble, useSentence } from '#kernel/web/States.tsx'
import { Sign, Tag } from '#kernel/web/Tag.tsx'
import { briefTime, clockTime, serverNow } from '#kernel/web/time.ts'
import { useUnits } from '#kernel/web/units.ts'
import { useView } from '#kernel/web/view.ts'
import type { IncidentRow, Views } from '../contract.ts'
import { useAreas } from './areas.ts'
import { Progress, What } from './BoardColumns.tsx'
import { IncidentLanes } from './Detail.tsx'
import type { Kept } from './draft.ts'
import { IntakeForm } from './IntakeForm.tsx'
import { type Intake, type IntakeState, useIntake } from './intake.ts'
import { onMine } from './live.ts'
import { pointOf, spotText } from './place.ts'
import { useSettled } from './settled.ts'
import './dispatch.css'

type Receivers = { readonly station: string | null; readonly subBureau: string | null }

/** Who will get it: the chosen unit, else whom the boundary says; `undefined` while that is not known. */
function useReceivers(intake: Intake): Receivers | null | undefined {
  const units = useUnits()
  const point = pointOf(intake.place)
  const asked = useSettled(point ? `${point.lon} ${point.lat}` : '', 150)
  const [lon = '', lat = ''] = asked.split(' ')
  const { data } = useView<Views['responsible']>('dispatch', 'responsible', { lon, lat }, { enabled: asked !== '' && !intake.unit })
  const chosen = units.find(intake.unit)
  if (chosen)
    return chosen.kind === 'station' ? { station: chosen.code, subBureau: chosen.parent } : { station: null, subBureau: chosen.code }
  if (!point) return null
  return data
}

function ReceiversLine({ receivers, point }: { receivers: Receivers | null | undefined; point: boolean }) {
  const { t } = useTranslation()
  const units = useUnits()
  if (receivers === undefined) return <p className="receivers">{t('intake.asking')}</p>
  if (receivers?.station)
    return (
      <p className="receivers" role="status">
        <b>{units.name(receivers.station)}</b> {t('intake.and')} <b>{units.name(receivers.subBureau)}</b> {t('intake.willReceive')}
      </p>
    )
  const text = receivers?.subBureau
    ? t('intake.onlySubBureau', { unit: units.name(receivers.subBureau) })
    : t(point ? 'intake.outside' : 'intake.nobody')
  return (
    <p className="receivers" role="status">
      <Sign tone="warn" /> {text}
    </p>
  )
}

/** The bureau's areas; the sub-bureau's own as soon as it is known. */
function MapPanel({ state, receivers }: { state: IntakeState; receivers: Receivers | null | undefined }) {
  const { t } = useTranslation()
  const me = useMe()
  const units = useUnits()
  const [whole, setWhole] = useState(false)
  const own = unitsOf(me, ['callTaker'])[0] ?? me.unit
  const bureau = units.find(own)?.kind === 'bureau' ? own : (units.find(own)?.parent ?? own)
  const near = whole ? undefined : receivers?.subBureau
  const areas = useAreas(near ?? bureau, units.ready)
  const point = pointOf(state.intake.place)
  const chosen = [receivers?.station, receivers?.subBureau].filter((unit) => unit !== null && unit !== undefined)
  return (
    <section className="panel map" aria-label={t('map.title')}>
      <div className="panel-head">
        <h2>{t('map.title')}</h2>
        <small>{units.name(near ?? bureau)}</small>
        <span className="grow" />
        {receivers?.subBureau ? (
          <button type="button" className="plain" onClick={() => setWhole(!whole)}>
            {t(whole ? 'map.near' : 'map.whole')}
          </button>
        ) : null}
      </div>
      <div className="map-body">
        <Schematic
          label={t('map.label', { unit: units.name(near ?? bureau) })}
          areas={areas}
          name={(unit) => units.name(unit)}
          chosen={chosen}
          spot={point ?? undefined}
          pick={(spot) => state.set({ place: { ...state.intake.place, spot: spotText(spot), unknown: false, taken: undefined } })}
        />
      </div>
    </section>
  )
}

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
        <time className="num">{briefTime(row.opened, serverNow())}</time>
      </p>
      <IncidentLanes row={row} />
    </li>
  )
}

/** What I have sent and how far it came: the receipt of both levels is read here, with who and from where the time is known. */
function MyIncidents({ sent }: { sent: string | undefined }) {
  const { t } = useTranslation()
  const { account } = useMe()
  const apply = useMemo(() => onMine(account), [account])
  const view = useView<Views['mine']>('dispatch', 'mine', {}, { apply })
  const rows = view.data?.rows
  return (
    <section className="panel own" aria-label={t('intake.mine')}>
      <div className="panel-head">
        <h2>{t('intake.mine')}</h2>
        <small className="num">{rows ? t('board.count', { count: rows.length }) : ''}</small>
      </div>
      {view.failure && !rows ? <Trouble failure={view.failure} again={view.again} /> : null}
      {view.loading ? <Loading /> : null}
      {rows?.length === 0 ? <Empty title={t('intake.mineEmpty')}>{t('intake.mineEmptyHow')}</Empty> : null}
      <ul className="panel-body" aria-live="polite" aria-relevant="additions" tabIndex={rows && rows.length > 0 ? 0 : -1}>
        {rows?.map((row) => (
          <MyIncident key={row.id} row={row} fresh={row.id === sent} />
        ))}
      </ul>
    </section>
  )
}

/** What the server has of the form, said as it is. */
function DraftLine({ kept }: { kept: Kept }) {
  const { t } = useTranslation()
  const sentence = useSentence()
  switch (kept.is) {
    case 'none':
      return null
    case 'kept':
      return <small className="draft num">{t('intake.draftKept', { time: clockTime(kept.at) })}</small>
    case 'pending':
      return <small className="draft">{t('intake.draftPending')}</small>
    case 'failed':
      return (
        <small className="draft">
          <Sign tone="warn" /> {t('intake.draftFailed', { why: sentence(kept.failure) })}
        </small>
      )
  }
}

export default function Console() {
  const { t } = useTranslation()
  const state = useIntake()
  const receivers = useReceivers(state.intake)
  const point = pointOf(state.intake.place) !== null
  return (
    <div className="columns console">
      <section className="panel" aria-label={t('intake.title')}>
        <div className="panel-head">
          <h1>{t('intake.title')}</h1>
          <small className="how">{t('intake.how')}</small>
          <span className="grow" />
          <span role="status">{state.sent ? <Tag tone="good">{t('intake.sent')}</Tag> : null}</span>
          <DraftLine kept={state.kept} />
        </div>
        <IntakeForm state={state} receivers={<ReceiversLine receivers={receivers} point={point} />} />
      </section>
      <MapPanel state={state} receivers={receivers} />
      <MyIncidents sent={state.sent?.incident} />
    </div>
  )
}
