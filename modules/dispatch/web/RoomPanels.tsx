import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type Mark, Schematic } from '#kernel/web/Schematic.tsx'
import { useMe } from '#kernel/web/session.tsx'
import { Loading, Trouble } from '#kernel/web/States.tsx'
import { useSound } from '#kernel/web/sound.ts'
import { Since, Sign, Tag } from '#kernel/web/Tag.tsx'
import { briefTime, clockTime, serverNow } from '#kernel/web/time.ts'
import { useUnits } from '#kernel/web/units.ts'
import { useView } from '#kernel/web/view.ts'
import type { IncidentRow, OfficerRow, Views } from '../contract.ts'
import { useAreas } from './areas.ts'
import { shortNumber } from './BoardColumns.tsx'
import { useKinds } from './kinds.ts'
import { ringsFor } from './live.ts'
import { lateAfter, shareInTime, useAmount } from './wall.ts'

/** Positions make no frames of their own: they are read anew when something happens, at most this often in milliseconds, and every half minute. */
const pace = 5000

interface MapProps {
  readonly unit: string
  readonly rows: readonly IncidentRow[]
  readonly chosen: string | undefined
}

const signs = { incidents: 'line', free: 'good', busy: 'calm' } as const

/** What the marks stand for: incidents are round, officers square. */
function MapKey() {
  const { t } = useTranslation()
  return (
    <p className="map-key">
      {(Object.keys(signs) as (keyof typeof signs)[]).map((name) => (
        <span key={name}>
          <svg className={`mark-key ${signs[name]}`} viewBox="0 0 10 10" aria-hidden="true">
            {name === 'incidents' ? <circle cx="5" cy="5" r="4" /> : <rect x="1" y="1" width="8" height="8" />}
          </svg>
          {t(`room.${name}`)}
        </span>
      ))}
    </p>
  )
}

/** The station's area, its open incidents and its patrols; the chosen incident has the plumb line, the longest unsigned one the ring. */
export function RoomMap({ unit, rows, chosen }: MapProps) {
  const { t } = useTranslation()
  const units = useUnits()
  const kinds = useKinds()
  const areas = useAreas(unit)
  const patrols = useView<Views['patrols']>('dispatch', 'patrols', { unit }, { pace })
  const placed = rows.flatMap((row) => (row.place.kind === 'point' ? [{ row, place: row.place }] : []))
  const longest = placed.findLast(({ row }) => ringsFor(row, unit))?.row.id
  const spot = placed.find(({ row }) => row.id === chosen)?.place
  const name = kinds.name
  const marks = useMemo(
    () => [
      ...placed.map(
        ({ row, place: { lon, lat } }): Mark => ({
          id: row.id,
          lon,
          lat,
          tone: row.id === longest ? 'alarm' : 'line',
          title: `${shortNumber(row.number)} ${name(row.kind)}`,
        }),
      ),
      ...(patrols.data?.rows ?? []).map(
        (patrol): Mark => ({
          id: patrol.account,
          lon: patrol.lon,
          lat: patrol.lat,
          tone: patrol.incident ? 'calm' : 'good',
          moving: true,
          title: `${patrol.name} ${briefTime(patrol.at, serverNow())}`,
        }),
      ),
    ],
    [placed, longest, patrols.data, name],
  )
  return (
    <section className="panel room-map" aria-label={t('map.title')}>
      <div className="panel-head">
        <h2>{units.name(unit)}</h2>
        <small className="num">{t('room.onMap', { incidents: placed.length, patrols: patrols.data?.rows.length ?? 0 })}</small>
      </div>
      <div className="map-body">
        <Schematic
          label={t('room.mapLabel', { unit: units.name(unit), incidents: placed.length, patrols: patrols.data?.rows.length ?? 0 })}
          areas={areas}
          name={(code) => units.name(code)}
          chosen={[unit]}
          marks={marks}
          spot={spot}
        />
      </div>
      <MapKey />
    </section>
  )
}

/** Who has the watch at this screen, as far as the screen itself knows; nobody is said to be present because an account is. */
function Shift() {
  const { t } = useTranslation()
  const me = useMe()
  const { begun } = useSound()
  return (
    <p className="shift">
      {begun?.by === me.account ? (
        <>
          <Sign tone="good" /> {t('room.shift', { name: me.name, time: clockTime(begun.since) })}
        </>
      ) : (
        <>
          <Sign tone="calm" /> {t('room.noShift')}
        </>
      )}
    </p>
  )
}

/** The station's own day, by the same figures as the wall's. */
export function RoomToday({ unit }: { unit: string }) {
  const { t } = useTranslation()
  const amount = useAmount()
  const { data, failure, again, loading } = useView<Views['wall']>('dispatch', 'wall', { unit }, { pace })
  const inTime = data ? shareInTime(data.bands) : null
  const since = data?.waiting.since
  const late = since && serverNow() - Date.parse(since) > lateAfter
  return (
    <section className="panel" aria-label={t('room.today')}>
      <div className="panel-head">
        <h2>{t('room.today')}</h2>
        <small className="num">{data?.day}</small>
      </div>
      {failure && !data ? <Trouble failure={failure} again={again} /> : null}
      {loading ? <Loading /> : null}
      {data ? (
        <dl className="day num">
          <div>
            <dt>{t('wall.inTime')}</dt>
            <dd>
              <b>{inTime ? (inTime.share * 100).toFixed(1) : '—'}</b> {inTime ? '%' : ''}
            </dd>
          </div>
          <div>
            <dt>{t('filter.unsigned')}</dt>
            <dd className={late ? 'alarm' : undefined}>
              {late ? <Sign tone="alarm" /> : null} <b>{amount(data.waiting.lines)}</b> {since ? <Since time={since} short /> : null}
            </dd>
          </div>
          <div>
            <dt>{t('room.over')}</dt>
            <dd>
              <b>{amount(data.today.over)}</b> / {amount(data.today.incidents)}
            </dd>
          </div>
        </dl>
      ) : null}
      <Shift />
    </section>
  )
}

function Officer({ row }: { row: OfficerRow }) {
  const { t } = useTranslation()
  return (
    <li>
      <span className="text">{row.name}</span>
      {row.incident && row.number ? (
        <Link to={`/incident/${row.incident}`} className="num">
          {t('officers.busy', { number: shortNumber(row.number) })}
        </Link>
      ) : (
        <Tag tone="good">{t('officers.free')}</Tag>
      )}
      <small className="num">
        {row.at ? (
          <>
            {t('officers.seen')} <Since time={row.at} short />
          </>
        ) : (
          t('room.noPosition')
        )}
      </small>
    </li>
  )
}

/** The officers whom the station can send: free or on what, and how old each one's position is. */
export function RoomOfficers({ unit }: { unit: string }) {
  const { t } = useTranslation()
  const { data, failure, again, loading } = useView<Views['officers']>('dispatch', 'officers', { unit }, { pace })
  const rows = data?.rows
  return (
    <section className="panel room-officers" aria-label={t('room.people')}>
      <div className="panel-head">
        <h2>{t('room.people')}</h2>
        <small className="num">
          {rows ? t('room.freeOf', { free: rows.filter((row) => row.incident === null).length, all: rows.length }) : ''}
        </small>
      </div>
      {failure && !rows ? <Trouble failure={failure} again={again} /> : null}
      {loading ? <Loading /> : null}
      {rows?.length === 0 ? <p className="nothing">{t('room.noPeople')}</p> : null}
      <ul className="panel-body" tabIndex={rows && rows.length > 0 ? 0 : -1}>
        {rows?.map((row) => (
          <Officer key={row.account} row={row} />
        ))}
      </ul>
    </section>
  )
}
