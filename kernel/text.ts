import { z } from 'zod'

/** Characters that PostgreSQL or UTF-8 cannot hold: NUL and halves of a surrogate pair. */
const unstorable = /\u0000|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/

/** The text with a sign of replacement for each of them: for what is kept as it came and was never parsed. */
export const storable = (text: string): string => text.toWellFormed().replaceAll('\u0000', '\uFFFD')

/** Characters as a reader counts them: code points, so that 𠮷 is one. */
export const codePoints = (text: string): number => [...text].length

/**
 * Text as people write it: trimmed, NFC, 1 to `max` code points, nothing unstorable.
 * Rare characters, quotes and markup are kept as they are.
 */
export const text = (max: number) =>
  z
    .string()
    .refine((value) => !unstorable.test(value), { error: 'unstorable' })
    .transform((value) => value.normalize('NFC').trim())
    .refine((value) => value.length > 0, { error: 'empty' })
    .refine((value) => codePoints(value) <= max, { error: `long:${max}` })
    .meta({ minLength: 1, maxLength: max })

/** A UUID of any version, lower case: the client makes one per intention. */
export const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, { error: 'uuid' })

/** A unit's code: GB/T 2260 style digits for places, letters allowed for squads and corps. */
export const unitCode = z.string().regex(/^[0-9A-Za-z][0-9A-Za-z-]{1,23}$/, { error: 'unitCode' })

/** No record of a police force's doings is older; years before 1 are beyond the database. */
const firstInstant = Date.UTC(1900, 0, 1)

/** An instant, ISO 8601 with an offset; stored in UTC. */
export const instant = z.iso
  .datetime({ offset: true, error: 'instant' })
  .refine((value) => !(Date.parse(value) < firstInstant), { error: 'instant' })

/** A number as an address carries it; an empty text is no number. */
export const numeral = z
  .string()
  .regex(/^-?\d{1,9}(\.\d{1,15})?$/)
  .transform(Number)

/** WGS-84 degrees. */
export const longitude = z.number().min(-180).max(180)
export const latitude = z.number().min(-90).max(90)

/** What is wrong with one field: `code` names the sentence under `invalid.<code>`, `values` fill its blanks. */
export interface Wrong {
  readonly path: string
  readonly code: string
  readonly values: Readonly<Record<string, string | number>>
}

const codeOf = (issue: z.core.$ZodIssue): Pick<Wrong, 'code' | 'values'> => {
  const [own, value] = issue.message.split(':')
  if (own !== undefined && /^[a-z][A-Za-z]*$/.test(own)) return { code: own, values: value === undefined ? {} : { max: value } }
  switch (issue.code) {
    case 'invalid_type':
      return { code: issue.input === undefined ? 'required' : 'type', values: {} }
    case 'too_big':
      return { code: 'tooBig', values: { max: String(issue.maximum) } }
    case 'too_small':
      return { code: 'tooSmall', values: { min: String(issue.minimum) } }
    case 'invalid_value':
    case 'invalid_union':
      return { code: issue.input === undefined ? 'required' : 'choice', values: {} }
    default:
      return { code: 'type', values: {} }
  }
}

/** Every wrong field of a failed parse, an unknown one by its own name. */
export const wrongFields = (error: z.ZodError): Wrong[] =>
  error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: [...issue.path, key].join('.'), code: 'unknownField', values: {} }))
      : [{ path: issue.path.join('.'), ...codeOf(issue) }],
  )

/** Language and script: what of a tag decides whether a person can read it. Undefined for what is no tag. */
function written(tag: string): string | undefined {
  if (!/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(tag)) return undefined
  const { language, script } = new Intl.Locale(tag).maximize()
  return `${language}-${script ?? ''}`
}

/** The first of the wished languages that there is, or that is written the same way (RFC 5646 tags, likely subtags by CLDR). */
export function nearest(wishes: readonly string[], there: readonly string[]): string | undefined {
  for (const wish of wishes) {
    const way = written(wish)
    const found =
      there.find((tag) => tag.toLowerCase() === wish.toLowerCase()) ?? there.find((tag) => way !== undefined && written(tag) === way)
    if (found !== undefined) return found
  }
  return undefined
}
