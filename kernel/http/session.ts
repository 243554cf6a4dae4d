import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { roles } from '../decider.ts'
import type { Session } from '../access/sessions.ts'
import { parsed, Problem } from '../problem.ts'
import { text } from '../text.ts'
import { cookieName, type House, sessionOf } from './route.ts'

function me(house: House, { person, login, factor, owes }: Session) {
  const secondFactor = factor && { left: factor.left }
  return { ...person, login, secondFactor, owes, position: house.follow.position, demo: house.demoAccounts !== undefined }
}

const meAnswer = z.object({
  account: z.string(),
  login: z.string(),
  name: z.string(),
  unit: z.string(),
  grants: z.array(z.object({ role: z.enum(roles), unit: z.string() })),
  /** Null: none. `left`: recovery codes that have not been used. */
  secondFactor: z.object({ left: z.int() }).nullable(),
  /** Until a second factor is set up everything else answers 403 `totp-first`. */
  owes: z.boolean(),
  position: z.int(),
  demo: z.boolean(),
})
/** `oneTimeCode`: of the authenticator or a recovery code, once the answer has been 401 `second-factor`. */
const credentials = z.strictObject({ login: text(100), password: z.string().max(200), oneTimeCode: text(60).optional() })

export function sessionRoutes(app: FastifyInstance, house: House): void {
  app.post('/session', { config: { who: 'anyone', about: { body: credentials, answer: meAnswer } } }, async (request, reply) => {
    const given = parsed(credentials, request.body)
    const session = await house.sessions.open({ ...given, from: request.ip, device: request.headers['user-agent'] })
    if (typeof session === 'string') throw new Problem(401, session)
    const secure = request.protocol === 'https'
    reply.setCookie(cookieName, session.token, { path: '/', httpOnly: true, sameSite: 'strict', secure })
    return me(house, session)
  })
  app.get('/session', { config: { who: 'session', early: true, about: { answer: meAnswer } } }, async (request) =>
    me(house, sessionOf(request)),
  )
  app.delete('/session', { config: { who: 'session', early: true, about: { status: 204 } } }, async (request, reply) => {
    const { token } = sessionOf(request)
    await house.sessions.revoke(token)
    house.live.end(token)
    return reply.clearCookie(cookieName, { path: '/' }).code(204).send()
  })
}
