import type { z } from 'zod'
import { Throttled } from './access/throttle.ts'
import { Refusal } from './decider.ts'
import { Repeat, Stale, Unknown } from './road.ts'
import { articleSaid } from './statute/told.ts'
import { type Wrong, wrongFields } from './text.ts'
import { say } from './words.ts'

/** An answer that is not what was asked for. `code` names the sentence under `error.<code>`. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly values: Readonly<Record<string, string>>
  readonly wrong: readonly Wrong[]
  constructor(status: number, code: string, options: { values?: Record<string, string>; wrong?: readonly Wrong[] } = {}) {
    super(code)
    this.status = status
    this.code = code
    this.values = options.values ?? {}
    this.wrong = options.wrong ?? []
  }
}

/** The input as its schema gives it back, or a Problem that names each wrong field. */
export function parsed<Output>(schema: z.ZodType<Output>, input: unknown, at = ''): Output {
  const result = schema.safeParse(input, { reportInput: true })
  if (result.success) return result.data
  const wrong = wrongFields(result.error).map((field) => ({ ...field, path: [at, field.path].filter((part) => part !== '').join('.') }))
  throw new Problem(422, 'invalid', { wrong })
}

interface Body {
  error: {
    code: string
    sentence: string
    fields?: { path: string; sentence: string }[]
    rule?: string
    article?: string
    since?: Stale['since']
  }
}

/** A field's name in the user's language; one that we do not know stands as it was given. */
function fieldName(language: string, name: string): string {
  const key = `field.${name === '' ? 'data' : name}`
  const known = /^field\.[A-Za-z]+$/.test(key) ? say(language, key) : key
  return known === key ? name.slice(0, 60) : known
}

const fieldSentence = (language: string, { path, code, values }: Wrong): string => {
  const name = path.split('.').findLast((part) => !/^\d+$/.test(part)) ?? path
  return say(language, `invalid.${code}`, { ...values, field: fieldName(language, name) })
}

/** Status, body and whether it is ours to look into, in the user's language. */
export function answerFor(error: unknown, language: string): { status: number; body: Body; fault: boolean; wait?: number } {
  const answer = (status: number, code: string, more: Partial<Body['error']> = {}, values: Record<string, string | number> = {}) => ({
    status,
    body: { error: { code, sentence: say(language, `error.${code}`, values), ...more } },
    fault: status >= 500,
  })
  if (error instanceof Problem) {
    const fields = error.wrong.map((wrong) => ({ path: wrong.path, sentence: fieldSentence(language, wrong) }))
    return answer(error.status, error.code, fields.length > 0 ? { fields } : {}, error.values)
  }
  if (error instanceof Refusal) {
    const sentence = say(language, `refusal.${error.rule}`, error.values)
    return answer(409, 'refused', {
      sentence,
      rule: error.rule,
      ...(error.article !== undefined && { article: articleSaid(error.article, (word, values) => say(language, word, values)) }),
      ...(error.field !== undefined && { fields: [{ path: error.field, sentence }] }),
    })
  }
  if (error instanceof Unknown) return answer(404, 'unknown')
  if (error instanceof Repeat) return answer(422, 'repeat')
  if (error instanceof Stale) return answer(409, 'stale', { since: error.since })
  if (error instanceof Throttled) return { ...answer(429, 'throttled', {}, { seconds: error.seconds }), wait: error.seconds }
  const status = (error as { statusCode?: number }).statusCode
  if (status === 413) return answer(413, 'large')
  if (status === 415 || status === 400) return answer(400, 'malformed')
  return answer(500, 'fault')
}

/** Where an error came from, without anything of its input: messages and details of the database quote values. */
export const traceOf = (error: unknown) => {
  const { name, code, constraint, message, stack } = error as Partial<Error> & { code?: string; constraint?: string }
  // A message can have lines that look like places of the code: only what follows it is the trace.
  const after = message === undefined ? -1 : (stack?.indexOf(message) ?? -1)
  return {
    kind: name,
    code,
    constraint,
    at: (after < 0 ? '' : stack?.slice(after + (message?.length ?? 0)))
      ?.split('\n')
      .filter((line) => line.startsWith('    at '))
      .slice(0, 6),
  }
}
