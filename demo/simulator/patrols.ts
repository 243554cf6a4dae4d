import type { IncidentRow } from '#modules/dispatch/contract.ts'
import type { Point } from '../areas.ts'
import { Refusal } from '../client.ts'
import { arrivalAt } from './acts.ts'
import type { Actors } from './actors.ts'
import { pointIn } from './calls.ts'
import type { ServerClock } from './clock.ts'
import { dice } from './dice.ts'
import { along, wayBetween } from './roads.ts'
import type { Work } from './work.ts'

/** A patrol says where it is: on its way to somebody often, otherwise now and then. Together never more often than one in `tickMs`. */
const hurryMs = 8_000
const calmMs = 75_000
const tickMs = 150
/** One in so many patrols drives around while it has nothing to do; the others are at the station. */
const roamers = 3
const legSeconds = [200, 500] as const

interface Leg {
  readonly incident: string | null
  readonly way: readonly Point[]
  readonly from: number
  readonly until: number
}

/** Where the city's patrols are. Positions are signals: nothing of them is recorded. */
export class Patrols {
  readonly #work: Work
  readonly #actors: Actors
  readonly #clock: ServerClock
  readonly #legs = new Map<string, Leg>()
  readonly #said = new Map<string, number>()
  #turns = 0
  constructor(parts: { work: Work; actors: Actors; clock: ServerClock }) {
    this.#work = parts.work
    this.#actors = parts.actors
    this.#clock = parts.clock
  }

  start(): NodeJS.Timeout {
    return setInterval(() => void this.#tick(), tickMs)
  }

  async #tick(): Promise<void> {
    if (this.#actors.queue > 0) return
    const now = this.#clock.now()
    const { people, areas, taken } = this.#work.city
    const onTheirWay = this.#work.rows.filter(({ phase }) => phase === 'underWay' || phase === 'arrived')
    const byHandler = new Map(onTheirWay.flatMap((row) => row.handlers.map((name) => [name, row] as const)))
    let [next, longest] = [-1, 0]
    for (const [index, { code }] of areas.entries()) {
      const seat = people.patrols.get(code)
      if (seat === undefined || taken.has(seat.login)) continue
      const row = byHandler.get(seat.name)
      if (row === undefined && index % roamers !== 0) continue
      const wait = now - (this.#said.get(seat.login) ?? 0) - (row?.phase === 'underWay' ? hurryMs : calmMs)
      if (wait > longest) [next, longest] = [index, wait]
    }
    const area = areas[next]
    const seat = people.patrols.get(area?.code ?? '')
    if (area === undefined || seat === undefined) return
    this.#said.set(seat.login, now)
    const leg = this.#legOf(seat.login, byHandler.get(seat.name), () => pointIn(area, dice('leg', seat.login, this.#turns++)), now)
    const [lon, lat] = along(leg.way, (now - leg.from) / (leg.until - leg.from))
    try {
      await this.#actors.as(seat.login, (client) => client.signal('dispatch/position', { lon, lat, incident: leg.incident }))
    } catch (error) {
      // Its rights have changed: it is asked again when it is its turn.
      if (!(error instanceof Refusal)) throw error
    }
  }

  /** The leg it is on; a new one when the old is over or something has come up. */
  #legOf(login: string, row: IncidentRow | undefined, somewhere: () => { lon: number; lat: number }, now: number): Leg {
    const old = this.#legs.get(login)
    if (old !== undefined && old.incident === (row?.id ?? null) && (row !== undefined || now < old.until)) return old
    const { city } = this.#work
    const here: Point = old === undefined ? pointOf(somewhere()) : along(old.way, (now - old.from) / (old.until - old.from))
    const roll = dice('way', city.seed, login, this.#turns++)
    const left = row?.milestones.underWay?.at
    const past = row && this.#work.pastOf(row.id)
    const to = row === undefined ? pointOf(somewhere()) : row.place.kind === 'point' ? pointOf(row.place) : here
    const until =
      row !== undefined && past !== undefined && left !== undefined
        ? arrivalAt(row, left, city, past)
        : now + (roll.between(...legSeconds) * 1000) / city.rate
    const leg = { incident: row?.id ?? null, way: wayBetween(here, to, roll), from: now, until: Math.max(until, now + 1) }
    this.#legs.set(login, leg)
    return leg
  }
}

const pointOf = ({ lon, lat }: { lon: number; lat: number }): Point => [lon, lat]
