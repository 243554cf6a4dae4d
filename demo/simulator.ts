import { setTimeout as pause } from 'node:timers/promises'
import type { Views } from '#modules/dispatch/contract.ts'
import type { DemoAccount } from './city.ts'
import { type Client, isBroken, readOpenly, Unreachable } from './client.ts'
import { Actors } from './simulator/actors.ts'
import { Cases } from './simulator/cases.ts'
import { bureau, cityOf, kindsOf } from './simulator/city.ts'
import { ServerClock } from './simulator/clock.ts'
import { Desks } from './simulator/desks.ts'
import { Intake } from './simulator/intake.ts'
import { incidentsOf } from './simulator/live.ts'
import { type Options, optionsOrExit } from './simulator/options.ts'
import { Patrols } from './simulator/patrols.ts'
import { Work } from './simulator/work.ts'

/**
 * `npm run simulate`: the demonstration city at work. It does through the public API, as the accounts of the login page, what their people would do, and
 * leaves to a visitor whatever seat he has taken. It ends with the process that started it, or when the server has been silent for ten seconds.
 */
const silenceMs = 10_000
const seatsMs = 2000
/** Read anew so often: what a frame brought is never doubted, what none brought is found. */
const boardMs = 300_000
const againMs = 1000
/** With more than this on the board the city is at work already. */
const atWork = 60

/** The last thing it says. */
function end(sentence: string, code = 0): never {
  if (sentence !== '') console.error(sentence)
  process.exit(code)
}

/** What stands on the city's board, then every change of it, until the stream ends. */
async function watch(client: Client, work: Work): Promise<void> {
  work.change({ kinds: await kindsOf(client) })
  const { position, data } = await client.get<{ position: number; data: Views['board'] }>(`/view/dispatch/board?unit=${bureau}`)
  for (const row of data.rows) work.take(row)
  for await (const row of incidentsOf(await client.live(position, AbortSignal.timeout(boardMs)))) work.take(row)
}

async function watchOn(client: Client, work: Work): Promise<never> {
  for (;;) {
    await watch(client, work).catch((error: unknown) => {
      if (!isBroken(error) && !(error instanceof Unreachable)) throw error
    })
    await pause(againMs)
  }
}

async function seats(client: Client, work: Work): Promise<never> {
  for (let before = ''; ; await pause(seatsMs)) {
    const { taken } = await client.get<{ taken: readonly string[] }>('/demo/seats')
    const now = taken.join()
    if (now !== before) work.change({ taken: new Set(taken) })
    before = now
  }
}

async function simulate(options: Options): Promise<void> {
  const { ok, data } = await readOpenly(options.base, '/demo/accounts')
  if (!ok) end(`${options.base} is no demonstration city: a simulation has no business there.`, 1)
  const accounts = data as readonly DemoAccount[]
  const observer = accounts.findLast(({ role }) => role === 'citySupervisor')
  if (observer === undefined) end('The city has nobody who oversees it.', 1)
  const clock = new ServerClock()
  setInterval(() => clock.silence > silenceMs && end('The server is gone; the simulation has ended.'), againMs)
  const actors = new Actors(options.base, accounts, clock)
  const client = actors.client(observer.login)
  const run = `${options.seed} ${new Date(clock.now()).toISOString()}`
  const work = new Work({ run, actors, clock, city: await cityOf(client, actors, accounts, options) })
  const intake = new Intake({ run, work, actors, clock })
  new Desks({ run, work, actors }).start()
  const cases = new Cases({ run, work, actors, clock, accounts })
  cases.start()
  const lasting = [watchOn(client, work), seats(client, work)]
  await pause(againMs)
  if (work.open < atWork) await intake.begin()
  new Patrols({ work, actors, clock }).start()
  setInterval(() => intake.visitors(), againMs)
  await Promise.all([...lasting, cases.begin(), intake.run()])
}

const options = optionsOrExit(process.argv.slice(2))
process.on('disconnect', () => end(''))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => end(''))
// Whoever was in the middle of a request when the server went has nothing to say about it.
process.on('unhandledRejection', (error) =>
  error instanceof Unreachable ? end(`The server is away: ${error.message}.`) : end(String(error), 1),
)
await simulate(options)
