import type { Pool } from '../database/tx.ts'
import { derivedId } from '../ids.ts'
import type { AnyModule } from '../module.ts'
import type { Road } from '../road.ts'
import type { Clock } from '../clock.ts'
import { Looks } from './looks.ts'

const sweepMs = 250
/** Of one look. */
const most = 1000
/** Streams on the road at one moment: a group for each lane, so that a person’s command waits for few groups and not for a thousand points. */
const atOnce = 64
/** A point that could not be passed is tried again after this, then after twice as long, and so on. */
const firstRestMs = 1000
const longestRestMs = 60_000

interface DueRow {
  readonly module: string
  readonly stream: string
  readonly id: string
  readonly point: string
  readonly due: string
  readonly clock: Clock
}

const dueText = `
  select module, stream, id, point, due, clock from kernel.clock
  where due <= $1::timestamptz and concat_ws('/', module, stream, id, point) <> all ($2::text[])
  order by due, module, stream, id limit ${most}`

export interface SweepFigures {
  /** Points that were passed since the start. */
  readonly passed: number
  /** Clocks whose point could not be passed and is tried again: each is a fault. */
  readonly failing: number
}

/**
 * Turns every point that has come into a command of the module that started the clock. The command's events move the clock on in their own
 * transaction, and its id derives from the clock and the point: however many servers sweep, and whenever one is killed, there is one effect of each
 * point. What fell due while nobody swept is due still.
 */
export class Sweep {
  readonly #pool: Pool
  readonly #road: Road
  readonly #modules: ReadonlyMap<string, AnyModule>
  readonly #now: () => string
  readonly #fault: (error: unknown, about: string) => void
  readonly #looks: Looks
  readonly #resting = new Map<string, { readonly tries: number; readonly until: number }>()
  #passed = 0
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> | undefined
  #stopped = false

  constructor(parts: {
    pool: Pool
    road: Road
    modules: readonly AnyModule[]
    now: () => string
    fault: (error: unknown, about: string) => void
  }) {
    this.#pool = parts.pool
    this.#road = parts.road
    this.#modules = new Map(parts.modules.filter((module) => module.passing !== undefined).map((module) => [module.name, module]))
    this.#looks = new Looks(parts)
    this.#now = parts.now
    this.#fault = parts.fault
  }

  get figures(): SweepFigures {
    return { passed: this.#passed, failing: this.#resting.size }
  }

  start(): void {
    this.#timer = setInterval(() => void this.#look(), sweepMs)
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearInterval(this.#timer)
    await this.#running
  }

  /** Everything that is due now, point by point until nothing is. Only one goes on at a time; one that began before this was asked does not count. */
  async sweep(): Promise<void> {
    await this.#running
    await this.#look()
  }

  #look(): Promise<void> {
    this.#running ??= this.#all()
      .catch((error: unknown) => this.#fault(error, 'clocks'))
      .finally(() => {
        this.#running = undefined
      })
    return this.#running
  }

  async #all(): Promise<void> {
    await this.#looks.look(this.#now())
    for (let passed = -1; passed !== 0 && !this.#stopped; ) {
      const now = this.#now()
      const due = await this.#pool.read('*', (tx) => tx.query<DueRow>(dueText, [now, this.#resters(now)]))
      if (due.length < most) this.#forget(new Set(due.map(keyOf)), now)
      // What comes to one stream comes in its order; many streams are decided together.
      const streams = Map.groupBy(due, ({ module, stream }) => `${module}/${stream}`).values()
      passed = 0
      const pass = async () => {
        for (const rows of streams) for (const row of rows) if (!this.#stopped && (await this.#pass(row, now))) passed++
      }
      await Promise.all(Array.from({ length: atOnce }, pass))
    }
  }

  #resters(now: string): string[] {
    return [...this.#resting].flatMap(([key, { until }]) => (until > Date.parse(now) ? [key] : []))
  }

  /** Whoever has rested and is not due any more was stopped or passed by somebody else: it fails no longer. */
  #forget(due: ReadonlySet<string>, now: string): void {
    for (const [key, { until }] of this.#resting) if (until <= Date.parse(now) && !due.has(key)) this.#resting.delete(key)
  }

  /** True when the clock has moved on, by this sweep or by another one's. */
  async #pass(row: DueRow, now: string): Promise<boolean> {
    const module = this.#modules.get(row.module)
    const key = keyOf(row)
    try {
      if (module?.passing === undefined) throw new Error(`no module ${row.module} answers for a clock`)
      const command = module.passing(row.clock, { point: row.point, time: row.due })
      const id = derivedId('clock', row.module, row.stream, row.id, row.point, row.due)
      const by = { system: 'clocks', because: 0 }
      await this.#road.take({ module: row.module, stream: row.stream, id, ...command, by, as: [] })
      this.#passed++
      this.#resting.delete(key)
      return true
    } catch (error) {
      if (await this.#movedOn(row)) {
        this.#resting.delete(key)
        return true
      }
      const tries = (this.#resting.get(key)?.tries ?? 0) + 1
      this.#resting.set(key, { tries, until: Date.parse(now) + Math.min(longestRestMs, firstRestMs * 2 ** (tries - 1)) })
      this.#fault(error, `clock ${row.module} ${row.stream} ${row.id} ${row.point}`)
      return false
    }
  }

  /** Somebody stopped or passed it between the look and the decision: then nothing is wrong. */
  async #movedOn({ module, stream, id, point, due }: DueRow): Promise<boolean> {
    const text = 'select 1 as one from kernel.clock where module = $1 and stream = $2 and id = $3 and point = $4 and due = $5'
    return (await this.#pool.read('*', (tx) => tx.query(text, [module, stream, id, point, due]))).length === 0
  }
}

const keyOf = ({ module, stream, id, point }: DueRow): string => `${module}/${stream}/${id}/${point}`
