import type { FastifyInstance } from 'fastify'
import type { House } from './route.ts'

/** Demonstration only: without its accounts these routes are not there. */
export function demoRoutes(app: FastifyInstance, house: House): void {
  const demo = house.demoAccounts
  if (demo !== undefined) app.get('/demo/accounts', { config: { who: 'anyone' } }, async () => demo)
}
