import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { keepSecret, type Session } from '../access/sessions.ts'
import { derivedId } from '../ids.ts'
import { parsed, Problem } from '../problem.ts'
import type { Answer, Secret } from '../road.ts'
import { instant, uuid } from '../text.ts'
import { entitled, type House, language, moduleNamed, named, sessionOf } from './route.ts'

/** A clock that runs a little ahead is not a time in the future. */
const aheadMs = 1000

/** The body of every command; `type` and `data` are the module's. */
export const envelope = z.strictObject({
  id: uuid,
  type: z.string().max(60),
  data: z.unknown(),
  occurred: z.strictObject({ time: instant, source: z.enum(['radio', 'typed', 'position', 'imported']) }).optional(),
})

/** What a schema's field is marked with; an optional one is marked as what it holds. */
const marked = (field: z.ZodType): Readonly<Record<string, unknown>> =>
  field.meta() ?? (field instanceof z.ZodOptional ? marked(field.unwrap() as z.ZodType) : {})

/** The fields that the schema marks `secret`, hashed; in their place stands the id of what is kept, the same again when the command is repeated. */
async function withoutSecrets(command: string, schema: z.ZodType, data: unknown) {
  const secrets: Secret[] = []
  if (!(schema instanceof z.ZodObject) || typeof data !== 'object' || data === null) return { data, secrets }
  const kept: Record<string, unknown> = { ...data }
  for (const [name, field] of Object.entries(schema.shape)) {
    const value = kept[name]
    if (marked(field as z.ZodType)['secret'] !== true || typeof value !== 'string') continue
    const secret = await keepSecret(derivedId(command, name), value)
    secrets.push(secret)
    kept[name] = secret.id
  }
  return { data: kept, secrets }
}

/** Whether what stands in a field marked `proof` is right: the giver's own password, a code of his second factor, or of the one he is offered. */
function proves(house: House, session: Session, proof: unknown, value: string, data: Readonly<Record<string, unknown>>): Promise<boolean> {
  if (proof === 'password') return house.sessions.proves(session, value)
  const { factor } = data
  return house.sessions.provesCode(session, value, proof === 'offeredCode' && typeof factor === 'string' ? factor : undefined)
}

/**
 * The fields that the schema marks `proof`, looked at here and carried no further than that they were right, in the order of the schema.
 * @throws Problem 422 when one is not; Throttled
 */
async function proven(house: House, session: Session, schema: z.ZodType, data: unknown): Promise<unknown> {
  if (!(schema instanceof z.ZodObject) || typeof data !== 'object' || data === null) return data
  const kept: Record<string, unknown> = { ...data }
  for (const [name, field] of Object.entries(schema.shape)) {
    const value = kept[name]
    const { proof } = marked(field as z.ZodType)
    if (proof === undefined || typeof value !== 'string') continue
    const right = await proves(house, session, proof, value, kept)
    const code = proof === 'password' ? 'oldPassword' : 'wrongCode'
    if (!right) throw new Problem(422, 'invalid', { wrong: [{ path: `data.${name}`, code, values: {} }] })
    kept[name] = 'proven'
  }
  return kept
}

async function take(house: House, request: FastifyRequest<{ Params: { module: string; stream: string } }>): Promise<Answer> {
  const session = sessionOf(request)
  // A device keeps what could not be sent; whoever has logged in on it meanwhile must not send it as his own.
  const meant = request.headers['plumbline-account']
  if (meant !== undefined && meant !== session.person.account) throw new Problem(409, 'otherAccount')
  const module = moduleNamed(house, request.params.module)
  const given = parsed(envelope, request.body)
  const rule = named(module.commands, given.type)
  if (rule === undefined) throw new Problem(422, 'invalid', { wrong: [{ path: 'type', code: 'choice', values: {} }] })
  if (session.owes && rule.early !== true) throw new Problem(403, 'totp-first')
  const entitledAs = entitled(session, rule.roles, language(request))
  const stream = parsed(module.stream, request.params.stream, 'stream')
  const { data, secrets } = await withoutSecrets(
    given.id,
    rule.schema,
    await proven(house, session, rule.schema, parsed(rule.schema, given.data, 'data')),
  )
  const occurred = given.occurred && { ...given.occurred, time: new Date(given.occurred.time).toISOString() }
  if (occurred !== undefined && Date.parse(occurred.time) > Date.parse(house.now()) + aheadMs) {
    throw new Problem(422, 'invalid', { wrong: [{ path: 'occurred.time', code: 'future', values: {} }] })
  }
  const imported = occurred?.source === 'imported'
  // What everybody may do for himself he may do in any role or none; to say that it was imported takes an importer.
  const own = rule.roles === 'self' && !imported
  const as = own ? entitledAs : entitledAs.filter((grant) => (grant.role === 'importer') === imported)
  if (as.length === 0 && !own) throw new Problem(422, 'invalid', { wrong: [{ path: 'occurred.source', code: 'source', values: {} }] })
  const answer = await house.road.take({
    module: module.name,
    stream,
    id: given.id,
    type: given.type,
    data,
    occurred,
    by: session.person,
    as,
    secrets,
  })
  // Who has just changed an account, perhaps his own, finds it so at once.
  if (module.recovered !== undefined) house.sessions.forget()
  return answer
}

export function commandRoutes(app: FastifyInstance, house: House): void {
  app.post<{ Params: { module: string; stream: string } }>(
    '/command/:module/:stream',
    { config: { who: 'session', early: true } },
    (request) => take(house, request),
  )
}
