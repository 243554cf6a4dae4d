import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Session } from '../access/sessions.ts'
import { parsed, Problem } from '../problem.ts'
import { text } from '../text.ts'
import { cookieName, type House, sessionOf } from './route.ts'

function me(house: House, { person, login }: Session) {
  return { ...person, login, position: house.follow.position, demo: house.demoAccounts !== undefined }
}

const credentials = z.strictObject({ login: text(100), password: z.string().max(200) })

export function sessionRoutes(app: FastifyInstance, house: House): void {
  app.post('/session', { config: { who: 'anyone' } }, async (request, reply) => {
    const { login, password } = parsed(credentials, request.body)
    const session = await house.sessions.open(login, password, request.ip)
    if (session === null) throw new Problem(401, 'login')
    const secure = request.protocol === 'https'
    reply.setCookie(cookieName, session.token, { path: '/', httpOnly: true, sameSite: 'strict', secure })
    return me(house, session)
  })
  app.get('/session', { config: { who: 'session' } }, async (request) => me(house, sessionOf(request)))
  app.delete('/session', { config: { who: 'session' } }, async (request, reply) => {
    const { token } = sessionOf(request)
    await house.sessions.revoke(token)
    house.live.end(token)
    return reply.clearCookie(cookieName, { path: '/' }).code(204).send()
  })
}
