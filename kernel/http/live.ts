import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { Problem } from '../problem.ts'
import { headers } from './headers.ts'
import { type House, sessionOf } from './route.ts'

const about = {
  query: z.object({
    after: z
      .string()
      .regex(/^\d{1,15}$/)
      .optional(),
  }),
  answer: z.string(),
  type: 'text/event-stream',
}

export function liveRoutes(app: FastifyInstance, house: House): void {
  app.get<{ Querystring: { after?: string } }>(
    '/live',
    { config: { who: 'session', whileLocked: true, about } },
    async (request, reply) => {
      const session = sessionOf(request)
      const after = z.coerce
        .number()
        .int()
        .min(0)
        .optional()
        .safeParse(request.headers['last-event-id'] ?? request.query.after)
      if (!after.success) throw new Problem(422, 'invalid', { wrong: [{ path: 'after', code: 'type', values: {} }] })
      reply.hijack()
      // The stream ends with its connection: without the frame that each chunk would need, a push is one write of one buffer that all screens share.
      reply.raw.useChunkedEncodingByDefault = false
      reply.raw.writeHead(200, {
        ...headers(),
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      })
      await house.live.open(session.person, session.token, reply.raw, after.data ?? null)
    },
  )
}
