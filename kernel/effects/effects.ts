import { randomUUID } from 'node:crypto'
import type { Pool } from '../database/tx.ts'
import type { Delivery, Effect } from '../effect.ts'
import { pdfOf } from '../documents/documents.ts'
import { derivedId } from '../ids.ts'
import type { AnyModule } from '../module.ts'
import type { Road } from '../road.ts'
import type { SigningKey } from './key.ts'
import { print } from './printer.ts'
import { post } from './webhook.ts'

const lookMs = 250
/** Targets at one moment. One that does not answer holds its own place only. */
const atOnce = 32
const longestMs = 10_000
/** A server that was killed holds a target no longer; longer than any attempt takes. */
const holdMs = 15_000
/** Also after an outage a target gets no more than one in this: five a second. */
const paceMs = 200
/** Of what is recorded without being sent, while a target is held. */
const mostUnsent = 100
const firstWaitMs = 1000
const longestWaitMs = 60_000
/** Of what a failure is remembered by. */
const errorLength = 200

interface Target {
  readonly module: string
  readonly target: string
}
interface Head {
  readonly stream: string
  readonly effect: Effect
}
interface Held extends Target {
  readonly tries: number
  readonly error: string | null
}

const readyText = `
  select f.module, f.target from (select distinct module, target, effect ->> 'behind' as behind from kernel.effect) f
    left join kernel.effect_target t using (module, target)
  where not exists (select from kernel.effect first where first.module = f.module and first.target = f.behind) and (t.next_at is null or t.next_at <= $1::timestamptz) and (t.held_until is null or t.held_until <= $1::timestamptz)
    and f.module || '/' || f.target <> all ($2::text[])
  order by t.next_at nulls first, f.module, f.target limit $3`
const holdText = `
  insert into kernel.effect_target as t (module, target, next_at, held_by, held_until) values ($1, $2, $3, $4, $5)
  on conflict (module, target) do update set held_by = $4, held_until = $5
    where t.next_at <= $3::timestamptz and (t.held_until is null or t.held_until <= $3::timestamptz)
  returning tries, error`
const headText = `
  select f.stream, f.effect from kernel.effect f join kernel.event e on e.module = f.module and e.stream = f.stream and e.n = f.n
  where f.module = $1 and f.target = $2 order by e.position limit 1`
const leaveText = `
  update kernel.effect_target set tries = $3, error = $4, next_at = $5, held_by = null, held_until = null
  where module = $1 and target = $2 and held_by = $6`

/** Twice as long after each failure, up to the longest, and up to a quarter less: those that failed together do not come back together. */
const waitMs = (tries: number): number => Math.min(longestWaitMs, firstWaitMs * 2 ** (tries - 1)) * (1 - Math.random() / 4)

/** What a person can be told of a failure; of a connection the reason lies beneath. */
function saying(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return 'no answer in time'
  const { cause } = error
  const beneath = cause instanceof Error ? ((cause as { code?: string }).code ?? cause.message) : ''
  return [error.message, beneath].filter(Boolean).join(': ').slice(0, errorLength)
}

/**
 * Carries out what the events want done outside. Of one target one thing at a time, in the order of the positions, whichever server does it; a failure
 * keeps its place and is tried again. What was sent and what it came to cannot be one transaction: a server killed in between has it sent once more,
 * under the same id.
 */
export class Effects {
  readonly #pool: Pool
  readonly #road: Road
  readonly #modules: ReadonlyMap<string, AnyModule>
  readonly #now: () => string
  readonly #fault: (error: unknown, about: string) => void
  readonly #key: SigningKey
  readonly #origin: string | null
  readonly #timeoutMs: number
  readonly #self = randomUUID()
  readonly #busy = new Map<string, Promise<void>>()
  readonly #end = new AbortController()
  #looking: Promise<void> | undefined
  #timer: NodeJS.Timeout | undefined

  constructor(parts: {
    pool: Pool
    road: Road
    modules: readonly AnyModule[]
    now: () => string
    fault: (error: unknown, about: string) => void
    key: SigningKey
    origin: string | null
    timeoutMs?: number | undefined
  }) {
    this.#pool = parts.pool
    this.#road = parts.road
    this.#modules = new Map(parts.modules.filter((module) => module.effects !== undefined).map((module) => [module.name, module]))
    this.#now = parts.now
    this.#fault = parts.fault
    this.#key = parts.key
    this.#origin = parts.origin
    this.#timeoutMs = parts.timeoutMs ?? longestMs
  }

  start(): void {
    this.#timer = setInterval(() => void this.look(), lookMs)
  }

  /** What is under way is broken off and stays first in line. */
  async stop(): Promise<void> {
    clearInterval(this.#timer)
    this.#end.abort()
    await this.#looking
    await Promise.all(this.#busy.values())
  }

  /** One attempt at each target whose turn it is; done when those that began here or before have ended. */
  async pass(): Promise<void> {
    await this.look()
    await Promise.all(this.#busy.values())
  }

  /** Begins what can be begun; only one look goes on at a time. */
  look(): Promise<void> {
    this.#looking ??= this.#begin()
      .catch((error: unknown) => this.#fault(error, 'effects'))
      .finally(() => {
        this.#looking = undefined
      })
    return this.#looking
  }

  async #begin(): Promise<void> {
    const room = atOnce - this.#busy.size
    if (room <= 0 || this.#end.signal.aborted) return
    const ready = await this.#pool.read('*', (tx) => tx.query<Target>(readyText, [this.#now(), [...this.#busy.keys()], room]))
    for (const target of ready) {
      const key = `${target.module}/${target.target}`
      const work = this.#one(target)
        .catch((error: unknown) => this.#fault(error, `effects ${key}`))
        .finally(() => this.#busy.delete(key))
      this.#busy.set(key, work)
    }
  }

  async #one(target: Target): Promise<void> {
    const held = await this.#hold(target)
    if (held === null) return
    const module = this.#modules.get(held.module)
    const fresh = { ...held, tries: 0, error: null }
    let first = held
    try {
      if (module === undefined) throw new Error(`no module ${held.module} answers for an effect`)
      // What is not to be sent any more holds up nothing behind it.
      for (let done = 0; done < mostUnsent && !this.#end.signal.aborted; done++) {
        const channel = await this.#first(module, first)
        first = fresh
        if (channel !== 'none') return await this.#leave(fresh, channel === null ? 0 : paceMs)
      }
      await this.#leave(first, 0)
    } catch (error) {
      // Broken off by the end of this server: that is no failure of the target's.
      if (this.#end.signal.aborted) return this.#leave(first, 0)
      const tries = first.tries + 1
      await this.#leave({ ...first, tries, error: saying(error) }, waitMs(tries))
    }
  }

  /** Carries out what is first in line, and records it. Gives how; null: nothing waits. */
  async #first(module: AnyModule, held: Held): Promise<Delivery['channel'] | null> {
    const { effects } = module
    if (effects === undefined) return null
    const found = await this.#pool.read('*', async (tx) => {
      const [head] = await tx.query<Head>(headText, [held.module, held.target])
      if (head === undefined) return undefined
      const about = { stream: head.stream, now: this.#now(), origin: this.#origin }
      return { ...head, delivery: await effects.deliver(tx, head.effect, about) }
    })
    if (found === undefined) return null
    const id = derivedId('effect', held.module, found.stream, found.effect.id)
    await this.#send(found.delivery, id)
    await this.#record(module, found, held, id)
    return found.delivery.channel
  }

  async #hold({ module, target }: Target): Promise<Held | null> {
    const now = this.#now()
    const until = new Date(Date.parse(now) + holdMs).toISOString()
    const values = [module, target, now, this.#self, until]
    const [row] = await this.#pool.write('*', async () => ({
      statements: [{ text: holdText, values }],
      result: ([rows]) => rows as Pick<Held, 'tries' | 'error'>[],
    }))
    return row === undefined ? null : { module, target, ...row }
  }

  async #leave({ module, target, tries, error }: Held, restMs: number): Promise<void> {
    const next = new Date(Date.parse(this.#now()) + restMs).toISOString()
    const values = [module, target, tries, error, next, this.#self]
    await this.#pool.write('*', async () => ({ statements: [{ text: leaveText, values }], result: () => undefined }))
  }

  /** Ends an attempt that takes too long, and every one at the end of this server. */
  #patience(): AbortSignal {
    return AbortSignal.any([this.#end.signal, AbortSignal.timeout(this.#timeoutMs)])
  }

  async #send(delivery: Delivery, id: string): Promise<void> {
    if (delivery.channel === 'none') return
    if (delivery.channel === 'printer') {
      const { address, title, form, data } = delivery
      const pdf = await pdfOf(form, data)
      return print(address, { id, title, pdf }, this.#patience())
    }
    await post({ id, at: this.#now(), url: delivery.address, body: delivery.body }, this.#key, this.#patience())
  }

  /** Its outcome as an event. Whoever else had it in hand may have recorded it before: then it waits no longer, and nothing is wrong. */
  async #record(module: AnyModule, { stream, effect, delivery }: Head & { delivery: Delivery }, held: Held, id: string): Promise<void> {
    if (module.effects === undefined) return
    const sent = delivery.channel !== 'none'
    const { outcome, address } = delivery
    const command = module.effects.settled(effect, {
      outcome,
      address,
      delivered: sent,
      tries: held.tries + Number(sent),
      error: held.error,
    })
    const by = { system: 'effects', because: 0 }
    try {
      await this.#road.take({ module: module.name, stream, id, ...command, by, as: [] })
    } catch (error) {
      const text = 'select 1 as one from kernel.effect where module = $1 and stream = $2 and id = $3'
      const waits = await this.#pool.read('*', (tx) => tx.query(text, [module.name, stream, effect.id]))
      if (waits.length > 0) throw error
    }
  }
}
