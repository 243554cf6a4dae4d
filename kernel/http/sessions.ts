import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { parsed, Problem } from '../problem.ts'
import { type House, sessionOf } from './route.ts'

const digest = z.string().regex(/^[0-9a-f]{64}$/, { error: 'uuid' })

const answer = z.object({
  sessions: z.array(z.object({ id: digest, device: z.string(), since: z.string(), seen: z.string(), own: z.boolean() })),
})

/** Everybody's own sessions: seen and ended by nobody else. */
export function ownSessionRoutes(app: FastifyInstance, house: House): void {
  app.get('/sessions', { config: { who: 'session', early: true, about: { answer } } }, async (request) => ({
    sessions: await house.sessions.of(sessionOf(request)),
  }))
  app.delete('/sessions', { config: { who: 'session', early: true, about: { status: 204 } } }, async (request, reply) => {
    await house.sessions.endOthers(sessionOf(request))
    return reply.code(204).send()
  })
  app.delete<{ Params: { id: string } }>(
    '/sessions/:id',
    { config: { who: 'session', early: true, about: { status: 204 } } },
    async (request, reply) => {
      const ended = await house.sessions.endOne(sessionOf(request), parsed(digest, request.params.id, 'id'))
      if (!ended) throw new Problem(404, 'unknown')
      return reply.code(204).send()
    },
  )
}
