// A whole server of its own for the bench, as a child process: main.ts without the demonstration, and with figures about itself.
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { keepSecret } from '#kernel/access/sessions.ts'
import { migrate } from '#kernel/database/migrate.ts'
import { dataFolder, openDatabase } from '#kernel/database/open.ts'
import { type Opened, openHouse, parts } from '#kernel/house.ts'
import { modules } from '../../modules.ts'
import { answer } from './messages.ts'
import { bureau, loginOf, password, ringOf, stations, subBureaus, supervisor, taker } from './plan.ts'

const sampleMs = 250
const resolutionMs = 5

/** Units and accounts, given by the system as before there is anybody; all accounts have one password, hashed once. */
async function seed(house: Opened): Promise<void> {
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
}

const data = await mkdtemp(`${dataFolder()}-bench-`)
const database = await openDatabase({ data, name: 'bench', log: () => {} })
await migrate(database.owner, parts(modules))
/** A clock that stands still, for figures of a day that must not depend on the hour at which they are measured. */
const [moment] = process.argv.slice(2)
const house = await openHouse({ ...database, modules, spool: join(data, 'readings'), ...(moment !== undefined && { now: () => moment }) })
await house.app.listen({ port: 0, host: '127.0.0.1' })

const delay = monitorEventLoopDelay({ resolution: resolutionMs })
let peak = 0
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
      await seed(house)
      return { port: (house.app.server.address() as AddressInfo).port, owner: database.owner }
    },
    async watch() {
      delay.reset()
      delay.enable()
      peak = process.memoryUsage.rss()
      clearInterval(sampling)
      sampling = setInterval(() => {
        peak = Math.max(peak, process.memoryUsage.rss())
      }, sampleMs)
    },
    async watched() {
      return { rss: peak / 1024 / 1024, loopP99: Math.max(0, delay.percentile(99) / 1e6 - resolutionMs) }
    },
    stop,
  },
  () => void stop().finally(() => process.exit(1)),
)
process.on('message', ({ what }: { what: string }) => {
  if (what === 'exit') process.exit(0)
})
