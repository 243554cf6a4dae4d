import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { type Logger, pino } from 'pino'
import { Factors } from './access/factors.ts'
import type { First } from './access/first.ts'
import { ReadLog } from './access/log.ts'
import { Sessions } from './access/sessions.ts'
import { Sweep } from './clocks/sweep.ts'
import { HouseTime } from './clocks/time.ts'
import type { Part } from './database/migrate.ts'
import { Pool, type Tx } from './database/tx.ts'
import { Refusal } from './decider.ts'
import { Effects } from './effects/effects.ts'
import { SigningKey } from './effects/key.ts'
import { Follow } from './follow.ts'
import { http } from './http/app.ts'
import { Live } from './live.ts'
import type { AnyModule } from './module.ts'
import { traceOf } from './problem.ts'
import { Reactions } from './reactions.ts'
import { Road } from './road.ts'

/** What is migrated, in this order: the road, who may walk it, then every module. */
export const parts = (modules: readonly AnyModule[]): Part[] => [
  { name: 'kernel', folder: new URL('./', import.meta.url) },
  { name: 'access', folder: new URL('./access/', import.meta.url) },
  ...modules.filter((module) => module.schemas.includes(module.name)).map((module) => ({ name: module.name, folder: module.migrations })),
]

export interface Opened {
  readonly app: FastifyInstance
  readonly road: Road
  readonly pool: Pool
  readonly follow: Follow
  readonly log: ReadLog
  readonly sweep: Sweep
  readonly effects: Effects
  readonly time: HouseTime
  close(): Promise<void>
}

export interface Options {
  readonly app: string
  readonly worker: string
  readonly modules: readonly AnyModule[]
  /** A local file for readings that the database could not take. */
  readonly spool: string
  readonly now?: () => string
  readonly logger?: Logger
  readonly first?: First
  readonly demoAccounts?: readonly unknown[]
  readonly proxies?: readonly string[]
  readonly metricsToken?: string
  /** Under which browsers reach the house: `https://host`. Not there: it is not known, and nothing that is sent out carries a link. */
  readonly origin?: string
  readonly reactionWaitMs?: number
  /** How long an attempt to deliver something outside may take. */
  readonly effectTimeoutMs?: number
}

/** Requests share few connections: the road is short and the machine has few cores. */
const appConnections = 16
const workerConnections = 10
/** A session that has run out, which nobody tells, loses its screens within this. */
const recheckMs = 15_000

/** Records on its account that a recovery code was used: of many at once one is told so, the others hear the decision's no. */
const recoveredBy = (road: Road, modules: readonly AnyModule[]) => async (account: string, recovery: string) => {
  const keeper = modules.find((module) => module.recovered !== undefined)
  if (keeper?.recovered === undefined) return false
  const by = { system: 'log-in', because: 0 }
  try {
    await road.take({ module: keeper.name, stream: account, id: randomUUID(), ...keeper.recovered(recovery), by, as: [] })
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

/** @throws when no module says how long a session lasts: nobody could log in */
const limitsBy = (modules: readonly AnyModule[], now: () => string) => (tx: Tx, unit: string) => {
  const keeper = modules.find((module) => module.limits !== undefined)
  if (keeper?.limits === undefined) throw new Error('no module keeps the accounts')
  return keeper.limits(tx, unit, now())
}

/** What of the options the routes are given: nothing where nothing was said. */
const offered = ({ first, demoAccounts, proxies, metricsToken, origin }: Options) => ({
  ...(first && { first }),
  ...(demoAccounts && { demoAccounts }),
  ...(proxies && { proxies }),
  ...(metricsToken && { metricsToken }),
  ...(origin && { origin }),
})

interface Alone {
  readonly workers: Pool
  readonly modules: readonly AnyModule[]
  readonly now: () => string
  readonly fault: (error: unknown, about?: string) => void
  readonly follow: Follow
  readonly waitMs: number | undefined
  readonly timeoutMs: number | undefined
  readonly key: SigningKey
  readonly origin: string | null
}
/** What acts though nobody has asked: points of clocks that have come, other modules' events, and what is to be done outside. */
function actingAlone({ workers, modules, now, fault, follow, waitMs, timeoutMs, key, origin }: Alone) {
  const road = new Road({ pool: workers, modules, now, committed: (events) => follow.committed(events) })
  const sweep = new Sweep({ pool: workers, road, modules, now, fault })
  const reactions = new Reactions({ pool: workers, road, modules, fault, ...(waitMs !== undefined && { waitMs }) })
  const effects = new Effects({ pool: workers, road, modules, now, fault, key, origin, timeoutMs })
  return { sweep, reactions, effects }
}

/** Every part of one process, joined: nothing listens yet. */
export async function openHouse(options: Options): Promise<Opened> {
  const { modules, logger = pino({ level: 'silent' }) } = options
  const fault = (error: unknown, about = 'kernel') => {
    logger.error({ about, ...traceOf(error) }, 'fault')
  }
  const pool = new Pool(options.app, { max: appConnections, name: 'plumbline', onError: fault })
  const workers = new Pool(options.worker, { max: workerConnections, name: 'plumbline-worker', onError: fault })
  const time = new HouseTime({ pool: workers, fault })
  if (options.now === undefined) await time.start()
  const now = options.now ?? time.now
  const log = new ReadLog({ pool, spool: options.spool, fault })
  const follow = new Follow({ pool: workers, modules, fault })
  const road = new Road({ pool, modules, now, committed: (events) => follow.committed(events) })
  const factors = new Factors({ pool, now, recovered: recoveredBy(road, modules) })
  const sessions = new Sessions({ pool, factors, exempt: options.demoAccounts !== undefined, limits: limitsBy(modules, now) })
  await follow.start()
  const live = new Live({ pool: workers, modules, position: follow.position })
  const key = await SigningKey.open(workers)
  const waits = { waitMs: options.reactionWaitMs, timeoutMs: options.effectTimeoutMs }
  const { sweep, reactions, effects } = actingAlone({ workers, modules, now, fault, follow, key, origin: options.origin ?? null, ...waits })
  const recheck = (account?: string) => live.recheck((tokens) => sessions.people(tokens), account)
  follow.onEnded((account) => {
    sessions.forget()
    return recheck(account)
  })
  follow.add(async (events) => {
    // First who may see what, then the frames: a frame after the loss of a grant is not sent even when both were read together.
    if (events.some((event) => modules.some((module) => module.name === event.module && module.schemas.includes('access')))) {
      sessions.forget()
      await recheck()
    }
    await live.follow(events)
  })
  follow.add((events) => reactions.follow(events))
  reactions.wake()
  sweep.start()
  effects.start()
  const rechecking = setInterval(() => void recheck().catch(fault), recheckMs)
  const stop = async () => {
    clearInterval(rechecking)
    live.close()
    time.stop()
    await Promise.all([sweep.stop(), effects.stop(), reactions.stop()])
    await log.stop().catch(fault)
    await follow.stop()
    await Promise.all([pool.close(), workers.close()])
  }
  const app = await http({ road, follow, live, sessions, log, pool, modules, now, logger, sweep, time, ...offered(options) }).catch(
    async (error: unknown) => {
      await stop()
      throw error
    },
  )
  return {
    app,
    road,
    pool,
    follow,
    log,
    sweep,
    effects,
    time,
    async close() {
      live.close()
      await app.close()
      await stop()
    },
  }
}
