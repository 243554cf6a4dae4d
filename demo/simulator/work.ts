import { derivedId } from '#kernel/ids.ts'
import type { IncidentRow } from '#modules/dispatch/contract.ts'
import { type Client, Refusal } from '../client.ts'
import { type Act, actsOf, type City, type Past } from './acts.ts'
import type { Actors } from './actors.ts'
import type { ServerClock } from './clock.ts'

/** Of an incident that this run has opened itself. */
export type Own = Pick<Past, 'name' | 'lead' | 'ends'>

interface Known {
  row: IncidentRow
  readonly past: Past & { changed: number; readonly done: Set<string> }
  timer: NodeJS.Timeout | undefined
  acting: boolean
}

/** More than a day ahead is as good as never, and no timer can be longer. */
const longestMs = 86_400_000

/** What was refused is tried again after this, if it still makes sense then. */
const refusedMs = 20_000

const over = ({ phase }: IncidentRow): boolean => phase === 'closed' || phase === 'cancelled'

/**
 * Everything that is open in the city, and who does what about it next. Each incident waits for the earliest of its acts; when it is done or the row
 * has changed, the acts are thought out anew. One act of an incident at a time, and none before the one before it was answered.
 */
export class Work {
  readonly #run: string
  readonly #actors: Actors
  readonly #clock: ServerClock
  readonly #known = new Map<string, Known>()
  readonly #own = new Map<string, Own>()
  #city: City
  constructor(parts: { run: string; actors: Actors; clock: ServerClock; city: City }) {
    this.#run = parts.run
    this.#actors = parts.actors
    this.#clock = parts.clock
    this.#city = parts.city
  }

  get city(): City {
    return this.#city
  }

  get rows(): readonly IncidentRow[] {
    return [...this.#known.values()].map(({ row }) => row)
  }

  get open(): number {
    return this.#known.size
  }

  pastOf(id: string): Past | undefined {
    return this.#known.get(id)?.past
  }

  /** Before it is opened: what its course hangs on. */
  own(id: string, what: Own): void {
    this.#own.set(id, what)
  }

  /** An incident as it stands now. */
  take(row: IncidentRow): void {
    const known = this.#known.get(row.id)
    if (row.imported || (known !== undefined && row.n <= known.row.n)) return
    const now = this.#clock.now()
    if (over(row)) {
      clearTimeout(known?.timer)
      this.#known.delete(row.id)
      this.#own.delete(row.id)
    } else if (known === undefined) {
      const past = { ...(this.#own.get(row.id) ?? { name: row.id, lead: 0 }), met: now, changed: now, done: new Set<string>() }
      const met = { row, past, timer: undefined, acting: false }
      this.#known.set(row.id, met)
      this.#plan(met)
    } else {
      if (known.row.milestones.reported !== undefined && row.milestones.reported === undefined) returned(known)
      known.row = row
      known.past.changed = now
      this.#plan(known)
    }
  }

  /** Something is different in the city: who sits where, which types there are. */
  change(part: Partial<Pick<City, 'taken' | 'kinds'>>): void {
    this.#city = { ...this.#city, ...part }
    for (const known of this.#known.values()) this.#plan(known)
  }

  #plan(known: Known): void {
    clearTimeout(known.timer)
    if (known.acting || this.#known.get(known.row.id) !== known) return
    const acts = actsOf(known.row, { ...this.#city, out: this.#out() }, known.past)
    const [first, ...others] = acts
    if (first === undefined) return
    const next = others.reduce((best, act) => (act.at < best.at ? act : best), first)
    const wait = Math.min(longestMs, Math.max(0, next.at - this.#clock.now()))
    known.timer = setTimeout(() => void this.#perform(known, next), wait)
  }

  #putOff(known: Known, key: string): void {
    known.past.done.add(key)
    setTimeout(() => {
      known.past.done.delete(key)
      this.#plan(known)
    }, refusedMs)
  }

  #out(): ReadonlySet<string> {
    return new Set([...this.#known.values()].flatMap(({ row }) => (row.milestones.cleared === undefined ? row.handlers : [])))
  }

  async #perform(known: Known, act: Act): Promise<void> {
    known.acting = true
    const { id, n } = known.row
    const { ask } = act
    try {
      const what = async (client: Client): Promise<unknown> => {
        if ('signal' in ask) return client.signal(`dispatch/${ask.signal}`, ask.body)
        const command = { id: derivedId('simulator', this.#run, id, act.key, n), type: ask.command, data: ask.data }
        const occurred = ask.occurred !== undefined && { occurred: { time: ask.occurred, source: 'radio' as const } }
        return client.command(`dispatch/${id}`, { ...command, ...occurred })
      }
      await this.#actors.as(act.who, what, 'signal' in ask)
      known.past.done.add(act.key)
    } catch (error) {
      // Somebody else was faster, an officer is out, the seat's rights have changed: it is thought over when the row next changes, or after a while.
      if (!(error instanceof Refusal)) throw error
      this.#putOff(known, `${act.key}@${n}`)
    } finally {
      known.acting = false
    }
    this.#plan(known)
  }
}

/** A report was sent back: it is made and closed once more, and not sent back again. */
function returned({ past }: Known): void {
  past.done.add('sendBack')
  past.done.delete('feedback')
  past.done.delete('close')
}
