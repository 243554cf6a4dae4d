import { setTimeout as pause } from 'node:timers/promises'
import { derivedId } from '#kernel/ids.ts'
import type { IncidentRow } from '#modules/dispatch/contract.ts'
import { type Client, Refusal } from '../client.ts'
import type { Actors } from './actors.ts'
import { type Area, type Call, callOf, incidentOf } from './calls.ts'
import type { ServerClock } from './clock.ts'
import { courseOf } from './course.ts'
import { dice } from './dice.ts'
import { gapMs } from './rhythm.ts'
import type { Work } from './work.ts'

/** No more than this is open at once: a call that would open more waits. */
const mostOpen = 400
const holdMs = 500
/** The demonstration begins in the middle of the day's work: so much of it is behind it, and at most so many incidents are opened for it. */
const behindSeconds = 25 * 60
const mostBehind = 140
const begunAtOnce = 8
/** One in so many of those that would be over by now is told all the same. */
const toldOver = 10
/** A visitor at a station's seat gets something to do: a call from its area every so many seconds of ours, while less than this is open there. */
const visitorSeconds = [18, 45] as const
const visitorOpen = 5

const midway: readonly IncidentRow['phase'][] = ['open', 'assigned', 'underWay', 'arrived']

interface Before {
  readonly name: string
  readonly call: Extract<Call, { what: 'incident' }>
  readonly lead: number
}

/** A few of them at a time, in order. */
async function atOnce<Item>(items: Iterable<Item>, work: (item: Item) => Promise<void>): Promise<void> {
  const left = Iterator.from(items)
  const worker = async () => {
    for (let next = left.next(); next.done !== true; next = left.next()) await work(next.value)
  }
  await Promise.all(Array.from({ length: begunAtOnce }, worker))
}

/** The calls of the city, and who takes them. */
export class Intake {
  readonly #run: string
  readonly #work: Work
  readonly #actors: Actors
  readonly #clock: ServerClock
  /** When the next call comes from an area where a visitor sits. */
  readonly #due = new Map<string, number>()
  #answered = 0
  constructor(parts: { run: string; work: Work; actors: Actors; clock: ServerClock }) {
    this.#run = parts.run
    this.#work = parts.work
    this.#actors = parts.actors
    this.#clock = parts.clock
  }

  /** Opens what the city would have at hand if it had been at work before; each is soon as far as its course says. */
  async begin(): Promise<void> {
    const { people } = this.#work.city
    const before = this.#before().slice(-mostBehind)
    // Whoever gets something sits at his screen by then.
    const present = new Set([...people.takers, ...people.subBureaus.values(), ...before.map(({ call }) => people.duty.get(call.from))])
    await atOnce(present, async (seat) => {
      if (seat !== undefined) await this.#actors.as(seat.login, (client) => client.me())
    })
    await atOnce(before, ({ name, call, lead }) => this.#answer(name, call, lead))
  }

  /** The incidents of the last minutes, oldest first, without most of those that would be over; `lead` is their age in seconds. */
  #before(): Before[] {
    const { seed, areas, kinds } = this.#work.city
    const roll = dice('before', seed)
    const now = this.#clock.now()
    const found: Before[] = []
    for (let [n, lead] = [1, behindSeconds]; lead > 0; n++) {
      const name = `before ${n}`
      const call = callOf(seed, name, areas, kinds)
      if (call.what === 'incident') {
        const priority = kinds.find(({ code }) => code === call.kind)?.priority ?? 3
        const { close } = courseOf(seed, name, priority, 'steady', 'steady')
        if (close > lead || n % toldOver === 0) found.push({ name, call, lead })
      }
      lead -= gapMs(now - lead * 1000, 1, roll.between(0, 1)) / 1000
    }
    return found
  }

  /** Takes calls until the process ends. */
  async run(): Promise<never> {
    const { seed, areas, rate } = this.#work.city
    const roll = dice('arrivals', seed)
    let due = this.#clock.now()
    for (let n = 1; ; n++) {
      due += gapMs(due, rate, roll.between(0, 1))
      const early = due - this.#clock.now()
      if (early > 0) await pause(early)
      while (this.#work.open >= mostOpen || this.#actors.queue > 0) await pause(holdMs)
      // What could not be taken in time is not made up for.
      due = Math.max(due, this.#clock.now() - holdMs)
      void this.#answer(`${n}`, callOf(seed, `${n}`, areas, this.#work.city.kinds), 0)
    }
  }

  /** To be asked every second: calls from the areas where visitors sit. */
  visitors(): void {
    const { areas, people, taken, kinds, seed } = this.#work.city
    const sat = ({ code }: Area) => [people.duty.get(code), people.patrols.get(code)].some((seat) => taken.has(seat?.login ?? ''))
    const now = this.#clock.now()
    for (const area of areas.filter(sat)) {
      const name = `visitor ${area.code} ${Math.floor(now / 1000)}`
      const due = this.#due.get(area.code) ?? now
      if (due > now) continue
      this.#due.set(area.code, now + dice(name, seed).between(...visitorSeconds) * 1000)
      const open = this.#work.rows.filter(({ station }) => station === area.code).length
      if (open < visitorOpen) void this.#answer(name, incidentOf(seed, name, [area], kinds), 0)
    }
  }

  async #answer(name: string, call: Call, lead: number): Promise<void> {
    const { people, taken } = this.#work.city
    const takers = people.takers.filter(({ login }) => !taken.has(login))
    const taker = takers[this.#answered++ % takers.length]
    if (taker === undefined) return
    const id = (what: string) => derivedId('simulator', this.#run, what, name)
    const caller = { id: id('call'), ...call.caller }
    try {
      if (call.what === 'further') await this.#actors.as(taker.login, (client) => this.#further(client, call, caller, id('add')))
      else {
        const incident = id('incident')
        this.#work.own(incident, { name, lead, ...(call.what === 'nonPolice' && { ends: call.ends }) })
        const about =
          call.what === 'nonPolice'
            ? { place: { kind: 'unknown' } }
            : { answers: call.answers, place: call.place, ...(call.unit !== undefined && { unit: call.unit }) }
        const time = this.#clock.now() - (lead * 1000) / this.#work.city.rate
        const occurred = lead > 0 && { occurred: { time: new Date(time).toISOString(), source: 'typed' as const } }
        const data = { call: caller, narrative: call.narrative, kind: call.kind, ...about }
        await this.#actors.as(taker.login, (client) =>
          client.command(`dispatch/${incident}`, { id: id('open'), type: 'open', data, ...occurred }),
        )
      }
    } catch (error) {
      // A kind that was just retired, a place that lies outside: this call is not taken.
      if (!(error instanceof Refusal)) throw error
    }
  }

  /** Somebody else calls about something that the city is at. */
  async #further(client: Client, { text, turn }: Extract<Call, { what: 'further' }>, call: object, id: string): Promise<void> {
    const rows = this.#work.rows.filter(({ phase, station }) => midway.includes(phase) && station !== null)
    const row = rows[Math.floor(turn * rows.length)]
    if (row !== undefined) await client.command(`dispatch/${row.id}`, { id, type: 'addCall', data: { call, text } })
  }
}
