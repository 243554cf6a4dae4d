import { type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef, useState } from 'react'
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

/** Something on the map beside the one point. Its tone has its sign: what is alarmed is ringed, everything else a dot or, `moving`, a square. */
export interface Mark extends Spot {
  readonly id: string
  readonly tone: 'line' | 'alarm' | 'good' | 'calm'
  readonly moving?: boolean
  readonly title?: string
}

interface Props {
  readonly label: string
  readonly areas: readonly Area[]
  readonly name: (unit: string) => string
  readonly chosen?: readonly string[]
  /** Areas that something is to be said about. */
  readonly noted?: readonly string[]
  readonly spot?: Spot | undefined
  readonly marks?: readonly Mark[]
  /** How large names are, in pixels. */
  readonly lettering?: number
  /** Picking by hand: a click, or the arrow keys that move the pin while the map has the keyboard. */
  readonly pick?: (spot: Spot) => void
}

const edge = 10
const unmarked: readonly Mark[] = []

/** The room that the map has: drawn at its true size, so that names keep theirs. */
function useRoom() {
  const box = useRef<HTMLDivElement>(null)
  const [room, set] = useState({ width: 480, height: 270 })
  useEffect(() => {
    const element = box.current
    if (!element) return
    const watch = new ResizeObserver(() => set({ width: Math.max(1, element.clientWidth), height: Math.max(1, element.clientHeight) }))
    watch.observe(element)
    return () => watch.disconnect()
  }, [])
  return { box, ...room }
}

/** Equal scales for both axes at the middle latitude, the whole in the middle of the frame: enough for a schematic of a city. */
function projection(areas: readonly Area[], width: number, height: number) {
  let [west, south, east, north] = [180, 90, -180, -90]
  for (const [lon, lat] of areas.flatMap((area) => area.boundary.flat(2))) {
    west = Math.min(west, lon)
    east = Math.max(east, lon)
    south = Math.min(south, lat)
    north = Math.max(north, lat)
  }
  if (west >= east || south >= north) return null
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const scale = Math.min((width - 2 * edge) / ((east - west) * squeeze), (height - 2 * edge) / (north - south))
  const left = (width - (east - west) * squeeze * scale) / 2
  const top = (height - (north - south) * scale) / 2
  return {
    x: (lon: number) => left + (lon - west) * squeeze * scale,
    y: (lat: number) => top + (north - lat) * scale,
    lon: (x: number) => west + (x - left) / squeeze / scale,
    lat: (y: number) => north - (y - top) / scale,
    fits: ({ lon, lat }: Spot) => lon >= west && lon <= east && lat >= south && lat <= north,
  }
}
type Projection = NonNullable<ReturnType<typeof projection>>

const drawn = (area: Area, { x, y }: Projection): string =>
  area.boundary
    .flat()
    .map((ring) => `M${ring.map(([lon, lat]) => `${x(lon).toFixed(1)} ${y(lat).toFixed(1)}`).join('L')}Z`)
    .join('')

/** Where an area's name stands and how much room it has: the centroid and the width of its largest ring. */
function middle(area: Area, { x, y }: Projection): { at: readonly [number, number]; room: number } {
  const rings = area.boundary.map((polygon) => polygon[0] ?? [])
  const ring = rings.reduce((a, b) => (b.length > a.length ? b : a), [] as Ring).map(([lon, lat]) => [x(lon), y(lat)] as const)
  let [sum, cx, cy] = [0, 0, 0]
  ring.forEach(([ax, ay], index) => {
    const [bx, by] = ring[index + 1] ?? [ax, ay]
    const cross = ax * by - bx * ay
    sum += cross
    cx += (ax + bx) * cross
    cy += (ay + by) * cross
  })
  const across = ring.map(([px]) => px)
  return { at: sum === 0 ? [0, 0] : [cx / 3 / sum, cy / 3 / sum], room: Math.max(...across) - Math.min(...across) }
}

/** About how wide a text of 11 px is: Han characters are as wide as they are high. */
export const wide = (text: string): number => [...text].reduce((sum, one) => sum + (one > '\u2e80' ? 11 : 6), 0)

const half = (text: string, lettering: number): number => Math.ceil((wide(text) * lettering) / 22) + 5

/** A line that holds all of a Han character, whatever its font. */
const high = (lettering: number): number => Math.ceil(lettering * 1.6)

interface Named {
  readonly area: Area
  readonly at: readonly [number, number]
  readonly room: number
}

const around = 16

/** The names that fit into their areas and over no other name and no alarm, the chosen ones and the largest areas first. */
function readable(
  shapes: readonly Named[],
  { name, chosen, lettering, marks }: Required<Pick<Props, 'name' | 'chosen' | 'lettering' | 'marks'>>,
  to: Projection | null,
  width: number,
): readonly Named[] {
  if (to === null) return []
  const taken = marks
    .filter(({ tone }) => tone === 'alarm')
    .map(({ lon, lat }) => ({ left: to.x(lon) - around, right: to.x(lon) + around, y: to.y(lat) }))
  const first = (one: Named) => (chosen.includes(one.area.unit) ? 1 : 0)
  const wanted = [...shapes].sort((a, b) => first(b) - first(a) || b.room - a.room)
  return wanted.filter((one) => {
    const [x, y] = one.at
    const room = half(name(one.area.unit), lettering)
    const [left, right] = [x - room, x + room]
    const box = { left, right, y }
    const fits = (first(one) > 0 || right - left < one.room) && box.left > 0 && box.right < width
    if (!fits || taken.some((other) => other.left < box.right && box.left < other.right && Math.abs(other.y - y) <= high(lettering)))
      return false
    taken.push(box)
    return true
  })
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

function Marks({ marks, to }: { marks: readonly Mark[]; to: Projection }) {
  return marks.filter(to.fits).map(({ id, lon, lat, tone, moving, title }) => {
    const [x, y] = [to.x(lon), to.y(lat)]
    return (
      <g key={id} className={`mark ${tone}`}>
        {title ? <title>{title}</title> : null}
        {moving ? <rect x={x - 4} y={y - 4} width={8} height={8} /> : <circle cx={x} cy={y} r={tone === 'alarm' ? 7 : 4} />}
        {tone === 'alarm' ? <circle cx={x} cy={y} r={14} className="ring" /> : null}
      </g>
    )
  })
}

/** How far an arrow key moves the pin, in pixels; with Shift the farther. */
const [step, stride] = [4, 24]
const arrows: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

const areaClass = (chosen: boolean, noted: boolean): string => `area${chosen ? ' chosen' : ''}${noted ? ' noted' : ''}`

/** Boundaries and one point, drawn from the units' own areas; labelled as schematic wherever an area is made up. */
export function Schematic({ label, areas, name, chosen = [], noted = [], spot, marks = unmarked, lettering = 11, pick }: Props) {
  const { t } = useTranslation()
  const svg = useRef<SVGSVGElement>(null)
  const { box, width, height } = useRoom()
  const to = useMemo(() => projection(areas, width, height), [areas, width, height])
  const shapes = useMemo(() => (to ? areas.map((area) => ({ area, path: drawn(area, to), ...middle(area, to) })) : []), [areas, to])
  const set = ({ lon, lat }: Projection, x: number, y: number) => pick?.({ lon: Number(lon(x).toFixed(5)), lat: Number(lat(y).toFixed(5)) })
  const click = (event: MouseEvent) => {
    const matrix = svg.current?.getScreenCTM()
    if (!pick || !matrix || !to) return
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse())
    set(to, point.x, point.y)
  }
  const keys = (event: KeyboardEvent) => {
    const [dx, dy] = arrows[event.key] ?? []
    if (!to || dx === undefined || dy === undefined || event.ctrlKey || event.altKey || event.metaKey) return
    event.preventDefault()
    const far = event.shiftKey ? stride : step
    const [x, y] = spot && to.fits(spot) ? [to.x(spot.lon), to.y(spot.lat)] : [width / 2, height / 2]
    set(to, Math.min(Math.max(0, x + dx * far), width), Math.min(Math.max(0, y + dy * far), height))
  }
  const named = readable(shapes, { name, chosen, lettering, marks }, to, width)
  return (
    <div
      className={pick ? 'schematic pick' : 'schematic'}
      ref={box}
      {...(pick && { role: 'application', tabIndex: 0, 'aria-label': t('map.pin'), onClick: click, onKeyDown: keys })}
    >
      <svg ref={svg} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
        {shapes.map(({ area, path }) => (
          <path key={area.unit} d={path} className={areaClass(chosen.includes(area.unit), noted.includes(area.unit))} fillRule="evenodd" />
        ))}
        {to ? <Marks marks={marks} to={to} /> : null}
        {to && spot && to.fits(spot) ? <Plummet spot={spot} to={to} /> : null}
      </svg>
      {named.map(({ area, at }) => (
        <span
          key={area.unit}
          className={chosen.includes(area.unit) ? 'map-name chosen' : 'map-name'}
          style={{
            left: at[0] - half(name(area.unit), lettering),
            top: at[1] - high(lettering) / 2,
            width: 2 * half(name(area.unit), lettering),
            fontSize: lettering,
            lineHeight: `${high(lettering)}px`,
          }}
          aria-hidden="true"
        >
          {name(area.unit)}
        </span>
      ))}
      {areas.some((area) => area.schematic) ? <Tag tone="calm">{t('map.schematic')}</Tag> : null}
      {to ? null : <p className="none">{t('map.none')}</p>}
    </div>
  )
}
