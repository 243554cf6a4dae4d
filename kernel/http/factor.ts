import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { Problem } from '../problem.ts'
import { type House, sessionOf } from './route.ts'

const answer = z.object({ id: z.string(), secret: z.string(), uri: z.string(), recovery: z.array(z.string()) })

/** A second factor is offered here, shown this once; the command of the accounts' own module confirms it. */
export function factorRoutes(app: FastifyInstance, house: House): void {
  app.post('/second-factor', { config: { who: 'session', early: true, about: { answer } } }, async (request, reply) => {
    const session = sessionOf(request)
    if (session.factor !== null) throw new Problem(409, 'second-factor-set')
    reply.header('cache-control', 'no-store')
    return house.sessions.offerFactor(session)
  })
}
