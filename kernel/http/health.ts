import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { positionNow } from '../follow.ts'
import type { House } from './route.ts'

const answer = z.object({
  ok: z.boolean(),
  database: z.boolean(),
  lag: z.int().nullable(),
  clients: z.int(),
  position: z.int().nullable(),
})

export function healthRoutes(app: FastifyInstance, house: House): void {
  app.get('/health', { config: { who: 'anyone', about: { answer } } }, async (_, reply) => {
    const position = await house.pool.read('*', positionNow).catch((error: Error) => {
      house.logger.warn({ kind: error.name }, 'health: no database')
      return null
    })
    const lag = position === null ? null : Math.max(0, position - house.follow.position)
    return reply
      .code(position === null ? 503 : 200)
      .send({ ok: position !== null, database: position !== null, lag, clients: house.live.clients, position })
  })
}
