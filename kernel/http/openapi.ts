import { z } from 'zod'
import type { CommandRule, ViewRule } from '../module.ts'
import { envelope } from './command.ts'
import { type About, cookieName, type House } from './route.ts'

/** What the server was told of one of its routes: `url` as the router has it. */
export interface Registered {
  readonly method: string
  readonly url: string
  readonly who: 'anyone' | 'session'
  readonly about: About | undefined
}

type Json = { readonly [key: string]: unknown }

/** A schema as JSON Schema 2020-12: `input` as a client writes it, `output` as the house answers. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output' = 'input'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, target: 'draft-2020-12', unrepresentable: 'any' })
  return rest
}

const taken = z.object({ stream: z.string(), position: z.int(), count: z.int() })
const problem = z.object({
  error: z.object({
    code: z.string(),
    sentence: z.string(),
    fields: z.array(z.object({ path: z.string(), sentence: z.string() })).optional(),
    rule: z.string().optional(),
    article: z.string().optional(),
    since: z.array(z.unknown()).optional(),
  }),
})

const reference = (name: string): Json => ({ $ref: `#/components/schemas/${name}` })
const content = (schema: Json, type = 'application/json'): Json => ({ [type]: { schema } })
const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1)
const whoever = (roles: CommandRule['roles'] | ViewRule['roles']): Json => ({ 'x-who': roles })

/** What a request can be told instead of an answer; the media type says JSON, `Problem` says the rest. */
function problems(...statuses: readonly number[]): Json {
  return Object.fromEntries(statuses.map((status) => [String(status), { $ref: '#/components/responses/Problem' }]))
}

function operation(id: string, tag: string, who: 'anyone' | 'session', parts: Json, answers: Json): Json {
  return { operationId: id, tags: [tag], security: who === 'session' ? [{ session: [] }] : [], ...parts, responses: answers }
}

function queryOf(schema: z.ZodType): Json[] {
  const { properties = {}, required = [] } = schemaOf(schema) as { properties?: Record<string, Json>; required?: string[] }
  return Object.entries(properties).map(([name, one]) => ({ name, in: 'query', required: required.includes(name), schema: one }))
}

const answered = (schema: Json): Json => ({ 200: { description: '200', content: content(schema) } })

/** One body a command: `type` tells them apart. */
function commandsOf(house: House, schemas: Record<string, Json>): Record<string, Json> {
  const paths: Record<string, Json> = {}
  for (const { name, commands, stream } of house.modules) {
    const open = Object.entries(commands).filter(([, rule]) => rule.roles !== 'system')
    const mapping: Record<string, string> = {}
    for (const [type, rule] of open) {
      const body = schemaOf(envelope) as { properties: Json }
      const key = `${capital(name)}${capital(type)}`
      const data = schemaOf(rule.schema)
      schemas[key] = {
        ...body,
        properties: { ...body.properties, type: { type: 'string', const: type }, data },
        required: ['id', 'type', 'data'],
        ...whoever(rule.roles),
        'x-opens': rule.opens === true,
      }
      mapping[type] = `#/components/schemas/${key}`
    }
    const oneOf = Object.values(mapping).map(($ref) => ({ $ref }))
    if (oneOf.length === 0) continue
    const parts = {
      parameters: [{ name: 'stream', in: 'path', required: true, schema: schemaOf(stream) }],
      requestBody: { required: true, content: content({ oneOf, discriminator: { propertyName: 'type', mapping } }) },
    }
    const answers = { ...answered(schemaOf(taken, 'output')), ...problems(400, 401, 403, 404, 409, 413, 422, 500) }
    paths[`/command/${name}/{stream}`] = { post: operation(`${name}Command`, name, 'session', parts, answers) }
  }
  return paths
}

function viewsOf(house: House): Record<string, Json> {
  const paths: Record<string, Json> = {}
  for (const { name, views } of house.modules) {
    for (const [view, rule] of Object.entries(views)) {
      const answer = { type: 'object', properties: { position: { type: 'integer' }, data: schemaOf(rule.answer ?? z.unknown(), 'output') } }
      const parts = { parameters: queryOf(rule.input), ...whoever(rule.roles), 'x-reads': rule.reads }
      const answers = { ...answered({ ...answer, required: ['position', 'data'] }), ...problems(401, 403, 404, 422, 500) }
      paths[`/view/${name}/${view}`] = { get: operation(`${name}${capital(view)}View`, name, 'session', parts, answers) }
    }
  }
  return paths
}

function signalsOf(house: House): Record<string, Json> {
  const paths: Record<string, Json> = {}
  for (const [name, signals] of house.signals) {
    for (const [signal, rule] of Object.entries(signals)) {
      const parts = { requestBody: { required: true, content: content(schemaOf(rule.input)) }, ...whoever(rule.roles) }
      const answers = { ...answered({ type: 'object' }), ...problems(400, 401, 403, 404, 409, 413, 422, 500) }
      paths[`/signal/${name}/${signal}`] = { post: operation(`${name}${capital(signal)}Signal`, name, 'session', parts, answers) }
    }
  }
  return paths
}

const expanded: Readonly<Record<string, (house: House, schemas: Record<string, Json>) => Record<string, Json>>> = {
  '/command/:module/:stream': commandsOf,
  '/view/:module/:name': viewsOf,
  '/signal/:module/:name': signalsOf,
}

function plain({ method, url, who, about = {} }: Registered): Json {
  const { body, query, answer = z.unknown(), type, status = 200 } = about
  const named = [...url.matchAll(/:(\w+)/g)].map((found) => found[1] ?? '')
  const words = url.split(/\W+/).filter((part) => part !== '')
  const parameters = named.map((name): Json => ({ name, in: 'path', required: true, schema: { type: 'string' } }))
  const given = { description: String(status), ...(status !== 204 && { content: content(schemaOf(answer, 'output'), type) }) }
  const parts = {
    parameters: [...parameters, ...(query === undefined ? [] : queryOf(query))],
    ...(body !== undefined && { requestBody: { required: true, content: content(schemaOf(body)) } }),
  }
  const no = [400, ...(who === 'session' ? [401, 403] : []), 404, 409, 413, 422, 429, 500]
  const id = method.toLowerCase() + words.map(capital).join('')
  return operation(id, words[0] ?? 'house', who, parts, { ...problems(...no), [String(status)]: given })
}

/**
 * Every route of this server as OpenAPI 3.1, made from what it was registered with and from the contracts of its modules.
 * `x-who` names the roles that may use a command, view or signal; commands that only the house itself gives are left out.
 */
export function openapi(house: House, routes: readonly Registered[]): Json {
  const schemas: Record<string, Json> = { Problem: schemaOf(problem, 'output') }
  const paths: Record<string, Json> = {}
  for (const route of routes) {
    const expand = expanded[route.url]
    if (expand !== undefined) Object.assign(paths, expand(house, schemas))
    else {
      const path = route.url.replaceAll(/:(\w+)/g, '{$1}')
      paths[path] = { ...paths[path], [route.method.toLowerCase()]: plain(route) }
    }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Plumbline 准绳', version: '1' },
    paths,
    components: {
      schemas,
      responses: { Problem: { description: 'Problem', content: content(reference('Problem')) } },
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: cookieName } },
    },
  }
}
