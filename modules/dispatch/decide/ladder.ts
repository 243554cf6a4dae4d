import { type Clock, dueOf, passPoint, startClock } from '#kernel/clock.ts'
import { type Recorded, Refusal } from '#kernel/decider.ts'
import type { Climb, Command, Event, IncidentRow } from '../contract.ts'
import { ladder, lateMs, ringsForMs, rungs, rungsAt } from '../rules/ladder.ts'
import { bare, type SettingRows } from '../rules/waiting.ts'

type Sent = Extract<Event, { type: 'dispatched' | 'transferred' }>
type Lines = NonNullable<Sent['data']>['lines']

/** Whose receipt is waited for: the station's, and the sub-bureau's only while no station is responsible. */
export const leading = <One extends Lines[number]>(lines: readonly One[], station: string | null): One | undefined =>
  lines.find(({ level }) => level === 'station') ?? (station === null ? lines.find(({ level }) => level === 'subBureau') : undefined)

function begun(event: Recorded<Sent>, climb: Climb | undefined, after: IncidentRow): Climb | undefined {
  const { data } = event
  if (data === null) return climb
  const lead = leading(data.lines, data.station)
  if (lead === undefined || data.ladder === undefined) {
    const standing = after.lines.some(({ line, ended }) => line === climb?.line && ended === null)
    return standing ? climb : undefined
  }
  const given = { id: `${ladder}-${lead.line}`, rule: ladder, unit: lead.unit, source: 'setting', points: bare(data.ladder) }
  return { line: lead.line, clock: startClock(given, event.at), rung: null }
}

function climbed(event: Recorded<Extract<Event, { type: 'climbed' }>>, climb: Climb | undefined): Climb | undefined {
  if (event.data === null || climb?.clock?.id !== event.data.clock) return climb
  const { rung, rings } = event.data
  return { ...climb, clock: passPoint(climb.clock), rung: { name: rung, at: event.at, rings } }
}

/** The ladder after an event. It ends with the receipt of its line, and with anything that shows that somebody has taken the incident on, or that it is over. */
export function climbAfter(event: Recorded<Event>, climb: Climb | undefined, after: IncidentRow): Climb | undefined {
  if (after.phase !== 'open') return undefined
  if (event.type === 'dispatched' || event.type === 'transferred') return begun(event, climb, after)
  if (event.type === 'signed' && event.data?.line === climb?.line) return undefined
  return event.type === 'climbed' ? climbed(event, climb) : climb
}

/** The same sending with the ladder that its units have by the settings of this moment. What was imported never climbs. */
export function withLadder<E extends Event>(
  event: E,
  row: Pick<IncidentRow, 'bureau' | 'priority' | 'imported'>,
  { at, rows }: { at: string; rows: SettingRows },
): E {
  if (event.type !== 'dispatched' && event.type !== 'transferred') return event
  const { station, subBureau, lines } = event.data
  if (row.imported || leading(lines, station) === undefined) return event
  const path = [row.bureau, subBureau, ...(station === null ? [] : [station])]
  return { ...event, data: { ...event.data, ladder: rungsAt(rows, path, row.priority, at) } }
}

/** @throws Refusal when the ladder does not stand there, or the moment has not come */
export function climb(
  row: IncidentRow,
  data: Extract<Command, { type: 'climb' }>['data'],
  { at, bells = [] }: { at: string; bells?: readonly string[] },
): Event[] {
  const clock = row.climb?.clock
  const due = clock && dueOf(clock)
  if (!row.climb || !due || clock.id !== data.clock || due.point !== data.rung || due.time !== data.due) throw new Refusal('not-climbing')
  const behind = Date.parse(at) - Date.parse(due.time)
  if (behind < 0) throw new Refusal('not-climbing')
  const { line } = row.climb
  const said = { clock: clock.id, line, unit: clock.unit, rung: data.rung, due: due.time }
  const rung = { late: behind > lateMs, rings: data.rung !== 'finding' && behind <= ringsForMs }
  const event: Event = { type: 'climbed', data: { ...said, ...rung, ...(bells.length > 0 && { bells: [...bells] }) } }
  return data.rung === 'finding' ? [event, { type: 'found', data: { rule: 'never-signed', detail: clock.unit } }] : [event]
}

/** What the road is asked when a point of the ladder has come. */
export function climbing(clock: Clock, { point, time }: { point: string; time: string }): Extract<Command, { type: 'climb' }> {
  const rung = rungs.find((name) => name === point)
  if (rung === undefined) throw new Error(`${point} is no rung of the ladder`)
  return { type: 'climb', data: { clock: clock.id, rung, due: time } }
}
