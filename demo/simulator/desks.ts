import { derivedId } from '#kernel/ids.ts'
import { Refusal } from '../client.ts'
import type { Actors } from './actors.ts'
import type { Seat } from './people.ts'
import type { Work } from './work.ts'

/** So many stations of the first sub-bureau have a desk on shift; the others are not staffed, and alarm nobody. */
const staffed = 6
/** Well within the limit after which a desk is silent. */
const everyMs = 15_000

/** Desks on shift: each has a screen that says it is there, for as long as no visitor sits at it, whose browser says so itself. */
export class Desks {
  readonly #run: string
  readonly #work: Work
  readonly #actors: Actors
  readonly #started = new Set<string>()
  constructor(parts: { run: string; work: Work; actors: Actors }) {
    this.#run = parts.run
    this.#work = parts.work
    this.#actors = parts.actors
  }

  start(): NodeJS.Timeout {
    void this.#tick()
    return setInterval(() => void this.#tick(), everyMs)
  }

  async #tick(): Promise<void> {
    const { people, taken } = this.#work.city
    const [first] = [...people.subBureaus.keys()].toSorted()
    const desks = [...people.duty]
      .filter(([unit]) => first !== undefined && unit.startsWith(first))
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
    const seats = desks.slice(0, staffed).filter(([, { login }]) => !taken.has(login))
    await Promise.all(seats.map(([unit, seat]) => this.#attend(unit, seat)))
  }

  async #attend(unit: string, { login }: Seat): Promise<void> {
    const idOf = (what: string) => derivedId('simulator', this.#run, 'desk', unit, what)
    try {
      await this.#actors.as(login, (client) => client.signal('dispatch/present', { screen: idOf('screen'), visible: true }), true)
      if (this.#started.has(unit)) return
      this.#started.add(unit)
      const command = { id: idOf('start'), type: 'startShift', data: { unit } }
      await this.#actors.as(login, (client) => client.command(`dispatch/shift:${idOf('shift')}`, command))
    } catch (error) {
      // Somebody has the shift already, of an earlier run or a visitor, or the seat's rights have changed: the screen is there all the same.
      if (!(error instanceof Refusal)) throw error
    }
  }
}
