import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Schematic } from '#kernel/web/Schematic.tsx'
import { useConnection } from '#kernel/web/live.ts'
import { undelivered, useOutbox } from '#kernel/web/outbox.ts'
import { unitsOf, useMe } from '#kernel/web/session.tsx'
import { useSentence } from '#kernel/web/States.tsx'
import { Sign, Tag } from '#kernel/web/Tag.tsx'
import { clockTime } from '#kernel/web/time.ts'
import { useUnits } from '#kernel/web/units.ts'
import { useView } from '#kernel/web/view.ts'
import type { Views } from '../contract.ts'
import { useAreas } from './areas.ts'
import type { Kept } from './draft.ts'
import type { Intake } from './form.ts'
import { IntakeForm } from './IntakeForm.tsx'
import { type IntakeState, useIntake } from './intake.ts'
import { MyIncidents } from './Own.tsx'
import { pointOf, spotText } from './place.ts'
import { useSettled } from './settled.ts'
import './dispatch.css'

type Receivers = { readonly station: string | null; readonly subBureau: string | null }

/** Who will get it: the chosen unit, else whom the boundary says; `undefined` while that is not known, `away` when nobody can be asked. */
function useReceivers(intake: Intake): { readonly receivers: Receivers | null | undefined; readonly away: boolean } {
  const units = useUnits()
  const point = pointOf(intake.place)
  const asked = useSettled(point ? `${point.lon} ${point.lat}` : '', 150)
  const [lon = '', lat = ''] = asked.split(' ')
  const enabled = asked !== '' && !intake.unit
  const { data, failure } = useView<Views['responsible']>('dispatch', 'responsible', { lon, lat }, { enabled })
  const late = useConnection().state === 'late'
  const chosen = units.find(intake.unit)
  const known = (receivers: Receivers | null) => ({ receivers, away: false })
  if (chosen)
    return known(chosen.kind === 'station' ? { station: chosen.code, subBureau: chosen.parent } : { station: null, subBureau: chosen.code })
  if (!point) return known(null)
  return data ? known(data) : { receivers: undefined, away: late || failure !== undefined }
}

function ReceiversLine({ receivers, away, point }: ReturnType<typeof useReceivers> & { point: boolean }) {
  const { t } = useTranslation()
  const units = useUnits()
  if (away)
    return (
      <p className="receivers" role="status">
        <Sign tone="warn" /> {t('intake.unasked')}
      </p>
    )
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
          <Sign tone="warn" /> {kept.failure.unanswered ? t('intake.draftHere') : t('intake.draftFailed', { why: sentence(kept.failure) })}
        </small>
      )
  }
}

/** What becomes of calls while the server is away. */
function AwayLine() {
  const { t } = useTranslation()
  const late = useConnection().state === 'late'
  return (
    <p className={late ? 'away' : ''} role="status">
      {late ? (
        <>
          <Sign tone="warn" /> {t('intake.away')}
        </>
      ) : null}
    </p>
  )
}

/** What became of the call that was given last. */
function SentTag({ sent }: { sent: IntakeState['sent'] }) {
  const { t } = useTranslation()
  const waits = undelivered(useOutbox()).some(({ intention }) => intention.stream === sent?.incident)
  if (sent === null) return null
  return <Tag tone={waits ? 'warn' : 'good'}>{t(waits ? 'intake.unsent' : 'intake.sent')}</Tag>
}

export default function Console() {
  const { t } = useTranslation()
  const state = useIntake()
  const { receivers, away } = useReceivers(state.intake)
  const point = pointOf(state.intake.place) !== null
  return (
    <div className="columns console">
      <section className="panel" aria-label={t('intake.title')}>
        <div className="panel-head">
          <h1>{t('intake.title')}</h1>
          <small className="how">{t('intake.how')}</small>
          <span className="grow" />
          <span role="status">
            <SentTag sent={state.sent} />
          </span>
          <DraftLine kept={state.kept} />
        </div>
        <AwayLine />
        <IntakeForm state={state} receivers={<ReceiversLine receivers={receivers} away={away} point={point} />} />
      </section>
      <MapPanel state={state} receivers={receivers} />
      <MyIncidents state={state} />
    </div>
  )
}
