import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { child, endServer, openServer } from './dispatch/children.ts'
import { ask } from './dispatch/messages.ts'
import type { LoadFigures } from './dispatch/load.ts'
import type { Plan } from './dispatch/plan.ts'
import type { Watched } from './dispatch/server.ts'
import type { Result } from './result.ts'

export interface Options {
  readonly seconds: number
  readonly clients: number
  readonly rate: number
  /** A folder for the server's CPU profile. */
  readonly profile: string | undefined
  /** In the demonstration city with its simulation at work, instead of a city that stands still; without (c), whose bare script works alone. */
  readonly atWork: boolean
  readonly say: (text: string) => void
}

const limits = { p99: 50, sustained: 500, ratio: 0.4, rss: 400, fired: 1000 }
/** Nobody signs in this bench. Where its rungs are not what is measured they come in an hour: every clock is written, and none fires. */
const quiet = { ring: 3600, assign: 3600, city: 3600 }
/** Steps of the search for the highest rate, incidents a second. */
const rates = [100, 200, 300, 400, 500, 600, 700, 800, 1000, 1200]
const stepSeconds = 15
const sustainedP99 = 1000
const workers = 16
const closedSeconds = 10
const bareSeconds = 20

/** Until its simulation has the city full of incidents, and everybody has logged in. */
const settleSeconds = 45

/** What main.ts starts beside the server; it ends with this process. */
const simulate = (port: number): ChildProcess =>
  fork(new URL('../demo/simulator.ts', import.meta.url), ['--base', `http://127.0.0.1:${port}`, '--seed', '1'], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })

interface Processes {
  readonly server: ChildProcess
  readonly load: ChildProcess
  readonly owner: string
}

const result = (name: string, value: number, unit: string, limit: number | null = null, most = true): Result => {
  const rounded = Math.round(value * 100) / 100
  return { name, value: rounded, unit, limit, ok: limit === null || (most ? value <= limit : value >= limit) }
}
const short = ({ sent, answered, p50, p99, max, lost, doubled, unacknowledged, tells, frames, cpu, reasons }: LoadFigures): string =>
  `sent ${sent}, answered ${answered}, p50 ${p50.toFixed(1)} p99 ${p99.toFixed(1)} max ${max.toFixed(1)} ms, lost or later than 8 s ${lost}, doubled ${doubled}, not acknowledged ${unacknowledged}, told ${tells}, frames ${frames}, load's cpu ${cpu.toFixed(2)}${Object.keys(reasons).length > 0 ? ` ${JSON.stringify(reasons)}` : ''}`

async function byScript<Found>(what: string, options: object): Promise<Found> {
  const script = child('bare.ts')
  try {
    return await ask<Found>(script, what, options)
  } finally {
    script.disconnect()
  }
}

/** (c) The road without screens against the same rows by a bare script. */
async function ratio({ server, load, owner }: Processes, say: Options['say']): Promise<Result[]> {
  await ask(server, 'rungs', quiet)
  await ask(load, 'closed', { workers, seconds: closedSeconds / 2 })
  const plumbline = await ask<{ rate: number }>(load, 'closed', { workers, seconds: closedSeconds })
  const bare = await byScript<{ rate: number }>('run', { url: owner, workers, seconds: closedSeconds })
  say(`(c) ${plumbline.rate.toFixed(0)}/s against ${bare.rate.toFixed(0)}/s`)
  return [
    result('(c) incidents a second, closed loop of 16, no screens', plumbline.rate, '/s'),
    result('(c) the same rows by a bare script', bare.rate, '/s'),
    result('(c) ratio', plumbline.rate / bare.rate, '', limits.ratio, false),
  ]
}

/** (a) The ordinary peak, in which every call climbs for want of a signature, with what the server needs for it (d). */
async function peak({ server, load, owner }: Processes, { rate, seconds, clients, say }: Options): Promise<Result[]> {
  await ask(server, 'rungs', null)
  await ask(load, 'open', { rate, seconds: 5 })
  await ask(server, 'watch')
  const found = await ask<LoadFigures>(load, 'open', { rate, seconds })
  const watched = await ask<Watched>(server, 'watched')
  say(`(a) ${short(found)}; ${watched.fired.count} rungs`)
  const bare = await byScript<{ p50: number; p99: number }>('open', { url: owner, rate, seconds: bareSeconds })
  const at = `(a) ${rate}/s for ${seconds} s, ${clients} screens`
  return [
    result(`${at}: call to both levels, p50`, found.p50, 'ms'),
    result(`${at}: p99`, found.p99, 'ms', limits.p99),
    result(`${at}: max`, found.max, 'ms'),
    result(`${at}: mean`, found.mean, 'ms'),
    result('(a) the same rows by a bare script at the same rate, p50', bare.p50, 'ms'),
    result('(a) the same rows by a bare script at the same rate, p99', bare.p99, 'ms'),
    result('(a) ratio of p99', found.p99 / bare.p99, ''),
    result('(a) errors', found.errors, '', 0),
    result('(a) lost', found.lost, '', 0),
    result('(a) doubled', found.doubled, '', 0),
    result('(a) lines not acknowledged', found.unacknowledged, '', 0),
    result('(a) rungs of the receipt ladder climbed meanwhile', watched.fired.count, ''),
    result('(a) from the moment of a rung until it is climbed, p50', watched.fired.p50, 'ms'),
    result('(a) from the moment of a rung until it is climbed, p99', watched.fired.p99, 'ms', limits.fired),
    result('(d) event-loop delay p99 during (a)', watched.loopP99, 'ms'),
    result('(d) memory of the server during (a), highest', watched.rss, 'MiB', limits.rss),
    result('(d) of that the heap of JavaScript', watched.heap, 'MiB'),
    result('(d) of that buffers outside of it', watched.external, 'MiB'),
    result('(d) of the heap in use after a full collection', watched.alive, 'MiB'),
  ]
}

/** (b) Steps upwards until one does not hold. */
async function sustained({ server, load }: Processes, { say, atWork }: Options): Promise<Result[]> {
  await ask(server, 'rungs', quiet)
  // In the city at work somebody has taken them on.
  if (!atWork) await ask(load, 'cancel')
  await ask(server, 'watch')
  let [best, p99] = [0, Number.NaN]
  for (const rate of rates) {
    const found = await ask<LoadFigures>(load, 'open', { rate, seconds: stepSeconds })
    const holds = found.p99 < sustainedP99 && found.lost === 0 && found.doubled === 0 && found.errors === 0
    say(`(b) ${rate}/s ${holds ? 'holds' : 'does not hold'}: ${short(found)}`)
    if (!holds) break
    best = rate
    p99 = found.p99
  }
  const watched = await ask<Watched>(server, 'watched')
  return [
    result(`(b) highest rate held for ${stepSeconds} s with p99 < 1 s`, best, '/s', limits.sustained, false),
    ...(best > 0 ? [result('(b) p99 at that rate', p99, 'ms')] : []),
    result('(d) memory of the server, highest of all', watched.rss, 'MiB', limits.rss),
  ]
}

/** Ends by itself when the server has gone; a bench does not wait for that. */
async function end(simulation: ChildProcess): Promise<void> {
  const ended = once(simulation, 'exit')
  simulation.kill()
  await ended
}

/** The figures of dispatch, on a server, a database and a city of their own. */
export async function dispatch(options: Options): Promise<Result[]> {
  const { profile, atWork, say, clients } = options
  const server = openServer({
    args: atWork ? ['--city'] : [],
    execArgv: profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`],
  })
  const load = child('load.ts')
  let simulation: ChildProcess | undefined
  try {
    const { port, owner, plan } = await ask<{ port: number; owner: string; plan: Plan }>(server, 'start')
    say(`the server listens on ${port}`)
    await ask(load, 'start', { port, plan })
    const processes = { server, load, owner }
    const compared = atWork ? [] : await ratio(processes, say)
    if (atWork) {
      simulation = simulate(port)
      await pause(settleSeconds * 1000)
    }
    const { units } = await ask<{ units: number }>(load, 'connectScreens', { clients })
    say(`${clients} screens on ${units} boards${atWork ? ', the city at work' : ''}`)
    const atPeak = await peak(processes, options)
    const highest = await sustained(processes, options)
    if (simulation?.exitCode !== undefined && simulation.exitCode !== null) throw new Error('the simulation has ended before the bench')
    return [
      ...atPeak.filter(({ name }) => name.startsWith('(a)')),
      ...highest.filter(({ name }) => name.startsWith('(b)')),
      ...compared,
      ...atPeak.filter(({ name }) => name.startsWith('(d)')),
      ...highest.filter(({ name }) => name.startsWith('(d)')),
    ]
  } finally {
    if (simulation?.exitCode === null) await end(simulation)
    if (load.connected) await ask(load, 'stop').finally(() => load.disconnect())
    await endServer(server)
  }
}
