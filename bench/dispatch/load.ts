// The load, as a child process: the call taker and every screen of the city.
import { randomUUID } from 'node:crypto'
import { answer } from './messages.ts'
import { benchPlan, type Login, openAt, type Plan, type Station } from './plan.ts'
import { Posts } from './post.ts'
import { Board, Screen } from './screens.ts'

interface Call {
  readonly due: number
  readonly station: Station
  answered: boolean
  atStation: number | null
  atSubBureau: number | null
  stationTold: boolean
  subBureauTold: boolean
}

export interface LoadFigures {
  readonly sent: number
  readonly answered: number
  readonly errors: number
  readonly p50: number
  readonly p99: number
  readonly max: number
  readonly mean: number
  /** Answered but not on both boards when the wait for stragglers was over, and screens that are behind the first of their unit. */
  readonly lost: number
  readonly doubled: number
  readonly unacknowledged: number
  readonly failedTells: number
  readonly tells: number
  readonly frames: number
  /** Share of a core that this process took. */
  readonly cpu: number
  readonly seconds: number
  readonly reasons: Readonly<Record<string, number>>
}

const logIns = 4
const drainMs = 8000
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

let port = 0
let plan = benchPlan
let posts = new Posts(0, 0)
const cookies = new Map<string, string>()
const boards = new Map<string, Board>()
const calls = new Map<string, Call>()

async function logIn({ login, password }: Login): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password }),
  })
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0]
  if (cookie === undefined) throw new Error(`log-in of ${login}: ${response.status} ${await response.text()}`)
  return cookie
}

async function start(options: { port: number; plan: Plan }): Promise<void> {
  port = options.port
  plan = options.plan
  posts = new Posts(port, 256)
  const waiting = [plan.taker, ...Object.values(plan.duties)]
  const worker = async () => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) cookies.set(next.login, await logIn(next))
  }
  await Promise.all(Array.from({ length: logIns }, worker))
}

const cookieOf = (account: Login | undefined): string => cookies.get(account?.login ?? '') ?? ''

/** So many screens, one after the other over all units. */
async function connectScreens({ clients }: { clients: number }): Promise<{ units: number }> {
  const units = Object.keys(plan.duties)
  const opening: Screen[] = []
  for (let index = 0; index < clients; index++) {
    const unit = units[index % units.length] as string
    const board = boards.get(unit) ?? new Board(unit, cookieOf(plan.duties[unit]), posts, painted)
    boards.set(unit, board)
    opening.push(new Screen(port, board))
    if (opening.length % 50 === 0) await Promise.all(opening.splice(0).map((screen) => screen.opened))
  }
  await Promise.all(opening.map((screen) => screen.opened))
  return { units: boards.size }
}

function painted(unit: string, row: { id: string; lines: readonly { unit: string; delivered: unknown }[] }): void {
  const call = calls.get(row.id)
  if (call === undefined) return
  const told = row.lines.some((line) => line.unit === unit && line.delivered !== null)
  if (unit === call.station.code) {
    call.atStation ??= performance.now()
    call.stationTold ||= told
  } else {
    call.atSubBureau ??= performance.now()
    call.subBureauTold ||= told
  }
}

const watched = (station: Station) => boards.has(station.code) && boards.has(station.subBureau)

/** Open loop: each call is due at its own moment, whatever became of the ones before; its time counts from there. */
async function open({ rate, seconds }: { rate: number; seconds: number }): Promise<LoadFigures> {
  calls.clear()
  const apart = await distances()
  const places = plan.stations.filter(watched)
  const before = count()
  const cpu = process.cpuUsage()
  const begun = performance.now()
  const total = Math.round(rate * seconds)
  const reasons: Record<string, number> = {}
  let [sent, answered] = [0, 0]
  const fail = (reason: string) => {
    reasons[reason] = (reasons[reason] ?? 0) + 1
  }
  const flying = new Set<Promise<void>>()
  while (sent < total) {
    const due = begun + (sent * 1000) / rate
    const wait = due - performance.now()
    if (wait > 0) {
      await pause(wait)
      continue
    }
    const call = one(places[Math.floor(Math.random() * places.length)] as Station, due)
    sent++
    const flight: Promise<void> = call
      .then((reason) => {
        if (reason === null) answered++
        else fail(reason)
      })
      .finally(() => flying.delete(flight))
    flying.add(flight)
  }
  const until = performance.now() + drainMs
  while (performance.now() < until && (flying.size > 0 || missing() > 0)) await pause(50)
  const took = (performance.now() - begun) / 1000
  const used = process.cpuUsage(cpu)
  const found = figures(before)
  return {
    ...found,
    lost: found.lost + (await behind(apart)),
    sent,
    answered,
    errors: total - answered,
    cpu: (used.user + used.system) / 1e6 / took,
    seconds: took,
    reasons,
  }
}

async function one(station: Station, due: number): Promise<string | null> {
  const { incident, command } = openAt(station)
  const call: Call = { due, station, answered: false, atStation: null, atSubBureau: null, stationTold: false, subBureauTold: false }
  calls.set(incident, call)
  try {
    const { status, body } = await posts.post(`/command/dispatch/${incident}`, cookieOf(plan.taker), command)
    call.answered = status === 200
    return call.answered ? null : `${status} ${body.slice(0, 120)}`
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

const missing = () => [...calls.values()].filter((call) => call.answered && (!call.stationTold || !call.subBureauTold)).length

interface Count {
  readonly doubled: number
  readonly frames: number
  readonly failed: number
  readonly tells: number
}
const count = (): Count => {
  const all = [...boards.values()]
  const screens = all.flatMap((board) => board.screens)
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
  return {
    doubled: sum(screens.map((screen) => screen.doubled)),
    frames: sum(screens.map((screen) => screen.frames)),
    failed: sum(all.map((board) => board.failed)),
    tells: sum(all.map((board) => board.told)),
  }
}

const looks = 20
const lookMs = 10
/** By how many frames each screen differs from the first of its unit, at some moments: a frame may be on its way to one of them while the city is at work. */
async function distances(): Promise<ReadonlyMap<Screen, ReadonlySet<number>>> {
  const found = new Map<Screen, Set<number>>()
  for (let look = 0; look < looks; look++) {
    for (const { screens } of boards.values())
      for (const screen of screens) {
        const seen = found.get(screen) ?? new Set<number>()
        found.set(screen, seen.add(screen.frames - (screens[0]?.frames ?? 0)))
      }
    await pause(lookMs)
  }
  return found
}

/** Screens that have come nearer or fallen behind the first of their unit, or whose connection broke, have lost something. */
async function behind(before: ReadonlyMap<Screen, ReadonlySet<number>>): Promise<number> {
  const now = await distances()
  return [...now].filter(([screen, seen]) => screen.broken > 0 || seen.isDisjointFrom(before.get(screen) ?? new Set())).length
}

function figures(before: Count) {
  const made = [...calls.values()].filter((call) => call.answered)
  const both = made
    .flatMap(({ due, atStation, atSubBureau }) =>
      atStation === null || atSubBureau === null ? [] : [Math.max(atStation, atSubBureau) - due],
    )
    .toSorted((a, b) => a - b)
  const rank = (percent: number) => both[Math.max(0, Math.ceil((percent / 100) * both.length) - 1)] ?? Number.NaN
  const now = count()
  return {
    p50: rank(50),
    p99: rank(99),
    max: both.at(-1) ?? Number.NaN,
    mean: both.reduce((sum, ms) => sum + ms, 0) / both.length,
    lost: made.length - both.length,
    doubled: now.doubled - before.doubled,
    unacknowledged: missing(),
    failedTells: now.failed - before.failed,
    tells: now.tells - before.tells,
    frames: now.frames - before.frames,
  }
}

/** Closed loop without any screen: so many at once, each sends the next when it has its answer. */
async function closed({ workers, seconds }: { workers: number; seconds: number }): Promise<{ rate: number }> {
  let done = 0
  const begun = performance.now()
  const until = begun + seconds * 1000
  const worker = async () => {
    while (performance.now() < until) {
      const { incident, command } = openAt(plan.stations[Math.floor(Math.random() * plan.stations.length)] as Station)
      const { status, body } = await posts.post(`/command/dispatch/${incident}`, cookieOf(plan.taker), command)
      if (status !== 200) throw new Error(`${status} ${body}`)
      done++
    }
  }
  await Promise.all(Array.from({ length: workers }, worker))
  return { rate: done / ((performance.now() - begun) / 1000) }
}

/** Ends the calls of the last open loop as a call taker who was mistaken, so that they concern nothing that is measured after them. */
async function cancel(): Promise<void> {
  const waiting = [...calls].filter(([, call]) => call.answered).map(([incident]) => incident)
  const worker = async () => {
    for (let incident = waiting.pop(); incident !== undefined; incident = waiting.pop()) {
      const command = { id: randomUUID(), type: 'cancel', data: { reason: '误报' } }
      const { status, body } = await posts.post(`/command/dispatch/${incident}`, cookieOf(plan.taker), command)
      if (status !== 200) throw new Error(`cancel: ${status} ${body}`)
    }
  }
  await Promise.all(Array.from({ length: logIns }, worker))
}

async function stop(): Promise<void> {
  for (const { screens } of boards.values()) for (const screen of screens) screen.close()
  posts.close()
}

answer({ start, connectScreens, open, cancel, closed, stop })
