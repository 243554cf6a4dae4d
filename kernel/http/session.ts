import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { roles } from '../decider.ts'
import type { Session } from '../access/sessions.ts'
import { parsed, Problem } from '../problem.ts'
import { text } from '../text.ts'
import { cookieName, type House, sessionOf } from './route.ts'

function me(house: House, { person, login, factor, owes, onShift, locked, idleMinutes }: Session) {
  const secondFactor = factor && { left: factor.left }
  return {
    ...person,
    login,
    secondFactor,
    owes,
    onShift,
    locked,
    idleMinutes,
    position: house.follow.position,
    demo: house.demoAccounts !== undefined,
  }
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
  /** Has a desk's shift: after `idleMinutes` without a hand on it a screen locks, and no session ends by itself. */
  onShift: z.boolean(),
  /** Until `POST /session/unlock` everything but listening answers 423 `locked`. */
  locked: z.boolean(),
  idleMinutes: z.int(),
  position: z.int(),
  demo: z.boolean(),
})
/** `oneTimeCode`: of the authenticator or a recovery code, once the answer has been 401 `second-factor`. */
const credentials = z.strictObject({ login: text(100), password: z.string().max(200), oneTimeCode: text(60).optional() })

const opening = z.strictObject({ password: z.string().max(200), oneTimeCode: text(60).optional() })

export function sessionRoutes(app: FastifyInstance, house: House): void {
  app.post('/session', { config: { who: 'anyone', about: { body: credentials, answer: meAnswer } } }, async (request, reply) => {
    const given = parsed(credentials, request.body)
    const session = await house.sessions.open({ ...given, from: request.ip, device: request.headers['user-agent'] })
    if (typeof session === 'string') throw new Problem(401, session)
    const secure = request.protocol === 'https'
    reply.setCookie(cookieName, session.token, { path: '/', httpOnly: true, sameSite: 'strict', secure })
    return me(house, session)
  })
  app.get('/session', { config: { who: 'session', early: true, whileLocked: true, about: { answer: meAnswer } } }, async (request) =>
    me(house, sessionOf(request)),
  )
  app.post('/session/lock', { config: { who: 'session', whileLocked: true, about: { status: 204 } } }, async (request, reply) => {
    const session = sessionOf(request)
    if (!session.onShift) throw new Problem(409, 'off-shift')
    await house.sessions.lock(session)
    return reply.code(204).send()
  })
  app.post(
    '/session/unlock',
    { config: { who: 'session', whileLocked: true, about: { body: opening, status: 204 } } },
    async (request, reply) => {
      const { password, oneTimeCode } = parsed(opening, request.body)
      const missing = await house.sessions.unlock(sessionOf(request), password, oneTimeCode)
      if (missing !== null) throw new Problem(401, missing)
      return reply.code(204).send()
    },
  )
  app.delete('/session', { config: { who: 'session', early: true, whileLocked: true, about: { status: 204 } } }, async (request, reply) => {
    const { token } = sessionOf(request)
    await house.sessions.revoke(token)
    house.live.end(token)
    return reply.clearCookie(cookieName, { path: '/' }).code(204).send()
  })
}
