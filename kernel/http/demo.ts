import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { parsed } from '../problem.ts'
import { type House, sessionOf } from './route.ts'
import { unhurried } from './signal.ts'

/** A visitor who is not heard of for so long has left his seat. */
const seatMs = 120_000
/** The simulation asks every two seconds; when it has not asked for so long none is running. */
const simulatorMs = 15_000

const input = z.strictObject({ mine: z.boolean() })

const sitText = `
  insert into kernel.signal_seat (login, until) values ($1, $2) on conflict (login) do update set until = greatest(kernel.signal_seat.until, excluded.until)`
const leaveText = 'delete from kernel.signal_seat where login = $1'
const takenText = 'select login from kernel.signal_seat where until > $1 order by login'
const askedText = `
  insert into kernel.signal_simulation (until) values ($1)
  on conflict (one) do update set until = greatest(kernel.signal_simulation.until, excluded.until)`
const simulatedText = 'select exists (select from kernel.signal_simulation where until > $1) as simulated'

/** Demonstration only: without its accounts these routes are not there. A seat is a signal: kept until it is given back or not heard of. */
export function demoRoutes(app: FastifyInstance, house: House): void {
  const demo = house.demoAccounts
  if (demo === undefined) return
  const after = (ms: number) => new Date(Date.parse(house.now()) + ms).toISOString()
  const keep = (text: string, values: readonly unknown[]) =>
    house.pool.write('*', async () => ({ statements: [unhurried, { text, values }], result: () => undefined }))

  app.get('/demo/accounts', { config: { who: 'anyone' } }, async () => demo)

  /** For the simulation: the logins as which it must do nothing. */
  app.get('/demo/seats', { config: { who: 'session' } }, async () => {
    await keep(askedText, [after(simulatorMs)])
    const rows = await house.pool.read('*', (tx) => tx.query<{ login: string }>(takenText, [house.now()]))
    return { taken: rows.map(({ login }) => login) }
  })

  /** For the page at a seat: `mine` is said again while it is open, and taken back at once by false. */
  app.post('/demo/seats', { config: { who: 'session', whileLocked: true } }, async (request) => {
    const { login } = sessionOf(request)
    const { mine } = parsed(input, request.body)
    await keep(mine ? sitText : leaveText, mine ? [login, after(seatMs)] : [login])
    const [row] = await house.pool.read('*', (tx) => tx.query<{ simulated: boolean }>(simulatedText, [house.now()]))
    return { mine, simulated: row?.simulated === true }
  })
}
