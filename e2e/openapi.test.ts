import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Validator } from '@seriousme/openapi-schema-validator'
import { server, type TestServer } from '#kernel/testing/server.ts'
import { modules } from '../modules.ts'

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { operationId: string; responses: object }>>>>
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> }
}

let house: TestServer
let document: Document
before(async () => {
  house = await server(modules)
  document = (await (await fetch(`${house.url}/api/docs`)).json()) as Document
})
after(() => house.stop())

test('the document is OpenAPI 3.1', async () => {
  const validator = new Validator()
  const { valid, errors } = await validator.validate(structuredClone(document) as unknown as Record<string, unknown>)
  assert.deepEqual({ valid, errors }, { valid: true, errors: undefined })
  assert.equal(validator.version, '3.1')
})

test('every route, view, signal and command that a client may use stands in the document, and nothing else', () => {
  const written = Object.entries(document.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`))
  const generic = new Set(['/command/:module/:stream', '/view/:module/:name', '/signal/:module/:name'])
  const plain = house.house.app.registered.filter(({ url }) => !generic.has(url))
  const tools = { system: async () => {}, keep: async () => {} }
  const expected = [
    ...plain.map(({ method, url }) => `${method.toLowerCase()} ${url.replaceAll(/:(\w+)/g, '{$1}')}`),
    ...modules.flatMap(({ name, views, signals }) => [
      `post /command/${name}/{stream}`,
      ...Object.keys(views).map((view) => `get /view/${name}/${view}`),
      ...Object.keys(signals(tools)).map((signal) => `post /signal/${name}/${signal}`),
    ]),
  ]
  assert.deepEqual(written.toSorted(), expected.toSorted())
  const given = modules.flatMap(({ name, commands }) =>
    Object.entries(commands)
      .filter(([, rule]) => rule.roles !== 'system')
      .map(([type]) => `${name} ${type}`.toLowerCase().replace(' ', '')),
  )
  const schemas = Object.keys(document.components.schemas).filter((name) => name !== 'Problem')
  assert.deepEqual(schemas.map((name) => name.toLowerCase()).toSorted(), given.toSorted())
})
