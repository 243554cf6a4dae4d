import type { Socket } from 'node:net'
import cookie from '@fastify/cookie'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { answerFor, Problem, traceOf } from '../problem.ts'
import { languageFor } from '../words.ts'
import { declares } from './declared.ts'
import { headers } from './headers.ts'
import { cookieName, type House, language } from './route.ts'
import { routes } from './routes.ts'
import { signalsOf } from './signal.ts'

/** A command with its longest texts and boundaries fits; a 10 MB body does not. */
const bodyBytes = 1024 * 1024

/** What was no request: its headers were never read, so it is answered in the house's first language. The connection ends. */
function unread(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const long = error.code === 'HPE_HEADER_OVERFLOW'
  const body = JSON.stringify(answerFor(new Problem(long ? 431 : 400, long ? 'large' : 'malformed'), languageFor(undefined)).body)
  const fields = {
    ...headers(),
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  }
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${long ? '431 Request Header Fields Too Large' : '400 Bad Request'}\r\n${lines.join('')}\r\n${body}`)
}

function bare(proxies: readonly string[]): FastifyInstance {
  const app = Fastify({
    bodyLimit: bodyBytes,
    logger: false,
    trustProxy: proxies.length > 0 && [...proxies],
    clientErrorHandler: unread,
    requestTimeout: 30_000,
    routerOptions: { maxParamLength: 100 },
    // An address that cannot be decoded never comes as far as a route.
    frameworkErrors: (_, request: FastifyRequest, reply: FastifyReply) => {
      const { status, body } = answerFor(new Problem(400, 'malformed'), language(request))
      void reply.headers(headers()).code(status).send(body)
    },
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_, body, done) => {
    try {
      done(null, body === '' ? undefined : JSON.parse(body as string))
    } catch {
      done(new Problem(400, 'malformed'))
    }
  })
  return app
}

/** Who comes in: every route says whom it is for, and a session is looked up before anything else is read. */
function guard(app: FastifyInstance, house: House): void {
  app.decorateRequest('session', null)
  app.decorate('registered', [])
  app.addHook('onRoute', (route) => {
    const { who, about } = route.config ?? {}
    for (const method of [route.method].flat())
      if (who !== undefined && method !== 'HEAD' && !route.url.includes('*')) app.registered.push({ method, url: route.url, who, about })
    if (route.config?.who === undefined && !route.url.startsWith('/assets/'))
      throw new Error(`the route ${route.url} does not say who may use it`)
  })
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headers())
    // Screens count by the time of the house, which may not be this machine's.
    reply.header('date', new Date(house.now()).toUTCString())
    if (request.routeOptions.config.who !== 'session') return
    const token = request.cookies[cookieName]
    request.session = token === undefined ? null : await house.sessions.find(token)
    if (request.session === null) throw new Problem(401, 'session')
    if (request.session.owes && request.routeOptions.config.early !== true) throw new Problem(403, 'totp-first')
    if (request.session.locked && request.routeOptions.config.whileLocked !== true) throw new Problem(423, 'locked')
    const site = request.headers['sec-fetch-site']
    if (request.method !== 'GET' && site !== undefined && site !== 'same-origin' && site !== 'none') throw new Problem(403, 'site')
  })
}

/** Errors answer in one way; nothing of a body or a query reaches the log. What was denied is noted in the read log. */
function answers(app: FastifyInstance, house: House): void {
  app.setErrorHandler((error, request, reply) => {
    const { status, body, fault, wait } = answerFor(error, language(request))
    if (fault) house.logger.error({ route: request.routeOptions.url, ...traceOf(error) }, 'fault')
    if ((status === 403 || status === 404) && request.session !== null) {
      const { module, name, stream } = request.params as Record<string, string | undefined>
      house.log.note(
        request.session.person,
        house.now(),
        `${module ?? ''}.${name ?? 'command'}`,
        stream === undefined ? [] : [stream.slice(0, 100)],
        true,
      )
    }
    if (wait !== undefined) reply.header('retry-after', wait)
    return reply.code(status).send(body)
  })
  app.setNotFoundHandler((request, reply) => {
    const { status, body } = answerFor(new Problem(404, 'unknown'), language(request))
    return reply.code(status).send(body)
  })
}

/** The web server of one process; nothing listens yet. @throws when something does not say who may use it */
export async function http(given: Omit<House, 'signals'>): Promise<FastifyInstance> {
  const house: House = { ...given, signals: signalsOf(given) }
  declares(house)
  const app = bare(house.proxies ?? [])
  await app.register(cookie)
  guard(app, house)
  answers(app, house)
  for (const group of routes) await group(app, house)
  return app
}
