/** JSON Schema as the document of the interface has it; only the words that it uses. */
export interface Schema {
  readonly $ref?: string
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly oneOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema | false
  readonly prefixItems?: readonly Schema[]
  readonly minItems?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly 'x-who'?: unknown
}

/** A source of chance that a number starts: the same number, the same run (mulberry32). */
export class Chance {
  #state: number
  constructor(seed: number) {
    this.#state = seed
  }
  /** 0 ≤ x < 1 */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  below(end: number): number {
    return Math.floor(this.next() * end)
  }
  one<Value>(values: readonly Value[]): Value {
    return values[this.below(values.length)] as Value
  }
  uuid(): string {
    const digits = Array.from({ length: 32 }, () => this.below(16).toString(16)).join('')
    return [digits.slice(0, 8), digits.slice(8, 12), `4${digits.slice(13, 16)}`, `8${digits.slice(17, 20)}`, digits.slice(20)].join('-')
  }
}

/** What a person could know: records and units, own and foreign, that stand wherever a schema takes an id. */
export interface Known {
  readonly ids: readonly string[]
  readonly units: readonly string[]
}

const texts = ['有人吵架', '东门外,红色轿车', '𠮷䶮', 'noise', "O'Brien", 'e\u0301', '<b>x</b>', '张三', '110']
const deep = (): unknown => JSON.parse('['.repeat(2000) + ']'.repeat(2000)) as unknown
const polluted = JSON.parse('{"__proto__":{"x":1},"constructor":{"prototype":{"x":1}},"toString":1}') as object
const hostile: readonly (() => unknown)[] = [
  () => '\u0000',
  () => 'a\u0000b',
  () => '\ud800',
  () => '\udfff\ud800',
  () => 'x'.repeat(5000),
  () => "'; drop table kernel.event; --",
  () => 1e308,
  () => -1e308,
  () => 2 ** 53,
  () => -0,
  () => 9_223_372_036_854_775_807n.toString(),
  () => 0.1,
  () => null,
  () => true,
  () => [],
  () => ({}),
  () => [[[]]],
  () => polluted,
  deep,
  () => '',
  () => ' ',
  () => '2020-02-30T00:00:00Z',
  () => '__proto__',
  () => '{{field}}',
]
export const bad = (chance: Chance): unknown => chance.one(hostile)()

/** Values after a schema. Where a pattern asks for an id the person's own knowledge answers, so that commands meet records. */
export class Values {
  readonly chance: Chance
  readonly #schemas: Readonly<Record<string, Schema>>
  constructor(chance: Chance, schemas: Readonly<Record<string, Schema>>) {
    this.chance = chance
    this.#schemas = schemas
  }

  #text(schema: Schema, known: Known, name: string): string {
    const { chance } = this
    if (schema.pattern !== undefined) {
      const pattern = new RegExp(schema.pattern)
      const uuids = name === 'id' ? [chance.uuid()] : [chance.one(known.ids)]
      const others = ['13900000000', `login-${chance.below(1e9)}`, '2026-11-24T08:00:00Z', '116.4', '39.9', '0', chance.uuid()]
      const fits = [...uuids, chance.one(known.units), ...others].filter((one) => pattern.test(one))
      return (chance.next() < 0.7 ? fits[0] : undefined) ?? chance.one(fits.length > 0 ? fits : others)
    }
    const few = schema.minLength ?? 0
    const text = chance.one(texts)
    return text.length < few ? text + 'x'.repeat(few) : text
  }

  #list(schema: Schema, known: Known): unknown[] {
    const { items, prefixItems, minItems = 0 } = schema
    if (prefixItems) return prefixItems.map((one) => this.after(one, known))
    if (!items) return []
    const list = Array.from({ length: Math.max(minItems, this.chance.below(3)) }, () => this.after(items, known))
    // The one list of points is a ring, and a ring is closed.
    return items.prefixItems ? [...list, list[0]] : list
  }

  #object({ properties = {}, required = [] }: Schema, known: Known): Record<string, unknown> {
    const wanted = Object.entries(properties).filter(([key]) => required.includes(key) || this.chance.next() < 0.3)
    return Object.fromEntries(wanted.map(([key, one]) => [key, this.after(one, known, key)]))
  }

  /** A value that the schema takes, as far as the schema says. */
  after(schema: Schema, known: Known, name = ''): unknown {
    const { chance } = this
    if (schema.$ref !== undefined) return this.after(this.#schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, known, name)
    const choices = schema.oneOf ?? schema.anyOf
    if (choices) return this.after(chance.one(choices), known, name)
    if ('const' in schema) return schema.const
    if (schema.enum) return chance.one(schema.enum)
    const { minimum = 0, maximum = 100 } = schema
    switch (schema.type) {
      case 'object':
        return this.#object(schema, known)
      case 'array':
        return this.#list(schema, known)
      case 'string':
        return this.#text(schema, known, name)
      case 'boolean':
        return chance.next() < 0.5
      case 'null':
        return null
      case 'integer':
        return Math.min(maximum, minimum + chance.below(5))
      case 'number':
        return Math.min(maximum, minimum + chance.next() * Math.min(1e6, maximum - minimum))
      default:
        return bad(chance)
    }
  }

  /** The value with one thing in it wrong: a field gone, added, or of another kind. */
  nearly(value: unknown): unknown {
    const { chance } = this
    if (typeof value !== 'object' || value === null || chance.next() < 0.15) return bad(chance)
    if (Array.isArray(value)) {
      if (value.length === 0) return [bad(chance)]
      return value.with(chance.below(value.length), this.nearly(value[0]))
    }
    const entries = Object.entries(value)
    const sort = chance.below(4)
    if (sort === 0)
      return Object.fromEntries([...entries, [chance.one(['__proto__', 'constructor', 'length', 'x', '\u0000']), bad(chance)]])
    if (entries.length === 0) return { x: bad(chance) }
    const at = chance.below(entries.length)
    if (sort === 1) return Object.fromEntries(entries.toSpliced(at, 1))
    const [key, old] = entries[at] as [string, unknown]
    return Object.fromEntries(entries.with(at, [key, this.nearly(old)]))
  }
}
