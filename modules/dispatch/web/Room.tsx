import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAddress, useNarrow } from '#kernel/web/screen.ts'
import { Empty, Loading, Trouble } from '#kernel/web/States.tsx'
import { useUnits } from '#kernel/web/units.ts'
import { BoardDetail } from './BoardDetail.tsx'
import { BoardPanel, useBoard } from './BoardPanel.tsx'
import { useReachedUnits } from './reach.ts'
import { RoomMap, RoomOfficers, RoomToday } from './RoomPanels.tsx'
import { boardSearch } from './search.ts'
import './room.css'

/** The columns of the board that there is room for beside everything else; the rest stands in the detail. */
const columns = ['number', 'what', 'where', 'signed', 'progress']
const panes = ['board', 'map', 'people'] as const

/** At phone width one pane at a time. */
function Panes({ shown, show }: { shown: string; show: (pane: (typeof panes)[number]) => void }) {
  const { t } = useTranslation()
  return (
    <div className="panes" role="group" aria-label={t('room.panes')}>
      {panes.map((pane) => (
        <button key={pane} type="button" aria-pressed={pane === shown} onClick={() => show(pane)}>
          {t(`room.${pane}`)}
        </button>
      ))}
    </div>
  )
}

function StationRoom({ unit, options }: { unit: string; options: ReturnType<typeof useReachedUnits>['options'] }) {
  const { t } = useTranslation()
  const narrow = useNarrow()
  const board = useBoard(unit)
  const [pane, setPane] = useState<(typeof panes)[number]>('board')
  const map = <RoomMap unit={unit} rows={board.rows} chosen={board.chosen} />
  const people = (
    <>
      <RoomToday unit={unit} />
      <RoomOfficers unit={unit} />
    </>
  )
  if (narrow)
    return (
      <div className="columns room">
        <Panes shown={pane} show={setPane} />
        {pane === 'board' ? <BoardPanel board={board} options={options} /> : <h1 className="room-name">{t('room.title')}</h1>}
        {pane === 'map' ? map : null}
        {pane === 'people' ? people : null}
      </div>
    )
  return (
    <div className="columns room">
      <BoardPanel board={board} options={options} only={columns} />
      <BoardDetail id={board.chosen} />
      <div className="room-side">
        {map}
        {people}
      </div>
    </div>
  )
}

/** A station's command room on one screen: its board, what may be done, where its incidents and its patrols are, and how its day goes. */
export default function Room() {
  const { t } = useTranslation()
  const units = useUnits()
  const [search] = useAddress(boardSearch)
  const { own, options } = useReachedUnits()
  const stations = options.filter(({ value }) => units.find(value)?.kind === 'station')
  const home = stations.find(({ value }) => value === own) ?? stations[0]
  const unit = search.unit ?? home?.value
  if (unit === undefined && units.ready) return <Empty title={t('room.none')}>{t('room.noneHow')}</Empty>
  if (unit === undefined)
    return (
      <section className="panel">
        <h1 className="room-name">{t('room.title')}</h1>
        {units.failure ? <Trouble failure={units.failure} again={units.again} /> : <Loading />}
      </section>
    )
  return <StationRoom key={unit} unit={unit} options={stations} />
}
