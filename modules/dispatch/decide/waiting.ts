import { type Clock, dueOf, passPoint, startClock } from '#kernel/clock.ts'
import { type Recorded, Refusal } from '#kernel/decider.ts'
import type { Command, Event, EventType, IncidentRow, Milestone } from '../contract.ts'
import type { Limits, Wait, Way } from '../contract/clocks.ts'
import { metres, type Spot } from '../rules/distance.ts'
import { lateMs, ringsForMs } from '../rules/ladder.ts'
import { bare, limitsOf, type SettingRows, speedOf, type WaitRule, waitPoints, waitRules } from '../rules/waiting.ts'
import { tooFast } from '../rules/tooGood.ts'
import { leading } from './ladder.ts'

/** Where one of those who are sent is, or their station. */
export interface Origin extends Spot {
  readonly of: Way['of']
}
interface Asked {
  readonly at: string
  readonly occurred: Recorded<Event>['occurred']
  readonly facts: { readonly limits?: SettingRows; readonly origins?: readonly Origin[] }
}

const over = ['reported', 'closed', 'cancelled'] as const satisfies readonly EventType[]
/** What ends each wait. A new line is waited for by the ladder: the receipt before it counts no more. */
const ends: Readonly<Record<WaitRule, readonly EventType[]>> = {
  assignment: ['dispatched', 'transferred', 'assigned', 'departed', 'arrived', 'cleared', ...over],
  departure: ['departed', 'arrived', 'cleared', ...over],
  arrival: ['arrived', 'cleared', ...over],
  feedback: over,
}

type Starting = Extract<Event, { type: 'signed' | 'assigned' | 'arrived' | 'cleared' | 'sentBack' }>
const starting = (event: Event): event is Starting => ['signed', 'assigned', 'arrived', 'cleared', 'sentBack'].includes(event.type)
const unreached = (row: IncidentRow, ...milestones: Milestone[]) => milestones.every((name) => row.milestones[name] === undefined)

/** What begins to be waited for with this event, of those that one decision makes. */
function begins(row: IncidentRow, event: Starting, events: readonly Event[]): WaitRule[] {
  switch (event.type) {
    case 'signed': {
      const lead = leading(
        row.lines.filter(({ ended }) => ended === null),
        row.station,
      )
      const assigned = events.some(({ type }) => type === 'assigned')
      return !assigned && lead?.line === event.data.line && Object.keys(row.milestones).length === 0 ? ['assignment'] : []
    }
    case 'assigned': {
      if (!unreached(row, 'assigned', 'arrived', 'cleared', 'reported')) return []
      return unreached(row, 'underWay') ? ['departure', 'arrival'] : ['arrival']
    }
    case 'arrived':
      return unreached(row, 'cleared', 'reported') ? ['feedback'] : []
    case 'cleared':
      return unreached(row, 'reported') ? ['feedback'] : []
    case 'sentBack':
      return ['feedback']
  }
}

const pathOf = ({ bureau, subBureau, station }: IncidentRow) => [bureau, subBureau, station].filter((unit) => unit !== null)

function wayOf(row: IncidentRow, { at, facts }: Asked): Way | undefined {
  const { place } = row
  const { origins = [], limits: rows = {} } = facts
  const [nearest] =
    place.kind === 'point' ? origins.map((from) => ({ of: from.of, far: metres(from, place) })).toSorted((a, b) => a.far - b.far) : []
  if (nearest === undefined) return undefined
  return { of: nearest.of, metres: Math.round(nearest.far / 100) * 100, most: speedOf({ rows, path: pathOf(row), at }) }
}

/** The same events with what each begins to wait for, by the settings of this moment, and with what they show of the way. What was imported waits for nothing. */
export function withWaits(row: IncidentRow, events: readonly Event[], asked: Asked): Event[] {
  const { at, occurred, facts } = asked
  if (row.imported || occurred.source === 'imported') return [...events]
  return events.flatMap((event): Event[] => {
    if (!starting(event)) return [event]
    const place = { rows: facts.limits ?? {}, path: pathOf(row), at }
    const about = { priority: row.priority, cleared: event.type !== 'arrived' }
    const limits: Limits = begins(row, event, events).map((rule) => ({
      rule,
      points: limitsOf(rule, place, about).map((point) => ({ ...point, set: [...point.set] })),
    }))
    const made = limits.length === 0 ? event : ({ ...event, data: { ...event.data, limits } } as Starting)
    if (made.type === 'arrived') return [made, ...fastArrival(row, asked)]
    const way = made.type === 'assigned' && unreached(row, 'arrived') ? wayOf(row, asked) : undefined
    return [made.type === 'assigned' && way ? { ...made, data: { ...made.data, way } } : made]
  })
}

function fastArrival(row: IncidentRow, { at, occurred }: Asked): Event[] {
  const arrived = { ...occurred, at, by: '' }
  const fast = tooFast({ ...row, milestones: { ...row.milestones, arrived } })
  if (fast === null) return []
  return [{ type: 'found', data: { rule: 'too-fast', detail: `${(fast.metres / 1000).toFixed(1)} km, ${Math.round(fast.took / 1000)} s` } }]
}

function begun(event: Recorded<Event>, { station, subBureau, bureau }: IncidentRow): Wait[] {
  if (event.data === null || !('limits' in event.data)) return []
  return (event.data.limits ?? []).map(({ rule, points }) => {
    const given = { id: rule, rule, unit: station ?? subBureau ?? bureau, source: 'setting', points: bare(points) }
    return { rule, clock: startClock(given, event.at), last: null }
  })
}

const lapsedBy = ({ at, data }: Recorded<Extract<Event, { type: 'lapsed' }>>, wait: Wait): Wait =>
  data === null || data.clock !== wait.rule || wait.clock === null
    ? wait
    : { ...wait, clock: passPoint(wait.clock), last: { point: data.point, at, rings: data.rings } }

/** Whoever has the incident now answers for what is waited for since before. */
const movedTo = (unit: string, wait: Wait): Wait => (wait.clock === null ? wait : { ...wait, clock: { ...wait.clock, unit } })

/** What is waited for after an event; undefined: nothing. */
export function waitsAfter(event: Recorded<Event>, waits: readonly Wait[] | undefined, after: IncidentRow): readonly Wait[] | undefined {
  const fresh = begun(event, after)
  const moves = event.type === 'dispatched' || event.type === 'transferred'
  const changes = fresh.length > 0 || moves || event.type === 'lapsed' || waits?.some(({ rule }) => ends[rule].includes(event.type))
  if (!changes) return waits
  const kept = (waits ?? [])
    .filter(({ rule }) => !ends[rule].includes(event.type) && !fresh.some((one) => one.rule === rule))
    .map((wait) =>
      event.type === 'lapsed' ? lapsedBy(event, wait) : moves ? movedTo(after.station ?? after.subBureau ?? after.bureau, wait) : wait,
    )
  const all = [...kept, ...fresh]
  return all.length === 0 ? undefined : all
}

/**
 * How far they had to go, until they are there: the shorter way of those that are known. One that is not known, another station, or another place leaves
 * nothing known.
 */
export function wayAfter(event: Recorded<Event>, way: Way | undefined, before: IncidentRow): Way | undefined {
  if (!unreached(before, 'arrived')) return way
  if (event.type === 'located' || event.type === 'transferred') return undefined
  if (event.type !== 'assigned') return way
  const next = event.data?.way
  const first = before.milestones.assigned === undefined
  return first || next === undefined ? next : way && (way.metres <= next.metres ? way : next)
}

const findings = { assignment: 'never-assigned', departure: 'never-departed' } as const

/** @throws Refusal when this is not waited for, or its moment has not come */
export function lapse(
  row: IncidentRow,
  data: Extract<Command, { type: 'lapse' }>['data'],
  { at, bells = [] }: { at: string; bells?: readonly string[] },
): Event[] {
  const clock = row.waits?.find(({ rule }) => rule === data.clock)?.clock
  const due = clock && dueOf(clock)
  if (!due || due.point !== data.point || due.time !== data.due) throw new Refusal('not-waiting')
  const behind = Date.parse(at) - Date.parse(due.time)
  if (behind < 0) throw new Refusal('not-waiting')
  const said = { clock: data.clock, point: data.point, unit: clock.unit, due: due.time }
  const rings = { late: behind > lateMs, rings: data.point === 'late' && behind <= ringsForMs }
  const event: Event = { type: 'lapsed', data: { ...said, ...rings, ...(bells.length > 0 && { bells: [...bells] }) } }
  if (data.point !== 'finding' || (data.clock !== 'assignment' && data.clock !== 'departure')) return [event]
  return [event, { type: 'found', data: { rule: findings[data.clock], detail: clock.unit } }]
}

/** What the road is asked when a point of a wait has come. */
export function lapsing({ rule }: Clock, { point, time }: { point: string; time: string }): Extract<Command, { type: 'lapse' }> {
  const [clock, name] = [waitRules.find((one) => one === rule), waitPoints.find((one) => one === point)]
  if (clock === undefined || name === undefined) throw new Error(`${rule} ${point} is nothing that an incident waits for`)
  return { type: 'lapse', data: { clock, point: name, due: time } }
}
