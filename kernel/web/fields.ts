import type { TFunction } from 'i18next'
import { z } from 'zod'
import type { Wrong } from '#kernel/text.ts'

/** How a field of a command is asked for, read off the contract's schema. */
export interface Field {
  readonly name: string
  readonly kind: 'line' | 'paragraph' | 'secret' | 'number' | 'choice' | 'many' | 'list' | 'switch' | 'unit' | 'other'
  readonly optional: boolean
  readonly max: number | undefined
  readonly options: readonly (string | number)[]
}

/** What stands in the form: text as typed, choices as chosen. */
export type Draft = Readonly<Record<string, unknown>>

const firstMessage = (schema: z.ZodType, value: unknown): string => {
  const answer = schema.safeParse(value)
  return answer.success ? '' : (answer.error.issues[0]?.message ?? '')
}
/** The limit stands in a refinement and not in the schema's shape: a text that is surely too long makes it speak. */
const longest = (schema: z.ZodType): number | undefined =>
  Number(/^long:(\d+)$/.exec(firstMessage(schema, 'x'.repeat(9000)))?.[1]) || undefined

function shape(schema: z.ZodType): Pick<Field, 'kind' | 'max' | 'options'> {
  const plain = (kind: Field['kind'], options: Field['options'] = [], max?: number) => ({ kind, options, max })
  if (schema instanceof z.ZodEnum) return plain('choice', schema.options as (string | number)[])
  if (schema instanceof z.ZodUnion) {
    const literals = (schema.options as z.ZodType[]).flatMap((one) => (one instanceof z.ZodLiteral ? [...one.values] : []))
    return literals.length > 0 ? plain('choice', literals as (string | number)[]) : plain('other')
  }
  if (schema instanceof z.ZodNumber) return plain('number')
  if (schema instanceof z.ZodBoolean) return plain('switch')
  if (schema instanceof z.ZodArray) {
    const element = schema.element as z.ZodType
    if (element instanceof z.ZodEnum) return plain('many', element.options as (string | number)[])
    return element instanceof z.ZodPipe ? plain('list', [], longest(element)) : plain('other')
  }
  if (schema.meta()?.['secret']) return plain('secret')
  if (schema instanceof z.ZodString && firstMessage(schema, '!') === 'unitCode') return plain('unit')
  if (schema instanceof z.ZodString || schema instanceof z.ZodPipe) {
    const max = longest(schema)
    return plain(max && max > 120 ? 'paragraph' : 'line', [], max)
  }
  return plain('other')
}

export function fieldsOf(schema: z.ZodType): readonly Field[] {
  if (!(schema instanceof z.ZodObject)) return []
  return Object.entries(schema.shape as Record<string, z.ZodType>).map(([name, given]) => {
    const optional = given instanceof z.ZodOptional
    return { name, optional, ...shape(optional ? (given.unwrap() as z.ZodType) : given) }
  })
}

/** The names of a list, as people separate them. */
const split = (text: string): string[] => text.split(/[,，、;；\n]+/).flatMap((part) => part.trim() || [])

/** From what stands in the form to what the command carries. An empty field is not there. */
export function dataOf(fields: readonly Field[], draft: Draft): Record<string, unknown> {
  const data: Record<string, unknown> = {}
  for (const { name, kind } of fields) {
    const value = draft[name]
    if (value === undefined || value === null || value === '') continue
    if (kind === 'number') data[name] = typeof value === 'string' ? Number(value) : value
    else if (kind === 'list') data[name] = split(String(value))
    else data[name] = value
  }
  return data
}

/** The server's sentence for the same fault, said before it is asked. */
export function sentenceOf({ path, code, values }: Wrong, t: TFunction): string {
  const name = path.split('.').filter((part) => !/^\d+$/.test(part))
  return t(`invalid.${code}`, { ...values, field: t(`field.${name[name.length - 1] ?? path}`) })
}
