import type { Breakdown, SpanName } from '../contract/statistics.ts'

/** An event as it lies in the database; nothing of the module's own folds or views is used here, so that both can be compared. */
export interface Raw {
  readonly stream: string
  readonly type: string
  readonly at: Date | string
  readonly time: Date | string
  readonly source: string
  readonly data: Readonly<Record<string, unknown>>
}
export interface Asked {
  readonly unit: string
  readonly of: SpanName
  readonly by: Breakdown
  readonly from: string
  readonly until: string
  readonly imported: boolean
  readonly now: string
}

interface Moment {
  readonly at: number
  readonly time: number
  readonly source: string
}
interface RawLine {
  readonly unit: string
  readonly level: string
  readonly sub: string
  readonly sent: number
  delivered: number | null
  signed: number | null
  ended: number | null
}
interface Course {
  readonly bureau: string
  readonly received: Moment
  kind: string
  sub: string | null
  station: string | null
  cancelled: boolean
  closed: number | null
  arrived: Moment | null
  reported: Moment | null
  readonly lines: Map<number, RawLine>
}
interface Sent {
  readonly station: string | null
  readonly subBureau: string
  readonly lines: readonly { readonly line: number; readonly unit: string; readonly level: string }[]
  readonly ended?: readonly number[]
}

const ms = (value: Date | string): number => new Date(value).getTime()

function send(course: Course, { data }: Raw, { at }: Moment): void {
  const { station, subBureau, lines, ended = [] } = data as unknown as Sent
  for (const line of ended) {
    const one = course.lines.get(line)
    if (one) one.ended = at
  }
  Object.assign(course, { station, sub: subBureau })
  for (const { line, unit, level } of lines)
    course.lines.set(line, { unit, level, sub: subBureau, sent: at, delivered: null, signed: null, ended: null })
}

function go(course: Course, event: Raw, moment: Moment): void {
  const line = course.lines.get(event.data['line'] as number)
  switch (event.type) {
    case 'dispatched':
    case 'transferred':
      return send(course, event, moment)
    case 'delivered':
      if (line) line.delivered = moment.time
      return
    case 'signed':
      if (line) line.signed = moment.at
      return
    case 'corrected':
      course.kind = (event.data['kind'] as string | undefined) ?? course.kind
      return
    case 'arrived':
      course.arrived = moment
      return
    case 'reported':
      course.reported = moment
      return
    case 'closed':
      course.closed = moment.at
      return
    case 'sentBack':
      course.reported = null
      course.closed = null
      return
    case 'cancelled':
      course.cancelled = true
      return
    default:
  }
}

function coursesOf(events: readonly Raw[]): readonly Course[] {
  const courses = new Map<string, Course>()
  for (const event of events) {
    const moment = { at: ms(event.at), time: ms(event.time), source: event.source }
    const course = courses.get(event.stream)
    if (event.type === 'opened') {
      const { bureau, kind } = event.data as { bureau: string; kind: string }
      const none = { sub: null, station: null, cancelled: false, closed: null, arrived: null, reported: null }
      courses.set(event.stream, { bureau, received: moment, kind, ...none, lines: new Map() })
    } else if (course) go(course, event, moment)
  }
  return [...courses.values()]
}

/** Whole hours east of Greenwich, all year round. */
const local = (at: number) => new Date(at + 8 * 3_600_000).toISOString()
const dayOf = (at: number) => local(at).slice(0, 10)
const keyOf = (by: Breakdown, at: number, kind: string, sub: string | null, unit: string | null) =>
  ({ subBureau: sub, station: unit, kind, hour: local(at).slice(11, 13), day: dayOf(at) })[by]

function spread(list: readonly number[]) {
  const sorted = list.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? null
  const mean = list.length === 0 ? null : Math.round(list.reduce((a, b) => a + b, 0) / list.length)
  return { count: list.length, mean, p50: at(0.5), p90: at(0.9), p99: at(0.99) }
}
const bands = (list: readonly number[], minutes: readonly number[]) =>
  [...minutes, Number.POSITIVE_INFINITY].map(
    (end, index) => list.filter((one) => one <= end * 60_000 && one > (minutes[index - 1] ?? Number.NEGATIVE_INFINITY) * 60_000).length,
  )
const tally = (names: readonly string[]) =>
  Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length]))

interface Interval {
  readonly took?: number
  readonly source?: string
  readonly left?: string
}
function interval(begun: Moment | null, ended: Moment | null, imported: boolean): Interval[] {
  if (!ended) return []
  if (!begun) return [{ left: 'missing' }]
  const foreign = (moment: Moment) => (moment.source === 'imported') !== imported
  if (foreign(begun) || foreign(ended)) return [{ left: 'mixed' }]
  if (begun.source === 'typed') return [{ left: 'typed' }]
  const took = (ended.source === 'typed' ? ended.at : ended.time) - begun.time
  return [took < 0 ? { left: 'disorder' } : { took, source: ended.source }]
}
function timed(intervals: readonly Interval[], minutes: readonly number[]) {
  const took = intervals.flatMap((one) => one.took ?? [])
  const [sources, left] = [intervals.flatMap((one) => one.source ?? []), intervals.flatMap((one) => one.left ?? [])]
  return { ...spread(took), bands: bands(took, minutes), sources: tally(sources), unsigned: 0, left: tally(left) }
}

interface Counted {
  readonly key: string | null
  readonly line?: RawLine
  readonly course: Course
}

function rowOf(key: string | null, counted: readonly Counted[], { of, imported, now }: Asked) {
  const courses = counted.flatMap(({ line, course }) => (line ? [] : [course]))
  const waits = counted.flatMap(({ line, course }) => {
    if (!line) return []
    const left = line.ended ?? (course.cancelled ? line.sent : course.closed) ?? ms(now)
    return [{ wait: (line.signed ?? left) - line.sent, signed: line.signed !== null }]
  })
  const judged = waits.filter(({ wait, signed }) => signed || wait > 30_000)
  const signed = judged.filter((one) => one.signed).length
  const within = waits.length - judged.length
  const reached = counted.flatMap(({ line, course }) => {
    if (!line || line.level !== 'station' || line.ended !== null || course.received.source !== 'system') return []
    const standing = [...course.lines.values()].filter(({ ended }) => ended === null)
    const delivered = standing.flatMap((one) => one.delivered ?? [])
    return standing.length === 2 && delivered.length === 2 ? [Math.max(...delivered) - course.received.time] : []
  })
  const unheard = courses.filter(({ station, received }) => station !== null && !['system', 'imported'].includes(received.source)).length
  const took = judged.map(({ wait }) => wait)
  return {
    key,
    incidents: courses.length,
    cancelled: courses.filter(({ cancelled }) => cancelled).length,
    figure: {
      reached: {
        ...spread(reached),
        bands: [],
        sources: reached.length > 0 ? { system: reached.length } : {},
        unsigned: 0,
        left: unheard > 0 ? { typed: unheard } : {},
      },
      receipt: {
        ...spread(took),
        bands: bands(took, [0.5, 1, 3]),
        sources: signed > 0 ? { system: signed } : {},
        unsigned: judged.length - signed,
        left: within > 0 ? { within } : {},
      },
      arrival: timed(
        courses.flatMap(({ received, arrived }) => interval(received, arrived, imported)),
        [5, 10, 30],
      ),
      feedback: timed(
        courses.flatMap(({ arrived, reported }) => interval(arrived, reported, imported)),
        [30, 60, 120, 240],
      ),
    }[of],
  }
}

/** The answer of the view without its flags, from the events alone. */
export function expected(events: readonly Raw[], asked: Asked) {
  const { unit, of, by, from, until, imported, now } = asked
  const within = (at: number) => dayOf(at) >= from && dayOf(at) <= until
  const courses = coursesOf(events)
  const own = courses.filter(({ bureau, sub, station, received }) => [bureau, sub, station].includes(unit) && within(received.time))
  const sort = (course: Course) => (course.received.source === 'imported') === imported
  const incidents = own
    .filter(sort)
    .map((course): Counted => ({ key: keyOf(by, course.received.time, course.kind, course.sub, course.station), course }))
  const lines = courses
    .filter(({ received }) => !imported && (of === 'receipt' || of === 'reached') && received.source !== 'imported')
    .flatMap((course) => [...course.lines.values()].map((line) => ({ line, course })))
    .filter(({ line, course }) => [course.bureau, line.sub, line.unit].includes(unit) && within(line.sent))
    .filter(({ line }) => of === 'receipt' || line.level === 'station')
    .map(({ line, course }): Counted => ({ key: keyOf(by, line.sent, course.kind, line.sub, line.unit), line, course }))
  const all = [...incidents, ...lines]
  const keys = [...new Set(all.map(({ key }) => key))].toSorted((a, b) => ((a ?? '\uffff') < (b ?? '\uffff') ? -1 : 1))
  return {
    now,
    from,
    until,
    of,
    by,
    imported,
    others: own.length - incidents.length,
    rows: keys.map((key) =>
      rowOf(
        key,
        all.filter((one) => one.key === key),
        asked,
      ),
    ),
    total: rowOf(null, all, asked),
  }
}
