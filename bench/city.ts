import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import type { Views } from '#modules/dispatch/contract.ts'
import { callsPerDay, callsPerSecond } from '../demo/simulator/rhythm.ts'
import { accountOf, demoAccounts, Person } from '../e2e/clients.ts'
import { childrenOf, Server, until } from '../e2e/server.ts'
import type { Result } from './result.ts'

export interface Options {
  readonly seconds: number
  readonly say: (text: string) => void
}

const limits = { ready: 40, atWork: 60, cpu: 25, memory: 1024 }
const bureau = '110000'
/** The city is at work when so many stations have something open and every state of an incident is to be seen. */
const stationsAtWork = 40
const phases = ['open', 'assigned', 'underWay', 'arrived', 'cleared', 'reported'] as const
/** After that everybody has logged in and the first hurry is over. */
const settleSeconds = 60
/** In which Linux counts CPU time, a second. */
const jiffies = 100

interface Processes {
  readonly server: number
  readonly simulator: number
  readonly postgres: number
}

/** CPU seconds of a process and of those it has waited for, since they began. */
function cpuOf(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const [own, system, waited, waitedSystem] = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 15)
    .map(Number) as number[]
  return ((own ?? 0) + (system ?? 0) + (waited ?? 0) + (waitedSystem ?? 0)) / jiffies
}

/** Memory in MiB: what processes share is counted once, in parts. */
const memoryOf = (pid: number): number => Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]) / 1024

const family = (pid: number): number[] => [pid, ...childrenOf(pid)]
const sum = (pids: readonly number[], of: (pid: number) => number): number => pids.reduce((total, pid) => total + of(pid), 0)

/** The first start of a city and two minutes of its day, as `npm start` runs it; the pace is that of the busiest hour whatever the hour is now. */
export async function city({ seconds, say }: Options): Promise<Result[]> {
  const now = Date.now()
  const busiest = Math.max(...Array.from({ length: 24 }, (_, hour) => callsPerSecond(now + hour * 3_600_000)))
  const rate = Math.round((100 * busiest) / callsPerSecond(now)) / 100
  const server = await Server.prepare({ args: ['--demo', '--rate', String(rate)] })
  try {
    const started = performance.now()
    await server.start()
    const ready = (performance.now() - started) / 1000
    const accounts = await demoAccounts(server.url)
    const supervisor = await Person.logIn(server.url, accountOf(accounts, 'citySupervisor'))
    const board = async () => (await supervisor.view<Views['board']>('dispatch', 'board', { unit: bureau })).data.rows
    await until(
      'the city is at work',
      async () => {
        const rows = await board()
        return (
          new Set(rows.map(({ station }) => station)).size >= stationsAtWork &&
          phases.every((one) => rows.some(({ phase }) => phase === one))
        )
      },
      300_000,
      250,
    )
    const atWork = (performance.now() - started) / 1000
    say(`ready after ${ready.toFixed(1)} s, at work after ${atWork.toFixed(1)} s`)
    await pause(settleSeconds * 1000)
    const [simulator, postgres] = [childrenOf(server.pid)[0], server.postmaster()]
    if (simulator === undefined || postgres === undefined) throw new Error('the simulation or PostgreSQL does not run')
    const figures = await measured({ server: server.pid, simulator, postgres }, seconds)
    return [
      result('accounts of the city', accounts.length, ''),
      result('first start until ready', ready, 's', limits.ready),
      result('first start until the city is at work', atWork, 's', limits.atWork),
      result(`calls a second: the busiest hour of ${callsPerDay} a day`, busiest, '/s'),
      ...figures,
      result('incidents open in the city', (await board()).length, ''),
    ]
  } finally {
    await server.clean()
  }
}

async function measured(processes: Processes, seconds: number): Promise<Result[]> {
  const cpu = () => ({
    server: cpuOf(processes.server),
    simulator: cpuOf(processes.simulator),
    postgres: sum(family(processes.postgres), cpuOf),
  })
  const [before, begun] = [cpu(), performance.now()]
  await pause(seconds * 1000)
  const [after, took] = [cpu(), (performance.now() - begun) / 1000]
  const share = (name: keyof Processes) => (100 * (after[name] - before[name])) / took
  const memory = {
    server: memoryOf(processes.server),
    simulator: memoryOf(processes.simulator),
    postgres: sum(family(processes.postgres), memoryOf),
  }
  const names = ['server', 'simulator', 'postgres'] as const
  return [
    result('CPU of server and simulator, of one core', share('server') + share('simulator'), '%', limits.cpu),
    ...names.map((name) => result(`CPU of ${name}`, share(name), '%')),
    result(
      'memory of all',
      names.reduce((total, name) => total + memory[name], 0),
      'MiB',
      limits.memory,
    ),
    ...names.map((name) => result(`memory of ${name}`, memory[name], 'MiB')),
  ]
}

function result(name: string, value: number, unit: string, limit: number | null = null): Result {
  const rounded = Math.round(value * 100) / 100
  return { name, value: rounded, unit, limit, ok: limit === null || value <= limit }
}
