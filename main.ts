import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { pino } from 'pino'
import { FirstDoor } from '#kernel/access/first.ts'
import { dataFolder, openDatabase } from '#kernel/database/open.ts'
import { migrate } from '#kernel/database/migrate.ts'
import { openHouse, parts } from '#kernel/house.ts'
import { listeningOrigin, originOf } from '#kernel/http/origin.ts'
import { proxiesOf } from '#kernel/http/proxies.ts'
import { first } from '#modules/staff/first.ts'
import { demoAccounts, firstAdministrators } from './demo/city.ts'
import { optionsOrExit } from './demo/simulator/options.ts'
import { modules } from './modules.ts'

/**
 * The server of one process: `--demo` brings the demonstration city and its simulation (`--still`: without, `--rate`, `--seed`: see demo/simulator.ts),
 * otherwise DATABASE_URL must name a database. Read it from top to bottom.
 */
const demo = process.argv.includes('--demo')
const still = process.argv.includes('--still')
const simulation = process.argv.slice(2).filter((one) => one !== '--demo' && one !== '--still')
if (demo) optionsOrExit(simulation)
const port = Number(process.env['PORT'] ?? 8110)
const host = process.env['HOST'] ?? '127.0.0.1'
const data = dataFolder()
const url = process.env['DATABASE_URL']
const origin = originOf(process.env['PUBLIC_ORIGIN']) ?? (demo ? listeningOrigin(host, port) : undefined)
const logger = pino({
  level: process.env['LOG_LEVEL'] ?? 'warn',
  redact: { paths: ['password', 'number', 'name', 'narrative', 'text'], censor: '—' },
})

if (!demo && url === undefined) {
  console.error(
    'DATABASE_URL is missing: `npm run serve` keeps real data and wants a database of your own. Try the demonstration city with `npm start`.',
  )
  process.exit(1)
}

const database = await openDatabase({ data, log: (text) => console.log(text), ...(url !== undefined && { url }) })
await migrate(database.owner, parts(modules))
const house = await openHouse({
  ...database,
  modules,
  logger,
  // Two servers may share the folder, and never a port.
  spool: join(data, `readings-${port}`),
  proxies: proxiesOf(process.env['TRUST_PROXY']),
  ...(origin && { origin }),
  ...(process.env['METRICS_TOKEN'] && { metricsToken: process.env['METRICS_TOKEN'] }),
  first,
  ...(demo && { demoAccounts: demoAccounts() }),
})

/** Runs a script of the demonstration to its end, as the client of this server that it is. */
async function run(script: string, ...args: string[]): Promise<void> {
  const child = spawn(process.execPath, [join(import.meta.dirname, script), ...args], { stdio: 'inherit' })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`${script} ended with ${code ?? 'a signal'}`)
}

const simulations = 4
const againMs = 3000
/** The city's people, in a process of their own; begun again a few times when it ends before the server does. It ends with this process. */
function simulate(begun = 1): void {
  if (stopping !== undefined) return
  const args = [join(import.meta.dirname, 'demo/simulator.ts'), '--base', `http://${host}:${port}`, ...simulation]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  child.on('error', (error) => console.error(`The simulation cannot be started: ${error.message}`))
  child.on('exit', (code, signal) => {
    if (stopping !== undefined) return
    const again = begun < simulations
    console.error(`The simulation ended with ${code ?? signal}; ${again ? 'it is begun again.' : 'the city stands still.'}`)
    if (again) setTimeout(simulate, againMs, begun + 1)
  })
}

let stopping: Promise<void> | undefined
const stop = () => {
  stopping ??= house.close().then(() => database.stop())
  return stopping
}
// The launcher and the terminal may both hand on one signal: a second one must not end the process in the middle of stopping.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop().then(() => process.exit(0)))

await house.app.listen({ port, host })
if (demo) {
  await firstAdministrators(house.road)
  await run('demo/seed.ts', `http://${host}:${port}`)
}
const code = demo ? null : await new FirstDoor(house.pool).code()
if (code !== null) {
  console.log(
    `Nobody has an account yet. Open http://${host}:${port}/first within 24 hours and give this code; it works once, and a restart makes a new one:`,
  )
  console.log(`  ${code}`)
}
console.log(`ready http://${host}:${port}`)
if (demo && !still) simulate()
