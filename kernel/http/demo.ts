import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { parsed } from '../problem.ts'
import { type House, sessionOf } from './route.ts'

/** A visitor who is not heard of for so long has left his seat. */
const seatMs = 120_000
/** The simulation asks every two seconds; when it has not asked for so long none is running. */
const simulatorMs = 15_000

const input = z.strictObject({ mine: z.boolean() })

/** Demonstration only: without its accounts these routes are not there. Which seats visitors have taken is known to this process and kept nowhere. */
export function demoRoutes(app: FastifyInstance, house: House): void {
  const demo = house.demoAccounts
  if (demo === undefined) return
  const until = new Map<string, number>()
  let asked = Number.NEGATIVE_INFINITY
  const now = () => Date.parse(house.now())

  app.get('/demo/accounts', { config: { who: 'anyone' } }, async () => demo)

  /** For the simulation: the logins as which it must do nothing. */
  app.get('/demo/seats', { config: { who: 'session' } }, async () => {
    asked = now()
    return { taken: [...until].flatMap(([login, end]) => (end > asked ? [login] : [])).toSorted() }
  })

  /** For the page at a seat: `mine` is said again while it is open, and taken back at once by false. */
  app.post('/demo/seats', { config: { who: 'session' } }, async (request) => {
    const { login } = sessionOf(request)
    const { mine } = parsed(input, request.body)
    if (mine) until.set(login, now() + seatMs)
    else until.delete(login)
    return { mine, simulated: now() - asked < simulatorMs }
  })
}
