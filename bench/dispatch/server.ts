// A whole server of its own for the bench, as a child process: main.ts with figures about itself. `--moment`: a clock that stands still, for figures of a day
// that must not depend on the hour at which they are measured. `--city`: the demonstration city instead of the bench's own.
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { keepSecret } from '#kernel/access/sessions.ts'
import { migrate } from '#kernel/database/migrate.ts'
import { dataFolder, openDatabase } from '#kernel/database/open.ts'
import { type Opened, openHouse, parts } from '#kernel/house.ts'
import { demoAccounts, firstAdministrators } from '../../demo/city.ts'
import { modules } from '../../modules.ts'
import { type Fired, fill, firedSince, moveOn, sweeps } from './clocks.ts'
import { answer } from './messages.ts'
import {
  benchPlan,
  bureau,
  caseStation,
  cityPlan,
  head,
  loginOf,
  officer,
  type Plan,
  password,
  ringOf,
  stations,
  subBureaus,
  supervisor,
  taker,
} from './plan.ts'

const sampleMs = 250
const resolutionMs = 5
const mebibyte = 1024 * 1024

/** Units and accounts, given by the system as before there is anybody; all accounts have one password, hashed once. */
async function seed(house: Opened): Promise<Plan> {
  const { hash } = await keepSecret(randomUUID(), password)
  const take = (stream: string, type: string, data: unknown, secrets: { id: string; hash: string }[] = []) =>
    house.road.take({ module: 'staff', stream, id: randomUUID(), type, data, by: { system: 'bench', because: 0 }, as: [], secrets })
  const account = async (login: string, unit: string, role: string) => {
    const [id, secret] = [randomUUID(), randomUUID()]
    await take(id, 'openAccount', { login, name: login, unit, password: secret }, [{ id: secret, hash }])
    await take(id, 'grant', { role, unit })
  }
  await take(bureau, 'openUnit', { kind: 'bureau', name: 'Bench' })
  await account(taker, bureau, 'callTaker')
  await account(supervisor, bureau, 'citySupervisor')
  for (const code of subBureaus) {
    await take(code, 'openUnit', { kind: 'subBureau', parent: bureau, name: code })
    await account(loginOf(code), code, 'subBureauDuty')
  }
  for (const station of stations) {
    const { code, subBureau } = station
    await take(code, 'openUnit', { kind: 'station', parent: subBureau, name: code, boundary: [[ringOf(station)]], schematic: true })
    await account(loginOf(code), code, 'stationDuty')
  }
  await account(officer, caseStation, 'caseOfficer')
  await account(head, caseStation, 'unitHead')
  return benchPlan
}

/** The demonstration city, seeded by a process of its own as in main.ts. */
async function seedDemo(house: Opened, base: string): Promise<Plan> {
  await firstAdministrators(house.road)
  const script = spawn(process.execPath, [join(import.meta.dirname, '../../demo/seed.ts'), base], { stdio: 'inherit' })
  const [code] = (await once(script, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`the city was not seeded: ${code ?? 'a signal'}`)
  return cityPlan(base)
}

/** From now on the rungs of every new call come after so many seconds; null: when the settings' defaults say. */
async function setRungs(seconds: Readonly<Record<string, number>> | null): Promise<void> {
  for (const rung of ['ring', 'assign', 'city'])
    for (const priority of [1, 2, 3])
      await house.road.take({
        module: 'dispatch',
        stream: `setting:${rung}Seconds${priority}`,
        id: randomUUID(),
        type: 'setSetting',
        data: { unit: bureau, value: seconds?.[rung] ?? null, reason: 'bench' },
        by: { system: 'bench', because: 0 },
        as: [],
      })
}

/** What a server needed since the watch began: memory in MiB, milliseconds. */
export interface Watched {
  readonly rss: number
  /** What of it is the heap of JavaScript, and what are buffers outside of it, at that moment. */
  readonly heap: number
  readonly external: number
  /** What of the heap is still in use when everything that is not has been collected. */
  readonly alive: number
  readonly loopP99: number
  readonly fired: Fired
}

const data = await mkdtemp(`${dataFolder()}-bench-`)
const database = await openDatabase({ data, name: 'bench', log: () => {} })
await migrate(database.owner, parts(modules))
const { moment, city } = parseArgs({ options: { moment: { type: 'string' }, city: { type: 'boolean', default: false } } }).values
const house = await openHouse({
  ...database,
  modules,
  spool: join(data, 'readings'),
  ...(moment !== undefined && { now: () => moment }),
  ...(city && { demoAccounts: demoAccounts() }),
})
await house.app.listen({ port: 0, host: '127.0.0.1' })

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
const aliveNow = (): number => {
  collect()
  return process.memoryUsage().heapUsed
}

const subject = { house, owner: database.owner }
const delay = monitorEventLoopDelay({ resolution: resolutionMs })
let peak = process.memoryUsage()
let since = ''
let sampling: NodeJS.Timeout | undefined
/** Stops everything and leaves nothing behind; profiles are written at the exit. */
const stop = async () => {
  const closed = await Promise.allSettled([house.close()])
  await database.stop()
  for (const one of closed) if (one.status === 'rejected') console.error(one.reason)
  await rm(data, { recursive: true, force: true })
}

answer(
  {
    async start() {
      const { port } = house.app.server.address() as AddressInfo
      const plan = await (city ? seedDemo(house, `http://127.0.0.1:${port}`) : seed(house))
      return { port, owner: database.owner, plan }
    },
    rungs: setRungs,
    fill: ({ clocks }: { clocks: number }) => fill(subject, clocks),
    sweeps: ({ times }: { times: number }) => sweeps(subject, times),
    moveOn: ({ by, points }: { by: number; points: number }) => moveOn(subject, by, points),
    async watch() {
      since = house.time.now()
      delay.reset()
      delay.enable()
      peak = process.memoryUsage()
      clearInterval(sampling)
      sampling = setInterval(() => {
        const now = process.memoryUsage()
        if (now.rss > peak.rss) peak = now
      }, sampleMs)
    },
    async watched() {
      return {
        rss: peak.rss / mebibyte,
        heap: peak.heapTotal / mebibyte,
        external: peak.external / mebibyte,
        alive: aliveNow() / mebibyte,
        loopP99: Math.max(0, delay.percentile(99) / 1e6 - resolutionMs),
        fired: await firedSince(subject, since),
      } satisfies Watched
    },
    stop,
  },
  () => void stop().finally(() => process.exit(1)),
)
process.on('message', ({ what }: { what: string }) => {
  if (what === 'exit') process.exit(0)
})
