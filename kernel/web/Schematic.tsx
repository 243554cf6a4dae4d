import { type MouseEvent, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Tag } from './Tag.tsx'

type Ring = readonly (readonly [number, number])[]
export interface Area {
  readonly unit: string
  readonly boundary: readonly (readonly Ring[])[]
  readonly schematic: boolean
}
export interface Spot {
  readonly lon: number
  readonly lat: number
}

interface Props {
  readonly label: string
  readonly areas: readonly Area[]
  readonly name: (unit: string) => string
  readonly chosen?: readonly string[]
  readonly spot?: Spot | undefined
  /** Picking by hand; the keyboard's way is the field beside the map. */
  readonly pick?: (spot: Spot) => void
}

const width = 480

/** Equal scales for both axes at the middle latitude: enough for a schematic of a city. */
function projection(areas: readonly Area[]) {
  let [west, south, east, north] = [180, 90, -180, -90]
  for (const area of areas)
    for (const polygon of area.boundary)
      for (const ring of polygon)
        for (const [lon, lat] of ring) {
          west = Math.min(west, lon)
          east = Math.max(east, lon)
          south = Math.min(south, lat)
          north = Math.max(north, lat)
        }
  if (west >= east || south >= north) return null
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const scale = (width - 16) / ((east - west) * squeeze)
  return {
    height: Math.min(width * 1.1, (north - south) * scale + 16),
    x: (lon: number) => 8 + (lon - west) * squeeze * scale,
    y: (lat: number) => 8 + (north - lat) * scale,
    lon: (x: number) => west + (x - 8) / squeeze / scale,
    lat: (y: number) => north - (y - 8) / scale,
    fits: ({ lon, lat }: Spot) => lon >= west && lon <= east && lat >= south && lat <= north,
  }
}
type Projection = NonNullable<ReturnType<typeof projection>>

const drawn = (area: Area, { x, y }: Projection): string =>
  area.boundary
    .flat()
    .map((ring) => `M${ring.map(([lon, lat]) => `${x(lon).toFixed(1)} ${y(lat).toFixed(1)}`).join('L')}Z`)
    .join('')

function middle(area: Area, { x, y }: Projection): readonly [number, number] {
  const ring = [...area.boundary].map((polygon) => polygon[0] ?? []).sort((a, b) => b.length - a.length)[0] ?? []
  const sum = ring.reduce(([a, b], [lon, lat]) => [a + x(lon), b + y(lat)] as const, [0, 0] as readonly [number, number])
  return [sum[0] / ring.length, sum[1] / ring.length]
}

function Plummet({ spot, to }: { spot: Spot; to: Projection }) {
  const [x, y] = [to.x(spot.lon), to.y(spot.lat)]
  return (
    <g className="plummet">
      <line x1={x} x2={x} y1={y - 44} y2={y - 10} />
      <path d={`M${x - 6} ${y - 12}h12l-6 12z`} />
    </g>
  )
}

/** Boundaries and one point, drawn from the units' own areas; labelled as schematic wherever an area is made up. */
export function Schematic({ label, areas, name, chosen = [], spot, pick }: Props) {
  const { t } = useTranslation()
  const svg = useRef<SVGSVGElement>(null)
  const to = useMemo(() => projection(areas), [areas])
  const shapes = useMemo(() => (to ? areas.map((area) => ({ area, path: drawn(area, to), at: middle(area, to) })) : []), [areas, to])
  if (!to) return <div className="schematic none">{t('map.none')}</div>
  const click = (event: MouseEvent) => {
    const matrix = svg.current?.getScreenCTM()
    if (!pick || !matrix) return
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse())
    pick({ lon: Number(to.lon(point.x).toFixed(5)), lat: Number(to.lat(point.y).toFixed(5)) })
  }
  return (
    <div className="schematic">
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the field beside the map takes the same point by keyboard */}
      <svg
        ref={svg}
        viewBox={`0 0 ${width} ${to.height}`}
        role="img"
        aria-label={label}
        onClick={click}
        className={pick ? 'pick' : undefined}
      >
        {shapes.map(({ area, path }) => (
          <path key={area.unit} d={path} className={chosen.includes(area.unit) ? 'area chosen' : 'area'} fillRule="evenodd" />
        ))}
        {shapes.length <= 40
          ? shapes.map(({ area, at }) => (
              <text key={area.unit} x={at[0]} y={at[1]} className={chosen.includes(area.unit) ? 'chosen' : undefined} textAnchor="middle">
                {name(area.unit)}
              </text>
            ))
          : null}
        {spot && to.fits(spot) ? <Plummet spot={spot} to={to} /> : null}
      </svg>
      {areas.some((area) => area.schematic) ? <Tag tone="calm">{t('map.schematic')}</Tag> : null}
    </div>
  )
}
