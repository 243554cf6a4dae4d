import { bad, type Chance, type Known, type Schema, Values } from './values.ts'

interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query'
  readonly required: boolean
  readonly schema: Schema
}
interface Operation {
  readonly 'x-who'?: unknown
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }
}
export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

export interface Request {
  readonly route: string
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
}

const addresses = ['%00', '%ED%A0%80', '..%2f..%2fetc', '__proto__', 'constructor', "a'b", '%F0%9F', 'x'.repeat(300), '%zz', '𠮷']
const types = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/json; charset=gbk', '']
const rubbish = ['{', '', 'null', '"x"', '[]', '{"a":', '\u0000', '[1,2', '{"__proto__":{}}', 'x'.repeat(1024 * 1024 + 10)]

const written = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** Commands that may be the first of a stream open new ones more often than not. */
function opens(body: unknown): boolean {
  if (typeof body !== 'object' || body === null || !('type' in body)) return false
  return body.type === 'open' || body.type === 'openUnit' || body.type === 'openAccount'
}

/** Requests after the document: two in five as it says, two nearly, one as bad as can be. */
export class Requests {
  readonly #values: Values
  readonly #schemas: Document['components']['schemas']
  readonly #chance: Chance
  readonly #operations: readonly { readonly path: string; readonly method: string; readonly operation: Operation }[]

  /** `weight`: how many lots an operation has; 0 leaves it out. */
  constructor(chance: Chance, document: Document, weight: (route: string) => number) {
    this.#chance = chance
    this.#schemas = document.components.schemas
    this.#values = new Values(chance, document.components.schemas)
    this.#operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, operation]) =>
        Array.from({ length: weight(`${method.toUpperCase()} ${path}`) }, () => ({ path, method, operation })),
      ),
    )
  }

  #value(schema: Schema, known: Known, kind: 'right' | 'nearly' | 'bad', name: string): unknown {
    const right = this.#values.after(schema, known, name)
    if (kind === 'right') return right
    return kind === 'nearly' ? this.#values.nearly(right) : bad(this.#chance)
  }

  #address(path: string, list: readonly Parameter[], known: Known, kind: 'right' | 'nearly' | 'bad', fresh: boolean): string {
    const chance = this.#chance
    const query = new URLSearchParams()
    let address = path
    const wrong = kind === 'right' || list.length === 0 ? -1 : chance.below(list.length * 2)
    for (const [n, { name, in: where, required, schema }] of list.entries()) {
      if (where === 'path') {
        const own = fresh ? chance.uuid() : written(this.#values.after(schema, known))
        address = address.replace(`{${name}}`, n === wrong ? chance.one(addresses) : encodeURIComponent(own))
      } else if (required || chance.next() < 0.3) {
        const value = this.#value(schema, known, n === wrong ? kind : 'right', '')
        query.set(name, written(value))
      }
    }
    if (kind === 'bad' && chance.next() < 0.3)
      query.set(chance.one(['__proto__', 'x', 'unit', '\u0000']), written(bad(chance)).slice(0, 2000))
    return query.size === 0 ? address : `${address}?${query.toString()}`
  }

  /** Mostly what the role may do: else half of the answers would be that it may not. */
  #picked(role: string) {
    const chance = this.#chance
    const may = (who: unknown) => !Array.isArray(who) || who.includes(role)
    let found = chance.one(this.#operations)
    for (let n = 0; n < 4 && !may(found.operation['x-who']); n++) found = chance.one(this.#operations)
    const schema = found.operation.requestBody?.content['application/json']?.schema
    const own = schema?.oneOf?.filter(({ $ref }) => may(this.#schemas[$ref?.split('/').at(-1) ?? '']?.['x-who']))
    return { ...found, schema: own?.length && chance.next() < 0.85 ? { oneOf: own } : schema }
  }

  make(known: Known, role: string): Request {
    const chance = this.#chance
    const { path, method, operation, schema } = this.#picked(role)
    const lot = chance.next()
    const kind = lot < 0.4 ? 'right' : lot < 0.8 ? 'nearly' : 'bad'
    const value = schema && this.#value(schema, known, kind, '')
    const fresh = opens(value) && chance.next() < 0.8
    const loose = schema !== undefined && kind === 'bad' && chance.next() < 0.3
    const type = kind === 'bad' && chance.next() < 0.2 ? chance.one(types) : 'application/json'
    return {
      route: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      path: this.#address(path, operation.parameters ?? [], known, kind, fresh),
      headers: schema === undefined ? {} : { 'content-type': type },
      body: schema === undefined ? undefined : loose ? chance.one(rubbish) : JSON.stringify(value),
    }
  }
}
