import type { IncidentRow, Line, Milestone } from '#modules/dispatch/contract.ts'
import { type Area, type Kind, placeText, pointIn } from './calls.ts'
import { type Character, characterOf, type Course, courseOf, twistsOf } from './course.ts'
import { type Dice, dice } from './dice.ts'
import { corrections, notes } from './narratives.ts'
import type { People, Seat } from './people.ts'
import { reportOf } from './reports.ts'

export interface City {
  readonly seed: number
  readonly rate: number
  readonly people: People
  readonly areas: readonly Area[]
  readonly kinds: readonly Kind[]
  /** Logins whose seats a visitor has taken: the city does nothing as these. */
  readonly taken: ReadonlySet<string>
  /** Names of those who are out on an incident. */
  readonly out: ReadonlySet<string>
}

/** What is known of an incident beyond its row. Times are ms of the server's clock. */
export interface Past {
  /** What the incident's course hangs on besides the seed. */
  readonly name: string
  /** So many seconds of its course count as over: the city was at work before the demonstration began. */
  readonly lead: number
  /** When it was first seen, and when it last changed. */
  readonly met: number
  readonly changed: number
  /** It was no matter for the police: the reason with which the call taker ends it. */
  readonly ends?: string
  /** Keys of acts that have been done, and `key@n` of those that were refused as the row stood at n. */
  readonly done: ReadonlySet<string>
}

/** One thing that somebody is going to do at `at` (ms of the server's clock). `key` names it among the acts of its incident. */
export interface Act {
  readonly key: string
  readonly who: string
  readonly at: number
  readonly ask:
    | { readonly command: string; readonly data: object; readonly occurred?: string }
    | { readonly signal: string; readonly body: object }
}

/** A screen acknowledges within this. */
const promptMs = 100
/** The least pause between two steps of an incident, at any rate. */
const leastMs = 700
/** Unsigned for so many seconds: the sub-bureau urges, then the city. Who is pressed signs soon; who is silent, when he is pressed twice. */
const urges = [100, 240] as const
const pressedSeconds = 30
/** Seconds until somebody finds out where an unplaced incident is; until a matter that is none is ended; until a report is sent back and made anew. */
const placing = [40, 160] as const
const ending = [4, 14] as const
const sendingBack = [20, 60] as const
const again = [60, 150] as const

const steps = ['assigned', 'underWay', 'arrived', 'cleared', 'reported', 'closed'] as const satisfies readonly Milestone[]
const courseKey = {
  assigned: 'assign',
  underWay: 'depart',
  arrived: 'arrive',
  cleared: 'clear',
  reported: 'feedback',
  closed: 'close',
} as const satisfies Record<Milestone, keyof Course>

/** An incident with all that decides on what comes next. */
class Scene {
  readonly row: IncidentRow
  readonly city: City
  readonly past: Past
  readonly course: Course
  readonly character: Character
  readonly acts: Act[] = []
  constructor(row: IncidentRow, city: City, past: Past) {
    this.row = row
    this.city = city
    this.past = past
    this.character = characterOf(city.seed, row.station ?? row.subBureau ?? row.bureau)
    this.course = courseOf(city.seed, past.name, row.priority, this.character, characterOf(city.seed, row.subBureau ?? row.bureau))
  }

  roll(what: string): Dice {
    return dice(what, this.city.seed, this.past.name)
  }

  free(seat: Seat | undefined): seat is Seat {
    return seat !== undefined && !this.city.taken.has(seat.login)
  }

  /** One of these whose seat nobody has taken. */
  one(what: string, seats: readonly Seat[]): Seat | undefined {
    const free = seats.filter((seat) => this.free(seat))
    return free.length === 0 ? undefined : this.roll(what).pick(free)
  }

  /** So many seconds of the city's time after an instant. */
  after(since: string | number, seconds: number): number {
    return (typeof since === 'number' ? since : Date.parse(since)) + Math.max(leastMs, (seconds * 1000) / this.city.rate)
  }

  /** When a step is due that the course puts `to` after one that it puts `from`, which happened at `since`. */
  due(since: string, from: number, to: number): number {
    return this.after(since, to - Math.max(from, this.past.lead))
  }

  add(key: string, seat: Seat | undefined, at: number, ask: Act['ask']): void {
    const { done } = this.past
    if (this.free(seat) && !done.has(key) && !done.has(`${key}@${this.row.n}`)) this.acts.push({ key, who: seat.login, at, ask })
  }

  command(command: string, seat: Seat | undefined, at: number, data: object = {}, key = command): void {
    this.add(key, seat, at, { command, data })
  }

  /** A step of those who have it in hand. One that lies before the demonstration began is written down with the time that the radio gave. */
  step(command: keyof Course, seat: Seat | undefined, at: number, data: object = {}): void {
    const { course, past, row, city } = this
    const before = course[command] < past.lead
    const time = Date.parse(row.received.time) + (course[command] * 1000) / city.rate
    this.add(command, seat, at, { command, data, ...(before && { occurred: new Date(Math.floor(time)).toISOString() }) })
  }

  /** Something out of the ordinary, unless its moment lay before anybody looked. */
  twist(command: string, seat: Seat | undefined, seconds: number | null, data: object): void {
    if (seconds === null) return
    const at = this.after(this.row.opened, seconds)
    if (at >= this.past.met) this.command(command, seat, at, data)
  }
}

/** Screens paint the line, somebody looks, somebody signs. */
function receive(scene: Scene, line: Line): void {
  const { row, course, city } = scene
  const station = line.level === 'station'
  const seat = (station ? city.people.duty : city.people.subBureaus).get(line.unit)
  const [delivered, seen, sign] = station
    ? [course.delivered, course.seen, course.sign]
    : [course.subDelivered, course.subSeen, course.subSign]
  const acknowledge = (what: 'delivered' | 'seen', seconds: number) =>
    scene.add(`${what}:${line.line}`, seat, Date.parse(line.sent.at) + Math.max(promptMs, (seconds * 1000) / city.rate), {
      signal: 'acknowledge',
      body: { lines: [{ incident: row.id, line: line.line, seen: what === 'seen' }] },
    })
  if (line.delivered === null) acknowledge('delivered', delivered)
  if (line.seen === null) acknowledge('seen', seen)
  if (line.signed !== null) return
  const yields = scene.character === 'silent' ? 1 : 0
  const pressed = row.urged > yields ? urges[yields] + pressedSeconds : Number.POSITIVE_INFINITY
  scene.command('sign', seat, scene.due(line.sent.at, 0, Math.min(sign, pressed)), {}, `sign:${line.line}`)
  if (!station) return
  const urge = row.urged
  const giver = urge === 0 ? city.people.subBureaus.get(row.subBureau ?? '') : scene.one('urge', city.people.supervisors)
  const wait = urges[urge]
  if (wait !== undefined)
    scene.command('urge', giver, scene.after(line.sent.at, wait), { text: '警情尚未签收，请立即签收并反馈出警情况。' }, `urge:${urge}`)
}

/** Nobody is responsible yet: whoever has it in his queue finds out where it is. */
function locate(scene: Scene): void {
  const { row, city } = scene
  const roll = scene.roll('locate')
  const area = roll.pick(city.areas.filter(({ subBureau }) => row.subBureau === null || subBureau === row.subBureau))
  const seat = row.subBureau === null ? scene.one('locator', city.people.takers) : city.people.subBureaus.get(row.subBureau)
  const text = row.place.kind === 'described' ? row.place.text : placeText(area, { code: row.kind, group: '' }, roll)
  const at = scene.due(row.opened, 0, roll.between(...placing))
  scene.command('locate', seat, at, { place: { ...pointIn(area, roll), text }, unit: area.code, reason: '回拨报警人后确认地点' })
}

const assistants = [...'赵钱孙李周吴郑王冯陈']
/** The station's patrol where it is free, with a colleague. */
function handlers(scene: Scene, patrol: Seat | undefined): { readonly handlers: readonly string[]; readonly officers?: readonly string[] } {
  const assistant = `${scene.roll('assistant').pick(assistants)}某`
  if (patrol?.account === undefined || scene.city.out.has(patrol.name)) return { handlers: [`民警${assistant}`] }
  return { handlers: [`辅警${assistant}`], officers: [patrol.account] }
}

/** Who speaks for those on the spot: the patrol that has it; over the radio the duty officer; the patrol again where a visitor has the duty. */
function speaker(scene: Scene, duty: Seat | undefined, patrol: Seat | undefined): Seat | undefined {
  if (patrol !== undefined && scene.row.handlers.includes(patrol.name)) return patrol
  return scene.free(duty) ? duty : patrol
}

/** The next step of those who have it in hand; one at a time, in order. */
function proceed(scene: Scene, line: Line): void {
  const { row, city, course, past } = scene
  const duty = city.people.duty.get(line.unit)
  const patrol = city.people.patrols.get(line.unit)
  const reached = steps.findLastIndex((step) => row.milestones[step] !== undefined)
  const next = steps[reached + 1]
  const last = reached < 0 ? line.signed : row.milestones[steps[reached] as Milestone]
  if (next === undefined || last === null || last === undefined) return
  const before = reached < 0 ? course.sign : course[courseKey[steps[reached] as Milestone]]
  const at = scene.due(last.at, before, course[courseKey[next]])
  const returned = past.done.has('sendBack')
  if (next === 'assigned') scene.step('assign', duty, at, handlers(scene, patrol))
  else if (next === 'reported') {
    const group = city.kinds.find(({ code }) => code === row.kind)?.group ?? 'other'
    const when = returned ? Math.max(at, scene.after(past.changed, scene.roll('again').between(...again))) : at
    scene.step('feedback', speaker(scene, duty, patrol), when, reportOf(group, scene.roll('report')))
  } else if (next === 'closed') {
    const above = city.people.subBureaus.get(row.subBureau ?? '')
    if (twistsOf(city.seed, past.name).sendBack && !returned && scene.free(above))
      scene.command('sendBack', above, scene.after(last.at, scene.roll('back').between(...sendingBack)), {
        reason: '反馈内容过简，请补充处置经过和当事人情况。',
      })
    else scene.step('close', duty, at)
  } else scene.step(courseKey[next], speaker(scene, duty, patrol), at)
}

function twists(scene: Scene): void {
  const { row, city, past } = scene
  const { note, correct, cancel, transfer } = twistsOf(city.seed, past.name)
  const roll = scene.roll('twisted')
  const taker = scene.one('taker', city.people.takers)
  scene.twist('note', taker, note, { text: roll.pick(notes) })
  const group = city.kinds.find(({ code }) => code === row.kind)?.group
  const others = city.kinds.filter((kind) => kind.group === group && kind.code !== row.kind)
  if (others.length > 0) scene.twist('correct', taker, correct, { kind: roll.pick(others).code, reason: roll.pick(corrections) })
  if (row.milestones.underWay !== undefined) return
  scene.twist('cancel', taker, cancel, { reason: '报警人再次来电，称已自行解决，不需民警到场。' })
  const neighbours = city.areas.filter(({ code, subBureau }) => subBureau === row.subBureau && code !== row.station)
  if (row.station !== null && neighbours.length > 0)
    scene.twist('transfer', city.people.subBureaus.get(row.subBureau ?? ''), transfer, {
      station: roll.pick(neighbours).code,
      reason: '地点属相邻派出所辖区。',
    })
}

/** When those on their way will be there (ms of the server's clock); `left` is when they left. */
export function arrivalAt(row: IncidentRow, left: string, city: City, past: Past): number {
  const scene = new Scene(row, city, past)
  return scene.due(left, scene.course.depart, scene.course.arrive)
}

/** Everything that somebody in the city will do about an incident as it stands, in no order. Nothing of it is promised: the row may change first. */
export function actsOf(row: IncidentRow, city: City, past: Past): readonly Act[] {
  if (row.imported || row.phase === 'closed' || row.phase === 'cancelled') return []
  const scene = new Scene(row, city, past)
  if (past.ends !== undefined) {
    scene.command('cancel', scene.one('taker', city.people.takers), scene.after(row.opened, scene.roll('ends').between(...ending)), {
      reason: past.ends,
    })
    return scene.acts
  }
  const standing = row.lines.filter(({ ended }) => ended === null)
  for (const line of standing) receive(scene, line)
  const own = standing.find(({ unit }) => unit === row.station)
  if (own === undefined) locate(scene)
  else proceed(scene, own)
  twists(scene)
  return scene.acts
}
