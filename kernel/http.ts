import { randomBytes, randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import cookie from '@fastify/cookie'
import fastifyStatic from '@fastify/static'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import { z } from 'zod'
import type { ReadLog } from './access/log.ts'
import { keepSecret, type Session, type Sessions } from './access/sessions.ts'
import type { Pool } from './database/tx.ts'
import { type Grant, type Role, roles } from './decider.ts'
import { type Follow, positionNow } from './follow.ts'
import { derivedId } from './ids.ts'
import type { Live } from './live.ts'
import type { AnyModule, Reader, SignalRule } from './module.ts'
import { answerFor, parsed, Problem, traceOf } from './problem.ts'
import type { Answer, Road, Secret } from './road.ts'
import { instant, text, uuid } from './text.ts'
import { languageFor, say } from './words.ts'

/** A command with its longest texts and boundaries fits; a 10 MB body does not. */
const bodyBytes = 1024 * 1024
/** A clock that runs a little ahead is not a time in the future. */
const aheadMs = 1000
const cookieName = 'plumbline'
const everyRole: ReadonlySet<unknown> = new Set(roles)

export interface House {
  readonly road: Road
  readonly follow: Follow
  readonly live: Live
  readonly sessions: Sessions
  readonly log: ReadLog
  readonly pool: Pool
  readonly modules: readonly AnyModule[]
  readonly now: () => string
  readonly logger: Logger
  /** Demonstration only: accounts offered on the login page. */
  readonly demoAccounts?: readonly unknown[]
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may use the route; a route that does not say so refuses to start. */
    who?: 'anyone' | 'session'
  }
  interface FastifyRequest {
    session: Session | null
  }
}

const envelope = z.strictObject({
  id: uuid,
  type: z.string().max(60),
  data: z.unknown(),
  occurred: z.strictObject({ time: instant, source: z.enum(['radio', 'typed', 'position', 'imported']) }).optional(),
})

const language = (request: FastifyRequest) => languageFor(request.headers['accept-language'])
const sessionOf = (request: FastifyRequest): Session => {
  if (request.session === null) throw new Problem(401, 'session')
  return request.session
}

/** The grants that count; none: 403 with the roles that would. */
function entitled(session: Session, roles: readonly Role[] | 'everyone' | 'self' | 'system', tongue: string): readonly Grant[] {
  if (roles === 'everyone' || roles === 'self') return session.person.grants
  const as = roles === 'system' ? [] : session.person.grants.filter((grant) => roles.includes(grant.role))
  if (as.length > 0) return as
  const names = roles === 'system' ? [say(tongue, 'role.system')] : roles.map((role) => say(tongue, `role.${role}`))
  throw new Problem(403, 'role', { values: { roles: names.join(say(tongue, 'listSeparator')) } })
}

/** What a client names may be a name that every object has: only what was declared counts. */
const named = <Rule>(rules: Readonly<Record<string, Rule>>, name: string): Rule | undefined =>
  Object.hasOwn(rules, name) ? rules[name] : undefined

function moduleNamed(house: House, name: string): AnyModule {
  const module = house.modules.find((one) => one.name === name)
  if (module === undefined) throw new Problem(404, 'unknown')
  return module
}

/** The fields that the schema marks `secret`, hashed; in their place stands the id of what is kept, the same again when the command is repeated. */
async function withoutSecrets(command: string, schema: z.ZodType, data: unknown) {
  const secrets: Secret[] = []
  if (!(schema instanceof z.ZodObject) || typeof data !== 'object' || data === null) return { data, secrets }
  const kept: Record<string, unknown> = { ...data }
  for (const [name, field] of Object.entries(schema.shape)) {
    const value = kept[name]
    if ((field as z.ZodType).meta()?.['secret'] !== true || typeof value !== 'string') continue
    const secret = await keepSecret(derivedId(command, name), value)
    secrets.push(secret)
    kept[name] = secret.id
  }
  return { data: kept, secrets }
}

async function command(house: House, request: FastifyRequest<{ Params: { module: string; stream: string } }>): Promise<Answer> {
  const session = sessionOf(request)
  const module = moduleNamed(house, request.params.module)
  const given = parsed(envelope, request.body)
  const rule = named(module.commands, given.type)
  if (rule === undefined) throw new Problem(422, 'invalid', { wrong: [{ path: 'type', code: 'choice', values: {} }] })
  const entitledAs = entitled(session, rule.roles, language(request))
  const stream = parsed(module.stream, request.params.stream, 'stream')
  const { data, secrets } = await withoutSecrets(given.id, rule.schema, parsed(rule.schema, given.data, 'data'))
  const occurred = given.occurred && { ...given.occurred, time: new Date(given.occurred.time).toISOString() }
  if (occurred !== undefined && Date.parse(occurred.time) > Date.parse(house.now()) + aheadMs) {
    throw new Problem(422, 'invalid', { wrong: [{ path: 'occurred.time', code: 'future', values: {} }] })
  }
  const imported = occurred?.source === 'imported'
  // What everybody may do for himself he may do in any role or none; to say that it was imported takes an importer.
  const own = rule.roles === 'self' && !imported
  const as = own ? entitledAs : entitledAs.filter((grant) => (grant.role === 'importer') === imported)
  if (as.length === 0 && !own) throw new Problem(422, 'invalid', { wrong: [{ path: 'occurred.source', code: 'source', values: {} }] })
  return house.road.take({ module: module.name, stream, id: given.id, type: given.type, data, occurred, by: session.person, as, secrets })
}

async function view(house: House, request: FastifyRequest<{ Params: { module: string; name: string } }>) {
  const session = sessionOf(request)
  const module = moduleNamed(house, request.params.module)
  const rule = named(module.views, request.params.name)
  if (rule === undefined) throw new Problem(404, 'unknown')
  const as = entitled(session, rule.roles, language(request))
  const input = parsed(rule.input, request.query)
  const units = [...new Set(as.map((grant) => grant.unit))]
  const reader: Reader = { person: session.person, as, units, now: house.now() }
  const answer = await house.pool.read(units, async (tx) => {
    const [position, found] = await Promise.all([positionNow(tx), rule.read(tx, input as never, reader)])
    return found && { position, ...found }
  })
  const name = `${module.name}.${request.params.name}`
  if (answer === null) throw new Problem(404, 'unknown')
  if (rule.reads === 'opening') {
    house.log.note(session.person, reader.now, name, answer.streams ?? [])
    if (!module.urgent) await house.log.flush()
  }
  return { position: answer.position, data: answer.data }
}

type Signals = ReadonlyMap<string, Readonly<Record<string, SignalRule>>>

const signalsOf = (house: House): Signals =>
  new Map(
    house.modules.map((module) => {
      const system = async (about: string, stream: string, command: { type: string; data: unknown }) => {
        const by = { system: `${module.name}.${about}`, because: house.follow.position }
        await house.road.take({ module: module.name, stream, id: randomUUID(), ...command, by, as: [] })
      }
      return [module.name, module.signals({ system })]
    }),
  )

async function signal(house: House, signals: Signals, request: FastifyRequest<{ Params: { module: string; name: string } }>) {
  const session = sessionOf(request)
  const module = moduleNamed(house, request.params.module)
  const rule = named(signals.get(module.name) ?? {}, request.params.name)
  if (rule === undefined) throw new Problem(404, 'unknown')
  const as = entitled(session, rule.roles, language(request))
  const input = parsed(rule.input, request.body)
  const reader: Reader = { person: session.person, as, units: [...new Set(as.map((grant) => grant.unit))], now: house.now() }
  await rule.handle(input as never, reader)
  return {}
}

function me(house: House, { person, login }: Session) {
  return { ...person, login, position: house.follow.position, demo: house.demoAccounts !== undefined }
}

const credentials = z.strictObject({ login: text(100), password: z.string().max(200) })

function sessionRoutes(app: FastifyInstance, house: House): void {
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
  const demo = house.demoAccounts
  if (demo !== undefined) app.get('/demo/accounts', { config: { who: 'anyone' } }, async () => demo)
}

function houseRoutes(app: FastifyInstance, house: House): void {
  const who = { config: { who: 'session' as const } }
  const signals = signalsOf(house)
  declares(house, signals)
  app.post<{ Params: { module: string; stream: string } }>('/command/:module/:stream', who, (request) => command(house, request))
  app.get<{ Params: { module: string; name: string } }>('/view/:module/:name', who, (request) => view(house, request))
  app.post<{ Params: { module: string; name: string } }>('/signal/:module/:name', who, (request) => signal(house, signals, request))
  app.get<{ Querystring: { after?: string } }>('/live', who, async (request, reply) => {
    const session = sessionOf(request)
    const after = z.coerce
      .number()
      .int()
      .min(0)
      .optional()
      .safeParse(request.headers['last-event-id'] ?? request.query.after)
    if (!after.success) throw new Problem(422, 'invalid', { wrong: [{ path: 'after', code: 'type', values: {} }] })
    reply.hijack()
    reply.raw.writeHead(200, { ...headers(), 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
    await house.live.open(session.person, session.token, reply.raw, after.data ?? null)
  })
  app.get('/health', { config: { who: 'anyone' } }, async (_, reply) => {
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

const headers = (nonce?: string): Record<string, string> => ({
  'content-security-policy': `default-src 'none'; script-src 'self'; style-src 'self'${nonce === undefined ? '' : ` 'nonce-${nonce}'`}; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'geolocation=(self), camera=(), microphone=()',
})

/** The built screens; every address that is no route of ours is the same page. */
async function pages(app: FastifyInstance): Promise<void> {
  const root = fileURLToPath(new URL('../dist/web/', import.meta.url))
  const index = `${root}index.html`
  if (!existsSync(index)) return
  await app.register(fastifyStatic, {
    root: `${root}assets`,
    prefix: '/assets/',
    immutable: true,
    maxAge: '1y',
    index: false,
    wildcard: false,
  })
  const page = readFileSync(index, 'utf8')
  app.get('/*', { config: { who: 'anyone' } }, async (request, reply) => {
    if (!(request.headers.accept ?? '').includes('text/html')) throw new Problem(404, 'unknown')
    const nonce = randomBytes(16).toString('base64')
    return reply
      .headers(headers(nonce))
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(page.replaceAll('__NONCE__', nonce))
  })
}

const declared = (roles: unknown): boolean =>
  roles === 'everyone' ||
  roles === 'self' ||
  roles === 'system' ||
  (Array.isArray(roles) && roles.length > 0 && roles.every((role) => everyRole.has(role)))

/** @throws when a command, view, signal or push does not say who may use it */
function declares(house: House, signals: Signals): void {
  for (const { name, commands, views, live } of house.modules) {
    const rules = { command: commands, view: views, signal: signals.get(name) ?? {} }
    for (const [kind, list] of Object.entries(rules)) {
      for (const [type, rule] of Object.entries(list)) {
        if (!declared(rule.roles)) throw new Error(`the ${kind} ${name}.${type} does not say who may use it`)
      }
    }
    if (live !== null && !declared(live.roles)) throw new Error(`the push of ${name} does not say who may use it`)
  }
}

/** Every route answers in one way; nothing of a body or a query reaches the log. */
export async function http(house: House): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit: bodyBytes,
    logger: false,
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
  await app.register(cookie)
  app.decorateRequest('session', null)
  app.addHook('onRoute', (route) => {
    if (route.config?.who === undefined && !route.url.startsWith('/assets/'))
      throw new Error(`the route ${route.url} does not say who may use it`)
  })
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headers())
    if (request.routeOptions.config.who !== 'session') return
    const token = request.cookies[cookieName]
    request.session = token === undefined ? null : await house.sessions.find(token)
    if (request.session === null) throw new Problem(401, 'session')
    const site = request.headers['sec-fetch-site']
    if (request.method !== 'GET' && site !== undefined && site !== 'same-origin' && site !== 'none') throw new Problem(403, 'site')
  })
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
  sessionRoutes(app, house)
  houseRoutes(app, house)
  await pages(app)
  return app
}
