import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { roles } from '../decider.ts'
import type { Session } from '../access/sessions.ts'
import { parsed, Problem } from '../problem.ts'
import { text } from '../text.ts'
import { cookieName, type House, sessionOf } from './route.ts'

function me(house: House, { person, login }: Session) {
  return { ...person, login, position: house.follow.position, demo: house.demoAccounts !== undefined }
}

const meAnswer = z.object({
  account: z.string(),
  login: z.string(),
  name: z.string(),
  unit: z.string(),
  grants: z.array(z.object({ role: z.enum(roles), unit: z.string() })),
  position: z.int(),
  demo: z.boolean(),
})
const credentials = z.strictObject({ login: text(100), password: z.string().max(200) })

export function sessionRoutes(app: FastifyInstance, house: House): void {
  app.post('/session', { config: { who: 'anyone', about: { body: credentials, answer: meAnswer } } }, async (request, reply) => {
    const { login, password } = parsed(credentials, request.body)
    const session = await house.sessions.open(login, password, request.ip, request.headers['user-agent'])
    if (session === null) throw new Problem(401, 'login')
    const secure = request.protocol === 'https'
    reply.setCookie(cookieName, session.token, { path: '/', httpOnly: true, sameSite: 'strict', secure })
    return me(house, session)
  })
  app.get('/session', { config: { who: 'session', about: { answer: meAnswer } } }, async (request) => me(house, sessionOf(request)))
  app.delete('/session', { config: { who: 'session', about: { status: 204 } } }, async (request, reply) => {
    const { token } = sessionOf(request)
    await house.sessions.revoke(token)
    house.live.end(token)
    return reply.clearCookie(cookieName, { path: '/' }).code(204).send()
  })
}
