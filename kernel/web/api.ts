import { heard } from './time.ts'
import { language } from './words.ts'

export interface FieldError {
  readonly path: string
  readonly sentence: string
}

/** Every way in which the server can say no, and its silence (`code: 'offline'`). A value: callers look at it, nothing is thrown. */
export class Failure extends Error {
  readonly status: number
  readonly code: string
  readonly sentence: string
  readonly fields: readonly FieldError[]
  readonly rule: string | undefined
  readonly article: string | undefined
  /** Of what is `stale`: what has happened since. */
  readonly since: readonly { readonly n: number; readonly type: string; readonly at: string }[]
  readonly retryAfter: number | undefined
  constructor(status: number, error: Partial<Failure> & { code: string }, retryAfter?: number) {
    super(error.code)
    this.name = 'Failure'
    this.status = status
    this.code = error.code
    this.sentence = error.sentence ?? ''
    this.fields = error.fields ?? []
    this.rule = error.rule
    this.article = error.article
    this.since = error.since ?? []
    this.retryAfter = retryAfter
  }
  /** Whether the server may have acted without our knowing: the same command id must be used again. */
  get unanswered(): boolean {
    return this.status === 0 || this.status >= 500
  }
}

export const failed = (answer: unknown): answer is Failure => answer instanceof Failure

/** Told when an answer says that the session is over; the shell shows the login page. */
export const ended = new Set<() => void>()
/** Told when an answer says that the session is locked. */
export const locked = new Set<() => void>()

const codeOf = (status: number): string =>
  status === 401 ? 'session' : status === 403 ? 'role' : status === 404 ? 'unknown' : status === 423 ? 'locked' : 'fault'

export interface AskOptions {
  /** Answered only in a session of this account: another one may have logged in meanwhile in the same browser. */
  readonly account?: string
  /** Milliseconds until silence counts as an answer. */
  readonly patience?: number
}

/** One request. The answer's body, or a Failure. */
export async function ask<Answer>(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: unknown,
  { account, patience }: AskOptions = {},
): Promise<Answer | Failure> {
  const sent = Date.now()
  const stop = new AbortController()
  const timer = patience === undefined ? undefined : setTimeout(() => stop.abort(), patience)
  let response: Response
  try {
    response = await fetch(path, {
      method,
      signal: stop.signal,
      credentials: 'same-origin',
      cache: 'no-store',
      headers: {
        accept: 'application/json',
        'accept-language': language(),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(account === undefined ? {} : { 'plumbline-account': account }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  } catch {
    return new Failure(0, { code: 'offline' })
  } finally {
    clearTimeout(timer)
  }
  heard(response.headers.get('date'), sent, Date.now())
  if (response.status === 204) return null as Answer
  const answer: unknown = await response.json().catch(() => null)
  if (response.ok && answer !== null) return answer as Answer
  const error = (answer as { error?: Partial<Failure> & { code?: string } } | null)?.error
  const failure = new Failure(
    response.ok ? 0 : response.status,
    { ...error, code: error?.code ?? codeOf(response.status) },
    Number(response.headers.get('retry-after')) || undefined,
  )
  if (failure.status === 401 && failure.code === 'session') for (const tell of ended) tell()
  if (failure.status === 423) for (const tell of locked) tell()
  return failure
}

export interface Viewed<Data> {
  readonly position: number
  readonly data: Data
  /** What stood here has left the reader's units since. */
  readonly gone?: true
}

export const readView = <Data>(module: string, name: string, params: Readonly<Record<string, string>>): Promise<Viewed<Data> | Failure> => {
  const query = new URLSearchParams(params).toString()
  return ask('GET', `/view/${module}/${name}${query ? `?${query}` : ''}`)
}

export interface Answered {
  readonly stream: string
  readonly position: number
  readonly count: number
}

/** A UUID without `crypto.randomUUID`, which old browsers and plain-http addresses do not have. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
